"""What chance alone gives: the number of choices received when every nominator chooses blindly.

Nominator i with k_i choices from a list of N names chooses each classmate with p_i = k_i / (N - 1); the number that pupil j receives is
then Poisson-binomial over the nominators other than j. Source: Newcomb & Bukowski 1983, with each nominator's own rate.
"""

from dataclasses import dataclass

import numpy as np

from kring.core.sociometry.rates import NOTHING, Bools, Floats, Ints, listed_or_all

RARE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """Choices received beside what chance gives, all (..., n).

    at_least: P(X ≥ observed); at_most: P(X ≤ observed); low and high: 5th and 95th percentile of X.
    """

    observed: Ints
    expected: Floats
    at_least: Floats
    at_most: Floats
    low: Ints
    high: Ints

    @property
    def rarely_more(self) -> Bools:
        """Chance gives this many or more at most once in twenty."""
        return self.at_least <= RARE + NOTHING

    @property
    def rarely_less(self) -> Bools:
        """Chance gives this few or fewer at most once in twenty."""
        return self.at_most <= RARE + NOTHING


def chance(observed: Ints, choices_given: Ints, nominators: Bools, listed: Bools | None = None) -> Chance:
    """Compare the choices received, int (..., n), with blind choosing at each nominator's own rate."""
    here = listed_or_all(nominators, listed)
    rates = choice_rates(choices_given, nominators, here)
    pmf = poisson_binomial(rates)
    below = np.cumsum(pmf, axis=-1)
    cell = np.minimum(observed, pmf.shape[-1] - 1)[..., None]
    return Chance(
        observed=observed,
        expected=rates.sum(axis=-2),
        at_least=np.take_along_axis(np.cumsum(pmf[..., ::-1], axis=-1)[..., ::-1], cell, axis=-1)[..., 0],
        at_most=np.take_along_axis(below, cell, axis=-1)[..., 0],
        low=(below < RARE - NOTHING).sum(axis=-1, dtype=np.int64),
        high=(below < 1 - RARE - NOTHING).sum(axis=-1, dtype=np.int64),
    )


def choice_rates(choices_given: Ints, nominators: Bools, listed: Bools) -> Floats:
    """Give the chance that nominator i blindly chooses pupil j, float (..., n, n): k_i / (N - 1), and 0 for oneself."""
    others = np.maximum(listed.sum(axis=-1, keepdims=True) - 1, 1)
    rate = np.where(nominators, np.minimum(choices_given / others, 1.0), 0.0)
    open_to = listed[..., None, :] & ~np.eye(listed.shape[-1], dtype=np.bool_)
    return rate[..., :, None] * open_to


def poisson_binomial(rates: Floats) -> Floats:
    """Distribution of the number of successes over the rates on the second-last axis: (..., n, m) → (..., m, n + 1).

    By convolution, f ← f * (1 - p, p), one rate after the other; exact to rounding.
    """
    n = rates.shape[-2]
    pmf = np.zeros((*rates.shape[:-2], rates.shape[-1], n + 1))
    pmf[..., 0] = 1.0
    for i in range(n):
        p = rates[..., i, :, None]
        moved = pmf[..., : i + 1] * p
        pmf[..., : i + 1] *= 1 - p
        pmf[..., 1 : i + 2] += moved
    return pmf
