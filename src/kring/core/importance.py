"""Does a change matter: the minimal important change, beside the question whether the change is real.

Whether it matters is asked of people: "how much did this change?", from -2 (much worse) to +2 (much better), the anchor. Without enough
such answers half a standard deviation stands in for it, and is called a rule of thumb.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from kring.core.change import Change
from kring.core.columns import Floats, columns, total
from kring.core.errors import CallerMistake
from kring.core.instruments import NumberOutsideBounds
from kring.core.provenance import Result, method

__all__ = [
    "AnchorOutsideScale",
    "Basis",
    "DecisionOfNoKind",
    "Importance",
    "MinimalImportantChange",
    "NoAnchor",
    "WeighedChanges",
    "minimal_important_change",
    "weighed_changes",
]

LEAST_PER_GROUP = 50  # answers in each anchor group that a way of working compares (methods B.7)
LEAST_CORRELATION = 0.30  # between anchor and change; below it the anchor asks something else (Revicki et al. 2008)
RULE_OF_THUMB = 0.5  # standard deviations (Norman, Sloan & Wyrwich 2003)
SLIGHTLY_BETTER = 1
DECIMALS = 9  # changes closer together than this are equal
NOTHING = 1e-9  # differences below this are rounding, not data
STEPS = 30  # of Newton's method, more than it needs
SHORTER = 0.5 ** np.arange(8)  # a step and its halves


class Basis(StrEnum):
    """What a minimal important change rests on, the best first."""

    PREDICTIVE = "predictive"
    ROC = "roc"
    MEAN_CHANGE = "mean change"
    RULE_OF_THUMB = "rule of thumb"


class NoAnchor(StrEnum):
    """Why the anchor was not used."""

    TOO_FEW = "too few"
    TOO_WEAK = "too weak"


class Importance(IntEnum):
    """Is it real, does it matter: the four answers, and UNKNOWN where one of the two is not known."""

    UNKNOWN = -9
    NEITHER = 0
    IMPORTANT_NOT_SHOWN = 1
    REAL_NOT_IMPORTANT = 2
    REAL_AND_IMPORTANT = 3


FOUR = (Importance.NEITHER, Importance.IMPORTANT_NOT_SHOWN, Importance.REAL_NOT_IMPORTANT, Importance.REAL_AND_IMPORTANT)
ANCHORED = (Basis.PREDICTIVE, Basis.ROC, Basis.MEAN_CHANGE)


@dataclass(eq=False, kw_only=True)
class AnchorOutsideScale(CallerMistake):
    """An anchor answer is -2, -1, 0, 1 or 2."""

    value: float


@dataclass(eq=False, kw_only=True)
class DecisionOfNoKind(CallerMistake):
    """A decision is a code of Change."""

    value: float


@dataclass(frozen=True, slots=True)
class MinimalImportantChange(Result):
    """The least change that people notice as better, in points; `value` and the `basis` it rests on (None when nothing is known).

    `mean_change` of those slightly better; `roc` the change that best tells better from the same, with its `youden`; `predictive` the
    change at which better is as likely as in the whole group. Each is None when its groups hold fewer than 50, when the anchor is too weak
    or when it does not exist; `no_anchor` then says why the value is a rule of thumb. `correlation` of anchor and change (Spearman).
    `better`, `slightly_better` and `same` count pupils, of `n_valid` with both values out of `n`.
    """

    value: float | None
    basis: Basis | None
    mean_change: float | None
    roc: float | None
    youden: float | None
    predictive: float | None
    correlation: float | None
    no_anchor: NoAnchor | None
    better: int
    slightly_better: int
    same: int
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class WeighedChanges(Result):
    """Of `n` pupils, `n_valid` with a decision: int8[n] codes of Importance, and how many have each of the four answers."""

    importance: NDArray[np.int8]
    counts: dict[Importance, int]
    n: int
    n_valid: int


@method("minimal-important-change", 1, rows=("changes", "anchor"))
def minimal_important_change(changes: Floats, anchor: Floats, *, sd_reference: float | None = None) -> MinimalImportantChange:
    """Find the least change that matters to the people concerned.

    `changes` float64[n] in the favourable direction, `anchor` -2 to 2 (NaN for no answer). (a) mean change of anchor 1; (b) the cut between
    anchor > 0 and anchor = 0 with the highest sensitivity + specificity - 1 (the lowest of equal ones, halfway between two changes);
    (c) logistic regression of anchor > 0 on change, solved for the share of better (Terluin et al. 2015). Each compared group needs 50 and
    the anchor must correlate .30 with change. Best basis first: (c), (b), (a); else .5·`sd_reference`, a rule of thumb.
    Raises AnchorOutsideScale, NumberOutsideBounds, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> changes = np.concatenate([np.tile([-1.0, 0.0, 0.0, 1.0], 15), np.tile([0.0, 1.0, 2.0, 2.0], 15)])
    >>> found = minimal_important_change(changes, np.repeat([0.0, 1.0], 60))
    >>> found.mean_change, found.roc, round(found.youden, 6), round(found.predictive, 6), found.basis.value
    (1.25, 0.5, 0.5, 0.604195, 'predictive')
    """
    given, answer = columns(changes=changes, anchor=anchor)
    for wrong in answer[~np.isnan(answer) & ~np.isin(answer, (-2, -1, 0, 1, 2))]:
        raise AnchorOutsideScale(value=float(wrong))
    if sd_reference is not None and not 0 < sd_reference < float("inf"):
        raise NumberOutsideBounds(of="minimal important change", field="sd_reference", value=sd_reference, low=0, high=float("inf"))
    valid = ~np.isnan(given + answer)
    change, said = np.round(given[valid], DECIMALS), answer[valid]
    better, rest, same, slightly = change[said > 0], change[said <= 0], change[said == 0], change[said == SLIGHTLY_BETTER]
    correlation = _spearman(change, said)
    trusted = correlation is not None and correlation >= LEAST_CORRELATION
    mean_change = total(slightly) / len(slightly) if trusted and _enough(slightly) else None
    roc, youden = _best_cut(better, same) if trusted and _enough(better, same) else (None, None)
    predictive = _predictive(better, rest) if trusted and _enough(better, rest) else None
    thumb = None if sd_reference is None else RULE_OF_THUMB * sd_reference
    ways = {Basis.PREDICTIVE: predictive, Basis.ROC: roc, Basis.MEAN_CHANGE: mean_change, Basis.RULE_OF_THUMB: thumb}
    basis = next((way for way, value in ways.items() if value is not None), None)
    return MinimalImportantChange(
        value=None if basis is None else ways[basis],
        basis=basis,
        mean_change=mean_change,
        roc=roc,
        youden=youden,
        predictive=predictive,
        correlation=correlation,
        no_anchor=None if basis in ANCHORED else NoAnchor.TOO_FEW if trusted or not _enough(better, rest) else NoAnchor.TOO_WEAK,
        better=len(better),
        slightly_better=len(slightly),
        same=len(same),
        n=len(given),
        n_valid=len(change),
    )


@method("real-and-important", 1, rows=("change", "decision"))
def weighed_changes(change: Floats, decision: ArrayLike, *, important: float) -> WeighedChanges:
    """Put beside each other whether a change is real (clearly shown, at 95 %) and whether it matters (|change| ≥ `important`).

    `change` float64[n] and `decision` int8[n] as reliable_changes gives them. A change that matters but is not shown asks for another
    measurement; one that is real but does not matter is no reason to celebrate or to worry. Source: de Vet et al. 2006.
    Raises NumberOutsideBounds, DecisionOfNoKind, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = weighed_changes(np.array([12.0, 6.0, 2.0]), np.array([2, 0, 0]), important=5.0)
    >>> [Importance(code).name for code in found.importance]
    ['REAL_AND_IMPORTANT', 'IMPORTANT_NOT_SHOWN', 'NEITHER']
    """
    size, code = columns(change=change, decision=decision)
    for wrong in code[~np.isin(code, list(Change))]:
        raise DecisionOfNoKind(value=float(wrong))
    if not 0 < important < float("inf"):
        raise NumberOutsideBounds(of="importance", field="important", value=important, low=0, high=float("inf"))
    real, matters = np.abs(code) == Change.CLEARLY_BETTER, np.abs(size) >= important - NOTHING
    known = (code != Change.UNKNOWN) & ~np.isnan(size)
    answers = np.where(known, Importance.REAL_NOT_IMPORTANT * real + Importance.IMPORTANT_NOT_SHOWN * matters, Importance.UNKNOWN)
    counts: dict[Importance, int] = {answer: int((answers == answer).sum()) for answer in FOUR}
    return WeighedChanges(answers.astype(np.int8), counts, len(size), int(known.sum()))


def _enough(*groups: Floats) -> bool:
    return min(map(len, groups)) >= LEAST_PER_GROUP


def _spearman(change: Floats, said: Floats) -> float | None:
    x, y = (_doubled_ranks(values) for values in (change, said))
    squares = float(x @ x) * float(y @ y)
    return float(x @ y) / sqrt(squares) if squares > 0 else None


def _doubled_ranks(values: Floats) -> Floats:
    """Twice the mean rank, around 0: whole numbers, which add up exactly in any order."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    doubled = 2 * np.cumsum(counts) - counts + 1
    return (doubled[place] - len(values) - 1).astype(np.float64)


