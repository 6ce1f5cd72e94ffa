"""Shares of classes, each drawn towards the share of all by as much as chance makes class shares differ (beta-binomial).

A class of 26 with 10 pupils in care shows 38 %; what that class is like lies closer to the other classes. For display only: the ambition is
held against the share itself.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import exp

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import betainc, betaincinv, betaln, expit, logit, psi

from kring.core.columns import Floats, Ints, columns, total
from kring.core.instruments import NumberOutsideBounds
from kring.core.intervals import ImpossibleCount, NotAnInterval
from kring.core.nesting import LEAST_CLASSES
from kring.core.provenance import Result, method

__all__ = ["NoShrinkage", "ShrunkenShares", "shrunken_shares"]

SAME = 1e-9  # a correlation or a sum of sizes below this is rounding
AMBITION = 0.20  # the share that messages ask about (methods B.12)
STRENGTHS = (exp(-6), exp(12))  # M that the likelihood is searched for


class NoShrinkage(StrEnum):
    """Why shares are not shrunken."""

    TOO_FEW_CLASSES = "too few classes"
    NONE_OR_ALL = "none or all"
    NO_DIFFERENCES = "no differences"
    NOTHING_BUT_DIFFERENCES = "nothing but differences"


@dataclass(frozen=True, slots=True, eq=False)
class ShrunkenShares(Result):
    """Shares of `classes` classes with pupils, `n` pupils in all (`n_valid` is n); arrays over all classes in the order given.

    `share` of all pupils, correlation `rho` within classes, and `strength` M: how many pupils the other classes count for. `shrunken` are
    the posterior means, `low` to `high` their interval at `level`, `p_above` the chance that a class lies above `above`. By likelihood
    `share_ml` and `strength_ml`, as a check. With `hindrance` what cannot be said is None or NaN: when classes differ no more than chance
    makes them, every class gets the share of all, without an interval.
    """

    share: float | None
    rho: float | None
    strength: float | None
    shrunken: Floats
    low: Floats
    high: Floats
    p_above: Floats
    level: float
    above: float
    share_ml: float | None
    strength_ml: float | None
    hindrance: NoShrinkage | None
    shown: bool
    classes: int
    n: int
    n_valid: int


@method("shrunken-shares", 1, rows=("counts", "sizes"))
def shrunken_shares(counts: ArrayLike, sizes: ArrayLike, *, level: float = 0.95, above: float = AMBITION) -> ShrunkenShares:
    """Draw the shares x of n of k classes towards the share of all.

    `counts` x and `sizes` n, whole numbers [k]; a class of 0 gets NaN. p̄ = Σx/Σn, S = Σn(p - p̄)²,
    ρ = (S - p̄(1-p̄)(k-1))/(p̄(1-p̄)(Σn(1 - n/N) - (k-1))), at least 0; M = 1/ρ - 1; shrunken (x + p̄M)/(n + M), interval and chance from
    Beta(x + p̄M, n - x + (1-p̄)M). Shown from 10 classes. Source: Kleinman 1973; likelihood: Griffiths 1973.
    Raises ImpossibleCount, NumberOutsideBounds, NotAnInterval, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = shrunken_shares([1, 10, 4, 2, 13, 0, 3, 9, 1, 12, 1, 6], [24, 26, 22, 18, 28, 12, 25, 27, 20, 29, 15, 23])
    >>> round(found.rho, 6), round(found.strength, 6), round(float(found.shrunken[1]), 6)
    (0.111578, 7.96236, 0.34848)
    """
    x, n = columns(counts=counts, sizes=sizes)
    _refuse(x, n, level, above)
    here = n > 0
    classes, pupils = int(here.sum()), int(total(n))
    share = total(x) / pupils if pupils else None
    rho = _rho(x[here], n[here]) if classes > 1 and share is not None and 0 < share < 1 else None
    hindrance = _hindrance(classes, rho)
    shrunken, low, high, p_above = np.full((4, len(n)), np.nan)
    strength = ml = None
    if hindrance is NoShrinkage.NO_DIFFERENCES:
        shrunken[here] = share
    elif hindrance is None and share is not None and rho is not None:
        strength = 1 / rho - 1
        # Classes with the same count and size get the same: what they get is worked out once.
        pairs, place, times = np.unique(x[here] + 1j * n[here], return_inverse=True, return_counts=True)
        a, b = pairs.real + share * strength, pairs.imag - pairs.real + (1 - share) * strength
        shrunken[here], p_above[here] = (a / (a + b))[place], betainc(b, a, 1 - above)[place]
        low[here], high[here] = betaincinv(a, b, (1 - level) / 2)[place], betaincinv(a, b, (1 + level) / 2)[place]
        ml = _most_likely(pairs.real, pairs.imag, times)
    return ShrunkenShares(
        share=share,
        rho=rho,
        strength=strength,
        shrunken=shrunken,
        low=low,
        high=high,
        p_above=p_above,
        level=level,
        above=above,
        share_ml=ml[0] if ml else None,
        strength_ml=ml[1] if ml else None,
        hindrance=hindrance,
        shown=hindrance is None and classes >= LEAST_CLASSES,
        classes=classes,
        n=pupils,
        n_valid=pupils,
    )


def _refuse(x: Floats, n: Floats, level: float, above: float) -> None:
    whole = (x == np.floor(x)) & (n == np.floor(n)) & (x >= 0) & (x <= n)
    for wrong in np.flatnonzero(~whole):
        raise ImpossibleCount(count=x[wrong].item(), of=n[wrong].item())
    if not 0 < level < 1:
        raise NotAnInterval(low=0.0, high=1.0, level=level)
    if not 0 < above < 1:
        raise NumberOutsideBounds(of="shrunken shares", field="above", value=above, low=0, high=1)


def _hindrance(classes: int, rho: float | None) -> NoShrinkage | None:
    if classes < 2:
        return NoShrinkage.TOO_FEW_CLASSES
    if rho is None:
        return NoShrinkage.NONE_OR_ALL
    if rho == 0:
        return NoShrinkage.NO_DIFFERENCES
    return NoShrinkage.NOTHING_BUT_DIFFERENCES if rho >= 1 else None


def _rho(x: Floats, n: Floats) -> float:
    """Correlation within classes by moments (Kleinman 1973), at least 0; 0 too when every class holds one pupil."""
    pupils, others = total(n), len(n) - 1
    share = total(x) / pupils
    chance = share * (1 - share)
    of_sizes = total(n * (1 - n / pupils)) - others
    rho = (total(n * (x / n - share) ** 2) - chance * others) / (chance * of_sizes) if of_sizes > SAME else 0.0
    return rho if rho > SAME else 0.0


def _most_likely(x: Floats, n: Floats, times: Ints) -> tuple[float, float] | None:
    """Share and strength of the highest beta-binomial likelihood; None when it lies at an end of what is searched."""

    def loss(point: Floats) -> tuple[float, Floats]:
        share, strength = expit(point[0]), np.exp(point[1])
        a, b = share * strength, (1 - share) * strength
        likelihood = times @ (betaln(x + a, n - x + b) - betaln(a, b))
        both = psi(strength) - psi(n + strength)
        by_a, by_b = times @ (psi(x + a) - psi(a) + both), times @ (psi(n - x + b) - psi(b) + both)
        return -float(likelihood), -np.array([(by_a - by_b) * a * (1 - share), by_a * a + by_b * b])

    start = np.array([logit(float(times @ x) / float(times @ n)), 2.0])
    bounds = [(None, None), tuple(np.log(STRENGTHS))]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-15, "gtol": 1e-9}).x
    strength = float(np.exp(found[1]))
    return (float(expit(found[0])), strength) if STRENGTHS[0] * 1.001 < strength < STRENGTHS[1] / 1.001 else None
