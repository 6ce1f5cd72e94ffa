"""Lists as FHIR R4 Questionnaires: ours without losing anything, those of others as a draft, and nothing that is not what it says."""

import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.core.instruments import AnswerKind, Item, Option
from kring.file_problems import FilesRefused
from kring.library import CONTENT, Entry, entries, read_entry, written_entry
from kring.library.foreign.bringing import brought_from, format_of, sketch_from
from kring.library.foreign.fhir import ON_ITEM, questionnaire_of, read_questionnaire
from kring.library.foreign.fhir_foreign import from_fhir
from kring.library.foreign.fhir_text import MOST_BYTES, read_json, written_json
from kring.library.foreign.fhir_translations import read_with_translations, with_translations
from kring.library.foreign.leftovers import Brought, Format, Missing
from kring.library.shelf import translation
from kring.library.sketch_file import read_sketch, written_sketch

HERE = Path(__file__).with_name("foreign")


def pupil_list() -> Entry:
    return next(one for one in entries() if (one.instrument.key, one.instrument.version) == ("kring-leerling", 1))


def brought(document: Any) -> Brought:
    return from_fhir("x.json", document)


def refusal(data: bytes) -> str:
    with pytest.raises(FilesRefused) as refused:
        brought_from("x.json", data, Format.FHIR)
    return "\n".join(map(str, refused.value.problems))


@pytest.mark.parametrize("entry", entries(), ids=lambda one: f"{one.instrument.key}-{one.instrument.version}")
def test_every_list_of_ours_goes_through_fhir_and_comes_back_byte_for_byte(entry: Entry) -> None:
    written = written_json(questionnaire_of(entry))
    back = read_questionnaire("x.json", read_json("x.json", written.encode()))
    assert written_entry(back).encode() == written_entry(entry).encode()
    assert written_json(questionnaire_of(back)) == written


@pytest.mark.parametrize("path", sorted((CONTENT / "instruments" / "translations").glob("*.yaml")), ids=lambda one: one.stem)
def test_every_translation_goes_along_and_comes_back(path: Path) -> None:
    key, _dash, version = path.name.split(".")[0].rpartition("-")
    entry = next(one for one in entries() if (one.instrument.key, one.instrument.version) == (key, int(version)))
    english = translation(key, int(version), "en")
    assert english is not None
    written = written_json(with_translations(entry, [english]))
    Questionnaire.model_validate(without_words_beside_values(json.loads(written)))
    assert read_with_translations("x.json", read_json("x.json", written.encode())) == (entry, (english,))
    if not entry.instrument.items:
        return  # a sociogram goes along, but is no draft of a list
    found = brought_from("x.json", written.encode(), Format.FHIR)
    assert ([one.language for one in found.translations], [one.reason for one in found.leftovers if "anders dan" in one.reason]) == (
        ["en"],
        [],
    )


@pytest.mark.parametrize("entry", entries(), ids=lambda one: f"{one.instrument.key}-{one.instrument.version}")
def test_every_questionnaire_is_one_to_the_peer(entry: Entry) -> None:
    """The peer has no R4 any more, only R4B (4.3); that release changed nothing in Questionnaire but lists of codes we do not use."""
    Questionnaire.model_validate_json(written_json(questionnaire_of(entry)))


