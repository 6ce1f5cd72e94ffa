"""A small trial of support: what must be there before it starts, what one day may bring, and what people may decide after it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from kring.core.decisions import Earlier, Outcome, Proposal, Rule
from kring.core.errors import BrokenRule
from kring.core.fading import PROBES, FadeOut, fade_out
from kring.core.goals import USUAL_START, goal_scale_check
from kring.core.trials.nonoverlap import LEAST_BASELINE

LEAST_WEEKS, USUAL_WEEKS, MOST_WEEKS = 4, 6, 8  # until the school says otherwise (R112)
SHORTEST_TRIAL, LONGEST_TRIAL = 2, 12  # weeks: a school chooses within these; longer than a term is no trial
MOST_WEEKS_AHEAD: Final = 12  # for the day on which one looks again; longer is out of sight
SHORTEST_REASON, SHORTEST_SAID = 10, 10
SHORTEST_MEASURE: Final = 8
LEAST_WORDS: Final = 4
TARGET_DAYS: Final = 5  # of a school week
HIGHEST_RATING, HIGHEST_COUNT = 10, 200
VAGUE: Final = (
    *("beter gedrag", "gedraagt zich beter", "gedraagt zich goed", "zich beter gedragen", "zijn best", "haar best", "hun best"),
    *("beter luisteren", "luistert beter", "normaal doen", "doet normaal", "lief zijn", "netjes zijn", "rustiger zijn", "is rustiger"),
    *("beter in zijn vel", "beter in haar vel", "lekkerder in zijn vel", "sociaal vaardiger", "minder druk", "minder vervelend"),
)


class Unit(StrEnum):
    """What one measurement is."""

    RATING = "rating"  # 0 to 10
    COUNT = "count"  # how often


class GoalType(StrEnum):
    """What a goal asks (R110)."""

    SKILL = "skill"
    MOTIVATION = "motivation"
    RELATION = "relation"
    SURROUNDINGS = "surroundings"


class Where(StrEnum):
    """Where it is done; help away from the class is never the first thing without a reason."""

    CLASS = "class"
    PLAYGROUND = "playground"
    APART = "apart"
    HOME = "home"


class Seen(StrEnum):
    """What a person sees in the graph, for each of the six checks."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNCLEAR = "unclear"


@dataclass(eq=False, kw_only=True)
class GoalTooVague(BrokenRule):
    """A goal says what somebody will see or count, where and when; “behaves better” cannot be seen."""


@dataclass(eq=False, kw_only=True)
class GoalWorkedOnAlready(BrokenRule):
    """Of one pupil a goal is worked on in one cycle at a time: two would each claim what changed."""


@dataclass(eq=False, kw_only=True)
class MeasureMissing(BrokenRule):
    """Somebody says what is rated or counted, in which situation."""

    least: int = SHORTEST_MEASURE


@dataclass(eq=False, kw_only=True)
class GoalLevelsMissing(BrokenRule):
    """All five levels are written before the start."""

    missing: int


@dataclass(eq=False, kw_only=True)
class GoalLevelsSame(BrokenRule):
    """Two levels with the same words cannot be told apart afterwards."""


@dataclass(eq=False, kw_only=True)
class TrialTooLong(BrokenRule):
    """A small trial lasts some weeks, and has a last day: longer is no trial any more."""

    least: int = LEAST_WEEKS
    most: int = MOST_WEEKS


@dataclass(eq=False, kw_only=True)
class TrialBoundsOutside(BrokenRule):
    """A school says itself how short and how long a trial is, in that order and within a term."""

    least: int = SHORTEST_TRIAL
    most: int = LONGEST_TRIAL


@dataclass(eq=False, kw_only=True)
class TrialStartsInPast(BrokenRule):
    """What is tried begins today or later: the levels are written before it."""


@dataclass(eq=False, kw_only=True)
class ApartWithoutReason(BrokenRule):
    """Help away from the class as the first thing asks why it cannot be done in the class."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class BaselineTooShort(BrokenRule):
    """Without measurements before the start nobody can see later whether anything changed."""

    least: int
    measured: int


@dataclass(eq=False, kw_only=True)
class ValueOutsideScale(BrokenRule):
    """A rating is 0 to 10; a count is not negative."""

    most: int


@dataclass(eq=False, kw_only=True)
class DayNotOfTrial(BrokenRule):
    """A day that is still to come, or from before the trial, cannot be entered."""


@dataclass(eq=False, kw_only=True)
class MoreStepsThanPlanned(BrokenRule):
    """At most all core steps are done."""

    most: int


@dataclass(eq=False, kw_only=True)
class ExecutionNotSaid(BrokenRule):
    """How it was carried out is said apart from whether it helped."""

    least: int = SHORTEST_SAID


@dataclass(eq=False, kw_only=True)
class EffectNotSaid(BrokenRule):
    """What was carried out well enough gets a word about its effect."""

    least: int = SHORTEST_SAID


@dataclass(eq=False, kw_only=True)
class EffectCannotBeJudged(BrokenRule):
    """What was hardly carried out says nothing about whether it helps."""


@dataclass(eq=False, kw_only=True)
class NotToBeDecidedYet(BrokenRule):
    """People decide once execution, effect and the pupil's own view are there."""


