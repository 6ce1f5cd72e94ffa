"""What a second measurement shows when nothing happened: extreme scores come back towards the mean.

About half of the pupils who were red are no longer red at the next measurement, by chance alone. Whoever wants to see the effect of
support has to know that share first.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, owens_t

from kring.core.columns import Floats, columns, finite
from kring.core.instruments import NumberOutsideBounds
from kring.core.provenance import Result, method

__all__ = ["ExpectedScores", "StillBelow", "expected_second_scores", "still_below_cut"]


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedScores(Result):
    """Expected second scores of `n` pupils, float64[n], NaN for the ones without a first score (`n_valid` have one)."""

    expected: Floats
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class StillBelow(Result):
    """Of the pupils below a cut-off, per reliability, arrays of `n`, NaN where none was given; nothing really changes.

    `still` is the share that is below it again, `no_longer` the rest; `mean_first` and `mean_second` are the mean scores of these pupils in
    standard deviations from the mean of all.
    """

    still: Floats
    no_longer: Floats
    mean_first: float
    mean_second: Floats
    n: int
    n_valid: int


@method("expected-second-score", 1, rows=("first",))
def expected_second_scores(first: Floats, *, mean: float, retest: float) -> ExpectedScores:
    """Give the second score to expect when a pupil does not change: mean + r·(x1 - mean), for float64[n] first scores, NaN for none.

    `mean` and the correlation `retest` between the two moments come from a reference sample. Source: Galton 1886.
    Raises NumberOutsideBounds (retest outside 0 to 1), NotAColumn, BeyondMeasure.

    >>> float(expected_second_scores(np.array([42.0]), mean=50.0, retest=0.83).expected[0])
    43.36
    """
    (x,) = columns(first=first)
    if not 0 <= retest <= 1:
        raise NumberOutsideBounds(of="regression to the mean", field="retest", value=retest, low=0, high=1)
    return ExpectedScores(mean + retest * (x - finite(mean, "mean")), len(x), int((~np.isnan(x)).sum()))


@method("still-below-cut", 1, rows=("retests",))
def still_below_cut(retests: Floats, *, share_below: float) -> StillBelow:
    """Give the share of those below a cut-off who are below it again when nothing changed, for float64[n] retest reliabilities.

    Two normal scores with correlation r and one cut-off c = Φ⁻¹(share_below): P(both below) = Φ(c) - 2·T(c, √((1 - r)/(1 + r))), with
    Owen's T (1956), divided by Φ(c). The mean of those below is -φ(c)/Φ(c), and r times that the second time. `n` counts the reliabilities
    asked for. Raises NumberOutsideBounds (a reliability outside 0 to 1, a share not between them), NotAColumn, BeyondMeasure.

    >>> [round(float(still), 3) for still in still_below_cut(np.array([0.6, 0.75, 0.9]), share_below=0.10).still]
    [0.39, 0.512, 0.689]
    """
    (r,) = columns(retests=retests)
    for value in r[(r < 0) | (r > 1)]:
        raise NumberOutsideBounds(of="regression to the mean", field="retest", value=float(value), low=0, high=1)
    if not 0 < share_below < 1:
        raise NumberOutsideBounds(of="regression to the mean", field="share_below", value=share_below, low=0, high=1)
    cut = float(ndtri(share_below))
    still = np.maximum(1 - 2 * owens_t(cut, np.sqrt((1 - r) / (1 + r))) / share_below, 0.0)
    mean_first = -float(np.exp(-cut * cut / 2) / np.sqrt(2 * np.pi)) / share_below
    return StillBelow(still, 1 - still, mean_first, r * mean_first, len(r), int((~np.isnan(r)).sum()))
