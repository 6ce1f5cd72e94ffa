"""The script itself, called as people call it."""

import subprocess
from pathlib import Path

import pytest

from kring.cli import COMMANDS, main
from kring.commands import ROOT


def test_it_works_from_elsewhere_and_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "kring").symlink_to(ROOT / "kring")
    done = subprocess.run((str(tmp_path / "kring"), "help"), cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "./kring demo" in done.stdout


def test_a_folder_called_django_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "django").mkdir()
    (tmp_path / "django" / "__init__.py").write_text("raise SystemExit('not ours')")
    done = subprocess.run((str(ROOT / "kring"), "serve", "--help"), cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "--bind" in done.stdout


def test_it_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr().out
    assert [name for name in COMMANDS if f"./kring {name} " not in said] == []


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dome"]) == 2
    assert "Kring kent “dome” niet" in capsys.readouterr().err
