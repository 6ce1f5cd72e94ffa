"""Ordinal answers as cut up continuous ones: polychoric correlations and ordinal alpha.

A diagnostic. It describes the tendencies supposed behind the answers, not the score that the school uses, so it never feeds a standard
error (Chalmers 2018).
"""

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.special import ndtr, ndtri

from kring.core.answers import Floats
from kring.core.columns import table
from kring.core.covariances import Coefficient, WhyNot
from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method

__all__ = ["OrdinalAlpha", "Polychoric", "TooManyCategories", "WhyNot", "ordinal_alpha", "polychoric"]

MOST_CATEGORIES = 20  # with more an item is as good as continuous, and tables of pairs become empty
MOST_CORRELATION = 0.999
LEAST_ROOT = -1e-8  # an eigenvalue below this is not rounding
LEAST_SHARE = 1e-15  # what is next to impossible in the model: keeps logarithms finite
CHUNK = 1 << 12  # persons that are tabulated at once
GRID = np.clip(np.tanh(np.linspace(-3.8, 3.8, 21)), -MOST_CORRELATION, MOST_CORRELATION)
NODES, WEIGHTS = np.polynomial.legendre.leggauss(48)


@dataclass(eq=False, kw_only=True)
class TooManyCategories(CallerMistake):
    """The column takes more different values than an ordinal item has."""

    column: int
    categories: int
    most: int


@dataclass(frozen=True, slots=True, eq=False)
class Polychoric(Result):
    """Polychoric correlations of the columns `items`, and where their thresholds lie on the standard normal; `dropped` do not vary.

    `correlations` is None for the reason `why_not`. `n` persons came in, `n_valid` is the smallest number behind one correlation.
    `consistent` says whether the correlations belong together (positive semidefinite); when not, read them with care.
    """

    correlations: Floats | None
    why_not: WhyNot | None
    n: int
    n_valid: int
    thresholds: tuple[tuple[float, ...], ...] = ()
    items: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    consistent: bool | None = None


@dataclass(frozen=True, slots=True)
class OrdinalAlpha(Coefficient):
    """Alpha of the tendencies behind the answers. See Polychoric for the rest."""

    items: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    consistent: bool | None = None


@method("polychoric", 1, rows=("values",))
def polychoric(values: ArrayLike) -> Polychoric:
    """Correlations of the normal variables supposed behind ordinal items, in two steps (Olsson 1979).

    `values` [n, k], NaN for missing. Thresholds τ_c = Φ⁻¹(share up to category c) from the answers to each item; then ρ of every pair
    maximises Σ n_cd·ln P_cd(ρ) over the persons who answered both, with P the rectangles of the bivariate normal distribution; no
    continuity correction, ρ within ±.999. Raises NotNumbers, NotAColumn, BeyondMeasure, TooManyCategories.

    >>> turned = np.repeat([[1, 2], [2, 1], [1, 1], [2, 2]], [10, 10, 20, 20], axis=0)
    >>> round(float(polychoric(turned).correlations[0, 1]), 6)  # equal margins: sin(π/2·(4·share of both low - 1))
    0.5
    """
    found = table(values, "values", axes=2)
    n, k = found.shape
    categories = [np.unique(column[~np.isnan(column)]) for column in found.T]
    for column, known in enumerate(categories):
        if len(known) > MOST_CATEGORIES:
            raise TooManyCategories(column=column, categories=len(known), most=MOST_CATEGORIES)
    items = [column for column in range(k) if len(categories[column]) > 1]
    if len(items) < 2:
        return Polychoric(None, _why_not(k, found), n, 0)
    counts, places = _tables(found, items, categories)
    pairs = {(a, b): counts[places[a], places[b]] for a, b in combinations(range(len(items)), 2)}
    least = int(min(pair.sum() for pair in pairs.values()))
    if least < 2:
        return Polychoric(None, WhyNot.TOO_FEW_PERSONS, n, least)
    thresholds = [thresholds_of(np.diag(counts)[place]) for place in places]
    correlations = np.eye(len(items))
    for (a, b), pair in pairs.items():
        correlations[a, b] = correlations[b, a] = _correlation(pair, thresholds[a], thresholds[b])
    consistent = bool(np.linalg.eigvalsh(correlations)[0] >= LEAST_ROOT)
    dropped = tuple(column for column in range(k) if column not in items)
    bounds = tuple(tuple(threshold.tolist()) for threshold in thresholds)
    return Polychoric(correlations, None, n, least, bounds, tuple(items), dropped, consistent)


