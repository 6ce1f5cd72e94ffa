"""Scale scores: reversal, missing answers and the percentage of what is possible.

One implementation over arrays pupils × items serves one pupil and a million. A score follows from the answers of that row and from
fixed facts of the instrument alone: whatever other rows stand in the array, not a single bit of it changes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.answers import Answers, Missing
from kring.core.errors import CallerMistake
from kring.core.instruments import Instrument, Scale

PRORATED = "mean-prorated/1"
TWO_WAY = "mean-two-way-reference/1"


@dataclass(eq=False, kw_only=True)
class ItemNotAsked(CallerMistake):
    """The answers have no column for an item that the scale counts."""

    scale: str
    item: str


@dataclass(eq=False, kw_only=True)
class ItemMeansOfAnotherScale(CallerMistake):
    """There must be one mean per item of the scale, each within the range of its answers."""

    scale: str
    items: int
    means: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ScaleScores:
    """Scores of n persons on one scale; NaN in `mean`, `sum` and `pomp` is "no score".

    `mean` in points of one item, `sum` in points of all shown items, `pomp` in percent of the maximum possible. `n_shown` are the items
    that count for the person, `n_valid` those answered. `method` names how missing answers were treated, with its version.
    """

    scale: str
    mean: NDArray[np.float64]
    sum: NDArray[np.float64]
    pomp: NDArray[np.float64]
    n_valid: NDArray[np.int64]
    n_shown: NDArray[np.int64]
    method: str

    def __len__(self) -> int:
        return len(self.mean)


def keyed_answers(answers: Answers, scale: Scale, instrument: Instrument) -> NDArray[np.float64]:
    """Answers float64[n, k] to the k items of a scale after reversal: x if the sign is +1, low + high - x if it is -1; NaN is missing.

    Raises ItemNotAsked.
    """
    low, high = instrument.range_of(scale)
    keyed: NDArray[np.float64] = answers.values[:, _columns(answers, scale)]
    for column, scaled in zip(keyed.T, scale.items):
        if scaled.sign < 0:
            np.subtract(low + high, column, out=column)
    return keyed


def _columns(answers: Answers, scale: Scale) -> list[int]:
    position = {item: column for column, item in enumerate(answers.items)}
    for scaled in scale.items:
        if scaled.item not in position:
            raise ItemNotAsked(scale=scale.key, item=scaled.item)
    return [position[scaled.item] for scaled in scale.items]


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Keyed answers float64[n, k] with 0 for missing, which are valid and which count for the person, and the range of the items."""

    known: NDArray[np.float64]
    valid: NDArray[np.bool_]
    shown: NDArray[np.bool_]
    low: int
    high: int


def _cells(answers: Answers, scale: Scale, instrument: Instrument) -> _Cells:
    reasons = answers.reasons[:, _columns(answers, scale)]
    valid: NDArray[np.bool_] = reasons == Missing.ANSWERED
    shown: NDArray[np.bool_] = (reasons != Missing.NOT_SHOWN) & (reasons != Missing.NOT_APPLICABLE)
    known: NDArray[np.float64] = np.where(valid, keyed_answers(answers, scale, instrument), 0.0)
    return _Cells(known, valid, shown, *instrument.range_of(scale))


def scale_scores(answers: Answers, scale: Scale, instrument: Instrument, *, item_means: NDArray[np.float64] | None = None) -> ScaleScores:
    """Mean of the valid keyed answers, if enough of the shown items are answered.

    k_i = items shown to person i (not shown and not applicable are taken out; at least half of the scale must remain),
    need = ceil(share·k_i - 1e-9), mean_i = Σ valid / n_valid if n_valid ≥ need else NaN, sum_i = mean_i·k_i,
    pomp_i = 100·(mean_i - low)/(high - low). POMP: Cohen, Cohen, Aiken & West 1999.

    `item_means` float64[k]: the mean of each of the k items of the scale in a reference sample, in the order of the scale, after
    reversal, in points of one item. Where they lie further apart than half the range, leaving an answer out would shift the mean: missing
    answers are then filled in as person mean + item mean - mean of the item means, within the range and not rounded (two-way imputation,
    Bernaards & Sijtsma 2000, with the column means of the reference instead of those of whoever is scored together), and `method` says so.
    Raises ItemNotAsked, ItemMeansOfAnotherScale.
    """
    cells = _cells(answers, scale, instrument)
    n_valid, n_shown = _counts(cells.valid), _counts(cells.shown)
    person_means = _ratio(_row_sums(cells.known), n_valid)
    far_apart = None if item_means is None else _far_apart(item_means, scale, cells)
    means = person_means if far_apart is None else _two_way_means(cells, person_means, n_shown, far_apart)
    mean = np.where(_enough(n_valid, n_shown, scale), means, np.nan)
    pomp = 100 * (mean - cells.low) / (cells.high - cells.low)
    return ScaleScores(scale.key, mean, mean * n_shown, pomp, n_valid, n_shown, PRORATED if far_apart is None else TWO_WAY)


def _enough(n_valid: NDArray[np.int64], n_shown: NDArray[np.int64], scale: Scale) -> NDArray[np.bool_]:
    k = len(scale.items)
    need = np.ceil(scale.share_needed * np.arange(k + 1) - 1e-9)
    enough: NDArray[np.bool_] = (n_valid >= need[n_shown]) & (2 * n_shown >= k)
    return enough


def _counts(cells: NDArray[np.bool_]) -> NDArray[np.int64]:
    counts = np.zeros(len(cells), dtype=np.int16)
    for column in cells.T:
        counts += column
    return counts.astype(np.int64)


def _row_sums(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    # Item by item: numpy's own sum over a row adds in another order for one row than for many, which shows in the last digit.
    sums = np.zeros(len(cells))
    for column in cells.T:
        sums += column
    return sums


def _ratio(sums: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    ratio = np.full(len(sums), np.nan)
    np.divide(sums, counts, out=ratio, where=counts > 0)
    return ratio


def _far_apart(item_means: NDArray[np.float64], scale: Scale, cells: _Cells) -> NDArray[np.float64] | None:
    """These means when they differ by more than half the range, otherwise None: then prorating does no harm."""
    k = len(scale.items)
    if item_means.shape != (k,) or not ((item_means >= cells.low) & (item_means <= cells.high)).all():
        raise ItemMeansOfAnotherScale(scale=scale.key, items=k, means=tuple(map(float, item_means.ravel())))
    return item_means if 2 * (item_means.max() - item_means.min()) > cells.high - cells.low + 1e-9 else None


def _two_way_means(
    cells: _Cells, person_means: NDArray[np.float64], n_shown: NDArray[np.int64], item_means: NDArray[np.float64]
) -> NDArray[np.float64]:
    expected = np.clip(person_means[:, None] + (item_means - item_means.mean()), cells.low, cells.high)
    filled = np.where(cells.valid, cells.known, np.where(cells.shown, expected, 0.0))
    return _ratio(_row_sums(filled), n_shown)
