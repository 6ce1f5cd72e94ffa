"""Linking forms: the items of a new form on the scale of an old one, through anchors that stand in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise

import numpy as np
from scipy.optimize import least_squares

from kring.core.columns import Floats
from kring.core.irt.calibration import LEAST_ITEMS, LEAST_PERSONS_GRADED, calibrated, form_of, freely_calibrated
from kring.core.irt.coding import Codes, ItemWithoutColumn
from kring.core.irt.curves import NODES, WEIGHTS, places_of
from kring.core.irt.designs import designed
from kring.core.irt.items import Calibration, GradedItem, Reason, refuse_twice
from kring.core.provenance import Result, method

__all__ = ["Anchor", "AnchoredCalibration", "Linking", "fixed_anchor_calibration", "stocking_lord"]

LEAST_ANCHORS = 5  # methods.md B.15
LEAST_ANCHOR_PERCENT = 20  # … of the items of the new form
MOST_DRIFT = 0.5  # … logits that a difficulty of an anchor may differ


@dataclass(frozen=True, slots=True)
class Anchor:
    """An item of both forms: its column in the new one, how far its difficulties are apart at most, and whether it was kept.

    `drift` is None when they cannot be compared: the item was not calibrated in one of the forms, or has no category border in common.
    """

    column: int
    drift: float | None
    kept: bool


@dataclass(frozen=True, slots=True, eq=False)
class Linking(Result):
    """θ_old = slope·θ_new + shift, and what follows from it.

    `items` are those of the new form on the old scale (without standard errors, which would not hold the error of the linking), `mean`
    and `sd` of the new population there. `slope`, `shift`, `mean`, `sd` are None without anchors. `n` anchors, `n_valid` those kept; fewer
    than 5, or than 20 % of the items, are not for use.
    """

    slope: float | None
    shift: float | None
    mean: float | None
    sd: float | None
    items: tuple[GradedItem, ...]
    anchors: tuple[Anchor, ...]
    reason: Reason | None
    n: int
    n_valid: int

    @property
    def for_use(self) -> bool:
        """Whether scores of the two forms may be compared."""
        return self.reason is None


@dataclass(frozen=True, slots=True, eq=False)
class AnchoredCalibration(Calibration):
    """A calibration on the scale of its anchors; `fixed` are the columns of those kept."""

    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pair:
    """An anchor in the old and the new form, with the same categories."""

    old: GradedItem
    new: GradedItem


@dataclass(frozen=True, slots=True)
class _Link:
    slope: float
    shift: float
    pairs: tuple[_Pair, ...]
    drifts: dict[int, float]


@method("stocking-lord", 1, data=("old", "new"))
def stocking_lord(old: Calibration, new: Calibration, *, anchors: Mapping[int, int]) -> Linking:
    """Link two calibrated forms by the characteristic curves of their anchors.

    Slope A and shift B make Σ_q w_q (T_old(θ_q) - T_new((θ_q - B)/A))² smallest, T the expected sum over the anchors, over 61 nodes of
    the old population. The anchor with the largest |Δb| goes while that is above .5, and the rest is linked anew. `anchors` gives for a
    column of the new form that of the old one. Source: Stocking & Lord 1983; Kolen & Brennan 2014. Raises ItemTwice.

    >>> from kring.core.irt import GradedItem, stored_items
    >>> old = [GradedItem(j, ((0,), (1,)), 1.0, (-b,)) for j, b in enumerate([-1.0, -0.5, 0.0, 0.5, 1.0])]
    >>> new = [GradedItem(j, ((0,), (1,)), 0.5, (-b / 2,)) for j, b in enumerate([-1.5, -0.5, 0.5, 1.5, 2.5])]
    >>> found = stocking_lord(stored_items(old), stored_items(new), anchors={j: j for j in range(5)})
    >>> round(found.slope, 6), round(found.shift, 6), found.for_use
    (0.5, -0.25, True)
    """
    refuse_twice(list(anchors.values()))
    pairs = _pairs(old.items, new.items, anchors)
    link = _linked(pairs, old.mean, old.sd)
    listed = _listed(sorted(anchors), link)
    few = _too_few(listed, len(new.items))
    if link is None:
        return Linking(None, None, None, None, (), listed, few, len(listed), 0)
    return Linking(
        slope=link.slope,
        shift=link.shift,
        mean=link.slope * new.mean + link.shift,
        sd=link.slope * new.sd,
        items=tuple(_moved(item, link) for item in new.items),
        anchors=listed,
        reason=old.reason or new.reason or few,
        n=len(listed),
        n_valid=len(link.pairs),
    )


@method("fixed-anchors", 1, rows=("answers",))
def fixed_anchor_calibration(
    answers: Floats, *, anchors: Sequence[GradedItem], categories: tuple[int, int] | None = None
) -> AnchoredCalibration:
    """Calibrate a new form on the scale of its anchors: these keep their parameters, the population has its own mean and sd.

    First the form is calibrated by itself and linked (see stocking_lord) to find anchors that drifted by more than .5, which are estimated
    anew. `anchors` are items of the old scale, each with its column in `answers`; the rest as in graded_response_model. With fewer than 5
    anchors, or than 20 % of the items, it is not for use. Source: Kim 2006. Raises ItemWithoutColumn, ItemTwice
    and what graded_response_model raises.

    >>> from kring.core.irt import GradedItem
    >>> answers = np.repeat([[0.0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, 1]], [30, 40, 40, 40, 90], axis=0)
    >>> found = fixed_anchor_calibration(answers, anchors=[GradedItem(0, ((0,), (1,)), 1.0, (0.5,))])
    >>> found.fixed, found.for_use, found.reason
    ((0,), False, <Reason.TOO_FEW_PERSONS: 'too_few_persons'>)
    """
    refuse_twice([each.column for each in anchors])
    own = form_of(answers, categories)
    for each in anchors:
        if not 0 <= each.column < np.shape(answers)[1]:
            raise ItemWithoutColumn(column=each.column, columns=np.shape(answers)[1])
    seen = dict(zip(own.columns, own.codes))
    shared = {each.column: shared_codes(each.codes, seen[each.column]) for each in anchors if each.column in seen}
    form = form_of(answers, categories, {column: codes for column, codes in shared.items() if len(codes) > 1})
    alone = freely_calibrated(form)
    if not alone.converged:
        return _anchored(alone, ())
    link = _linked(_pairs(anchors, alone.items, {each.column: each.column for each in anchors}), 0.0, 1.0)
    listed = _listed(sorted(each.column for each in anchors), link)
    few = _too_few(listed, len(alone.items))
    if link is None:
        return _anchored(replace(alone, items=(), loglik=None, converged=False, reason=few), listed)
    fixed = {pair.old.column: pair.old for pair in link.pairs}
    items = [fixed.get(item.column, _moved(item, link)) for item in alone.items]
    parameters = np.array([each for item in items for each in (item.slope, *item.intercepts)])
    held = np.array([item.column in fixed for item in items])[form.places.item_of]
    design = designed(form.places, parameters, held, mean=link.shift, sd=link.slope)
    found = calibrated(form, design, LEAST_ITEMS, LEAST_PERSONS_GRADED)
    return _anchored(replace(found, reason=found.reason or few), listed)


def _anchored(found: Calibration, anchors: tuple[Anchor, ...]) -> AnchoredCalibration:
    return AnchoredCalibration(**{each.name: getattr(found, each.name) for each in fields(found) if each.init}, anchors=anchors)


def shared_codes(first: Codes, second: Codes) -> Codes:
    """The finest categories that both can be joined to."""
    codes = sorted({code for group in (*first, *second) for code in group})
    borders = sorted({group[0] for group in first[1:]} & {group[0] for group in second[1:]})
    starts = [codes[0], *borders, codes[-1] + 1]
    return tuple(tuple(code for code in codes if start <= code < end) for start, end in pairwise(starts))


def joined_item(item: GradedItem, codes: Codes) -> GradedItem:
    """The item with categories joined: in a graded model the border between them just goes."""
    borders = {group[0] for group in codes[1:]}
    intercepts = tuple(each for each, group in zip(item.intercepts, item.codes[1:]) if group[0] in borders)
    return GradedItem(item.column, codes, item.slope, intercepts)


def _pairs(old: Sequence[GradedItem], new: Sequence[GradedItem], anchors: Mapping[int, int]) -> tuple[_Pair, ...]:
    """The anchors that can be compared, by their column in the new form."""
    before, after = {item.column: item for item in old}, {item.column: item for item in new}
    pairs = []
    for column, column_before in sorted(anchors.items()):
        if column in after and column_before in before:
            ours, theirs = after[column], before[column_before]
            codes = shared_codes(theirs.codes, ours.codes)
            if len(codes) > 1 and ours.slope * theirs.slope > 0:
                pairs.append(_Pair(joined_item(replace(theirs, column=column), codes), joined_item(ours, codes)))
    return tuple(pairs)


def _linked(pairs: tuple[_Pair, ...], mean: float, sd: float) -> _Link | None:
    """Link, drop the anchor that drifted most, and again, until none drifted too much."""
    drifts: dict[int, float] = {}
    while pairs:
        slope, shift = _curves_together(pairs, mean, sd)
        now = {pair.new.column: _drift(pair, slope, shift) for pair in pairs}
        drifts |= now
        worst = max(now, key=lambda column: (now[column], -column))
        if now[worst] <= MOST_DRIFT:
            return _Link(slope, shift, pairs, drifts)
        pairs = tuple(pair for pair in pairs if pair.new.column != worst)
    return None


def _curves_together(pairs: tuple[_Pair, ...], mean: float, sd: float) -> tuple[float, float]:
    """Slope and shift that bring the expected sums of the anchors together, from where means and spreads are equal."""
    theta, old, new = mean + sd * NODES, [pair.old for pair in pairs], [pair.new for pair in pairs]
    target = expected_sum(old, theta)

    def difference(at: Floats) -> Floats:
        apart: Floats = np.sqrt(WEIGHTS) * (expected_sum(new, (theta - at[1]) / np.exp(at[0])) - target)
        return apart

    before, after = (np.array([each for item in items for each in _difficulties(item)]) for items in (old, new))
    ratio = np.exp(np.mean([np.log(pair.new.slope / pair.old.slope) for pair in pairs]))
    start = np.array([np.log(ratio), before.mean() - ratio * after.mean()])
    found = least_squares(difference, start, xtol=1e-14, ftol=1e-14, gtol=1e-14).x
    return float(np.exp(found[0])), float(found[1])


def expected_sum(items: Sequence[GradedItem], theta: Floats) -> Floats:
    """Expected sum of the numbers of the categories float64[t]."""
    places = places_of([len(item.codes) for item in items])
    parameters = np.array([each for item in items for each in (item.slope, *item.intercepts)])
    total: Floats = places.scores @ np.exp(places.log_probabilities(parameters, theta))
    return total


def _difficulties(item: GradedItem) -> list[float]:
    return [-each / item.slope for each in item.intercepts]


def _drift(pair: _Pair, slope: float, shift: float) -> float:
    """The largest difference between the difficulties of an anchor, in logits of the old scale."""
    return max(abs(slope * after + shift - before) for before, after in zip(_difficulties(pair.old), _difficulties(pair.new)))


def _listed(columns: Sequence[int], link: _Link | None) -> tuple[Anchor, ...]:
    kept = {pair.new.column for pair in link.pairs} if link else set()
    drifts = link.drifts if link else {}
    return tuple(Anchor(column, drifts.get(column), column in kept) for column in columns)


def _too_few(anchors: Sequence[Anchor], items: int) -> Reason | None:
    """Whether fewer than 5 anchors, or than 20 % of the items, were kept."""
    kept = sum(anchor.kept for anchor in anchors)
    enough = kept >= LEAST_ANCHORS and 100 * kept >= LEAST_ANCHOR_PERCENT * items
    return None if enough else Reason.TOO_FEW_ANCHORS


def _moved(item: GradedItem, link: _Link) -> GradedItem:
    """The item on the old scale: a/A, d - a·B/A."""
    slope = item.slope / link.slope
    return GradedItem(item.column, item.codes, slope, tuple(each - slope * link.shift for each in item.intercepts))
