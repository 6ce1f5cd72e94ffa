"""What each number says and does not say, in words for a school: content/methods/<module>.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kring.file_problems import ContentRefused, Problems
from kring.library.shelf import CONTENT
from kring.lined_yaml import Fields, read_lined


@dataclass(frozen=True, slots=True)
class MethodWords:
    """The words beside one method."""

    name: str
    says: str
    does_not_say: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The methods of one module of the core, by key."""

    title: str
    methods: Mapping[str, MethodWords]


@cache
def chapters(content: Path = CONTENT) -> Mapping[str, Chapter]:
    """Every chapter by the name of its file, which is that of the module with dashes for dots. Raises ContentRefused."""
    problems = Problems()
    paths = sorted((content / "methods").glob("*.yaml"))
    found = {path.stem: read_chapter(path.read_text(encoding="utf-8"), source=path.name, problems=problems) for path in paths}
    problems.refuse(ContentRefused)
    return found


def read_chapter(text: str, *, source: str, problems: Problems) -> Chapter:
    """The chapter in a YAML text; mistakes go to the problems."""
    root = read_lined(source, text, problems)
    if root is None:
        return Chapter("?", {})
    fields = Fields(source, root, problems)
    title, methods = fields.text("title"), fields.mapping("methods")
    fields.done()
    return Chapter(title, {key: _words(Fields(source, node, problems)) for key, node in methods.items()})


def _words(fields: Fields) -> MethodWords:
    words = MethodWords(fields.text("name"), fields.text("says"), fields.text("does_not_say"))
    fields.done()
    return words
