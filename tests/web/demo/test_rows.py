"""The demo schools in the database: through the real doors, once, and behind the wall between schools."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from kring.core.access import PARTNERS, Role, Verb
from kring.core.ages import has_turned
from kring.core.set_up import State, Step
from kring.web.access import may
from kring.web.demo.cast import FRONT, PASSWORD, PLAYERS
from kring.web.demo.rows import key, load_demo
from kring.web.models import (
    Assignment,
    Group,
    Invitation,
    Membership,
    Nomination,
    Person,
    Pupil,
    Round,
    ScalePrecision,
    School,
    Sociogram,
    Submission,
)
from kring.web.setting_up.queries import guide_for
from tests.cast import open_all_schools
from tests.web.demo.conftest import Demo

TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _demo(demo_of: Demo) -> Iterator[None]:
    with demo_of(TODAY):
        yield


@pytest.fixture
def loaded(_demo: None, db: None) -> None:
    open_all_schools(School.objects.all())


def actor(username: str) -> Membership:
    return Membership.objects.select_related("person").get(person__username=username)


def test_everything_is_there(loaded: None) -> None:
    assert list(School.objects.order_by("name").values_list("name", "board__name")) == [
        ("De Beuk", "Stichting Tweeluik"),
        ("De Eik", "Stichting Woud"),
        ("Het Baken", "Stichting Tweeluik"),
    ]
    of_groups = Round.objects.filter(asks__in=Round.OF_GROUPS)
    assert of_groups.filter(closed_at=None).count() == 7  # with one that was opened ahead
    assert of_groups.exclude(closed_at=None).count() == 17  # with those of the first weeks, one about safety and one about bullying
    others = Round.objects.exclude(asks__in=Round.OF_GROUPS).order_by("asks", "opens_on").values_list("asks", "is_baseline")
    assert list(others) == [("guardians", False), ("guardians", False), ("staff", True), ("staff", False), ("staff", False)]
    assert Submission.objects.count() > 1000
    assert Nomination.objects.count() > 1500
    assert set(ScalePrecision.objects.filter(school__name="De Beuk").values_list("origin", flat=True)) == {"omega"}
    assert not Invitation.objects.filter(school__name="Het Baken").exists()


def test_the_demo_schools_have_moved_in_and_het_baken_opens_its_first_round(loaded: None) -> None:
    for hat in Membership.objects.filter(role__in=["administrator", "leader", "coordinator"]).select_related("school", "person"):
        found = guide_for(hat, at=datetime(2026, 11, 22, 12, tzinfo=UTC))
        to_do = [line.step for line in found.lines if line.state is not State.DONE] if found is not None else []
        assert to_do == ([Step.FIRST_ROUND] if hat.school.name == "Het Baken" else []), hat.school


def test_a_second_time_nothing_happens(loaded: None) -> None:
    before = Pupil.objects.count(), Submission.objects.count()
    assert not load_demo(TODAY)
    assert (Pupil.objects.count(), Submission.objects.count()) == before


def test_everybody_of_the_cast_can_log_in_and_is_marked(loaded: None) -> None:
    assert set(Person.objects.values_list("username", "is_demo")) == {(player.username, True) for player in PLAYERS}
    assert all(person.check_password(PASSWORD) for person in Person.objects.filter(username__in=["anna", "pim"]))


def test_the_cast_has_the_groups_and_children_of_its_roles(loaded: None) -> None:
    assert [group.name for group in may(actor("anna"), Group, Verb.READ)] == ["6A"]
    assert {"Noor", "Sem"} <= {pupil.given_name for pupil in may(actor("anna"), Pupil, Verb.READ)}
    assert "Noor" not in {pupil.given_name for pupil in may(actor("carla"), Pupil, Verb.READ)}
    assert [pupil.given_name for pupil in may(actor("els"), Pupil, Verb.READ)] == ["Noor"]
    assert not may(actor("pim"), Pupil, Verb.READ).exists()
    assert [pupil.given_name for pupil in may(actor("noor"), Pupil, Verb.READ)] == ["Noor"]
    assert not set(may(actor("frans"), Pupil, Verb.READ)) & set(may(actor("bram"), Pupil, Verb.READ))
    assert may(actor("gijs"), Pupil, Verb.READ).count() == 71


def test_every_group_of_this_year_has_a_teacher(loaded: None) -> None:
    taught = set(
        Assignment.objects.filter(until_at=None, membership__role__in=[Role.TEACHER.value, Role.MENTOR.value]).values_list(
            "group", flat=True
        )
    )
    assert taught == set(Group.objects.filter(year__label="2026-2027").values_list("pk", flat=True))


def test_nobody_is_on_the_front_page_without_an_account(loaded: None) -> None:
    assert {player.username for player in FRONT} <= set(Person.objects.values_list("username", flat=True))
    like_another = PARTNERS - {Role.SOCIAL_WORKER} | {Role.BOARD, Role.BEHAVIOUR_SPECIALIST, Role.DESIGNATED_CONTACT}
    no_page_yet = {Role.REMEDIAL_TEACHER, Role.SUPPORT_TEAM_MEMBER, Role.COMMITTEE_MEMBER}
    assert {role for player in FRONT for role in (player.role, *player.also)} == set(Role) - like_another - no_page_yet


def test_birth_dates_fit_the_year_level_and_the_law(loaded: None) -> None:
    ages = {level: {age(pupil.birth_date) for pupil in sitting(level)} for level in (1, 6, 8)}
    assert ages == {1: {4}, 6: {9, 10}, 8: {11, 12}}
    assert age(Pupil.objects.get(given_name="Bo", school__name="Het Baken").birth_date) == 16
    assert not may(actor("ria"), Pupil, Verb.READ).exists()


def age(born_on: date | None) -> int:
    assert born_on
    return max(years for years in range(30) if has_turned(years, born_on=born_on, on=TODAY))


def sitting(level: int) -> QuerySet[Pupil]:
    return Pupil.objects.filter(school__name="De Beuk", enrolments__year_level=level, enrolments__until_at=None)


def test_somebody_wears_two_hats(loaded: None) -> None:
    roles = Membership.objects.filter(person__username="sanne").values_list("role", flat=True)
    assert set(roles) == {"teacher", "safety_coordinator"}


def test_an_address_still_works_after_starting_anew(loaded: None) -> None:
    assert Group.objects.get(name="6A").pk == key("De Beuk", "2026-2027", "6A")


def test_the_class_of_anna_is_nearly_complete(loaded: None) -> None:
    here = Invitation.objects.filter(group__name="6A", round__closed_at=None)
    assert 0.8 < here.exclude(submission=None).count() / here.count() < 1
    assert Sociogram.objects.filter(group__name="6A", round__closed_at=None).count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no wall of its own")
def test_the_wall_is_up_after_loading(loaded: None) -> None:
    open_all_schools([])
    assert not Pupil.objects.exists()


def test_the_accounts_are_printed_with_the_password_once() -> None:
    told = StringIO()
    call_command("demo_accounts", stdout=told)
    assert told.getvalue().count(PASSWORD) == 1
    assert all(player.username in told.getvalue() for player in FRONT)