@method("ordinal-alpha", 1, rows=("values",))
def ordinal_alpha(values: ArrayLike) -> OrdinalAlpha:
    """Alpha on polychoric correlations, k/(k-1)·(1 - k/Σρ) (Zumbo, Gadermann & Zeisser 2007): a diagnostic, never for a standard error.

    No value where `polychoric` has none and when Σρ ≤ 0. Raises NotNumbers, NotAColumn, BeyondMeasure, TooManyCategories.

    >>> turned = np.repeat([[1, 2], [2, 1], [1, 1], [2, 2]], [10, 10, 20, 20], axis=0)
    >>> round(ordinal_alpha(turned).value, 6)  # 2·(1 - 2/3)
    0.666667
    """
    found = polychoric(values)
    if found.correlations is None:
        return OrdinalAlpha(None, found.why_not, found.n, found.n_valid)
    k, total = len(found.items), float(found.correlations.sum())
    value = k / (k - 1) * (1 - k / total) if total > 0 else None
    why_not = WhyNot.NOT_POSITIVE if value is None else None
    return OrdinalAlpha(value, why_not, found.n, found.n_valid, found.items, found.dropped, found.consistent)


def _why_not(k: int, values: Floats) -> WhyNot:
    if k < 2:
        return WhyNot.TOO_FEW_ITEMS
    most = int((~np.isnan(values)).sum(axis=0).max(initial=0))
    return WhyNot.TOO_FEW_PERSONS if most < 2 else WhyNot.NO_VARIANCE


def _tables(values: Floats, items: list[int], categories: list[Floats]) -> tuple[Floats, list[slice]]:
    """How many chose category c of one item and d of another, for all at once; and the rows of this table that are of each item."""
    ends = np.cumsum([0, *(len(categories[item]) for item in items)])
    places = [slice(first, last) for first, last in pairwise(ends.tolist())]
    counts = np.zeros((ends[-1], ends[-1]))
    for start in range(0, len(values), CHUNK):
        rows = values[start : start + CHUNK]
        chosen = np.empty((ends[-1], len(rows)), dtype=np.float32)
        for place, item in zip(places, items):
            chosen[place] = categories[item][:, None] == rows[:, item]
        counts += chosen @ chosen.T
    return counts, places


def thresholds_of(counts: Floats) -> Floats:
    """Where categories with these counts are cut on the standard normal."""
    thresholds: Floats = ndtri(np.cumsum(counts)[:-1] / counts.sum())
    return thresholds


def _correlation(counts: Floats, first: Floats, second: Floats) -> float:
    """The likeliest correlation: the best of a grid, then between its neighbours."""
    log_likelihoods = [log_likelihood(float(rho), counts, first, second) for rho in GRID]
    best = int(np.argmax(log_likelihoods))
    bounds = float(GRID[max(best - 1, 0)]), float(GRID[min(best + 1, len(GRID) - 1)])
    found = minimize_scalar(
        lambda rho: -log_likelihood(rho, counts, first, second), bounds=bounds, method="bounded", options={"xatol": 1e-10}
    )
    return float(found.x)


def log_likelihood(rho: float, counts: Floats, first: Floats, second: Floats) -> float:
    """How likely a table of counts is when the normals behind it correlate ρ and are cut at these thresholds."""
    shares = np.zeros((len(first) + 2, len(second) + 2))
    shares[1:-1, 1:-1] = below(first[:, None], second, rho)
    shares[1:-1, -1], shares[-1, 1:-1], shares[-1, -1] = ndtr(first), ndtr(second), 1.0
    rectangles = np.diff(np.diff(shares, axis=0), axis=1)
    return float(np.sum(counts * np.log(np.maximum(rectangles, LEAST_SHARE))))


def below(x: Floats, y: Floats, rho: float) -> Floats:
    """The chance that two standard normals with correlation ρ lie below x and y (Drezner & Wesolowsky 1990).

    Φ(x)Φ(y) + 1/2π·∫ exp(-(x² + y² - 2xy·sin θ)/2cos²θ) dθ from 0 to arcsin ρ, by Gauss and Legendre's rule with 48 points.
    """
    half = np.arcsin(rho) / 2
    angles = half * (NODES + 1)
    x, y = np.asarray(x)[..., None], np.asarray(y)[..., None]
    heights = np.exp(-(x * x + y * y - 2 * x * y * np.sin(angles)) / (2 * np.cos(angles) ** 2))
    found: Floats = ndtr(x[..., 0]) * ndtr(y[..., 0]) + half / (2 * np.pi) * (heights @ WEIGHTS)
    return found
