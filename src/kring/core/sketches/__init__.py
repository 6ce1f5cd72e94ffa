"""A list while somebody writes it: it may still be wrong or incomplete, and says what it lacks before it can be released."""

from kring.core.sketches.changes import Change, ChangeKind, changes, same_meaning
from kring.core.sketches.lacks import Lack, NotReady, Reason, lacks
from kring.core.sketches.sketch import Sketch, SketchedCuts, SketchedItem, SketchedScale
from kring.core.sketches.writing import (
    NoSuchPart,
    TooManyItems,
    free_key,
    moved,
    reworded,
    with_item,
    with_scale,
    without_item,
    without_scale,
)

__all__ = [
    "Change",
    "ChangeKind",
    "Lack",
    "NoSuchPart",
    "NotReady",
    "Reason",
    "Sketch",
    "SketchedCuts",
    "SketchedItem",
    "SketchedScale",
    "TooManyItems",
    "changes",
    "free_key",
    "lacks",
    "moved",
    "reworded",
    "same_meaning",
    "with_item",
    "with_scale",
    "without_item",
    "without_scale",
]
