"""`./kring audit` as people call it."""

import os
import subprocess
from pathlib import Path

import pytest

from kring.commands import ROOT
from kring.commands.audit import command, main, parser
from kring.commands.server import django


def test_what_is_asked_of_django() -> None:
    assert command(parser().parse_args(["anchor"])) == django("seal_log")
    assert command(parser().parse_args(["verify"])) == django("verify_log")
    there = Path("/elders/anchors")
    assert command(parser().parse_args(["verify", "--anchors", str(there)])) == django("verify_log", "--anchors", str(there))


def test_without_settings_it_says_which_are_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("KRING_MODE", "KRING_SECRET", "KRING_SECRET_FILE", "KRING_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    assert main(["verify"]) == 1
    said = capsys.readouterr().err
    assert ("KRING_SECRET" in said, "KRING_HOSTS" in said) == (True, True)


@pytest.mark.whole("a database of its own, from nothing")
def test_it_runs_on_a_database_of_its_own(tmp_path: Path) -> None:
    settings = {**os.environ, "KRING_MODE": "test", "KRING_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), "KRING_DATABASE": ""}
    settings |= {"DJANGO_SETTINGS_MODULE": "kring.settings", "KRING_ANCHORS": str(tmp_path / "anchors")}
    subprocess.run(django("migrate", "--verbosity", "0"), env=settings, check=True, timeout=120)
    for asked, said in ((["anchor"], "Vastgelegd in"), (["verify"], "")):
        done = subprocess.run(
            (*django()[:1], "-m", "kring.cli", "audit", *asked), env=settings, capture_output=True, text=True, check=False, timeout=120
        )
        assert (done.returncode, said in done.stdout) == (0, True), done.stderr
