"""A card of one pupil with one adult: a word in the morning, points per moment, a word at the end of the day.

After check-in/check-out (Crone, Hawken & Horner 2010, Responding to Problem Behavior in Schools, second edition): a few goals, 0, 1 or 2
points at each moment of the day, one adult who begins and ends the day. Points are given and never taken, and never stand beside those of
somebody else. The numbers below are a design of this project where no source is named.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from kring.core.errors import BrokenRule, CallerMistake

MOST_GOALS: Final = 3
MOST_MOMENTS: Final = 8
MOST_POINTS: Final = 2
LOWEST_TARGET, HIGHEST_TARGET = 50, 100
USUAL_TARGET: Final = 80
"""Percent of the points; as the manual of Crone, Hawken and Horner has it. A school chooses what this pupil can reach."""
LONGEST: Final = timedelta(weeks=12)
DAYS_TO_SPEAK: Final = 5
"""On fewer days nothing is said of how it goes (methods E.1)."""
DAYS_OF_A_WEEK: Final = 3
WEEKS_AT_TARGET: Final = 3
"""As many weeks as rule 3 of methods E.6 asks points at the target: one good day says little."""
NOT_TO_DO: Final = frozenset({"niet", "geen", "nooit", "niemand", "niks", "stoppen", "stop", "ophouden", "zonder", "minder"})

Points = Mapping[str, Mapping[str, int]]
"""By the place of the moment and that of the goal on the card."""


@dataclass(eq=False, kw_only=True)
class CardGoals(BrokenRule):
    """One, two or three goals, each once."""

    most: int = MOST_GOALS


@dataclass(eq=False, kw_only=True)
class CardGoalNotPositive(BrokenRule):
    """A goal says what somebody does, not what somebody leaves."""

    word: str


@dataclass(eq=False, kw_only=True)
class CardMoments(BrokenRule):
    """A few moments of the day, each once."""

    most: int = MOST_MOMENTS


@dataclass(eq=False, kw_only=True)
class CardTarget(BrokenRule):
    """A target that can be reached and says something."""

    least: int = LOWEST_TARGET
    most: int = HIGHEST_TARGET


@dataclass(eq=False, kw_only=True)
class CardWithoutEnd(BrokenRule):
    """A card ends on a day, not too far away; then people look again."""

    weeks: int = LONGEST.days // 7


@dataclass(eq=False, kw_only=True)
class CardRunsAlready(BrokenRule):
    """One card at a time: two would ask one day twice."""


@dataclass(eq=False, kw_only=True)
class DayNotOnCard(BrokenRule):
    """A day before the card, after it, or still to come."""


@dataclass(eq=False, kw_only=True)
class NoSchoolThatDay(BrokenRule):
    """In the weekend and in holidays nothing is asked."""


@dataclass(eq=False, kw_only=True)
class PointsTaken(BrokenRule):
    """What was given stays given."""

    moment: int


@dataclass(eq=False, kw_only=True)
class NoSuchPoint(CallerMistake):
    """A moment or goal that is not on the card, or a point that is not 0, 1 or 2."""


@dataclass(eq=False, kw_only=True)
class MomentsNotFewer(BrokenRule):
    """Fading out leaves at least one of the moments, and at least one out."""


@dataclass(eq=False, kw_only=True)
class CardOver(BrokenRule):
    """This card has ended."""


def check_card(goals: Sequence[str], moments: Sequence[str], target: int, days: tuple[date, date]) -> None:
    """Raises CardGoals, CardGoalNotPositive, CardMoments, CardTarget, CardWithoutEnd."""
    if not 1 <= len(goals) <= MOST_GOALS or _twice(goals):
        raise CardGoals
    check_positive(goals)
    if not 1 <= len(moments) <= MOST_MOMENTS or _twice(moments):
        raise CardMoments
    check_target(target)
    check_days(*days)


def check_positive(goals: Collection[str]) -> None:
    """Raises CardGoalNotPositive.

    >>> check_positive(["Ik steek mijn vinger op"])
    """
    for goal in goals:
        for word in goal.casefold().split():
            if word.strip(".,;:!?“”‘’'\"()") in NOT_TO_DO:
                raise CardGoalNotPositive(word=word.strip(".,;:!?“”‘’'\"()"))


def check_target(target: int) -> None:
    """Raises CardTarget."""
    if not LOWEST_TARGET <= target <= HIGHEST_TARGET:
        raise CardTarget


def check_days(from_on: date, until_on: date) -> None:
    """Raises CardWithoutEnd."""
    if not timedelta() < until_on - from_on <= LONGEST:
        raise CardWithoutEnd


def check_alone(days: tuple[date, date], others: Collection[tuple[date, date]]) -> None:
    """`others`: the days of other cards of this pupil. Raises CardRunsAlready."""
    if any(first <= days[1] and days[0] <= last for first, last in others):
        raise CardRunsAlready


def _twice(texts: Sequence[str]) -> bool:
    return len({" ".join(text.casefold().split()) for text in texts}) < len(texts)


def check_day(on: date, *, days: tuple[date, date], today: date, is_school_day: bool) -> None:
    """Raises DayNotOnCard, NoSchoolThatDay."""
    if not days[0] <= on <= min(days[1], today):
        raise DayNotOnCard
    if not is_school_day:
        raise NoSchoolThatDay


def points_added(before: Points, given: Points, *, moments: int, goals: int) -> dict[str, dict[str, int]]:
    """What stood there with what is given now; what nobody tapped stays as it was. Raises NoSuchPoint, PointsTaken.

    >>> points_added({"0": {"0": 1}}, {"0": {"0": 2}, "1": {"0": 0}}, moments=2, goals=1)
    {'0': {'0': 2}, '1': {'0': 0}}
    """
    kept = {moment: dict(row) for moment, row in before.items()}
    for moment, row in given.items():
        for goal, point in row.items():
            _check_point(moment, goal, point, moments, goals)
            if point < kept.get(moment, {}).get(goal, 0):
                raise PointsTaken(moment=int(moment) + 1)
            kept.setdefault(moment, {})[goal] = point
    return kept


def _check_point(moment: str, goal: str, point: int, moments: int, goals: int) -> None:
    on_card = moment in map(str, range(moments)) and goal in map(str, range(goals))
    if not on_card or not 0 <= point <= MOST_POINTS:
        raise NoSuchPoint


def percent_of(points: Points) -> float | None:
    """Of the moments that were filled in, how much of what can be given was given; nothing filled in is no day, and never 0.

    >>> percent_of({"0": {"0": 2, "1": 1}, "1": {"0": 0}})
    50.0
    """
    given = [point for row in points.values() for point in row.values()]
    return 100 * sum(given) / (MOST_POINTS * len(given)) if given else None


@dataclass(frozen=True, slots=True)
class CardDay:
    """A day that was filled in, with the percentage of its points."""

    on: date
    percent: float


@dataclass(frozen=True, slots=True)
class Course:
    """How it goes: the middle of all days and how many reached the target; the first and last five days when these are different days.

    All is None on fewer than five days: then it is too early to say.
    """

    days: int
    at_target: int | None
    middle: float | None
    first: float | None
    last: float | None


def course_of(days: Sequence[CardDay], *, target: int) -> Course:
    """Medians, as one bad day is one bad day (methods E.5); no line, no verdict.

    >>> from datetime import date
    >>> course_of([CardDay(date(2026, 3, day), 50 + day) for day in range(2, 7)], target=55).middle
    54
    """
    values = [day.percent for day in sorted(days, key=lambda day: day.on)]
    if len(values) < DAYS_TO_SPEAK:
        return Course(len(values), None, None, None, None)
    apart = len(values) >= 2 * DAYS_TO_SPEAK
    first, last = (median(values[:DAYS_TO_SPEAK]), median(values[-DAYS_TO_SPEAK:])) if apart else (None, None)
    return Course(len(values), sum(value >= target for value in values), median(values), first, last)


class Fade(StrEnum):
    """What the weeks propose; people decide."""

    WAIT = "wait"
    FEWER = "fewer"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class FadeProposal:
    """`met`: so many of the last weeks reached the target; `keep`: so many moments are left."""

    fade: Fade
    met: int
    keep: int
    weeks: int = WEEKS_AT_TARGET


def fade_proposal(days: Sequence[CardDay], *, target: int, moments: int) -> FadeProposal:
    """Half of the moments once the middle of each of the last three weeks reached the target; of the last moment: stop (methods E.6, 3).

    A week counts with three days or more: in a week of holiday or illness nothing is proved, and nothing lost.

    >>> from datetime import date
    >>> good = [CardDay(date(2026, 3, day), 90) for day in (2, 3, 4, 9, 10, 11, 16, 17, 18)]
    >>> found = fade_proposal(good, target=80, moments=5)
    >>> found.fade.value, found.keep
    ('fewer', 3)
    """
    weeks: dict[tuple[int, int], list[float]] = {}
    for day in sorted(days, key=lambda day: day.on):
        weeks.setdefault(day.on.isocalendar()[:2], []).append(day.percent)
    counted = [median(values) >= target for values in weeks.values() if len(values) >= DAYS_OF_A_WEEK]
    met = _in_a_row(counted)
    if met < WEEKS_AT_TARGET:
        return FadeProposal(Fade.WAIT, met, moments)
    return FadeProposal(Fade.FEWER, met, (moments + 1) // 2) if moments > 1 else FadeProposal(Fade.STOP, met, 0)


def _in_a_row(weeks: Sequence[bool]) -> int:
    """How many of the last weeks, without a break, up to as many as are asked."""
    found = 0
    for reached in reversed(weeks[-WEEKS_AT_TARGET:]):
        if not reached:
            break
        found += 1
    return found


def check_fewer(before: Sequence[str], after: Collection[str]) -> None:
    """Raises MomentsNotFewer."""
    if not after or len(after) >= len(before) or not set(after) <= set(before):
        raise MomentsNotFewer
