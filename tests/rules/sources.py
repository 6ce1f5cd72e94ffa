"""The code read as text and trees, for rules about the code. Each rule takes sources, so that a planted fault can be shown to be found."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ROOT / "src" / "kring"


@dataclass(frozen=True, slots=True)
class Source:
    """One module."""

    name: str  # path below src/kring, as posix
    text: str

    @property
    def tree(self) -> ast.Module:
        return parsed(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.name).parts


@cache
def parsed(text: str) -> ast.Module:
    """Some forty rules read the same thousand modules."""
    return ast.parse(text)


def sources(below: str = "") -> list[Source]:
    """Every module of Kring, below a folder if one is named; migrations excepted."""
    found = sorted((CODE / below).rglob("*.py"))
    return [Source(path.relative_to(CODE).as_posix(), path.read_text("utf-8")) for path in found if "migrations" not in path.parts]


def calls(source: Source) -> Iterator[tuple[int, str]]:
    """Every call with its line, as dotted text: `timezone.now`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def attributes(source: Source) -> Iterator[tuple[int, str]]:
    """Every name after a dot, with its line."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr


def places(found: Iterable[tuple[Source, int, str]]) -> list[str]:
    """As a reader wants them: file:line what."""
    return [f"{source.name}:{line} {what}" for source, line, what in found]
