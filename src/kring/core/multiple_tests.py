"""Many tests at once: p-values that take into account how many questions were asked together."""

from dataclasses import dataclass

import numpy as np

from kring.core.columns import Floats, columns
from kring.core.instruments import NumberOutsideBounds
from kring.core.provenance import Result, method

__all__ = ["AdjustedP", "adjusted_p"]


@dataclass(frozen=True, slots=True, eq=False)
class AdjustedP(Result):
    """Adjusted p-values of `n` tests, float64[n] in the order given, NaN for what was not tested (`n_valid` were).

    Below .05 in `benjamini_hochberg`: of all that are called found, at most 5 % are expected to be false. Below .05 in `holm`: the chance
    that even one is false is at most 5 %.
    """

    benjamini_hochberg: Floats
    holm: Floats
    n: int
    n_valid: int


@method("adjusted-p", 1, rows=("p",))
def adjusted_p(p: Floats) -> AdjustedP:
    """Adjust the p-values float64[n] of all tests that are shown together; NaN was not tested and does not count.

    Sorted up, with m tests: Benjamini & Hochberg 1995 takes min over j ≥ i of m·p_j/j, Holm 1979 max over j ≤ i of (m - j + 1)·p_j.
    Raises NumberOutsideBounds, NotAColumn, BeyondMeasure.

    >>> found = adjusted_p(np.array([0.01, 0.04, 0.03]))
    >>> [round(float(p), 6) for p in found.benjamini_hochberg], [round(float(p), 6) for p in found.holm]
    ([0.03, 0.04, 0.04], [0.03, 0.06, 0.06])
    """
    (given,) = columns(p=p)
    return AdjustedP(benjamini_hochberg(given), holm(given), len(given), int((~np.isnan(given)).sum()))


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjust for the share of false findings among the findings. Raises NumberOutsideBounds."""
    order, known = _ordered(p)
    ranked = known * (len(known) / np.arange(1, len(known) + 1))
    return _placed(p, order, np.minimum.accumulate(ranked[::-1])[::-1])


def holm(p: Floats) -> Floats:
    """Adjust for the chance of any false finding. Raises NumberOutsideBounds."""
    order, known = _ordered(p)
    return _placed(p, order, np.maximum.accumulate(known * np.arange(len(known), 0, -1)))


def _ordered(p: Floats) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Floats]:
    for wrong in p[(p < 0) | (p > 1)]:
        raise NumberOutsideBounds(of="many tests", field="p", value=float(wrong), low=0, high=1)
    order = np.argsort(p, kind="stable")[: int((~np.isnan(p)).sum())]
    return order, p[order]


def _placed(p: Floats, order: np.ndarray[tuple[int], np.dtype[np.intp]], adjusted: Floats) -> Floats:
    placed = np.full(len(p), np.nan)
    placed[order] = np.minimum(adjusted, 1.0)
    return placed
