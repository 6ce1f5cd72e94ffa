"""Files that nobody needs: each is read or refused at once, in little memory, with the place where it goes wrong."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kring.class_files import class_files, read_mapping
from kring.class_files.crowds import MOST_CHOOSING, MOST_ROUNDS
from kring.class_files.decoding import MOST_BYTES
from kring.class_files.limits import MOST_CELLS, MOST_LINES
from kring.class_files.table import read_table
from kring.core.instruments import Question
from kring.file_problems import FilesRefused, Problem
from kring.library import instrument

TOO_LONG = "Vanaf hier staat een cel van meer dan 131072 tekens."
LINES = "Het bestand heeft %d regels; Kring leest er hooguit 200000."
CELLS = "Het bestand heeft %d cellen; Kring leest er hooguit 1000000."
MOST_SECONDS, MOST_MEMORY = 5.0, 200 * 2**20
FULL = MOST_BYTES - 100


def most_seconds() -> float:
    """Three times as long where the coverage of every line is noted down."""
    return MOST_SECONDS * 3 if sys.gettrace() else MOST_SECONDS


def held(act: Callable[[], object]) -> tuple[Problem, ...]:
    """What was refused. Whatever the files: below five seconds of a busy processor and 200 MB besides the files themselves."""
    before, begun = _peak(anew=True), time.process_time()
    try:
        act()
        found: tuple[Problem, ...] = ()
    except FilesRefused as refused:
        found = refused.problems
    assert time.process_time() - begun < most_seconds()
    assert _peak(anew=False) - before < MOST_MEMORY
    return found


def _peak(*, anew: bool) -> int:
    """The most bytes of memory that this process held, from now on or since it was asked anew."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        pytest.param(lambda: b"a" * FULL, 1, TOO_LONG, id="one line"),
        pytest.param(lambda: b"a;" * (FULL // 2), 1, CELLS % (FULL // 2 + 1), id="one line of cells"),
        pytest.param(lambda: b"a\n" * (FULL // 2), MOST_LINES + 1, LINES % (FULL // 2), id="short lines"),
        pytest.param(lambda: b"a\r" * (FULL // 2), MOST_LINES + 1, LINES % (FULL // 2), id="short lines of a Mac"),
        pytest.param(lambda: b"a" + b"\n" * FULL, MOST_LINES + 1, LINES % FULL, id="empty lines"),
        pytest.param(lambda: b"sep=;\na;b\n" + b"1;2\n" * MOST_LINES, MOST_LINES + 2, LINES % (MOST_LINES + 1), id="one line too many"),
        pytest.param(lambda: b"a;b\n" + (b";" * 99 + b"\n") * 10_000, 10_001, CELLS % (MOST_CELLS + 2), id="two cells too many"),
        pytest.param(lambda: b'a;b\n1;"' + b"x" * FULL, 2, TOO_LONG, id="a quote that never closes"),
        pytest.param(lambda: b"a;b\n1;2\n" + b'"' * FULL, 3, TOO_LONG, id="quotes"),
        pytest.param(lambda: b'"' * FULL, 1, TOO_LONG, id="a heading of quotes"),
        pytest.param(lambda: b";".join([b"abcde"] * 900_000) + b"\n1\n", 1, "De kopregel heeft 900000 kolommen.", id="columns"),
        pytest.param(
            lambda: b"a\n" * 5_000_000 + b"\xff\x81",
            5_000_001,
            "Hier staan tekens die Kring niet kan lezen (geen UTF-8 en geen Windows-1252).",
            id="no encoding",
        ),
        pytest.param(
            lambda: b"a\n" * 5_000_000 + b"\0",
            5_000_001,
            "Hier staat een onleesbaar teken (code 0); het bestand is beschadigd of is geen CSV.",
            id="a zero byte",
        ),
        pytest.param(lambda: ("a\n" * 2_000_000).encode("utf-16"), MOST_LINES + 1, LINES % 2_000_000, id="UTF-16"),
        pytest.param(lambda: "a\n\U0001f600".encode() + b"a" * (FULL - 10), 2, TOO_LONG, id="four bytes for each letter"),
    ],
)
def test_a_file_that_is_too_much_names_the_place(data: Callable[[], bytes], line: int, message: str) -> None:
    content = data()
    (problem,) = held(lambda: read_table("a.csv", content))
    assert (problem.line, problem.message) == (line, message)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: b"a;b;c;d;e\n" + b"1;2;3;4;5\n" * (MOST_LINES - 1), id="the largest table"),
        pytest.param(lambda: ("a;b\n" + "é;\u200bü\n" * (MOST_LINES - 1)).encode(), id="the largest with accents"),
        pytest.param(lambda: ("a\n" + ("a" + "\u0301\u0316" * 60_000 + "\n") * 40).encode(), id="accents upon accents"),
        pytest.param(lambda: ("a\n" + ("a" + "\u0301\u0316" * 90 + "\n") * 25_000).encode(), id="a hundred accents in each cell"),
        pytest.param(lambda: ("a\n" + ("\u202e" * 60_000 + "x\n") * 50).encode(), id="marks that turn the text"),
    ],
)
def test_a_large_file_is_read_at_once(data: Callable[[], bytes]) -> None:
    content = data()
    assert held(lambda: read_table("a.csv", content)) == ()


def test_fifty_problems_of_very_many_are_found_at_once() -> None:
    content = b"a;b\n" + b"1\n" * 100_000
    assert len(held(lambda: read_table("a.csv", content))) == 50


QUESTIONS: tuple[Question, ...] = instrument("kring-sociogram").questions


def test_more_rounds_than_a_school_has() -> None:
    rows = "".join(f"{number:06},together,1,2\n" for number in range(50_000))
    files = {"nominations.csv": f"round,question,from,to\n{rows}".encode()}
    (problem,) = held(lambda: class_files(files, None, questions=QUESTIONS))
    assert (problem.line, problem.column) == (MOST_ROUNDS + 2, "round")
    assert problem.message == "De bestanden noemen 50000 rondes; Kring leest er hooguit 200."


def test_more_pupils_than_can_choose_each_other() -> None:
    pupils = "pupil,name\n" + "".join(f"{number},Anna\n" for number in range(50_000))
    files = {"pupils.csv": pupils.encode(), "nominations.csv": b"question,from,to\ntogether,1,2\n"}
    (problem,) = held(lambda: class_files(files, None, questions=QUESTIONS))
    assert (problem.file, problem.line) == ("pupils.csv", 1)
    assert problem.message == f"De groep heeft 50000 leerlingen; Kring vergelijkt er hooguit {MOST_CHOOSING}."


def test_very_many_groups_and_one_name_for_all() -> None:
    pupils = "pupil,name,group\n" + "".join(f"{number},Anna,{number // 2}\n" for number in range(20_000))
    choices = "group,question,from,to\n" + "".join(f"{number},together,{2 * number},{2 * number + 1}\n" for number in range(10_000))
    files: dict[str, Any] = {"pupils.csv": pupils.encode(), "nominations.csv": choices.encode()}
    assert held(lambda: class_files(files, None, questions=QUESTIONS)) == ()


BILLION = "a: &a [x, x]\n" + "".join(f"{after}: &{after} [*{before}, *{before}]\n" for before, after in zip("abcdefgh", "bcdefghi"))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param(BILLION, 2, "Verwijzingen (*) en diepe nesting mogen niet.", id="references to references"),
        pytest.param("<<: &a {<<: *a}", 1, "Verwijzingen (*) en diepe nesting mogen niet.", id="a merge with itself"),
        pytest.param("a: " + "[" * 90_000, 1, "Verwijzingen (*) en diepe nesting mogen niet.", id="lists in lists"),
        pytest.param("- " * 90_000, 1, "Verwijzingen (*) en diepe nesting mogen niet.", id="lines in lines"),
        pytest.param("a: " + "{b: " * 40_000, 1, "Verwijzingen (*) en diepe nesting mogen niet.", id="fields in fields"),
        pytest.param("x" * 200_001, None, "Het bestand is langer dan 200000 tekens.", id="too long"),
        pytest.param("a:\n" + "- b\n" * 40_000, 19_998, "Tot hier staan er meer dan 20000 waarden.", id="a long list"),
        pytest.param("a: 1\n" * 30_000, 10_000, "Tot hier staan er meer dan 20000 waarden.", id="one field very often"),
    ],
)
def test_yaml_that_unfolds_is_refused_at_once(text: str, line: int | None, message: str) -> None:
    (problem,) = held(lambda: read_mapping(text, source="mapping.yaml"))
    assert (problem.line, problem.message) == (line, message)


def test_the_measurement_notices_what_is_too_much() -> None:
    """Planted: something that takes its time, and something that takes memory."""
    with pytest.raises(AssertionError):
        held(lambda: _busy(until=time.process_time() + most_seconds()))
    with pytest.raises(AssertionError):
        held(lambda: b"x" * (MOST_MEMORY + 2**20))


def _busy(*, until: float) -> None:
    while time.process_time() < until:
        pass
