"""What is wrong with a list, a translation or a shell is named at once, each mistake on its own line."""

from dataclasses import replace
from pathlib import Path

import pytest

from kring import library
from kring.core import instruments as core
from kring.file_problems import ContentRefused, Problem
from kring.library import read_entry, read_shell, read_translation

BAD = Path(__file__).parent / "bad"
LIST = library.CONTENT / "instruments" / "kring-sociogram-1.yaml"


def refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ContentRefused) as refusal:
        read_entry(text, source="bad.yaml")
    return refusal.value.problems


def test_every_mistake_in_one_file_is_named_with_its_line() -> None:
    found = refused((BAD / "twelve-mistakes.yaml").read_text(encoding="utf-8"))
    assert [(problem.line, problem.message) for problem in found] == [
        (2, "Bij “eigen-fout” is version 0; dat moet 1 of meer zijn."),
        (4, "“pupil” kan deze lijst niet over “school” invullen."),
        (6, "Bij “eigen-fout” is year_levels 5; dat moet tussen 8 en 14 liggen."),
        (7, "Bij “eigen-fout” is minutes 500; dat moet tussen 1 en 120 liggen."),
        (8, "“zomer” kan niet in het veld “seasons”."),
        (11, "Het veld “verified_on” moet een datum zijn."),
        (17, "“geen_zin” kan niet in het veld “reasons”."),
        (18, "Dit kan geen pad in de map content zijn."),
        (23, "Bij het item “c” lopen de getallen niet van laag naar hoog in stappen van 1, of zijn het er meer dan 100."),
        (24, "Dit item heeft twee bereiken."),
        (26, "Het item “f” heeft minder dan twee antwoorden."),
        (27, "“-g” kan geen sleutel zijn."),
        (33, "De schaal “leeg” heeft geen items en kan niet gescoord worden."),
        (38, "“durven” kan niet in het veld “competences”."),
        (39, "De schaal noemt het item “x”, maar dat bestaat niet."),
        (44, "Bij “twee” is direction 0; dat moet 1 of -1 zijn."),
        (47, "Het item “a” staat in twee schalen: “een” en “twee”."),
        (48, "Bij “twee” is share_needed 0.2; dat moet tussen 0.5 en 1 liggen."),
        (54, "De schaal “open” telt de open vraag “e” mee."),
        (59, "Het item “b” staat in twee schalen: “twee” en “hoog”."),
        (60, "Bij “hoog” ligt de grens 9 buiten 1 tot 4."),
        (61, "Bij “om” staan rood (2.75) en groen (2.25) verkeerd om voor pupil."),
        (62, "Het veld “vragen” bestaat hier niet."),
    ]


@pytest.mark.parametrize(
    ("extra", "line", "message"),
    [
        ("items: {}\nquestions: {}\n", 13, "De lijst “x” heeft geen items en geen vragen."),
        ("comparable_with: {version: 2, scales: [s], reason: typo}\n", 13, "Versie 2 kan alleen vergeleken worden met een eerdere versie"),
        ("comparable_with: {version: 1, scales: [t], reason: typo}\n", 13, "Onder comparable_with staat de schaal “t”"),
        ("comparable_with: {version: 1, scales: [], reason: typo}\n", 13, "Bij “comparable_with” is scales 0"),
        ('introduction: "a\\0b"\n', 13, "In deze tekst staan tekens die geen schrift zijn."),
        ('introduction: "a\\u202eb"\n', 13, "In deze tekst staan tekens die geen schrift zijn."),
        ('"a\\0b": 1\n', 13, "In deze tekst staan tekens die geen schrift zijn."),
        ("? [a]\n: b\n", 13, "Hier horen velden te staan"),
        ("rhythm: {seasons: []}\n", 13, "Bij “rhythm” is seasons 0"),
        ("cuts: {source: x, dated: 2026-01-01, pupil: {red: 2, green: x}}\n", 13, "Het veld “green” moet een getal zijn."),
        ("audio: x\n", 13, "Het veld “audio” bestaat hier niet."),
    ],
)
def test_a_mistake_in_a_part_that_may_be_absent_is_on_its_line(extra: str, line: int, message: str) -> None:
    head = "key: x\nversion: 2\ntitle: X\ninformant: pupil\nlicence: eigen\nlicence_source: eigen\nverified_on: 2026-11-22\n"
    rest = "may_redistribute_text: true\nmay_translate: true\nattribution: X\npromise: P\nvalidity_note: V\n"
    items = "options: {1: nee, 2: ja}\nitems: {i: Een}\nscales: {s: {title: S, family: social, direction: 1, items: [i]}}\n"
    found = refused(head + rest + extra + ("" if "items" in extra else items))
    assert [(problem.line, message in problem.message) for problem in found] == [(line, True)]


