"""The report folder is there as a whole, or not at all."""

from pathlib import Path

import pytest

from kring.analyse.output import FolderNotOurs, exchange, folder_names, plain_name, write_folder


class Stopped(Exception):
    """Something went wrong half-way."""


def fill(folder: Path) -> None:
    (folder / "6a").mkdir()
    (folder / "6a" / "group.html").write_text("page", encoding="utf-8")


def test_a_folder_is_filled_and_may_be_filled_again(tmp_path: Path) -> None:
    for _ in range(2):
        assert write_folder(tmp_path / "deep" / "report", fill) == ("6a/group.html",)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["report"]


def test_what_stops_half_way_leaves_nothing_and_keeps_what_was(tmp_path: Path) -> None:
    def stop(folder: Path) -> None:
        fill(folder)
        raise Stopped

    with pytest.raises(Stopped):
        write_folder(tmp_path / "report", stop)
    assert list(tmp_path.iterdir()) == []
    write_folder(tmp_path / "report", fill)
    with pytest.raises(Stopped):
        write_folder(tmp_path / "report", stop)
    assert (tmp_path / "report" / "6a" / "group.html").read_text(encoding="utf-8") == "page"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_the_earlier_report_returns_when_the_new_one_cannot_take_its_place(tmp_path: Path) -> None:
    write_folder(tmp_path / "report", fill)
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "never-made", tmp_path / "report")
    assert (tmp_path / "report" / "6a" / "group.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_file_of_somebody_else_is_never_thrown_away(tmp_path: Path) -> None:
    write_folder(tmp_path / "report", fill)
    (tmp_path / "report" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderNotOurs) as refusal:
        write_folder(tmp_path / "report", fill)
    assert refusal.value.folder == str(tmp_path / "report")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderNotOurs):
        write_folder(tmp_path / "file", fill)


def test_every_group_gets_a_plain_name_of_its_own() -> None:
    assert folder_names(["6A", "6a", "6 A", "../6A", "", "É", "—"]) == {
        "6A": "6a", "6a": "6a-2", "6 A": "6-a", "../6A": "6a-3", "": "groep", "É": "e", "—": "groep-2",
    }  # fmt: skip
    assert plain_name("x" * 200) == "x" * 60
