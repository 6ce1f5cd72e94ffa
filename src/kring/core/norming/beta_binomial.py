"""Norms over age by the beta-binomial distribution, the default for sum scores between 0 and a highest score.

raw ~ BetaBin(m, α(x), β(x)), x = (age - mean)/sd, ln α and ln β polynomials in x. Fitted by maximum likelihood with exact first and second
derivatives; each person weighs in with the person's weight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import fsum, sqrt

import numpy as np
from numpy.typing import ArrayLike

from kring.core.columns import NO_SPREAD, Bools, Floats, columns, total
from kring.core.errors import CallerMistake
from kring.core.instruments import NumberOutsideBounds
from kring.core.norming.likelihood import BEYOND, Sample, fitted, log_parameters, ways
from kring.core.provenance import Result, method

__all__ = ["BetaBinomialNorms", "NoNorms", "NormsThatAreMissing", "NotASumScore", "beta_binomial_norms"]

HIGHEST_DEGREE = 3  # methods.md B.17
FEWEST = 100  # persons: fewer make no percentiles (methods.md B.18)
HIGHEST_SCORE = 1000  # no questionnaire has more points
AGES_LOOKED_AT = 101
NEARLY = 0.001  # a mean share of the points from which the search may start


class NoNorms(StrEnum):
    """Why there are no norms over age."""

    TOO_FEW_PERSONS = "too few persons"
    NO_VARIANCE = "no variance"
    SPREAD_TOO_SMALL = "spread too small"  # not more than one binomial chance for everybody would give
    SPREAD_TOO_LARGE = "spread too large"  # hardly a score but the lowest and the highest
    NOT_INCREASING = "not increasing"  # no model in which a higher raw score is always a higher norm score


@dataclass(eq=False, kw_only=True)
class NotASumScore(CallerMistake):
    """A raw score is a whole number from 0 to the highest score."""

    value: float
    highest: int


@dataclass(eq=False, kw_only=True)
class NormsThatAreMissing(CallerMistake):
    """There are no norms to read: the model says why in `missing`."""

    why: str


@dataclass(frozen=True, slots=True, eq=False)
class BetaBinomialNorms(Result):
    """The fitted model: coefficients of ln α and ln β by power of x = (age - `age_mean`)/`age_sd`; empty where `missing` says why.

    Norms hold for ages from `youngest` to `oldest` only. n: persons; n_valid: those with an age, a score and a weight above 0.
    """

    missing: NoNorms | None
    log_alpha: tuple[float, ...]
    log_beta: tuple[float, ...]
    log_likelihood: float | None
    bic: float | None
    highest: int
    age_mean: float | None
    age_sd: float | None
    youngest: float | None
    oldest: float | None
    n: int
    n_valid: int

    @property
    def degrees(self) -> tuple[int, int]:
        """Degree of the polynomials of ln α and ln β."""
        return len(self.log_alpha) - 1, len(self.log_beta) - 1


@method("beta-binomial-norms", 1, rows=("ages", "raws", "weights"))
def beta_binomial_norms(
    ages: ArrayLike, raws: ArrayLike, *, highest: int, weights: ArrayLike | None = None, degrees: tuple[int, int] | None = None
) -> BetaBinomialNorms:
    """Fit norms over age to sum scores 0 to `highest`.

    ages, raws, weights float64[n]; NaN is missing. Without `degrees` (of ln α and ln β, 0 to 3) those with the smallest BIC are taken. A
    degree stays below the number of ages. At least 100 persons. Source: Lenhard & Lenhard 2021 (beta-binomial norming).
    Raises NotASumScore, NumberOutsideBounds, NotNumbers, NotAColumn, UnequalColumns, BeyondMeasure.

    >>> even = beta_binomial_norms(np.tile([8.0, 9.0], 60), np.repeat(np.arange(10), 12), highest=9, degrees=(0, 0))
    >>> [round(float(np.exp(each[0])), 3) for each in (even.log_alpha, even.log_beta)]  # every score as often: α = β = 1
    [1.0, 1.0]
    """
    a_most, b_most = (HIGHEST_DEGREE, HIGHEST_DEGREE) if degrees is None else degrees
    for degree in (a_most, b_most):
        if degree not in range(HIGHEST_DEGREE + 1):
            raise NumberOutsideBounds(of="norms", field="degree", value=degree, low=0, high=HIGHEST_DEGREE)
    known, age, raw, weight = checked(ages, raws, weights, highest)
    n, n_valid = len(known), len(age)
    if n_valid < FEWEST:
        return _none(NoNorms.TOO_FEW_PERSONS, highest, n, n_valid)
    if raw.min() == raw.max():
        return _none(NoNorms.NO_VARIANCE, highest, n, n_valid)
    sample = gathered(age, raw, weight, highest)
    most = len(np.unique(sample.x)) - 1
    a_most, b_most = min(a_most, most), min(b_most, most)
    tried = list(product(range(a_most + 1), range(b_most + 1))) if degrees is None else [(a_most, b_most)]
    best, value, chosen = _best(sample, tried)
    logs = np.concatenate(log_parameters(best, chosen, np.linspace(sample.x[0], sample.x[-1], AGES_LOOKED_AT)))
    if np.abs(logs).max() > BEYOND:
        return _none(NoNorms.SPREAD_TOO_SMALL if logs.max() > BEYOND else NoNorms.SPREAD_TOO_LARGE, highest, n, n_valid)
    cut = chosen[0] + 1
    likelihood = value + fsum((sample.weights * ways(sample)).tolist())
    bic = len(best) * float(np.log(n_valid)) - 2 * likelihood
    coefficients = tuple(best[:cut].tolist()), tuple(best[cut:].tolist())
    span = float(age.min()), float(age.max())
    return BetaBinomialNorms(None, *coefficients, likelihood, bic, highest, sample.mean, sample.sd, *span, n, n_valid)


def _none(missing: NoNorms, highest: int, n: int, n_valid: int) -> BetaBinomialNorms:
    return BetaBinomialNorms(missing, (), (), None, None, highest, None, None, None, None, n, n_valid)


def checked(ages: ArrayLike, raws: ArrayLike, weights: ArrayLike | None, highest: int) -> tuple[Bools, Floats, Floats, Floats]:
    """Who counts, and the ages, raw scores and weights of these."""
    age, raw, weight = columns(ages=ages, raws=raws, weights=np.ones(np.shape(raws)) if weights is None else weights)
    sum_scores(raw, highest)
    known = weighed(weight) & ~(np.isnan(age) | np.isnan(raw))
    return known, age[known], raw[known], weight[known]


def sum_scores(raw: Floats, highest: int) -> None:
    """See that these are sum scores. Raises NotASumScore, NumberOutsideBounds."""
    if not (1 <= highest <= HIGHEST_SCORE and highest == int(highest)):
        raise NumberOutsideBounds(of="norms", field="highest", value=highest, low=1, high=HIGHEST_SCORE)
    for wrong in raw[~(np.isnan(raw) | ((raw >= 0) & (raw <= highest) & (raw == np.floor(raw))))]:
        raise NotASumScore(value=float(wrong), highest=highest)


def weighed(weight: Floats) -> Bools:
    """Who has a weight above 0. Raises NumberOutsideBounds."""
    for negative in weight[weight < 0]:
        raise NumberOutsideBounds(of="norms", field="weight", value=float(negative), low=0, high=float("inf"))
    return weight > 0


def gathered(age: Floats, raw: Floats, weight: Floats, highest: int) -> Sample:
    """Bring equal persons together; all of them count."""
    order = np.lexsort((weight, raw, age))
    age, raw, weight = age[order], raw[order], weight[order] / weight.max()
    n = len(age)
    mean = total(age) / n
    variance = total((age - mean) ** 2) / (n - 1)
    sd = sqrt(variance) if variance > NO_SPREAD else 1.0
    first = np.flatnonzero((np.diff(age, prepend=-np.inf) > 0) | (np.diff(raw, prepend=-1) != 0))
    together = np.add.reduceat(weight, first) * (n / total(weight))
    return Sample((age[first] - mean) / sd, raw[first], together, highest, mean, sd, n)


def _best(sample: Sample, tried: Sequence[tuple[int, int]]) -> tuple[Floats, float, tuple[int, int]]:
    """The fit with the smallest BIC; each starts from the even spread, the higher ones from the fit below them."""
    fits: dict[tuple[int, int], tuple[Floats, float]] = {}
    for a, b in tried:
        if (a, b - 1) in fits:
            start = np.append(fits[a, b - 1][0], 0.0)
        elif (a - 1, b) in fits:
            start = np.insert(fits[a - 1, b][0], a, 0.0)
        else:
            start = _start(sample, (a, b))
        fits[a, b] = fitted(sample, start, (a, b))
    price = float(np.log(sample.n))
    chosen = min(tried, key=lambda degrees: (sum(degrees) + 2) * price - 2 * fits[degrees][1])
    return (*fits[chosen], chosen)


def _start(sample: Sample, degrees: tuple[int, int]) -> Floats:
    """By moments, without age: p the mean share, M = α + β from the variance beyond the binomial's."""
    m = sample.highest
    mean = float(np.average(sample.raw, weights=sample.weights))
    variance = float(np.average((sample.raw - mean) ** 2, weights=sample.weights))
    p = min(max(mean / m, NEARLY), 1 - NEARLY)
    beyond = variance / (m * p * (1 - p)) - 1
    spread = np.clip((m - 1) / beyond - 1 if beyond > 0 else 100.0, 0.5, 100.0)
    point = np.zeros(sum(degrees) + 2)
    point[0], point[degrees[0] + 1] = np.log(p * spread), np.log((1 - p) * spread)
    return point


def standardised(ages: Floats, norms: BetaBinomialNorms) -> Floats:
    """Ages as x of the model; NaN outside the ages of the norm sample. Raises NormsThatAreMissing."""
    if norms.age_mean is None or norms.age_sd is None or norms.youngest is None or norms.oldest is None:
        raise NormsThatAreMissing(why=str(norms.missing))
    inside = (ages >= norms.youngest) & (ages <= norms.oldest)
    return np.where(inside, (ages - norms.age_mean) / norms.age_sd, np.nan)
