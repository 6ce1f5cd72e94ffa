"""When a school may ask pupils for negative choices, and how long such choices stay.

Interviews with pupils of 8 to 11 found no harm on average, but up to a third talked about their answers (Iverson & Iverson 1996; Iverson,
Barton & Iverson 1997; Mayeux, Underwood & Risser 2007). So they are off, unless a school has done all that stands here.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kring.core.provenance import Result, method
from kring.core.sociometry.rules import KeptTooLong
from kring.core.sociometry.school_days import FRIDAY, next_weekday

__all__ = ["Condition", "NegativePolicy", "NegativesAllowed", "NegativesKept", "negatives_allowed", "negatives_kept_until"]

LONGEST = 365  # days that raw negative choices stay


class Condition(StrEnum):
    """What must be so before a negative question is asked."""

    SWITCHED_ON = "switched_on"
    PURPOSE = "purpose"
    PARENTS_INFORMED = "parents_informed"
    FOLLOW_UP = "follow_up"
    NOT_FRIDAY_AFTERNOON = "not_friday_afternoon"
    NOT_BEFORE_HOLIDAY = "not_before_holiday"


@dataclass(frozen=True, slots=True)
class NegativePolicy:
    """What a school decided about negative questions.

    parents_informed_on: the day that parents were told, with the possibility to object; follow_up_by: who is appointed to follow up.
    """

    switched_on: bool = False
    purpose: str = ""
    parents_informed_on: date | None = None
    follow_up_by: str = ""


@dataclass(frozen=True, slots=True)
class NegativesAllowed(Result):
    """Whether negative questions may be asked in this round, and what is missing. `n` conditions, `n_valid` that are met."""

    allowed: bool
    missing: tuple[Condition, ...]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class NegativesKept(Result):
    """Until which day raw negative choices stay, that day included. `n` and `n_valid`: the days that they stay."""

    until: date
    n: int
    n_valid: int


@method("negatives-allowed", 1, data=("day", "afternoon"))
def negatives_allowed(policy: NegativePolicy, day: date, *, afternoon: bool, school_free: Set[date] = frozenset()) -> NegativesAllowed:
    """Say whether a round on this day may ask for negative choices, and which conditions are not met.

    `school_free` are the weekdays without school. Parents are told before the day of the round. Not on a Friday afternoon, and not on the
    last school day before a day off.

    >>> from datetime import date
    >>> policy = NegativePolicy(True, "een pestplan voor groep 7", date(2026, 9, 1), "de intern begeleider")
    >>> negatives_allowed(policy, date(2026, 11, 17), afternoon=True).allowed
    True
    >>> negatives_allowed(policy, date(2026, 11, 20), afternoon=True).missing
    (<Condition.NOT_FRIDAY_AFTERNOON: 'not_friday_afternoon'>,)
    """
    met = {
        Condition.SWITCHED_ON: policy.switched_on,
        Condition.PURPOSE: bool(policy.purpose.strip()),
        Condition.PARENTS_INFORMED: policy.parents_informed_on is not None and policy.parents_informed_on < day,
        Condition.FOLLOW_UP: bool(policy.follow_up_by.strip()),
        Condition.NOT_FRIDAY_AFTERNOON: not (afternoon and day.weekday() == FRIDAY),
        Condition.NOT_BEFORE_HOLIDAY: next_weekday(day) not in school_free,
    }
    missing = tuple(condition for condition, holds in met.items() if not holds)
    return NegativesAllowed(not missing, missing, len(met), len(met) - len(missing))


@method("negatives-kept", 1, data=("asked_on",))
def negatives_kept_until(asked_on: date, *, days: int = LONGEST) -> NegativesKept:
    """Give the last day that the raw negative choices of a round stay: a year, or shorter when the school chooses so.

    What was counted from them stays. Raises `KeptTooLong`.

    >>> from datetime import date
    >>> negatives_kept_until(date(2026, 11, 17)).until
    datetime.date(2027, 11, 17)
    """
    if not 0 <= days <= LONGEST:
        raise KeptTooLong(days=days, longest=LONGEST)
    return NegativesKept(asked_on + timedelta(days=days), days, days)
