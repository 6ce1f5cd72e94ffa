"""The unit of systemd, judged by systemd's own programs."""

import shutil
import subprocess
from pathlib import Path

import pytest

from kring.commands import ROOT

UNIT = ROOT / "deploy" / "systemd" / "kring.service"
ANALYZE = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here: nobody judged the unit")
MOST = 1.5  # of 10, which is wide open


@ANALYZE
def test_systemd_understands_it(tmp_path: Path) -> None:
    """With a program that is there: where it will stand is said in the handbook."""
    unit = tmp_path / "kring.service"
    unit.write_text(UNIT.read_text().replace("/opt/kring/current/kring", str(ROOT / "kring")))
    done = subprocess.run(("systemd-analyze", "verify", "--man=no", str(unit)), capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "kring.service" in line]) == (0, [])


@ANALYZE
def test_it_is_locked_up_tightly() -> None:
    command = ("systemd-analyze", "security", "--offline=yes", f"--threshold={MOST * 10:.0f}", "--no-pager", str(UNIT))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout.splitlines()[-1]


def test_it_starts_again_and_waits_as_long_as_kring_needs() -> None:
    said = dict(line.split("=", 1) for line in UNIT.read_text().splitlines() if "=" in line and not line.startswith("#"))
    assert (said["Type"], said["Restart"], said["KillMode"]) == ("notify", "on-failure", "mixed")
    assert said["LoadCredential"] == "secret:/etc/kring/secret"
    assert int(said["TimeoutStopSec"]) > 5 * 2
