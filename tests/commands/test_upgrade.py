"""What keeps an upgrade from beginning, and what a back-up tells of itself. The whole way is in tests/reliability/test_upgrade.py."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kring.commands import backup, backup_postgresql, backup_sqlite, upgrade
from kring.commands.alone import alone
from kring.commands.company import Company
from kring.commands.serve import UPGRADING

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "files").mkdir(parents=True)
    (data / "files" / "picture").write_bytes(b"a picture")
    with backup_sqlite.opened(data / "kring.sqlite3") as database:
        database.execute("pragma journal_mode=wal")
        database.execute("create table child (name)")
        database.execute("insert into child values ('a'), ('b')")
        database.commit()
    return data


@pytest.fixture
def saved(data: Path, tmp_path: Path) -> Path:
    assert backup.save({}, data, tmp_path / "saved", at=AT).counts == {"child": 2}
    return tmp_path / "saved"


def test_a_back_up_is_whole_and_goes_back(data: Path, saved: Path) -> None:
    assert set(backup.check({}, saved).files) == {"kring.sqlite3", "files/picture"}
    with backup_sqlite.opened(data / "kring.sqlite3") as database:
        database.execute("drop table child")
        database.commit()
    (data / "files" / "picture").unlink()
    backup.put_back({}, data, saved)
    assert backup_sqlite.counts({}, data) == {"child": 2}
    assert (data / "files" / "picture").read_bytes() == b"a picture"


def test_what_filled_the_disk_goes_before_anything_comes_back(data: Path, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that breaks on a full disk leaves a journal as large as the disk; then there is room for no copy and no note."""
    upgrade.write(data, upgrade.CHANGING, saved)
    (data / "kring.sqlite3-wal").write_bytes(b"x" * 1000)
    stood: list[list[Path]] = []
    copy = shutil.copyfile

    def watched(source: Path, to: Path, **how: bool) -> Path:
        stood.append([*data.glob("kring.sqlite3*")])
        return copy(source, to, **how)

    monkeypatch.setattr(shutil, "copyfile", watched)
    monkeypatch.setattr(upgrade, "write", lambda *given: pytest.fail("written on a full disk"))  # noqa: ARG005
    assert upgrade.after_interruption(Company({}), data)
    assert stood[0] == []
    assert backup_sqlite.counts({}, data) == {"child": 2}


def test_a_back_up_that_is_not_whole_is_named(saved: Path) -> None:
    (saved / "files" / "picture").write_bytes(b"another")
    with pytest.raises(backup.NotWhole, match="files/picture veranderd"):
        backup.check({}, saved)
    (saved / "files" / "picture").unlink()
    with pytest.raises(backup.NotWhole, match="ontbreken bestanden"):
        backup.check({}, saved)
    (saved / "list.json").unlink()
    with pytest.raises(backup.NotWhole, match="is niet af"):
        backup.check({}, saved)


def test_a_back_up_with_a_row_less_is_named(saved: Path) -> None:
    listed = json.loads((saved / "list.json").read_text())
    listed["counts"]["child"] = 3
    (saved / "list.json").write_text(json.dumps(listed))
    with pytest.raises(backup.NotWhole, match=r"evenveel rijen.*: child"):
        backup.check({}, saved)


def test_a_back_up_of_another_kind_of_database_is_named(saved: Path) -> None:
    with pytest.raises(backup.NotWhole, match="van sqlite"):
        backup.check({"KRING_DATABASE": "postgresql://a@/b"}, saved)


