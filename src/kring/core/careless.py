"""Careless answering: lists that were filled in without reading, by pupils and by teachers.

A mark is a question to the teacher ("do it again, or go through it together?"), never a judgement; the answers stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kring.core.answers import LARGEST, AnswerNotWhole, Answers, Floats
from kring.core.columns import UnequalColumns, columns, finite, numbers, table, truths
from kring.core.covariances import Covariances, covariances
from kring.core.errors import CallerMistake
from kring.core.instruments import Instrument, NotASign
from kring.core.intervals import moments
from kring.core.provenance import Result, method

__all__ = [
    "Careless",
    "KeysOfOtherItems",
    "NotADuration",
    "WithAndWithout",
    "careless_answering",
    "with_and_without",
]

# Meade & Craig 2012; Curran 2016. The limits are those of the methods, B.9.
LEAST_ITEMS = 10  # a shorter list with all items keyed one way may well be answered alike all the way
LAGS = range(2, 7)  # a pattern such as 1 2 3 1 2 3 comes back after so many items
REPEATED_TENTHS = 9  # of ten comparisons: from here on a pattern
FAST = 2.0  # seconds per item: below this nobody reads
PAUSE = 60.0  # seconds: what a page takes longer is a pause
FLAT = 0.25  # standard deviation of one's own answers
PERSONS_FOR_TOTAL = 50
PERSONS_PER_ITEM = 10  # for a distance
NEXT_TO_SINGULAR = 1e-10
WORTH_SHOWING = 0.1  # standard deviations between a mean with and without


@dataclass(eq=False, kw_only=True)
class KeysOfOtherItems(CallerMistake):
    """There must be one sign and one range for every column of the values."""

    columns: int
    signs: int
    ranges: int


@dataclass(eq=False, kw_only=True)
class NotADuration(CallerMistake):
    """Time that passed is a number of seconds from 0 on; NaN is unknown."""

    row: int
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Careless(Result):
    """Indices and flags [n], one per submission; NaN where an index cannot be given. `n_valid` of `n` answered something.

    `longstring` is the longest run of one code, `irv` the standard deviation of one's own codes, `seconds` per answered item, `repeat` the
    largest share of answers that come back after 2 to 6 items, `person_total` the correlation with the means of the others, `distance` the
    squared distance of Mahalanobis. Only `strong` marks a submission: a long run, a pattern or speed.
    """

    longstring: NDArray[np.int64]
    irv: Floats
    seconds: Floats
    repeat: Floats
    person_total: Floats
    distance: Floats
    long_run: NDArray[np.bool_]
    pattern: NDArray[np.bool_]
    n: int
    n_valid: int

    @property
    def fast(self) -> NDArray[np.bool_]:
        """Faster than anybody reads."""
        return self.seconds < FAST

    @property
    def flat(self) -> NDArray[np.bool_]:
        """Hardly any difference between the answers; not strong, for some children are content with everything."""
        return self.irv < FLAT

    @property
    def against(self) -> NDArray[np.bool_]:
        """Against the others; never a mark by itself, for one in six careful lists has it."""
        return self.person_total < 0

    @property
    def strong(self) -> NDArray[np.bool_]:
        """A mark: a long run, a pattern or speed."""
        return self.long_run | self.pattern | self.fast


@dataclass(frozen=True, slots=True)
class WithAndWithout(Result):
    """A mean with and without marked submissions; None where nobody is left. `n_valid` of `n` have a score, `marked` of these are marked.

    `difference` is in standard deviations of all scores.
    """

    with_all: float | None
    without: float | None
    difference: float | None
    marked: int
    n: int
    n_valid: int

    @property
    def worth_showing(self) -> bool:
        """Whether both means belong on the page: they differ more than .1 standard deviation."""
        return self.difference is not None and abs(self.difference) > WORTH_SHOWING


@method("careless-answering", 1, rows=("values", "seconds"))
def careless_answering(
    values: ArrayLike, *, signs: Sequence[int], ranges: Sequence[tuple[int, int]], seconds: ArrayLike | None = None
) -> Careless:
    """How carefully each list seems to be filled in.

    `values` [n, k] are raw codes in the order in which the items were shown, NaN for missing (which ends a run); `signs` and `ranges` say
    for each item which way it is keyed and its lowest and highest code; `seconds` [n, pages] what each page took (a pause is cut off at 60
    seconds, or at 2 per item of the list), or [n] the whole. A long run is k/2 or more, counted when items are keyed both ways or k ≥ 10;
    a pattern is a share of .90 or more at one lag up to k/2, looked for when k ≥ 10 (IRV: Dunn, Heggestad, Shanock & Theilgard 2018).
    Person-total needs 50 persons, the distance 10 complete lists per item. Raises KeysOfOtherItems, NotASign, AnswerNotWhole,
    NotADuration, NotNumbers, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = careless_answering(np.array([[3] * 10, [1, 2] * 5, [1, 4, 2, 2, 3, 1, 4, 3, 1, 2]]), signs=[1] * 10, ranges=[(1, 4)] * 10)
    >>> found.longstring.tolist(), found.repeat.round(2).tolist(), found.strong.tolist()
    ([10, 1, 2], [1.0, 1.0, 0.4], [True, True, False])
    """
    found = np.ascontiguousarray(table(values, "values", axes=2))
    n, k = found.shape
    if not k == len(signs) == len(ranges):
        raise KeysOfOtherItems(columns=k, signs=len(signs), ranges=len(ranges))
    for sign in signs:
        if sign not in (1, -1):
            raise NotASign(of="careless answering", field="signs", value=sign)
    for bound in chain.from_iterable(ranges):
        finite(bound, "ranges")
    for broken in found[~np.isnan(found) & ((np.rint(found) != found) | (np.abs(found) > LARGEST))]:
        raise AnswerNotWhole(value=float(broken))
    answered = (~np.isnan(found)).sum(axis=1)
    runs, (repeat, pattern) = _longest_runs(found), _repeats(found)
    guarded = k >= LEAST_ITEMS or len(set(signs)) > 1
    return Careless(
        runs,
        _deviations(found),
        _seconds_per_item(seconds, answered, k),
        repeat,
        _person_totals(_keyed(found, signs, ranges)),
        _distances(found),
        (2 * runs >= k) & (runs > 1) & guarded,
        pattern,
        n,
        int(np.count_nonzero(answered)),
    )


@method("with-and-without", 1, rows=("scores", "marked"))
def with_and_without(scores: ArrayLike, marked: ArrayLike) -> WithAndWithout:
    """What marked submissions do to the mean of a group. `scores` [n], NaN for no score; `marked` [n], True or False.

    Raises NotYesOrNo, NotNumbers, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = with_and_without(np.array([1.0, 2.0, 3.0, 4.0, 4.0]), np.array([False, False, False, False, True]))
    >>> found.with_all, found.without, round(found.difference, 6), found.worth_showing
    (2.8, 2.5, 0.230089, True)
    """
    (given,), marks = columns(scores=scores), truths(marked, "marked")
    if len(marks) != len(given):
        raise UnequalColumns(lengths={"scores": len(given), "marked": len(marks)})
    everybody, rest = moments(given), moments(given[~marks])
    difference = None
    if everybody.mean is not None and rest.mean is not None:
        gap = everybody.mean - rest.mean
        difference = gap / everybody.sd if everybody.sd else 0.0
    return WithAndWithout(everybody.mean, rest.mean, difference, everybody.n - rest.n, len(given), everybody.n)


def careless_of(instrument: Instrument, answers: Answers) -> Careless | None:
    """The same for answers to this instrument; None when it asks nothing that is coded. Without times: nobody keeps those."""
    if not instrument.coded:
        return None
    ranges = [(item.low, item.high) for item in instrument.coded]
    return careless_answering(answers.values, signs=favourable_signs(instrument), ranges=ranges)


def favourable_signs(instrument: Instrument) -> tuple[int, ...]:
    """For each item of an instrument +1 when a higher code is better and -1 when it is worse, by the first scale that counts it."""
    signs: dict[str, int] = {}
    for scale in instrument.scales:
        for scaled in scale.items:
            signs.setdefault(scaled.item, scaled.sign * scale.direction)
    return tuple(signs.get(item.key, 1) for item in instrument.coded)


def _longest_runs(values: Floats) -> NDArray[np.int64]:
    longest, run = np.zeros((2, len(values)), dtype=np.int64)
    before = np.full(len(values), np.nan)
    for column in values.T:
        run = np.where(column == before, run + 1, ~np.isnan(column))
        longest, before = np.maximum(longest, run), column
    return longest


def _repeats(values: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The largest share of answers equal to the one so many items before, over the lags that at least half the pairs are known of."""
    n, k = values.shape
    repeat, pattern = np.full(n, np.nan), np.zeros(n, dtype=np.bool_)
    for lag in LAGS if k >= LEAST_ITEMS else ():
        if 2 * lag <= k:
            first, second = values[:, :-lag], values[:, lag:]
            known = (~np.isnan(first + second)).sum(axis=1)
            equal, enough = (first == second).sum(axis=1), 2 * known >= k - lag
            repeat = np.fmax(repeat, np.where(enough, equal / np.maximum(known, 1), np.nan))
            pattern |= enough & (10 * equal >= REPEATED_TENTHS * known)
    return repeat, pattern


