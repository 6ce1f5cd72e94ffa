"""The secret, the port, and what production cannot do without."""

import socket
import stat
from pathlib import Path

import pytest

from kring.commands import serve
from kring.commands.server import free_port, is_free, secret_in


def test_a_secret_is_made_once_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    first, again = secret_in(tmp_path / "secret"), secret_in(tmp_path / "secret")
    assert first == again
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free(port)
        assert free_port(port) > port


def test_production_names_everything_that_is_missing() -> None:
    with pytest.raises(serve.SettingsMissing) as missing:
        serve.from_environment({})
    assert missing.value.args == ("KRING_SECRET", "KRING_HOSTS")


def test_a_secret_that_is_too_short_is_no_secret() -> None:
    with pytest.raises(serve.SettingsMissing) as missing:
        serve.from_environment({"KRING_SECRET": "short", "KRING_HOSTS": "kring.example"})
    assert missing.value.args == ("KRING_SECRET",)


def test_the_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 60 + "\n")
    settings = serve.from_environment({"KRING_SECRET_FILE": str(tmp_path / "secret"), "KRING_HOSTS": "kring.example"})
    assert settings == {"KRING_SECRET": "s" * 60, "KRING_HOSTS": "kring.example"}


def test_production_says_what_is_missing_and_does_not_start(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("KRING_SECRET", "KRING_SECRET_FILE", "KRING_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    assert serve.main([]) == 1
    said = capsys.readouterr().err
    assert "KRING_SECRET:" in said
    assert "KRING_HOSTS:" in said


def test_the_first_start_makes_the_folder_for_the_data(tmp_path: Path) -> None:
    made = serve.make_data_folder({"KRING_DATA": str(tmp_path / "var" / "kring")})
    assert (made.is_dir(), oct(made.stat().st_mode & 0o777)) == (True, "0o700")
    assert serve.make_data_folder({"KRING_DATA": str(made)}) == made
