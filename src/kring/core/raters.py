"""Several raters about the same pupils: how far they agree, in points (intraclass correlations), in steps (kappa), or with gaps (alpha).

For two teachers or observers who look at the same children in the same place. Different informants are another matter: see informants.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc, fdtri

from kring.core.columns import NO_SPREAD, Floats, choice, columns, table
from kring.core.errors import CallerMistake
from kring.core.intervals import Interval, NotAnInterval
from kring.core.provenance import Result, method

__all__ = [
    "CategoryUnknown",
    "Icc",
    "IccForm",
    "Iccs",
    "Kappa",
    "Krippendorff",
    "Measure",
    "NoCoefficient",
    "Weights",
    "iccs",
    "kappa",
    "krippendorff",
]

ROUNDING = 1e-12  # a share of the squares below this is rounding


class NoCoefficient(StrEnum):
    """Why a coefficient of agreement cannot be given."""

    TOO_FEW = "too-few"
    NO_VARIANCE = "no-variance"


class Weights(StrEnum):
    """How much a disagreement counts: all alike, by its distance, or by the square of its distance."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Measure(StrEnum):
    """What differences between codes mean: only their order, or their distance."""

    ORDINAL = "ordinal"
    INTERVAL = "interval"


class IccForm(StrEnum):
    """The six forms of Shrout & Fleiss: one-way, two-way random and two-way mixed, for one rater and for the mean of k."""

    ICC1 = "ICC(1,1)"
    ICC2 = "ICC(2,1)"
    ICC3 = "ICC(3,1)"
    ICC1K = "ICC(1,k)"
    ICC2K = "ICC(2,k)"
    ICC3K = "ICC(3,k)"


@dataclass(eq=False, kw_only=True)
class CategoryUnknown(CallerMistake):
    """A rating is not one of the categories."""

    rating: float
    categories: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Icc:
    """One intraclass correlation with its test against 0 and its interval; None where the ratings leave it undefined.

    `f` is infinite when nothing is left of the differences but those between pupils.
    """

    value: float | None
    f: float | None
    df: tuple[int, int]
    p: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True, eq=False)
class Iccs(Result):
    """The six intraclass correlations by their form, empty for the reason `why_not`; `n_valid` of `n` pupils have all ratings."""

    forms: Mapping[IccForm, Icc]
    why_not: NoCoefficient | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class Kappa(Result):
    """Agreement of two raters beyond chance; `value` is None for the reason `why_not`. `agree` is the share of exactly equal ratings."""

    value: float | None
    why_not: NoCoefficient | None
    agree: float | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class Krippendorff(Result):
    """Krippendorff's alpha; `value` is None for the reason `why_not`. `n_valid` of `n` pupils have two ratings or more."""

    value: float | None
    why_not: NoCoefficient | None
    n: int
    n_valid: int


@method("icc-family", 1, rows=("ratings",))
def iccs(ratings: ArrayLike, *, level: float = 0.95) -> Iccs:
    """The six intraclass correlations (Shrout & Fleiss 1979) with F tests and intervals (McGraw & Wong 1996).

    `ratings` [n, raters]; pupils without all ratings are left out. Raises NotAnInterval, NotNumbers, NotAColumn,
    BeyondMeasure.

    >>> three = iccs(np.array([[2, 3], [4, 4], [1, 3], [5, 5]])).forms
    >>> [round(three[form].value, 6) for form in (IccForm.ICC1, IccForm.ICC2, IccForm.ICC3)]
    [0.716981, 0.727273, 0.784314]
    """
    found = table(ratings, "ratings", axes=2)
    if not 0 < level < 1:
        raise NotAnInterval(low=0.0, high=1.0, level=level)
    rows = found[~np.isnan(found).any(axis=1)]
    n, n_valid = len(found), len(rows)
    if n_valid < 2 or rows.shape[1] < 2:
        return Iccs({}, NoCoefficient.TOO_FEW, n, n_valid)
    rows = in_one_order(rows)
    squares = mean_squares(rows)
    if squares is None:
        return Iccs({}, NoCoefficient.NO_VARIANCE, n, n_valid)
    return Iccs(_forms(squares, (1 - level) / 2, level), None, n, n_valid)


