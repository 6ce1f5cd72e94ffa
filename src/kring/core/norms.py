"""Where a score lies among the norm sample: percentile rank, T-score, and the levels that Dutch schools know.

A level is a claim about all children in the country. It exists only with norms of tier 2 or 3 (`norm_tiers`), otherwise it is hidden.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from kring.core.columns import MOST, Floats, choice, columns, finite, signed
from kring.core.errors import CallerMistake
from kring.core.instruments import NumberOutsideBounds
from kring.core.norm_tiers import NormTier
from kring.core.provenance import Result, method, unordered

__all__ = [
    "EmptyNormSample",
    "Hidden",
    "LevelScheme",
    "Levels",
    "LinearT",
    "NormSample",
    "NormScores",
    "PercentileErrors",
    "levels",
    "linear_t",
    "norm_scores",
    "percentile_errors",
]

NO_LEVEL = -1
NOISE = 1e-9  # of a percentile: rounding of weighted sums; two ranks in a sample of ten million still lie 5000 times further apart

Codes = NDArray[np.int8]


class LevelScheme(StrEnum):
    """A way to cut percentile ranks into levels."""

    CITO_I_V = "Cito I-V"
    CITO_A_E = "Cito A-E"
    STANINE = "stanine"


# Names from low to high, and the percentile ranks from which each but the lowest begins (methods.md A.2).
SCHEMES: dict[LevelScheme, tuple[tuple[str, ...], tuple[int, ...]]] = {
    LevelScheme.CITO_I_V: (("V", "IV", "III", "II", "I"), (20, 40, 60, 80)),
    LevelScheme.CITO_A_E: (("E", "D", "C", "B", "A"), (10, 25, 50, 75)),
    LevelScheme.STANINE: (tuple("123456789"), (4, 11, 23, 40, 60, 77, 89, 96)),
}


class Hidden(StrEnum):
    """Why there are no levels."""

    NO_NORMS = "no norms"
    OWN_SCHOOL_ONLY = "own school only"


@dataclass(eq=False, kw_only=True)
class EmptyNormSample(CallerMistake):
    """A norm sample has at least one person with a score and a weight above 0."""

    n: int


@dataclass(frozen=True, slots=True, eq=False)
class NormSample:
    """The scores of a norm sample, float64[n], NaN missing, with weights (`weighting.rake`) where it has them; persons in any order."""

    scores: ArrayLike
    weights: ArrayLike | None = None

    def known(self) -> tuple[Floats, Floats]:
        """Give the scores, sorted, and the weights of who counts.

        Raises EmptyNormSample, NumberOutsideBounds (a negative weight), NotAColumn, BeyondMeasure, UnequalColumns.
        """
        (scores,) = columns(scores=self.scores)
        scores, weights = columns(scores=scores, weights=np.ones(len(scores)) if self.weights is None else self.weights)
        for weight in weights[weights < 0]:
            raise NumberOutsideBounds(of="norm sample", field="weight", value=float(weight), low=0, high=float("inf"))
        counted = ~np.isnan(scores) & (weights > 0)
        if not counted.any():
            raise EmptyNormSample(n=len(scores))
        order = np.lexsort((weights[counted], scores[counted]))
        return scores[counted][order], weights[counted][order]

    def fingerprint(self) -> bytes:
        """Its written form, the same for any order of persons."""
        return unordered([None if each is None else np.asarray(each, dtype=np.float64) for each in (self.scores, self.weights)])


@dataclass(frozen=True, slots=True, eq=False)
class NormScores(Result):
    """Percentile ranks (0 to 100) and T-scores, float64[n], NaN without a score; high is favourable.

    n: scores; n_valid: those there are; `norm_n` persons in the norm sample, of whom `norm_n_valid` counted.
    """

    percentile_rank: Floats
    t: Floats
    norm_n: int
    norm_n_valid: int
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class LinearT(Result):
    """T-scores float64[n] (mean 50, sd 10 in the norm), NaN without a score; n: scores; n_valid: those there are."""

    t: Floats
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class Levels(Result):
    """Levels int8[n] as places in `names` (low to high), -1 without a percentile rank; None as a whole where `hidden` says why.

    n: percentile ranks; n_valid: those that got a level. `provisional`: the text "voorlopig" stands beside each.
    """

    level: Codes | None
    names: tuple[str, ...]
    hidden: Hidden | None
    provisional: bool
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class PercentileErrors(Result):
    """How far percentile ranks may be off because the norm sample is a sample, in percentile points; float64[n], NaN where unknown.

    `low` and `high` bound the band at confidence `level`. n: percentile ranks; n_valid: those there are.
    """

    se: Floats
    low: Floats
    high: Floats
    level: float
    n: int
    n_valid: int


@method("norm-scores", 1, rows=("scores",), data=("norm",))
def norm_scores(scores: ArrayLike, norm: NormSample, *, direction: int = 1) -> NormScores:
    """Give percentile ranks and normalised T-scores of scores float64[n] (NaN is no score) in a norm sample.

    PR(x) = 100·(#{r < x} + ½·#{r = x})/n in the favourable direction, or the same with sums of weights. T = 50 + 10·Φ⁻¹(PR/100), PR/100
    held within ½/n and 1 - ½/n, n persons. Raises EmptyNormSample, NotASign, NumberOutsideBounds, NotAColumn, BeyondMeasure.

    >>> sample = NormSample([8, 9, 9, 10, 11, 11, 11, 12, 13, 14, 15, 16])
    >>> found = norm_scores([8, 11, 16], sample)
    >>> [round(float(pr), 4) for pr in found.percentile_rank], [round(float(t), 6) for t in found.t]
    ([4.1667, 45.8333, 95.8333], [32.683356, 48.953665, 67.316644])
    """
    (given,) = columns(scores=scores)
    known, weights = norm.known()
    lower, upper = shares_on_both_sides(given, known, weights)
    if signed(direction) < 0:
        lower, upper = upper, lower
    rank = 100 * lower / (lower + upper)
    t = normalised_t(lower / (lower + upper), upper / (lower + upper), n=len(known))
    return NormScores(rank, t, int(np.size(norm.scores)), len(known), len(given), int((~np.isnan(given)).sum()))


def shares_on_both_sides(given: Floats, known: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Twice the weight below and above each value, ties half on each side: float64[n], NaN for NaN. `known` is sorted."""
    sums = np.concatenate([[0.0], weights.cumsum()])
    below, up_to = sums[np.searchsorted(known, given, "left")], sums[np.searchsorted(known, given, "right")]
    missing = np.isnan(given)
    return np.where(missing, np.nan, below + up_to), np.where(missing, np.nan, 2 * sums[-1] - below - up_to)


def normalised_t(lower: Floats, upper: Floats, *, n: float) -> Floats:
    """T of a share `lower` below and `upper` = 1 - lower above, not further out than half a person of n."""
    inside = np.minimum(np.maximum(np.fmin(lower, upper), 0.5 / n), 0.5)
    t: Floats = 50 + 10 * np.where(lower < upper, 1.0, -1.0) * ndtri(inside)
    return np.where(np.isnan(lower), np.nan, t)


@method("linear-t", 1, rows=("scores",))
def linear_t(scores: ArrayLike, *, mean: float, sd: float, direction: int = 1) -> LinearT:
    """Give T = 50 + 10·(x - M)/SD in the favourable direction, for norms that say that they are linear.

    scores float64[n], NaN is no score; mean and sd of the norm. Raises NumberOutsideBounds (sd not above 0), NotASign, BeyondMeasure.

    >>> [float(t) for t in linear_t([42.0, 49.0], mean=42.0, sd=7.0).t]
    [50.0, 60.0]
    """
    (given,) = columns(scores=scores)
    if not finite(sd, "sd") > 1 / MOST:
        raise NumberOutsideBounds(of="linear T", field="sd", value=sd, low=0, high=float("inf"))
    return LinearT(50 + 10 * signed(direction) * (given - finite(mean, "mean")) / sd, len(given), int((~np.isnan(given)).sum()))


@method("levels", 1, rows=("percentile_ranks",))
def levels(percentile_ranks: ArrayLike, *, scheme: LevelScheme, tier: NormTier) -> Levels:
    """Cut percentile ranks float64[n] (favourable, NaN unknown) into levels; the bound itself belongs to the higher one.

    Ranks are not rounded first: 79.9 is II and 80 is I, 3.9 is stanine 1 and 4 is 2. Below tier 2 there are no levels.
    Raises NumberOutsideBounds (a rank outside 0 to 100), NotAColumn, NotAChoice.

    >>> from kring.core.norm_tiers import NormTier
    >>> found = levels([79.9, 80.0, 3.9], scheme=LevelScheme.CITO_I_V, tier=NormTier.NORM)
    >>> [found.names[place] for place in found.level]
    ['II', 'I', 'V']
    """
    ranks = _ranks(percentile_ranks)
    names, bounds = SCHEMES[choice(scheme, LevelScheme)]
    if choice(tier, NormTier) < NormTier.PROVISIONAL:
        hidden = Hidden.OWN_SCHOOL_ONLY if tier is NormTier.OWN_REFERENCE else Hidden.NO_NORMS
        return Levels(None, names, hidden, provisional=False, n=len(ranks), n_valid=0)
    place = np.searchsorted(np.array(bounds) - NOISE, ranks, "right")
    level = np.where(np.isnan(ranks), NO_LEVEL, place).astype(np.int8)
    provisional = tier is NormTier.PROVISIONAL
    return Levels(level, names, None, provisional=provisional, n=len(ranks), n_valid=int((level >= 0).sum()))


@method("percentile-errors", 1, rows=("percentile_ranks",))
def percentile_errors(percentile_ranks: ArrayLike, *, effective_n: float, level: float = 0.90) -> PercentileErrors:
    """Say how sure percentile ranks float64[n] are, given how many independent persons the norm sample is worth.

    se = 100·√(p(1 - p)/n_eff); the band is Wilson's (1927), which stays within 0 and 100 and does not vanish at the ends.
    Raises NumberOutsideBounds (n_eff not above 0, a level or rank outside its range), NotAColumn.

    >>> round(float(percentile_errors([10.0], effective_n=400).se[0]), 6)
    1.5
    """
    ranks = _ranks(percentile_ranks)
    if not finite(effective_n, "effective_n") > 1 / MOST:
        raise NumberOutsideBounds(of="norm sample", field="effective_n", value=effective_n, low=0, high=float("inf"))
    if not 0 < level < 1:
        raise NumberOutsideBounds(of="band", field="level", value=level, low=0, high=1)
    p, z = ranks / 100, float(ndtri((1 + level) / 2))
    shrink, variance = 1 + z * z / effective_n, p * (1 - p) / effective_n
    centre, half = (p + z * z / (2 * effective_n)) / shrink, z / shrink * np.sqrt(variance + (z / (2 * effective_n)) ** 2)
    low, high = np.clip(100 * (centre - half), 0, ranks), np.clip(100 * (centre + half), ranks, 100)
    return PercentileErrors(100 * np.sqrt(variance), low, high, level, len(ranks), int((~np.isnan(ranks)).sum()))


def _ranks(percentile_ranks: ArrayLike) -> Floats:
    (ranks,) = columns(percentile_ranks=percentile_ranks)
    for wrong in ranks[(ranks < 0) | (ranks > 100)]:
        raise NumberOutsideBounds(of="percentile rank", field="percentile_rank", value=float(wrong), low=0, high=100)
    return ranks
