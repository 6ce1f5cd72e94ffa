"""When a demo may go on with what it has, and when it begins anew."""

import argparse
from pathlib import Path

import pytest

from kring.commands import demo


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(demo, "DATA", tmp_path / "demo")
    return tmp_path / "demo"


def test_a_demo_that_is_not_there_is_not_outgrown(data: Path) -> None:
    assert not demo.outgrown()


def test_a_demo_of_these_tables_goes_on(data: Path) -> None:
    data.mkdir()
    (data / "tables").write_text(demo.fingerprint(demo.TABLES))
    assert not demo.outgrown()


@pytest.mark.parametrize("stamp", ["of other tables", None])
def test_a_demo_of_other_tables_begins_anew_and_says_so(data: Path, stamp: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    data.mkdir()
    if stamp:
        (data / "tables").write_text(stamp)
    assert demo.outgrown()
    said = capsys.readouterr()
    assert "begint opnieuw" in said.out + said.err


def test_a_demo_that_was_moved_is_not_of_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = set()
    for place in ("here", "there"):
        (tmp_path / place / "src").mkdir(parents=True)
        (tmp_path / place / "src" / "a.py").write_text("1")
        monkeypatch.setattr(demo, "ROOT", tmp_path / place)
        marks.add(demo.fingerprint((("src", "*.py"),)))
    assert len(marks) == 1


@pytest.mark.parametrize("word", ["99999", "-4", "0", "abc", ""])
def test_a_port_that_is_none_is_named(word: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="geen poort"):
        demo.port(word)


def test_a_port_is_a_number() -> None:
    assert demo.port("8123") == 8123
