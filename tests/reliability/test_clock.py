"""Clocks that jump, and the nights and days on which they do odd things: nothing lives longer than was said, and nothing happens twice."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.core.signing_in import SESSION_LASTS, STEP_UP_LASTS
from kring.web.audit.queries import verified
from kring.web.files import intake as files
from kring.web.jobs import rows
from kring.web.jobs.chores import Chore, take_turn
from kring.web.models import Beat, BreakGlass, Entry, Job
from kring.web.people.rows import code_typed, make_code
from kring.web.schools.models import live
from tests.cast import Cast, client_of
from tests.reliability.conftest import Held

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PLAIN = datetime(2026, 6, 2, 9, tzinfo=AMSTERDAM)
STARTS = {
    "a day": PLAIN,
    "the night of 29 March": datetime(2026, 3, 29, 0, 30, tzinfo=AMSTERDAM),
    "the night of 25 October": datetime(2026, 10, 25, 0, 30, tzinfo=AMSTERDAM),
    "29 February": datetime(2028, 2, 29, 15, tzinfo=AMSTERDAM),
}
MONTH, TWO_HOURS, HOUR = timedelta(days=30), timedelta(hours=2), timedelta(hours=1)
JUMPS = {"+30 days": MONTH, "−2 hours": -TWO_HOURS}


class Clock:
    """True time passes; what the server thinks that it is, may leap away from it."""

    def __init__(self, start: datetime, traveller: Any) -> None:
        self.start, self.true, self.shown, self.traveller = start.astimezone(UTC), start.astimezone(UTC), start.astimezone(UTC), traveller

    def wait(self, length: timedelta) -> None:
        self.true += length
        self.leap(length)

    def leap(self, length: timedelta) -> None:
        self.shown += length
        self.traveller.move_to(self.shown)

    @property
    def passed(self) -> timedelta:
        return self.true - self.start


@contextmanager
def clock_at(start: datetime) -> Iterator[Clock]:
    with time_machine.travel(start, tick=False) as traveller:
        yield Clock(start, traveller)


def is_logged_in(client: Client) -> bool:
    client.get(reverse("style"))
    return "_auth_user_id" in client.session


def lived(clock: Clock, client: Client, *, leaps: dict[int, timedelta]) -> timedelta:
    """How long somebody stays logged in who does something every quarter of an hour, whatever the clock does after so many of them."""
    for quarter in range(60):
        if not is_logged_in(client):
            break
        clock.wait(timedelta(minutes=15))
        if quarter in leaps:
            clock.leap(leaps[quarter])
    return clock.passed


@pytest.mark.parametrize("day", STARTS)
def test_a_session_lasts_ten_hours_of_true_time(cast: Cast, day: str) -> None:
    """Also in a night that has an hour more or less on the wall."""
    with clock_at(STARTS[day]) as clock:
        assert lived(clock, client_of(cast.anna), leaps={}) == SESSION_LASTS


@pytest.mark.parametrize(
    "leaps", [{0: MONTH}, {30: MONTH}, {4: -TWO_HOURS}, {30: -TWO_HOURS}, {3: -MONTH}, {3: TWO_HOURS, 5: -TWO_HOURS}], ids=str
)
def test_a_session_never_lasts_longer_because_the_clock_leapt(cast: Cast, leaps: dict[int, timedelta]) -> None:
    with clock_at(PLAIN) as clock:
        assert lived(clock, client_of(cast.anna), leaps=leaps) <= SESSION_LASTS


@pytest.mark.parametrize("jump", JUMPS)
def test_proof_of_who_somebody_is_does_not_outlive_a_leap(cast: Cast, jump: str) -> None:
    """A page that asks for a fresh second factor: within ten minutes it opens, after a leap either way it asks again."""
    with clock_at(PLAIN) as clock:
        client = client_of(cast.olga)
        page = reverse("propose_role", args=[cast.olga.pk])
        asked = [client.get(page).status_code]
        clock.wait(STEP_UP_LASTS / 2)
        clock.leap(JUMPS[jump])
        asked.append(client.get(page).status_code)
    assert asked == [200, 302]


def test_a_code_on_paper_ends_at_the_moment_that_was_said(cast: Cast) -> None:
    with clock_at(PLAIN) as clock:
        made, text = make_code(cast.anna.person, at=timezone.now(), lasts=timedelta(days=14))
        holds: Callable[[], bool] = lambda: code_typed(text, at=timezone.now()) is not None  # noqa: E731
        told = [holds()]
        clock.leap(-TWO_HOURS)
        told.append(holds())
        clock.leap(TWO_HOURS + timedelta(days=14))
        told.append(holds())
        assert timezone.now() == made.expires_at
    assert told == [True, True, False]


def test_a_result_is_given_out_until_the_moment_that_was_said(cast: Cast, settings: Settings, tmp_path: Any) -> None:
    settings.FILES = tmp_path
    with clock_at(PLAIN) as clock:
        now = timezone.now()
        made = files.keep(cast.anna, "r.zip", b"r", content_type="application/zip", at=now, kept_for=timedelta(days=1))
        job = Job.objects.create(school=cast.beuk, author=cast.anna, kind="x", created_at=now, state=Job.State.DONE, result=made)
        page = reverse("job_result", args=[cast.anna.pk, job.pk])
        assert client_of(cast.anna).get(page).status_code == 200
        clock.leap(timedelta(days=1))
        assert client_of(cast.anna).get(page).status_code == 404


@pytest.mark.parametrize("jump", JUMPS)
def test_a_window_that_is_open_for_an_hour_is_closed_after_a_leap(cast: Cast, jump: str) -> None:
    with clock_at(PLAIN) as clock:
        now = timezone.now()
        window: dict[str, Any] = {"from_at": now, "until_at": now + HOUR}
        opened = BreakGlass.objects.create(
            school=cast.beuk, pupil=cast.pupil_noor, membership=cast.rik, reason="Zij ademt moeilijk.", **window
        )
        is_open = [BreakGlass.objects.filter(live(timezone.now()), pk=opened.pk).exists()]
        clock.leap(JUMPS[jump])
        is_open.append(BreakGlass.objects.filter(live(timezone.now()), pk=opened.pk).exists())
    assert is_open == [True, False]


def test_the_log_is_in_the_order_of_its_numbers_whatever_the_clock_said(cast: Cast) -> None:
    with clock_at(PLAIN) as clock:
        for leap in (timedelta(0), -TWO_HOURS, MONTH, -MONTH, TWO_HOURS):
            clock.leap(leap)
            assert client_of(cast.anna).get(reverse("group", args=[cast.anna.pk, cast.group_6a.pk])).status_code == 200
    told = list(Entry.objects.filter(name="page.read").order_by("sequence").values_list("sequence", "at"))
    numbers, moments = [number for number, _ in told], [at for _, at in told]
    assert numbers == sorted(set(numbers))
    assert moments != sorted(moments)  # the clock did leap
    assert verified(cast.beuk.pk).is_sound


# ---- what comes round again ---------------------------------------------------------------------------------------


def turns(clock: Clock, keepers: Sequence[UUID], minutes: int, *, leaps: dict[int, timedelta]) -> list[int]:
    """The true minutes at which an hourly chore was done by one of these servers, that all look every minute."""
    done: list[datetime] = []
    begun, chore = clock.true, Chore("hourly", HOUR, lambda *, at: done.append(clock.true))  # noqa: ARG005
    for minute in range(minutes):
        clock.leap(leaps.get(minute, timedelta(0)))
        for keeper in keepers:
            for _name in rows.due(at=timezone.now()):
                take_turn(chore, keeper, at=timezone.now())
        clock.wait(timedelta(minutes=1))
    return [(at - begun) // timedelta(minutes=1) for at in done]


@pytest.fixture
def keepers() -> list[UUID]:
    rows.list_chores({"hourly": HOUR})
    return [rows.begin_beating(Beat.Kind.SCHEDULE, at=timezone.now()) for _ in range(2)]


@pytest.mark.parametrize("day", ["the night of 29 March", "the night of 25 October", "29 February"])
def test_every_night_has_as_many_turns_as_true_hours(cast: Cast, keepers: list[UUID], day: str) -> None:
    with clock_at(STARTS[day]) as clock:
        assert turns(clock, keepers, 241, leaps={}) == [0, 60, 120, 180, 240]


def test_a_leap_gives_one_turn_too_early_at_most_and_never_a_storm(cast: Cast, keepers: list[UUID], held: Held) -> None:
    with clock_at(PLAIN) as clock:
        forward = turns(clock, keepers, 150, leaps={30: MONTH})
        back = turns(clock, keepers, 200, leaps={0: -TWO_HOURS - HOUR})
    assert forward == [0, 30, 90]
    assert back == [60, 120, 180]
    held(
        "clocks leap 30 days on and 2 hours back, and the nights in which they change",
        "no session, proof, code, window or result outlives what was said; an hourly chore of two servers has one turn per true hour",
    )
