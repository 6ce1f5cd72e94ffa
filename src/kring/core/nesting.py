"""Pupils sit in classes: how much of the differences between pupils lies between classes, and what a class mean is worth.

Class means may stand side by side only when they are reliable, and are never put in order.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from kring.core.class_sums import NotAClassSize, NoVariances, gathered
from kring.core.columns import Floats, columns, total
from kring.core.instruments import NumberOutsideBounds
from kring.core.provenance import Result, method

__all__ = [
    "ClassMeanReliability",
    "Comparison",
    "DesignEffect",
    "IntraclassCorrelation",
    "class_mean_reliability",
    "design_effect",
    "intraclass_correlation",
]

LEAST_CLASSES = 10  # below this the differences between classes are not estimated well enough to be shown (methods B.13)
LEAST_RELIABILITY = 0.70  # median reliability of class means from which they may stand side by side (methods B.8)


class Comparison(StrEnum):
    """Whether class means may stand side by side; never in an order."""

    ALLOWED = "allowed"
    TOO_FEW_CLASSES = "too few classes"
    TOO_UNRELIABLE = "too unreliable"


@dataclass(frozen=True, slots=True, eq=False)
class IntraclassCorrelation(Result):
    """Analysis of variance of `n_valid` of `n` pupils in `classes` classes.

    `icc1`: of one pupil, `icc2`: of a class mean of size `typical_size` (n0); both may be negative: classes then differ less than chance.
    None where the mean squares (`between`, `within`) do not exist or do not differ from nothing; `unknown` says why. Where pupils differ
    between classes only, `unknown` says so and both are 1.
    """

    icc1: float | None
    icc2: float | None
    typical_size: float | None
    between: float | None
    within: float | None
    classes: int
    unknown: NoVariances | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class ClassMeanReliability(Result):
    """Reliability λ of the means of `n` classes, float64[n], NaN for a class without pupils (`n_valid` have them), and their median."""

    reliability: Floats
    median: float | None
    comparison: Comparison
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class DesignEffect(Result):
    """How much `n` pupils in classes are worth: `effective_n` = n/`effect` independent ones; None for nobody. `n_valid` is n."""

    effect: float | None
    effective_n: float | None
    classes: int
    n: int
    n_valid: int


@method("intraclass-correlation", 1, rows=("values", "classes"))
def intraclass_correlation(values: Floats, classes: ArrayLike) -> IntraclassCorrelation:
    """Compare differences between classes with those within: one-way analysis of variance with classes of unequal size.

    `values` float64[n], NaN left out; `classes` n whole numbers or words. n0 = (N - Σn²/N)/(K - 1), ICC1 = (MSB - MSW)/(MSB + (n0-1)·MSW),
    ICC2 = (MSB - MSW)/MSB. random_intercept is preferred. Source: Shrout & Fleiss 1979; n0: Snedecor & Cochran 1980.
    Raises NotAColumn, BeyondMeasure, UnequalColumns, ClassLabelsOfNoKind.

    >>> found = intraclass_correlation(np.array([1.0, 2.0, 3.0, 4.0, 6.0]), ["a", "a", "b", "b", "b"])
    >>> round(found.typical_size, 6), round(found.between, 6), round(found.within, 6), round(found.icc1, 6)
    (2.4, 9.633333, 1.722222, 0.656827)
    """
    found = gathered(values, classes)
    n, k = found.n_valid, len(found.sizes)
    if found.unknown in (NoVariances.NOBODY, NoVariances.ONE_CLASS, NoVariances.ONE_PUPIL_EACH):
        return IntraclassCorrelation(None, None, None, None, None, k, found.unknown, found.n, n)
    grand = total(found.sizes * found.means) / n
    between = total(found.sizes * (found.means - grand) ** 2) / (k - 1)
    within = found.squares / (n - k)
    typical = (n - int(found.sizes @ found.sizes) / n) / (k - 1)
    below = between + (typical - 1) * within
    icc1 = (between - within) / below if below > found.rounding else None
    icc2 = (between - within) / between if between > found.rounding else None
    return IntraclassCorrelation(icc1, icc2, typical, between, within, k, found.unknown, found.n, n)


@method("class-mean-reliability", 1, rows=("sizes",))
def class_mean_reliability(sizes: ArrayLike, *, icc: float) -> ClassMeanReliability:
    """Give the reliability of class means from an intraclass correlation that is known: λ = n·ICC/(1 + (n - 1)·ICC).

    `sizes` k numbers of pupils; a class of 0 has none. Source: Spearman 1910; Brown 1910. Raises NumberOutsideBounds (ICC outside 0 to 1),
    NotAClassSize, NotAColumn, BeyondMeasure.

    >>> [round(float(value), 3) for value in class_mean_reliability([15, 24, 30], icc=0.10).reliability]
    [0.625, 0.727, 0.769]
    """
    n = _sizes(sizes, icc)
    with np.errstate(invalid="ignore"):
        reliability = np.where(n > 0, n * icc / (1 + (n - 1) * icc), np.nan)
    return ClassMeanReliability(reliability, _median(reliability), compared(reliability), len(n), int((n > 0).sum()))


@method("design-effect", 1, rows=("sizes",))
def design_effect(sizes: ArrayLike, *, icc: float) -> DesignEffect:
    """Say how many independent pupils the pupils of these classes are worth: effect = 1 + (Σn²/Σn - 1)·ICC.

    `sizes` numbers of pupils. Standard errors that forget the classes are √effect too small. Source: Kish 1965.
    Raises NumberOutsideBounds (ICC outside 0 to 1), NotAClassSize, NotAColumn, BeyondMeasure.

    >>> found = design_effect([24] * 55, icc=0.10)
    >>> round(found.effect, 6), round(found.effective_n, 6)
    (3.3, 400.0)
    """
    n = _sizes(sizes, icc)
    pupils = total(n)
    effect = 1 + (total(n * n) / pupils - 1) * icc if pupils else None
    effective = None if effect is None else pupils / effect
    return DesignEffect(effect, effective, int((n > 0).sum()), int(pupils), int(pupils))


def compared(reliability: Floats) -> Comparison:
    """Say whether means of these reliabilities (NaN: none) may stand side by side."""
    known = reliability[~np.isnan(reliability)]
    if len(known) < LEAST_CLASSES:
        return Comparison.TOO_FEW_CLASSES
    return Comparison.ALLOWED if float(np.median(known)) >= LEAST_RELIABILITY else Comparison.TOO_UNRELIABLE


def _sizes(sizes: ArrayLike, icc: float) -> Floats:
    (n,) = columns(sizes=sizes)
    for size in n[~((n >= 0) & (n == np.floor(n)))]:
        raise NotAClassSize(size=float(size), mean=float("nan"))
    if not 0 <= icc <= 1:
        raise NumberOutsideBounds(of="intraclass correlation", field="icc", value=icc, low=0, high=1)
    return n


def _median(reliability: Floats) -> float | None:
    known = reliability[~np.isnan(reliability)]
    return float(np.median(known)) if len(known) else None
