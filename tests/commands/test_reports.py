"""What check, test and bench read and write."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kring.commands import ROOT
from kring.commands.bench import Measured, page
from kring.commands.coverage import floor, part_of
from kring.commands.outcome import Outcome, outcome
from kring.commands.reference import table
from kring.commands.test import all_good
from kring.commands.tracked import found_in

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><failure message="x"/></testcase><testcase name="c"><error message="x"/></testcase>
<testcase name="d"><skipped message="no browser"/></testcase><testcase name="e"><skipped message="no browser"/></testcase>
</testsuite></testsuites>"""


def test_an_outcome_counts_and_says_why_tests_were_skipped(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    came = outcome("sqlite", tmp_path / "report.xml", code=1)
    assert (came.passed, came.failed, came.skipped) == (1, 2, Counter({"no browser": 2}))
    assert list(came.skips()) == ["SKIPPED on sqlite, 2 ×: no browser"]
    assert str(came) == "sqlite 1 passed, 2 failed, 2 skipped"
    assert not came.good


def test_a_run_in_which_nothing_ran_is_not_good() -> None:
    nothing, something = Outcome("sqlite", 0, 0, 0, Counter()), Outcome("postgresql", 0, 3, 0, Counter())
    assert not all_good([nothing])
    assert all_good([nothing, something])
    assert not all_good([something, Outcome("sqlite", 1, 3, 1, Counter())])


def test_a_run_without_a_report_is_not_good(tmp_path: Path) -> None:
    assert not outcome("sqlite", tmp_path / "none.xml", code=0).good


def test_a_floor_counts_lines_and_branches_and_names_the_worst() -> None:
    summary = {
        "covered_lines": 9,
        "num_statements": 10,
        "covered_branches": 2,
        "num_branches": 2,
        "missing_lines": 1,
        "missing_branches": 0,
    }
    reached = floor("core", {"src/kring/core/a.py": {"summary": summary}})
    assert reached.percent == pytest.approx(100 * 11 / 12)
    assert not reached.reached
    assert "TOO LOW, see src/kring/core/a.py" in str(reached)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("src/kring/core/bands.py", "core"),
        ("src/kring/web/urls.py", "shell"),
        ("src/kring/cli.py", "commands"),
        ("src/kring/library/a.py", "shell"),
    ],
)
def test_each_file_falls_under_one_floor(path: str, part: str) -> None:
    assert part_of(path) == part


@pytest.mark.parametrize(
    "line", ["read('/ho" + "me/me/x')", "see /wo" + "rk/main", "from https://py" + "pi.org/simple", "fi" + "le:///opt"]
)
def test_a_place_on_a_machine_is_found(line: str) -> None:
    assert len(list(found_in(ROOT / "a.py", f"fine\n{line}\n".encode()))) == 1


@pytest.mark.parametrize("line", ["https://school.example/work/x", "path('work/')", "../work/x", "`/style/`"])
def test_an_address_on_the_web_is_fine(line: str) -> None:
    assert list(found_in(ROOT / "a.py", line.encode())) == []


def test_a_table_keeps_its_cells_together() -> None:
    assert list(table(["a", "b"], [["x|y", "two\nlines"]])) == ["| a | b |", "| --- | --- |", "| x\\|y | two lines |"]


def test_the_page_of_benchmarks_says_what_is_too_slow() -> None:
    text = page(
        [Measured("start", (5200.0,), 5000.0), Measured("page", (80.4, 9.6, 95.0), 100.0, "9 queries")],
        on=datetime(2026, 11, 22, tzinfo=UTC),
    )
    assert "Measured on 2026-11-22 by" in text
    assert text.splitlines()[-2:] == [
        "| start | 5.0 s | 5.2 s | 5.2 s – 5.2 s | TOO SLOW |  |",
        "| page | 100 ms | 80 ms | 9.6 ms – 95 ms | good | 9 queries |",
    ]