def _best_cut(better: Floats, same: Floats) -> tuple[float | None, float]:
    """The lowest of the cuts with the highest sensitivity + specificity - 1, in whole numbers, and that height; None if it is 0."""
    seen = np.unique(np.concatenate([better, same]))
    cuts = (seen[:-1] + seen[1:]) / 2
    hits = len(better) - np.searchsorted(np.sort(better), cuts)
    false_alarms = len(same) - np.searchsorted(np.sort(same), cuts)
    height = hits * len(same) - false_alarms * len(better)
    if height.max(initial=0) == 0:
        return None, 0.0
    best = int(np.argmax(height))
    return float(cuts[best]), float(height[best]) / (len(better) * len(same))


def _predictive(better: Floats, rest: Floats) -> float | None:
    """The change at which better is as likely as among all; None when better and rest do not overlap or lie the wrong way round."""
    if better.min() >= rest.max() or better.max() <= rest.min():
        return None
    seen, place = np.unique(np.concatenate([better, rest]), return_inverse=True)
    of_all, of_better = np.bincount(place).astype(np.float64), np.bincount(place[: len(better)], minlength=len(seen)).astype(np.float64)
    middle, reach = (seen[0] + seen[-1]) / 2, (seen[-1] - seen[0]) / 2
    level, slope = _logistic((seen - middle) / reach, of_better, of_all)
    return float(middle + reach * (logit(len(better) / (len(better) + len(rest))) - level) / slope) if slope > 0 else None


def _logistic(x: Floats, hits: Floats, of: Floats) -> tuple[float, float]:
    """Level and slope of the most likely logistic curve: Newton's method, each step as long as serves the likelihood best."""
    design, point = np.column_stack([np.ones(len(x)), x]), np.zeros(2)
    for _ in range(STEPS):
        p = expit(design @ point)
        step = np.linalg.lstsq(design.T @ (design * (of * p * (1 - p))[:, np.newaxis]), design.T @ (hits - of * p))[0]
        tried = point + step * SHORTER[:, np.newaxis]
        height = tried @ design.T
        likelihood = -(hits * np.logaddexp(0, -height) + (of - hits) * np.logaddexp(0, height)).sum(axis=1)
        point = tried[int(np.argmax(likelihood))]
    return float(point[0]), float(point[1])
