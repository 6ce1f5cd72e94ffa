"""What somebody still has to do: by which day, put off to which, over when; and a task typed in one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.calendar import Calendar
from kring.core.errors import BrokenRule

LONGEST_TITLE: Final = 200
SHORTEST_REASON: Final = 10
LATEST: Final = timedelta(days=400)
"""Where no school year says how far one may look ahead."""
UNDO_LASTS: Final = timedelta(days=1)
DAY: Final = timedelta(days=1)
WEEKEND: Final = "weekend"  # the same word in Dutch and English


@dataclass(eq=False, kw_only=True)
class TaskSaysNothing(BrokenRule):
    """A task says what is to be done."""


@dataclass(eq=False, kw_only=True)
class TaskTooLong(BrokenRule):
    """A task is one line; what is longer belongs elsewhere."""

    most: int = LONGEST_TITLE


@dataclass(eq=False, kw_only=True)
class DueDayPast(BrokenRule):
    """Nothing is asked by a day that is over."""

    day: date


@dataclass(eq=False, kw_only=True)
class DueDayFree(BrokenRule):
    """Nothing is due on a day without school; the last school day before it is named, or the first after it when that one is over."""

    day: date
    name: str
    instead: date


@dataclass(eq=False, kw_only=True)
class DueDayTooFar(BrokenRule):
    """A task falls in a school year that the school has, or within about a year."""

    last: date


@dataclass(eq=False, kw_only=True)
class PutOffNotLater(BrokenRule):
    """Putting off goes forward."""

    due_on: date


@dataclass(eq=False, kw_only=True)
class TaskOver(BrokenRule):
    """What was done or dropped is not done again, put off or dropped."""


@dataclass(eq=False, kw_only=True)
class TaskNotUndone(BrokenRule):
    """Ticking off can be taken back for a day, by whom it was ticked off; never when Kring itself saw that it was done."""


@dataclass(eq=False, kw_only=True)
class DropReasonMissing(BrokenRule):
    """What Kring asked is dropped with a reason."""

    least: int = SHORTEST_REASON


# ---- by which day -----------------------------------------------------------------------------------------------


def due_day(calendar: Calendar, wanted: date, *, on: date) -> date:
    """The school day by which something is asked: the wanted one or the last before it; the first from today on when that is over."""
    day = max(wanted, on)
    if calendar.is_school_day(day):
        return day
    before = calendar.school_days_before(day, 1)
    return before if before >= on else calendar.school_days_after(day, 1)


def check_due(calendar: Calendar, day: date, *, on: date) -> None:
    """A day that somebody chose. Raises DueDayPast, DueDayTooFar and DueDayFree."""
    if day < on:
        raise DueDayPast(day=day)
    last = max((year.ends_on for year in calendar.years), default=on)
    last = max(last, on + LATEST) if last <= on else last
    if day > last:
        raise DueDayTooFar(last=last)
    if not calendar.is_school_day(day):
        off = calendar.off(day)
        raise DueDayFree(day=day, name=off.name if off else WEEKEND, instead=due_day(calendar, day, on=on))


def put_off(due_on: date, to: date, calendar: Calendar, *, on: date) -> date:
    """The new day. Raises PutOffNotLater and what `check_due` raises."""
    check_due(calendar, to, on=on)
    if to <= due_on:
        raise PutOffNotLater(due_on=due_on)
    return to


class When(StrEnum):
    """Where a task stands in the week."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    LATER = "later"


def when(due_on: date, *, on: date) -> When:
    """Weeks run from Monday.

    >>> when(date(2026, 11, 27), on=date(2026, 11, 23)), when(date(2026, 11, 30), on=date(2026, 11, 23))
    (<When.THIS_WEEK: 'this_week'>, <When.NEXT_WEEK: 'next_week'>)
    """
    if due_on <= on:
        return When.OVERDUE if due_on < on else When.TODAY
    monday = on - on.weekday() * DAY
    weeks = (due_on - monday).days // 7
    return {0: When.THIS_WEEK, 1: When.NEXT_WEEK}.get(weeks, When.LATER)


# ---- over -------------------------------------------------------------------------------------------------------


def refuse_over(done_at: datetime | None, dropped_at: datetime | None) -> None:
    """Raises TaskOver."""
    if done_at or dropped_at:
        raise TaskOver


def refuse_undo(done_at: datetime | None, *, is_settled: bool, at: datetime) -> None:
    """Raises TaskNotUndone."""
    if done_at is None or is_settled or at - done_at > UNDO_LASTS:
        raise TaskNotUndone


def drop_reason(text: str, *, is_own: bool) -> str:
    """The reason in tidy words; for a task of one's own it may stay away. Raises DropReasonMissing."""
    reason = " ".join(text.split())
    if not is_own and len(reason) < SHORTEST_REASON:
        raise DropReasonMissing
    return reason


# ---- one line ---------------------------------------------------------------------------------------------------

WEEKDAYS: Final[Mapping[str, int]] = {
    word: number
    for number, words in enumerate(
        (
            ("ma", "maandag", "mon", "monday"),
            ("di", "dinsdag", "tue", "tuesday"),
            ("wo", "woensdag", "wed", "wednesday"),
            ("do", "donderdag", "thu", "thursday"),
            ("vr", "vrijdag", "fri", "friday"),
        )
    )
    for word in words
}
SOON: Final[Mapping[str, int]] = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2}
MONTHS: Final[Mapping[str, int]] = {
    word: number
    for number, words in enumerate(
        (
            *("januari jan january", "februari feb february", "maart mrt march mar", "april apr", "mei may", "juni jun june"),
            *("juli jul july", "augustus aug august", "september sep sept", "oktober okt october oct"),
            *("november nov", "december dec"),
        ),
        1,
    )
    for word in words.split()
}


def title_of(text: str) -> str:
    """What is to be done, in tidy words. Raises TaskSaysNothing and TaskTooLong."""
    title = " ".join(text.split())
    if len(title) < 2:
        raise TaskSaysNothing
    if len(title) > LONGEST_TITLE:
        raise TaskTooLong
    return title


def split_line(text: str, *, on: date) -> tuple[str, date | None]:
    """What is to be done, and the day when the line ends in one after a comma.

    >>> split_line("bellen met Kentalis, vr", on=date(2026, 11, 23))
    ('bellen met Kentalis', datetime.date(2026, 11, 27))
    >>> split_line("schriften, boeken en pennen", on=date(2026, 11, 23))
    ('schriften, boeken en pennen', None)
    """
    head, comma, tail = text.rpartition(",")
    day = day_said(tail, on=on) if comma and head.strip() else None
    return (title_of(head), day) if day else (title_of(text), None)


def day_said(words: str, *, on: date) -> date | None:
    """A day as people say it: a weekday (the next one), tomorrow, or day and month (the next one)."""
    said = words.strip().casefold().rstrip(".")
    if said in SOON:
        return on + SOON[said] * DAY
    if said in WEEKDAYS:
        return on + ((WEEKDAYS[said] - on.weekday() - 1) % 7 + 1) * DAY
    return _day_and_month(said.replace("-", " ").replace("/", " ").split(), on)


def _day_and_month(parts: list[str], on: date) -> date | None:
    if len(parts) == 3 and parts[0] in WEEKDAYS:
        del parts[0]
    if len(parts) != 2 or not _is_number(parts[0]):
        return None
    month = int(parts[1]) if _is_number(parts[1]) else MONTHS.get(parts[1].rstrip("."), 0)
    return next((day for year in range(on.year, on.year + 5) if (day := _date(year, month, int(parts[0]))) and day >= on), None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 2


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