def test_what_sqlite_refuses_is_said_and_breaks_nothing(data: Path, tmp_path: Path) -> None:
    """A disk that fills up while the copy is made, and a database that is none."""
    (data / "kring.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(OSError, match="SQLite: file is not a database"):
        backup.save({}, data, tmp_path / "none", at=AT)


def test_a_copy_that_sqlite_finds_broken_counts_nothing(saved: Path) -> None:
    with backup_sqlite.opened(saved / "kring.sqlite3") as database:
        database.execute("create table parent (id integer primary key)")
        database.execute("create table orphan (of_parent references parent (id))")
        database.execute("insert into orphan values (7)")
        database.commit()
    assert backup_sqlite.saved_counts({}, saved) == {}


def test_too_little_room_is_named_before_anything_is_done(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Disk", (), {"free": 2**20}))
    with pytest.raises(upgrade.NoRoom) as room:
        upgrade.need_room({}, data)
    assert room.value.args == (data, 65, 1)


def test_programs_of_postgresql_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(backup_postgresql.ProgramsMissing) as missing:
        backup_postgresql.environment({"KRING_DATABASE": "postgresql://a@/b"})
    assert missing.value.args == ("pg_dump", "pg_restore", "psql")


def test_a_password_stands_on_no_command_line() -> None:
    told = backup_postgresql.address({"KRING_DATABASE": "postgresql://kring:ge%40heim@db.school.nl:5433/kring"})
    assert [told[f"PG{name}"] for name in ("HOST", "PORT", "USER", "PASSWORD", "DATABASE")] == [
        "db.school.nl",
        "5433",
        "kring",
        "ge@heim",
        "kring",
    ]


def test_what_guards_the_line_to_the_database_holds_for_a_back_up_as_well() -> None:
    told = backup_postgresql.address(
        {"KRING_DATABASE": "postgresql://kring@db.school.nl/kring?sslmode=verify-full&sslrootcert=/etc/ca.pem"}
    )
    assert (told["PGSSLMODE"], told["PGSSLROOTCERT"]) == ("verify-full", "/etc/ca.pem")


def test_after_each_return_the_oldest_back_up_goes(data: Path, saved: Path) -> None:
    for name in ("2025-01", "2025-02", "2025-03"):
        (data / "upgrades" / name).mkdir(parents=True)
    upgrade.write(data, upgrade.CHANGING, saved)
    assert upgrade.after_interruption(Company({}), data)
    assert len(list((data / "upgrades").iterdir())) == upgrade.KEPT
    assert saved.exists()


def test_another_server_on_the_database_is_named(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(Company, "pause", lambda self, seconds: None)  # noqa: ARG005
    monkeypatch.setattr(backup_postgresql, "others", lambda settings: 3)  # noqa: ARG005
    assert upgrade.upgrade(Company({"KRING_DATABASE": "postgresql://a@/b"}), data) == 1
    assert "Stop Kring op elke server" in capsys.readouterr().err


def test_a_running_server_is_named(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in (("KRING_DATA", str(data)), ("KRING_SECRET", "s" * 60), ("KRING_HOSTS", "kring.example")):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(upgrade, "Company", Company)
    with alone(data, "./kring serve op unix:x"):
        assert upgrade.main([]) == 1
    assert "systemctl stop kring" in capsys.readouterr().err


def test_a_back_up_that_was_cut_off_goes_away(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = data / "upgrades" / "half"
    half.mkdir(parents=True)
    upgrade.write(data, upgrade.SAVING, half)
    assert upgrade.after_interruption(Company({}), data)
    assert not half.exists()
    assert not (data / UPGRADING).exists()
    assert "zijn niet veranderd" in capsys.readouterr().err


def test_putting_back_that_fails_says_where_it_stands_and_stays_to_be_done(
    data: Path, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upgrade.write(data, upgrade.CHANGING, saved)
    (saved / "files" / "picture").unlink()
    assert not upgrade.after_interruption(Company({}), data)
    said = capsys.readouterr().err
    assert f"staat in {saved}" in said
    assert (data / UPGRADING).exists()


def test_old_back_ups_go(data: Path) -> None:
    for name in ("2026-01", "2026-02", "2026-03"):
        (data / "upgrades" / name).mkdir(parents=True)
    upgrade.forget_old(data)
    assert sorted(path.name for path in (data / "upgrades").iterdir()) == ["2026-02", "2026-03"]
