"""Sheets of formr become drafts; every row that is wrong is named with its line, and its R is never run."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from kring.core.instruments import AnswerKind
from kring.file_problems import FilesRefused
from kring.library.foreign.formr import from_formr, looks_like_choices, looks_like_formr
from kring.library.foreign.leftovers import Brought

Row = tuple[int, Mapping[str, str]]


def rows(*written: Mapping[str, str]) -> list[Row]:
    return list(enumerate(written, start=2))


def asks(kind: str, name: str = "q", label: str = "Hoe gaat het?", **more: str) -> Mapping[str, str]:
    return {"type": kind, "name": name, "label": label, **more}


def sheet(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [(reader.line_num, {name: cell or "" for name, cell in row.items()}) for row in reader]


def test_every_kind_of_question_that_kring_can_ask() -> None:
    choices = rows(
        {"list_name": "hoe", "name": "1", "label": "slecht"}, {"list_name": "", "name": "2", "label": "goed"}, {"list_name": "x"}
    )
    found = from_formr(
        "mijn_lijst.csv",
        rows(
            asks("mc", "a", choice1="ja", choice2="nee"),
            asks("mc_button hoe", "b"),
            asks("rating_button 1,5,1", "c", choice1="weinig", choice2="veel"),
            asks("number 0,10,2", "d"),
            asks("text", "e"),
            asks("textarea", "f"),
            asks("rating_button 5", "g"),
            asks("select_one hoe", "h"),
        ),
        choices,
    )
    assert found.title == "mijn lijst"
    asked = {item.key: (item.kind, [(option.code, option.label) for option in item.options]) for item in found.items}
    assert asked["a"] == (AnswerKind.CHOICE, [(1, "ja"), (2, "nee")])
    assert asked["b"] == asked["h"] == (AnswerKind.CHOICE, [(1, "slecht"), (2, "goed")])
    assert asked["c"] == (AnswerKind.NUMBER, [(1, "weinig"), (2, "2"), (3, "3"), (4, "4"), (5, "veel")])
    assert (asked["d"][0], len(asked["d"][1])) == (AnswerKind.NUMBER, 11)
    assert asked["e"] == asked["f"] == (AnswerKind.TEXT, [])
    assert [code for code, _ in asked["g"][1]] == [1, 2, 3, 4, 5]
    assert [(one.place, "stappen" in one.reason) for one in found.leftovers] == [("d", True)]


LEFT = {
    "note": "tekst tussendoor",
    "submit": "knop",
    "calculate": "rekenregel",
    "browser": "geen vraag aan wie invult",
    "mc_multiple 2": "meer dan één",
    "date": "datum",
    "sex": "dit gegeven",
    "geopoint": "dit gegeven",
    "hologram": "(hologram) kent Kring niet",
    "rating_button": "van welk tot welk",
    "number 0,1000": "stappen",
    "mc": "meer of minder",
}


@pytest.mark.parametrize("kind", LEFT)
def test_what_kring_cannot_ask_is_left_with_its_reason(kind: str) -> None:
    found = from_formr("x.csv", rows(asks(kind), asks("text", "t")))
    assert [item.key for item in found.items] == ["t"]
    assert [(one.place, LEFT[kind] in one.reason) for one in found.leftovers] == [("q", True)]


def test_code_and_conditions_are_named_and_never_run() -> None:
    label = "# Hoe <b>sexy</b> is `r system('id')` 😀 <script>alert(1)</script> <img src=x>?"
    answers = {"choice1": "`r 1`", "choice2": "nee", "choice3": "ja"}
    extras = {"showif": "a == 1", "value": "2", "optional": "!", "item_order": "1"}
    found = from_formr("x.csv", rows(asks("mc", label=label, **answers, **extras)))
    item = found.items[0]
    assert (item.text, [option.label for option in item.options]) == ("Hoe sexy is … 😀 ?", ["…", "nee", "ja"])
    reasons = " ".join(one.reason for one in found.leftovers)
    assert all(word in reasons for word in ("code (R)", "showif", "plaatje", "vooraf is ingevuld", "verplicht", "volgorde"))


def test_everything_that_is_wrong_is_said_at_once_with_its_line() -> None:
    broken = rows(
        asks("text", ""),
        asks("", "b"),
        asks("text", "c"),
        asks("mc", "c", choice1="a", choice2="b"),
        {"label": "los"},
        asks("mc nergens", "d"),
        asks("number 5,veel", "e"),
        {},
        asks("submit", ""),
    )
    with pytest.raises(FilesRefused) as refused:
        from_formr("x.csv", broken)
    assert [(one.line, one.column) for one in refused.value.problems] == [
        (2, "name"),
        (3, "type"),
        (5, "name"),
        (6, "type"),
        (7, "type"),
        (8, "type"),
    ]


def test_the_headings_tell_that_it_is_formr() -> None:
    assert looks_like_formr(["scale", "class", "typ", "Variablenname", "wortlaut"])
    assert not looks_like_formr(["leerling", "naam", "groep"])
    assert looks_like_choices(["list_name", "name", "label"])


@pytest.mark.shared
def test_the_sheets_of_others(shared: Path) -> None:
    folder = shared / "data" / "formr_survey_sheets"

    def found(name: str) -> Brought | list[int | None]:
        choices = folder / name.replace("__survey", "__choices")
        try:
            return from_formr(name, sheet(folder / name), sheet(choices) if "__survey" in name and choices.exists() else [])
        except FilesRefused as refused:
            return [one.line for one in refused.problems]

    panas = found("broken_PANAS__Tabelle1.csv")  # what was broken in it did not survive the way to CSV
    assert isinstance(panas, Brought)
    assert (len(panas.items), len(panas.leftovers)) == (20, 1)
    widgets = found("all_widgets__survey.csv")
    assert isinstance(widgets, Brought)
    assert (len(widgets.items), len(widgets.leftovers)) == (12, 31)
    assert found("empty_survey__survey.csv") == [None]
    diary = found("Tagebuch_upload__survey.csv")
    assert isinstance(diary, list)
    assert len(diary) > 0
