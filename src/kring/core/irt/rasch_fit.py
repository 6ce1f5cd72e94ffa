"""Whether the Rasch or the partial credit model fits: the same items for low and for high scorers, and each item as expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import chdtrc, softmax

from kring.core.columns import Floats, Ints
from kring.core.irt.coding import checked, coded
from kring.core.irt.items import NothingCalibrated
from kring.core.irt.partial_credit import PartialCreditItem, PartialCreditModel, partial_credit_abilities, partial_credit_model
from kring.core.provenance import Result, method

__all__ = ["AndersenTest", "NoAndersenTest", "PartialCreditItemFit", "PartialCreditItemFits", "andersen_test", "partial_credit_item_fits"]

LEAST_ITEMS = 2


class NoAndersenTest(StrEnum):
    """Why low and high scorers cannot be compared."""

    TOO_FEW_ITEMS = "too_few_items"  # fewer than two items have the same answers in both groups
    NOT_CONVERGED = "not_converged"


@dataclass(frozen=True, slots=True, eq=False)
class AndersenTest(Result):
    """Likelihood ratio with its degrees of freedom and p; None when `why_not` says why.

    `items` are the columns compared: those of which every answer occurs in both groups. `n` persons, `n_valid` complete rows that are
    neither the lowest nor the highest possible.
    """

    value: float | None
    df: int | None
    p: float | None
    items: tuple[int, ...]
    why_not: NoAndersenTest | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class PartialCreditItemFit:
    """Mean squares of the item in `column`, 1 when as expected: `outfit` of all persons alike, `infit` most of those near the item.

    Above 1 the answers are more erratic than the model has it, below 1 more predictable.
    """

    column: int
    outfit: float
    infit: float


@dataclass(frozen=True, slots=True, eq=False)
class PartialCreditItemFits(Result):
    """Fit of every item, none when nobody counts. `n` persons, `n_valid` complete rows, neither the lowest nor the highest possible."""

    items: tuple[PartialCreditItemFit, ...]
    n: int
    n_valid: int


@method("andersen-test", 1, rows=("answers",))
def andersen_test(answers: Floats, *, categories: tuple[int, int] | None = None) -> AndersenTest:
    """Andersen's likelihood ratio test: whether items are as difficult for low as for high scorers, as the Rasch model has it.

    LR = 2·(Σ_groups loglik - loglik), the groups divided at the median sum score (up to it, above it), df = parameters of all groups less
    those of one. Items with an answer that nobody in one of the groups gave are left out; complete rows. `answers` and `categories` as in
    partial_credit_model. Source: Andersen 1973. Raises what partial_credit_model raises.

    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> answers = (rng.normal(size=(500, 1)) + rng.logistic(size=(500, 4)) > [-1, 0, 0, 1]) * 1.0
    >>> found = andersen_test(answers)
    >>> round(found.value, 3), found.df, found.p > 0.05
    (3.873, 3, True)
    """
    answers = checked(answers)
    complete = answers[~np.isnan(answers).any(axis=1)]
    columns: list[int] = list(range(answers.shape[1]))
    while True:
        whole, groups = _by_score(complete[:, columns], categories)
        same = _same_items((whole, *groups))
        if len(same) == len(columns) or len(same) < LEAST_ITEMS:
            return _compared(whole, groups, tuple(columns[j] for j in same), len(answers))
        columns = [columns[j] for j in same]


def _by_score(rows: Floats, categories: tuple[int, int] | None) -> tuple[PartialCreditModel, tuple[PartialCreditModel, ...]]:
    """The model of all, and those of the low and of the high scorers."""
    total = rows.sum(axis=1)
    high = total > (np.median(total) if len(total) else 0.0)
    whole, low, above = (partial_credit_model(part, categories=categories) for part in (rows, rows[~high], rows[high]))
    return whole, (low, above)


def _same_items(models: Sequence[PartialCreditModel]) -> list[int]:
    """The columns that have the same categories in all models."""
    first, *others = ({item.column: item.codes for item in model.items} for model in models)
    return [column for column, codes in first.items() if all(other.get(column) == codes for other in others)]


def _compared(whole: PartialCreditModel, groups: Sequence[PartialCreditModel], columns: tuple[int, ...], n: int) -> AndersenTest:
    """The test, when all models hold the same items and came to rest."""
    if len(columns) < LEAST_ITEMS:
        return AndersenTest(None, None, None, columns, NoAndersenTest.TOO_FEW_ITEMS, n, whole.n_valid)
    if not all(model.converged for model in (whole, *groups)):
        return AndersenTest(None, None, None, columns, NoAndersenTest.NOT_CONVERGED, n, whole.n_valid)
    value = 2 * (sum(model.loglik or 0.0 for model in groups) - (whole.loglik or 0.0))
    df = (len(groups) - 1) * (sum(len(item.thresholds) for item in whole.items) - 1)
    return AndersenTest(value, df, float(chdtrc(df, max(value, 0.0))), columns, None, n, whole.n_valid)


@method("partial-credit-item-fit", 1, rows=("answers",))
def partial_credit_item_fits(answers: Floats, model: PartialCreditModel) -> PartialCreditItemFits:
    """Infit and outfit of the items of a Rasch or partial credit model.

    With e = x - E(x | θ̂) and v its variance, θ̂ the most likely ability: outfit = Σ e²/v / n, infit = Σ e² / Σ v, over complete rows
    that are neither the lowest nor the highest possible. `answers` as for the model. Source: Wright & Masters 1982. Raises
    NothingCalibrated, CodeNotOffered, ItemWithoutColumn.

    >>> from kring.core.irt import rasch_by_cml
    >>> answers = np.repeat([[1.0, 0, 0], [1, 1, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1]], [90, 90, 50, 20, 20], axis=0)
    >>> [(round(each.outfit, 2), round(each.infit, 2)) for each in partial_credit_item_fits(answers, rasch_by_cml(answers)).items]
    [(1.01, 1.02), (0.66, 0.72), (0.96, 0.91)]
    """
    if not model.items:
        raise NothingCalibrated(reason=model.reason)
    categories = coded(answers, [item.column for item in model.items], [item.codes for item in model.items])
    sums, highest = categories.sum(axis=1), sum(len(item.thresholds) for item in model.items)
    rows = categories[(categories >= 0).all(axis=1) & (sums > 0) & (sums < highest)]
    if not len(rows):
        return PartialCreditItemFits((), len(categories), len(rows))
    theta = partial_credit_abilities(model).theta
    different, counts = np.unique(rows, axis=0, return_counts=True)
    ability = theta[different.sum(axis=1)]
    items = tuple(_item_fit(item, different[:, j], ability, counts) for j, item in enumerate(model.items))
    return PartialCreditItemFits(items, len(categories), len(rows))


def _item_fit(item: PartialCreditItem, given: Ints, theta: Floats, counts: Ints) -> PartialCreditItemFit:
    """Outfit and infit of one item."""
    score = np.arange(len(item.codes))
    chances = softmax(theta[:, None] * score - np.concatenate([[0.0], np.cumsum(item.thresholds)]), axis=1)
    mean = chances @ score
    squares, variance = (given - mean) ** 2, chances @ score**2 - mean**2
    outfit = counts @ (squares / variance) / counts.sum()
    return PartialCreditItemFit(item.column, float(outfit), float(counts @ squares / (counts @ variance)))
