"""Reading norms over age: scores of pupils, the norm table, and whether the model fits the sample it came from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from kring.core.columns import Floats, Ints, columns, total
from kring.core.norming.beta_binomial import AGES_LOOKED_AT, BetaBinomialNorms, NormsThatAreMissing, checked, standardised, sum_scores
from kring.core.norming.likelihood import chances, log_parameters, ranks
from kring.core.provenance import Result, method

__all__ = ["AgeNormScores", "NormFit", "NormTable", "age_norm_scores", "norm_fit", "norm_table"]

LOWEST_T, HIGHEST_T = 20.0, 80.0  # what a norm sample says nothing about: three standard deviations and more
DECILES = 10
DECILE_MARGIN = 0.02  # a decile of the model holds 10 ± 2 % of the sample (methods.md B.17)
ROUNDING = 1e-9
TINY = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True, slots=True, eq=False)
class AgeNormScores(Result):
    """Percentile ranks (0 to 100) and T-scores (20 to 80) float64[n]; NaN without a score and outside the ages of the norms.

    n: pupils; n_valid: those with norm scores; `outside_ages` have a score, but the norms say nothing about their age.
    """

    percentile_rank: Floats
    t: Floats
    outside_ages: int
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class NormTable(Result):
    """Percentile ranks and T-scores float64[ages, raws]; n: ages; n_valid: those that the norms hold for, the others are NaN."""

    ages: Floats
    raws: Floats
    percentile_rank: Floats
    t: Floats
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class NormFit(Result):
    """How well norms fit a sample.

    `deciles` float64[10]: the share of the sample in each tenth of the model; `deciles_right` when each holds 10 ± 2 %; NaN and None for
    nobody. `rising`: at every age a higher raw score has no lower percentile rank. `expected` float64[101]: the expected score at `ages`
    from young to old, `turns` how often it changes direction. n: persons; n_valid: those the norms hold for.
    """

    deciles: Floats
    deciles_right: bool | None
    rising: bool
    ages: Floats
    expected: Floats
    turns: int
    n: int
    n_valid: int


@method("age-norm-scores", 1, rows=("ages", "raws"))
def age_norm_scores(norms: BetaBinomialNorms, ages: ArrayLike, raws: ArrayLike) -> AgeNormScores:
    """Give PR = 100·(F(raw - 1) + ½·P(raw)) and T = 50 + 10·Φ⁻¹(PR/100), held within 20 and 80, at the pupil's own age.

    ages in years and raws float64[n], NaN is missing. Raises NormsThatAreMissing, NotASumScore, NotAColumn, UnequalColumns, BeyondMeasure.

    >>> from kring.core.norming.beta_binomial import beta_binomial_norms
    >>> even = beta_binomial_norms(np.tile([8.0, 9.0], 60), np.repeat(np.arange(10), 12), highest=9, degrees=(0, 0))
    >>> [round(float(pr), 3) for pr in age_norm_scores(even, [8.5, 8.5], [0.0, 4.0]).percentile_rank]
    [5.0, 45.0]
    """
    age, raw = columns(ages=ages, raws=raws)
    sum_scores(raw, norms.highest)
    x = standardised(age, norms)
    known = ~np.isnan(x) & ~np.isnan(raw)
    different, at = np.unique(x[known], return_inverse=True)
    share = np.full(len(age), np.nan)
    share[known] = _ranks_at(norms, different)[at, raw[known].astype(np.int64)]
    outside = int((~np.isnan(age) & ~np.isnan(raw) & np.isnan(x)).sum())
    return AgeNormScores(100 * share, t_of(share), outside, len(age), int(known.sum()))


@method("norm-table", 1)
def norm_table(norms: BetaBinomialNorms, ages: ArrayLike) -> NormTable:
    """Write the norms out for these ages (in years): a row per age, a column per raw score from 0.

    Raises NormsThatAreMissing, NotAColumn, BeyondMeasure.

    >>> from kring.core.norming.beta_binomial import beta_binomial_norms
    >>> even = beta_binomial_norms(np.tile([8.0, 9.0], 60), np.repeat(np.arange(3), 40), highest=2, degrees=(0, 0))
    >>> [round(float(pr), 1) for pr in norm_table(even, [8.0]).percentile_rank[0]]
    [16.7, 50.0, 83.3]
    """
    (given,) = columns(ages=ages)
    x = standardised(given, norms)
    share = _ranks_at(norms, x)
    return NormTable(given, np.arange(norms.highest + 1.0), 100 * share, t_of(share), len(given), int((~np.isnan(x)).sum()))


@method("norm-fit", 1, rows=("ages", "raws", "weights"))
def norm_fit(norms: BetaBinomialNorms, ages: ArrayLike, raws: ArrayLike, *, weights: ArrayLike | None = None) -> NormFit:
    """Hold norms against a sample float64[n]: the share in each tenth of the model, rising percentile ranks, a smooth expected score.

    A raw score covers the stretch from F(raw - 1) to F(raw), and counts in each tenth for the part of that stretch that lies in it, so that
    steps of the score make no false alarms (Czado, Gneiting & Held 2009). `weights` as the norms were fitted with.
    Raises as beta_binomial_norms, and NormsThatAreMissing.

    >>> from kring.core.norming.beta_binomial import beta_binomial_norms
    >>> ages, raws = np.tile([8.0, 9.0], 60), np.repeat(np.arange(10), 12)
    >>> norm_fit(beta_binomial_norms(ages, raws, highest=9, degrees=(0, 0)), ages, raws).deciles_right
    True
    """
    known, age, raw, weight = checked(ages, raws, weights, norms.highest)
    years, different = ages_looked_at(norms)
    x = standardised(age, norms)
    inside = ~np.isnan(x)
    deciles = _deciles(norms, x[inside], raw[inside].astype(np.int64), weight[inside])
    right = bool((np.abs(deciles - 1 / DECILES) <= DECILE_MARGIN + ROUNDING).all()) if inside.any() else None
    rising = bool((np.diff(_ranks_at(norms, different), axis=1) >= 0).all())
    a, b = np.exp(_logs(norms, different))
    expected = norms.highest * a / (a + b)
    return NormFit(deciles, right, rising, years, expected, _turns(expected), len(known), int(inside.sum()))


def ages_looked_at(norms: BetaBinomialNorms) -> tuple[Floats, Floats]:
    """Ages from the youngest to the oldest, in years and as x. Raises NormsThatAreMissing."""
    if norms.youngest is None or norms.oldest is None:
        raise NormsThatAreMissing(why=str(norms.missing))
    years = np.linspace(norms.youngest, norms.oldest, AGES_LOOKED_AT)
    return years, standardised(years, norms)


def _turns(expected: Floats) -> int:
    steps = np.diff(expected)
    return int((np.diff(np.sign(steps[np.abs(steps) > ROUNDING])) != 0).sum())


def t_of(share: Floats) -> Floats:
    """T of shares below (0 to 1), held within 20 and 80."""
    found: Floats = np.clip(50 + 10 * ndtri(share), LOWEST_T, HIGHEST_T)
    return found


def _logs(norms: BetaBinomialNorms, x: Floats) -> tuple[Floats, Floats]:
    return log_parameters(np.array(norms.log_alpha + norms.log_beta), norms.degrees, x)


def _ranks_at(norms: BetaBinomialNorms, x: Floats) -> Floats:
    return ranks(*_logs(norms, x), norms.highest)


def _deciles(norms: BetaBinomialNorms, x: Floats, raw: Ints, weight: Floats) -> Floats:
    if not len(x):
        return np.full(DECILES, np.nan)
    different, at = np.unique(x, return_inverse=True)
    each = chances(*_logs(norms, different), norms.highest)
    upper, width = each.cumsum(axis=1)[at, raw], np.maximum(each[at, raw], TINY)
    below = [np.clip((tenth / DECILES - upper) / width + 1, 0, 1) for tenth in range(1, DECILES)]
    share = weight / weight.max()
    return np.diff([0.0, *(total(share * part) / total(share) for part in below), 1.0])
