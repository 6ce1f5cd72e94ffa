"""Moving in: the guide follows from the data, says who does what, and is gone when all is done."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kring.core.access import Role
from kring.core.calendar import SchoolYear as Year
from kring.core.set_up import State, Step
from kring.web.models import Assignment, Board, Enrolment, Entry, Group, Membership, Round, School
from kring.web.people.first.rows import First, begin
from kring.web.school_years.actions import make_year
from kring.web.school_years.school.actions import Described, describe_school
from kring.web.setting_up.queries import guide_for, whole_guide
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, member, open_all_schools, pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def new() -> dict[str, Membership]:
    """A school of which there is nothing but the first two accounts."""
    begin(First("Stichting Nieuw", "De Kiem", "po", ("Rik", "", "Nieuw"), ("Olga", "", "Nieuw")), at=timezone.now() - timedelta(hours=1))
    open_all_schools(School.objects.all())
    hats = {hat.role: hat for hat in Membership.objects.all()}
    return {"rik": hats["leader"], "olga": hats["administrator"], "bram": member(hats["leader"].school, Role.COORDINATOR, "bram")}


def states(actor: Membership) -> dict[Step, State]:
    return {line.step: line.state for line in whole_guide(actor, at=timezone.now()).lines}


def described(actor: Membership) -> None:
    describe_school(actor, actor.school, Described("De Kiem", "po", "", "noord", "Zilverhaven", ""))


def this_year(actor: Membership) -> Any:
    today = timezone.localdate()
    return make_year(actor, actor.school, Year(today - timedelta(days=100), today + timedelta(days=200)))


def test_an_empty_school_finds_the_first_step_on_the_first_page(new: dict[str, Membership]) -> None:
    page = text_of(new["olga"], "home")
    assert "Uw school inrichten" in page
    assert "0 van de 8 stappen klaar." in page
    assert "School beschrijven" in page
    assert "Bestuur en school" in text_of(new["rik"], "home")


def test_the_guide_says_what_waits_for_whom(new: dict[str, Membership]) -> None:
    described(new["olga"])
    year = this_year(new["olga"])
    group = Group.objects.create(school=year.school, year=year, name="5", year_levels=[5])
    page = text_of(new["rik"], "setting_up")
    assert "Wacht op: intern begeleider, beheerder." in page
    found = states(new["olga"])
    assert (found[Step.GROUPS], found[Step.PUPILS], found[Step.FIRST_ROUND]) == (State.DONE, State.NOW, State.BLOCKED)
    pupil(group, "Ties", 5)
    assert states(new["olga"])[Step.PUPILS] is State.DONE


def test_a_role_that_nobody_has_is_named(new: dict[str, Membership]) -> None:
    Membership.objects.filter(pk=new["bram"].pk).delete()
    year = this_year(new["olga"])
    year.holidays.create(school=year.school, kind="study", name="Studiedag", first_on=year.starts_on, last_on=year.starts_on)
    pupil(Group.objects.create(school=year.school, year=year, name="5", year_levels=[5]), "Ties", 5)
    page = text_of(new["olga"], "setting_up")
    assert "Wacht op: intern begeleider. Nog niemand heeft die rol." in " ".join(page.split())


def test_step_by_step_to_the_end(new: dict[str, Membership]) -> None:
    olga, bram = new["olga"], new["bram"]
    described(olga)
    assert states(olga)[Step.SCHOOL] is State.DONE
    year = this_year(olga)
    year.holidays.create(school=year.school, kind="study", name="Studiedag", first_on=year.starts_on, last_on=year.starts_on)
    group = Group.objects.create(school=year.school, year=year, name="5", year_levels=[5])
    pupil(group, "Ties", 5)
    assert states(olga)[Step.STAFF] is State.NOW
    anna = member(year.school, Role.TEACHER, "anna")
    Assignment.objects.create(school=year.school, membership=anna, group=group, from_at=timezone.now())
    assert (states(olga)[Step.STAFF], states(olga)[Step.LETTERS]) == (State.DONE, State.ELSEWHERE)
    for hat in Membership.objects.all():
        hat.person.set_password("een-lang-wachtwoord")
        hat.person.save()
    olga.person.refresh_from_db()
    assert states(bram)[Step.LETTERS] is State.DONE
    assert states(bram)[Step.FIRST_ROUND] is State.NOW
    today = timezone.localdate()
    about = {"instrument": "x", "version": 1, "title": "Eerste", "opens_on": today, "closes_on": today}
    Round.objects.create(school=year.school, year=year, **about)
    assert guide_for(olga, at=timezone.now()) is None
    assert "Uw school inrichten" not in text_of(olga, "home")
    assert "Alles staat." in text_of(olga, "setting_up")


def test_a_group_of_last_year_does_not_count(new: dict[str, Membership]) -> None:
    old = make_year(new["olga"], new["olga"].school, Year(date(2020, 8, 1), date(2021, 7, 31)))
    group = Group.objects.create(school=old.school, year=old, name="5", year_levels=[5])
    pupil(group, "Ties", 5)
    found = states(new["olga"])
    assert (found[Step.YEAR], found[Step.GROUPS], found[Step.PUPILS]) == (State.OPEN, State.BLOCKED, State.BLOCKED)


def event(of: Membership, name: str, at: datetime) -> None:
    last = Entry.objects.filter(school_id=of.school_id).order_by("-sequence").first()
    sequence = last.sequence + 1 if last else 1
    Entry.objects.create(
        school_id=of.school_id, sequence=sequence, at=at, person_id=of.person_id, actor_id=of.pk, name=name, outcome="done", hash="x"
    )


def test_what_a_step_took_comes_from_the_log_and_names_nobody(new: dict[str, Membership]) -> None:
    described(new["olga"])
    came = timezone.now() + timedelta(hours=1)
    for minutes, name in ((0, "login.succeeded"), (7, "school.changed"), (9, "school.changed"), (60, "school.changed")):
        event(new["olga"], name, came + timedelta(minutes=minutes))
    line = next(line for line in whole_guide(new["olga"], at=timezone.now()).lines if line.step is Step.SCHOOL)
    assert line.minutes == 9
    page = text_of(new["rik"], "setting_up")
    assert "Dit kostte 9 minuten." in page
    assert "Olga" not in page


def test_after_the_first_round_no_minutes_are_counted(new: dict[str, Membership]) -> None:
    described(new["olga"])
    later = timezone.now() + timedelta(hours=1)
    event(new["bram"], "round.opened", later)
    event(new["olga"], "login.succeeded", later + timedelta(minutes=1))
    event(new["olga"], "school.changed", later + timedelta(minutes=11))
    line = next(line for line in whole_guide(new["olga"], at=timezone.now()).lines if line.step is Step.SCHOOL)
    assert line.minutes == 1


def test_only_who_sets_up_finds_it(cast: Cast) -> None:
    assert may_look(cast, "setting_up") == {"rik", "olga", "bram", "frans", "gijs"}
    assert guide_for(cast.anna, at=timezone.now()) is None
    assert "Uw school inrichten" not in text_of(cast.anna, "home")
    assert b"Noor" not in text_of(cast.olga, "setting_up").encode()


def test_another_school_does_not_count_along(cast: Cast) -> None:
    board = Board.objects.create(name="Nog een")
    school = School.objects.create(board=board, name="Leeg", type="po")
    open_all_schools(School.objects.all())
    assert set(states(member(school, Role.ADMINISTRATOR, "ada")).values()) <= {State.NOW, State.OPEN, State.BLOCKED}


def test_as_many_questions_for_three_groups_as_for_one(new: dict[str, Membership]) -> None:
    year = this_year(new["olga"])
    for name in ("5",):
        pupil(Group.objects.create(school=year.school, year=year, name=name, year_levels=[5]), name, 5)
    one = queries_for(new["olga"], "setting_up")
    for name in ("6", "7"):
        pupil(Group.objects.create(school=year.school, year=year, name=name, year_levels=[5]), name, 5)
    assert Enrolment.objects.count() == 3
    assert queries_for(new["olga"], "setting_up") == one
