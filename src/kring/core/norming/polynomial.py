"""A polynomial in location and age for raw scores: the best few terms, their least squares, and reading it backwards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from kring.core.columns import Bools, Floats, Ints, columns, total
from kring.core.norming.beta_binomial import weighed
from kring.core.norming.tables import HIGHEST_T, LOWEST_T
from kring.core.norms import normalised_t, shares_on_both_sides

# Methods.md B.17.
HIGHEST_POWERS = (4, 3)  # of L and of A
MOST_TERMS = 5

FEWEST_IN_GRADE = 10  # persons: fewer have no ranks worth the name, and are left out (design decision)
SAME = 1e-7  # of a term, what the other terms do not say already: with less a model says one thing twice
MOST_PERSONS = 1e9  # no rank lies further out than the first of so many
HALVINGS = 50  # of the 60 points of T
AGES_LOOKED_AT, LOCATIONS_LOOKED_AT = 101, 121
TINY = float(np.finfo(np.float64).tiny)

Term = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A norm sample, sorted: age in the middle of the grade, raw score, weight, and location L within the grade."""

    age: Floats
    raw: Floats
    weight: Floats
    location: Floats


def counted(grade_ages: ArrayLike, raws: ArrayLike, weights: ArrayLike | None) -> tuple[Bools, Floats, Floats, Floats]:
    """Who counts, and the ages, raw scores and weights (at most 1) of these."""
    age, raw, weight = columns(grade_ages=grade_ages, raws=raws, weights=np.ones(np.shape(raws)) if weights is None else weights)
    known = weighed(weight) & ~(np.isnan(age) | np.isnan(raw))
    _, at, sizes = np.unique(age[known], return_inverse=True, return_counts=True)
    known[known] = sizes[at] >= FEWEST_IN_GRADE
    return known, age[known], raw[known], weight[known] / weight[known].max(initial=TINY)


def located(age: Floats, raw: Floats, weight: Floats) -> Located:
    """Sort and give everybody a location."""
    order = np.lexsort((weight, raw, age))
    age, raw, weight = age[order], raw[order], weight[order]
    return Located(age, raw, weight, locations(age, raw, weight))


def locations(age: Floats, raw: Floats, weight: Floats) -> Floats:
    """L of each person among those of the same grade; sorted by grade and raw score."""
    found = np.empty(len(raw))
    starts = np.flatnonzero(np.diff(age, prepend=np.nan) != 0)
    for start, end in zip(starts, [*starts[1:], len(age)]):
        lower, upper = shares_on_both_sides(raw[start:end], raw[start:end], weight[start:end])
        both = lower + upper
        found[start:end] = normalised_t(lower / both, upper / both, n=MOST_PERSONS)
    return found


def models(sample: Located, highest_power: int) -> Iterator[tuple[tuple[Term, ...], float, Floats]]:
    """All models, best adjusted R² first: terms, adjusted R² and coefficients without intercept.

    The sample is brought back to a triangle with the same sums of squares, so that each model is quick.
    """
    terms = [(i, j) for i in range(HIGHEST_POWERS[0] + 1) for j in range(highest_power + 1) if i + j]
    standardised, sizes = _standardised(sample, terms)
    triangle: Floats = np.asarray(np.linalg.qr(standardised, mode="r"))
    n = len(sample.raw)
    found: list[tuple[float, tuple[int, ...]]] = []
    for size in range(1, min(MOST_TERMS, len(terms)) + 1):
        subsets = np.array(list(combinations(range(len(terms)), size)), dtype=np.int64)
        explained, alike = _explained(triangle, subsets)
        adjusted = 1 - (1 - explained) * (n - 1) / (n - 1 - size)
        found.extend(zip(adjusted[~alike].tolist(), map(tuple, subsets[~alike].tolist())))
    for adjusted_r2, chosen in sorted(found, key=lambda model: (-model[0], model[1])):
        places = list(chosen)
        slopes = np.linalg.lstsq(triangle[:, places], triangle[:, -1], rcond=None)[0]
        yield tuple(terms[place] for place in chosen), adjusted_r2, slopes * sizes[-1] / sizes[places]


