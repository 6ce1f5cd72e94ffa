"""How pupils change when nothing is done: what a reference sample did between two moments, and how this pupil compares with that.

The practice effect, and the version of reliable change by regression (McSweeny et al. 1993). A class is never its own reference.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from kring.core.change import Codes, NoComparison, Occasion, both_scored, decisions, hindrance_of
from kring.core.columns import MOST, Floats, columns, finite, signed, total
from kring.core.errors import CallerMistake
from kring.core.instruments import NumberOutsideBounds
from kring.core.intervals import moments
from kring.core.provenance import Result, method

__all__ = ["ChangeRegression", "ReferenceChange", "ReferenceTooSmall", "RegressionChanges", "reference_change", "regression_changes"]

LEAST_REFERENCE = 200  # pairs: below this no regression is estimated (methods B.5)
NOTHING = 1e-20  # a share of the squares below this is rounding


@dataclass(eq=False, kw_only=True)
class ReferenceTooSmall(CallerMistake):
    """A regression of change comes from at least 200 pupils outside the own class."""

    n: int
    least: int


@dataclass(frozen=True, slots=True)
class ChangeRegression:
    """Second score = intercept + slope·first score ± error_sd, from `n` pupils whose first scores have this mean and sum of squares."""

    intercept: float
    slope: float
    error_sd: float
    n: int
    mean_first: float
    squares_first: float

    def __post_init__(self) -> None:
        if self.n < LEAST_REFERENCE:
            raise ReferenceTooSmall(n=self.n, least=LEAST_REFERENCE)
        for field in ("intercept", "slope", "mean_first"):
            finite(getattr(self, field), field)
        for field in ("error_sd", "squares_first"):
            if not 1 / MOST < getattr(self, field) < float("inf"):
                raise NumberOutsideBounds(of="regression of change", field=field, value=getattr(self, field), low=0, high=float("inf"))


@dataclass(frozen=True, slots=True)
class ReferenceChange(Result):
    """How a reference sample of `n` pupils, `n_valid` with both scores, changed between two moments without anything being done.

    `mean` (None for nobody) is the practice effect; `sd` is None below two. `regression` is None below 200 pupils, where first scores do
    not differ, and where they foretell the second scores without any error.
    """

    mean: float | None
    sd: float | None
    regression: ChangeRegression | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class RegressionChanges(Result):
    """Second scores of `n` pupils against what the reference sample leads to expect; `n_valid` have both scores.

    `expected`, and the 95 % prediction interval from `low` to `high`, in points of the scale; `index` in the favourable direction;
    `decision` int8 holds codes of Change. NaN and Change.UNKNOWN where a score is lacking, or everywhere with `no_comparison`.
    """

    expected: Floats
    low: Floats
    high: Floats
    index: Floats
    decision: Codes
    no_comparison: NoComparison | None
    n: int
    n_valid: int


@method("reference-change", 1, rows=("before", "after"))
def reference_change(before: Floats, after: Floats) -> ReferenceChange:
    """Measure how a reference sample changed by itself: the practice effect, and the regression of second on first scores.

    float64[n] each, NaN for no score. Least squares; error_sd with n - 2. The sample must be another than the class that is judged with it.
    Source: Chelune et al. 1993; McSweeny et al. 1993. Raises NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = reference_change(np.array([2.0, 3.0, 4.0]), np.array([2.5, 3.0, 5.0]))
    >>> found.mean, found.n_valid, found.regression
    (0.5, 3, None)
    """
    first, second = columns(before=before, after=after)
    valid = ~np.isnan(first + second)
    known = moments(second[valid] - first[valid])
    return ReferenceChange(known.mean, known.sd, _regression(first[valid], second[valid]), len(first), known.n)


@method("change-by-regression", 1, rows=("before", "after"))
def regression_changes(
    before: Floats,
    after: Floats,
    *,
    regression: ChangeRegression,
    direction: int = 1,
    occasions: tuple[Occasion, Occasion] | None = None,
) -> RegressionChanges:
    """Compare each second score with the one that a reference sample leads to expect from the first.

    z = (x2 - (b0 + b1·x1))/S_e, judged as in reliable_changes; it accounts for regression to the mean as well as for practice. The
    prediction interval is b0 + b1·x1 ± t(n-2)·S_e·√(1 + 1/n + (x1 - mean)²/squares), n of the reference sample. float64[n] each, NaN for
    no score. Source: McSweeny et al. 1993. Raises NotASign, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> by = ChangeRegression(intercept=18.105725, slope=0.6449234, error_sd=6.419436, n=240, mean_first=49.6, squares_first=23211.0)
    >>> found = regression_changes(np.array([50.4]), np.array([56.0]), regression=by)
    >>> round(float(found.index[0]), 5), int(found.decision[0])
    (0.83966, 0)
    """
    first, second = columns(before=before, after=after)
    hindrance = hindrance_of(occasions, regression.error_sd)
    known = np.full(len(first), np.nan) if hindrance else first
    expected = regression.intercept + regression.slope * known
    spread = np.sqrt(1 + 1 / regression.n + (known - regression.mean_first) ** 2 / regression.squares_first)
    half = float(stdtrit(regression.n - 2, 0.975)) * regression.error_sd * spread
    index = signed(direction) * (second - expected) / regression.error_sd
    return RegressionChanges(
        expected, expected - half, expected + half, index, decisions(index), hindrance, len(first), both_scored(first, second)
    )


def _regression(first: Floats, second: Floats) -> ChangeRegression | None:
    n = len(first)
    if n < LEAST_REFERENCE:
        return None
    mean_first, mean_second = total(first) / n, total(second) / n
    x, y = first - mean_first, second - mean_second
    squares = total(x * x)
    if squares <= NOTHING * n * mean_first**2:
        return None
    slope = total(x * y) / squares
    left = total((y - slope * x) ** 2)
    if left <= NOTHING * total(y * y):
        return None
    return ChangeRegression(mean_second - slope * mean_first, slope, sqrt(left / (n - 2)), n, mean_first, squares)
