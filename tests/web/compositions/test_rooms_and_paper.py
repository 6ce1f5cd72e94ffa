"""Desks and doors put down; plans on paper without a word of why; and who never sat beside whom."""

from datetime import UTC, date, datetime
from re import findall
from typing import Any

import pytest
from django.urls import reverse
from time_machine import travel

from kring.core.floor_plans import Shape, even_groups, floor_plan
from kring.core.places import FloorPlan, Plan, kept_places, read_places
from kring.core.sociometry.composing import Seat
from kring.web.compositions.actions import Move, NewComposition, NewWish, add_wish, make_composition, move_pupil, use_composition
from kring.web.compositions.printing.queries import room_of
from kring.web.models import Composition, Membership, PlaceWish, Pupil
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of, pupil

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WHY = "Deze reden blijft binnen het team"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with travel(NOW, tick=False):
        yield


def plan(cast: Cast, places: Plan, kind: Composition.Kind = Composition.Kind.SEATS) -> Composition:
    return make_composition(cast.anna, cast.group_6a, NewComposition(kind, "Na de vakantie", places, {}), at=NOW)


def put(cast: Cast, row: Composition, who: Pupil, place: str) -> None:
    row.refresh_from_db()
    move_pupil(cast.anna, row, Move(str(who.pk), place), read=row.version, at=NOW)


@pytest.fixture
def room(cast: Cast) -> Composition:
    made = plan(cast, floor_plan(Shape.PAIRS, 4))
    put(cast, made, cast.pupil_noor, "1-1")
    add_wish(cast.anna, made, NewWish(PlaceWish.Kind.APART, cast.pupil_noor, cast.pupil_sem, reason=WHY), at=NOW)
    made.refresh_from_db()
    return made


def send(actor: Membership, row: Composition, *seats: str, **data: object) -> Any:
    return client_of(actor).post(reverse("composition_room", args=[actor.pk, row.pk]), {"read": row.version, "seat": seats, **data})


# ---- the room -------------------------------------------------------------------------------------------------


def test_a_teacher_puts_down_desks_and_doors(cast: Cast, room: Composition) -> None:
    page = text_of(cast.anna, "composition_room", room.pk)
    assert 'value="1-1" checked' in page
    assert "rij 1, plaats 1, Noor" in page
    assert send(cast.anna, room, "2-1", "2-2", "3-1", doors=["front-left"]).status_code == 302
    room.refresh_from_db()
    assert room.places == {"seats": [[0, 0], [0, 1], [1, 0]], "doors": ["front-left"]}  # the first row stands at the board
    assert room.pupils.get(pupil=cast.pupil_noor).place == ""  # her desk is gone


def test_who_keeps_a_desk_goes_along_with_it(cast: Cast, room: Composition) -> None:
    assert send(cast.anna, room, "1-1", "1-2", "4-4").status_code == 302
    assert room.pupils.get(pupil=cast.pupil_noor).place == "1-1"


def test_an_example_is_shown_and_not_kept(cast: Cast, room: Composition) -> None:
    page = text_of(cast.anna, "composition_room", room.pk, shape="horseshoe", seats="20")
    assert "Er is nog niets bewaard" in page
    assert len(findall(r'name="seat" value="[^"]+" checked', page)) == 20
    assert "checked" in text_of(cast.anna, "composition_room", room.pk, shape="roof", seats="x")
    room.refresh_from_db()
    assert len(room.places["seats"]) == 4


@pytest.mark.parametrize(
    ("seats", "data", "status", "says"),
    [
        ((), {}, 200, "Zet minstens één tafel neer"),
        (("99-1", "x"), {}, 200, "Zet minstens één tafel neer"),
        (("1-1",), {}, 409, "passen niet bij 2 leerlingen"),
        (("1-1", "1-2"), {"read": 99}, 409, "Iemand anders"),
    ],
)
def test_a_room_that_cannot_be_is_refused(
    cast: Cast, room: Composition, seats: tuple[str, ...], data: dict[str, Any], status: int, says: str
) -> None:
    answer = send(cast.anna, room, *seats, **data)
    assert (answer.status_code, says in answer.content.decode()) == (status, True)
    room.refresh_from_db()
    assert len(room.places["seats"]) == 4


