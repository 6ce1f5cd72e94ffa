"""What check, test and bench read and write."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from kring.commands import ROOT, peers
from kring.commands.bench import Measured, Peer, Skipped, page, peak_of
from kring.commands.coverage import Part, floor, part_of
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
    reached = floor(Part.CORE, {"src/kring/core/a.py": {"summary": summary}})
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
        "| start | 5.0 s | 5.2 s | 5.2 s – 5.2 s |  |  | TOO SLOW |  |",
        "| page | 100 ms | 80 ms | 9.6 ms – 95 ms |  |  | good | 9 queries |",
    ]


def test_a_figure_stands_beside_its_peers_and_its_memory() -> None:
    slower = Measured("mean", (80.0,), 100.0, "", (Peer("pandas 3.1", 160.0), Peer("R 4.2", 60.0)), 612.4, 1024)
    allowed = Measured("mean", (80.0,), 100.0, "", (Peer("pandas 3.1", 50.0, at_most=2.0),), 612.4)
    larger = Measured("mean", (80.0,), 100.0, "", (), 2000.0, 1024)
    assert slower.cells()[4:7] == ("0.5 × pandas 3.1, 1.3 × R 4.2", "612 MB of 1024", "TOO SLOW")
    assert allowed.cells()[4:7] == ("1.6 × pandas 3.1", "612 MB", "good")
    assert (larger.verdict, larger.good) == ("TOO LARGE", False)


def test_what_could_not_be_measured_is_said_on_the_page() -> None:
    assert page([Skipped("R package mirt", "R is not installed")], on=datetime(2026, 11, 22, tzinfo=UTC)).endswith(
        "\n\n- NOT MEASURED: R package mirt (R is not installed)\n"
    )


def test_the_peak_of_memory_is_that_of_the_work() -> None:
    small, large = peak_of(lambda: None), peak_of(lambda: bytearray(b"x") * 200_000_000)
    if small is None or large is None:
        pytest.skip("this system does not tell how much memory a process held")
    assert large - small > 150


def test_a_peer_that_is_not_there_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "R", "no-such-program")
    assert peers.r_peer("psych", "alpha(x)") == Skipped("R package psych", "R is not installed")


def test_a_peer_that_fails_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "r"
    program.write_text("#!/bin/sh\necho 'Error: there is no package called mirt' >&2; echo 'Execution halted' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(peers, "R", str(program))
    assert peers.r_peer("mirt", "mirt(x)") == Skipped("R package mirt", "Error: there is no package called mirt")


def test_what_a_peer_says_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "r"
    program.write_text("#!/bin/sh\nprintf 'ms 30\\nms 10\\nms 20\\nversion sna 2.7.1\\nversion network 1.18\\n'\n")
    program.chmod(0o755)
    monkeypatch.setattr(peers, "R", str(program))
    assert peers.r_peer("sna network", "work()", part=0.5) == Peer("R sna 2.7.1", 40.0)
    assert peers.together(Peer("a", 1.0), Skipped("b", "c")) == ((Peer("a", 1.0),), (Skipped("b", "c"),))


def test_a_python_peer_bears_its_version() -> None:
    assert peers.python_peer("numpy", (3.0, 1.0, 2.0), at_most=2.0) == Peer(f"numpy {np.__version__}", 2.0, 2.0)


def test_a_table_of_numbers_goes_to_r(tmp_path: Path) -> None:
    np.arange(6.0).tofile(tmp_path / "x")
    assert peers.r_matrix(tmp_path / "x", "x", rows=2) == f'x <- matrix(readBin("{tmp_path}/x", "double", 6), nrow = 2, byrow = TRUE)'
