"""A pupil's place as numbers instead of a label, and how far the counts behind them can be trusted.

These are what two rounds are compared by: a label jumps where a number moves.
"""

from dataclasses import dataclass

import numpy as np

from kring.core.provenance import Result, method
from kring.core.sociometry.chance import against_chance
from kring.core.sociometry.nominations import Nominations, sorted_nominations
from kring.core.sociometry.rates import NOTHING, Bools, Floats, Ints, counted, refuse_both
from kring.core.sociometry.rules import TooFewHalves

__all__ = ["CountReliability", "Indices", "count_reliability", "indices"]

HALVES = 2000
TRUSTED_FROM = 0.60  # below this one round says little about one child: design decision of Kring
BATCH = 500  # divisions worked out at once


@dataclass(frozen=True, slots=True, eq=False)
class Indices(Result):
    """The continuous indices, all (..., n), NaN where nobody could choose the pupil; `n` pupils listed, `n_valid` with an index.

    acceptance: rate of positive choices received; rejection: of negative ones; preference: acceptance - rejection; impact: acceptance +
    rejection; these three are None without a negative question. expected, low and high: mean, 5th and 95th percentile of the positive
    choices received that blind choosing gives, as counts.
    """

    acceptance: Floats
    rejection: Floats | None
    preference: Floats | None
    impact: Floats | None
    expected: Floats
    low: Ints
    high: Ints
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class CountReliability(Result):
    """How well the choices received in one half of the nominators agree with those in the other half, stepped up to the whole class.

    half: mean correlation of two halves; value: 2r / (1 + r), negative when the halves contradict each other; both None when no division
    has a correlation. divisions: how many had one. `n` pupils on the list, `n_valid` nominators.
    """

    value: float | None
    half: float | None
    divisions: int
    n: int
    n_valid: int

    @property
    def says_little(self) -> bool | None:
        """Whether one round says little about one child: below .60; None when it cannot be said."""
        return None if self.value is None else self.value < TRUSTED_FROM


@method("continuous-indices", 1, data=("positive", "negative", "nominators", "listed"))
def indices(positive: Bools, negative: Bools | None, nominators: Bools, listed: Bools | None = None) -> Indices:
    """Give acceptance, rejection, preference and impact as rates, and what chance gives of the positive choices.

    Sources: Peery 1979; Bukowski e.a. 2000. Raises `UnevenTables`, `ImpossibleChoices`.

    >>> choices = np.zeros((5, 5), dtype=bool)
    >>> choices[[0, 0, 1, 2, 3], [1, 2, 0, 1, 1]] = True
    >>> found = indices(choices, None, np.array([True, True, True, True, False]))
    >>> found.acceptance.round(4).tolist(), float(found.expected[1]), int(found.high[1])
    ([0.3333, 1.0, 0.3333, 0.0, 0.0], 1.0, 2)
    """
    liked, chance = counted(positive, nominators, listed), against_chance(positive, nominators, listed)
    bounds = (chance.expected, chance.low, chance.high, liked.n, liked.n_valid)
    if negative is None:
        return Indices(liked.rate, None, None, None, *bounds)
    refuse_both(positive, negative)
    disliked = counted(negative, nominators, listed).rate
    return Indices(liked.rate, disliked, liked.rate - disliked, liked.rate + disliked, *bounds)


@method("count-reliability", 1, data=("nominations",))
def count_reliability(nominations: Nominations, *, halves: int = HALVES, seed: int = 0) -> CountReliability:
    """Divide the nominators in two at random, many times, and correlate the positive choices that each pupil receives in both halves.

    Of an odd number the second half has one more; a division in which a half gives all pupils the same number has no correlation. The
    mean r of all divisions is stepped up to 2r / (1 + r). Sources: Spearman 1910; Brown 1910; Terry 2000 for nominations.
    Raises `TooFewHalves`.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> found = count_reliability(nominations_from("ABCDE", [Edge(*pair) for pair in ("AB", "AC", "BA", "CB", "DB")], {}))
    >>> round(found.half, 6), round(found.value, 6), found.says_little
    (0.408248, 0.579796, True)
    """
    if halves < 1:
        raise TooFewHalves(halves=halves)
    ordered, _ = sorted_nominations(nominations)
    choices = ordered.positive[ordered.nominators].astype(np.float64)
    seeded, took_part = np.random.Generator(np.random.PCG64(seed)), len(choices)
    found = [_correlations(choices, _divisions(seeded, took_part, min(BATCH, halves - done))) for done in range(0, halves, BATCH)]
    known = np.concatenate([some[~np.isnan(some)] for some in found])
    half = float(known.mean()) if known.size else None
    value = None if half is None or half <= NOTHING - 1 else 2 * half / (1 + half)
    return CountReliability(value, half, len(known), len(nominations.pupils), took_part)


def _divisions(seeded: np.random.Generator, nominators: int, divisions: int) -> Bools:
    """Say who is in the first half, bool[divisions, nominators]."""
    first = np.arange(nominators) < nominators // 2
    return seeded.permuted(np.tile(first, (divisions, 1)), axis=1)


def _correlations(choices: Floats, first: Bools) -> Floats:
    """Correlate the counts of both halves over all pupils, NaN where one half gives all the same; exact until the division."""
    one = first.astype(np.float64) @ choices
    other, n = choices.sum(axis=0) - one, choices.shape[1]
    together = n * (one * other).sum(axis=1) - one.sum(axis=1) * other.sum(axis=1)
    apart = [n * (half**2).sum(axis=1) - half.sum(axis=1) ** 2 for half in (one, other)]
    spread = np.sqrt(apart[0] * apart[1])
    return np.where(spread > 0, together / np.where(spread > 0, spread, 1.0), np.nan)
