"""A room that was changed: the first row stands at the board, and who still has a desk goes along with it; and who sat near whom."""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from kring.core.places import NOWHERE, FloorPlan, Sitting, key_of
from kring.core.sociometry.composing import Seat

Pair = frozenset[str]


def at_the_board(room: FloorPlan) -> FloorPlan:
    """The same desks, moved until the first row is at the board and the first column at the wall.

    >>> at_the_board(FloorPlan((Seat(1, 2), Seat(3, 2)))).seats
    (Seat(row=0, column=0), Seat(row=2, column=0))
    """
    return FloorPlan(tuple(_moved(room).values()), room.doors)


def places_then(room: FloorPlan, sitting: Sitting) -> dict[str, str]:
    """Where everybody sits when this room stands at the board; nowhere when the desk is gone."""
    moved = {key_of(seat): key_of(then) for seat, then in _moved(room).items()}
    return {pupil: moved.get(place, NOWHERE) for pupil, place in sitting.items()}


def _moved(room: FloorPlan) -> dict[Seat, Seat]:
    ahead, aside = min(seat.row for seat in room.seats), min(seat.column for seat in room.seats)
    return {seat: Seat(seat.row - ahead, seat.column - aside) for seat in room.seats}


def never_together(pupils: Collection[str], earlier: Iterable[Collection[Pair]]) -> dict[str, frozenset[str]]:
    """For everybody the classmates near whom they sat in none of the earlier plans.

    >>> never_together(["a", "b", "c"], [[frozenset("ab")]])["a"]
    frozenset({'c'})
    """
    met = {pair for plan in earlier for pair in plan}
    found: dict[str, set[str]] = {pupil: set() for pupil in pupils}
    for one, other in combinations(sorted(found), 2):
        if frozenset({one, other}) not in met:
            found[one].add(other)
            found[other].add(one)
    return {pupil: frozenset(others) for pupil, others in found.items()}


def times_together(pupils: Collection[str], earlier: Iterable[Collection[Pair]]) -> Mapping[Pair, int]:
    """How often every two who are still here sat near each other."""
    here, found = set(pupils), dict[Pair, int]()
    for plan in earlier:
        for pair in plan:
            if pair <= here:
                found[pair] = found.get(pair, 0) + 1
    return found
