"""A changed room keeps who still has a desk; and who never sat near whom."""

from hypothesis import given
from hypothesis import strategies as st

from kring.core.places import Door, FloorPlan
from kring.core.rooms import at_the_board, never_together, places_then, times_together
from kring.core.sociometry.composing import Seat

SEATS = st.sets(st.builds(Seat, st.integers(0, 13), st.integers(0, 15)), min_size=1, max_size=30)


@given(SEATS)
def test_a_room_stands_at_the_board_with_as_many_desks(seats: set[Seat]) -> None:
    room = FloorPlan(tuple(sorted(seats, key=lambda seat: (seat.row, seat.column))), (Door.BACK_LEFT,))
    moved = at_the_board(room)
    assert (len(moved.seats), moved.doors) == (len(seats), room.doors)
    assert (min(seat.row for seat in moved.seats), min(seat.column for seat in moved.seats)) == (0, 0)
    assert at_the_board(moved) == moved
    everybody = {f"p{number}": place for number, place in enumerate(room.sizes)}
    assert {*places_then(room, everybody).values()} == {*moved.sizes}


def test_whose_desk_is_gone_waits() -> None:
    room = FloorPlan((Seat(1, 0), Seat(1, 1)))
    assert places_then(room, {"a": "2-1", "b": "1-1", "c": ""}) == {"a": "1-1", "b": "", "c": ""}


def test_who_sat_together_and_who_never_did() -> None:
    ab, ac, ax = frozenset("ab"), frozenset("ac"), frozenset({"a", "who left"})
    earlier = [[ab, ax], [ab, ac]]
    assert never_together("abcd", earlier) == {"a": {"d"}, "b": {"c", "d"}, "c": {"b", "d"}, "d": {"a", "b", "c"}}
    assert times_together("abcd", earlier) == {ab: 2, ac: 1}
    assert never_together("", earlier) == {}
