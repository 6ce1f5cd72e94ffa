"""The six things to look at in the graph of one pupil, worked out so that the screen can draw them; a person answers them.

Series are float64[moments] in the order of time, NaN for a moment without measurement. No regression bands: too few points carry them.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kring.core.columns import same_length, truths
from kring.core.provenance import Result, method
from kring.core.trials.nonoverlap import nonoverlap
from kring.core.trials.series import Better, Bools, Floats, known, measurement, median, theil_sen, towards_better

__all__ = ["Immediacy", "Phase", "VisualCheck", "VisualChecks", "WithinTarget", "visual_checks"]

LAST_AND_FIRST = 3  # measurements around the phase line, and at the end for the target


class VisualCheck(StrEnum):
    """The six checks, each answered by a person with the graph in view."""

    LEVEL = "level"
    TREND = "trend"
    VARIABILITY = "variability"
    IMMEDIACY = "immediacy"
    OVERLAP = "overlap"
    FIDELITY = "fidelity"


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase in the unit of the measurements, from `points` of them; None for none, `slope` per moment and `at_start` below two.

    The Theil-Sen line runs from `at_start`, its height at the first moment of the phase, with `slope`. Quartiles by linear interpolation.
    """

    points: int
    median: float | None
    slope: float | None
    at_start: float | None
    low: float | None
    high: float | None
    first_quartile: float | None
    third_quartile: float | None

    @property
    def range(self) -> float | None:
        """From lowest to highest."""
        return None if self.high is None or self.low is None else self.high - self.low

    @property
    def iqr(self) -> float | None:
        """Width of the middle half."""
        return None if self.third_quartile is None or self.first_quartile is None else self.third_quartile - self.first_quartile


@dataclass(frozen=True, slots=True)
class Immediacy:
    """Medians of the last three measurements before the start and of the first three after it; None when there are fewer than three."""

    before: float | None
    after: float | None
    change: float | None


@dataclass(frozen=True, slots=True)
class WithinTarget:
    """How many of `of` measurements during the support lie at the target or beyond; last_three is None below three measurements."""

    reached: int
    of: int
    last_three: bool | None


@dataclass(frozen=True, slots=True)
class VisualChecks(Result):
    """What to draw and to ask. Changes are towards better (positive is improvement); n: moments; n_valid: measurements.

    level_change: median of the support minus that of the baseline; nap: overlap; target: None without target; not_held: places within the
    support at which the session was not held; held_median and not_held_median: medians with and without session, None without log.
    """

    baseline: Phase
    support: Phase
    level_change: float | None
    immediacy: Immediacy
    nap: float | None
    target: WithinTarget | None
    not_held: tuple[int, ...]
    held_median: float | None
    not_held_median: float | None
    n: int
    n_valid: int


@method("visual-checks", 1, data=("baseline", "support", "held"))
def visual_checks(
    baseline: Floats, support: Floats, *, better: Better = Better.HIGHER, target: float | None = None, held: Bools | None = None
) -> VisualChecks:
    """Work out level, trend, variability, immediacy, overlap and consistency with the log `held` (bool[support]).

    After Kratochwill et al. 2010; trend by Theil-Sen (Sen 1968). Raises NotNumbers, NotAColumn, BeyondMeasure, NotYesOrNo, UnequalColumns.

    >>> found = visual_checks(np.array([2.0, 3, 3, 4]), np.array([4.0, 5, 6, 5, 6]), target=5)
    >>> found.baseline.median, found.support.median, found.level_change, found.immediacy.change, found.nap, found.target.last_three
    (3.0, 5.0, 2.0, 2.0, 0.975, True)
    """
    before, during = towards_better(baseline, better), towards_better(support, better)
    log = np.ones(len(during), dtype=np.bool_) if held is None else truths(held, "held")
    same_length(support=during, held=log)
    a, b = known(before), known(during)
    around = (a[-LAST_AND_FIRST:] if a.size >= LAST_AND_FIRST else a[:0], b[:LAST_AND_FIRST] if b.size >= LAST_AND_FIRST else b[:0])
    sign = 1.0 if better is Better.HIGHER else -1.0
    return VisualChecks(
        baseline=_phase(sign * before),
        support=_phase(sign * during),
        level_change=_minus(median(b), median(a)),
        immediacy=Immediacy(median(sign * around[0]), median(sign * around[1]), _minus(median(around[1]), median(around[0]))),
        nap=nonoverlap(baseline, support, better=better).nap,
        target=None if target is None else _within(b, sign * measurement(target, "target")),
        not_held=tuple(np.flatnonzero(~log).tolist()),
        held_median=None if held is None else median(sign * during[log]),
        not_held_median=None if held is None else median(sign * during[~log]),
        n=len(before) + len(during),
        n_valid=a.size + b.size,
    )


def _phase(series: Floats) -> Phase:
    values, slope = known(series), theil_sen(series)
    if not values.size:
        return Phase(0, None, None, None, None, None, None, None)
    at_start = None if slope is None else float(np.median(values - slope * np.flatnonzero(~np.isnan(series)))) + 0.0
    low, first, third, high = (float(each) + 0.0 for each in np.quantile(values, [0, 0.25, 0.75, 1]))
    return Phase(values.size, median(values), slope, at_start, low, high, first, third)


def _within(b: Floats, target: float) -> WithinTarget:
    reached = b >= target
    return WithinTarget(int(reached.sum()), b.size, bool(reached[-LAST_AND_FIRST:].all()) if b.size >= LAST_AND_FIRST else None)


def _minus(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before
