"""A small builder for SVG and tables: elements in, escaped markup out. Nowhere else is markup made from text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple
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


class Element(NamedTuple):
    """One element; children are elements or plain text. An attribute or child that is None is left out."""

    tag: str
    attributes: Mapping[str, Value | None]
    children: tuple[Element | str | None, ...]

    def markup(self, medium: Medium = Medium.PAGE) -> Markup:
        pieces: list[str] = []
        _write(self, medium, pieces.append)
        return Markup("".join(pieces))


def element(tag: str, *children: Element | str | None, **attributes: Value | None) -> Element:
    """An element; `class_` and `stroke_width` become `class` and `stroke-width`."""
    return Element(tag, attributes, children)


def group(children: Iterable[Element | None], **attributes: Value | None) -> Element:
    return element("g", *children, **attributes)


@cache
def _attribute(name: str) -> str:
    return name if name in _KEPT else name.rstrip("_").replace("_", "-")


_KEPT = frozenset({"viewBox", "markerWidth", "markerHeight", "refX", "refY", "patternUnits", "patternTransform"})
_ALONE = frozenset({"circle", "path", "rect"})  # close themselves; an element of HTML must never


def _write(node: Element, medium: Medium, put: Callable[[str], object]) -> None:
    tag, attributes, children = node
    put(f"<{tag}")
    for name, value in attributes.items():
        if value is not None:
            put(f' {_attribute(name)}="{_written(value, medium)}"')
    if not children and tag in _ALONE:
        put("/>")
        return
    put(">")
    for child in children:
        if isinstance(child, str):
            put(_escaped(child))
        elif child is not None:
            _write(child, medium, put)
    put(f"</{tag}>")


def _written(value: Value, medium: Medium) -> str:
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, Paint):
        return _escaped(value.on(medium))
    if isinstance(value, int):
        return str(value)
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".")


def _escaped(text: str) -> str:
    """Safe as text and inside double quotes."""
    return text if _PLAIN.fullmatch(text) else escape(xml_text(text), {'"': "&quot;"})


_PLAIN = re.compile(r"[A-Za-z0-9 .,;:#()%_+/=-]*")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)
