"""Days as a calendar file (iCalendar) that any calendar program opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

TIME_ZONE = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class WholeDays:
    """Something that lasts from the first day up to and including the last. The key stays the same when it changes."""

    key: str
    title: str
    first_on: date
    last_on: date


def calendar_file(name: str, days: Iterable[WholeDays], *, made_at: datetime) -> bytes:
    """The file: a program that reads it again changes what it has, and adds nothing twice."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kring//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", TIME_ZONE)
    for one in days:
        calendar.add_component(_event(one, made_at))
    written: bytes = calendar.to_ical()
    return written


def _event(one: WholeDays, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@kring")
    event.add("dtstamp", made_at)
    event.add("summary", one.title)
    event.add("dtstart", one.first_on)
    event.add("dtend", one.last_on + timedelta(days=1))  # the first day after it, as the format wants
    event.add("transp", "TRANSPARENT")
    return event