def _deviations(values: Floats) -> Floats:
    # Counted from the lowest of the row, sums are exact: equal answers differ by 0 and not by rounding.
    known = ~np.isnan(values)
    lowest = np.fmin.reduce(values, axis=1, initial=np.inf)[:, None]
    n, filled = known.sum(axis=1), np.where(known, values - lowest, 0.0)
    spread = n * np.square(filled).sum(axis=1) - np.square(filled.sum(axis=1))
    variances = np.divide(spread, n * (n - 1), out=np.full(len(values), np.nan), where=n > 1)
    deviations: Floats = np.sqrt(variances)
    return deviations


def _seconds_per_item(seconds: ArrayLike | None, answered: NDArray[np.int64], k: int) -> Floats:
    n = len(answered)
    if seconds is None:
        return np.full(n, np.nan)
    passed = numbers(seconds, "seconds")
    pages = passed.ndim > 1
    found = table(passed, "seconds", axes=2) if pages else table(passed, "seconds", axes=1)[:, None]
    if len(found) != n:
        raise UnequalColumns(lengths={"values": n, "seconds": len(found)})
    if (found < 0).any():
        row, column = np.argwhere(found < 0)[0]
        raise NotADuration(row=int(row), seconds=float(found[row, column]))
    if pages:
        found = np.minimum(found, max(PAUSE, FAST * k))
    per_item: Floats = np.divide(found.sum(axis=1), answered, out=np.full(n, np.nan), where=answered > 0)
    return per_item


