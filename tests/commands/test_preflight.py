"""Everything that keeps a server from starting well is named, with what to do; and nothing is named when all is well."""

import os
import shutil
import socket
import threading
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kring.commands import ROOT, notify, preflight, schema, serve
from kring.commands.alone import AlreadyRunning, alone
from kring.commands.company import StepFailed
from kring.commands.listening import Bind, NotAnAddress, bind, status, taken
from kring.commands.server import free_port

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Disk = namedtuple("Disk", "total used free")


def found(folder: Path, hosts: str = "kring.mijnschool.nl", where: Bind | None = None, at: datetime | None = None) -> str:
    settings = {"KRING_HOSTS": hosts}
    where = where or Bind(socket=folder / "kring.sock")
    return "\n".join(preflight.faults(settings, folder, where, at=at or datetime.now(UTC)))


def test_nothing_is_wrong(tmp_path: Path) -> None:
    assert found(tmp_path, "kring.mijnschool.nl,.regio.example,[::1],localhost") == ""
    assert list(preflight.warnings(tmp_path)) == []


@pytest.mark.parametrize("hosts", ["https://kring.nl", "kring.nl:443", "*", "kring.nl, kring nl", "kring.nl/", "a..b"])
def test_a_host_that_is_no_name(tmp_path: Path, hosts: str) -> None:
    assert "geen naam" in found(tmp_path, hosts)


@pytest.mark.parametrize("word", ["", "8000", ":8000", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "unix:a.sock", "school:80", "::1:80"])
def test_an_address_that_is_none(word: str) -> None:
    with pytest.raises(NotAnAddress, match="geen adres"):
        bind(word)


def test_the_network_is_no_place_to_listen(tmp_path: Path) -> None:
    assert "./kring trial" in found(tmp_path, where=bind("0.0.0.0:8000"))
    assert "./kring trial" in found(tmp_path, where=bind("[::]:8000"))


def test_a_port_and_a_socket_that_are_taken(tmp_path: Path) -> None:
    with socket.socket() as busy, socket.socket(socket.AF_UNIX) as also:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        also.bind(str(tmp_path / "kring.sock"))
        also.listen()
        assert "ander programma" in found(tmp_path, where=Bind("127.0.0.1", busy.getsockname()[1]))
        assert "ander programma" in found(tmp_path)
    assert not taken(Bind(socket=tmp_path / "kring.sock")), "a socket that was left behind"


def test_a_socket_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "geen socket maken" in found(tmp_path, where=Bind(socket=tmp_path / "nowhere" / "kring.sock"))


def test_a_folder_that_is_not_for_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)  # noqa: ARG005
    assert "niet schrijven" in found(tmp_path, where=Bind("127.0.0.1", free_port(8950)))


def test_a_folder_that_others_can_look_into(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)  # the proxy is in the group of Kring, for the socket
    assert "chmod 700" in found(tmp_path, where=Bind("127.0.0.1", free_port(8950)))


def test_whatever_is_made_in_the_folder_is_for_nobody_else(tmp_path: Path) -> None:
    os.umask(0o022)
    (serve.make_data_folder({"KRING_DATA": str(tmp_path / "data")}) / "kring.sqlite3").touch()
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "data", tmp_path / "data" / "kring.sqlite3")] == [0o700, 0o600]


def test_a_setting_that_is_wrong_is_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    settings = {**os.environ, "KRING_SECRET": "s" * 60, "KRING_HOSTS": "kring.example", "KRING_ADDRESS": "http://kring.example"}
    with pytest.raises(StepFailed):
        schema.read_settings({**settings, "KRING_MODE": "production", "PYTHONPATH": str(ROOT / "src")})
    assert capfd.readouterr().err == "Een instelling klopt niet: KRING_ADDRESS must begin with https://\n"


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StepFailed):
        serve.make_data_folder({"KRING_DATA": str(tmp_path / "file" / "data")})
    assert "kan niet gemaakt worden" in capsys.readouterr().err


def test_a_disk_that_is_full_and_one_that_nearly_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(1, 1, 100 * 2**20))
    assert "is vol" in found(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(1, 1, 600 * 2**20))
    assert found(tmp_path) == ""
    assert ["nog maar 600 MB" in sentence for sentence in preflight.warnings(tmp_path)] == [True]


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_sqlite_on_a_disk_of_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"36 35 98:0 / / rw - ext4 /dev/a rw\n40 36 0:40 / {tmp_path} rw - {kind} box:/x rw\n")
    monkeypatch.setattr(preflight, "MOUNTS", mounts)
    assert "netwerkschijf" in found(tmp_path)
    assert list(preflight.wrong_folder(tmp_path, sqlite=False)) == []


def test_a_folder_on_a_mount_with_a_space() -> None:
    mounts = "36 35 98:0 / / rw - ext4 /dev/a rw\n40 36 0:40 / /srv/de\\040school rw - nfs box:/x rw"
    assert preflight.filesystem_of(Path("/srv/de school/kring"), mounts) == "nfs"
    assert preflight.filesystem_of(Path("/srv/de"), mounts) == "ext4"


def test_a_clock_that_runs_behind(tmp_path: Path) -> None:
    (tmp_path / "kring.sqlite3").touch()
    assert "De klok" in found(tmp_path, at=datetime.now(UTC) - timedelta(days=1))
    assert found(tmp_path, at=datetime.now(UTC) + timedelta(days=400)) == ""


def test_one_of_two_servers(tmp_path: Path) -> None:
    second = alone(tmp_path, "./kring upgrade")
    with alone(tmp_path, "./kring serve"), pytest.raises(AlreadyRunning, match=r"./kring serve \(proces"), second:
        pass
    with alone(tmp_path, "./kring upgrade"):
        pass


def test_a_server_that_is_not_there_has_no_status() -> None:
    assert status(Bind("127.0.0.1", free_port(8960)), host="kring.example") is None


@pytest.mark.parametrize("word", ["behind", "newer", "other"])
def test_a_database_of_another_version_is_refused(word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(schema, "state", lambda _: word)
    with pytest.raises(StepFailed):
        schema.is_new({})
    assert schema.REFUSED[word] in capsys.readouterr().err


def test_the_secret_is_handed_over_by_systemd(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("c" * 60)
    settings = serve.from_environment({"CREDENTIALS_DIRECTORY": str(tmp_path), "KRING_HOSTS": "kring.example"})
    assert settings["KRING_SECRET"] == "c" * 60


def test_systemd_hears_that_it_is_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify.notify(notify.READY)
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        listening = threading.Thread(target=lambda: heard.append(systemd.recv(100)))
        listening.start()
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        notify.notify(notify.READY)
        listening.join(timeout=10)
    assert heard == [b"READY=1"]
    (tmp_path / "notify").unlink()
    notify.notify(notify.STOPPING)  # nobody listens any more
