"""Scale scores: reversal, missing answers and the percentage of what is possible.

One implementation over arrays pupils × items serves one pupil and a million. A score follows from the answers of that row and from
fixed facts of the instrument alone: whatever other rows stand in the array, not a single bit of it changes. Sums are taken in whole
numbers, in chunks of rows that stay in the processor's cache, for all scales of an instrument at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, lcm
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kring.core.answers import AnswerOutsideScale, Answers, Codes, Floats, Missing
from kring.core.columns import numbers
from kring.core.errors import CallerMistake
from kring.core.instruments import Instrument, Scale
from kring.core.provenance import METHODS, Result, fingerprint, method

__all__ = [
    "InstrumentScores",
    "ItemMeansOfAnotherScale",
    "ItemNotAsked",
    "ScaleScores",
    "instrument_scores",
    "scale_scores",
]

PRORATED = "mean-prorated/1"
TWO_WAY = "mean-two-way-reference/1"
CHUNK = 1 << 13  # rows that are scored at once
# As plain numbers: numpy compares those thirty times faster than members of an enum.
ANSWERED, NOT_SHOWN, NOT_APPLICABLE = (reason.value for reason in (Missing.ANSWERED, Missing.NOT_SHOWN, Missing.NOT_APPLICABLE))
ANY = np.iinfo(np.int64)  # the codes of an item that no scale counts
EXACT = 1 << 24  # float32 holds every whole number up to here


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
class ScaleScores(Result):
    """Scores of `n` persons on one scale, `n_valid` of whom have one; NaN in `mean`, `sum` and `pomp` is "no score".

    `mean` in points of one item, `sum` in points of all shown items, `pomp` in percent of the maximum possible. `shown` are the items
    that count for the person, `answered` those answered. `method` names how missing answers were treated, with its version.
    """

    scale: str
    n: int
    n_valid: int
    mean: Floats
    answered: NDArray[np.int16]
    shown: NDArray[np.int16]
    range: tuple[int, int]
    method: str

    def __len__(self) -> int:
        return self.n

    @property
    def sum(self) -> Floats:
        """The mean times the shown items."""
        return self.mean * self.shown

    @property
    def pomp(self) -> Floats:
        """The place between the lowest (0) and the highest (100) possible mean."""
        low, high = self.range
        return 100 * (self.mean - low) / (high - low)


@dataclass(frozen=True, slots=True, eq=False)
class InstrumentScores(Result):
    """The scores on every scale of an instrument by its key; of `n` persons `n_valid` have a score on at least one."""

    scales: Mapping[str, ScaleScores]
    n: int
    n_valid: int


@method("scale-scores", 1, data=("answers",))
def scale_scores(answers: Answers, scale: Scale, instrument: Instrument, *, item_means: ArrayLike | None = None) -> ScaleScores:
    """Mean of the valid keyed answers, if enough of the shown items are answered.

    k_i = items shown to person i (not shown and not applicable are taken out; at least half of the scale must remain),
    need = ceil(share·k_i - 1e-9), mean_i = Σ valid / n_valid if n_valid ≥ need else NaN, sum_i = mean_i·k_i,
    pomp_i = 100·(mean_i - low)/(high - low). POMP: Cohen, Cohen, Aiken & West 1999. Where the items of the scale differ in range, each is
    first rescaled to 0–1, and so is the mean.

    `item_means` float64[k]: the mean of each of the k items of the scale in a reference sample, in the order of the scale, after
    reversal, in points of one item. Where they lie further apart than half the range, leaving an answer out would shift the mean: missing
    answers are then filled in as person mean + item mean - mean of the item means, within the range and not rounded (two-way imputation,
    Bernaards & Sijtsma 2000, with the column means of the reference instead of those of whoever is scored together), and `method` says so.
    Raises ItemNotAsked, AnswerOutsideScale, ItemMeansOfAnotherScale, NotNumbers.

    >>> from kring.core.answers import Answers
    >>> from kring.core.instruments import Family, Informant, Instrument, Item, Option, Scale, ScaledItem
    >>> options = tuple(Option(code, f"antwoord {code}") for code in (1, 2, 3, 4))
    >>> signs = {"q1": 1, "q2": 1, "q3": -1, "q4": 1, "q5": -1}
    >>> scale = Scale("w", "Welbevinden", Family.WELLBEING, 1, tuple(ScaledItem(key, sign) for key, sign in signs.items()), {})
    >>> instrument = Instrument(key="l", version=1, title="Lijst", informant=Informant.PUPIL, licence="CC-BY-4.0", attribution="Kring",
    ...     items=tuple(Item(key, f"Vraag {key}", options) for key in signs), scales=(scale,))
    >>> given = np.array([[4, 3, 2, 4, 1], [2, np.nan, 3, 2, 3]])
    >>> scores = scale_scores(Answers(tuple(signs), given, np.where(np.isnan(given), 2, 0)), scale, instrument)
    >>> scores.mean.tolist(), scores.sum.tolist(), scores.pomp.round(6).tolist()
    ([3.6, 2.0], [18.0, 10.0], [86.666667, 33.333333])
    """
    (prorated,) = _prorated(answers, _rules(answers.items, (scale,), instrument))
    if item_means is None:
        return prorated
    reference = numbers(item_means, "item_means")
    if not _far_apart(reference, prorated, len(scale.items)):
        return prorated
    shown = _counts_for(answers.reasons[:, columns_of(answers, scale)])
    means = _two_way_means(keyed_answers(answers, scale, instrument), shown, prorated, reference)
    return ScaleScores(scale.key, prorated.n, prorated.n_valid, means, prorated.answered, prorated.shown, prorated.range, TWO_WAY)


@method("instrument-scores", 1, data=("answers",))
def instrument_scores(answers: Answers, instrument: Instrument) -> InstrumentScores:
    """The prorated scores on all scales of an instrument in one pass: each is what `scale_scores` gives, with its provenance.

    Raises ItemNotAsked, AnswerOutsideScale.

    >>> from kring.core.answers import Answers
    >>> from kring.core.instruments import Informant, Instrument, Item, Option
    >>> item = Item("q1", "Ik ben blij.", (Option(1, "nee"), Option(2, "ja")))
    >>> bare = Instrument(key="l", version=1, title="Lijst", informant=Informant.PUPIL, licence="CC0", attribution="Kring", items=(item,))
    >>> instrument_scores(Answers(("q1",), np.array([[2]]), np.array([[0]])), bare).n
    1
    """
    if not instrument.scales:
        return InstrumentScores({}, len(answers), 0)
    rules = _rules(answers.items, instrument.scales, instrument)
    found, origin = _prorated(answers, rules), METHODS["scale-scores"].provenance({"answers": answers})
    for scores, parameters in zip(found, rules.parameters):
        object.__setattr__(scores, "provenance", replace(origin, parameters=parameters))
    scored = np.zeros(len(answers), dtype=np.bool_)
    for scores in found:
        scored |= ~np.isnan(scores.mean)
    return InstrumentScores({scores.scale: scores for scores in found}, len(answers), int(np.count_nonzero(scored)))


def columns_of(answers: Answers, scale: Scale) -> list[int]:
    """The columns of the items of a scale. Raises ItemNotAsked."""
    return _columns(answers.items, scale)


def _columns(items: tuple[str, ...], scale: Scale) -> list[int]:
    position = {item: column for column, item in enumerate(items)}
    for scaled in scale.items:
        if scaled.item not in position:
            raise ItemNotAsked(scale=scale.key, item=scaled.item)
    return [position[scaled.item] for scaled in scale.items]


@dataclass(frozen=True, slots=True)
class Keys:
    """How a code becomes a keyed answer: (slope·code + offset)/unit, by item of a scale, in whole numbers."""

    slopes: tuple[int, ...]
    offsets: tuple[int, ...]
    unit: int


def keys_of(scale: Scale, instrument: Instrument) -> Keys:
    """x when the sign is +1 and low + high - x when it is -1; with items of different ranges (x - low)/(high - low) and its mirror."""
    items = {item.key: item for item in instrument.coded}
    ranges = [(items[scaled.item].low, items[scaled.item].high) for scaled in scale.items]
    signs = [scaled.sign for scaled in scale.items]
    if len(set(ranges)) == 1:
        return Keys(tuple(signs), tuple(0 if sign > 0 else low + high for sign, (low, high) in zip(signs, ranges)), 1)
    unit = lcm(*(high - low for low, high in ranges))
    slopes = [sign * unit // (high - low) for sign, (low, high) in zip(signs, ranges)]
    starts = [low if sign > 0 else high for sign, (low, high) in zip(signs, ranges)]
    return Keys(tuple(slopes), tuple(-slope * start for slope, start in zip(slopes, starts)), unit)


def keyed_answers(answers: Answers, scale: Scale, instrument: Instrument) -> Floats:
    """Answers float64[n, k] to the k items of a scale after reversal; NaN is missing. See `keys_of`. Raises ItemNotAsked."""
    columns, keys = columns_of(answers, scale), keys_of(scale, instrument)
    keyed: Floats = (answers.codes[:, columns] * np.array(keys.slopes, dtype=np.float64) + np.array(keys.offsets)) / keys.unit
    keyed[answers.reasons[:, columns] != ANSWERED] = np.nan
    return keyed


@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    """How the columns make up some scales.

    `bounds` int64[2, columns]: the lowest and the highest code of each; `slopes` float64[scales, columns]; `marks` float64[2·scales,
    columns]: the offsets and below them 1 for each item of the scale; `sizes` and `units` are [scales, 1]; `need` float64[scales, most
    items + 1]: how many of so many shown items must be answered.
    """

    scales: tuple[Scale, ...]
    ranges: tuple[tuple[int, int], ...]
    parameters: tuple[str, ...]
    bounds: NDArray[np.int64]
    slopes: Floats
    marks: Floats
    sizes: NDArray[np.int64]
    units: Floats
    need: Floats


@lru_cache(maxsize=512)
def _rules(items: tuple[str, ...], scales: tuple[Scale, ...], instrument: Instrument) -> _Rules:
    sizes, spans = [len(scale.items) for scale in scales], {item.key: (item.low, item.high) for item in instrument.coded}
    slopes, offsets, members = np.zeros((3, len(scales), len(items)))
    bounds = np.repeat([[ANY.min], [ANY.max]], len(items), axis=1)
    units, need = np.ones((len(scales), 1)), np.full((len(scales), max(sizes) + 1), np.inf)
    for row, (scale, k) in enumerate(zip(scales, sizes)):
        columns, keys = _columns(items, scale), keys_of(scale, instrument)
        slopes[row, columns], offsets[row, columns], members[row, columns], units[row] = keys.slopes, keys.offsets, 1, keys.unit
        bounds[:, columns] = np.transpose([spans[scaled.item] for scaled in scale.items])
        need[row, ceil(k / 2) : k + 1] = [ceil(scale.share_needed * shown - 1e-9) for shown in range(ceil(k / 2), k + 1)]
    ranges = tuple(instrument.range_of(scale) for scale in scales)
    parameters = tuple(fingerprint({"scale": scale, "instrument": instrument, "item_means": None}) for scale in scales)
    return _Rules(scales, ranges, parameters, bounds, slopes, np.vstack([offsets, members]), np.array(sizes)[:, None], units, need)


def _prorated(answers: Answers, rules: _Rules) -> tuple[ScaleScores, ...]:
    n, shape = len(answers), (len(rules.scales), len(answers))
    mean, answered, shown = np.empty(shape), np.empty(shape, np.int16), np.empty(shape, np.int16)
    suspect = (answers.extremes[0] < rules.bounds[0]).any() or (answers.extremes[1] > rules.bounds[1]).any()  # a missing answer is 0
    for start in range(0, n, CHUNK):
        rows = slice(start, start + CHUNK)
        if suspect:
            _refuse_outside(answers, rows, rules.bounds)
        _score(answers.codes[rows], answers.reasons[rows], rules, (mean[:, rows], answered[:, rows], shown[:, rows]))
    for array in (mean, answered, shown):
        array.flags.writeable = False
    return tuple(
        ScaleScores(scale.key, n, n - int(np.count_nonzero(np.isnan(mean[row]))), mean[row], answered[row], shown[row], extremes, PRORATED)
        for row, (scale, extremes) in enumerate(zip(rules.scales, rules.ranges))
    )


def _refuse_outside(answers: Answers, rows: slice, bounds: NDArray[np.int64]) -> None:
    codes, kind = answers.codes[rows], np.iinfo(answers.codes.dtype)
    low, high = np.clip(bounds, kind.min, kind.max).astype(codes.dtype)
    outside = ((codes < low) | (codes > high)) & (answers.reasons[rows] == ANSWERED)
    if outside.any():
        row, column = np.argwhere(outside)[0].tolist()
        (lowest, highest), wrong = bounds[:, column].tolist(), int(codes[row, column])
        raise AnswerOutsideScale(row=rows.start + row, item=answers.items[column], value=wrong, low=lowest, high=highest)


def _score(codes: Codes, reasons: NDArray[np.int8], rules: _Rules, into: tuple[Floats, NDArray[np.int16], NDArray[np.int16]]) -> None:
    """Score some rows. All sums are whole numbers small enough to be exact, so the order of adding means nothing."""
    mean, answered, shown = into
    kind = _exact_kind(codes, rules)
    slopes, marks = rules.slopes.astype(kind), rules.marks.astype(kind)
    found = marks @ (reasons == ANSWERED).astype(kind).T
    offsets, n_valid = found[: len(slopes)], found[len(slopes) :]
    total = slopes @ codes.astype(kind).T
    total += offsets
    answered[:] = n_valid
    counts = _counts_for(reasons)
    if counts.all():
        shown[:] = rules.sizes
        need = np.take_along_axis(rules.need, rules.sizes, axis=1)
    else:
        shown[:] = marks[len(slopes) :] @ counts.astype(kind).T
        need = np.take_along_axis(rules.need, shown.astype(np.intp), axis=1)
    np.multiply(n_valid, rules.units, out=mean)
    mean[n_valid < need] = np.nan
    np.divide(total, mean, out=mean)


def _exact_kind(codes: Codes, rules: _Rules) -> type[np.floating[Any]]:
    largest = 2 ** (8 * codes.itemsize - 1) * np.abs(rules.slopes).sum(axis=1).max() + np.abs(rules.marks).sum(axis=1).max()
    return np.float32 if largest < EXACT else np.float64


def _counts_for(reasons: NDArray[np.int8]) -> NDArray[np.bool_]:
    counts: NDArray[np.bool_] = (reasons != NOT_SHOWN) & (reasons != NOT_APPLICABLE)
    return counts


def _far_apart(item_means: Floats, scores: ScaleScores, k: int) -> bool:
    """Whether these means differ by more than half the range; otherwise prorating does no harm."""
    low, high = scores.range
    if item_means.shape != (k,) or not ((item_means >= low) & (item_means <= high)).all():
        raise ItemMeansOfAnotherScale(scale=scores.scale, items=k, means=tuple(map(float, item_means.ravel())))
    return bool(2 * (item_means.max() - item_means.min()) > high - low + 1e-9)


def _two_way_means(keyed: Floats, shown: NDArray[np.bool_], prorated: ScaleScores, item_means: Floats) -> Floats:
    # Item by item: numpy's own sum over a row adds in another order for one row than for many, which shows in the last digit.
    expected = np.clip(prorated.mean[:, None] + (item_means - item_means.mean()), *prorated.range)
    filled = np.where(np.isnan(keyed), np.where(shown, expected, 0.0), keyed)
    sums = np.zeros(len(keyed))
    for column in filled.T:
        sums += column
    return sums / np.where(np.isnan(prorated.mean), np.nan, prorated.shown)
