"""Who speaks for a pupil reads that a list is asked, with the way to every question; once per child, however many lists."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.core.access import Role
from kring.core.rounds import Window
from kring.library import instrument
from kring.web.models import GuardianAccess, Guardianship, Holiday, Invitation, Membership, Notice, Pupil, Round
from kring.web.surveys.family.actions import object_to, take_back
from kring.web.surveys.opening.actions import open_round, open_together
from kring.web.surveys.opening.planned import Planned
from kring.web.surveys.opening.queries import look_ahead
from kring.web.surveys.running.actions import invite_newcomers
from kring.web.surveys.running.queries import newcomers
from tests.asking import text_of
from tests.cast import START, Cast, guardian, member, pupil
from tests.measurements import PUPIL_LIST, SOCIOGRAM

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 3, 9, tzinfo=UTC)
A_DAY = timedelta(days=1)
CHILD, SELF = "round.about_your_child", "round.about_you"


@pytest.fixture(autouse=True)
def a_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture(autouse=True)
def christmas(cast: Cast) -> None:
    days = {"first_on": date(2025, 12, 20), "last_on": date(2026, 1, 4)}
    Holiday.objects.create(school=cast.beuk, year=cast.year, kind="vacation", name="Kerstvakantie", **days)


def planned(cast: Cast, key: str = PUPIL_LIST, version: int = 2, *, reason: str = "Proef in een groep.") -> Planned:
    window = Window(date(2025, 11, 10), date(2025, 11, 21))
    roles = (Role.TEACHER,) if key == "kring-kijkwijzer" else ()
    return Planned(instrument(key, version), f"Lijst {key}", window, (cast.group_6a,), roles, reason)


def opened(cast: Cast, *, at: datetime = MONDAY) -> Round:
    return open_round(cast.bram, cast.year, planned(cast), at=at)


def told() -> set[tuple[str, str]]:
    return set(Notice.objects.values_list("receiver__person__username", "event"))


def test_of_three_lists_at_once_els_reads_once_with_the_way_to_every_question(cast: Cast) -> None:
    three = [planned(cast), planned(cast, SOCIOGRAM, 1), planned(cast, "kring-leerkracht", 2)]
    seen = look_ahead(cast.beuk, cast.year, three, at=MONDAY).seen
    open_together(cast.bram, cast.year, three, seen=seen, at=MONDAY)
    notice = Notice.objects.get(receiver=cast.els)
    assert (notice.event, notice.record, notice.record_id) == (CHILD, "pupil", cast.pupil_noor.pk)
    page = text_of(cast.els, "home")
    assert "U kunt alle vragen vooraf lezen" in page
    assert reverse("my_lists", args=[cast.els.pk]) in page
    assert not {who for who, _event in told()} & {"pim", "noor", "sem", "anna", "bram"}  # no authority, or too young, or not asked


def test_a_parent_of_two_reads_it_of_each_and_divorced_parents_both(cast: Cast) -> None:
    ed = member(cast.beuk, Role.GUARDIAN, "ed")
    guardian(cast.pupil_noor, ed, has_authority=True)
    sibling = pupil(cast.group_6a, "Bo", 6)
    Guardianship.objects.create(school=cast.beuk, guardian=ed.person.as_guardian.get(), pupil=sibling, has_authority=True, from_at=START)
    opened(cast)
    assert Notice.objects.filter(receiver=ed).count() == 2
    assert Notice.objects.filter(receiver=cast.els).count() == 1


def test_from_sixteen_the_pupil_reads_it_and_the_parents_only_when_let_in(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(birth_date=date(2009, 11, 3))
    opened(cast)
    assert {one for one in told() if one[0] in {"noor", "els"}} == {("noor", SELF)}
    assert "voor of over jou" in text_of(cast.noor, "home")
    Notice.objects.all().delete()
    tie = Guardianship.objects.get(pupil=cast.pupil_noor, guardian__person=cast.els.person)
    GuardianAccess.objects.create(school=cast.beuk, guardianship=tie, from_at=START)
    Round.objects.all().delete()
    opened(cast, at=MONDAY + A_DAY)
    assert {one for one in told() if one[0] in {"noor", "els"}} == {("noor", SELF), ("els", CHILD)}


def test_who_takes_no_part_and_whose_tie_is_over_hears_nothing(cast: Cast) -> None:
    object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=MONDAY)
    opened(cast)
    assert not Notice.objects.filter(receiver=cast.els).exists()
    Round.objects.all().delete()
    Membership.objects.filter(pk=cast.els.pk).update(until_at=MONDAY)
    open_round(cast.bram, cast.year, planned(cast, SOCIOGRAM, 1), at=MONDAY)
    assert not Notice.objects.filter(receiver=cast.els).exists()


def test_of_a_list_for_colleagues_nobody_at_home_hears(cast: Cast) -> None:
    open_round(cast.bram, cast.year, planned(cast, "kring-kijkwijzer", 1), at=MONDAY)
    assert Round.objects.get().asks == Round.Asks.STAFF
    assert not {event for _who, event in told()} & {CHILD, SELF}


def test_a_no_that_is_taken_back_after_the_opening_shows_the_pupil_as_new_and_asks_then(cast: Cast) -> None:
    said = object_to(cast.els, cast.pupil_noor, PUPIL_LIST, at=MONDAY)
    made = opened(cast)
    assert not Invitation.objects.filter(pupil=cast.pupil_noor).exists()
    assert not newcomers(cast.bram, made, at=MONDAY)
    take_back(cast.els, said, at=MONDAY + A_DAY)
    with time_machine.travel(MONDAY + A_DAY):
        assert "Noor" in text_of(cast.bram, "round", made.pk)
        assert invite_newcomers(cast.bram, made, at=MONDAY + A_DAY) == 1
    assert Invitation.objects.filter(round=made, pupil=cast.pupil_noor, withdrawn_at=None).exists()
    assert Notice.objects.filter(receiver=cast.els, event=CHILD).count() == 1


def test_it_asks_the_database_as_much_for_seven_children_as_for_one(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as once:
        opened(cast)
    Round.objects.all().delete()
    for number in range(6):
        one = pupil(cast.group_6a, f"Kind{number}", 6)
        guardian(one, member(cast.beuk, Role.GUARDIAN, f"ouder{number}"), has_authority=True)
    with CaptureQueriesContext(connection) as more:
        opened(cast, at=MONDAY + A_DAY)
    assert len(more) <= len(once)
