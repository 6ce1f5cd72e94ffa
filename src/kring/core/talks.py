"""“Ik wil praten”: by which day a pupil who asks for a talk hears something, and when somebody else must hear that it did not happen.

Counted in school days, by the calendar of the school: what is asked after school, in a weekend or in a holiday is read on the first
school day after it, and the pupil is told that very day.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kring.core.calendar import Calendar
from kring.core.errors import BrokenRule

SCHOOL_ENDS: Final = 15  # o'clock
"""What is asked later may be read only the next school day."""
HEARS_WITHIN: Final = 1
"""In school days, counted from the day on which it is read."""


@dataclass(eq=False, kw_only=True)
class NotToChoose(BrokenRule):
    """One asks somebody of the school who is there for this pupil."""


@dataclass(eq=False, kw_only=True)
class TalkedAlready(BrokenRule):
    """A talk that was had is not had again: the pupil asks anew."""


@dataclass(frozen=True, slots=True)
class Promised:
    """On which day it is read at the latest, and by which day there is a talk or a word about when."""

    read_on: date
    answer_by_on: date
    asked_on: date

    @property
    def is_read_today(self) -> bool:
        return self.read_on == self.asked_on


def promised(calendar: Calendar, asked: datetime, *, group: str | None = None) -> Promised:
    """What can be promised to who asks at this moment, in the time of the school.

    >>> promised(Calendar(), datetime(2026, 11, 20, 16)).read_on, promised(Calendar(), datetime(2026, 11, 20, 16)).answer_by_on
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 24))
    """
    on = asked.date()
    in_time = calendar.is_school_day(on, group=group) and asked.hour < SCHOOL_ENDS
    read_on = on if in_time else calendar.school_days_after(on, 1, group=group)
    return Promised(read_on, calendar.school_days_after(read_on, HEARS_WITHIN, group=group), on)


def refuse_talked(answered_at: object) -> None:
    """Raises TalkedAlready."""
    if answered_at is not None:
        raise TalkedAlready


def is_too_late(answer_by_on: date, *, on: date) -> bool:
    """After it, somebody else hears that a pupil waits."""
    return on > answer_by_on
