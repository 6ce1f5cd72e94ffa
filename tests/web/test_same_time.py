"""A door takes as long for whom it knows as for whom it does not: nobody learns from a clock who is here.

What the processor does is compared, so that whatever else runs on the machine is no difference.
"""

import math
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.core.rounds import Window
from kring.library import instrument
from kring.web.classroom.rows import code_of
from kring.web.classroom.teaching.actions import close_window, open_window
from kring.web.models import Guardian, GuardianInvitation
from kring.web.surveys.guardian_lists.actions import ForGuardians, ask_guardians, write_letter
from tests.cast import Cast
from tests.web.accounts.doors import type_password, with_password

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2025, 11, 4, 9, tzinfo=UTC)
MOST = 0.020  # seconds
TRIES = 3
TIMES = {False: 5, True: 100}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def apart(first: Callable[[], object], second: Callable[[], object], *, times: int) -> float:
    """How far the medians of both lie apart, asked in turns; on a busy machine the best of three tries."""
    first(), second()
    found = math.inf
    for _ in range(TRIES):
        found = min(found, _apart(first, second, times=times))
        if found < MOST:
            break
    return found


def _apart(first: Callable[[], object], second: Callable[[], object], *, times: int) -> float:
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for asked, spent in zip((first, second), took):
            start = time.process_time()
            asked()
            spent.append(time.process_time() - start)
    return abs(statistics.median(took[0]) - statistics.median(took[1]))


def test_a_name_that_is_here_and_one_that_is_not(cast: Cast, settings: object, long: bool) -> None:
    """With the hash of a real server, which is what takes time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # type: ignore[attr-defined]
    settings.AXES_ENABLED = False  # type: ignore[attr-defined]
    with_password(cast.els.person)
    known, unknown = (lambda name=name: type_password(Client(), name, "fout") for name in ("els", "niemand"))
    assert apart(known, unknown, times=TIMES[long]) < MOST


def test_the_code_of_a_class_that_is_over_and_one_that_never_was(cast: Cast, long: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kring.web.classroom.entrance.tries.waits", lambda *_asked, **_more: False)
    window = open_window(cast.anna, cast.group_6a, minutes=60, at=timezone.now())
    close_window(cast.anna, window, at=timezone.now())
    over, never = (lambda code=code: Client().post(reverse("class_door"), {"code": code}) for code in (code_of(window.pk), "QQQQQQQQ"))
    assert apart(over, never, times=TIMES[long]) < MOST


def test_a_letter_of_which_the_rest_is_wrong_and_one_that_never_was(cast: Cast, long: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kring.web.answering.guardians.letter_views.MOST_WRONG", 1000)
    letter = _letter(cast, timezone.now())
    other = letter[:-1] + ("Q" if letter[-1] != "Q" else "R")
    known, unknown = (lambda code=code: Client().post(reverse("list_by_letter"), {"code": code}) for code in (other, "Q" * len(letter)))
    assert apart(known, unknown, times=TIMES[long]) < MOST


def _letter(cast: Cast, now: datetime) -> str:
    of = Guardian.objects.get(person=cast.els.person)
    window = Window(now.date(), now.date() + timedelta(days=14))
    [made] = ask_guardians(
        cast.anna, cast.pupil_noor, ForGuardians(instrument("kring-ouder", 1), (of.pk,), "Hoe gaat het thuis?", window), at=now
    )
    return write_letter(cast.anna, GuardianInvitation.objects.get(pk=made.pk), at=now).code
