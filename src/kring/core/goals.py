"""Goal attainment scaling: five written levels per goal, agreed before the support starts, and where the pupil stands afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

from kring.core.columns import same_length, table, truths
from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method

__all__ = [
    "GoalAttainment",
    "GoalScaleCheck",
    "NotACorrelationOfGoals",
    "NotAGoalLevel",
    "NotAGoalWeight",
    "goal_attainment",
    "goal_scale_check",
]

Floats = NDArray[np.float64]

LEVELS = (-2, -1, 0, 1, 2)  # 0 is the expected result
USUAL_START = -1  # -2 when it can hardly get worse
CORRELATION = 0.30  # assumed between goals (Kiresuk & Sherman 1968)
LIGHTEST, HEAVIEST = 0.001, 1000.0
ROUNDING = 1e-9  # weights such as .1 + .2 and .3 are equal


@dataclass(eq=False, kw_only=True)
class NotAGoalLevel(CallerMistake):
    """A goal stands at a whole level from -2 to 2, or is not scored yet (NaN)."""

    level: float


@dataclass(eq=False, kw_only=True)
class NotAGoalWeight(CallerMistake):
    """A goal weighs .001 to 1000."""

    weight: float


@dataclass(eq=False, kw_only=True)
class NotACorrelationOfGoals(CallerMistake):
    """The correlation assumed between goals lies between 0 and 1."""

    correlation: float


@dataclass(frozen=True, slots=True)
class GoalAttainment(Result):
    """n: goals; n_valid: goals that were scored, on which alone everything rests; None when there are none.

    t: 50 is on average as expected, 10 is one standard deviation; start_t: the same for the same goals at the start, None when one of them
    has no start; gain: t - start_t; lowest: the lowest level reached; as_expected: t ≥ 50, judged on the levels and not on the rounded t;
    scored_by_other: whether somebody besides who carried the support out scored at least one of the goals.
    """

    t: float | None
    start_t: float | None
    gain: float | None
    lowest: int | None
    as_expected: bool | None
    scored_by_other: bool
    n: int
    n_valid: int


@method("goal-attainment", 1, rows=("scores", "weights", "starts", "by_other"))
def goal_attainment(
    scores: Floats,
    weights: Floats | None = None,
    starts: Floats | None = None,
    by_other: NDArray[np.bool_] | None = None,
    *,
    correlation: float = CORRELATION,
) -> GoalAttainment:
    """T = 50 + 10·Σwx / √((1 - ρ)Σw² + ρ(Σw)²) over the goals that were scored (Kiresuk & Sherman 1968).

    `scores` and `starts` float64[goals], -2 to 2, NaN for not scored; `weights` 1 and `starts` -1 when left out; `by_other` bool[goals].
    Raises NotAGoalLevel, NotAGoalWeight, NotACorrelationOfGoals, NotNumbers, NotAColumn, BeyondMeasure, NotYesOrNo,
    UnequalColumns.

    >>> found = goal_attainment(np.array([1.0, 1, 0]), np.array([3.0, 2, 1]))
    >>> round(found.t, 6), found.lowest, found.as_expected
    (61.016316, 0, True)
    """
    x = _levels(scores)
    w = np.ones(len(x)) if weights is None else _weights(weights)
    start = np.full(len(x), float(USUAL_START)) if starts is None else _levels(starts)
    other = np.zeros(len(x), dtype=np.bool_) if by_other is None else truths(by_other, "by_other")
    same_length(scores=x, weights=w, starts=start, by_other=other)
    if not 0 <= correlation <= 1:
        raise NotACorrelationOfGoals(correlation=correlation)
    scored = ~np.isnan(x)
    t, start_t = _t(x[scored], w[scored], correlation), _t(start[scored], w[scored], correlation)
    reached = fsum((w[scored] * x[scored]).tolist())
    return GoalAttainment(
        t=t,
        start_t=start_t,
        gain=None if t is None or start_t is None else t - start_t,
        lowest=int(x[scored].min()) if scored.any() else None,
        as_expected=reached >= -ROUNDING * fsum(w[scored].tolist()) if scored.any() else None,
        scored_by_other=bool((other & scored).any()),
        n=len(x),
        n_valid=int(scored.sum()),
    )


@dataclass(frozen=True, slots=True)
class GoalScaleCheck(Result):
    """Whether a scale may be used: n: levels that are needed (5); n_valid: levels that are written.

    missing: levels without text; same: levels whose text stands at another level too; late: agreed after the start; unusual_start: the
    start is neither -1 nor -2. `usable` when none of these.
    """

    missing: tuple[int, ...]
    same: tuple[int, ...]
    late: bool
    unusual_start: bool
    n: int
    n_valid: int

    @property
    def usable(self) -> bool:
        """Whether nothing is missing, double, late or unusual."""
        return not (self.missing or self.same or self.late or self.unusual_start)


@method("goal-scale-check", 1, data=("texts",))
def goal_scale_check(texts: Mapping[int, str], *, agreed_on: date, start_on: date, start_level: int = USUAL_START) -> GoalScaleCheck:
    """See whether all five levels were written, each in its own words, on or before the first day of the support.

    Kiresuk & Sherman 1968. Raises NotAGoalLevel for a text at another level.

    >>> from datetime import date
    >>> texts = {-2: "nooit", -1: "1 keer", 0: "3 keer", 1: "5 keer"}
    >>> goal_scale_check(texts, agreed_on=date(2026, 3, 2), start_on=date(2026, 3, 9)).missing
    (2,)
    """
    for level in texts:
        if level not in LEVELS:
            raise NotAGoalLevel(level=level)
    plain = {level: " ".join(texts.get(level, "").casefold().split()) for level in LEVELS}
    written = [text for text in plain.values() if text]
    return GoalScaleCheck(
        missing=tuple(level for level, text in plain.items() if not text),
        same=tuple(level for level, text in plain.items() if written.count(text) > 1),
        late=agreed_on > start_on,
        unusual_start=start_level not in (-1, -2),
        n=len(LEVELS),
        n_valid=len(written),
    )


def _t(x: Floats, w: Floats, correlation: float) -> float | None:
    if not x.size or np.isnan(x).any():
        return None
    total, squares = fsum(w.tolist()), fsum((w * w).tolist())
    return 50 + 10 * fsum((w * x).tolist()) / sqrt((1 - correlation) * squares + correlation * total * total)


def _levels(levels: Floats) -> Floats:
    given = table(levels, "levels", axes=1)
    for level in given[~np.isnan(given)].tolist():
        if level not in LEVELS:
            raise NotAGoalLevel(level=level)
    return given


def _weights(weights: Floats) -> Floats:
    given = table(weights, "weights", axes=1)
    for weight in given.tolist():
        if not LIGHTEST <= weight <= HEAVIEST:
            raise NotAGoalWeight(weight=weight)
    return given
