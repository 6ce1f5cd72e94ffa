"""The JSON Schemas, by which an editor says what is wrong while somebody types: every shipped file fits, and a bad one is refused.

A schema cannot count: what it lets through is named here, and is refused by the reader.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from kring import library
from kring.core import instruments as core
from kring.file_problems import ContentRefused
from kring.library import read_entry
from kring.library.canonical import written_files

KINDS = {"instruments": "instrument", "translations": "translation", "shells": "shell"}
SOCIOGRAM = (library.CONTENT / "instruments" / "kring-sociogram-1.yaml").read_text(encoding="utf-8")
TEACHER = (library.CONTENT / "instruments" / "kring-leerkracht-1.yaml").read_text(encoding="utf-8")


@cache
def schema(kind: str) -> Draft202012Validator:
    """The schema in content/, itself checked."""
    loaded = json.loads((library.CONTENT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(loaded)
    return Draft202012Validator(loaded)


def plain(text: str) -> Any:
    """What an editor sees: keys are text, a day is text, numbers are numbers."""
    return json.loads(json.dumps(yaml.load(text, Loader=_Editor)))  # noqa: S506 - a SafeLoader without days


class _Editor(yaml.SafeLoader):
    """YAML as editors read it: a day stays text."""


_Editor.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("path", written_files(library.CONTENT), ids=lambda path: str(path.name))
def test_every_shipped_file_fits_its_schema(path: Path) -> None:
    kind = schema(KINDS[path.parent.name])
    assert [error.message for error in kind.iter_errors(plain(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("key: kring-leerkracht", "key: -g"),
        ("version: 1", "version: nul"),
        ("title: Leerkrachtlijst groep 3 tot en met 8", "title: ''"),
        ("title: Leer", "titel: Leer"),
        ("informant: teacher", "informant: tante"),
        ("informant: teacher", "informant: staff"),
        ("year_levels: [3, 8]", "year_levels: [3, 18]"),
        ("year_levels: [3, 8]", "year_levels: [3]"),
        ("minutes: 3", "minutes: 500"),
        ("seasons: [autumn, spring]", "seasons: [zomer]"),
        ("licence: CC-BY-4.0\n", ""),
        ("verified_on: 2026-11-22", "verified_on: gisteren"),
        ("may_translate: true", "may_translate: misschien"),
        ("  o1: Laat een klasgenoot uitpraten.", "  o1: {text: Laat, uitleg: x}"),
        ("  o1: Laat een klasgenoot uitpraten.", "  o1: {text: Hoe, kind: number, low: 0, high: 4, options: {0: a, 4: b}}"),
        ("  o1: Laat een klasgenoot uitpraten.", "  o1: {text: Waarom, kind: text, options: {1: ja, 2: nee}}"),
        ("  o1: Laat een klasgenoot uitpraten.", "  o1: {text: Laat, audio: ../geheim}"),
        ("  1: nooit", "  een: nooit"),
        ("    items: [t1, t2, t3, -t4]", "    items: []"),
        ("    items: [t1, t2, t3, -t4]", "    items: [t1, t1]"),
        ("    family: social", "    family: vrienden"),
        ("    direction: -1", "    direction: 0"),
        ("    competences: [self_management]", "    competences: [durven]"),
        ("  pupil: [2.25, 2.75]", "  pupil: [2.25]"),
        ("    assumed_reliability: 0.75\n    competences: [social", "    assumed_reliability: 1\n    competences: [social"),
    ],
)
def test_what_a_schema_can_say_it_refuses(old: str, new: str) -> None:
    assert old in TEACHER
    bad = TEACHER.replace(old, new, 1)
    assert not schema("instrument").is_valid(plain(bad))
    with pytest.raises(ContentRefused):
        read_entry(bad, source="bad.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    items: [t1, t2, t3, -t4]", "    items: [t1, x]"),
        ("    items: [t1, t2, t3, -t4]", "    items: [t1, -t1]"),
        ("    items: [t1, t2, t3, -t4]", "    items: [t1, o1]"),
        ("  o1: Laat een klasgenoot uitpraten.", "  o1: {text: Hoe, kind: number, low: 4, high: 0}"),
        ("  pupil: [2.25, 2.75]", "  pupil: [2.75, 2.25]"),
        ("  pupil: [2.25, 2.75]", "  pupil: [2.25, 9]"),
        ("year_levels: [3, 8]", "year_levels: [8, 3]"),
        ("title: Leer", "comparable_with: {version: 1, scales: [relating], reason: x}\ntitle: Leer"),
        ("verified_on: 2026-11-22", "verified_on: 2026-13-22"),
        ("  o2: ", "  o1: "),
    ],
)
def test_what_a_schema_cannot_say_the_reader_refuses(old: str, new: str) -> None:
    assert old in TEACHER
    bad = TEACHER.replace(old, new, 1)
    assert schema("instrument").is_valid(plain(bad))
    with pytest.raises(ContentRefused):
        read_entry(bad, source="bad.yaml")


def test_the_words_of_the_schemas_are_those_of_the_code() -> None:
    defs = json.loads((library.CONTENT / "schemas" / "instrument.schema.json").read_text(encoding="utf-8"))
    own, scale = defs["properties"], defs["$defs"]["scale"]["properties"]
    found = {
        core.Informant: own["informant"]["enum"],
        core.About: own["about"]["enum"],
        core.NoAnswer: own["reasons"]["items"]["enum"],
        core.Season: own["rhythm"]["properties"]["seasons"]["items"]["enum"],
        core.Family: scale["family"]["enum"],
        core.Competence: scale["competences"]["items"]["enum"],
        core.CutKind: defs["$defs"]["cuts"]["properties"]["kind"]["enum"],
        core.QuestionKind: defs["$defs"]["question"]["properties"]["kind"]["enum"],
        core.AnswerKind: [each["properties"]["kind"]["const"] for each in defs["$defs"]["item"]["oneOf"][1:]],
    }
    assert {kind: set(words) for kind, words in found.items()} == {kind: {one.value for one in kind} for kind in found}


def test_a_sociogram_needs_questions_and_a_shell_has_no_texts() -> None:
    assert not schema("instrument").is_valid(plain(SOCIOGRAM.replace("\nquestions:\n", "\nitems: {}\nx:\n")))
    shell = plain((library.CONTENT / "shells" / "kidscreen-10-1.yaml").read_text(encoding="utf-8"))
    assert schema("shell").is_valid(shell)
    assert not schema("shell").is_valid({**shell, "items": {"i1": "Ik voel me fit."}})
    assert not schema("shell").is_valid({**shell, "may_redistribute_text": True})
