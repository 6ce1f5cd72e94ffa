"""The environment: pinned, by hash, and never taken down by a command that needs less."""

import re
from pathlib import Path

import pytest

from kring.commands import environment, tracked
from kring.commands.environment import REQUIREMENTS, Packages, fingerprint, satisfied, uv_settings, wanted

PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((REQUIREMENTS / name).read_text()))


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment of its own, without anything in it."""
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)
    return tmp_path


def test_developers_have_all_that_users_have() -> None:
    assert pins("kring.lock").items() <= pins("dev.lock").items()


@pytest.mark.parametrize("name", ["kring.lock", "dev.lock", "bench.lock", "tool.lock"])
def test_every_pin_has_a_hash_and_no_address(name: str) -> None:
    text = (REQUIREMENTS / name).read_text()
    pinned = [block for block in re.split(r"\n(?=\w)", text) if PIN.match(block)]
    assert pinned
    assert [block for block in pinned if "--hash=sha256:" not in block] == []
    assert list(tracked.found_in(REQUIREMENTS / name, text.encode())) == []


def test_an_empty_environment_satisfies_nobody(venv: Path) -> None:
    assert [satisfied(packages) for packages in Packages] == [False, False, False]


def test_users_packages_do_not_satisfy_developers(venv: Path) -> None:
    Packages.KRING.stamp.write_text(fingerprint(Packages.KRING.pinned))
    assert [satisfied(packages) for packages in Packages] == [True, False, False]


def test_developers_packages_satisfy_a_demo(venv: Path) -> None:
    Packages.DEV.stamp.write_text(fingerprint(Packages.DEV.pinned))
    assert [satisfied(packages) for packages in Packages] == [True, True, False]


def test_a_developers_environment_stays_one_when_the_pins_change(venv: Path) -> None:
    Packages.DEV.stamp.write_text("of earlier pins")
    assert not satisfied(Packages.KRING)
    assert wanted(Packages.KRING) is Packages.DEV


def test_uv_is_told_the_index_that_pip_knows() -> None:
    told = uv_settings({}, {"index-url": "https://index.example/simple", "cert": ""}.__getitem__)
    assert told == {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "true", "UV_DEFAULT_INDEX": "https://index.example/simple"}


def test_what_uv_was_told_itself_goes_first() -> None:
    given = {"UV_DEFAULT_INDEX": "https://other.example", "SSL_CERT_FILE": "mine.pem", "PIP_INDEX_URL": "https://index.example"}
    assert uv_settings(given, str) == {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "true"}
