"""What is laid before people who decide after a cycle: the proposal of the rules, with everything it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from kring.core.decisions import Evidence, Outcome, Proposal, View, proposal
from kring.core.goals import GoalAttainment, goal_attainment
from kring.web.plans.trials.around import NOTHING_AROUND, Around
from kring.web.plans.trials.queries import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What people found: execution and effect apart, and what pupil and guardians say."""

    carried_out: str
    quality: int | None = None
    effect: str = ""
    levels: Mapping[str, int] = field(default_factory=dict)  # key of the goal -> level reached
    scored_by_other: bool = False
    checks: Mapping[str, str] = field(default_factory=dict)
    pupil_view: str = ""
    pupil_words: str = ""
    by_pupil: bool = False
    pupil_words_by: str = ""
    guardians_view: str = ""
    guardians_words: str = ""
    danger: bool = False

    @property
    def hand(self) -> str:
        """Whose, when it is not the pupil's own."""
        return "" if self.by_pupil else self.pupil_words_by.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What people decide, why, and when they look again."""

    outcome: Outcome
    reason: str = ""
    next_on: date


@dataclass(frozen=True, slots=True)
class Weighed:
    """The proposal, and what it rests on."""

    proposal: Proposal
    evidence: Evidence
    goals: GoalAttainment
    around: Around = NOTHING_AROUND

    def kept(self) -> dict[str, Any]:
        """As it stays with the evaluation; numbers and words, no names."""
        found = self.evidence
        return {
            "outcome": self.proposal.outcome.value,
            "rule": self.proposal.rule.value,
            "lacking": [one.value for one in self.proposal.lacking],
            "fidelity": found.fidelity,
            "goal_t": found.goal_t,
            "start_t": found.start_t,
            "effect": found.effect.value,
            "tau": found.tau,
            "baseline_points": found.baseline_points,
            "support_points": found.support_points,
            "weeks": found.weeks,
            "at_target": found.at_target,
            "danger": found.danger,
            "rci": list(found.rci),
            "signals": len(self.around.seen),
        }


def weigh(sheet: Sheet, judged: Judged, around: Around) -> Weighed:
    """The rules over what was measured, done and said. What was hardly carried out brings no effect along."""
    goals = _attained(sheet, judged)
    poorly = not sheet.execution.effect_may_be_judged and sheet.execution.value is not None
    evidence = Evidence.gathered(
        execution=sheet.execution,
        goals=None if poorly else goals,
        overlaps=[one.overlap for one in sheet.goals],
        targets=[one.checks.target for one in sheet.goals],
        rci=around.rci,
        weeks=sheet.weeks,
        danger=judged.danger or around.is_danger,
        pupil_view=_view(judged.pupil_view),
        parents_view=_view(judged.guardians_view),
        earlier=sheet.earlier,
    )
    return Weighed(proposal(evidence), evidence, goals, around)


def _attained(sheet: Sheet, judged: Judged) -> GoalAttainment:
    scores = [judged.levels.get(str(one.goal.pk)) for one in sheet.goals]
    return goal_attainment(
        np.array([np.nan if score is None else score for score in scores], dtype=np.float64),
        starts=np.array([one.goal.start_level for one in sheet.goals], dtype=np.float64),
        by_other=np.full(len(scores), judged.scored_by_other, dtype=np.bool_),
    )


def _view(said: str) -> View | None:
    return View(said) if said else None
