"""A small builder for SVG: elements in, escaped markup out. Nowhere else is markup made from text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from xml.sax.saxutils import escape

SVG_NAMESPACE = "http://www.w3.org/2000/svg"


class Medium(StrEnum):
    """Where a picture lands: a page resolves custom properties, paper gets plain colours."""

    PAGE = "page"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour by name: a custom property on the page (light, dark, a board's own theme), a plain colour on paper."""

    token: str
    plain: str

    def on(self, medium: Medium) -> str:
        return self.plain if medium is Medium.PAPER else f"var(--kring-{self.token}, {self.plain})"


class Markup(str):
    """Markup made by this builder, which escapes every text: Django's templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


Value = str | float | Paint


@dataclass(frozen=True, slots=True)
class Element:
    """One SVG element; children are elements or plain text."""

    tag: str
    attributes: tuple[tuple[str, Value], ...] = ()
    children: tuple[Element | str, ...] = ()

    def markup(self, medium: Medium = Medium.PAGE) -> Markup:
        pieces: list[str] = []
        _write(self, medium, pieces.append)
        return Markup("".join(pieces))


def element(tag: str, *children: Element | str | None, **attributes: Value | None) -> Element:
    """An element; `class_` and `stroke_width` become `class` and `stroke-width`; None is left out."""
    named = tuple([(_attribute(name), value) for name, value in attributes.items() if value is not None])
    return Element(tag, named, tuple([child for child in children if child is not None]))


def group(children: Iterable[Element | None], **attributes: Value | None) -> Element:
    return element("g", *children, **attributes)


@cache
def _attribute(name: str) -> str:
    return name if name in _KEPT else name.rstrip("_").replace("_", "-")


_KEPT = frozenset({"viewBox", "markerWidth", "markerHeight", "refX", "refY", "patternUnits", "patternTransform"})


def _write(node: Element | str, medium: Medium, put: Callable[[str], object]) -> None:
    if isinstance(node, str):
        put(_escaped(node))
        return
    inside = "".join([f' {name}="{_written(value, medium)}"' for name, value in node.attributes])
    put(f"<{node.tag}{inside}>" if node.children else f"<{node.tag}{inside}/>")
    for child in node.children:
        _write(child, medium, put)
    if node.children:
        put(f"</{node.tag}>")


def _written(value: Value, medium: Medium) -> str:
    if isinstance(value, Paint):
        return _escaped(value.on(medium))
    if isinstance(value, str):
        return _escaped(value)
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".")


def _escaped(text: str) -> str:
    """Safe as text and inside double quotes."""
    return text if _PLAIN.fullmatch(text) else escape(xml_text(text), {'"': "&quot;"})


_PLAIN = re.compile(r"[A-Za-z0-9 .,;:#()%_+/=-]*")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)
