"""Reading what was made: SVG and HTML as trees, PDF as tags and text."""

from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET

import pikepdf

SVG = "{http://www.w3.org/2000/svg}"
VOID = {"meta", "link", "br", "img", "hr", "input"}


def svg_tree(markup: str) -> ET.Element:
    return ET.fromstring(markup)


def svg_texts(markup: str) -> list[str]:
    return ["".join(node.itertext()) for node in svg_tree(markup).iter(f"{SVG}text")]


class Page(HTMLParser):
    """A page as lists of tags and texts; refuses tags that do not close."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def within(self, tag: str) -> list[str]:
        return [text.strip() for found, text in self.texts if found == tag and text.strip()]

    def count(self, tag: str) -> int:
        return sum(1 for found, _ in self.tags if found == tag)


def tags_of(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every structure element of a tagged PDF, in reading order."""
    todo: list[object] = [pdf.Root.StructTreeRoot]
    while todo:
        node = todo.pop()
        if isinstance(node, pikepdf.Array):
            todo.extend(reversed(list(node.as_list())))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                todo.append(node.K)


def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made))
