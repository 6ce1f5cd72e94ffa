"""Who has which group: duo partners, substitutes with their days, former teachers as history."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.appointing import RoleForOneself
from kring.core.authority import TieEnded
from kring.web.models import Assignment, Group, Membership, Notice
from kring.web.people.dates import begins
from kring.web.people.teaching.actions import WantedTurn, give_group, take_group
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, group, member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = datetime(2026, 3, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def in_march() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def give(actor: Membership, to: Group, who: Membership, **more: object) -> Any:
    data = {"who": who.pk, "from_on": timezone.localdate(), **more}
    return client_of(actor).post(reverse("group_teaching", args=[actor.pk, to.pk]), data)


def test_who_puts_staff_on_groups_sees_them_and_nobody_else(cast: Cast) -> None:
    assert may_look(cast, "teaching") == {"bram", "rik", "olga", "frans", "gijs"}
    assert may_look(cast, "group_teaching", cast.group_6a.pk) == {"bram", "rik", "olga"}
    assert look(cast.olga, "group_teaching", cast.group_eik.pk).status_code == 404


def test_the_administrator_sees_groups_and_colleagues_and_no_pupil(cast: Cast) -> None:
    for page in (text_of(cast.olga, "teaching"), text_of(cast.olga, "group_teaching", cast.group_6a.pk)):
        assert "Anna van de Test" in page
        assert "Noor" not in page


def test_as_many_questions_for_four_groups_as_for_two(cast: Cast) -> None:
    before = queries_for(cast.olga, "teaching")
    for name in ("7A", "7B"):
        Assignment.objects.create(
            school=cast.beuk, group=group(cast.beuk, name, [7]), membership=member(cast.beuk, Role.TEACHER, f"t{name}"), from_at=START
        )
    assert queries_for(cast.olga, "teaching") == before


def test_two_duo_partners_have_a_group_together(cast: Cast) -> None:
    dora = member(cast.beuk, Role.TEACHER, "dora")
    assert look(dora, "group", cast.group_6a.pk).status_code == 404
    assert give(cast.olga, cast.group_6a, dora).status_code == 302
    assert look(dora, "group", cast.group_6a.pk).status_code == 200
    assert look(cast.anna, "group", cast.group_6a.pk).status_code == 200
    assert Notice.objects.get(event="group.shared").receiver == cast.anna


def test_a_substitute_stands_in_from_the_first_to_the_last_day(cast: Cast) -> None:
    tess = member(cast.beuk, Role.TEACHER, "tess")
    first, last = timezone.localdate() + DAY, timezone.localdate() + 5 * DAY
    assert give(cast.bram, cast.group_6a, tess, from_on=first, until_on=last, replaces=cast.anna.pk).status_code == 302
    assert "vervangt Anna van de Test tot en met" in text_of(cast.bram, "group_teaching", cast.group_6a.pk)
    start = begins(first)
    for moment, status in (
        (start - timedelta(seconds=1), 404),
        (start, 200),
        (start + 5 * DAY - timedelta(seconds=1), 200),
        (start + 5 * DAY, 404),
    ):
        with time_machine.travel(moment, tick=False):
            assert look(tess, "group", cast.group_6a.pk).status_code == status, moment


@pytest.mark.parametrize(
    ("who", "more", "says"),
    [
        ("dora", {"replaces": "anna"}, "tot en met een dag"),
        ("anna", {}, "heeft deze groep in die tijd al"),
        ("dora", {"from_on": "2020-01-01"}, "past niet binnen de tijd van de rol"),
        ("dora", {"until_on": "2026-03-01"}, "Het einde moet na het begin"),
    ],
)
def test_what_cannot_be_comes_back_with_the_form(cast: Cast, who: str, more: dict[str, str], says: str) -> None:
    people = {"anna": cast.anna, "dora": member(cast.beuk, Role.TEACHER, "dora")}
    more = {name: str(people[value].pk) if value in people else value for name, value in more.items()}
    answer = give(cast.olga, cast.group_6a, people[who], **more)
    assert (answer.status_code, says in answer.content.decode()) == (409, True)


def test_nobody_puts_oneself_on_a_group_and_only_teachers_are_offered(cast: Cast) -> None:
    as_teacher = Membership.objects.create(school=cast.beuk, person=cast.olga.person, role="teacher", from_at=START)
    assert give(cast.olga, cast.group_6a, as_teacher).status_code == 200
    with pytest.raises(RoleForOneself):
        give_group(cast.olga, cast.group_6a, WantedTurn(as_teacher, NOW, None), at=NOW)
    for hat in (cast.bram, cast.els, cast.frans, cast.noor):
        assert give(cast.olga, cast.group_6a, hat).status_code == 200
    assert Assignment.objects.filter(group=cast.group_6a).count() == 1


def test_who_leaves_a_group_sees_it_no_more_and_stands_in_its_history(cast: Cast) -> None:
    turn = Assignment.objects.get(membership=cast.anna)
    page = reverse("end_assignment", args=[cast.olga.pk, turn.pk])
    assert client_of(cast.olga).get(page).status_code == 200
    assert client_of(cast.olga).post(page).status_code == 302
    assert look(cast.anna, "group", cast.group_6a.pk).status_code == 404
    assert "Vroeger" in text_of(cast.olga, "group_teaching", cast.group_6a.pk)
    assert client_of(cast.olga).post(page).status_code == 409
    with pytest.raises(TieEnded):
        take_group(cast.olga, turn, ends_at=NOW, at=NOW)
    assert may_look(cast, "end_assignment", turn.pk) == {"bram", "rik", "olga"}


def test_pupils_of_a_secondary_school_without_a_mentor_are_listed(cast: Cast) -> None:
    assert "Bas Test" in text_of(cast.gijs, "teaching")
    mentor = member(cast.baken, Role.MENTOR, "mila")
    assert give(cast.gijs, cast.group_baken, mentor).status_code == 302
    page = text_of(cast.gijs, "teaching")
    assert "Bas Test" not in page
    assert "Elke leerling heeft een mentor" in page
    turn = Assignment.objects.get(membership=mentor)
    take_group(cast.gijs, turn, ends_at=NOW + DAY, at=NOW)
    with time_machine.travel(NOW + DAY, tick=False):
        assert "Bas Test" in text_of(cast.gijs, "teaching")
        assert look(mentor, "pupil", cast.pupil_bas.pk).status_code == 404


def test_a_primary_school_asks_for_no_mentors(cast: Cast) -> None:
    assert "mentor</h2>" not in text_of(cast.bram, "teaching")
