"""An instrument file that is wrong refuses to load and names every line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import instruments as rules
from kring.core.errors import BrokenRule, CallerMistake
from kring.core.instruments import CutKind, Instrument, Level, ScaledItem
from kring.file_problems import ContentRefused, Problem
from kring.library import read_entry, read_instrument
from kring.library.wording import SENTENCES

GOOD = """\
key: tiny
version: 1
title: Tiny list
informant: pupil
licence: CC0-1.0
licence_source: own text
verified_on: 2026-11-22
may_redistribute_text: true
may_translate: false
attribution: Kring
promise: Only you see this.
validity_note: Not normed.
options: {1: nee, 2: een beetje, 3: ja}
items:
  a: Item a.
  b: Item b.
  c:
    text: Item c.
    options: {0: nooit, 9: altijd}
cuts:
  source: chosen
  dated: 2026-11-22
  pupil: [1.5, 2.5]
scales:
  first:
    title: First
    family: social
    direction: 1
    items: [a, -b]
  second:
    title: Second
    family: emotion
    direction: -1
    items: [c]
    cuts: {pupil: [2.5, 1.5]}
questions:
  with_whom: {text: With whom, kind: nominate, polarity: 1, limit: 3}
"""


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ContentRefused) as refusal:
        read_instrument(text, source="tiny.yaml")
    return refusal.value.problems


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_reads_a_whole_file() -> None:
    entry = read_entry(GOOD, source="tiny.yaml")
    tiny = entry.instrument
    assert (entry.may_redistribute_text, entry.may_translate, entry.validity_note) == (True, False, "Not normed.")
    assert (tiny.key, tiny.version, tiny.year_levels, tiny.language) == ("tiny", 1, None, "nl")
    assert [(item.key, item.low, item.high) for item in tiny.items] == [("a", 1, 3), ("b", 1, 3), ("c", 0, 9)]
    assert tiny.scale("first").items == (ScaledItem("a", 1), ScaledItem("b", -1))
    assert (tiny.scale("first").cuts[Level.PUPIL].red, tiny.scale("second").cuts[Level.PUPIL].red) == (1.5, 2.5)
    assert tiny.scale("second").cuts[Level.PUPIL].source == "chosen"
    assert tiny.questions[0].limit == 3


def test_cut_offs_may_be_percentiles_or_in_percent_of_the_maximum() -> None:
    text = changed("  dated: 2026-11-22\n  pupil: [1.5, 2.5]", "  dated: 2026-11-22\n  kind: percentile\n  pupil: [10, 25]")
    found = read_entry(text.replace("cuts: {pupil: [2.5, 1.5]}", "cuts: {kind: pomp, pupil: [75, 25]}"), source="tiny.yaml").instrument
    first, second = found.scale("first").cuts[Level.PUPIL], found.scale("second").cuts[Level.PUPIL]
    assert (first.kind, first.red, second.kind, second.red) == (CutKind.PERCENTILE, 10, CutKind.POMP, 75)
    assert read_entry(GOOD, source="tiny.yaml").instrument.scale("first").cuts[Level.PUPIL].kind is CutKind.RAW


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("  dated: 2026-11-22\n", "  dated: 2026-11-22\n  kind: stanine\n", 23, "“stanine” kan niet in het veld “kind”."),
        ("licence: CC0-1.0\n", "", 1, "Het veld “licence” ontbreekt of is leeg."),
        ("licence: CC0-1.0", "licence:", 5, "Het veld “licence” ontbreekt of is leeg."),
        ("items: [a, -b]", "items: [a, -x]", 29, "De schaal noemt het item “x”, maar dat bestaat niet."),
        ("items: [a, -b]", "items: []", 29, "De schaal “first” heeft geen items en kan niet gescoord worden."),
        ("items: [c]", "items: [c, b]", 34, "Het item “b” staat in twee schalen: “first” en “second”."),
        ("items: [a, -b]", "items: [a, a]", 29, "De sleutel “a” komt twee keer voor in “first”."),
        ("items: [a, -b]", "items: a", 29, "Onder “items” hoort een lijst te staan."),
        ("    family: social", "    family: vrienden", 27, "“vrienden” kan niet in het veld “family”."),
        ("    direction: 1\n", "    direction: 2\n", 28, "Bij “first” is direction 2; dat moet 1 of -1 zijn."),
        ("pupil: [1.5, 2.5]", "pupil: [1.5, 3.5]", 25, "Bij “first” ligt de grens 3.5 buiten 1 tot 3."),
        ("pupil: [1.5, 2.5]", "pupil: [2.5, 1.5]", 25, "Bij “first” staan rood (2.5) en groen (1.5) verkeerd om voor pupil."),
        ("pupil: [1.5, 2.5]", "pupil: [1.5]", 23, "Hier horen twee getallen te staan: rood en groen."),
        ("version: 1", "version: one", 2, "Het veld “version” moet een geheel getal zijn."),
        ("version: 1", "version: 0", 2, "Bij “tiny” is version 0; dat moet 1 of meer zijn."),
        ("version: 1", "version: 1\nyear_levels: [5]", 3, "Hier horen twee hele getallen te staan."),
        ("verified_on: 2026-11-22", "verified_on: gisteren", 7, "Het veld “verified_on” moet een datum zijn."),
        ("may_translate: false", "may_translate: misschien", 9, "Het veld “may_translate” moet true of false zijn."),
        ("title: Tiny list", "titel: Tiny list", 1, "Het veld “title” ontbreekt of is leeg."),
        ("title: Tiny list", "title: [Tiny]", 3, "Hier hoort tekst te staan."),
        ("  a: Item a.", "  a: Item a.\n  a: Again.", 16, "Dit veld staat er twee keer."),
        ("  b: Item b.", "  b: {text: Item b., uitleg: x}", 16, "Het veld “uitleg” bestaat hier niet."),
        ("{1: nee,", "{een: nee,", 13, "De code van een antwoord moet een geheel getal zijn."),
        ("{0: nooit, 9: altijd}", "{0: nooit}", 17, "Het item “c” heeft minder dan twee antwoorden."),
        ("{0: nooit, 9: altijd}", "{0: nooit, 9: ''}", 17, "Bij “c” ontbreekt tekst (label of 9)."),
        ("polarity: 1", "polarity: 0", 37, "Bij “with_whom” is polarity 0; dat moet 1 of -1 zijn."),
        ("cuts: {pupil: [2.5, 1.5]}", "cuts: geen", 35, "Hier horen velden te staan (naam: waarde)."),
        ("promise: Only you see this.", "promise: &p Only you see this.\nmore: *p", 12, "Verwijzingen (*) en diepe nesting mogen niet."),
        ("title: Tiny list", "title: Tiny: list", 3, "Dit is geen leesbaar YAML."),
    ],
)
def test_names_the_line_of_a_mistake(old: str, new: str, line: int, message: str) -> None:
    found = [(problem.line, problem.message) for problem in problems(changed(old, new))]
    assert found[:1] == [(line, message)]


def test_every_scale_that_cannot_be_scored_is_named_at_once() -> None:
    text = (
        GOOD.replace("items: [a, -b]", "items: [a, c]")
        .replace("items: [a]", "items: [b, x]")
        .replace("version: 1", "version: 1\nsurprise: 1")
    )
    assert sorted(problem.line or 0 for problem in problems(text)) == [3, 26, 35]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Het bestand is leeg."),
        ("- a\n- b\n", "Het bestand moet uit velden bestaan (naam: waarde)."),
        ("[" * 5000, "Verwijzingen (*) en diepe nesting mogen niet."),
        ("a" * 1_000_001, "Het bestand is langer dan 200000 tekens."),
        ("a: \x00", "Dit is geen leesbaar YAML."),
        ("a: !!python/object:os.system {}", "Het veld “a” bestaat hier niet."),
    ],
)
def test_refuses_what_is_no_instrument_at_all(text: str, message: str) -> None:
    assert message in [problem.message for problem in problems(text)]


def test_every_rule_of_an_instrument_has_its_sentence() -> None:
    broken = {rule for rule in vars(rules).values() if isinstance(rule, type) and issubclass(rule, BrokenRule)}
    assert {rule for rule in broken if not issubclass(CallerMistake, rule) and not issubclass(rule, CallerMistake)} == set(SENTENCES)


@given(st.text(max_size=200) | st.text(alphabet=":-[]{}a1 \n'\"&*!%|>", max_size=120))
def test_any_text_gives_an_instrument_or_a_refusal(text: str) -> None:
    try:
        made = read_instrument(text, source="any.yaml")
    except ContentRefused:
        return
    assert isinstance(made, Instrument)