def _keyed(values: Floats, signs: Sequence[int], ranges: Sequence[tuple[int, int]]) -> Floats:
    turn = np.array([0 if sign > 0 else low + high for sign, (low, high) in zip(signs, ranges)], dtype=np.float64)
    keyed: Floats = turn + values * np.array(signs, dtype=np.float64)
    return keyed


def _person_totals(keyed: Floats) -> Floats:
    known = ~np.isnan(keyed)
    if np.count_nonzero(known.any(axis=1)) < PERSONS_FOR_TOTAL:
        return np.full(len(keyed), np.nan)
    own = np.where(known, keyed, 0.0)
    rest = known.sum(axis=0) - known
    others = np.where(known & (rest > 0), (own.sum(axis=0) - own) / np.maximum(rest, 1), np.nan)
    return _row_correlations(np.where(np.isnan(others), np.nan, keyed), others)


def _row_correlations(first: Floats, second: Floats) -> Floats:
    """The correlation of each row with the same row of the other, over what both have."""
    n = (~np.isnan(first)).sum(axis=1)
    centred = [row - (np.nansum(row, axis=1) / np.maximum(n, 1))[:, None] for row in (first, second)]
    spreads = [np.nansum(np.square(row), axis=1) for row in centred]
    spread = np.where(np.minimum(*spreads) > NEXT_TO_SINGULAR, spreads[0] * spreads[1], np.nan)
    correlations: Floats = np.nansum(centred[0] * centred[1], axis=1) / np.sqrt(spread)
    return correlations


def _distances(values: Floats) -> Floats:
    complete = ~np.isnan(values).any(axis=1)
    distances = np.full(len(values), np.nan)
    found = covariances(values[complete])
    if isinstance(found, Covariances) and found.n >= PERSONS_PER_ITEM * values.shape[1] and _regular(found.matrix):
        rows = values[complete][:, list(found.items)]
        rows = rows - rows.sum(axis=0) / len(rows)
        distances[complete] = np.einsum("ij,jk,ik->i", rows, np.linalg.inv(found.matrix), rows)
    return distances


def _regular(matrix: Floats) -> bool:
    roots = np.linalg.eigvalsh(matrix)
    return bool(roots[0] > NEXT_TO_SINGULAR * roots[-1])
