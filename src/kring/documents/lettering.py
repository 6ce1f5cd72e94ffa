"""Text inside pictures: how wide it is, where it breaks, and which name is short and still clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kring.documents import palette
from kring.documents.elements import Element, Paint, element

_NARROW, _WIDE = frozenset("iIjl.,:;'|!1()[] ftr-"), frozenset("mMwW@%")


def width_of(text: str, size: float) -> float:
    """About the width of a line in our typeface, on the safe side."""
    return size * sum(0.34 if c in _NARROW else 0.9 if c in _WIDE else 0.68 if c.isupper() else 0.57 for c in text)


def line_of(
    text: str, x: float, y: float, size: float, *, paint: Paint = palette.INK, anchor: str = "start", weight: str | None = None
) -> Element:
    return element("text", text, x=x, y=y, font_size=size, fill=paint, text_anchor=anchor, font_weight=weight)


def shortened(text: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis where it would not fit."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """First names; with the first letters of the rest where two are the same; whole names where that is not enough."""
    first = {pupil: name.split(" ", 1)[0] for pupil, name in names.items()}
    initial = {pupil: _with_initial(name) for pupil, name in names.items()}
    firsts, initials = Counter(first.values()), Counter(initial.values())
    return {
        pupil: first[pupil] if firsts[first[pupil]] == 1 else initial[pupil] if initials[initial[pupil]] == 1 else name
        for pupil, name in names.items()
    }


def _with_initial(name: str) -> str:
    words = name.split()
    return f"{words[0]} {words[-1][0]}." if len(words) > 1 else name
