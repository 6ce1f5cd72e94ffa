"""The file with the key: only its owner reads it, it stands away from the data, and every mistake in it is named."""

import os
from base64 import b64encode
from pathlib import Path

import pytest

from kring.sealing import Key, Keys, KeysRefused, fresh_key, read_keys, written

ONE, OTHER = Key(b"\x01" * 32), Key(b"\x02" * 32)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def file_with(folder: Path, text: str, rights: int = 0o400) -> Path:
    path = folder / "kring-key"
    path.write_text(text)
    path.chmod(rights)
    return path


def test_what_is_written_is_read(tmp_path: Path, data: Path) -> None:
    keys = Keys((ONE, OTHER))
    found = read_keys(file_with(tmp_path, written(keys)), data=data)
    assert found == keys
    assert (found.newest, found.get(OTHER.id), found.get(b"none")) == (ONE, OTHER, None)
    assert len({fresh_key().secret for _ in range(100)}) == 100


@pytest.mark.parametrize("rights", [0o440, 0o404, 0o600 | 0o020, 0o644, 0o777])
def test_a_file_that_others_may_open_is_refused(tmp_path: Path, data: Path, rights: int) -> None:
    with pytest.raises(KeysRefused, match=r"Others on this machine may open .*kring-key.*0400"):
        read_keys(file_with(tmp_path, written(Keys((ONE,))), rights), data=data)


def test_a_key_among_the_data_is_refused_also_by_a_link(tmp_path: Path, data: Path) -> None:
    path = file_with(data, written(Keys((ONE,))))
    (tmp_path / "link").symlink_to(path)
    for given in (path, tmp_path / "link"):
        with pytest.raises(KeysRefused, match="in the folder with the data"):
            read_keys(given, data=data)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file away")
def test_a_file_of_another_user_is_refused(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file_with(tmp_path, written(Keys((ONE,))))
    os.chown(path, 12345, 12345)
    with pytest.raises(KeysRefused, match="belongs to another user"):
        read_keys(path, data=data)


LINE = written(Keys((ONE,))).strip()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "holds no key"),
        ("\n\n", "holds no key"),
        ("x" * 20_000, "holds no key"),
        ("hallo", "line 1: this is no key of Kring"),
        (LINE + " more", "line 1: this is no key of Kring"),
        (LINE.replace("key-1", "key-9"), "line 1: this is no key of Kring"),
        (LINE + "\nkring-key-1 00000000 %%%", "line 2: the key is damaged"),
        (LINE[:-3] + "A==", "line 1: the key is damaged"),
        (f"kring-key-1 {ONE.id.hex()} {b64encode(b'short').decode()}", "line 1: the key is damaged"),
        (f"kring-key-1 {OTHER.id.hex()} {b64encode(ONE.secret).decode()}", "not the one that its name says"),
        (LINE + "\n" + LINE, "the same key twice"),
    ],
)
def test_every_mistake_in_it_is_named_and_nothing_of_a_key_is_told(tmp_path: Path, data: Path, text: str, why: str) -> None:
    with pytest.raises(KeysRefused, match=why) as refused:
        read_keys(file_with(tmp_path, text), data=data)
    assert str(tmp_path / "kring-key") in str(refused.value)
    assert b64encode(ONE.secret).decode() not in str(refused.value)


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path, data: Path) -> None:
    with pytest.raises(KeysRefused, match=r"cannot be read from .*nowhere: No such file"):
        read_keys(tmp_path / "nowhere", data=data)
    (tmp_path / "folder").mkdir(mode=0o700)
    with pytest.raises(KeysRefused, match="folder"):
        read_keys(tmp_path / "folder", data=data)
