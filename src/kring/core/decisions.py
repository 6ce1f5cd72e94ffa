"""What to do after a cycle of support: a proposal from execution, effect and the views of pupil and parents. People decide.

A decision that differs from the proposal needs a reason, which is asked and kept where the decision is taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from numbers import Real

from kring.core.columns import choice
from kring.core.errors import CallerMistake
from kring.core.fidelity import Fidelity
from kring.core.goals import GoalAttainment
from kring.core.intervals import Interval
from kring.core.provenance import Result, method
from kring.core.shares import wilson_interval
from kring.core.trials.nonoverlap import LEAST_BASELINE, LEAST_SUPPORT, Effect, NonOverlap
from kring.core.trials.visual import WithinTarget

__all__ = [
    "Earlier",
    "Evidence",
    "GroupProgress",
    "ImpossibleEvidence",
    "Lacking",
    "Outcome",
    "Proposal",
    "Rule",
    "View",
    "group_progress",
    "proposal",
]

FIDELITY_LEAST, FIDELITY_GOOD = 0.60, 0.80
CLEARLY_WORSE = -1.959964  # RCI: two-sided 95 %
MAYBE_BETTER = 1.281552  # RCI: two-sided 80 %
TAU_WORSE = -0.40
T_EXPECTED, T_GAIN = 50.0, 10.0
WEEKS_NEEDED, POINTS_NEEDED = 6, 8  # during the support, before "no progress" may be said
ROUNDING = 1e-9
LEAST_PUPILS_FOR_SHARE = 5
LEVEL = 0.95


class Outcome(StrEnum):
    """What is proposed or was decided."""

    FADE_OUT = "fade-out"
    CONTINUE = "continue"
    CONTINUE_WORKABLE = "continue-workable"  # the same support with a plan that can be carried out, 3 to 4 weeks, once
    ADAPT = "adapt"
    DEEPEN = "deepen"  # the next phase: needs-based work with parents, then extra support
    NOT_YET = "not-yet"


class Rule(StrEnum):
    """The rules in their order; the first that fits decides."""

    DANGER = "danger"
    NOT_CARRIED_OUT = "not-carried-out"
    GOAL_REACHED = "goal-reached"
    PROGRESS = "progress"
    NO_PROGRESS = "no-progress"
    TOO_LITTLE_KNOWN = "too-little-known"


class View(StrEnum):
    """What pupil or parents think of stopping or going on; NOT_APPLICABLE only for parents, of a pupil of age."""

    AGREES = "agrees"
    OBJECTS = "objects"
    NOT_APPLICABLE = "not-applicable"


class Lacking(StrEnum):
    """What is missing: the first three must be there before people decide, the others before a firmer proposal."""

    EXECUTION = "execution"
    EFFECT = "effect"
    PUPIL_VIEW = "pupil-view"
    PARENTS_VIEW = "parents-view"
    BASELINE = "baseline"
    POINTS = "points"
    WEEKS = "weeks"
    BETTER_EXECUTION = "better-execution"
    START = "start"  # where the goals stood, without which they show no progress


MANDATORY = (Lacking.EXECUTION, Lacking.EFFECT, Lacking.PUPIL_VIEW)


@dataclass(eq=False, kw_only=True)
class ImpossibleEvidence(CallerMistake):
    """Numbers are finite; counts and weeks not negative; fidelity 0 to 1; the lowest goal -2 to 2; a pupil always has a view."""

    part: str
    value: float | View


@dataclass(frozen=True, slots=True)
class Earlier:
    """What people decided after an earlier cycle of this plan, and the rule behind the proposal of that time."""

    outcome: Outcome
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that the rules look at after one cycle; None for what is not known.

    fidelity: dose times adherence; goal_t, start_t, lowest_goal: from goal_attainment; effect, tau, baseline_points, support_points: from
    nonoverlap; weeks: of support; at_target: whether the last three measurements lie at the target or beyond; rci: per scale in any
    order, positive is better; danger: a direct rule fired since the start; earlier: the decisions on this plan so far, oldest first.
    Raises ImpossibleEvidence, NotAChoice.
    """

    fidelity: float | None = None
    goal_t: float | None = None
    start_t: float | None = None
    lowest_goal: int | None = None
    effect: Effect = Effect.UNKNOWN
    tau: float | None = None
    baseline_points: int = 0
    support_points: int = 0
    weeks: int = 0
    at_target: bool | None = None
    rci: tuple[float, ...] = ()
    danger: bool = False
    pupil_view: View | None = None
    parents_view: View | None = None
    earlier: tuple[Earlier, ...] = ()

    def __post_init__(self) -> None:
        choice(self.effect, Effect)
        for view in (self.pupil_view, self.parents_view):
            if view is not None:
                choice(view, View)
        if self.pupil_view is View.NOT_APPLICABLE:
            raise ImpossibleEvidence(part="pupil_view", value=self.pupil_view)
        numbers = {each.name: getattr(self, each.name) for each in fields(self) if isinstance(getattr(self, each.name), Real)}
        for part, value in [*numbers.items(), *(("rci", value) for value in self.rci)]:
            low, high = BOUNDS.get(part, (-1e9, 1e9))
            if not low <= value <= high:
                raise ImpossibleEvidence(part=part, value=value)
        object.__setattr__(self, "rci", tuple(sorted(map(float, self.rci))))

    @classmethod
    def gathered(
        cls,
        *,
        execution: Fidelity | None = None,
        goals: GoalAttainment | None = None,
        overlaps: Sequence[NonOverlap] = (),
        targets: Sequence[WithinTarget | None] = (),
        rci: Iterable[float | None] = (),
        weeks: int = 0,
        danger: bool = False,
        pupil_view: View | None = None,
        parents_view: View | None = None,
        earlier: tuple[Earlier, ...] = (),
    ) -> "Evidence":
        """Gather what the methods found in one cycle; `overlaps` and `targets` hold one series per goal that was measured.

        Of several series only those that are long enough for a word speak, if there are any: the largest effect and the lowest Tau of
        them, as of several scales, and the fewest measurements. The target is reached when it is in every series. One goal that was not
        scored leaves the lowest goal unknown. An RCI that is None or NaN is left out.
        """
        speaking = [each for each in overlaps if each.effect is not Effect.UNKNOWN]
        counted = speaking or overlaps
        reached = [None if each is None else each.last_three for each in targets]
        return cls(
            fidelity=None if execution is None else execution.value,
            goal_t=None if goals is None else goals.t,
            start_t=None if goals is None else goals.start_t,
            lowest_goal=None if goals is None or goals.n_valid < goals.n else goals.lowest,
            effect=max((each.effect for each in speaking), key=tuple(Effect).index, default=Effect.UNKNOWN),
            tau=min((each.tau for each in speaking if each.tau is not None), default=None),
            baseline_points=min((each.baseline_points for each in counted), default=0),
            support_points=min((each.support_points for each in counted), default=0),
            weeks=weeks,
            at_target=False if False in reached else None if None in reached or not reached else True,
            rci=tuple(value for value in rci if value is not None and value == value),
            danger=danger,
            pupil_view=pupil_view,
            parents_view=parents_view,
            earlier=earlier,
        )

    @property
    def poorly_carried_out(self) -> bool:
        """Less than .60 of the plan was carried out: nothing is said about effect."""
        return self.fidelity is not None and self.fidelity < FIDELITY_LEAST - ROUNDING

    @property
    def progress(self) -> bool | None:
        """Whether any of effect, reliable change and goals shows progress; None when none of the three is known."""
        gained = None if self.goal_t is None or self.start_t is None else self.goal_t >= self.start_t + T_GAIN - ROUNDING
        if self.effect in (Effect.MODERATE, Effect.LARGE) or gained or any(value >= MAYBE_BETTER for value in self.rci):
            return True
        return None if self.effect is Effect.UNKNOWN and gained is None and not self.rci else False

    @property
    def may_be_judged(self) -> bool:
        """Whether it was carried out, and something is known of progress."""
        return self.fidelity is not None and not self.poorly_carried_out and self.progress is not None

    @property
    def effect_known(self) -> bool:
        """Whether there is anything that may speak of effect."""
        return self.progress is not None or self.goal_t is not None


