"""A floor plan on paper: everybody once on each page, large enough to read, and turned for who stands before the class."""

import subprocess
from dataclasses import replace
from datetime import date
from shutil import which

import pytest

from kring.documents.floor_plan import LARGEST, SMALLEST, Desk, Room, Table, _view, floor_plan_pdf, table_cards_pdf

DESKS = (Desk(0, 0, "Sanne"), Desk(0, 1, "Maximiliaan-Alexander"), Desk(0, 3, '#read("x")'), Desk(1, 0, "Daan"), Desk(1, 3))
TABLES = (Table("Rij 1", ("Sanne", "Maximiliaan-Alexander", '#read("x")')), Table("Rij 2", ("Daan",)), Table("Rij 3", ()))
ROOM = Room("Herfst", "groep 6", "De Beuk", date(2026, 11, 22), DESKS, TABLES, ("Kiki",), frozenset({"front-left"}))


def pages_of(pdf: bytes) -> list[str]:
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return read.split("\f")[:-1]


def test_a_plan_has_the_room_from_both_sides_and_a_list() -> None:
    room, turned, listed = pages_of(floor_plan_pdf(ROOM))
    for page in (room, turned, listed):
        assert all(name in page for name in ("Sanne", "Daan", '#read("x")'))
    assert room.index("Bord") < room.index("Sanne") < room.index("Daan")
    assert turned.index("Daan") < turned.index("Sanne") < turned.index("Bord", turned.index("Sanne"))
    assert room.index("deur") < room.index("Bord")  # left of the board
    assert turned.index("Bord", turned.index("Sanne")) < turned.index("deur", turned.index("Sanne"))  # and right of it from the other side
    assert "Kiki" in listed
    assert "Rij 3" not in listed  # nobody sits there


def test_without_desks_there_is_the_list_alone() -> None:
    (listed,) = pages_of(floor_plan_pdf(replace(ROOM, desks=())))
    assert "Rij 2" in listed


def test_an_empty_plan_is_a_page_too() -> None:
    assert floor_plan_pdf(replace(ROOM, desks=(), tables=(), waiting=())).startswith(b"%PDF")


def test_every_table_gets_a_card() -> None:
    (page,) = pages_of(table_cards_pdf(ROOM))
    assert page.index("Rij 1") < page.index("Daan")
    assert "Rij 3" not in page


def test_names_are_large_and_only_a_long_one_is_smaller() -> None:
    desks = [desk for row in _view(ROOM, turned=False)["desks"] for desk in row]  # type: ignore[attr-defined]
    sizes = {desk["name"]: desk["size"] for desk in desks if desk["is_desk"]}
    assert 16 <= sizes["Daan"] <= LARGEST
    assert SMALLEST <= sizes["Maximiliaan-Alexander"] < sizes["Daan"]


def test_a_full_room_of_forty_stays_readable() -> None:
    crowded = replace(ROOM, desks=tuple(Desk(row, column, f"Leerling {row}{column}") for row in range(5) for column in range(8)))
    assert all(desk["size"] >= 12 for row in _view(crowded, turned=True)["desks"] for desk in row)  # type: ignore[attr-defined]
    assert len(pages_of(floor_plan_pdf(crowded))) == 3
