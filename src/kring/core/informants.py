"""Several informants or raters about the same pupils: how far they agree, and when two see one pupil differently.

Informants are never averaged into one score: they see a child in different places, and agree for about .2 to .3 (Achenbach, McConaughy &
Howell 1987). A difference opens a conversation; it is not an error of one of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import inf, isfinite, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc, fdtri, ndtri

from kring.core.answers import Floats
from kring.core.covariances import AnswerNotFinite, NotATable, table
from kring.core.errors import CallerMistake
from kring.core.instruments import Informant
from kring.core.intervals import Interval, moments
from kring.core.provenance import Result, method

__all__ = [
    "Agreement",
    "AnswerNotFinite",
    "CategoryUnknown",
    "Difference",
    "Discrepancies",
    "Icc",
    "IccForm",
    "Iccs",
    "InformantLine",
    "Kappa",
    "Krippendorff",
    "Measure",
    "NoCoefficient",
    "NotATable",
    "RatersOutOfStep",
    "ReliabilityOutsideBounds",
    "Weights",
    "agreement",
    "discrepancies",
    "iccs",
    "informant_line",
    "kappa",
    "krippendorff",
]

SD_OF_T = 10.0  # T scores have mean 50 and standard deviation 10
CLEAR = 0.95  # a difference this unlikely by measurement error alone
LIMITS = 1.96  # standard deviations to either side (Bland & Altman 1986)
LEAST_PAIRS = 3  # of pairs, for a correlation or limits of agreement
ROUNDING = 1e-12


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
class RatersOutOfStep(CallerMistake):
    """Two raters must be given as rows about the same pupils."""

    first: tuple[int, ...]
    second: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class ReliabilityOutsideBounds(CallerMistake):
    """A reliability lies between 0 and 1."""

    reliability: float


@dataclass(eq=False, kw_only=True)
class CategoryUnknown(CallerMistake):
    """A rating is not one of the categories."""

    rating: float
    categories: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two informants about one pupil: `z` is their difference in standard errors, `clear` when measurement error hardly explains it."""

    first: Informant
    second: Informant
    z: float
    clear: bool


@dataclass(frozen=True, slots=True)
class InformantLine(Result):
    """The T scores of one pupil on one line, in the order teacher, pupil, guardian, and the difference of every two.

    `n` informants were asked about, `n_valid` have a score.
    """

    points: tuple[tuple[Informant, float], ...]
    differences: tuple[Difference, ...]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class Discrepancies(Result):
    """Differences of two informants about n pupils: `z` [n], NaN where one is missing, and `clear` [n]; `limit` in points of T.

    Of `n` pupils `n_valid` have both scores and `n_clear` a clear difference.
    """

    z: Floats
    clear: NDArray[np.bool_]
    standard_error: float
    limit: float
    n: int
    n_valid: int
    n_clear: int


@dataclass(frozen=True, slots=True)
class Agreement(Result):
    """Agreement of two informants over `n_valid` pairs of `n`; a field is None when too few pairs or no variance leave it open.

    `mean_difference` (first minus second), `sd_difference` and `limits` are those of Bland & Altman; `icc` is ICC(A,1).
    """

    correlation: float | None
    icc: float | None
    mean_difference: float | None
    sd_difference: float | None
    limits: Interval | None
    n: int
    n_valid: int


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


@method("informant-line", 1, data=("scores",))
def informant_line(scores: Mapping[Informant, float | None], *, reliabilities: Mapping[Informant, float]) -> InformantLine:
    """Teacher, pupil and guardian about one pupil, each scored against its own norms (T), as points on one line; never an average.

    Two informants are compared when the reliability of both is known: see `discrepancies`. Raises ReliabilityOutsideBounds.

    >>> known = {Informant.TEACHER: 0.85, Informant.PUPIL: 0.80}
    >>> line = informant_line({Informant.TEACHER: 58.0, Informant.PUPIL: 41.0}, reliabilities=known)
    >>> [(one.first.value, one.second.value, round(one.z, 6), one.clear) for one in line.differences]
    [('teacher', 'pupil', 2.873524, True)]
    """
    points = [(one, score) for one in Informant if (score := scores.get(one)) is not None and isfinite(score)]
    differences = [_difference(a, b, reliabilities) for a, b in combinations(points, 2) if a[0] in reliabilities and b[0] in reliabilities]
    return InformantLine(tuple(points), tuple(differences), len(scores), len(points))


