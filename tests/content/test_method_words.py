"""The words beside the methods: complete, and every mistake named with its line."""

from kring import library
from kring.file_problems import Problems
from kring.library.method_words import Chapter, MethodWords, read_chapter

GOOD = """\
title: Verandering
methods:
  reliable-change:
    name: Betrouwbare verandering
    says: Of een verschil meer is dan toeval.
    does_not_say: Waar het verschil door komt.
"""


def read(text: str) -> tuple[Chapter, list[tuple[int | None, str | None]]]:
    problems = Problems()
    chapter = read_chapter(text, source="change.yaml", problems=problems)
    return chapter, [(each.line, each.column) for each in problems.found]


def test_a_chapter_is_read() -> None:
    words = MethodWords("Betrouwbare verandering", "Of een verschil meer is dan toeval.", "Waar het verschil door komt.")
    assert read(GOOD) == (Chapter("Verandering", {"reliable-change": words}), [])


def test_what_is_missing_is_named_with_its_line() -> None:
    assert read(GOOD.replace("    says: Of een verschil meer is dan toeval.\n", ""))[1] == [(3, "says")]


def test_what_does_not_belong_is_named() -> None:
    assert read(GOOD + "    formula: x\n")[1] == [(7, "formula")]


def test_a_file_that_is_no_yaml_is_named() -> None:
    assert read("title: [")[1] == [(1, None)]


def test_no_words_promise_what_a_number_cannot() -> None:
    every = [words for chapter in library.chapters().values() for words in chapter.methods.values()]
    assert every
    assert [words.name for words in every if "bewijst dat" in words.says.lower()] == []
