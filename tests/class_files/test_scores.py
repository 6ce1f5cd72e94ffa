"""Files with scores of another system: everything that is wrong at once, with its line and column."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from kring.class_files.scores import MOST_LINES, scores
from kring.core.external_scores import ScoreScale
from kring.file_problems import FilesRefused

INWARD, WELL = ScoreScale("Emotionele problemen", 0, 10, -1, ("emo",)), ScoreScale("Welbevinden", 1, 4, 1)
SCALES = (INWARD, WELL)
KNOWN = {"1001", "1002"}


def read(text: str, *, scales: tuple[ScoreScale, ...] = SCALES) -> list[tuple[str, str, float]]:
    found = scores("uitslagen.csv", text.encode(), scales, KNOWN)
    return [(one.pupil, one.scale.name, one.value) for one in found.scores]


def wrong(text: str, *, scales: tuple[ScoreScale, ...] = SCALES) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(FilesRefused) as refused:
        read(text, scales=scales)
    return [(one.line, one.column, f"{one.message} {one.advice}") for one in refused.value.problems]


def test_scores_are_read_under_any_name_with_a_comma_or_a_point() -> None:
    text = "Leerling_nr;Naam;Groep;EMO;welbevinden\n1001;Noor;6A;3;2,5\n1002;Sem;6A;;4.0\n"
    assert read(text) == [("1001", "Emotionele problemen", 3), ("1001", "Welbevinden", 2.5), ("1002", "Welbevinden", 4)]
    assert scores("a.csv", text.encode(), SCALES, KNOWN).skipped == ("Naam", "Groep")


def test_a_workbook_is_read_too() -> None:
    book, out = Workbook(), BytesIO()
    for row in (["leerlingnummer", "Welbevinden"], [1001, 2.5]):
        book.active.append(row)
    book.save(out)
    (one,) = scores("a.xlsx", out.getvalue(), SCALES, KNOWN).scores
    assert (one.pupil, one.value) == ("1001", 2.5)


def test_everything_that_is_wrong_in_the_lines_is_named_at_once() -> None:
    found = wrong("leerling;emo;Welbevinden\n1001;3½;2\n1002;11;0,5\n1001;1;1\n9999;1;1\n")
    assert [(line, column) for line, column, _ in found] == [
        (4, "leerling"),
        (5, "leerling"),
        (2, "emo"),
        (3, "emo"),
        (3, "Welbevinden"),
    ]
    told = " ".join(each for *_, each in found)
    for part in (
        "ook op regel 2",
        "geen leerling met nummer “9999”",
        "“3½” is geen getal",
        "loopt van 0 tot en met 10",
        "van 1 tot en met 4",
    ):
        assert part in told


def test_a_column_that_nobody_knows_is_refused_and_named_with_what_is_known() -> None:
    ((line, column, told),) = wrong("leerling;Pesten;emo\n1001;1;1\n")
    assert (line, column) == (1, "Pesten")
    assert "Deze schaal is niet bekend. Bekend zijn: Emotionele problemen, Welbevinden." in told


@pytest.mark.parametrize(
    ("heading", "told"),
    [("BMI", "gezondheid van één kind"), ("Diagnose", "gezondheid van één kind"), ("Vraag 3", "losse vraag"), ("Opmerkingen", "een tekst")],
)
def test_health_questions_and_texts_are_refused_with_why(heading: str, told: str) -> None:
    assert told in wrong(f"leerling;{heading};emo\n1001;1;1\n")[0][2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nummertje;emo\n1001;1\n", "Deze kolom ontbreekt."),
        ("leerling;naam\n1001;Noor\n", "Er staat geen enkele schaal"),
        ("leerling;emo\n1001;\n", "Er staat geen enkele uitslag"),
        ("leerling;emo;Emotionele problemen\n1001;1;1\n", "staat er twee keer in"),
        ("leerling;emo\n" + "1001;1\n" * (MOST_LINES + 1), "hooguit 6000"),
    ],
)
def test_a_file_that_holds_nothing_to_read(text: str, told: str) -> None:
    assert any(told in each for _, _, each in wrong(text))


def test_a_system_without_scales_says_what_to_do_first() -> None:
    assert "Noem ze eerst bij “Schalen”" in wrong("leerling;emo\n1001;1\n", scales=())[0][2]


def test_a_broken_workbook_is_refused() -> None:
    with pytest.raises(FilesRefused):
        scores("a.xlsx", b"PK\x03\x04nonsense", SCALES, KNOWN)
