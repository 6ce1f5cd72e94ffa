"""Questions that may hurt: a no to a classmate, and being bullied by name. Off, unless a school has done what stands here.

What the school must have done is `sociometry.negatives_allowed`; this says when it decides, when a list is opened and when a pupil begins.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kring.core.access import Record, Role, Scope, Verb, roles_that, rule_of
from kring.core.calendar import DAY, Calendar
from kring.core.errors import BrokenRule
from kring.core.instruments.questions import Question
from kring.core.rounds import Window
from kring.core.sociometry import Condition, NegativePolicy, negatives_allowed
from kring.core.sociometry.negatives import LONGEST

LEAST_PURPOSE: Final = 20
"""Characters: fewer say nothing."""
AFTERNOON: Final = 12  # the hour from which it is one
WEEKEND: Final = 3  # the next weekday comes no later


class PolicyKind(StrEnum):
    """The questions about which a school decides."""

    NEGATIVE = "negative"
    BULLYING = "bullying"


@dataclass(eq=False, kw_only=True)
class PolicyPurposeTooShort(BrokenRule):
    """What such questions are for is said in a sentence."""

    least: int = LEAST_PURPOSE


@dataclass(eq=False, kw_only=True)
class GuardiansNotToldYet(BrokenRule):
    """The guardians are told first, so that they can object."""

    day: date


@dataclass(eq=False, kw_only=True)
class KeptLongerThanAllowed(BrokenRule):
    """Who said no to whom, and who was named, stays a year at most."""

    most: int = LONGEST


@dataclass(eq=False, kw_only=True)
class FollowUpNotPossible(BrokenRule):
    """Who follows it up works here and may see what is to be followed up."""


@dataclass(eq=False, kw_only=True)
class PolicyOver(BrokenRule):
    """What was switched off is not changed or switched off again."""


@dataclass(eq=False, kw_only=True)
class SensitiveQuestions(BrokenRule):
    """A list with such questions is not asked as it stands."""

    title: str


@dataclass(eq=False, kw_only=True)
class NegativesSwitchedOff(SensitiveQuestions):
    """The school decided nothing about questions that say no to a classmate, or switched them off."""


@dataclass(eq=False, kw_only=True)
class BullyingSwitchedOff(SensitiveQuestions):
    """The same for questions about bullying."""


@dataclass(eq=False, kw_only=True)
class GuardiansToldTooLate(SensitiveQuestions):
    """The guardians are told before the first day."""

    told_on: date


@dataclass(eq=False, kw_only=True)
class FollowUpGone(SensitiveQuestions):
    """Who was appointed to follow it up is not here any more."""


@dataclass(eq=False, kw_only=True)
class OnlyBadDays(SensitiveQuestions):
    """All its days are a Friday, or the last before days off: only with a reason."""


@dataclass(eq=False, kw_only=True)
class BadMoment(SensitiveQuestions):
    """Nobody begins with it on a Friday afternoon or just before days off, when there are better moments."""


OFF: Final[Mapping[PolicyKind, type[SensitiveQuestions]]] = {
    PolicyKind.NEGATIVE: NegativesSwitchedOff,
    PolicyKind.BULLYING: BullyingSwitchedOff,
}
FOLLOWED_UP: Final[Mapping[PolicyKind, tuple[Record, Verb]]] = {
    PolicyKind.NEGATIVE: (Record.REJECTION, Verb.COUNT),
    PolicyKind.BULLYING: (Record.BULLYING_REPORT, Verb.READ),
}
"""What whoever follows it up must be allowed to see, of the whole school."""


def kinds_of(questions: Iterable[Question]) -> frozenset[PolicyKind]:
    """About which kinds a school must have decided before these are asked."""
    asked = list(questions)
    needed = {PolicyKind.NEGATIVE: any(one.is_negative for one in asked), PolicyKind.BULLYING: any(one.is_of_bullying for one in asked)}
    return frozenset(kind for kind, is_needed in needed.items() if is_needed)


def follow_up_roles(kind: PolicyKind) -> frozenset[Role]:
    """Who can be appointed.

    >>> sorted(follow_up_roles(PolicyKind.BULLYING))
    [<Role.SAFETY_COORDINATOR: 'safety_coordinator'>]
    """
    record, verb = FOLLOWED_UP[kind]
    rules = {role: rule_of(role, record, verb) for role in roles_that(record, verb)}
    return frozenset(role for role, rule in rules.items() if rule and Scope.SCHOOL in rule.scopes)


def check_decision(purpose: str, *, told_on: date, kept_days: int, on: date) -> str:
    """The purpose in tidy words. Raises PolicyPurposeTooShort, GuardiansNotToldYet and KeptLongerThanAllowed."""
    words = " ".join(purpose.split())
    if len(words) < LEAST_PURPOSE:
        raise PolicyPurposeTooShort
    if told_on > on:
        raise GuardiansNotToldYet(day=told_on)
    if not 0 < kept_days <= LONGEST:
        raise KeptLongerThanAllowed
    return words


def refuse_over(until_at: datetime | None, *, at: datetime) -> None:
    """Raises PolicyOver."""
    if until_at is not None and until_at <= at:
        raise PolicyOver


def check_asked(kind: PolicyKind, policy: NegativePolicy, *, title: str, day: date) -> None:
    """Whether a list with such questions may be asked from this day on. Raises what is missing first: a SensitiveQuestions."""
    missing = negatives_allowed(policy, day, afternoon=False).missing
    if Condition.SWITCHED_ON in missing or Condition.PURPOSE in missing:
        raise OFF[kind](title=title)
    if Condition.PARENTS_INFORMED in missing:
        raise GuardiansToldTooLate(title=title, told_on=policy.parents_informed_on or day)
    if Condition.FOLLOW_UP in missing:
        raise FollowUpGone(title=title)


# ---- when -------------------------------------------------------------------------------------------------------


def is_bad_moment(calendar: Calendar, day: date, *, afternoon: bool) -> bool:
    """A Friday afternoon, or the last day before days off: nobody is there to talk about it the next day.

    >>> is_bad_moment(Calendar(), date(2026, 11, 20), afternoon=True), is_bad_moment(Calendar(), date(2026, 11, 20), afternoon=False)
    (True, False)
    """
    missing = negatives_allowed(NegativePolicy(), day, afternoon=afternoon, school_free=_free_days(calendar, day)).missing
    return Condition.NOT_FRIDAY_AFTERNOON in missing or Condition.NOT_BEFORE_HOLIDAY in missing


def has_bad_days(calendar: Calendar, window: Window) -> bool:
    """Whether on one of its school days nobody can begin the whole day."""
    return any(is_bad_moment(calendar, day, afternoon=True) for day in _school_days(calendar, window))


def only_bad_days(calendar: Calendar, window: Window) -> bool:
    """Whether no school day of it is a good one."""
    return all(is_bad_moment(calendar, day, afternoon=True) for day in _school_days(calendar, window))


def check_begins(calendar: Calendar, window: Window, moment: datetime, *, title: str) -> None:
    """Whether a pupil may begin at this moment, as the clock of the school says. With only bad days a reason was written, and it holds.

    Raises BadMoment.
    """
    bad = is_bad_moment(calendar, moment.date(), afternoon=moment.hour >= AFTERNOON)
    if bad and not only_bad_days(calendar, window):
        raise BadMoment(title=title)


def _school_days(calendar: Calendar, window: Window) -> list[date]:
    days = (window.opens_on + offset * DAY for offset in range((window.closes_on - window.opens_on).days + 1))
    return [day for day in days if calendar.is_school_day(day)]


def _free_days(calendar: Calendar, day: date) -> frozenset[date]:
    ahead = (day + offset * DAY for offset in range(1, WEEKEND + 1))
    return frozenset(one for one in ahead if calendar.off(one) is not None)
