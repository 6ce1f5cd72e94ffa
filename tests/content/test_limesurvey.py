"""Lists of LimeSurvey become drafts; what stays behind is named, and nothing in the file is ever run."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.core.instruments import AnswerKind, Item
from kring.file_problems import FilesRefused
from kring.library.foreign.bringing import brought_from, format_of, sketch_from
from kring.library.foreign.leftovers import Brought, Format
from kring.library.foreign.limesurvey_file import MOST_BYTES
from kring.library.sketch_file import written_sketch

Row = Mapping[str, str]
SURVEY = {"surveys": [{"sid": "1", "language": "nl"}]}


def xml_row(row: Row) -> str:
    return f"<row>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in row.items())}</row>"


def lss(generation: int = 177, **tables: Iterable[Row]) -> bytes:
    """A file of LimeSurvey of these tables."""
    parts = [f"<{name}><rows>{''.join(map(xml_row, rows))}</rows></{name}>" for name, rows in {**SURVEY, **tables}.items()]
    head = f"<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{generation}</DBVersion>"
    return f'<?xml version="1.0" encoding="UTF-8"?><document>{head}{"".join(parts)}</document>'.encode()


def question(qid: int, kind: str, text: str = "Hoe gaat het?", **more: str) -> Row:
    return {"qid": str(qid), "parent_qid": "0", "gid": "1", "type": kind, "title": f"q{qid}", "question": text, "language": "nl", **more}


def sub(qid: int, parent: int, text: str) -> Row:
    return {"qid": str(qid), "parent_qid": str(parent), "title": f"s{qid}", "question": text, "language": "nl", "question_order": str(qid)}


def bounds(qid: int, most: int) -> list[Row]:
    values = {"min_num_value_n": "0", "max_num_value_n": str(most)}
    return [{"qid": str(qid), "attribute": name, "value": value} for name, value in values.items()]


def settings_of(title: str, welcome: str) -> Row:
    return {"surveyls_language": "nl", "surveyls_title": title, "surveyls_welcometext": welcome}


def answers(qid: int, *labels: str, letters: str = "") -> list[Row]:
    codes = [f"{letters}{place}" for place in range(1, len(labels) + 1)]
    return [{"qid": str(qid), "code": code, "answer": label, "sortorder": code[-1], "language": "nl"} for code, label in zip(codes, labels)]


def brought(data: bytes) -> Brought:
    assert format_of(data) is Format.LIMESURVEY
    return brought_from("lijst.lss", data, Format.LIMESURVEY)


def refusal(data: bytes) -> str:
    with pytest.raises(FilesRefused) as refused:
        brought_from("lijst.lss", data, Format.LIMESURVEY)
    return "\n".join(map(str, refused.value.problems))


def shown(item: Item) -> tuple[str, str, AnswerKind, list[tuple[int, str]]]:
    return item.key, item.text, item.kind, [(option.code, option.label) for option in item.options]


def left(found: Brought) -> dict[str, list[str]]:
    return {str(reason): places for reason, places in found.left_by_reason.items()}


def test_every_kind_of_question_that_kring_can_ask() -> None:
    found = brought(lss(
        questions=[
            question(1, "L"), question(2, "5"), question(3, "Y"), question(4, "S"), question(5, "A", "Zeg het."), question(6, "F", ""),
            question(7, "Q"), question(8, "N"), question(9, "E"), question(10, "C"), question(11, "K", "Hoe vaak?"), question(12, "O"),
        ],
        answers=[*answers(1, "nee", "soms", "ja"), *answers(6, "laag", "hoog", letters="A"), *answers(12, "nee", "ja")],
        subquestions=[
            sub(51, 5, "In de klas"), sub(61, 6, "Op het plein"), sub(71, 7, "Wat?"), sub(91, 9, "Rust"), sub(101, 10, "Fijn"),
            sub(111, 11, "Bellen"),
        ],
        question_attributes=[*bounds(8, 10), *bounds(11, 3)],
        surveys_languagesettings=[settings_of("Hoe is het?", "<p>Lees <b>dit</b>.</p>")],
    ))  # fmt: skip
    assert (found.title, found.introduction, found.language) == ("Hoe is het?", "Lees dit.", "nl")
    asked = [shown(item) for item in found.items]
    assert asked[0] == ("q1", "Hoe gaat het?", AnswerKind.CHOICE, [(1, "nee"), (2, "soms"), (3, "ja")])
    assert asked[1][3] == [(code, str(code)) for code in range(1, 6)]
    assert asked[2][3] == [(0, "nee"), (1, "ja")]
    assert asked[3][2:] == (AnswerKind.TEXT, [])
    assert asked[4][:2] == ("q5_s51", "Zeg het. In de klas")
    assert asked[5] == ("q6_s61", "Op het plein", AnswerKind.CHOICE, [(1, "laag"), (2, "hoog")])
    assert asked[6][:3] == ("q7_s71", "Hoe gaat het? Wat?", AnswerKind.TEXT)
    assert (asked[7][2], len(asked[7][3])) == (AnswerKind.NUMBER, 11)
    assert asked[8][3] == [(1, "minder"), (2, "even veel"), (3, "meer")]
    assert asked[9][3] == [(1, "nee"), (2, "weet niet"), (3, "ja")]
    assert (asked[10][0], len(asked[10][3])) == ("q11_s111", 4)
    assert asked[11][3] == [(1, "nee"), (2, "ja")]
    reasons = left(found)
    assert reasons["De codes van de antwoorden zijn geen verschillende hele getallen. Ze zijn 1, 2, 3 … geworden."] == ["q6 s61"]
    assert reasons["De ruimte voor een opmerking bij het antwoord is niet meegekomen."] == ["q12"]
    assert written_sketch(sketch_from(found))


NOT_ASKED = {
    **dict.fromkeys("MP", "meer dan één"),
    **dict.fromkeys(":;1", "twee kanten"),
    "X": "tekst tussendoor",
    "*": "rekenregel",
    "R": "volgorde",
    "D": "datum",
    "|": "bestand",
    "G": "persoonlijk kenmerk",
    "I": "taal",
    "?": "(?) kent Kring niet",
    "": "(?) kent Kring niet",
    "N": "elk getal",
    "L": "meer of minder",
    "F": "geen regels",
}


@pytest.mark.parametrize("kind", NOT_ASKED)
def test_what_kring_cannot_ask_is_left_with_its_reason(kind: str) -> None:
    found = brought(lss(questions=[question(1, kind), question(2, "S")]))
    assert [item.key for item in found.items] == ["q2"]
    assert [(one.place, NOT_ASKED[kind] in one.reason) for one in found.leftovers] == [("q1", True)]
    assert "geen enkele vraag" in refusal(lss(questions=[question(1, kind)]))


def test_what_a_question_has_besides_its_words_is_left_with_its_reason() -> None:
    extras = {"relevance": "q1 > 3", "mandatory": "Y", "other": "Y", "preg": "/x/", "help": "Zo moet het."}
    found = brought(lss(
        questions=[question(1, "L", **extras), question(2, "S", ""), question(3, "S", "x" * 301), question(4, "S")],
        answers=answers(1, "nee", "ja"),
        defaultvalues=[{"qid": "1", "defaultvalue": "1"}],
        question_attributes=[
            {"qid": "1", "attribute": "random_order", "value": "1"}, {"qid": "1", "attribute": "em_validation_q", "value": "this > 1"},
            {"qid": "1", "attribute": "array_filter", "value": "q2"}, {"qid": "1", "attribute": "cssclass", "value": "x"},
            {"qid": "4", "attribute": "hidden", "value": "1"},
        ],
        quota=[{"id": "1"}], assessments=[{"id": "1"}], conditions=[{"cid": "1"}],
        groups=[{"gid": "1", "group_order": "0", "grelevance": "q1 > 2"}],
    ))  # fmt: skip
    places = [one.place for one in found.leftovers]
    assert [item.key for item in found.items] == ["q1"]
    assert places.count("q1") == 8
    assert {"q2", "q3", "q4", "quota", "assessments", "conditions", "group 1"} <= set(places)


CODE = (
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>hier</a>",
    "<style>a{}</style>",
    "<iframe src='//x'>",
    "{if(q1 > 1, implode(',', q2), '')}",
    "{{ 7*7 }}",
    "<?php system('id') ?>",
    "<% eval(x) %>",
)


@pytest.mark.parametrize("code", CODE)
def test_code_in_a_list_is_cut_out_and_named_and_never_run(code: str) -> None:
    found = brought(lss(questions=[question(1, "L", f"Hoe {code} gaat het?")], answers=answers(1, f"goed {code}", "slecht")))
    item = found.items[0]
    for text in (item.text, *(option.label for option in item.options)):
        assert not {"alert", "system", "implode", "eval", "javascript", "7*7", "onerror", "a{}"} & set(text.replace("(", " ").split())
        assert "<script" not in text
    assert any("code" in one.reason or "plaatje" in one.reason for one in found.leftovers)


def test_the_other_languages_come_along_when_they_are_whole() -> None:
    """From generation 400 on the words stand in tables of their own."""
    words = {"nl": "Hoe gaat het?", "en": "How are you?"}
    found = brought(lss(
        498,
        surveys=[{"sid": "1", "language": "nl", "additional_languages": "en de"}],
        questions=[{"qid": "1", "parent_qid": "0", "type": "L", "title": "q1"}],
        question_l10ns=[{"qid": "1", "question": text, "language": language} for language, text in words.items()],
        answers=[{"aid": "7", "qid": "1", "code": "A1", "sortorder": "1"}, {"aid": "8", "qid": "1", "code": "A2", "sortorder": "2"}],
        answer_l10ns=[{"aid": aid, "answer": f"{language}{aid}", "language": language} for aid in "78" for language in words],
    ))  # fmt: skip
    english = {"q1": "How are you?"}, {"q1": {1: "en7", 2: "en8"}}
    assert [(one.language, (one.items, one.labels)) for one in found.translations] == [("en", english)]
    assert left(found)["Deze vertaling is niet volledig, of er staat code in. Ze is niet meegekomen."] == ["de"]


ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "secrets.txt">]><document>&x;</document>'
UTF16 = ENTITY.decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")
MALFORMED = {
    UTF16: "DOCTYPE",
    b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>"
    + b"4" * 5000
    + b"</DBVersion></document>": "zoals Kring die kent",
    b"": "geen leesbaar XML",
    b"<document>": "regel 1",
    b"<document/>": "geen vragenlijst van LimeSurvey",
    b"<html><body>x</body></html>": "geen vragenlijst van LimeSurvey",
    ENTITY: "documenttype",
    b"<!-- <document --> " + ENTITY[21:]: "documenttype",
    ENTITY.decode().replace("?><", "?><", 1).encode("utf-16"): "",
    b"<document>" * 300 + b"</document>" * 300: "",
    b"<document>" + b"<a>" * 60 + b"</a>" * 60 + b"</document>": "te diep",
    b"<document>&lol;</document>": "geen leesbaar XML",
    b"<document>\xff</document>": "geen leesbaar XML",
    b"x" * (MOST_BYTES + 1): "groter dan 5 MB",
    lss(99, questions=[question(1, "S")]): "geen vragenlijst van LimeSurvey",
    lss(questions=[]): "geen enkele vraag",
    lss(questions=[{"qid": "1"}] * 30_001): "meer dan 30000 regels",
}


@pytest.mark.parametrize("data", MALFORMED, ids=lambda one: one[:30])
def test_a_malformed_file_is_refused_in_words(data: bytes) -> None:
    assert MALFORMED[data] in refusal(data)


WHOLE = lss(questions=[question(1, "L"), question(2, "A")], answers=answers(1, "nee", "ja"), subquestions=[sub(21, 2, "Fijn")])


@given(st.binary(max_size=60), st.integers(0, len(WHOLE)), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_bytes_that_were_changed_give_a_list_or_a_refusal_in_words(noise: bytes, at: int, gone: int) -> None:
    for data in (WHOLE[:at] + noise + WHOLE[at + gone :], noise):
        with suppress(FilesRefused):
            assert brought_from("x.lss", data, Format.LIMESURVEY).items


@pytest.mark.shared
def test_the_surveys_of_others(shared: Path) -> None:
    """Three generations; of one file every question has two sides, so that nothing is left to ask."""
    folder = shared / "data" / "limesurvey_surveys"
    found = {}
    for path in sorted(folder.glob("*.lss")):
        with suppress(FilesRefused):
            found[path.stem] = brought(path.read_bytes())
    assert {name: (len(one.items), [each.language for each in one.translations]) for name, one in found.items()} == {
        "limesurvey_survey_expressionQuestionHelp": (1, []),
        "ls205_group_relevance": (11, []),
        "ls205_randomization_group_test": (10, ["fr"]),
        "ls205_sample_survey_english": (119, []),
        "ls205_validation_tests": (45, []),
        "ls6_sample_survey_multilingual_fr_de_en_it_ru": (57, ["fr", "de", "it", "ru"]),
    }
    texts = [item.text for one in found.values() for item in one.items]
    assert not any("{" in text or "<" in text for text in texts)
