"""What chance alone gives: the number of choices received when every nominator chooses blindly.

Nominator i with k_i choices from a list of N names chooses each classmate with p_i = k_i / (N - 1); the number that pupil j receives is
then Poisson-binomial over the nominators other than j. Source: Newcomb & Bukowski 1983, with each nominator's own rate.
"""

from dataclasses import dataclass
from math import prod

import numpy as np

from kring.core.provenance import Result, method
from kring.core.sociometry.rates import NOTHING, Bools, Floats, Ints, could_choose, given, listed_or_all, refuse_impossible
from kring.core.sociometry.rules import ImpossibleLevel, ImpossibleNumberOfChoices

__all__ = ["Chance", "ClassicLimits", "chosen_by_chance", "classic_limits"]

RARE = 0.05
CHUNK = 512  # classes worked out at once, so that their distributions stay in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Chance(Result):
    """Choices received beside what chance gives, the arrays all (..., n); `n` pupils listed, `n_valid` whom somebody could choose.

    at_least: P(X ≥ observed); at_most: P(X ≤ observed); low and high: 5th and 95th percentile of X. For a place without a pupil X is 0.
    """

    observed: Ints
    expected: Floats
    at_least: Floats
    at_most: Floats
    low: Ints
    high: Ints
    n: int
    n_valid: int

    def rarely_more(self, level: float = RARE) -> Bools:
        """Chance gives this many or more with probability `level` at most; .05 is once in twenty."""
        return self.at_least <= level + NOTHING

    def rarely_less(self, level: float = RARE) -> Bools:
        """Chance gives this few or fewer with probability `level` at most."""
        return self.at_most <= level + NOTHING


@dataclass(frozen=True, slots=True)
class ClassicLimits(Result):
    """From how many choices chance rarely gives so many, up to how many it rarely gives so few; None when no number is that rare.

    `n` and `n_valid`: pupils on the list, who all take part.
    """

    often_from: int | None
    seldom_up_to: int | None
    n: int
    n_valid: int


@method("choices-against-chance", 1, data=("choices", "nominators", "listed"))
def chosen_by_chance(choices: Bools, nominators: Bools, listed: Bools | None = None, *, choices_each: int | None = None) -> Chance:
    """Compare the choices received with blind choosing, at each nominator's own rate or as if each had `choices_each` choices.

    `choices` is (..., n, n). Sources: Newcomb & Bukowski 1983; Feller 1968 for the distribution. Raises `UnevenTables`,
    `ImpossibleChoices`, `ImpossibleNumberOfChoices`.

    A chooses two of four classmates, C and D one each, so B is chosen by all three with probability 1/2 · 1/4 · 1/4:

    >>> choices = np.zeros((5, 5), dtype=bool)
    >>> choices[[0, 0, 1, 2, 3], [1, 2, 0, 1, 1]] = True
    >>> found = chosen_by_chance(choices, np.array([True, True, True, True, False]))
    >>> float(found.at_least[1]), float(found.expected[1])
    (0.03125, 1.0)
    """
    return against_chance(choices, nominators, listed, choices_each=choices_each)


@method("classic-limits", 1)
def classic_limits(listed: int, *, choices_each: int, level: float = RARE) -> ClassicLimits:
    """Give the limits of a class in which everybody takes part and gives `choices_each` choices: X ~ B(N - 1, k / (N - 1)).

    For liking and disliking together `choices_each` is the sum of both. Source: Newcomb & Bukowski 1983.
    Raises `ImpossibleNumberOfChoices`, `ImpossibleLevel`.

    >>> classic_limits(26, choices_each=3).often_from, classic_limits(26, choices_each=6).seldom_up_to
    (7, 2)
    """
    refuse_level(level)
    if not 1 <= choices_each < listed:
        raise ImpossibleNumberOfChoices(choices_each=choices_each, listed=listed)
    pmf = poisson_binomial(np.full((listed - 1, 1), choices_each / (listed - 1)))[:, 0]
    often = np.flatnonzero(np.cumsum(pmf[::-1])[::-1] <= level + NOTHING)
    seldom = np.flatnonzero(np.cumsum(pmf) <= level + NOTHING)
    return ClassicLimits(int(often[0]) if often.size else None, int(seldom[-1]) if seldom.size else None, listed, listed)


