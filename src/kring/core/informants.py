"""Several informants about the same pupils: how far they agree, and when two see one pupil differently.

Informants are never averaged into one score: they see a child in different places, and agree for about .2 to .3 (Achenbach, McConaughy &
Howell 1987). A difference opens a conversation; it is not an error of one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import isnan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from kring.core.columns import NO_SPREAD, Floats, columns, finite
from kring.core.instruments import Informant, NumberOutsideBounds
from kring.core.intervals import Interval, moments
from kring.core.provenance import Result, method
from kring.core.raters import in_one_order, mean_squares, single_agreement

__all__ = ["Agreement", "Difference", "Discrepancies", "InformantLine", "agreement", "discrepancies", "informant_line"]

SD_OF_T = 10.0  # T scores have mean 50 and standard deviation 10
CLEAR = 0.95  # a difference this unlikely by measurement error alone
LIMITS = 1.96  # standard deviations to either side (Bland & Altman 1986)
LEAST_PAIRS = 3  # of pairs, for a correlation or limits of agreement


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


@method("informant-line", 1, data=("scores",))
def informant_line(scores: Mapping[Informant, float | None], *, reliabilities: Mapping[Informant, float]) -> InformantLine:
    """Teacher, pupil and guardian about one pupil, each scored against its own norms (T), as points on one line; never an average.

    A score is missing when it is None or NaN. Two informants are compared when the reliability of both is known: see `discrepancies`.
    Raises NumberOutsideBounds, BeyondMeasure.

    >>> from kring.core.instruments import Informant
    >>> known = {Informant.TEACHER: 0.85, Informant.PUPIL: 0.80}
    >>> line = informant_line({Informant.TEACHER: 58.0, Informant.PUPIL: 41.0}, reliabilities=known)
    >>> [(one.first.value, one.second.value, round(one.z, 6), one.clear) for one in line.differences]
    [('teacher', 'pupil', 2.873524, True)]
    """
    points = [(one, finite(score, one)) for one in Informant if (score := scores.get(one)) is not None and not isnan(score)]
    differences = [_difference(a, b, reliabilities) for a, b in combinations(points, 2) if a[0] in reliabilities and b[0] in reliabilities]
    return InformantLine(tuple(points), tuple(differences), len(scores), len(points))


def _difference(first: tuple[Informant, float], second: tuple[Informant, float], reliabilities: Mapping[Informant, float]) -> Difference:
    z = (first[1] - second[1]) / _standard_error(reliabilities[first[0]], reliabilities[second[0]])
    return Difference(first[0], second[0], z, abs(z) >= _critical())


def see_differently(first: float, second: float, *, sem_first: float, sem_second: float) -> bool:
    """Whether two informants clearly differ about one pupil on one and the same scale: more than their two errors of measurement explain.

    In points of that scale, without norms: z = (a - b)/√(sem_a² + sem_b²), clear from |z| ≥ 1.959964 on. Never who of them is right.

    >>> see_differently(1.5, 3.2, sem_first=0.3, sem_second=0.35), see_differently(2.4, 3.0, sem_first=0.3, sem_second=0.35)
    (True, False)
    """
    error = sqrt(sem_first**2 + sem_second**2)
    return abs(first - second) > 0 and abs(first - second) >= _critical() * error


@method("discrepancies", 1, rows=("first", "second"))
def discrepancies(first: ArrayLike, second: ArrayLike, *, reliability_first: float, reliability_second: float) -> Discrepancies:
    """How far two informants differ about each pupil: z = (T_a - T_b)/(10·√(2 - r_a - r_b)), clear from |z| ≥ 1.959964 on.

    `first` and `second` [n] are T scores, NaN for none. Raises NumberOutsideBounds, NotNumbers, NotAColumn, BeyondMeasure,
    UnequalColumns.

    >>> found = discrepancies(np.array([58.0]), np.array([41.0]), reliability_first=0.85, reliability_second=0.80)
    >>> round(found.standard_error, 6), round(float(found.z[0]), 6), round(found.limit, 6)
    (5.91608, 2.873524, 11.595303)
    """
    a, b = columns(first=first, second=second)
    error = _standard_error(reliability_first, reliability_second)
    z = (a - b) / error
    clear = np.abs(z) >= _critical()
    n_valid = int(np.count_nonzero(~np.isnan(z)))
    return Discrepancies(z, clear, error, _critical() * error, len(z), n_valid, int(np.count_nonzero(clear)))


@method("informant-agreement", 1, rows=("first", "second"))
def agreement(first: ArrayLike, second: ArrayLike) -> Agreement:
    """How far two informants agree about a group: Pearson's r, ICC(A,1) and the limits of agreement (Bland & Altman 1986).

    Limits: mean difference ± 1.96 standard deviations of the differences. Fewer than 3 pairs leave everything open. Raises
    NotNumbers, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = agreement(np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 2.0, 4.0, 4.0]))
    >>> round(found.correlation, 6), round(found.icc, 6), found.mean_difference
    (0.894427, 0.842105, -0.5)
    """
    a, b = columns(first=first, second=second)
    both = ~np.isnan(a - b)
    pairs = in_one_order(np.column_stack([a, b])[both])
    n, n_valid = len(a), len(pairs)
    if n_valid < LEAST_PAIRS:
        return Agreement(None, None, None, None, None, n, n_valid)
    gaps = moments(pairs[:, 0] - pairs[:, 1])
    assert gaps.mean is not None
    assert gaps.sd is not None
    half = LIMITS * gaps.sd
    found = mean_squares(pairs)
    icc = None if found is None else single_agreement(found)
    return Agreement(_pearson(pairs), icc, gaps.mean, gaps.sd, Interval(gaps.mean - half, gaps.mean + half, CLEAR), n, n_valid)


def _critical() -> float:
    return float(ndtri((1 + CLEAR) / 2))


def _standard_error(first: float, second: float) -> float:
    for reliability in (first, second):
        if not 0 < reliability < 1:
            raise NumberOutsideBounds(of="informant", field="reliability", value=reliability, low=0, high=1)
    return SD_OF_T * sqrt(2 - first - second)


def _pearson(pairs: Floats) -> float | None:
    a, b = (column - column.mean() for column in pairs.T)
    spread = sqrt(float((a * a).sum()) * float((b * b).sum()))
    constant = (pairs == pairs[0]).all(axis=0).any()
    return None if constant or spread <= NO_SPREAD else float((a * b).sum()) / spread
