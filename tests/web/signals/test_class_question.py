"""Signals about four pupils of one class that share a family lead to the class (R105, R131)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.web.models import Pupil, Signal, SignalAnswer
from tests.asking import queries_for, text_of
from tests.cast import Cast, pupil

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
ASKS = "Kijk ook naar de klas"


@pytest.fixture(autouse=True)
def travel() -> Any:
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


def saw(cast: Cast, of: Pupil, **more: Any) -> Signal:
    told = {"fact": "Liep weg van zijn werk.", "families": ["behaviour"], "seen_at": MONDAY - timedelta(days=2), **more}
    days = {"made_at": MONDAY, "counts_until_on": MONDAY.date() + timedelta(days=40)}
    return Signal.objects.create(school=cast.beuk, pupil=of, kind="observation", author=cast.anna, **told, **days)


def test_four_pupils_of_one_class_ask_to_look_at_the_class(cast: Cast) -> None:
    others = [pupil(cast.group_6a, name, 6) for name in ("Ada", "Bo")]
    rows = [saw(cast, one) for one in (cast.pupil_noor, cast.pupil_sem, *others)]
    page = text_of(cast.anna, "signals")
    assert ASKS in page
    assert "gaan signalen over 4 leerlingen in groep 6A over gedrag" in page
    assert reverse("group_understanding", args=[cast.anna.pk, cast.group_6a.pk]) in page
    assert ASKS in text_of(cast.bram, "signals")
    assert ASKS not in text_of(cast.carla, "signals")  # teaches 6B
    said = {"school": cast.beuk, "kind": "explain", "reason": "Het was een ander.", "answered_by": cast.anna, "answered_at": MONDAY}
    SignalAnswer.objects.create(signal=rows[0], judgement="wrong", **said)
    assert ASKS not in text_of(cast.anna, "signals")


def test_fewer_than_four_or_long_ago_ask_nothing_and_many_cost_no_more(cast: Cast) -> None:
    for one in (cast.pupil_noor, cast.pupil_sem):
        saw(cast, one)
    asked = queries_for(cast.anna, "signals")
    ada = pupil(cast.group_6a, "Ada", 6)
    saw(cast, ada)
    saw(cast, pupil(cast.group_6a, "Bo", 6), seen_at=MONDAY - timedelta(weeks=7))
    assert ASKS not in text_of(cast.anna, "signals")
    assert queries_for(cast.anna, "signals") == asked
