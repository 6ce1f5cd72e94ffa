"""Scale scores: reversal, missing answers and the percentage of what is possible.

One implementation over arrays pupils × items serves one pupil and a million; each row is scored alike wherever it stands.
Sums of whole codes are exact, so the order of the rows does not change a single bit.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kring.core.answers import Answers, Missing
from kring.core.errors import BrokenRule
from kring.core.instruments import Instrument, Scale

PRORATED = "mean-prorated/1"
TWO_WAY = "mean-two-way/1"


@dataclass(eq=False, kw_only=True)
class ItemNotAsked(BrokenRule):
    """The answers have no column for an item that the scale counts."""

    scale: str
    item: str


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
    signs = np.array([scaled.sign for scaled in scale.items], dtype=np.float64)
    keyed: NDArray[np.float64] = np.take(answers.values, _columns(answers, scale), axis=1)
    keyed *= signs
    keyed += np.where(signs < 0, low + high, 0)
    return keyed


def _columns(answers: Answers, scale: Scale) -> list[int]:
    position = {item: column for column, item in enumerate(answers.items)}
    for scaled in scale.items:
        if scaled.item not in position:
            raise ItemNotAsked(scale=scale.key, item=scaled.item)
    return [position[scaled.item] for scaled in scale.items]


def scale_scores(answers: Answers, scale: Scale, instrument: Instrument) -> ScaleScores:
    """Mean of the valid keyed answers, if enough of the shown items are answered.

    k_i = items shown to person i (not shown and not applicable are taken out; at least half of the scale must remain),
    need = ceil(share·k_i - 1e-9), mean_i = Σ valid / n_valid if n_valid ≥ need else NaN, sum_i = mean_i·k_i,
    pomp_i = 100·(mean_i - low)/(high - low). Where the item means lie further apart than half the range, leaving an answer out would
    shift the mean: the missing answers are then filled in as person mean + item mean - overall mean, within the range and not rounded
    (two-way imputation, Bernaards & Sijtsma 2000), and `method` says so. POMP: Cohen, Cohen, Aiken & West 1999.
    Raises ItemNotAsked.
    """
    keyed, shown = keyed_answers(answers, scale, instrument), _shown(answers, scale)
    valid = ~np.isnan(keyed)
    n_valid, n_shown = _counts(valid), _counts(shown)
    low, high = instrument.range_of(scale)
    two_way = _item_means_far_apart(keyed, valid, (low, high))
    means = _two_way_means(keyed, valid, shown, (low, high)) if two_way else _person_means(keyed, valid)
    mean = np.where(_enough(n_valid, n_shown, scale), means, np.nan)
    pomp = 100 * (mean - low) / (high - low)
    return ScaleScores(scale.key, mean, mean * n_shown, pomp, n_valid, n_shown, TWO_WAY if two_way else PRORATED)


def _shown(answers: Answers, scale: Scale) -> NDArray[np.bool_]:
    reasons = np.take(answers.reasons, _columns(answers, scale), axis=1)
    shown: NDArray[np.bool_] = (reasons != Missing.NOT_SHOWN) & (reasons != Missing.NOT_APPLICABLE)
    return shown


def _enough(n_valid: NDArray[np.int64], n_shown: NDArray[np.int64], scale: Scale) -> NDArray[np.bool_]:
    k = len(scale.items)
    need = np.ceil(scale.share_needed * np.arange(k + 1) - 1e-9)
    enough: NDArray[np.bool_] = (n_valid >= need[n_shown]) & (2 * n_shown >= k)
    return enough


def _counts(cells: NDArray[np.bool_]) -> NDArray[np.int64]:
    counts = np.zeros(len(cells), dtype=np.int64)
    for column in cells.T:
        counts += column
    return counts


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


def _person_means(keyed: NDArray[np.float64], valid: NDArray[np.bool_]) -> NDArray[np.float64]:
    return _ratio(_row_sums(np.where(valid, keyed, 0.0)), _counts(valid))


def _item_means_far_apart(keyed: NDArray[np.float64], valid: NDArray[np.bool_], bounds: tuple[int, int]) -> bool:
    """Whether the item means differ by more than half the range; no, where an item has no answer at all. Compared as exact fractions."""
    counts = np.count_nonzero(valid, axis=0)
    if not counts.all():
        return False
    sums = np.where(valid, keyed, 0.0).sum(axis=0)
    means = [Fraction(float(total)) / int(count) for total, count in zip(sums, counts)]
    return 2 * (max(means) - min(means)) > bounds[1] - bounds[0]


def _two_way_means(
    keyed: NDArray[np.float64], valid: NDArray[np.bool_], shown: NDArray[np.bool_], bounds: tuple[int, int]
) -> NDArray[np.float64]:
    known = np.where(valid, keyed, 0.0)
    item_means = known.sum(axis=0) / np.count_nonzero(valid, axis=0)
    overall = known.sum() / np.count_nonzero(valid)
    expected = np.clip(_person_means(keyed, valid)[:, None] + item_means - overall, *bounds)
    filled = np.where(valid, keyed, np.where(shown, expected, 0.0))
    return _ratio(_row_sums(filled), _counts(shown))
