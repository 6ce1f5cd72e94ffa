"""The help: both languages whole, and every mistake in a file named with its place."""

from pathlib import Path

import pytest

from kring.library.help import Reader, article_of, articles, mistakes

GOOD = "readers: [staff]\nroutes: [groups]\nnl: {title: T, words: w, text: een}\nen: {title: T, words: w, text: one}\n"


def in_folder(folder: Path, text: str) -> Path:
    (folder / "help").mkdir()
    (folder / "help" / "x.yaml").write_text(text)
    return folder


def test_every_article_says_as_much_in_english_as_in_dutch() -> None:
    assert len(articles()) > 10
    assert [one.key for one in articles() if len(one.text("en").paragraphs) != len(one.text("nl").paragraphs)] == []
    assert {reader for one in articles() for reader in one.readers} == set(Reader)


def test_a_page_has_one_article_or_none() -> None:
    routes = [route for one in articles() for route in one.routes]
    assert len(routes) == len(set(routes))
    assert (article_of("pupil"), article_of("no such page")) == ("leerling", "")


def test_another_language_is_answered_in_dutch(tmp_path: Path) -> None:
    (article,) = articles(in_folder(tmp_path, GOOD))
    assert article.text("fr").paragraphs == ("een",)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (GOOD.replace("[staff]", "[teachers]"), "readers"),
        (GOOD.replace("readers: [staff]\n", ""), "readers"),
        (GOOD.replace("text: one", "text: ''"), "text"),
        (GOOD.partition("en:")[0], "title"),
        (GOOD + "more: yes\n", "more"),
        ("[", None),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, field: str | None) -> None:
    assert field in {problem.column for problem in mistakes(in_folder(tmp_path, text))}


def test_a_broken_file_takes_no_other_along(tmp_path: Path) -> None:
    (in_folder(tmp_path, GOOD) / "help" / "y.yaml").write_bytes(b"[\xff")
    assert [one.key for one in articles(tmp_path)] == ["x"]
    assert {problem.file for problem in mistakes(tmp_path)} == {"y.yaml"}
    assert mistakes() == ()
