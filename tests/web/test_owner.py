"""Which database role does what: the settings say it, and `migrate` alone works as the owner."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS, OWNER = "postgresql://rows@/kring?host=/nowhere", "postgresql://owner@/kring?host=/nowhere"
CODE = "import sys; sys.argv[1:] = {}; import kring.settings as s; print(s.DATABASES['default']['USER'], s.DATABASE_ROLE)"


def said_by(command: list[str], tmp_path: Path, **given: str) -> str:
    """The role that works, and the role that is to get its rights."""
    ours = {"PYTHONPATH": str(ROOT / "src"), "KRING_DATA": str(tmp_path), "KRING_MODE": "test", **given}
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(command)],
        env={**{name: value for name, value in os.environ.items() if not name.startswith("KRING_")}, **ours},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("command", [["runserver"], ["check"], ["shell"], []])
def test_the_application_works_with_rows(tmp_path: Path, command: list[str]) -> None:
    assert said_by(command, tmp_path, KRING_DATABASE=ROWS, KRING_DATABASE_OWNER=OWNER) == "rows rows"


def test_migrate_alone_works_as_the_owner(tmp_path: Path) -> None:
    assert said_by(["migrate", "--no-input"], tmp_path, KRING_DATABASE=ROWS, KRING_DATABASE_OWNER=OWNER) == "owner rows"


def test_without_an_owner_there_is_one_role(tmp_path: Path) -> None:
    assert said_by(["migrate"], tmp_path, KRING_DATABASE=ROWS) == "rows"


@pytest.mark.parametrize("given", [{"KRING_DATABASE_OWNER": OWNER}, {"KRING_DATABASE": OWNER, "KRING_DATABASE_OWNER": OWNER}])
def test_an_owner_that_makes_no_sense_stops_the_start(tmp_path: Path, given: dict[str, str]) -> None:
    assert "ImproperlyConfigured" in said_by(["check"], tmp_path, **given)
