"""The school year for one's own calendar: holidays, open rounds, how many tasks; no pupil and no word of mine."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from icalendar import Calendar

from kring.core.access import STAFF
from kring.web.models import Holiday, Round
from kring.web.tasks.actions import Typed, make_task
from tests.asking import look, may_look, queries_for
from tests.cast import Cast
from tests.measurements import list_round

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def events(answer: Any) -> dict[str, tuple[date, date]]:
    found: list[Any] = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    return {str(event["summary"]): (event["dtstart"].dt, event["dtend"].dt) for event in found}


def test_it_holds_the_days_of_the_school(cast: Cast) -> None:
    days = {"kind": "vacation", "name": "Kerst, vrij", "first_on": date(2025, 12, 20), "last_on": date(2026, 1, 4)}
    Holiday.objects.create(school=cast.beuk, year=cast.year, **days)
    Holiday.objects.create(school=cast.eik, year=cast.group_eik.year, **{**days, "name": "Van De Eik"})
    list_round(cast.group_6a, [cast.pupil_noor], "Najaarslijst", silent=1)
    for line in ("bellen over Noor, vr", "nog iets, vr", "morgen iets, morgen"):
        make_task(cast.anna, cast.anna, Typed(line), at=MONDAY)
    answer = look(cast.anna, "school_calendar")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kring-schooljaar.ics"'
    assert events(answer) == {
        "Kerst, vrij": (date(2025, 12, 20), date(2026, 1, 5)),
        "Afname: Najaarslijst": (date(2025, 11, 3), date(2025, 11, 29)),
        "1 taak in Kring": (date(2025, 11, 4), date(2025, 11, 5)),
        "2 taken in Kring": (date(2025, 11, 7), date(2025, 11, 8)),
    }
    assert b"Noor" not in answer.content
    assert "Afname: Najaarslijst" not in events(look(cast.olga, "school_calendar"))  # an administrator sees no rounds


def test_the_same_day_keeps_its_key(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor], "Najaarslijst", silent=1)
    before = [line for line in look(cast.anna, "school_calendar").content.splitlines() if line.startswith(b"UID")]
    Round.objects.update(closes_on=date(2025, 12, 5))
    assert [line for line in look(cast.anna, "school_calendar").content.splitlines() if line.startswith(b"UID")] == before


def test_it_is_for_the_staff(cast: Cast) -> None:
    staff = {name for name, actor in cast.actors().items() if actor.role in STAFF}
    assert may_look(cast, "school_calendar") == staff


def test_three_rounds_ask_as_much_as_one(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor], "Een", silent=1)
    before = queries_for(cast.anna, "school_calendar")
    for name in ("Twee", "Drie"):
        list_round(cast.group_6a, [cast.pupil_noor], name, silent=1)
    assert queries_for(cast.anna, "school_calendar") == before