BOUNDS = {
    "fidelity": (0, 1),
    "lowest_goal": (-2, 2),
    "baseline_points": (0, 1e9),
    "support_points": (0, 1e9),
    "weeks": (0, 1e9),
}


@dataclass(frozen=True, slots=True)
class Proposal(Result):
    """outcome with the rule that fired; lacking: what is missing, in the order of `Lacking`.

    more_points and more_weeks: of support, before "no progress" may be said; n: rules; n_valid: rules looked at, the one that fired
    included.
    """

    outcome: Outcome
    rule: Rule
    lacking: tuple[Lacking, ...]
    more_points: int
    more_weeks: int
    n: int
    n_valid: int

    @property
    def may_be_decided(self) -> bool:
        """Whether execution, effect and the pupil's own view are there; danger does not wait for them."""
        return self.rule is Rule.DANGER or not set(MANDATORY) & set(self.lacking)


@method("proposal", 1, data=("evidence",))
def proposal(evidence: Evidence) -> Proposal:
    """Take the first rule that fits: a design of this project, around the three outcomes of needs-based work (handelingsgericht werken).

    1 danger or clear deterioration (RCI ≤ -1.96, or Tau ≤ -.40 with 3 measurements before and 5 during the support): deepen now. 2 carried
    out below .60: continue with a workable plan, the second time adapt. Without execution, effect or pupil's view: not yet. 3 T ≥ 50, no
    goal below 0, last three at target, nobody objects: fade out. 4 progress: continue, after one renewal without change adapt. 5 carried
    out from .80, 6 weeks, 8 measurements, no progress: adapt, the second time deepen. 6 not yet.

    >>> seen = Evidence(fidelity=0.5, pupil_view=View.AGREES, parents_view=View.AGREES)
    >>> found = proposal(seen)
    >>> found.outcome.value, found.rule.value, found.lacking
    ('continue-workable', 'not-carried-out', ())
    """
    rule = _rule(evidence)
    more_points, more_weeks = max(0, POINTS_NEEDED - evidence.support_points), max(0, WEEKS_NEEDED - evidence.weeks)
    order = tuple(Rule)
    return Proposal(
        outcome=_outcome(rule, evidence.earlier),
        rule=rule,
        lacking=_lacking(evidence, rule, more_points, more_weeks),
        more_points=more_points if rule is Rule.TOO_LITTLE_KNOWN else 0,
        more_weeks=more_weeks if rule is Rule.TOO_LITTLE_KNOWN else 0,
        n=len(order),
        n_valid=order.index(rule) + 1,
    )


