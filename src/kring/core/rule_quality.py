"""A rule for signals against what came out, for all pupils and for groups of them.

Never a percentage of fewer than twenty. A finding here leads to a conversation and a preview, never to thresholds per group.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum

import numpy as np
from numpy.typing import NDArray

from kring.core.columns import same_length, table, truths
from kring.core.errors import CallerMistake
from kring.core.intervals import Interval
from kring.core.provenance import Result, method
from kring.core.shares import wilson_interval

__all__ = ["Fairness", "GroupRates", "NotAGroup", "NotAnOutcome", "Portion", "RuleQuality", "UnfairPair", "fairness", "rule_quality"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LEAST = 20  # below this no percentage, and no comparison of groups
LEVEL = 0.95


@dataclass(eq=False, kw_only=True)
class NotAnOutcome(CallerMistake):
    """What came out is 0, 1 or unknown (NaN)."""

    value: float


@dataclass(eq=False, kw_only=True)
class NotAGroup(CallerMistake):
    """The group of a pupil is a word, or None when it is not known."""

    kind: str


@dataclass(frozen=True, slots=True)
class Portion:
    """`count` of `of`, with share and Wilson 95 % interval; both None below twenty: `too_few`."""

    count: int
    of: int
    share: float | None
    interval: Interval | None

    @property
    def too_few(self) -> bool:
        """Whether there are too few for a percentage."""
        return self.of < LEAST


def portion(count: int, of: int) -> Portion:
    """Count with a percentage, if there are twenty."""
    if of < LEAST:
        return Portion(count, of, None, None)
    return Portion(count, of, count / of, wilson_interval(count, of, LEVEL))


@dataclass(frozen=True, slots=True)
class RuleQuality(Result):
    """A rule beside what came out. n: pupils; n_valid: pupils whose outcome is known, on whom everything rests.

    f1 is None where precision or recall is; auc (chance that a pupil with the outcome scores higher than one without, ties half) and
    average_precision are None without scores, or when nobody or everybody with a score has the outcome.
    """

    true_positive: int
    false_positive: int
    false_negative: int
    true_negative: int
    precision: Portion
    recall: Portion
    specificity: Portion
    alert_rate: Portion
    f1: float | None
    auc: float | None
    average_precision: float | None
    n: int
    n_valid: int


@method("rule-quality", 1, rows=("flagged", "outcome", "score"))
def rule_quality(flagged: Bools, outcome: Floats, score: Floats | None = None) -> RuleQuality:
    """Compare flagged bool[n] with outcome float64[n] (0, 1, NaN unknown); score float64[n], NaN unknown, higher is more concern.

    AUC after Mann & Whitney 1947; average precision over distinct scores, so that ties do not depend on the order of the pupils (Manning,
    Raghavan & Schütze 2008). Raises NotAnOutcome, NotYesOrNo, NotNumbers, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> flagged, outcome = np.array([True] * 40 + [False] * 60), np.array([1.0] * 30 + [0.0] * 60 + [1.0] * 10)
    >>> found = rule_quality(flagged, outcome)
    >>> found.precision.share, found.recall.share, found.f1
    (0.75, 0.75, 0.75)
    """
    hit, positive, known = _outcomes(flagged, outcome)
    points = np.full(len(hit), np.nan) if score is None else table(score, "score", axes=1)
    same_length(flagged=hit, score=points)
    tp, fp = int((hit & positive & known).sum()), int((hit & ~positive & known).sum())
    fn, tn = int((~hit & positive & known).sum()), int((~hit & ~positive & known).sum())
    precision, recall = portion(tp, tp + fp), portion(tp, tp + fn)
    scored = known & ~np.isnan(points)
    auc, average = _ranking(points[scored], positive[scored])
    return RuleQuality(
        true_positive=tp,
        false_positive=fp,
        false_negative=fn,
        true_negative=tn,
        precision=precision,
        recall=recall,
        specificity=portion(tn, tn + fp),
        alert_rate=portion(tp + fp, int(known.sum())),
        f1=None if precision.share is None or recall.share is None else 2 * tp / (2 * tp + fp + fn),
        auc=auc,
        average_precision=average,
        n=len(hit),
        n_valid=int(known.sum()),
    )


def _outcomes(flagged: Bools, outcome: Floats) -> tuple[Bools, Bools, Bools]:
    hit, came = truths(flagged, "flagged"), table(outcome, "outcome", axes=1)
    known = ~np.isnan(came)
    same_length(flagged=hit, outcome=came)
    for value in came[known & (came != 0) & (came != 1)][:1].tolist():
        raise NotAnOutcome(value=value)
    return hit, came == 1, known


def _ranking(points: Floats, positive: Bools) -> tuple[float | None, float | None]:
    """AUC and average precision from the counts at each distinct score, in whole numbers up to the last step."""
    _, place = np.unique(-points, return_inverse=True)
    cells = int(place.max()) + 1 if place.size else 0
    with_outcome = np.bincount(place[positive], minlength=cells)
    without = np.bincount(place[~positive], minlength=cells)
    ones, zeros = int(with_outcome.sum()), int(without.sum())
    if not ones or not zeros:
        return None, None
    found, wrong = np.cumsum(with_outcome), np.cumsum(without)
    twice = int((with_outcome * (2 * (zeros - wrong) + without)).sum())
    precision = found / (found + wrong)
    return twice / (2 * ones * zeros), fsum((with_outcome * precision).tolist()) / ones


@dataclass(frozen=True, slots=True)
class GroupRates:
    """One group: pupils with a known outcome, how many of them have it, and the rates (None below twenty)."""

    group: str
    pupils: int
    positives: int
    alert_rate: Portion
    true_positive_rate: Portion
    false_positive_rate: Portion
    predictive_value: Portion


@dataclass(frozen=True, slots=True)
class UnfairPair:
    """Two groups of at least twenty with the outcome whose intervals of the true positive rate do not overlap.

    Pupils of `lower` who need it are found less often than those of `higher`.
    """

    lower: str
    higher: str


@dataclass(frozen=True, slots=True)
class Fairness(Result):
    """Groups by name, the pairs to look into, and the groups too small to compare. n: pupils; n_valid: group and outcome known.

    `flags` is a reason to look, with the differential item functioning of the scale first, never a reason for other thresholds.
    """

    groups: tuple[GroupRates, ...]
    flags: tuple[UnfairPair, ...]
    too_small: tuple[str, ...]
    n: int
    n_valid: int


@method("fairness", 1, rows=("flagged", "outcome", "group"))
def fairness(flagged: Bools, outcome: Floats, group: Sequence[str | None]) -> Fairness:
    """Compare a rule between groups of pupils: flagged bool[n], outcome float64[n] (0, 1, NaN), group of each pupil (None unknown).

    Equality of opportunity (Hardt, Price & Srebro 2016): is a pupil who needs it found as often in each group? Wilson 95 % intervals.
    Raises NotAGroup, NotAnOutcome, NotYesOrNo, NotNumbers, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> flagged = np.array([True] * 36 + [False] * 4 + [True] * 12 + [False] * 28)
    >>> found = fairness(flagged, np.ones(80), ["a"] * 40 + ["b"] * 40)
    >>> found.flags[0].lower, [each.true_positive_rate.share for each in found.groups]
    ('b', [0.9, 0.3])
    """
    hit, positive, known = _outcomes(flagged, outcome)
    same_length(flagged=hit, group=group)
    for name in group:
        if not (name is None or isinstance(name, str)):
            raise NotAGroup(kind=type(name).__name__)
    names = sorted({name for name in group if name is not None})
    masks = {name: np.array([each == name for each in group], dtype=np.bool_) & known for name in names}
    rates = tuple(_rates(name, hit[mask], positive[mask]) for name, mask in masks.items())
    large = [each for each in rates if each.positives >= LEAST]
    return Fairness(
        groups=rates,
        flags=tuple(found for one, other in combinations(large, 2) if (found := _unfair(one, other)) is not None),
        too_small=tuple(each.group for each in rates if each.positives < LEAST),
        n=len(hit),
        n_valid=sum(each.pupils for each in rates),
    )


def _rates(name: str, hit: Bools, positive: Bools) -> GroupRates:
    tp, alerts, ones = int((hit & positive).sum()), int(hit.sum()), int(positive.sum())
    return GroupRates(
        group=name,
        pupils=len(hit),
        positives=ones,
        alert_rate=portion(alerts, len(hit)),
        true_positive_rate=portion(tp, ones),
        false_positive_rate=portion(alerts - tp, len(hit) - ones),
        predictive_value=portion(tp, alerts),
    )


def _unfair(one: GroupRates, other: GroupRates) -> UnfairPair | None:
    first, second = one.true_positive_rate.interval, other.true_positive_rate.interval
    assert first is not None
    assert second is not None
    if first.high < second.low:
        return UnfairPair(one.group, other.group)
    return UnfairPair(other.group, one.group) if second.high < first.low else None