@dataclass(eq=False, kw_only=True)
class DeviationWithoutReason(BrokenRule):
    """Who decides otherwise than proposed says why."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class RenewedBefore(BrokenRule):
    """The same support goes on unchanged once; after that something changes."""


@dataclass(eq=False, kw_only=True)
class NextDayOutside(BrokenRule):
    """The day on which people look again lies ahead, and not out of sight."""

    weeks: int = MOST_WEEKS_AHEAD


@dataclass(eq=False, kw_only=True)
class PupilNotHeard(BrokenRule):
    """The own words of the pupil, or who wrote them down."""


@dataclass(eq=False, kw_only=True)
class FadingTooEarlyToClose(BrokenRule):
    """Support is closed after it stopped and the probe four weeks later."""

    probe: date


# ---- before the start -------------------------------------------------------------------------------------------


def check_goal(text: str, measure: str) -> str:
    """The goal in tidy words. Raises GoalTooVague, MeasureMissing.

    >>> check_goal("Noor vraagt elke dag een kind  om mee te spelen", "hoe vaak zij vraagt, in de grote pauze")
    'Noor vraagt elke dag een kind om mee te spelen'
    """
    said = tidy(text)
    if len(said.split()) < LEAST_WORDS or any(words in said.casefold() for words in VAGUE):
        raise GoalTooVague
    if len(tidy(measure)) < SHORTEST_MEASURE:
        raise MeasureMissing
    return said


def check_one_cycle(text: str, worked_on: Collection[str]) -> None:
    """`worked_on`: the goals that are not met, of the plans of this pupil that are not over. Raises GoalWorkedOnAlready.

    >>> check_one_cycle("Noor vraagt elke dag een kind om mee te spelen", ["Noor begint zelf aan haar taak."])
    """
    if _folded(text) in map(_folded, worked_on):
        raise GoalWorkedOnAlready


def _folded(text: str) -> str:
    return tidy(text).casefold().rstrip(".!")


def check_levels(texts: Mapping[int, str], *, agreed_on: date, start_on: date, start_level: int = USUAL_START) -> None:
    """Raises GoalLevelsMissing, GoalLevelsSame, TrialStartsInPast."""
    found = goal_scale_check(texts, agreed_on=agreed_on, start_on=start_on, start_level=start_level)
    if found.missing:
        raise GoalLevelsMissing(missing=len(found.missing))
    if found.same:
        raise GoalLevelsSame
    if found.late:
        raise TrialStartsInPast


@dataclass(frozen=True, slots=True)
class TrialWeeks:
    """How short and how long a trial may be at a school. Raises TrialBoundsOutside."""

    least: int = LEAST_WEEKS
    most: int = MOST_WEEKS

    def __post_init__(self) -> None:
        if not SHORTEST_TRIAL <= self.least <= self.most <= LONGEST_TRIAL:
            raise TrialBoundsOutside

    @property
    def usual(self) -> int:
        """Six, or the nearest that may be.

        >>> TrialWeeks().usual, TrialWeeks(2, 4).usual, TrialWeeks(8, 10).usual
        (6, 4, 8)
        """
        return min(max(USUAL_WEEKS, self.least), self.most)


USUAL_TRIAL = TrialWeeks()


def check_period(starts_on: date, ends_on: date, *, today: date, weeks: TrialWeeks = USUAL_TRIAL) -> None:
    """Raises TrialStartsInPast, TrialTooLong."""
    if starts_on < today:
        raise TrialStartsInPast
    days = (ends_on - starts_on).days
    if not 7 * weeks.least - 3 <= days <= 7 * weeks.most + 3:  # a Monday to a Friday, or a weekend more
        raise TrialTooLong(least=weeks.least, most=weeks.most)


def check_where(where: str, because: str) -> None:
    """Raises ApartWithoutReason."""
    if where == Where.APART and len(tidy(because)) < SHORTEST_REASON:
        raise ApartWithoutReason


def check_baseline(measured: int) -> None:
    """Raises BaselineTooShort."""
    if measured < LEAST_BASELINE:
        raise BaselineTooShort(least=LEAST_BASELINE, measured=measured)


# ---- on the way -------------------------------------------------------------------------------------------------


def check_value(unit: str, value: float) -> None:
    """Raises ValueOutsideScale."""
    most = HIGHEST_COUNT if unit == Unit.COUNT else HIGHEST_RATING
    if not 0 <= value <= most:
        raise ValueOutsideScale(most=most)


def check_day(on: date, *, since: date, today: date) -> None:
    """Raises DayNotOfTrial."""
    if not since <= on <= today:
        raise DayNotOfTrial


def check_core_steps(done: int | None, of: int) -> None:
    """Raises MoreStepsThanPlanned."""
    if done is not None and not 0 <= done <= of:
        raise MoreStepsThanPlanned(most=of)


def planned_sessions(times_a_week: int | None, school_days: int) -> int:
    """How often it would have been done by now; of a part of a week its share, rounded down.

    >>> planned_sessions(3, 12), planned_sessions(None, 12)
    (7, 0)
    """
    return (times_a_week or 0) * school_days // TARGET_DAYS


# ---- after it ---------------------------------------------------------------------------------------------------


def check_judgements(carried_out: str, effect: str, *, may_be_judged: bool) -> None:
    """Execution and effect apart. Raises ExecutionNotSaid, EffectNotSaid, EffectCannotBeJudged."""
    if len(tidy(carried_out)) < SHORTEST_SAID:
        raise ExecutionNotSaid
    if not may_be_judged and tidy(effect):
        raise EffectCannotBeJudged
    if may_be_judged and len(tidy(effect)) < SHORTEST_SAID:
        raise EffectNotSaid


def check_decision(outcome: Outcome, proposed: Proposal, earlier: Sequence[Earlier], *, reason: str) -> None:
    """Raises NotToBeDecidedYet, RenewedBefore, DeviationWithoutReason.

    Looking later is no decision about the support, and waits for nothing.
    """
    if outcome is Outcome.NOT_YET and proposed.rule is not Rule.DANGER:
        return
    if not proposed.may_be_decided:
        raise NotToBeDecidedYet
    decided = [each.outcome for each in earlier if each.outcome is not Outcome.NOT_YET]
    if outcome is Outcome.CONTINUE and decided[-1:] == [Outcome.CONTINUE]:
        raise RenewedBefore
    if outcome is not proposed.outcome and len(tidy(reason)) < SHORTEST_REASON:
        raise DeviationWithoutReason


def check_next(next_on: date, *, today: date) -> None:
    """Raises NextDayOutside."""
    if not today < next_on <= today + timedelta(weeks=MOST_WEEKS_AHEAD):
        raise NextDayOutside


def next_day(outcome: Outcome, today: date) -> date:
    """The day that is proposed for looking again.

    >>> from datetime import date
    >>> next_day(Outcome.CONTINUE_WORKABLE, date(2026, 3, 2)).isoformat()
    '2026-03-30'
    """
    if outcome is Outcome.FADE_OUT:
        return fade_out(today).probe
    weeks = {Outcome.CONTINUE_WORKABLE: 4, Outcome.NOT_YET: 3, Outcome.DEEPEN: 1}.get(outcome, USUAL_WEEKS)
    return today + timedelta(weeks=weeks)


def check_heard(words: str, *, by_pupil: bool, written_by: str) -> None:
    """Words of the pupil in the hand of somebody else say whose hand. Raises PupilNotHeard."""
    if tidy(words) and not by_pupil and not tidy(written_by):
        raise PupilNotHeard


# ---- fading out -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FadeNow:
    """Where a fading stands: hundredths of the dose today (0: stopped) and whether the probes are due."""

    dose: int
    probe_due: bool
    plan: FadeOut


def fade_now(since: date, on: date) -> FadeNow:
    """Where the fading that began on `since` stands today.

    >>> from datetime import date
    >>> fade_now(date(2026, 3, 2), date(2026, 3, 25)).dose, fade_now(date(2026, 3, 2), date(2026, 5, 11)).probe_due
    (25, True)
    """
    plan = fade_out(since)
    dose = next((step.dose for step in plan.steps if step.start <= on <= step.end), 100 if on < since else 0)
    return FadeNow(dose, on >= plan.probe, plan)


def fade_back(since: date, on: date) -> date | None:
    """One step back from where it stands: the day from which the fading counts then; None when the full support returns.

    >>> from datetime import date
    >>> fade_back(date(2026, 3, 2), date(2026, 3, 25)).isoformat(), fade_back(date(2026, 3, 2), date(2026, 3, 3))
    ('2026-03-25', None)
    """
    now = fade_now(since, on)
    doses = [step.dose for step in now.plan.steps]
    if now.dose in (100, doses[0]):
        return None
    back_to = len(doses) - 1 if now.dose == 0 else doses.index(now.dose) - 1
    return on - (now.plan.steps[back_to].start - since)


def check_close(since: date, probes: int, *, on: date) -> None:
    """Raises FadingTooEarlyToClose."""
    now = fade_now(since, on)
    if not now.probe_due or probes < PROBES - 1:
        raise FadingTooEarlyToClose(probe=now.plan.probe)


def tidy(text: str) -> str:
    """Without spaces at the ends and double ones."""
    return " ".join(text.split())