@method("kappa", 1, rows=("first", "second"))
def kappa(first: ArrayLike, second: ArrayLike, *, weights: Weights = Weights.QUADRATIC, categories: Sequence[float] | None = None) -> Kappa:
    """Cohen's kappa, 1 - Σ w_ij·p_ij / Σ w_ij·p_i.·p_.j (1960; weighted 1968), of two raters; NaN is no rating.

    w_ij is 1 for every disagreement, |i - j|, or (i - j)², with i and j places among `categories` (all ratings seen, in order, when left
    out). No value without pairs and when both give all pupils one same category. Raises CategoryUnknown, NotAChoice, NotNumbers,
    NotAColumn, BeyondMeasure, UnequalColumns.

    >>> round(kappa(np.array([1, 1, 2, 2]), np.array([1, 1, 2, 1]), weights=Weights.NONE).value, 6)
    0.5
    """
    a, b = columns(first=first, second=second)
    both = ~np.isnan(a - b)
    n, n_valid = len(a), int(np.count_nonzero(both))
    known: Floats = (
        np.array(sorted(set(categories)), dtype=np.float64) if categories is not None else np.unique(np.concatenate([a[both], b[both]]))
    )
    counts = np.zeros((len(known), len(known)))
    np.add.at(counts, (_places(a[both], known), _places(b[both], known)), 1.0)
    if n_valid == 0:
        return Kappa(None, NoCoefficient.TOO_FEW, None, n, n_valid)
    weight = _disagreement(len(known), weights)
    expected = float((weight * np.outer(counts.sum(axis=1), counts.sum(axis=0))).sum()) / n_valid
    agree = float(np.trace(counts)) / n_valid
    if expected == 0:
        return Kappa(None, NoCoefficient.NO_VARIANCE, agree, n, n_valid)
    return Kappa(1 - float((weight * counts).sum()) / expected, None, agree, n, n_valid)


@method("krippendorff-alpha", 1, rows=("ratings",))
def krippendorff(ratings: ArrayLike, *, measure: Measure = Measure.ORDINAL) -> Krippendorff:
    """Krippendorff's alpha, 1 - D_o/D_e, of any number of raters with ratings missing (Krippendorff 2004).

    `ratings` [n, raters], NaN for none; a pupil with one rating says nothing about agreement. A difference counts by its square: for
    `interval` the distance, for `ordinal` the number of ratings from one category through the other, the ends for half. No value when
    no pupil has two ratings or all ratings are alike. Raises NotAChoice, NotNumbers, NotAColumn, BeyondMeasure.

    >>> round(krippendorff(np.array([[1, 1], [2, 2], [3, 2], [1, np.nan]]), measure=Measure.INTERVAL).value, 6)
    0.705882
    """
    found = table(ratings, "ratings", axes=2)
    known = ~np.isnan(found)
    used = known.sum(axis=1) >= 2
    n, n_valid = len(found), int(np.count_nonzero(used))
    if n_valid == 0:
        return Krippendorff(None, NoCoefficient.TOO_FEW, n, n_valid)
    categories = np.unique(found[used][known[used]])
    coincidences = _coincidences(found[used], categories)
    margins = coincidences.sum(axis=0)
    distance = _distance(categories, margins, measure)
    expected = float((distance * np.outer(margins, margins)).sum()) / (float(margins.sum()) - 1)
    if expected == 0:
        return Krippendorff(None, NoCoefficient.NO_VARIANCE, n, n_valid)
    return Krippendorff(1 - float((distance * coincidences).sum()) / expected, None, n, n_valid)


