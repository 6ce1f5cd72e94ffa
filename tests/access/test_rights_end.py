"""Every right ends in the same request as what it hangs on, and at the set minute where a date ends it; no clock makes one last longer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kring.web.models import (
    Assignment,
    BreakGlass,
    Case,
    CaseMember,
    Consent,
    ConsentRequest,
    ConsultationSeat,
    Enrolment,
    Guardian,
    GuardianAccess,
    Guardianship,
    LegalGround,
    Membership,
    Person,
    Share,
)
from tests.access.expectation import Line
from tests.access.judging import address, undone
from tests.access.world import World
from tests.cast import START, client_of

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
Change = Callable[[World, datetime], object]


@dataclass(frozen=True, slots=True)
class Right:
    """Somebody sees something because of something; then that ends."""

    because: str
    who: str
    route: str
    thing: str
    ends: Change
    then: int = 404

    def __str__(self) -> str:
        return f"{self.who}: {self.because}"


def of(world: World, who: str) -> Membership:
    return world.actors[who]


def until(rows: Any, at: datetime) -> int:
    assert rows.count() == 1
    return int(rows.update(until_at=at))


def seat(world: World, who: str) -> Any:
    return CaseMember.objects.filter(membership=of(world, who))


def asked(world: World, kind: str) -> Any:
    return ConsentRequest.objects.filter(pk=world.objects[f"request_{kind}"].pk)


def care(world: World, who: str, child: str) -> Any:
    return Guardianship.objects.filter(guardian__person=of(world, who).person, pupil=world.town.pupils[child])


def a_guardian_more(world: World, at: datetime) -> None:
    """Somebody got authority, and was not asked yet."""
    new = Guardian.objects.create(school=world.town.cast.beuk, given_name="Nieuw", family_name="Gezag")
    Guardianship.objects.create(
        school=world.town.cast.beuk, guardian=new, pupil=world.town.pupils["noor"], has_authority=True, from_at=at - SECOND
    )


def moved(world: World, at: datetime) -> None:
    until(Enrolment.objects.filter(pupil=world.town.pupils["sem"], until_at=None), at)


DATED = [
    Right("the role", "bram", "pupil", "pupil_noor", lambda w, at: until(Membership.objects.filter(pk=of(w, "bram").pk), at)),
    Right("the group", "dora", "pupil", "pupil_noor", lambda w, at: until(Assignment.objects.filter(membership=of(w, "dora")), at)),
    Right("the pupil is in the group", "anna", "pupil", "pupil_sem", moved),
    Right("a seat on the case", "remi", "case", "case_noor", lambda w, at: until(seat(w, "remi"), at)),
    Right("a seat, from outside", "pia", "case", "case_noor", lambda w, at: until(seat(w, "pia"), at)),
    Right("the case is open", "pia", "case", "case_noor", lambda w, at: until(Case.objects.filter(pk=w.objects["case_noor"].pk), at)),
    Right("the consent has time left", "pia", "case", "case_noor", lambda w, at: until(asked(w, "agreed"), at)),
    Right(
        "a consent",
        "sanne",
        "share_file",
        "share",
        lambda w, at: Consent.objects.filter(pk=w.objects["consent_agreed_too_els"].pk).update(withdrawn_at=at),
    ),
    Right(
        "a legal ground", "luuk", "case", "case_noor", lambda w, at: until(LegalGround.objects.filter(pk=w.objects["ground_by_two"].pk), at)
    ),
    Right(
        "it is shared", "pia", "share_file", "share", lambda w, at: Share.objects.filter(pk=w.objects["share"].pk).update(withdrawn_at=at)
    ),
    Right(
        "it is shown",
        "els",
        "share_file",
        "share_shown",
        lambda w, at: Share.objects.filter(pk=w.objects["share_shown"].pk).update(withdrawn_at=at),
    ),
    Right("she is a guardian", "els", "safety_card", "pupil_noor", lambda w, at: until(care(w, "els", "noor"), at)),
    Right(
        "peer lets him",
        "gust",
        "who_looked",
        "pupil_peer",
        lambda w, at: until(GuardianAccess.objects.filter(pk=w.objects["leave_peer"].pk), at),
    ),
    Right(
        "a broken glass",
        "emil",
        "glass_card",
        "glass_emil",
        lambda w, at: until(BreakGlass.objects.filter(pk=w.objects["glass_emil"].pk), at),
    ),
    Right(
        "a place at the table",
        "gabi",
        "consultation",
        "consultation_anna",
        lambda w, at: until(ConsultationSeat.objects.filter(pk=w.objects["place_gabi"].pk), at),
    ),
]
AT_ONCE = [
    *DATED,
    Right(
        "may log in",
        "bram",
        "pupil",
        "pupil_noor",
        lambda w, _: Person.objects.filter(pk=of(w, "bram").person_id).update(is_active=False),
        302,
    ),
    Right("authority", "els", "safety_card", "pupil_noor", lambda w, _: care(w, "els", "noor").update(has_authority=False)),
    Right("everybody agreed, also who came later", "pia", "case", "case_noor", a_guardian_more),
    Right(
        "a yes",
        "pia",
        "share_file",
        "share",
        lambda w, _: Consent.objects.filter(pk=w.objects["consent_agreed_ed"].pk).update(answer="refused"),
    ),
    Right(
        "two people",
        "luuk",
        "case",
        "case_noor",
        lambda w, _: LegalGround.objects.filter(pk=w.objects["ground_by_two"].pk).update(confirmed_by=None, confirmed_at=None),
    ),
    Right(
        "the group is the pupil's",
        "anna",
        "pupil",
        "pupil_noor",
        lambda w, at: Enrolment.objects.filter(pupil=w.town.pupils["noor"]).update(until_at=at),
    ),
]


def status(world: World, right: Right, client: Client | None = None) -> int:
    """What this person gets now. The card behind a broken glass stands on the page of the glass."""
    route = "glass" if right.route == "glass_card" else right.route
    answer = (client or client_of(of(world, right.who))).get(address(world, right.who, Line("GET", route, (right.thing,), {}, {})))
    if right.route == "glass_card" and answer.status_code == 200:
        return 200 if world.tells["card-noor"] in answer.content.decode() else 404
    return int(answer.status_code)


@pytest.mark.parametrize("right", AT_ONCE, ids=str)
def test_it_ends_in_the_same_request(world: World, right: Right) -> None:
    with undone():
        client = client_of(of(world, right.who))
        assert status(world, right, client) == 200
        right.ends(world, timezone.now())
        assert status(world, right, client) == right.then


@pytest.mark.parametrize("right", DATED, ids=str)
def test_it_ends_at_the_set_minute(world: World, right: Right) -> None:
    end = timezone.now().replace(microsecond=0) + timedelta(minutes=3)
    with undone():
        right.ends(world, end)
        got = {}
        for after in (-SECOND, timedelta(0), SECOND):
            with time_machine.travel(end + after, tick=False):
                got[after] = status(world, right)
        assert got == {-SECOND: 200, timedelta(0): right.then, SECOND: right.then}


def test_it_begins_at_the_set_minute(world: World) -> None:
    right = Right("the group", "tom", "pupil", "pupil_noor", lambda *_: None)
    begins = Assignment.objects.get(membership=of(world, "tom")).from_at
    for after, wanted in ((-SECOND, 404), (timedelta(0), 200)):
        with undone(), time_machine.travel(begins + after, tick=False):
            assert status(world, right) == wanted


# ---- clocks --------------------------------------------------------------------------------------------------

TEACHES = Right("the group", "dora", "pupil", "pupil_noor", DATED[1].ends)
NIGHTS = [
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),  # 01:59:59, a second before two o'clock is skipped
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),  # 03:00
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # half past two, for the first time
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # half past two, again
    datetime(2028, 2, 29, 22, 59, 59, tzinfo=UTC),
]


@pytest.mark.parametrize("end", NIGHTS, ids=str)
def test_the_nights_on_which_the_clock_changes(world: World, end: datetime) -> None:
    with undone():
        TEACHES.ends(world, end)
        for after, wanted in ((-SECOND, 200), (timedelta(0), 404), (timedelta(hours=1), 404)):
            with time_machine.travel(end + after, tick=False):
                assert status(world, TEACHES) == wanted


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_jumps_back_wakes_no_session(world: World, back: timedelta) -> None:
    """The right would hold again by the date; nobody is logged in any more to use it."""
    end = timezone.now().replace(microsecond=0)
    with undone():
        TEACHES.ends(world, end)
        with time_machine.travel(end + timedelta(minutes=1), tick=False):
            client = client_of(of(world, "dora"))
            assert status(world, TEACHES, client) == 404
        with time_machine.travel(end + timedelta(minutes=1) - back, tick=False):
            assert status(world, TEACHES, client) == 302
        with time_machine.travel(end + timedelta(minutes=1), tick=False):
            assert status(world, TEACHES, client) == 302


def test_a_clock_that_jumps_ahead_ends_session_and_right(world: World) -> None:
    with undone():
        client = client_of(of(world, "dora"))
        assert status(world, TEACHES, client) == 200
        with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
            assert status(world, TEACHES, client) == 302


# ---- birthdays -----------------------------------------------------------------------------------------------

BIRTHDAYS = [
    # born on, and the last second of fifteen, in UTC
    (date(2010, 3, 4), datetime(2026, 3, 3, 22, 59, 59, tzinfo=UTC)),  # winter time: midnight in Amsterdam is 23:00
    (date(2010, 7, 4), datetime(2026, 7, 3, 21, 59, 59, tzinfo=UTC)),  # summer time: 22:00
    (date(2010, 3, 29), datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC)),
    (date(2010, 10, 26), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),
    (date(2012, 2, 29), datetime(2028, 2, 28, 22, 59, 59, tzinfo=UTC)),
]
ELS_LOOKS = Right("she is under sixteen", "els", "safety_card", "pupil_noor", lambda *_: None)


@pytest.mark.parametrize(("born", "last"), BIRTHDAYS, ids=lambda value: str(value))
def test_at_midnight_of_the_sixteenth_birthday_a_guardian_reads_no_more(world: World, born: date, last: datetime) -> None:
    with undone():
        noor = world.town.pupils["noor"]
        type(noor).objects.filter(pk=noor.pk).update(birth_date=born)
        for moment, wanted in ((last, 200), (last + SECOND, 404)):
            with time_machine.travel(moment, tick=False):
                assert status(world, ELS_LOOKS) == wanted


def test_who_was_born_on_29_february_is_sixteen_on_1_march_of_other_years(world: World) -> None:
    """Eighteen, in 2030: see tests/core/test_ages.py; here the page of a pupil who turns sixteen in a leap year, let in and not."""
    with undone():
        noor = world.town.pupils["noor"]
        type(noor).objects.filter(pk=noor.pk).update(birth_date=date(2012, 2, 29))
        GuardianAccess.objects.create(school=noor.school, guardianship=care(world, "els", "noor").get(), from_at=START)
        with time_machine.travel(datetime(2028, 3, 1, tzinfo=UTC), tick=False):
            assert status(world, ELS_LOOKS) == 200