def _rule(evidence: Evidence) -> Rule:
    if _worse(evidence):
        return Rule.DANGER
    if evidence.poorly_carried_out:
        return Rule.NOT_CARRIED_OUT
    if evidence.fidelity is None or not evidence.effect_known or evidence.pupil_view is None:
        return Rule.TOO_LITTLE_KNOWN
    if _goal_reached(evidence):
        return Rule.GOAL_REACHED
    if evidence.progress:
        return Rule.PROGRESS
    long_enough = evidence.weeks >= WEEKS_NEEDED and evidence.support_points >= POINTS_NEEDED
    if evidence.progress is False and long_enough and evidence.fidelity >= FIDELITY_GOOD - ROUNDING:
        return Rule.NO_PROGRESS
    return Rule.TOO_LITTLE_KNOWN


def _worse(evidence: Evidence) -> bool:
    falling = evidence.tau is not None and evidence.tau <= TAU_WORSE + ROUNDING
    measured = evidence.baseline_points >= LEAST_BASELINE and evidence.support_points >= LEAST_SUPPORT
    return evidence.danger or (falling and measured) or any(value <= CLEARLY_WORSE for value in evidence.rci)


def _goal_reached(evidence: Evidence) -> bool:
    if evidence.goal_t is None or evidence.lowest_goal is None:
        return False
    reached = evidence.goal_t >= T_EXPECTED - ROUNDING and evidence.lowest_goal >= 0 and evidence.at_target is True
    asked = evidence.parents_view is not None
    return reached and asked and View.OBJECTS not in (evidence.pupil_view, evidence.parents_view)