def shelf(tmp_path: Path, old: str, new: str) -> list[tuple[int | None, str]]:
    """What keeps a list off a shelf where it stands with this changed."""
    folder = tmp_path / "instruments"
    folder.mkdir()
    text = (library.CONTENT / "instruments" / "kring-leerling-beeld-1.yaml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    more = "\nitems:\n  omgekeerd1: Een.\n  omgekeerd2: Twee.\n" if "omgekeerd" in new else "\nitems:\n"
    text = text.replace(old, new, 1).replace("\nitems:\n", more)
    (folder / "kring-leerling-beeld-1.yaml").write_text(text, encoding="utf-8")
    if "pictograms" not in old:
        (tmp_path / "pictograms").symlink_to(library.CONTENT / "pictograms")
    with pytest.raises(ContentRefused) as refusal:
        library.entries(tmp_path)
    return [(problem.line, problem.message) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("may_redistribute_text: true", "may_redistribute_text: false", "De tekst mag niet verspreid worden."),
        ("\nminutes: ", "\n# minutes: ", "Er staat niet bij hoe lang invullen duurt."),
        ("    competences: ", "    # competences: ", "hoort bij geen enkele competentie."),
        ("    items: [", "    items: [-omgekeerd1, -omgekeerd2, ", "keert 2 items om, en kinderen lezen die slecht."),
        ("pictograms: ", "pictograms: geen-", "De tekening pictograms/geen-"),
        (
            "\nitems:\n",
            "\nitems:\n  hoor: {text: Luister., audio: audio/er-niet.mp3}\n",
            "Het geluidsbestand audio/er-niet.mp3 is er niet.",
        ),
    ],
)
def test_the_shelf_refuses_what_it_may_not_spread_and_what_is_not_there(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert message in shelf(tmp_path, old, new)[0][1]


TRANSLATED = """\
of: kring-sociogram-niet-1
language: en
status: translated
title: Sociogram
promise: Nobody in class sees it.
validity_note: One day says little.
questions:
  together: With whom do you like to work?
  rather_not: With whom rather not? You may skip this.
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("niet-1", "niet-2", 1, "Dit is geen vertaling van kring-sociogram-niet-1."),
        ("language: en", "language: nl", 2, "Dit is de taal van de lijst zelf."),
        ("status: translated", "status: mooi", 3, "“mooi” kan niet in het veld “status”."),
        ("title: Sociogram\n", "", 1, "Het veld “title” ontbreekt of is leeg."),
        ("validity_note", "introduction: Hi\nvalidity_note", 6, "De lijst zelf heeft geen “introduction”."),
        ("  rather_not: With whom rather not? You may skip this.\n", "", 7, "Onder “questions” ontbreekt de vertaling van “rather_not”."),
        ("  together: W", "  apart: X\n  together: W", 8, "De lijst zelf heeft “apart” niet."),
        ("together: With whom do you like to work?", "together: {}", 8, "Het veld “text” ontbreekt of is leeg."),
    ],
)
def test_a_translation_is_complete_or_refused(old: str, new: str, line: int, message: str) -> None:
    of = library.entry("kring-sociogram-niet", 1)
    assert read_translation(TRANSLATED, source="x", of=of).instrument.questions[0].text == "With whom do you like to work?"
    with pytest.raises(ContentRefused) as refusal:
        read_translation(TRANSLATED.replace(old, new, 1), source="x", of=of)
    assert [(problem.line, problem.message) for problem in refusal.value.problems] == [(line, message)]


def test_what_may_not_be_translated_is_not() -> None:
    with pytest.raises(ContentRefused) as refusal:
        read_translation(TRANSLATED, source="x", of=replace(library.entry("kring-sociogram-niet"), may_translate=False))
    assert [problem.message for problem in refusal.value.problems] == ["Deze lijst mag niet vertaald worden."]


SHELL = (library.CONTENT / "shells" / "kidscreen-10-1.yaml").read_text(encoding="utf-8")
SECOND = "\n  tweede: {title: T, family: emotion, direction: 1, competences: [choices], numbers: [10]}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SHELL.replace("items: 10", "items: {i1: Ik voel me fit.}"), "Hier hoort een aantal te staan en geen tekst."),
        (SHELL.replace("items: 10", "items: 9"), "De lijst heeft maar 9 items."),
        (SHELL + "    texts: [Ik voel me fit.]\n", "Het veld “texts” bestaat hier niet."),
        (SHELL + SECOND, "Item 10 staat in twee bereiken: “index” en “tweede”."),
        (SHELL.replace("[1-10]", "[1-10, 3]"), "Een item staat er twee keer in."),
        (SHELL.replace("[1-10]", "[een]"), "“een” is geen nummer van een item."),
        (SHELL.replace("[1-10]", "[1-10]\n    items: 4"), "Er staan 10 nummers onder numbers."),
        (SHELL.replace("direction: 1", "direction: 2"), "Een richting is 1 of -1."),
        (SHELL.replace("competences: [self_awareness]", "competences: []"), "Deze schaal hoort bij geen enkele competentie."),
        (SHELL + "    scores: [100, 0]\n", "Hier horen de laagste en de hoogste waarde te staan."),
        (SHELL.replace("may_redistribute_text: false", "may_redistribute_text: true"), "Een schil is er voor een lijst waarvan de tekst"),
    ],
)
def test_a_shell_with_a_text_or_an_item_in_two_ranges_is_refused(text: str, message: str) -> None:
    with pytest.raises(ContentRefused) as refusal:
        read_shell(text, source="x.yaml")
    assert message in refusal.value.problems[0].message


def test_a_shelf_of_shells_names_every_bad_one_and_says_what_is_not_known(tmp_path: Path) -> None:
    assert library.shell("kidscreen-10").unknown == ("answers", "index.scores")
    assert library.shell("sdq-leerling", 1).fillable is False
    with pytest.raises(library.NoSuchInstrument) as absent:
        library.shell("sdq-leerling", 2)
    assert "rses" in absent.value.known
    folder = tmp_path / "shells"
    folder.mkdir()
    (folder / "other-1.yaml").write_text(SHELL, encoding="utf-8")
    (folder / "empty-1.yaml").write_text("", encoding="utf-8")
    with pytest.raises(ContentRefused) as refusal:
        library.shells(tmp_path)
    assert [problem.message for problem in refusal.value.problems] == [
        "Het bestand is leeg.",
        "Dit bestand hoort kidscreen-10-1.yaml te heten.",
    ]


def test_a_translation_is_there_or_not_and_only_of_a_list_that_is() -> None:
    english = library.translation("kring-leerling", 2, "en")
    assert english is not None
    assert (english.instrument.language, english.status) == ("en", library.Status.TRANSLATED)
    assert library.translation("kring-leerling", 2, "fy") is None
    for key, language in (("geen", "en"), ("kring-leerling", "../en")):
        with pytest.raises(library.NoSuchInstrument):
            library.translation(key, 2, language)


def test_a_list_of_many_items_on_one_scale_stands_under_each_other() -> None:
    entry = library.entry("kring-leerling", 1)
    many = tuple(replace(entry.instrument.items[0], key=f"een-lange-sleutel-{number}") for number in range(12))
    scale = replace(entry.instrument.scales[0], items=tuple(core.ScaledItem(item.key, -1) for item in many))
    long = replace(entry, instrument=replace(entry.instrument, items=many, scales=(scale,)))
    text = library.written_entry(long)
    assert "    items:\n      - -een-lange-sleutel-0\n" in text
    assert read_entry(text, source="x") == long
