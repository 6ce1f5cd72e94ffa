"""Who decides about a child: guardians with parental authority, and from the sixteenth birthday the pupil."""

from dataclasses import dataclass
from datetime import date, datetime

from kring.core.ages import RIGHTS_HOLDER, has_turned
from kring.core.errors import BrokenRule


@dataclass(eq=False, kw_only=True)
class NotSixteenYet(BrokenRule):
    """Until the sixteenth birthday it is not the pupil who says which guardian reads along."""


@dataclass(eq=False, kw_only=True)
class TieEnded(BrokenRule):
    """What has ended is not changed any more."""


@dataclass(eq=False, kw_only=True)
class BirthDateUnlikely(BrokenRule):
    """A pupil is between 3 and 25 years old."""


YOUNGEST, OLDEST = 3, 25


def check_decides_alone(born_on: date | None, *, on: date) -> None:
    """Raises NotSixteenYet; also when nobody knows the birth date."""
    if born_on is None or not has_turned(RIGHTS_HOLDER, born_on=born_on, on=on):
        raise NotSixteenYet


def check_birth_date(born_on: date, *, on: date) -> None:
    """Raises BirthDateUnlikely.

    >>> check_birth_date(date(2015, 3, 1), on=date(2026, 11, 22))
    """
    if not has_turned(YOUNGEST, born_on=born_on, on=on) or has_turned(OLDEST, born_on=born_on, on=on):
        raise BirthDateUnlikely


def check_goes_on(until_at: datetime | None, *, at: datetime) -> None:
    """Raises TieEnded."""
    if until_at is not None and until_at <= at:
        raise TieEnded


WARNED_DAYS = 31


def turns_within(years: int, *, born_on: date, on: date, days: int = WARNED_DAYS) -> date | None:
    """The day of this birthday when it falls within so many days after `on`; None otherwise.

    Who was born on 29 February has a birthday on 1 March in other years.

    >>> turns_within(16, born_on=date(2010, 12, 5), on=date(2026, 11, 22))
    datetime.date(2026, 12, 5)
    >>> turns_within(16, born_on=date(2012, 2, 29), on=date(2028, 2, 20)), turns_within(18, born_on=date(2012, 2, 29), on=date(2030, 2, 20))
    (datetime.date(2028, 2, 29), datetime.date(2030, 3, 1))
    """
    day = birthday(years, born_on=born_on)
    return day if 0 < (day - on).days <= days else None


def birthday(years: int, *, born_on: date) -> date:
    """The day on which somebody turns so old."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:  # 29 February in a year that has none
        return date(born_on.year + years, 3, 1)


@dataclass(eq=False, kw_only=True)
class GuardianKnown(BrokenRule):
    """The school knows somebody of this name: first say whether it is the same person."""

    count: int
