"""The calendar file, read back by the library that calendar programs are built on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from kring.documents.calendar_file import WholeDays, calendar_file

MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)
CHRISTMAS = WholeDays("holiday-1", "Kerst, vrij; écht\nwaar \\o/", date(2026, 12, 19), date(2027, 1, 3))


def read_back(written: bytes) -> list[WholeDays]:
    events: list[Any] = list(Calendar.from_ical(written).walk("VEVENT"))
    return [_read(event) for event in events]


def _read(event: Any) -> WholeDays:
    until = event["dtend"].dt - timedelta(days=1)
    return WholeDays(event["uid"].removesuffix("@kring"), str(event["summary"]), event["dtstart"].dt, until)


def test_it_comes_back_as_it_was_written() -> None:
    assert read_back(calendar_file("De Beuk", [CHRISTMAS], made_at=MADE)) == [CHRISTMAS]


def test_it_is_written_as_the_format_wants() -> None:
    written = calendar_file("De Beuk", [WholeDays("a", "x" * 200, date(2026, 3, 29), date(2026, 3, 29))], made_at=MADE)
    assert written.startswith(b"BEGIN:VCALENDAR\r\n")
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert b"DTSTART;VALUE=DATE:20260329" in lines  # whole days: no clock that changes that night
    assert b"DTEND;VALUE=DATE:20260330" in lines
    assert b"X-WR-TIMEZONE:Europe/Amsterdam" in lines


def test_commas_semicolons_and_lines_are_escaped() -> None:
    assert rb"SUMMARY:Kerst\, vrij\; " in calendar_file("De Beuk", [CHRISTMAS], made_at=MADE)


def test_an_empty_year_is_a_file_too() -> None:
    assert read_back(calendar_file("De Beuk", [], made_at=MADE)) == []


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=120).map(lambda text: f"x{text}x")


@given(WORDS, st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 80))
def test_any_words_and_days_come_back(title: str, first_on: date, lasts: int) -> None:
    one = WholeDays("key", title, first_on, first_on + timedelta(days=lasts))
    assert read_back(calendar_file("De Beuk", [one], made_at=MADE)) == [one]