def test_a_list_with_everything_in_it_goes_through_fhir() -> None:
    source = """
key: eigen-alles
version: 2
title: Alles
informant: staff
about: school
anonymous: true
language: nl
licence: CC-BY-4.0
licence_source: eigen tekst
verified_on: 2026-11-22
may_redistribute_text: true
may_translate: false
attribution: Een school
norm_tier: 0
minutes: 15
rhythm: {seasons: [autumn, spring], whole_school: true}
introduction: Lees eerst dit.
reasons: [dont_know, not_applicable]
comparable_with: {version: 1, scales: [safe], reason: alleen een tikfout}
pictograms: gezichten-3
validity_note: Niet genormeerd.
promise: Niemand ziet wie wat zei.
options: {1: nee, 2: {label: soms, picture: middel}, 3: ja}
items:
  a: Ik voel me veilig.
  b: {text: Hoe gaat het?, kind: number, low: 0, high: 10, high_label: heel goed}
  c: {text: Wat nog meer?, kind: text}
  d: {text: Ik durf., options: {-1: nee, 1: ja}, audio: audio/eigen-alles-2/d.mp3}
scales:
  safe:
    title: Veiligheid
    family: climate
    direction: -1
    items: [-a]
    share_needed: 0.8
    competences: [self_awareness, choices]
    cuts: {source: gekozen grens, dated: 2026-11-22, kind: pomp, group: [40, 25.5]}
"""
    entry = read_entry(source, source="alles.yaml")
    document = questionnaire_of(entry)
    assert read_questionnaire("x.json", read_json("x.json", written_json(document).encode())) == entry
    Questionnaire.model_validate(document)
    for text, form in ((written_json(document), Format.FHIR), (written_entry(entry), Format.KRING)):
        assert format_of(text.encode()) is form
        found = brought_from("x", text.encode(), form)
        assert [one.place for one in found.leftovers] == ["d", "safe", "comparable_with"]
        assert sketch_from(found).rest == {"language": "nl", "reasons": ["dont_know", "not_applicable"]}


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_whatever_stands_in_an_item_goes_through_fhir(data: st.DataObject) -> None:
    words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=40).filter(str.strip)
    codes = data.draw(st.lists(st.integers(-99_999, 99_999), min_size=2, max_size=4, unique=True))
    item = Item("a", data.draw(words), tuple(Option(code, data.draw(words)) for code in codes))
    one = pupil_list()
    entry = replace(one, instrument=replace(one.instrument, items=(item,), scales=(), promise=data.draw(words)))
    assert read_questionnaire("x", read_json("x", written_json(questionnaire_of(entry)).encode())) == entry


def test_what_somebody_else_put_into_a_list_of_ours_is_named() -> None:
    document = questionnaire_of(pupil_list())
    document["item"][0]["enableWhen"] = [{"question": "w2", "operator": "exists", "answerBoolean": True}]
    document["purpose"] = "anders"
    found = brought_from("x.json", written_json(document).encode(), Format.FHIR)
    assert found.entry == pupil_list()
    assert sorted(one.place for one in found.leftovers) == ["item[0].enableWhen", "purpose"]


def test_a_list_of_ours_becomes_a_draft_of_which_a_person_states_the_rights() -> None:
    data = written_json(questionnaire_of(pupil_list())).encode()
    assert format_of(data) is Format.FHIR
    found = brought_from("x.json", data, Format.FHIR)
    sketch = sketch_from(found)
    assert (found.missing, found.leftovers) == ((Missing.LICENCE,), ())
    assert (sketch.licence_source, len(sketch.items), len(sketch.scales)) == ("", 20, 4)


BROKEN: dict[str, tuple[Callable[[Any], object], str]] = {
    "no url": (lambda it: it.pop("url"), "url"),
    "a url of others": (lambda it: it.update(url="https://example.org/x"), "url"),
    "a version in words": (lambda it: it.update(version="twee"), "version"),
    "no items": (lambda it: it.pop("item"), "item"),
    "an item that is a word": (lambda it: it["item"].append("x"), "item"),
    "an item of another type": (lambda it: it["item"][0].update(type="date"), "item[0].type"),
    "an answer without words": (
        lambda it: coding(it).pop("display"),
        "item[0].answerOption[0].display",
    ),
    "a code that is no number": (
        lambda it: coding(it).update(code="1.5"),
        "item[0].answerOption[0].code",
    ),
    "an answer that is a word": (lambda it: it["item"][0]["answerOption"].append("x"), "item[0].answerOption[4].valueCoding"),
    "answers that are a word": (lambda it: it["item"][0].update(answerOption="x"), "item[0].answerOption"),
    "a row without ends": (lambda it: it["item"][0].update(type="integer"), "item[0].minValue"),
    "a field of ours twice": (lambda it: block(it).append(deepcopy(field(it, "promise"))), "extension.promise"),
    "a field of ours that nobody knows": (lambda it: block(it).append({"url": "mood", "valueString": "x"}), "extension.mood"),
    "a field of ours without a name": (
        lambda it: it["item"][0].update(extension=[{"url": ON_ITEM, "extension": [3]}]),
        "item[0].extension",
    ),
    "no informant": (lambda it: block(it).remove(field(it, "informant")), "extension.informant"),
    "an informant of no kind": (lambda it: field(it, "informant").update(valueCode="robot"), "extension.informant"),
    "a day that is none": (lambda it: field(it, "verified_on").update(valueDate="gisteren"), "extension.verified_on"),
    "yes as a number": (lambda it: field(it, "anonymous").update(valueBoolean=1), "extension.anonymous"),
    "one year of school": (lambda it: block(it).remove(field(it, "year_levels")), "extension.year_levels"),
    "a scale without fields": (lambda it: field(it, "scales").pop("extension"), "extension.scales"),
    "a cut-off of half a pair": (lambda it: part(field(it, "scales"), "cuts")["extension"].pop(), "extension.scales.cuts"),
    "block of no list": (lambda it: it["extension"][0].update(extension={}), "extension"),
    "extensions of an item of no list": (lambda it: it["item"][0].update(extension={}), "item[0].extension"),
    "a scale of unknown items": (lambda it: it["item"].pop(0), "onbekende item"),
    "a key that no file may have": (lambda it: it["item"].append({**it["item"][0], "linkId": "../w1"}), "kan geen sleutel zijn"),
    "no promise": (lambda it: block(it).remove(field(it, "promise")), "promise"),
    "a name that is a whole object": (lambda it: block(it)[0].update(url={}), "extension.informant"),
    "a text that turns": (lambda it: it.update(title="a\u202eb"), "geen schrift"),
    "another resource": (lambda it: it.update(resourceType="Patient"), "resourceType"),
}


