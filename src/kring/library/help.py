"""Help for who works with Kring, in both languages: content/help/<key>.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from kring.file_problems import Problem, Problems
from kring.library.shelf import CONTENT
from kring.lined_yaml import Fields, Lined, read_lined


class Reader(StrEnum):
    """For whom an article is."""

    STAFF = "staff"
    FAMILY = "family"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class HelpText:
    """An article in one language: paragraphs, and the words by which somebody may look for it."""

    title: str
    words: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the help, with the pages that it is about, by the names of their routes."""

    key: str
    readers: frozenset[Reader]
    routes: tuple[str, ...]
    texts: Mapping[str, HelpText]

    def text(self, language: str) -> HelpText:
        """In this language, or in Dutch."""
        return self.texts.get(language) or self.texts["nl"]


def articles(content: Path = CONTENT) -> tuple[Article, ...]:
    """Every article without mistakes, in the order of its key. Every page asks for them: a broken file takes no other along."""
    return tuple(one for one, problems in _read(content) if one is not None and not problems)


def mistakes(content: Path = CONTENT) -> tuple[Problem, ...]:
    """What is wrong with the others, with file and line; said at start (web/checks.py)."""
    return tuple(one for _article, problems in _read(content) for one in problems.found)


@cache
def _read(content: Path) -> tuple[tuple[Article | None, Problems], ...]:
    return tuple(_read_file(path) for path in sorted((content / "help").glob("*.yaml")))


def _read_file(path: Path) -> tuple[Article | None, Problems]:
    problems = Problems()
    return read_article(path.read_text(encoding="utf-8", errors="replace"), source=path.name, problems=problems), problems


@cache
def article_of(route: str) -> str:
    """The key of the article about this page; empty when there is none."""
    return next((one.key for one in articles() if route in one.routes), "")


def read_article(text: str, *, source: str, problems: Problems) -> Article | None:
    """The article in a YAML text; mistakes go to the problems."""
    root = read_lined(source, text, problems)
    if root is None:
        return None
    fields = Fields(source, root, problems)
    readers = frozenset(_reader(fields, part) for part in fields.parts("readers"))
    routes = tuple(part.text or "" for part in fields.parts("routes"))
    texts = {language: _text(fields, language) for language in ("nl", "en")}
    fields.done()
    if not readers:
        fields.wrong("readers", "Er staat niet bij voor wie dit is.", "Kies uit: staff, family, partner.")
    return Article(source.removesuffix(".yaml"), readers, routes, texts)


def _reader(fields: Fields, part: Lined) -> Reader:
    try:
        return Reader(part.text or "")
    except ValueError:
        fields.wrong("readers", f"“{part.text}” is geen lezer.", "Kies uit: staff, family, partner.")
        return Reader.STAFF


def _text(fields: Fields, language: str) -> HelpText:
    """Paragraphs stand apart by an empty line."""
    node = fields.node(language)
    own = Fields(fields.file, node or Lined({}, fields.line), fields.problems)
    title, words, text = own.text("title"), own.text("words"), own.text("text")
    own.done()
    return HelpText(title, words, tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip()))
