"""One number at a time: when it may be shown, how coarsely, and when a published set may change.

Which k holds: 10 for anonymous lists (every denominator of a split too), 6 for lists with names shown to people outside the pupil's own
team, 5 for staff. The own team sees names and has no k.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kring.core.errors import CallerMistake
from kring.core.intervals import ImpossibleCount, moments
from kring.core.provenance import Result, method

__all__ = [
    "CROSSING",
    "K_ANONYMOUS",
    "K_INTERNAL",
    "K_STAFF",
    "MOST_CROSSING",
    "Bound",
    "Filter",
    "FilterNotOnList",
    "FrozenSet",
    "NotShown",
    "ShownMean",
    "ShownShare",
    "ShownTexts",
    "TooManyFilters",
    "frozen_set",
    "shown_mean",
    "shown_share",
    "shown_texts",
]

# methods A.6
K_ANONYMOUS = 10
K_INTERNAL = 6
K_STAFF = 5
FEW = 5  # percent: a sensitive share is not told below it, nor above 100 - 5
TIMES_FOR_TEXT = 2  # free text needs twice as many people as a number
MOST_CROSSING = 2  # filters on anonymous answers at once


class Filter(StrEnum):
    """The only things by which anonymous answers may be split."""

    YEAR_LEVEL = "year_level"
    GROUP = "group"
    GENDER = "gender"


CROSSING = frozenset(Filter)


class NotShown(StrEnum):
    """Why something is not shown."""

    TOO_FEW = "too_few"
    ALL_EQUAL = "all_equal"
    BESIDE_BACKGROUND = "beside_background"


class Bound(StrEnum):
    """A share told as "at most 5 %" or "at least 95 %" (of few people: 10 or 90, 15 or 85, 20 or 80)."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(eq=False, kw_only=True)
class TooManyFilters(CallerMistake):
    """Anonymous answers are split by at most two things at once."""

    filters: tuple[str, ...]
    most: int


@dataclass(eq=False, kw_only=True)
class FilterNotOnList(CallerMistake):
    """Anonymous answers are split by a fixed list of things and nothing else."""

    filter: str


@dataclass(frozen=True, slots=True)
class ShownShare(Result):
    """A share as it may be shown: exact, or only its `bound`; None with the reason `hidden`. `n` people, `n_valid` when it is shown."""

    value: Fraction | None
    bound: Bound | None
    hidden: NotShown | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class ShownMean(Result):
    """A mean as it may be shown, None with the reason `hidden`. `n` people, `n_valid` with a value."""

    value: float | None
    hidden: NotShown | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class ShownTexts(Result):
    """Free texts in the order of the alphabet, so that nobody sees who answered first. `n` people, `n_valid` texts that are shown."""

    texts: tuple[str, ...]
    hidden: NotShown | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class FrozenSet(Result):
    """Whether a published set gives way to the new one, as a whole. `changed` answers per cell; `held_by` are those
    that changed too little.

    `n` cells, `n_valid` that changed.
    """

    renewed: bool
    changed: Mapping[str, int]
    held_by: tuple[str, ...]
    n: int
    n_valid: int