def _standardised(sample: Located, terms: list[Term]) -> tuple[Floats, Floats]:
    """A column per term and one for the raw score, with weighted mean 0 and sum of squares 1, and what each was divided by.

    A column of equal values is 0.
    """
    whole = np.column_stack([*_powers(terms, sample.location, sample.age), sample.raw])
    largest = np.append(np.maximum(np.abs(whole[:, :-1]).max(axis=0), TINY), 1.0)
    share = (sample.weight / total(sample.weight))[:, None]
    whole = whole / largest
    whole = whole - (share * whole).sum(axis=0)
    spread = np.maximum(np.sqrt((share * whole**2).sum(axis=0)), TINY)
    spread[:-1][spread[:-1] < SAME] = np.inf
    return whole / spread * np.sqrt(share), largest * spread


def _explained(triangle: Floats, subsets: Ints) -> tuple[Floats, Bools]:
    """R² of each subset of terms, and whether its terms say the same."""
    each, rest = np.linalg.qr(triangle[:, subsets].transpose(1, 0, 2))
    explained = np.clip(((each.transpose(0, 2, 1) @ triangle[:, -1]) ** 2).sum(axis=1), 0.0, 1.0)
    return explained, np.abs(np.diagonal(rest, axis1=1, axis2=2)).min(axis=1) < SAME


def _powers(terms: Iterable[Term], location: Floats, age: Floats) -> list[Floats]:
    return [location**i * age**j for i, j in terms]


def regressed(sample: Located, terms: tuple[Term, ...]) -> Floats:
    """Intercept and coefficients by weighted least squares."""
    whole = np.column_stack([np.ones(len(sample.raw)), *_powers(terms, sample.location, sample.age)])
    sizes, root = np.maximum(np.abs(whole).max(axis=0), TINY), np.sqrt(sample.weight)
    found: Floats = np.linalg.lstsq(whole / sizes * root[:, None], sample.raw * root, rcond=None)[0] / sizes
    return found


def by_power(terms: tuple[Term, ...], point: Floats, age: Floats) -> list[Floats]:
    """At each age the coefficients of L to the power 0, 1 and so on."""
    found = [point[0] + np.zeros(age.shape), *(np.zeros(age.shape) for _ in range(HIGHEST_POWERS[0]))]
    for (i, j), coefficient in zip(terms, point[1:]):
        found[i] = found[i] + coefficient * age**j
    return found


def predicted(powers: list[Floats], location: Floats) -> Floats:
    """The raw score at each location."""
    found = powers[-1]
    for each in powers[-2::-1]:
        found = found * location + each
    return found


def rises(terms: tuple[Term, ...], point: Floats, youngest: float, oldest: float) -> bool:
    """Whether a higher location is a higher raw score at every age."""
    location = np.linspace(LOWEST_T, HIGHEST_T, LOCATIONS_LOOKED_AT)
    age = np.linspace(youngest, oldest, AGES_LOOKED_AT)[:, None]
    return bool((np.diff(predicted(by_power(terms, point, age), location), axis=1) > 0).all())


def inverted(terms: tuple[Term, ...], point: Floats, age: Floats, raw: Floats) -> Floats:
    """L that gives each raw score at that age, within 20 and 80, by bisection; what is given is broadcast together; NaN for NaN."""
    powers = by_power(terms, point, age)
    shape = np.broadcast_shapes(powers[0].shape, raw.shape)
    low, high = np.full(shape, LOWEST_T), np.full(shape, HIGHEST_T)
    below, above = predicted(powers, low) >= raw, predicted(powers, high) <= raw
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        over = predicted(powers, middle) > raw
        low, high = np.where(over, low, middle), np.where(over, middle, high)
    found = np.where(below, LOWEST_T, np.where(above, HIGHEST_T, (low + high) / 2))
    return np.where(np.isnan(age) | np.isnan(raw), np.nan, found)
