"""What the measurements of one goal come to: the graph, the six things to look at, and whether there are enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kring.core.small_trials import HIGHEST_RATING, Unit
from kring.core.trials import (
    Better,
    Measurement,
    MeasurementCheck,
    NonOverlap,
    PhaseName,
    VisualChecks,
    measurement_check,
    nonoverlap,
    visual_checks,
)
from kring.documents.charts.canvas import Chart
from kring.documents.charts.support import SupportLine, SupportPoint, support
from kring.web.days import spoken_day
from kring.web.plans.models import Goal, Point

PHASES = {
    Point.Phase.BASELINE.value: PhaseName.BASELINE,
    Point.Phase.SUPPORT.value: PhaseName.SUPPORT,
    Point.Phase.FADING.value: PhaseName.FADE_OUT,
}


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """One goal with what was measured."""

    goal: Goal
    points: tuple[Point, ...]
    enough: MeasurementCheck
    overlap: NonOverlap
    checks: VisualChecks
    chart: Chart | None

    @property
    def levels(self) -> list[tuple[int, str]]:
        """From the worst to the best."""
        return [(level, str(self.goal.levels.get(str(level), ""))) for level in (-2, -1, 0, 1, 2)]

    @property
    def probes(self) -> list[tuple[date, bool | None]]:
        """While fading: the day, and whether the target was reached; None for a goal without one."""
        sign, target = 1 if self.goal.higher_is_better else -1, self.goal.target
        fading = [one for one in self.points if one.phase == Point.Phase.FADING]
        return [(one.on, None if target is None else sign * one.value >= sign * target) for one in fading]


def goal_sheet(goal: Goal, points: Sequence[Point], not_held: Sequence[date], *, since: date | None) -> GoalSheet:
    """Everything that is worked out from the measurements of one goal; the overlap with those during the support from this day on."""
    taken = [Measurement(one.on, PHASES[one.phase], one.value, one.observer) for one in points]
    before = _series(points, Point.Phase.BASELINE)
    during = _series(points, Point.Phase.SUPPORT)
    better = Better.HIGHER if goal.higher_is_better else Better.LOWER
    log = np.array([one.on not in not_held for one in points if one.phase == Point.Phase.SUPPORT], dtype=np.bool_)
    checks = visual_checks(before, during, better=better, target=goal.target, held=log if not_held else None)
    drawn = support(_line(goal, points, checks, not_held)) if points else None
    now = _series([one for one in points if since is None or one.on >= since], Point.Phase.SUPPORT)
    return GoalSheet(goal, tuple(points), measurement_check(taken), nonoverlap(before, now, better=better), checks, drawn)


def _series(points: Sequence[Point], phase: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([one.value for one in points if one.phase == phase], dtype=np.float64)


def _line(goal: Goal, points: Sequence[Point], checks: VisualChecks, not_held: Sequence[date]) -> SupportLine:
    values = [one.value for one in points] + ([goal.target] if goal.target is not None else [])
    medians = ((PhaseName.BASELINE, checks.baseline.median), (PhaseName.SUPPORT, checks.support.median))
    first, last = points[0].on, points[-1].on
    return SupportLine(
        title=goal.text,
        high=HIGHEST_RATING if goal.unit == Unit.RATING else max(*values, 4.0),
        points=tuple(SupportPoint(one.on, PHASES[one.phase], one.value) for one in points),
        medians=tuple((phase, median) for phase, median in medians if median is not None),
        target=goal.target,
        not_held=tuple(not_held),
        first=(first, spoken_day(first)),
        last=(last, spoken_day(last)),
    )
