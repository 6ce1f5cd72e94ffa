"""Rasch and partial credit model by conditional maximum likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import softmax

from kring.core.columns import Floats, Ints
from kring.core.irt.calibration import LEAST_ITEMS_RASCH, LEAST_PERSONS_RASCH, ItemNotDichotomous
from kring.core.irt.coding import Codes, checked, coded, codes_between, offered, patterns
from kring.core.irt.conditional import ConditionalData, ConditionalOptimum, booklets_of, conditionally_maximised
from kring.core.irt.items import NothingCalibrated, Reason
from kring.core.provenance import Result, method

__all__ = [
    "PartialCreditAbilities",
    "PartialCreditItem",
    "PartialCreditModel",
    "partial_credit_abilities",
    "partial_credit_model",
    "rasch_by_cml",
]

REACH = 40.0  # logits beyond the farthest threshold within which every ability of a sum score lies


@dataclass(frozen=True, slots=True)
class PartialCreditItem:
    """One item: between category c - 1 and c both are as likely at θ = thresholds[c - 1]; `location` is their mean.

    A Rasch item has one threshold, its difficulty. `column` in the answers, `codes` the answer codes of each category; standard errors
    are None when the search did not converge.
    """

    column: int
    codes: Codes
    thresholds: tuple[float, ...]
    threshold_ses: tuple[float, ...] | None
    location_se: float | None

    @property
    def location(self) -> float:
        return sum(self.thresholds) / len(self.thresholds)


@dataclass(frozen=True, slots=True, eq=False)
class PartialCreditModel(Result):
    """Items whose sums of thresholds, over all items and categories, add up to 0.

    `n` persons, `n_valid` those who say something: two answers or more, and neither the lowest nor the highest sum (`extreme` counts
    these). `dropped` are the columns in which those persons all said the same. Otherwise as a Calibration.
    """

    n: int
    n_valid: int
    extreme: int
    items: tuple[PartialCreditItem, ...]
    dropped: tuple[int, ...]
    loglik: float | None
    steps: int
    converged: bool
    reason: Reason | None

    @property
    def for_use(self) -> bool:
        """Whether scores may be built on it: converged, from enough persons."""
        return self.reason is None


@dataclass(frozen=True, slots=True, eq=False)
class PartialCreditAbilities(Result):
    """Ability for each sum score of who answered all items: `scores` int64[s] from 0 in numbers of categories, `theta`, `se` float64[s].

    NaN for the lowest and the highest, for which no ability is most likely. `n`, `n_valid`: items.
    """

    scores: NDArray[np.int64]
    theta: Floats
    se: Floats
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class _Informative:
    """The persons and items that say something."""

    columns: tuple[int, ...]
    codes: tuple[Codes, ...]
    categories: Ints
    counts: Ints
    extreme: int


@method("rasch-cml", 1, rows=("answers",))
def rasch_by_cml(answers: Floats) -> PartialCreditModel:
    """Rasch model for items with two answers by conditional maximum likelihood: difficulties β, Σβ = 0.

    logit P(X = 1 | θ) = θ - β; loglik = -Σ s_j·β_j - Σ_persons ln γ_r(exp(-β)), without any assumption about the persons. `answers` whole
    codes float64[n, k], NaN for missing; persons with none or all right drop out. Below 200 persons `for_use` is False. Source: Rasch 1960;
    Andersen 1972. Raises ItemNotDichotomous, CodeNotWhole, TooManyCategories, NotNumbers, NotAColumn, BeyondMeasure.

    >>> found = rasch_by_cml(np.repeat([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [60, 140, 50], axis=0))
    >>> [round(item.location, 6) for item in found.items], found.n_valid, found.extreme
    ([-0.423649, 0.423649], 200, 50)
    """
    informative = _informative(checked(answers), None)
    for column, groups in zip(informative.columns, informative.codes):
        if len(groups) > 2:
            raise ItemNotDichotomous(column=column, categories=len(groups))
    return _modelled(answers, informative)


@method("partial-credit", 1, rows=("answers",))
def partial_credit_model(answers: Floats, *, categories: tuple[int, int] | None = None) -> PartialCreditModel:
    """Partial credit model by conditional maximum likelihood: thresholds τ of ordinal items that weigh the same.

    P(X = c | θ) ∝ exp(cθ - β_c), β_c = τ_1 + … + τ_c, Σβ = 0 over all items and categories. `answers` and `categories` as in
    graded_response_model; persons with the lowest or the highest sum drop out. Below 200 persons `for_use` is False. Thresholds need not
    rise. Source: Masters 1982; Andersen 1972. Raises CodeNotWhole, CodeNotOffered, TooManyCategories, NotNumbers,
    NotAColumn, BeyondMeasure.

    >>> rows = [[0.0, 1], [1, 0], [0, 2], [1, 1], [2, 0], [1, 2], [2, 1]]
    >>> found = partial_credit_model(np.repeat(rows, [60, 140, 20, 90, 40, 90, 70], axis=0))
    >>> [[round(each, 3) for each in item.thresholds] for item in found.items], found.for_use
    ([[-0.816, 0.881], [0.05, 0.65]], True)
    """
    return _modelled(answers, _informative(checked(answers), categories))


@method("partial-credit-abilities", 1, data=("model",))
def partial_credit_abilities(model: PartialCreditModel) -> PartialCreditAbilities:
    """Ability for each sum score: the one under which that sum is expected, which is the most likely one (ML).

    Σ_j E(X_j | θ) = r; se = 1/√Σ_j var(X_j | θ). Source: Andersen 1972; Masters 1982. Raises NothingCalibrated.

    >>> found = partial_credit_abilities(rasch_by_cml(np.repeat([[0.0, 1.0], [1.0, 0.0]], [60, 140], axis=0)))
    >>> found.theta.round(6).tolist(), found.se.round(3).tolist()
    ([nan, 0.0, nan], [nan, 1.446, nan])
    """
    if not model.items:
        raise NothingCalibrated(reason=model.reason)
    highest = sum(len(item.thresholds) for item in model.items)
    far = max(abs(each) for item in model.items for each in item.thresholds) + REACH
    theta, se = np.full(highest + 1, np.nan), np.full(highest + 1, np.nan)
    for score in range(1, highest):
        theta[score] = brentq(lambda at: _expected(model.items, at)[0] - score, -far, far, xtol=1e-12)  # noqa: B023
        se[score] = _expected(model.items, theta[score])[1] ** -0.5
    return PartialCreditAbilities(np.arange(highest + 1), theta, se, len(model.items), len(model.items))


def _expected(items: Sequence[PartialCreditItem], theta: float) -> tuple[float, float]:
    """Expected sum score and its variance at one ability."""
    mean = variance = 0.0
    for item in items:
        score = np.arange(len(item.codes))
        chances = softmax(score * theta - np.concatenate([[0.0], np.cumsum(item.thresholds)]))
        mean += float(chances @ score)
        variance += float(chances @ (score - chances @ score) ** 2)
    return mean, variance


def _informative(answers: Floats, categories: tuple[int, int] | None) -> _Informative:
    """Leave out, until nothing changes any more, columns in which all say the same and persons who then say nothing."""
    extreme, ends = 0, [categories or codes_between(answers, j) for j in range(answers.shape[1])]
    while True:
        every = [offered(answers, j, end) for j, end in enumerate(ends)]
        kept = [j for j, groups in enumerate(every) if len(groups) > 1]
        numbered = coded(answers, kept, [every[j] for j in kept])
        known = numbered >= 0
        score = np.where(known, numbered, 0).sum(axis=1)
        most = (known * np.array([len(every[j]) - 1 for j in kept], dtype=np.int64)).sum(axis=1)
        several, between = known.sum(axis=1) > 1, (score > 0) & (score < most)
        if (several & between).all():
            different = patterns(numbered)
            return _Informative(tuple(kept), tuple(every[j] for j in kept), different.categories, different.counts, extreme)
        extreme += int((several & ~between).sum())
        answers = answers[several & between]


def _modelled(answers: Floats, informative: _Informative) -> PartialCreditModel:
    """Find the optimum and say whether it may be used."""
    n_valid, items = int(informative.counts.sum()), len(informative.columns)
    dropped = tuple(j for j in range(np.shape(answers)[1]) if j not in informative.columns)
    if not n_valid or items < LEAST_ITEMS_RASCH:
        reason = Reason.TOO_FEW_ITEMS if n_valid else Reason.NOBODY
        return PartialCreditModel(len(answers), n_valid, informative.extreme, (), dropped, None, 0, converged=False, reason=reason)
    found = conditionally_maximised(_data(informative))
    enough = None if n_valid >= LEAST_PERSONS_RASCH else Reason.TOO_FEW_PERSONS
    return PartialCreditModel(
        n=len(answers),
        n_valid=n_valid,
        extreme=informative.extreme,
        items=_items(informative, found),
        dropped=dropped,
        loglik=found.loglik,
        steps=found.steps,
        converged=found.reason is None,
        reason=found.reason or enough,
    )


def _data(informative: _Informative) -> ConditionalData:
    """Count answers and sum scores."""
    sizes = np.array([len(groups) for groups in informative.codes])
    every = np.arange(sizes.max())
    chosen = ((informative.categories[:, :, None] == every) * informative.counts[:, None, None]).sum(axis=0)
    return ConditionalData(chosen.astype(np.float64), every < sizes[:, None], booklets_of(informative.categories, informative.counts))


def _items(informative: _Informative, found: ConditionalOptimum) -> tuple[PartialCreditItem, ...]:
    items, at = [], 0
    for column, codes in zip(informative.columns, informative.codes):
        part = slice(at, at := at + len(codes) - 1)
        covariance = None if found.covariance is None else found.covariance[part, part]
        items.append(_item(column, codes, found.sums[part], covariance))
    return tuple(items)


def _item(column: int, codes: Codes, sums: Floats, covariance: Floats | None) -> PartialCreditItem:
    """From the sums β to thresholds."""
    thresholds = tuple(np.diff(sums, prepend=0.0).tolist())
    if covariance is None:
        return PartialCreditItem(column, codes, thresholds, None, None)
    differences = np.eye(len(sums)) - np.eye(len(sums), k=-1)
    spread = np.sqrt(np.diag(differences @ covariance @ differences.T))
    return PartialCreditItem(column, codes, thresholds, tuple(spread.tolist()), float(np.sqrt(covariance[-1, -1])) / len(sums))