def _difference(first: tuple[Informant, float], second: tuple[Informant, float], reliabilities: Mapping[Informant, float]) -> Difference:
    z = (first[1] - second[1]) / _standard_error(reliabilities[first[0]], reliabilities[second[0]])
    return Difference(first[0], second[0], z, abs(z) >= _critical())


@method("discrepancies", 1, rows=("first", "second"))
def discrepancies(first: Floats, second: Floats, *, reliability_first: float, reliability_second: float) -> Discrepancies:
    """How far two informants differ about each pupil: z = (T_a - T_b)/(10·√(2 - r_a - r_b)), clear from |z| ≥ 1.959964 on.

    `first` and `second` [n] are T scores, NaN for none. Raises RatersOutOfStep, AnswerNotFinite, ReliabilityOutsideBounds.

    >>> found = discrepancies(np.array([58.0]), np.array([41.0]), reliability_first=0.85, reliability_second=0.80)
    >>> round(found.standard_error, 6), round(float(found.z[0]), 6), round(found.limit, 6)
    (5.91608, 2.873524, 11.595303)
    """
    a, b = _pair(first, second)
    error = _standard_error(reliability_first, reliability_second)
    z = (a - b) / error
    clear = np.abs(z) >= _critical()
    n_valid = int(np.count_nonzero(~np.isnan(z)))
    return Discrepancies(z, clear, error, _critical() * error, len(z), n_valid, int(np.count_nonzero(clear)))


@method("informant-agreement", 1, rows=("first", "second"))
def agreement(first: Floats, second: Floats) -> Agreement:
    """How far two informants agree about a group: Pearson's r, ICC(A,1) and the limits of agreement (Bland & Altman 1986).

    Limits: mean difference ± 1.96 standard deviations of the differences. Fewer than 3 pairs leave everything open. Raises
    RatersOutOfStep, AnswerNotFinite.

    >>> found = agreement(np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 2.0, 4.0, 4.0]))
    >>> round(found.correlation, 6), round(found.icc, 6), found.mean_difference
    (0.894427, 0.842105, -0.5)
    """
    a, b = _pair(first, second)
    both = ~np.isnan(a - b)
    pairs = _sorted(np.column_stack([a, b])[both])
    n, n_valid = len(a), len(pairs)
    if n_valid < LEAST_PAIRS:
        return Agreement(None, None, None, None, None, n, n_valid)
    gaps = moments(pairs[:, 0] - pairs[:, 1])
    assert gaps.mean is not None
    assert gaps.sd is not None
    half = LIMITS * gaps.sd
    found = _mean_squares(pairs)
    icc = None if found is None else _single_agreement(found)
    return Agreement(_pearson(pairs), icc, gaps.mean, gaps.sd, Interval(gaps.mean - half, gaps.mean + half, CLEAR), n, n_valid)


@method("icc-family", 1, rows=("ratings",))
def iccs(ratings: NDArray[Any], *, level: float = 0.95) -> Iccs:
    """The six intraclass correlations (Shrout & Fleiss 1979) with F tests and intervals (McGraw & Wong 1996).

    `ratings` [n, raters]; pupils without all ratings are left out. Raises NotATable, AnswerNotFinite.

    >>> three = iccs(np.array([[2, 3], [4, 4], [1, 3], [5, 5]])).forms
    >>> [round(three[form].value, 6) for form in (IccForm.ICC1, IccForm.ICC2, IccForm.ICC3)]
    [0.716981, 0.727273, 0.784314]
    """
    found = table(ratings)
    rows = _sorted(found[~np.isnan(found).any(axis=1)])
    n, n_valid = len(found), len(rows)
    if n_valid < 2 or rows.shape[1] < 2:
        return Iccs({}, NoCoefficient.TOO_FEW, n, n_valid)
    squares = _mean_squares(rows)
    if squares is None:
        return Iccs({}, NoCoefficient.NO_VARIANCE, n, n_valid)
    return Iccs(_forms(squares, (1 - level) / 2, level), None, n, n_valid)


