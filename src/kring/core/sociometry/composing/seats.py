"""A class on seats: everybody beside, before or behind somebody of their own choice, and what the teacher asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kring.core.provenance import method
from kring.core.sociometry.composing.climbing import climbed
from kring.core.sociometry.composing.ground import Ground, Place, ground
from kring.core.sociometry.composing.plans import Plan, plan_of
from kring.core.sociometry.composing.search import Board, Clock, Task, empty_board, search
from kring.core.sociometry.composing.wishes import PlacesDoNotFit, Wish, WishDoesNotFit, Wishes, WishKind
from kring.core.sociometry.nominations import Nominations
from kring.core.sociometry.rates import Bools

__all__ = ["Seat", "compose_seats"]

SIDE, FRONT_OR_BACK = 2, 1  # how near a neighbour is, in halves
SECONDS = 16.0  # deterministic, for all goals together: about ten seconds on two cores


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat by its row, 0 in front, and its column."""

    row: int
    column: int


@method("seats-composed", 1, data=("nominations",))
def compose_seats(
    nominations: Nominations, seats: Sequence[Seat], *, wishes: Wishes | None = None, seconds: float = SECONDS, clock: Clock | None = None
) -> Plan:
    """Give everybody a seat; seats may stay empty.

    As `compose_groups`, with neighbours for mates: side by side counts whole, in front or behind counts half. `wishes.front` sit in row 0;
    together means side by side, apart means no neighbours at all; shares are for groups. Source: as `compose_groups`.
    Raises PlacesDoNotFit, WishesClash, NoPlanInTime, WishDoesNotFit, WishOfUnknownPupil, WishOfUnknownPlace.

    >>> from kring.core.sociometry import Edge, nominations_from
    >>> choices = nominations_from("ABC", [Edge("A", "C"), Edge("C", "A"), Edge("B", "A")], {})
    >>> plan = compose_seats(choices, [Seat(0, 0), Seat(0, 1), Seat(0, 2)])
    >>> plan.places[1], plan.weight, plan.proven
    (('A',), 3.0, True)
    """
    asked = wishes or Wishes()
    if asked.shares:
        raise WishDoesNotFit(kind=WishKind.SHARE)
    if len(seats) < len(nominations.pupils) or len(set(seats)) < len(seats):
        raise PlacesDoNotFit(pupils=len(nominations.pupils), places=len(set(seats)))
    asked.refuse_unknown(nominations.pupils, len(seats))
    row, column = (np.array([getattr(seat, axis) for seat in seats], dtype=np.int64) for axis in ("row", "column"))
    rows_apart, columns_apart = abs(row[:, None] - row), abs(column[:, None] - column)
    beside, behind = (rows_apart == 0) & (columns_apart == 1), (rows_apart == 1) & (columns_apart == 0)
    front = frozenset(np.flatnonzero(row == 0).tolist())
    here = ground(nominations, asked, near=SIDE * beside + FRONT_OR_BACK * behind, beside=beside, front=front)

    def full() -> Board:
        board = _board(here)
        for i, j in here.pairings:
            board.near[i, j] = [(_neighbours(board, i, j, beside), SIDE), (_neighbours(board, i, j, behind), FRONT_OR_BACK)]
        _tighten(board, (beside, behind))
        return board

    def better(start: Place, left: Clock) -> Place:
        return climbed(start, here, left, empty=tuple(sorted(set(range(len(seats))) - set(start))))

    task = Task(here, lambda: _board(here), full, lambda: _board(here, explain=True), better)
    return plan_of(here, search(task, seconds=seconds, clock=clock or Clock()), units=SIDE)


def _board(ground: Ground, *, explain: bool = False) -> Board:
    board, asked = empty_board(len(ground.pupils), len(ground.near), explain=explain), ground.wishes
    at, model, seats = board.at, board.model, range(len(ground.near))
    for s in seats:
        model.add_at_most_one(row[s] for row in at)
    for wish, i, j in ground.wished(WishKind.APART, asked.apart):
        near = np.argwhere(ground.near > 0).tolist()
        board.hold(wish, [model.add_bool_or([at[i][s].negated(), at[j][t].negated()]) for s, t in near])
    for wish, i, j in ground.wished(WishKind.TOGETHER, asked.together):
        board.hold(wish, [model.add_bool_or([at[i][s].negated(), *_those(at[j], ground.beside[s])]) for s in seats])
    for pupil, s in sorted(asked.at.items()):
        board.hold(Wish(WishKind.PLACE, (pupil,)), [model.add(at[ground.number(pupil)][s] == 1)])
    for pupil in sorted(asked.front):
        in_front = [at[ground.number(pupil)][s] for s in sorted(ground.front)]
        board.hold(Wish(WishKind.FRONT, (pupil,)), [model.add_bool_or(in_front)])
    return board


def _tighten(board: Board, kinds: Sequence[Bools]) -> None:
    """Say what follows from the rest, which brings the bound down: nobody has more neighbours of a kind than the seat has."""
    for number, close in enumerate(kinds):
        for i, row in enumerate(board.at):
            own = sum(variables[number][0] for pairing, variables in board.near.items() if i in pairing)
            board.model.add(own <= sum(int(count) * variable for count, variable in zip(close.sum(axis=1), row)))


def _those(variables: Sequence[Any], mask: Bools) -> list[Any]:
    return [variables[s] for s in np.flatnonzero(mask).tolist()]


def _neighbours(board: Board, i: int, j: int, close: Bools) -> Any:
    """A variable that is true exactly when j sits on one of the seats that are close to that of i."""
    at, model = board.at, board.model
    neighbours = model.new_bool_var("")
    for s, row in enumerate(close):
        there = _those(at[j], row)
        model.add_bool_or([neighbours.negated(), at[i][s].negated(), *there])
        for variable in there:
            model.add_bool_or([neighbours, at[i][s].negated(), variable.negated()])
    return neighbours