def against_chance(
    choices: Bools, nominators: Bools, listed: Bools | None = None, *, choices_each: int | None = None, kinds: int = 1
) -> Chance:
    """Compare as `chosen_by_chance` does, without provenance: for what is built on it. `kinds`: 2 for liking and disliking together."""
    here = listed_or_all(nominators, listed)
    refuse_impossible(choices, nominators, here)
    if choices_each is not None:
        _refuse_number(choices_each, nominators, here)
    rates = choice_rates(given(choices) if choices_each is None else kinds * choices_each, nominators, here)
    observed = choices.sum(axis=-2, dtype=np.int64)
    n_valid = int((could_choose(nominators, here) > 0).sum())
    return Chance(observed, *_in_pieces(observed, rates, here), int(here.sum()), n_valid)


def choice_rates(choices_each: Ints | int, nominators: Bools, listed: Bools) -> Floats:
    """Give the chance that a nominator blindly chooses one given classmate, float (..., n): k_i / (N - 1), at most 1."""
    others = np.maximum(listed.sum(axis=-1, keepdims=True) - 1, 1)
    return np.where(nominators, np.minimum(choices_each / others, 1.0), 0.0)


def poisson_binomial(rates: Floats) -> Floats:
    """Distribution of the number of successes over the rates on the first axis: (n, m) → (n + 1, m).

    By convolution, f ← f * (1 - p, p), one rate after the other; exact to rounding.
    """
    pmf = np.zeros((len(rates) + 1, rates.shape[1]))
    pmf[0] = 1.0
    for i, p in enumerate(rates):
        moved = pmf[: i + 1] * p
        pmf[: i + 1] -= moved
        pmf[1 : i + 2] += moved
    return pmf


def refuse_level(level: float) -> None:
    """Refuse a level that is no probability between 0 and 1."""
    if not 0 < level < 1:
        raise ImpossibleLevel(level=level)


def _refuse_number(choices_each: int, nominators: Bools, listed: Bools) -> None:
    """Refuse a number of choices that a pupil who took part cannot give: none, or more than there are classmates."""
    sizes = listed.sum(axis=-1)[nominators.any(axis=-1)]
    smallest = int(sizes[sizes > 1].min(initial=listed.shape[-1]))
    if not 1 <= choices_each < smallest:
        raise ImpossibleNumberOfChoices(choices_each=choices_each, listed=smallest)


def _in_pieces(observed: Ints, rates: Floats, listed: Bools) -> tuple[Floats, Floats, Floats, Ints, Ints]:
    """Work out what `_compared` gives, some classes at a time; all (..., n)."""
    flat = prod(observed.shape[:-1]), observed.shape[-1]
    starts = range(0, max(flat[0], 1), CHUNK)
    pieces = [
        _compared(observed.reshape(flat)[i : i + CHUNK], rates.reshape(flat)[i : i + CHUNK], listed.reshape(flat)[i : i + CHUNK])
        for i in starts
    ]
    expected, at_least, at_most, low, high = (np.concatenate(parts).reshape(observed.shape) for parts in zip(*pieces, strict=True))
    return expected, at_least, at_most, low, high


def _compared(observed: Ints, rates: Floats, listed: Bools) -> tuple[Floats, Floats, Floats, Ints, Ints]:
    """Give expected, at least, at most, low and high of some classes, each (classes, n).

    All pupils of one class with the same rate of their own meet the same nominators, so each distribution is worked out once for each
    different rate in a class. Rates come in order of size: the order of the list changes no bit.
    """
    classes, n = rates.shape
    if not n:
        return rates, rates, rates, observed, observed
    order = np.argsort(rates, axis=-1, kind="stable")
    sized = np.take_along_axis(rates, order, axis=-1)
    first = np.ones((classes, n), dtype=np.bool_)
    first[:, 1:] = sized[:, 1:] != sized[:, :-1]
    case = np.empty((classes, n), dtype=np.intp)
    np.put_along_axis(case, order, (np.cumsum(first) - 1).reshape(classes, n), axis=-1)
    of_class, own = np.nonzero(first)
    met = sized[of_class].T.copy()
    met[own, np.arange(len(own))] = 0.0
    pmf = poisson_binomial(met)
    below, above = np.cumsum(pmf, axis=0), np.cumsum(pmf[::-1], axis=0)[::-1]
    here = [np.minimum(table, 1.0)[observed, case] for table in (above, below)]
    bounds = [(below < bound - NOTHING).sum(axis=0)[case] for bound in (RARE, 1 - RARE)]
    return (
        np.where(listed, np.cumsum(met, axis=0)[-1][case], 0.0),
        np.where(listed, here[0], 1.0),
        np.where(listed, here[1], 1.0),
        np.where(listed, bounds[0], 0),
        np.where(listed, bounds[1], 0),
    )
