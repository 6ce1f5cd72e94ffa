"""Passwords that were found in leaks, in a file of the school's own."""

import random
import time
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from pytest_django.fixtures import Settings

from kring.web.accounts.passwords import NotLeaked, is_listed

LEAKED = "zomer-in-de-zandbak"


def digest(password: str) -> str:
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def listed(path: Path, hashes: Iterator[str] | list[str], *, counts: bool = True, end: str = "\n") -> Path:
    lines = sorted(hashes)
    path.write_bytes("".join(f"{line}:{len(line) * 7}{end}" if counts else f"{line}{end}" for line in lines).encode())
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("many", [1, 2, 3, 10, 257])
def test_each_line_is_found_and_nothing_else(tmp_path: Path, many: int, end: str, *, counts: bool) -> None:
    words = [f"woord {number}" for number in range(many)]
    path = listed(tmp_path / "list", [digest(word) for word in words], counts=counts, end=end)
    assert [word for word in words if not is_listed(path, digest(word))] == []
    assert not any(is_listed(path, digest(f"ander {number}")) for number in range(200))
    assert not is_listed(path, "0" * 40)
    assert not is_listed(path, "F" * 40)


@pytest.mark.parametrize("content", [b"", b"\n", b"\x00" * 500, b"a" * 5000, b"geen lijst\n" * 40, b":::\n"])
def test_a_file_of_another_kind_ends(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list").write_bytes(content)
    assert not is_listed(tmp_path / "list", digest(LEAKED))


@pytest.mark.long
def test_a_list_of_a_million_is_searched_at_once(tmp_path: Path, long: bool) -> None:
    draw = random.Random(7)
    hashes = [f"{draw.getrandbits(160):040X}" for _ in range(1_000_000 if long else 20_000)]
    path = listed(tmp_path / "list", [*hashes, digest(LEAKED)])
    began = time.process_time()
    assert all(is_listed(path, each) for each in hashes[:200])
    assert not any(is_listed(path, f"{draw.getrandbits(160):040X}") for _ in range(200))
    assert is_listed(path, digest(LEAKED))
    assert (time.process_time() - began) / 401 < 0.01


def test_a_leaked_password_is_refused(settings: Settings, tmp_path: Path) -> None:
    NotLeaked().validate(LEAKED)  # without a list nothing is known
    settings.LEAKED_PASSWORDS = listed(tmp_path / "list", [digest(LEAKED), digest("iets anders")])
    with pytest.raises(ValidationError, match="ooit bij een ander gelekt"):
        NotLeaked().validate(LEAKED)
    NotLeaked().validate("een-woord-van-niemand")
    assert "ergens anders" in NotLeaked().get_help_text()


def test_a_list_that_is_gone_lets_nothing_through(settings: Settings, tmp_path: Path) -> None:
    settings.LEAKED_PASSWORDS = tmp_path / "gone"
    with pytest.raises(ValidationError, match="nu niet te lezen"):
        NotLeaked().validate("een-woord-van-niemand")