def _outcome(rule: Rule, earlier: Sequence[Earlier]) -> Outcome:
    if rule is Rule.NOT_CARRIED_OUT:
        return Outcome.ADAPT if any(each.outcome is Outcome.CONTINUE_WORKABLE for each in earlier) else Outcome.CONTINUE_WORKABLE
    if rule is Rule.PROGRESS:
        decided = [each.outcome for each in earlier if each.outcome is not Outcome.NOT_YET]
        return Outcome.ADAPT if decided[-1:] == [Outcome.CONTINUE] else Outcome.CONTINUE
    if rule is Rule.NO_PROGRESS:
        adapted = any(each.outcome is Outcome.ADAPT and each.rule is Rule.NO_PROGRESS for each in earlier)
        return Outcome.DEEPEN if adapted else Outcome.ADAPT
    return {Rule.DANGER: Outcome.DEEPEN, Rule.GOAL_REACHED: Outcome.FADE_OUT, Rule.TOO_LITTLE_KNOWN: Outcome.NOT_YET}[rule]


def _lacking(evidence: Evidence, rule: Rule, more_points: int, more_weeks: int) -> tuple[Lacking, ...]:
    undecided = rule is Rule.TOO_LITTLE_KNOWN
    missing = {
        Lacking.EXECUTION: evidence.fidelity is None,
        Lacking.EFFECT: not evidence.effect_known and not evidence.poorly_carried_out,
        Lacking.PUPIL_VIEW: evidence.pupil_view is None,
        Lacking.PARENTS_VIEW: evidence.parents_view is None,
        Lacking.BASELINE: undecided and evidence.baseline_points < LEAST_BASELINE,
        Lacking.POINTS: undecided and more_points > 0,
        Lacking.WEEKS: undecided and more_weeks > 0,
        Lacking.BETTER_EXECUTION: undecided and evidence.fidelity is not None and evidence.fidelity < FIDELITY_GOOD - ROUNDING,
        Lacking.START: undecided and evidence.goal_t is not None and evidence.progress is None,
    }
    return tuple(what for what, holds in missing.items() if holds)


@dataclass(frozen=True, slots=True)
class GroupProgress(Result):
    """Pupils of a group plan: `progressed` of n_valid, with share and Wilson interval from 5 pupils on; n: pupils in the plan.

    not_judged: pupils without a statement, because the support was not carried out or nothing about effect is known. No mean effect.
    """

    progressed: int
    share: float | None
    interval: Interval | None
    not_judged: int
    n: int
    n_valid: int


@method("group-progress", 1, rows=("pupils",))
def group_progress(pupils: Sequence[Evidence]) -> GroupProgress:
    """Count the pupils who progressed, out of those about whom something can be said (Wilson 1927); says nothing about the approach itself.

    >>> better, same = Evidence(fidelity=0.9, rci=(1.5,)), Evidence(fidelity=0.9, rci=(0.2,))
    >>> found = group_progress([better, better, better, same, same, Evidence(fidelity=0.4, rci=(2.1,))])
    >>> found.progressed, found.n_valid, found.share, found.not_judged
    (3, 5, 0.6, 1)
    """
    judged = [each.progress for each in pupils if each.may_be_judged]
    progressed, n = judged.count(True), len(judged)
    said = n >= LEAST_PUPILS_FOR_SHARE
    return GroupProgress(
        progressed=progressed,
        share=progressed / n if said else None,
        interval=wilson_interval(progressed, n, LEVEL) if said else None,
        not_judged=len(pupils) - n,
        n=len(pupils),
        n_valid=n,
    )