def in_one_order(rows: Floats) -> Floats:
    """Give the rows in one fixed order, so that sums do not depend on how they came in."""
    return rows[np.lexsort(rows.T)]


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Between pupils, within pupils, between raters and what is left, of n pupils and k raters."""

    between: float
    within: float
    raters: float
    rest: float
    n: int
    k: int


def mean_squares(rows: Floats) -> MeanSquares | None:
    """None when no two ratings differ."""
    n, k = rows.shape
    alike = (rows == rows[0, 0]).all()
    rows = rows - rows.mean()
    if alike or np.square(rows).sum() <= NO_SPREAD:
        return None
    pupils, raters = rows.mean(axis=1), rows.mean(axis=0)
    parts = np.array([k * np.square(pupils).sum(), np.square(rows - pupils[:, None]).sum(), n * np.square(raters).sum()])
    parts = np.append(parts, np.square(rows - pupils[:, None] - raters).sum())
    parts[parts < ROUNDING * np.square(rows).sum()] = 0.0
    between, within, across, rest = parts.tolist()
    return MeanSquares(between / (n - 1), within / (n * (k - 1)), across / (k - 1), rest / ((n - 1) * (k - 1)), n, k)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def single_agreement(of: MeanSquares) -> float | None:
    return _ratio(of.between - of.rest, of.between + (of.k - 1) * of.rest + of.k * (of.raters - of.rest) / of.n)


def _forms(of: MeanSquares, tail: float, level: float) -> dict[IccForm, Icc]:
    one, two = (of.n - 1, of.n * (of.k - 1)), (of.n - 1, (of.n - 1) * (of.k - 1))
    several = _ratio(of.between - of.rest, of.between + (of.raters - of.rest) / of.n)
    bounds = _agreement_bounds(of, tail)
    stepped = (
        None if bounds is None or 1 + bounds[0] * (of.k - 1) <= 0 else tuple(bound * of.k / (1 + bound * (of.k - 1)) for bound in bounds)
    )
    return {
        IccForm.ICC1: _by_f(of.between, of.within, one, of.k, tail),
        IccForm.ICC2: _icc(single_agreement(of), _f(of.between, of.rest), two, bounds, level),
        IccForm.ICC3: _by_f(of.between, of.rest, two, of.k, tail),
        IccForm.ICC1K: _by_f(of.between, of.within, one, 1, tail),
        IccForm.ICC2K: _icc(several, _f(of.between, of.rest), two, stepped, level),
        IccForm.ICC3K: _by_f(of.between, of.rest, two, 1, tail),
    }


def _by_f(between: float, error: float, df: tuple[int, int], raters: int, tail: float) -> Icc:
    """(F - 1)/(F + k - 1) for one of k raters; for the mean of all the same with F itself below (`raters` is then 1)."""
    f = _f(between, error)
    bounds = None
    if f is not None and 0 < f < inf:
        low, high = f / float(fdtri(*df, 1 - tail)), f * float(fdtri(df[1], df[0], 1 - tail))
        bounds = tuple((bound - 1) / (bound + raters - 1) for bound in (low, high))
    return _icc(_ratio(between - error, between + (raters - 1) * error), f, df, bounds, 1 - 2 * tail)


def _f(between: float, error: float) -> float | None:
    return between / error if error > 0 else inf if between > 0 else None


def _icc(value: float | None, f: float | None, df: tuple[int, int], bounds: tuple[float, ...] | None, level: float) -> Icc:
    p = None if f is None else 0.0 if f == inf else float(fdtrc(*df, f))
    return Icc(value, f, df, p, None if bounds is None or value is None else Interval(bounds[0], bounds[1], level))


def _agreement_bounds(of: MeanSquares, tail: float) -> tuple[float, ...] | None:
    """Bounds of ICC(A,1), with Satterthwaite's degrees of freedom."""
    n, k, icc = of.n, of.k, single_agreement(of)
    if icc is None:
        return None
    raters, rest = k * icc * of.raters, (n * (1 + (k - 1) * icc) - k * icc) * of.rest
    df = _ratio((k - 1) * (n - 1) * (raters + rest) ** 2, (n - 1) * raters**2 + rest**2)
    if df is None or df <= 0:
        return None
    up, down = float(fdtri(n - 1, df, 1 - tail)), float(fdtri(df, n - 1, 1 - tail))
    error = k * of.raters + (k * n - k - n) * of.rest
    low = n * (of.between - up * of.rest) / (up * error + n * of.between)
    high = n * (down * of.between - of.rest) / (error + n * down * of.between)
    return (low, high) if low <= high else None  # with next to no degrees of freedom they pass each other: then nothing can be said


def _places(ratings: Floats, categories: Floats) -> NDArray[np.intp]:
    strange = ratings[~np.isin(ratings, categories)]
    if len(strange):
        raise CategoryUnknown(rating=float(strange[0]), categories=tuple(categories.tolist()))
    return np.searchsorted(categories, ratings)


def _disagreement(categories: int, weights: Weights) -> Floats:
    places = np.arange(categories, dtype=np.float64)
    apart: Floats = np.abs(places[:, None] - places)
    return np.minimum(apart, 1) if choice(weights, Weights) is Weights.NONE else apart if weights is Weights.LINEAR else np.square(apart)


def _coincidences(ratings: Floats, categories: Floats) -> Floats:
    """How often two ratings of one pupil are c and d, each pupil weighing as many as it has ratings."""
    chosen = np.stack([(ratings == category).sum(axis=1) for category in categories], axis=1).astype(np.float64)
    sizes = chosen.sum(axis=1)
    found = np.zeros((len(categories), len(categories)))
    for size in np.unique(sizes):
        of_size = chosen[sizes == size]
        found += (of_size.T @ of_size - np.diag(of_size.sum(axis=0))) / (size - 1)
    return found


def _distance(categories: Floats, margins: Floats, measure: Measure) -> Floats:
    places = categories if choice(measure, Measure) is Measure.INTERVAL else np.cumsum(margins) - margins / 2
    distance: Floats = np.square(places[:, None] - places)
    return distance