def test_tables_have_no_room(cast: Cast) -> None:
    tables = plan(cast, even_groups(2, name="Tafel %(number)s", size=2), Composition.Kind.TABLES)
    assert client_of(cast.anna).get(reverse("composition_room", args=[cast.anna.pk, tables.pk])).status_code == 404


def test_only_the_team_comes_in_the_room(cast: Cast, room: Composition) -> None:
    assert may_look(cast, "composition_room", room.pk) == {"anna", "bram"}
    assert may_look(cast, "composition_pdf", room.pk) == {"anna", "bram"}
    assert may_look(cast, "sat_together", cast.group_6a.pk) == {"anna", "bram"}


# ---- on paper -------------------------------------------------------------------------------------------------


def test_paper_has_places_and_names_and_no_reason(cast: Cast, room: Composition) -> None:
    answer = client_of(cast.anna).get(reverse("composition_pdf", args=[cast.anna.pk, room.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="plattegrond-6A.pdf"' in answer.headers["Content-Disposition"]
    said = repr(room_of(cast.anna, room, at=NOW))
    assert "Desk(row=0, column=0, name='Noor')" in said
    assert "waiting=('Sem',)" in said
    assert WHY not in said
    assert WHY.encode() not in answer.content


def test_cards_are_for_tables_with_somebody_at_them(cast: Cast, room: Composition) -> None:
    client = client_of(cast.anna)
    assert client.get(reverse("composition_cards", args=[cast.anna.pk, room.pk])).status_code == 404
    tables = plan(cast, even_groups(2, name="Tafel %(number)s", size=1), Composition.Kind.TABLES)
    assert client.get(reverse("composition_cards", args=[cast.anna.pk, tables.pk])).status_code == 404
    put(cast, tables, cast.pupil_sem, "2")
    assert client.get(reverse("composition_cards", args=[cast.anna.pk, tables.pk])).content.startswith(b"%PDF")


# ---- earlier plans --------------------------------------------------------------------------------------------


def test_who_never_sat_beside_whom(cast: Cast) -> None:
    lot, ties = pupil(cast.group_6a, "Lotte", 6), pupil(cast.group_6a, "Ties", 6)
    assert "Nog geen indeling in gebruik" in text_of(cast.anna, "sat_together", cast.group_6a.pk)
    row_of_four = FloorPlan(tuple(Seat(0, column) for column in range(4)))
    for day in (9, 23):
        made = plan(cast, row_of_four)
        for number, who in enumerate((cast.pupil_noor, cast.pupil_sem, lot, ties), 1):
            put(cast, made, who, f"1-{number}")
        use_composition(cast.anna, made, used_from=date(2026, 2, day))
    plan(cast, row_of_four)  # only tried out
    page = text_of(cast.anna, "sat_together", cast.group_6a.pk)
    noor = page[page.index('<th scope="row">Noor') : page.index('<th scope="row">Sem')]
    assert "Sem" in noor[: noor.index("Nog nooit bij")]
    assert "Lotte, Ties" in noor


def test_these_pages_ask_as_much_for_three_as_for_one(cast: Cast, room: Composition) -> None:
    use_composition(cast.anna, room, used_from=date(2026, 3, 1))
    pages = {"composition_room": room.pk, "composition_pdf": room.pk, "sat_together": cast.group_6a.pk}
    before = {route: queries_for(cast.anna, route, [key]) for route, key in pages.items()}
    pupil(cast.group_6a, "Lotte", 6)
    assert {route: queries_for(cast.anna, route, [key]) for route, key in pages.items()} == before


def test_the_format_is_read_back(room: Composition) -> None:
    assert kept_places(read_places(room.places)) == room.places
