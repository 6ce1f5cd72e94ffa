"""Whether single items fit a calibrated model: S-X² per item, and Q3 for two items that share more than the trait."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from kring.core.columns import Floats, Ints
from kring.core.irt.curves import NODES, WEIGHTS, Places, places_of
from kring.core.irt.designs import places_and_parameters
from kring.core.irt.items import Calibration, GradedItem
from kring.core.irt.model_fit import GOOD_RMSEA, LEAST_COMPLETE, rmsea
from kring.core.irt.persons import answer_patterns, estimates, sum_probabilities
from kring.core.provenance import Result, method

__all__ = ["DependentPair", "ItemFit", "ItemFits", "LocalDependence", "item_fits", "local_dependence"]

LEAST_EXPECTED = 1.0  # persons expected in a cell (Orlando & Thissen 2000)
DEPENDENT_ABOVE = 0.20  # Q3 above its mean (Christensen, Makransky & Horton 2017)


@dataclass(frozen=True, slots=True)
class ItemFit:
    """S-X² of the item in `column`; None where no degrees of freedom are left.

    Judged by `rmsea`: with many persons p finds misfit in any item.
    """

    column: int
    value: float | None
    df: int
    p: float | None
    rmsea: float | None

    @property
    def misfit(self) -> bool | None:
        """Whether RMSEA is above .06."""
        return None if self.rmsea is None else self.rmsea > GOOD_RMSEA


@dataclass(frozen=True, slots=True, eq=False)
class ItemFits(Result):
    """S-X² of every item. `n` persons, `n_valid` those who answered all items. No `items` when the calibration did not converge."""

    items: tuple[ItemFit, ...]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class DependentPair:
    """Two columns whose answers agree more than the trait explains: `q3`, and how far that is above the mean of all pairs."""

    first: int
    second: int
    q3: float
    above_mean: float


@dataclass(frozen=True, slots=True, eq=False)
class LocalDependence(Result):
    """Correlations of what the trait leaves unexplained: `q3` float64[k, k] in the order of the items.

    NaN where unknown and on the diagonal. `mean` of all pairs (about -1/(k - 1)), None when no pair is known; `pairs` those more than .20
    above it, highest first. `n` persons, `n_valid` those with an answer.
    """

    q3: Floats
    mean: float | None
    pairs: tuple[DependentPair, ...]
    n: int
    n_valid: int


@method("item-fit", 1, rows=("answers",))
def item_fits(answers: Floats, calibration: Calibration) -> ItemFits:
    """Fit of each item: observed against expected answers of the persons with the same sum score (S-X²).

    S-X² = Σ (O - E)²/E over sum scores and categories, E by the Lord-Wingersky recursion, df = cells - sum scores - estimated parameters
    of the item, RMSEA = √(max(S-X² - df, 0)/(df·(n - 1))), misfit above .06. Sum scores with which a category is impossible join the
    nearest with which none is; neighbouring categories join until 1 person is expected. Complete rows only, at least 100. Source: Orlando &
    Thissen 2000; Kang & Chen 2008. Raises NothingCalibrated and what abilities raises.

    >>> from kring.core.irt import rasch_by_mml
    >>> ladder = np.tril(np.ones((6, 5)), -1)
    >>> answers = np.concatenate([np.repeat(ladder, 100, axis=0), np.repeat(1 - ladder, 60, axis=0)])
    >>> found = item_fits(answers, rasch_by_mml(answers))
    >>> found.n_valid, found.items[2].df, found.items[2].misfit
    (960, 3, True)
    """
    different = answer_patterns(answers, calibration)
    complete = (different.categories >= 0).all(axis=1)
    rows, counts = different.categories[complete], different.counts[complete]
    n, n_valid = len(different.of_person), int(counts.sum())
    if not calibration.converged or n_valid < LEAST_COMPLETE:
        return ItemFits((), n, n_valid)
    places, parameters = places_and_parameters(calibration)
    probabilities = np.exp(places.log_probabilities(parameters, NODES))
    items = [fit_of(j, item, places, probabilities, rows, counts, free_of(item, calibration)) for j, item in enumerate(calibration.items)]
    return ItemFits(tuple(items), n, n_valid)


def free_of(item: GradedItem, calibration: Calibration) -> int:
    """How many parameters of the item were estimated."""
    return 0 if item.column in calibration.fixed else len(item.codes) - calibration.common_slope


def fit_of(j: int, item: GradedItem, places: Places, probabilities: Floats, rows: Ints, counts: Ints, free: int) -> ItemFit:
    """S-X² of one item."""
    observed, shares = tables(j, places, probabilities, rows, counts)
    expected = shares * observed.sum(axis=1, keepdims=True)
    possible = np.flatnonzero((shares > 0).all(axis=1))
    cells = []
    if len(possible):
        low, high = possible[0], possible[-1]
        cells = [each for o, e in zip(folded(observed, low, high), folded(expected, low, high)) for each in joined(o, e)]
    df = sum(cell.more for cell in cells) - free
    if df < 1:
        return ItemFit(item.column, None, df, None, None)
    value = float(sum((cell.observed - cell.expected) ** 2 / cell.expected for cell in cells))
    return ItemFit(item.column, value, df, float(chdtrc(df, value)), rmsea(value, df, int(counts.sum())))


def tables(j: int, places: Places, probabilities: Floats, rows: Ints, counts: Ints) -> tuple[Floats, Floats]:
    """Persons by sum score and category of item j, and the expected share of each category within a sum score (0: impossible).

    Without the lowest and the highest sum, which leave nothing open.
    """
    size, start = places.sizes[j], places.starts[j]
    others = np.delete(np.arange(places.total), np.s_[start : start + size])
    sizes = [each for place, each in enumerate(places.sizes) if place != j]
    rest = sum_probabilities(places_of(sizes), probabilities[others], [np.arange(each) for each in sizes])
    expected = np.zeros((len(rest) + size - 1, size))
    for category in range(size):
        expected[category : category + len(rest), category] = rest @ (probabilities[start + category] * WEIGHTS)
    observed = np.zeros_like(expected)
    np.add.at(observed, (rows.sum(axis=1), rows[:, j]), counts)
    between = slice(1, -1)
    return observed[between], expected[between] / expected[between].sum(axis=1, keepdims=True)


def folded(table: Floats, low: np.intp, high: np.intp) -> Floats:
    """Add the rows outside low … high to the nearest inside."""
    inside = table[low : high + 1].copy()
    inside[0] += table[:low].sum(axis=0)
    inside[-1] += table[high + 1 :].sum(axis=0)
    return inside


@dataclass(frozen=True, slots=True)
class Cell:
    """Joined neighbouring categories within a sum score; `more` is 0 for the first of its row, which follows from the others."""

    observed: float
    expected: float
    more: int


def joined(observed: Floats, expected: Floats) -> list[Cell]:
    """Join neighbouring categories from the lowest until enough persons are expected; what is left joins the last."""
    cells: list[Cell] = []
    seen = awaited = 0.0
    for o, e in zip(observed.tolist(), expected.tolist()):
        seen, awaited = seen + o, awaited + e
        if awaited >= LEAST_EXPECTED:
            cells.append(Cell(seen, awaited, int(bool(cells))))
            seen = awaited = 0.0
    if cells and awaited:
        last = cells.pop()
        cells.append(Cell(last.observed + seen, last.expected + awaited, last.more))
    return cells


@method("local-dependence", 1, rows=("answers",))
def local_dependence(answers: Floats, calibration: Calibration) -> LocalDependence:
    """Q3: whether two items agree more than the trait explains, as two questions in nearly the same words do.

    The correlation over persons of x - E(x | θ̂), x the number of the category and θ̂ the EAP; a pair is dependent when it is more than .20
    above the mean of all pairs. Persons who answered both items. Source: Yen 1984; Christensen, Makransky & Horton 2017. Raises
    NothingCalibrated and what abilities raises.

    >>> answers = np.repeat([[0.0, 0, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 1, 1], [1, 1, 0, 1]], [90, 60, 60, 90, 5], axis=0)
    >>> from kring.core.irt import rasch_by_mml
    >>> [(pair.first, pair.second) for pair in local_dependence(answers, rasch_by_mml(answers)).pairs]
    [(0, 1), (2, 3)]
    """
    different = answer_patterns(answers, calibration)
    places, parameters = places_and_parameters(calibration)
    theta, _ = estimates(different, calibration)
    curves = np.exp(places.log_probabilities(parameters, (theta - calibration.mean) / calibration.sd))
    expected = np.add.reduceat(curves * places.scores[:, None], places.starts, axis=0).T
    known = different.categories >= 0
    q3 = correlations(np.where(known, different.categories - expected, 0.0), known, different.counts)
    first, second = np.triu_indices(len(q3), 1)
    values = q3[first, second]
    mean = None if np.isnan(values).all() else float(np.nanmean(values))
    columns = [item.column for item in calibration.items]
    pairs = [
        DependentPair(columns[i], columns[j], float(value), float(value) - mean)
        for i, j, value in zip(first, second, values)
        if mean is not None and value - mean > DEPENDENT_ABOVE
    ]
    pairs.sort(key=lambda pair: (-pair.q3, pair.first, pair.second))
    return LocalDependence(q3, mean, tuple(pairs), len(different.of_person), int(different.counts[known.any(axis=1)].sum()))


def correlations(residuals: Floats, known: NDArray[np.bool_], counts: Ints) -> Floats:
    """Correlations over persons who answered both, NaN where there is no variance; residuals are 0 where unknown."""
    there, weighted = known.astype(np.float64), residuals * counts[:, None]
    n = (there * counts[:, None]).T @ there
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = weighted.T @ there / n  # of the row's item, among those who answered the column's item too
        spread = (weighted * residuals).T @ there / n - mean**2
        correlation: Floats = (weighted.T @ residuals / n - mean * mean.T) / np.sqrt(spread * spread.T)
    correlation[~((spread > 0) & (spread.T > 0)) | np.eye(len(n), dtype=bool)] = np.nan
    return correlation