@method("kappa", 1, rows=("first", "second"))
def kappa(
    first: NDArray[Any], second: NDArray[Any], *, weights: Weights = Weights.QUADRATIC, categories: Sequence[float] | None = None
) -> Kappa:
    """Cohen's kappa, 1 - Σ w_ij·p_ij / Σ w_ij·p_i.·p_.j (1960; weighted 1968), of two raters; NaN is no rating.

    w_ij is 1 for every disagreement, |i - j|, or (i - j)², with i and j places among `categories` (all ratings seen, in order, when left
    out). No value without pairs and when both give all pupils one same category. Raises RatersOutOfStep, AnswerNotFinite, CategoryUnknown.

    >>> round(kappa(np.array([1, 1, 2, 2]), np.array([1, 1, 2, 1]), weights=Weights.NONE).value, 6)
    0.5
    """
    a, b = _pair(first, second)
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
def krippendorff(ratings: NDArray[Any], *, measure: Measure = Measure.ORDINAL) -> Krippendorff:
    """Krippendorff's alpha, 1 - D_o/D_e, of any number of raters with ratings missing (Krippendorff 2004).

    `ratings` [n, raters], NaN for none; a pupil with one rating says nothing about agreement. A difference counts by its square: for
    `interval` the distance, for `ordinal` the number of ratings from one category through the other, the ends for half. No value when
    no pupil has two ratings or all ratings are alike. Raises NotATable, AnswerNotFinite.

    >>> round(krippendorff(np.array([[1, 1], [2, 2], [3, 2], [1, np.nan]]), measure=Measure.INTERVAL).value, 6)
    0.705882
    """
    found = table(ratings)
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


def _critical() -> float:
    return float(ndtri((1 + CLEAR) / 2))


def _standard_error(first: float, second: float) -> float:
    for reliability in (first, second):
        if not 0 < reliability < 1:
            raise ReliabilityOutsideBounds(reliability=reliability)
    return SD_OF_T * sqrt(2 - first - second)


def _pair(first: NDArray[Any], second: NDArray[Any]) -> tuple[Floats, Floats]:
    if first.ndim != 1 or first.shape != second.shape:
        raise RatersOutOfStep(first=first.shape, second=second.shape)
    both = table(np.column_stack([first, second]))
    return both[:, 0], both[:, 1]


def _sorted(rows: Floats) -> Floats:
    """The rows in one fixed order, so that sums do not depend on how they came in."""
    return rows[np.lexsort(rows.T)]


def _pearson(pairs: Floats) -> float | None:
    a, b = (column - column.mean() for column in pairs.T)
    spread = sqrt(float((a * a).sum()) * float((b * b).sum()))
    constant = (pairs == pairs[0]).all(axis=0).any()
    return None if constant else float((a * b).sum()) / spread


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    """Between pupils, within pupils, between raters and what is left, of n pupils and k raters."""

    between: float
    within: float
    raters: float
    rest: float
    n: int
    k: int


def _mean_squares(rows: Floats) -> _MeanSquares | None:
    """None when no two ratings differ."""
    n, k = rows.shape
    if (rows == rows[0, 0]).all():
        return None
    rows = rows - rows.mean()
    pupils, raters = rows.mean(axis=1), rows.mean(axis=0)
    parts = np.array([k * np.square(pupils).sum(), np.square(rows - pupils[:, None]).sum(), n * np.square(raters).sum()])
    parts = np.append(parts, np.square(rows - pupils[:, None] - raters).sum())
    parts[parts < ROUNDING * np.square(rows).sum()] = 0.0
    between, within, across, rest = parts.tolist()
    return _MeanSquares(between / (n - 1), within / (n * (k - 1)), across / (k - 1), rest / ((n - 1) * (k - 1)), n, k)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _single_agreement(of: _MeanSquares) -> float | None:
    return _ratio(of.between - of.rest, of.between + (of.k - 1) * of.rest + of.k * (of.raters - of.rest) / of.n)


def _forms(of: _MeanSquares, tail: float, level: float) -> dict[IccForm, Icc]:
    one, two = (of.n - 1, of.n * (of.k - 1)), (of.n - 1, (of.n - 1) * (of.k - 1))
    several = _ratio(of.between - of.rest, of.between + (of.raters - of.rest) / of.n)
    bounds = _agreement_bounds(of, tail)
    stepped = (
        None if bounds is None or 1 + bounds[0] * (of.k - 1) <= 0 else tuple(bound * of.k / (1 + bound * (of.k - 1)) for bound in bounds)
    )
    return {
        IccForm.ICC1: _by_f(of.between, of.within, one, of.k, tail),
        IccForm.ICC2: _icc(_single_agreement(of), _f(of.between, of.rest), two, bounds, level),
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


def _agreement_bounds(of: _MeanSquares, tail: float) -> tuple[float, ...] | None:
    """Bounds of ICC(A,1), with Satterthwaite's degrees of freedom."""
    n, k, icc = of.n, of.k, _single_agreement(of)
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
    return np.minimum(apart, 1) if weights is Weights.NONE else apart if weights is Weights.LINEAR else np.square(apart)


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
    places = categories if measure is Measure.INTERVAL else np.cumsum(margins) - margins / 2
    distance: Floats = np.square(places[:, None] - places)
    return distance