def without_words_beside_values(told: Any) -> Any:
    """The peer knows no words of another language beside the value of an extension, which FHIR itself allows."""
    if isinstance(told, list):
        return [without_words_beside_values(one) for one in told]
    if isinstance(told, dict):
        return {name: without_words_beside_values(one) for name, one in told.items() if name != "_valueString"}
    return told


def coding(document: Any) -> Any:
    return document["item"][0]["answerOption"][0]["valueCoding"]


def block(document: Any) -> Any:
    return document["extension"][0]["extension"]


def field(document: Any, name: str) -> Any:
    return next(one for one in block(document) if one["url"] == name)


def part(of: Any, name: str) -> Any:
    return next(one for one in of["extension"] if one["url"] == name)


@pytest.mark.parametrize("name", BROKEN)
def test_a_list_of_ours_that_was_broken_is_refused_by_its_place(name: str) -> None:
    breaks, place = BROKEN[name]
    document = deepcopy(questionnaire_of(pupil_list()))
    breaks(document)
    assert place in refusal(json.dumps(document).encode())


EMPTY = {"resourceType": "Questionnaire", "item": []}
MALFORMED = {
    '{"a": 1}'.encode("utf-16"): "geen UTF-8",
    b'{"resourceType": "Questionnaire", "code": 3, "item": []}': "geen enkele vraag",
    b"": "geen leesbaar JSON",
    b"{": "regel 1",
    b'{"a": 1, "a": 2}': "kolom \u201ca\u201d: Dit veld staat er twee keer",
    b'{"a": NaN}': "geen getal",
    b'{"a": 1e999}': "kolom \u201ca\u201d: Dit getal is te groot",
    b'{"a": ' + b"9" * 5000 + b"}": "geen getal",
    b'{"a": "\\ud800"}': "geen schrift",
    b'{"a": "\\u0000"}': "geen schrift",
    b"[]": "geen JSON-object",
    b'{"a": "\xff"}': "geen UTF-8",
    b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}": "te diep",
    b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}": "te diep",
    b'{"a": [' + b"0," * 50_001 + b"0]}": "meer dan 50000 waarden",
    b" " * (MOST_BYTES + 1): "groter dan 2 MB",
    b"{}": "geen Questionnaire maar: ?",
    b'{"resourceType": "Patient"}': "geen Questionnaire maar: Patient",
    b'{"resourceType": "Questionnaire"}': "geen enkele vraag",
    b'{"resourceType": "Questionnaire", "item": {}}': "kolom \u201citem\u201d: Hier hoort een lijst",
    b'{"resourceType": "Questionnaire", "item": [1]}': "kolom \u201citem[0]\u201d: Hier horen velden",
}


@pytest.mark.parametrize("data", MALFORMED, ids=lambda one: one[:30])
def test_a_malformed_file_is_refused_in_words(data: bytes) -> None:
    assert MALFORMED[data] in refusal(data)


