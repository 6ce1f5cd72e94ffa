"""Norms over age by a Taylor polynomial, for scores that are skewed, negative or not whole.

raw ≈ c + Σ c·Lⁱ·Aʲ, L the T-score by rank within the own grade and A the age in the middle of that grade. The polynomial is read
backwards: which L gives this raw score at this age.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from kring.core.columns import NO_SPREAD, Floats, columns
from kring.core.norming.beta_binomial import FEWEST, NoNorms, NormsThatAreMissing
from kring.core.norming.polynomial import HIGHEST_POWERS, Term, counted, inverted, located, models, regressed, rises
from kring.core.norming.tables import AgeNormScores, NormTable
from kring.core.provenance import Result, method

__all__ = ["TaylorNorms", "taylor_norm_scores", "taylor_norm_table", "taylor_norms"]


@dataclass(frozen=True, slots=True, eq=False)
class TaylorNorms(Result):
    """raw = `intercept` + Σ `coefficients`·Lⁱ·Aʲ with (i, j) in `terms`, A in years; empty where `missing` says why.

    `adjusted_r2` of this model. Norms hold for ages from `youngest` to `oldest` only: half a grade beyond the middle of the outer grades.
    n: persons; n_valid: those with a grade, a score and a weight above 0, in a grade with at least ten of them.
    """

    missing: NoNorms | None
    terms: tuple[Term, ...]
    intercept: float | None
    coefficients: tuple[float, ...]
    adjusted_r2: float | None
    youngest: float | None
    oldest: float | None
    n: int
    n_valid: int


@method("taylor-norms", 1, rows=("grade_ages", "raws", "weights"))
def taylor_norms(grade_ages: ArrayLike, raws: ArrayLike, *, weights: ArrayLike | None = None) -> TaylorNorms:
    """Fit norms over age to scores of any kind.

    grade_ages (the age in the middle of the person's grade or age group, in years), raws and weights float64[n]; NaN is missing.
    L = 50 + 10·Φ⁻¹((r - ½)/n), r the rank in the grade, ties averaged. Of all models with one to five terms Lⁱ·Aʲ (i to 4, j to 3, and
    below the number of grades) the one with the highest adjusted R² is taken of those that rise with L from 20 to 80 at every age.
    At least 100 persons. Source: Lenhard, Lenhard, Suggate & Segerer 2018.
    Raises NumberOutsideBounds (a negative weight), NotNumbers, NotAColumn, UnequalColumns, BeyondMeasure.

    >>> from scipy.special import ndtri
    >>> grades = np.repeat([7.0, 8.0, 9.0], 50)
    >>> raws = 20 * np.tile(ndtri((np.arange(50) + 0.5) / 50), 3) - 100 * grades  # normal, 20 points for 10 points of T
    >>> norms = taylor_norms(grades, raws)
    >>> [round(float(t), 1) for t in taylor_norm_scores(norms, [8.0, 8.0, 8.0], [-900.0, -820.0, -800.0]).t]
    [20.0, 40.0, 50.0]
    """
    known, age, raw, weight = counted(grade_ages, raws, weights)
    n, n_valid = len(known), len(age)
    if n_valid < FEWEST:
        return _none(NoNorms.TOO_FEW_PERSONS, n, n_valid)
    sample, grades = located(age, raw, weight), np.unique(age)
    if not raw.var() > NO_SPREAD or sample.location.min() == sample.location.max():
        return _none(NoNorms.NO_VARIANCE, n, n_valid)
    youngest, oldest = _span(grades)
    for terms, adjusted, slopes in models(sample, min(HIGHEST_POWERS[1], len(grades) - 1)):
        if rises(terms, np.append(0.0, slopes), youngest, oldest):
            point = regressed(sample, terms)
            return TaylorNorms(None, terms, float(point[0]), tuple(point[1:].tolist()), adjusted, youngest, oldest, n, n_valid)
    return _none(NoNorms.NOT_INCREASING, n, n_valid)


def _none(missing: NoNorms, n: int, n_valid: int) -> TaylorNorms:
    return TaylorNorms(missing, (), None, (), None, None, None, n, n_valid)


def _span(grades: Floats) -> tuple[float, float]:
    """Half the distance to the next grade beyond the outer ones."""
    gaps = np.diff(grades) if len(grades) > 1 else np.zeros(1)
    return float(grades[0] - gaps[0] / 2), float(grades[-1] + gaps[-1] / 2)


@method("taylor-norm-scores", 1, rows=("ages", "raws"))
def taylor_norm_scores(norms: TaylorNorms, ages: ArrayLike, raws: ArrayLike) -> AgeNormScores:
    """Give T, held within 20 and 80, and PR = 100·Φ((T - 50)/10) at the pupil's own age.

    ages in years and raws float64[n], NaN is missing. Raises NormsThatAreMissing, NotNumbers, NotAColumn, UnequalColumns, BeyondMeasure.

    >>> from scipy.special import ndtri
    >>> grades = np.repeat([7.0, 8.0, 9.0], 50)
    >>> raws = 20 * np.tile(ndtri((np.arange(50) + 0.5) / 50), 3) - 100 * grades  # normal, 20 points for 10 points of T
    >>> norms = taylor_norms(grades, raws)
    >>> [round(float(pr), 3) for pr in taylor_norm_scores(norms, [7.0, 7.5], [-720.0, -750.0]).percentile_rank]
    [15.866, 50.0]
    """
    age, raw = columns(ages=ages, raws=raws)
    t = _located_at(norms, age, raw)
    outside = int((~np.isnan(age) & ~np.isnan(raw) & np.isnan(t)).sum())
    return AgeNormScores(percentile_ranks(t), t, outside, len(age), int((~np.isnan(t)).sum()))


@method("taylor-norm-table", 1)
def taylor_norm_table(norms: TaylorNorms, ages: ArrayLike, raws: ArrayLike) -> NormTable:
    """Write the norms out: a row per age (in years), a column per raw score.

    Raises NormsThatAreMissing, NotNumbers, NotAColumn, BeyondMeasure.

    >>> from scipy.special import ndtri
    >>> grades = np.repeat([7.0, 8.0, 9.0], 50)
    >>> raws = 20 * np.tile(ndtri((np.arange(50) + 0.5) / 50), 3) - 100 * grades  # normal, 20 points for 10 points of T
    >>> norms = taylor_norms(grades, raws)
    >>> taylor_norm_table(norms, [8.0, 9.0], [-900.0, -800.0]).t.round(6).tolist()
    [[20.0, 50.0], [50.0, 80.0]]
    """
    (age,), (raw,) = columns(ages=ages), columns(raws=raws)
    t = _located_at(norms, age[:, None], raw)
    return NormTable(age, raw, percentile_ranks(t), t, len(age), int((~np.isnan(ages_within(age, norms))).sum()))


def _located_at(norms: TaylorNorms, age: Floats, raw: Floats) -> Floats:
    within = ages_within(age, norms)
    return inverted(norms.terms, np.array([norms.intercept, *norms.coefficients]), within, raw)


def ages_within(age: Floats, norms: TaylorNorms) -> Floats:
    """Ages, NaN where there are no norms. Raises NormsThatAreMissing."""
    if norms.youngest is None or norms.oldest is None:
        raise NormsThatAreMissing(why=str(norms.missing))
    return np.where((age >= norms.youngest) & (age <= norms.oldest), age, np.nan)


def percentile_ranks(t: Floats) -> Floats:
    """PR of T."""
    found: Floats = 100 * ndtr((t - 50) / 10)
    return found
