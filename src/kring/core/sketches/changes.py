"""What a next version changes, part by part, and whether the answers still mean the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kring.core.sketches.sketch import Sketch, SketchedItem, SketchedScale


class ChangeKind(StrEnum):
    """What happened to a part."""

    ITEM_ADDED = "item_added"
    ITEM_REMOVED = "item_removed"
    ITEM_REWORDED = "item_reworded"
    ANSWERS_CHANGED = "answers_changed"
    ITEM_MOVED = "item_moved"
    SCALE_ADDED = "scale_added"
    SCALE_REMOVED = "scale_removed"
    SCALE_CHANGED = "scale_changed"
    SCALE_REWORDED = "scale_reworded"
    HEAD_CHANGED = "head_changed"
    ASKED_CHANGED = "asked_changed"
    YEARS_CHANGED = "years_changed"
    RHYTHM_CHANGED = "rhythm_changed"


HARMLESS = frozenset(
    {
        ChangeKind.ITEM_REWORDED,
        ChangeKind.SCALE_REWORDED,
        ChangeKind.HEAD_CHANGED,
        ChangeKind.YEARS_CHANGED,
        ChangeKind.RHYTHM_CHANGED,
    }
)
"""Of these a person may say that only wording was put right; after any other the answers are to another question."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what it was and what it became; empty where there was nothing, or where it has no words of its own."""

    kind: ChangeKind
    was: str = ""
    became: str = ""


def changes(old: Sketch, new: Sketch) -> tuple[Change, ...]:
    """Everything that differs, in the order of the new list; what is gone comes last.

    >>> from dataclasses import replace
    >>> from kring.core.sketches.sketch import SketchedItem
    >>> before = Sketch(key="eigen-a", title="A", items=(SketchedItem(key="v1", text="Ik leer."),))
    >>> changes(before, replace(before, items=(SketchedItem(key="v1", text="Ik leer veel."),)))
    (Change(kind=<ChangeKind.ITEM_REWORDED: 'item_reworded'>, was='Ik leer.', became='Ik leer veel.'),)
    """
    return (*_of_head(old, new), *_of_items(old, new), *_of_scales(old, new))


def same_meaning(found: tuple[Change, ...]) -> bool:
    """Whether only words changed: then somebody may say, with a reason, that a trend goes on."""
    return HARMLESS.issuperset(change.kind for change in found)


def _of_head(old: Sketch, new: Sketch) -> Iterator[Change]:
    for name in ("title", "promise", "introduction", "minutes", "licence", "licence_source", "attribution", "validity_note"):
        was, became = str(getattr(old, name) or ""), str(getattr(new, name) or "")
        if was != became:
            yield Change(ChangeKind.HEAD_CHANGED, was, became)
    if (old.informant, old.about, old.anonymous) != (new.informant, new.about, new.anonymous):
        yield Change(ChangeKind.ASKED_CHANGED)
    if old.year_levels != new.year_levels:
        yield Change(ChangeKind.YEARS_CHANGED)
    if old.seasons != new.seasons:
        yield Change(ChangeKind.RHYTHM_CHANGED)


def _of_items(old: Sketch, new: Sketch) -> Iterator[Change]:
    stayed = [one.key for one in old.items if new.item(one.key)]
    order = [one.key for one in new.items if old.item(one.key)]
    for item in new.items:
        was = old.item(item.key)
        if was is None:
            yield Change(ChangeKind.ITEM_ADDED, "", item.text)
            continue
        if was.text != item.text:
            yield Change(ChangeKind.ITEM_REWORDED, was.text, item.text)
        before, now = _answers(old, was), _answers(new, item)
        if before != now:
            yield Change(ChangeKind.ANSWERS_CHANGED, f"{was.text} ({before})", f"{item.text} ({now})")
        if stayed.index(item.key) != order.index(item.key):
            yield Change(ChangeKind.ITEM_MOVED, item.text, item.text)
    yield from (Change(ChangeKind.ITEM_REMOVED, one.text) for one in old.items if new.item(one.key) is None)


def _answers(sketch: Sketch, item: SketchedItem) -> str:
    return ", ".join(f"{option.code} {option.label}" for option in sketch.options_of(item)) or item.kind.value


def _of_scales(old: Sketch, new: Sketch) -> Iterator[Change]:
    for scale in new.scales:
        was = old.scale(scale.key)
        if was is None:
            yield Change(ChangeKind.SCALE_ADDED, "", scale.title)
        elif _counts(was) != _counts(scale):
            yield Change(ChangeKind.SCALE_CHANGED, was.title, scale.title)
        elif was != scale:
            yield Change(ChangeKind.SCALE_REWORDED, was.title, scale.title)
    yield from (Change(ChangeKind.SCALE_REMOVED, one.title) for one in old.scales if new.scale(one.key) is None)


def _counts(scale: SketchedScale) -> object:
    """What makes the number: its items with their sign, in whatever order."""
    return frozenset(scale.items), scale.direction, scale.share_needed