def test_a_questionnaire_of_another_program_becomes_a_draft_and_says_what_stayed_behind() -> None:
    found = brought(read_json("x.json", (HERE / "questionnaire.json").read_bytes()))
    assert (found.title, found.language, found.introduction) == ("Hoe is het?", "en", "Lees dit.")
    asked = {item.key: (item.kind, [(option.code, option.label) for option in item.options]) for item in found.items}
    assert asked["g_1"] == (AnswerKind.CHOICE, [(2, "2"), (5, "5")])
    assert asked["g_1_2"] == (AnswerKind.CHOICE, [(1, "ja"), (2, "nee")])
    assert asked["b"] == (AnswerKind.CHOICE, [(0, "nee"), (1, "ja")])
    assert (asked["n"][0], len(asked["n"][1])) == (AnswerKind.NUMBER, 8)
    assert {key for key, (kind, _) in asked.items() if kind is AnswerKind.TEXT} == {"t", "item_4"}
    whole, questions = {"extension", "contained", "copyright", "code"}, {"g", "g/1", "b", "t", "item[4]", "d"}
    left_out = {"when", "many", "set", "odd", "none", "hidden", "hidden/1"}
    assert {one.place for one in found.leftovers} == whole | questions | left_out
    assert len(found.left_by_reason) > 15
    sketch = sketch_from(found)
    assert (sketch.licence, sketch.attribution, sketch.may_redistribute_text, sketch.scales) == ("", "", False, ())


ODD: tuple[Any, ...] = (None, True, -1, 1.5, 10**30, "", "a\nb", "=1", [], {}, [1], {"a": 1}, {"url": []})


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(found for name, part in inner for found in places(part, (*at, name)))]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_place_gives_a_list_that_can_be_kept_or_a_refusal_in_words(data: st.DataObject) -> None:
    ours = questionnaire_of(next(one for one in entries() if one.instrument.key == "kring-check-in"))
    document = deepcopy(data.draw(st.sampled_from([ours, json.loads((HERE / "questionnaire.json").read_bytes()), {**EMPTY, "code": 3}])))
    *above, name = data.draw(st.sampled_from(places(document)[1:]))
    at = document
    for step in above:
        at = at[step]
    at[name] = data.draw(st.sampled_from(ODD))
    with suppress(FilesRefused):
        found = brought_from("x.json", json.dumps(document).encode(), Format.FHIR)
        assert found.entry is None or read_entry(written_entry(found.entry), source="x") == found.entry
        assert read_sketch(written_sketch(sketch_from(found))) == sketch_from(found)


@given(st.binary(max_size=200), st.integers(0, 2000), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_bytes_that_were_changed_give_a_list_or_a_refusal_in_words(noise: bytes, at: int, gone: int) -> None:
    whole = written_json(questionnaire_of(pupil_list())).encode()[-4000:]
    tail = b'{"resourceType": "Questionnaire", "item": [' + whole[:2000] + b"]}"
    for data in (tail[:at] + noise + tail[at + gone :], noise):
        with suppress(FilesRefused):
            assert brought_from("x.json", data, Format.FHIR).items


@pytest.mark.parametrize("data", [b"key: x\ninformant: \xff", b"key: x\n" + b"#" * 500_000])
def test_a_file_of_kring_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(FilesRefused, match="te groot, of geen UTF-8"):
        brought_from("x.yaml", data, Format.KRING)


@pytest.mark.shared
def test_the_questionnaires_of_others(shared: Path) -> None:
    folder = shared / "samples" / "fhir-questionnaire"
    when = brought(read_json("x", (folder / "test-enablewhen.json").read_bytes()))
    assert [item.key for item in when.items] == ["v4_1", "v4_2", "v4_3", "v4_4", "v4_5"]
    assert {one.place for one in when.leftovers if "enableWhen" in one.reason} == {"4.2", "4.3", "4.4", "4.5"}
    choices = brought(read_json("x", (folder / "answerOption-valueCoding.choice.R4.json").read_bytes()))
    assert (len(choices.items), len(choices.leftovers)) == (6, 28)
    elsewhere = refusal((folder / "q-with-answerValueSet-matrix.json").read_bytes())
    assert "/g1m1" in elsewhere
    assert "answerValueSet" in elsewhere
    assert "verborgen" in refusal((folder / "hidden-item-questionnaire.R4.json").read_bytes())
    assert "QuestionnaireResponse" in refusal((folder / "hidden-item-questionnaire-response.R4.json").read_bytes())