@method("shown-share", 1, data=("x", "n"))
def shown_share(x: int, n: int, *, k: int, sensitive: bool = True) -> ShownShare:
    """The share x of n as it may be shown: not below k people, and a sensitive one not beyond 5 and 95 percent.

    Compared in whole numbers: 100·x ≤ 5·n is "at most 5 %", 100·x ≥ 95·n "at least 95 %"; the value is then 1/20 or 19/20 and x is not to
    be printed either. Of fewer than 20 people "at most 5 %" would mean nobody and "at least 95 %" everybody, which tells the answer of
    each; so the bound is then the first multiple of 5 % that holds one person too: 10 % from 10 people, 15 % from 7, 20 % from 5.

    This protects one share by itself. Beside the share of the whole and of all other parts it can be worked out by subtraction: counts
    per class with a total are a table of classes by answers, see suppressed-table. Nor may a colour, a mean or a certainty that
    was worked out from x stand beside a bound. Source: practice of CBS and NCO (methods A.6). Raises ImpossibleCount.

    >>> shown_share(1, 20, k=10).value, shown_share(1, 20, k=10).bound.value, shown_share(4, 24, k=10).value, shown_share(4, 9, k=10).value
    (Fraction(1, 20), 'at_most', Fraction(1, 6), None)
    >>> shown_share(0, 12, k=10).value, shown_share(1, 12, k=10).value  # at most 10 %
    (Fraction(1, 10), Fraction(1, 10))
    """
    if not 0 <= x <= n:
        raise ImpossibleCount(count=x, of=n)
    if n < max(k, 1):
        return ShownShare(None, None, NotShown.TOO_FEW, n, 0)
    few = FEW * -(-100 // (FEW * n))  # percent, rounded up so that one of n is within it
    if sensitive and 100 * x <= few * n:
        return ShownShare(Fraction(few, 100), Bound.AT_MOST, None, n, n)
    if sensitive and 100 * (n - x) <= few * n:
        return ShownShare(1 - Fraction(few, 100), Bound.AT_LEAST, None, n, n)
    return ShownShare(Fraction(x, n), None, None, n, n)


@method("shown-mean", 1, rows=("values",))
def shown_mean(values: NDArray[np.float64], *, k: int) -> ShownMean:
    """The mean of float64[n] as it may be shown: not below k values (NaN is none), and not when all are equal.

    A mean of equal answers tells the answer of each of them (methods A.6); a page says that nothing is shown and not why, for the reason
    `all_equal` tells it too. This protects one mean by itself: for parts beside their whole see shown-totals. A standard deviation beside
    it often gives the very answers, above all of one question. Raises NotNumbers, NotAColumn, BeyondMeasure.

    >>> shown_mean(np.array([1.0, 2, 3, 4, 4, 4]), k=6).value, shown_mean(np.full(6, 4.0), k=6).hidden.value
    (3.0, 'all_equal')
    """
    known = moments(values)
    if known.mean is None or known.n < k:
        return ShownMean(None, NotShown.TOO_FEW, len(values), known.n)
    if not known.sd:
        return ShownMean(None, NotShown.ALL_EQUAL, len(values), known.n)
    return ShownMean(known.mean, None, len(values), known.n)


@method("shown-texts", 1, rows=("texts",))
def shown_texts(texts: Sequence[str], *, n: int, k: int, beside_background: bool) -> ShownTexts:
    """Free texts as they may be shown: from a group of at least 2·k people, never beside background variables, in no order of answering.

    Empty texts are left out (methods A.6). Raises ImpossibleCount when there are more texts than people.

    >>> shown_texts(["Meer groen", "", "Fijne klas"], n=20, k=10, beside_background=False).texts
    ('Fijne klas', 'Meer groen')
    >>> shown_texts(["Meer groen"], n=19, k=10, beside_background=False).hidden.value
    'too_few'
    """
    if len(texts) > n:
        raise ImpossibleCount(count=len(texts), of=n)
    if beside_background:
        return ShownTexts((), NotShown.BESIDE_BACKGROUND, n, 0)
    if n < max(TIMES_FOR_TEXT * k, 1):
        return ShownTexts((), NotShown.TOO_FEW, n, 0)
    shown = tuple(sorted(text for text in texts if text.strip()))
    return ShownTexts(shown, None, n, len(shown))


@method("frozen-set", 1, data=("published", "current"))
def frozen_set(published: Mapping[str, Sequence[Hashable]], current: Mapping[str, Sequence[Hashable]], *, k: int) -> FrozenSet:
    """Whether the published set may be replaced, when answers came in or changed after publication.

    For each cell, totals too, the answers behind it then and now, in any order. It changed by at least max(gone, new) answers. Whoever
    keeps the old page learns what those few answered; and because cells add up to totals, one cell that changed tells another that did
    not. So the set changes as a whole or not at all: only when each cell that changed at all did so by at least k answers (methods A.6).

    Give the smallest parts that splittings cross in (class by year), also those that are not shown: two cells that each changed by k
    can differ by one answer. And hold the new set against every set that was ever published, not only the last.

    >>> frozen_set({"4a": [1, 2], "all": [1, 2]}, {"4a": [1, 2, 4], "all": [1, 2, 4]}, k=10).renewed
    False
    """
    cells = sorted({*published, *current})
    changed = {cell: _changed(published.get(cell, ()), current.get(cell, ())) for cell in cells}
    held_by = tuple(cell for cell in cells if 0 < changed[cell] < k)
    moved = sum(count > 0 for count in changed.values())
    return FrozenSet(moved > 0 and not held_by, changed, held_by, len(cells), moved)


def _changed(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    then, now = Counter(before), Counter(after)
    return max((then - now).total(), (now - then).total())


def allowed_filters(filters: Collection[str]) -> frozenset[Filter]:
    """These filters, if they are on the list and not more than two. Raises FilterNotOnList, TooManyFilters."""
    for each in filters:
        if each not in CROSSING:
            raise FilterNotOnList(filter=each)
    if len(set(filters)) > MOST_CROSSING:
        raise TooManyFilters(filters=tuple(sorted(set(filters))), most=MOST_CROSSING)
    return frozenset(Filter(each) for each in filters)
