"""One change to a list that is being written: each makes a new one and leaves the old."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kring.core.errors import BrokenRule
from kring.core.instruments import ScaledItem
from kring.core.sketches.sketch import Sketch, SketchedItem, SketchedScale

MOST_ITEMS = 150


@dataclass(eq=False, kw_only=True)
class NoSuchPart(BrokenRule):
    """The item or scale is gone: somebody else took it away."""

    key: str


@dataclass(eq=False, kw_only=True)
class TooManyItems(BrokenRule):
    """Nobody answers so many questions at once."""

    most: int


def free_key(prefix: str, taken: Iterable[str]) -> str:
    """The first of v1, v2, … that nobody has.

    >>> free_key("v", ["v1", "v3"])
    'v2'
    """
    known = set(taken)
    return next(key for number in range(1, len(known) + 2) if (key := f"{prefix}{number}") not in known)


def with_item(sketch: Sketch, item: SketchedItem, *, scale: str = "", reverse: bool = False) -> Sketch:
    """The item in its place, or at the end when it is new; counted by this scale and by no other. Raises TooManyItems, NoSuchPart."""
    if sketch.item(item.key) is None and len(sketch.items) >= MOST_ITEMS:
        raise TooManyItems(most=MOST_ITEMS)
    if scale and sketch.scale(scale) is None:
        raise NoSuchPart(key=scale)
    items = tuple(item if one.key == item.key else one for one in sketch.items)
    if sketch.item(item.key) is None:
        items = (*items, item)
    counted = ScaledItem(item.key, -1 if reverse else 1)
    scales = tuple(_counting(one, counted, here=one.key == scale) for one in sketch.scales)
    return replace(sketch, items=items, scales=scales)


def _counting(scale: SketchedScale, counted: ScaledItem, *, here: bool) -> SketchedScale:
    """The scale with this item where it stood or at its end, or without it."""
    keys = [one.item for one in scale.items]
    if here and counted.item in keys:
        return replace(scale, items=tuple(counted if one.item == counted.item else one for one in scale.items))
    others = tuple(one for one in scale.items if one.item != counted.item)
    return replace(scale, items=(*others, counted) if here else others)


def without_item(sketch: Sketch, key: str) -> Sketch:
    """Gone from the list and from its scales. Raises NoSuchPart."""
    if sketch.item(key) is None:
        raise NoSuchPart(key=key)
    scales = tuple(replace(one, items=tuple(part for part in one.items if part.item != key)) for one in sketch.scales)
    return replace(sketch, items=tuple(one for one in sketch.items if one.key != key), scales=scales)


def moved(sketch: Sketch, key: str, *, steps: int) -> Sketch:
    """The item so many places further on, or back when negative, and never beyond the ends. Raises NoSuchPart."""
    item = sketch.item(key)
    if item is None:
        raise NoSuchPart(key=key)
    others = [one for one in sketch.items if one.key != key]
    place = max(0, min(len(others), sketch.items.index(item) + steps))
    return replace(sketch, items=(*others[:place], item, *others[place:]))


def with_scale(sketch: Sketch, scale: SketchedScale) -> Sketch:
    """The scale in its place, or at the end when it is new."""
    if sketch.scale(scale.key) is None:
        return replace(sketch, scales=(*sketch.scales, scale))
    return replace(sketch, scales=tuple(scale if one.key == scale.key else one for one in sketch.scales))


def without_scale(sketch: Sketch, key: str) -> Sketch:
    """Gone; its items stay. Raises NoSuchPart."""
    if sketch.scale(key) is None:
        raise NoSuchPart(key=key)
    return replace(sketch, scales=tuple(one for one in sketch.scales if one.key != key))


def reworded(sketch: Sketch, reason: str) -> Sketch:
    """That only wording was put right, and why; so says a person, and empty takes it back."""
    return replace(sketch, comparable_reason=reason)
