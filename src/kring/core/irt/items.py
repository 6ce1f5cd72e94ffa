"""What a calibration gives: items with their parameters and the population they hold for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kring.core.columns import MOST
from kring.core.errors import CallerMistake
from kring.core.irt.coding import Codes
from kring.core.provenance import Result


class Reason(StrEnum):
    """Why a calibration may not be used."""

    NOBODY = "nobody"  # no person has an answer that says something
    TOO_FEW_ITEMS = "too_few_items"
    DIVERGES = "diverges"  # a parameter runs away: the answers separate the persons completely
    NOT_IDENTIFIED = "not_identified"  # other parameters explain the answers just as well
    NO_SPREAD = "no_spread"  # the persons differ no more than chance would have it
    UNFINISHED = "unfinished"  # the search did not come to rest
    TOO_FEW_PERSONS = "too_few_persons"  # calculated, but from too few persons to use
    TOO_FEW_ANCHORS = "too_few_anchors"


@dataclass(eq=False, kw_only=True)
class ImpossibleItem(CallerMistake):
    """A graded item has a slope of ordinary size, falling intercepts, and one category more than intercepts, each of higher codes."""

    column: int
    codes: Codes
    slope: float
    intercepts: tuple[float, ...]


@dataclass(eq=False, kw_only=True)
class ItemTwice(CallerMistake):
    """An item counts once: it has a column to itself, and is the anchor of one other item."""

    column: int


@dataclass(eq=False, kw_only=True)
class NothingCalibrated(CallerMistake):
    """A calibration without items says nothing about persons or items."""

    reason: Reason | None


@dataclass(eq=False, kw_only=True)
class ImpossiblePopulation(CallerMistake):
    """Abilities have a mean and a positive sd, of ordinary size."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class GradedItem:
    """One item: P(X ≥ c | θ) = 1/(1 + exp(-(aθ + d_c))), slope a, intercepts d_1 > d_2 > ….

    `column` in the answers; `codes` the answer codes of each category, more than one where a code that nobody gave was joined.
    Standard errors are None for what was fixed, not estimated.
    """

    column: int
    codes: Codes
    slope: float
    intercepts: tuple[float, ...]
    slope_se: float | None = None
    intercept_ses: tuple[float, ...] | None = None
    difficulty_ses: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        edges = (MOST, *self.intercepts, -MOST)
        falling = all(high > low for high, low in pairwise(edges))
        every = [code for group in self.codes for code in group]
        rising = all(self.codes) and all(low < high for low, high in pairwise(every))
        fits = len(self.codes) == len(self.intercepts) + 1 > 1
        if not (falling and rising and fits and abs(self.slope) < MOST):
            raise ImpossibleItem(column=self.column, codes=self.codes, slope=self.slope, intercepts=self.intercepts)

    @property
    def difficulties(self) -> tuple[float | None, ...]:
        """b_c = -d_c/a: where half of the persons answer c or higher; None for an item that says nothing (a = 0)."""
        return tuple(-each / self.slope if self.slope else None for each in self.intercepts)

    @property
    def collapsed(self) -> tuple[tuple[int, ...], ...]:
        """The answer codes that were joined to one category because nobody gave them all."""
        return tuple(group for group in self.codes if len(group) > 1)


def refuse_twice(columns: Sequence[int]) -> None:
    """See that every item counts once. Raises ItemTwice."""
    for column in columns:
        if columns.count(column) > 1:
            raise ItemTwice(column=column)


@dataclass(frozen=True, slots=True, eq=False)
class Calibration(Result):
    """A model with its items, θ ~ N(mean, sd²).

    `n` persons, `n_valid` those with an answer to one of the items. `dropped` are the columns in which everybody said the same.
    `fixed` are the columns of anchors, `common_slope` says that all slopes are 1. `items` is empty when nothing could be calculated;
    `converged` is False with a `reason` when the search ended before its goal: the items are then where it stood, and no ground for use.
    """

    n: int
    n_valid: int
    items: tuple[GradedItem, ...]
    dropped: tuple[int, ...]
    mean: float
    sd: float
    mean_se: float | None
    sd_se: float | None
    loglik: float | None
    steps: int
    converged: bool
    reason: Reason | None
    fixed: tuple[int, ...] = ()
    common_slope: bool = False

    @property
    def for_use(self) -> bool:
        """Whether scores may be built on it: converged, from enough persons."""
        return self.reason is None
