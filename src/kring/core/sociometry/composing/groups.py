"""A class in groups: everybody with somebody of their own choice, and what the teacher asks."""

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from kring.core.provenance import method
from kring.core.sociometry.composing.climbing import climbed
from kring.core.sociometry.composing.ground import Ground, Place, ground
from kring.core.sociometry.composing.plans import Plan, plan_of
from kring.core.sociometry.composing.search import Board, Clock, Task, empty_board, search
from kring.core.sociometry.composing.wishes import PlacesDoNotFit, Share, Wish, WishDoesNotFit, Wishes, WishKind
from kring.core.sociometry.nominations import Nominations

__all__ = ["Plan", "compose_groups"]

SECONDS = 25.0  # deterministic, for all goals together: about ten seconds on two cores
MOST_WITH_TRIANGLES = 40  # pupils: beyond it there are so many that they cost more than they bring


@method("groups-composed", 1, data=("nominations",))
def compose_groups(
    nominations: Nominations, sizes: Sequence[int], *, wishes: Wishes | None = None, seconds: float = SECONDS, clock: Clock | None = None
) -> Plan:
    """Divide a class in groups of these sizes.

    Goals, each more important than all after it: as few pupils as can be without any classmate of their choice; as few broken soft
    wishes; the highest Σ w over the pairs in one group, w = choices - 2·rejections - 2·(rather apart); as few pairs as can be who were
    together in the last three plans. Hard wishes are always kept. The sizes hold everybody exactly.

    `seconds` are deterministic seconds of the solver and `clock` says how many real ones are left: so long is searched at most, and the
    plan says what better plan is not excluded. A first plan is worth five seconds more.
    Source: Grötschel & Wakabayashi 1989 for the model (clique partitioning); solved by CP-SAT (Perron, Didier & Gay 2023).
    Raises PlacesDoNotFit, WishesClash, NoPlanInTime, WishDoesNotFit, WishOfUnknownPupil, WishOfUnknownPlace.

    >>> from kring.core.sociometry import Edge, nominations_from
    >>> choices = nominations_from("ABCD", [Edge("A", "C"), Edge("C", "A"), Edge("B", "D")], {})
    >>> plan = compose_groups(choices, [2, 2])
    >>> plan.places, plan.weight, plan.proven
    ((('A', 'C'), ('B', 'D')), 3.0, True)
    """
    asked = wishes or Wishes()
    if asked.front:
        raise WishDoesNotFit(kind=WishKind.FRONT)
    if sum(sizes) != len(nominations.pupils) or not all(isinstance(size, int | np.integer) and size > 0 for size in sizes):
        raise PlacesDoNotFit(pupils=len(nominations.pupils), places=sum(sizes))
    asked.refuse_unknown(nominations.pupils, len(sizes))
    together = np.eye(len(sizes), dtype=np.int64)
    here = ground(nominations, asked, near=together, beside=together > 0)

    def full() -> Board:
        board = _board(here, sizes)
        _say_who_are_mates(board, sizes)
        return board

    def better(start: Place, left: Clock) -> Place:
        return _ordered(climbed(start, here, left), _alike(sizes, asked))

    task = Task(here, lambda: _board(here, sizes), full, lambda: _board(here, sizes, explain=True), better)
    return plan_of(here, search(task, seconds=seconds, clock=clock or Clock()), units=1)


def _board(ground: Ground, sizes: Sequence[int], *, explain: bool = False) -> Board:
    board, groups, asked = empty_board(len(ground.pupils), len(sizes), explain=explain), range(len(sizes)), ground.wishes
    at, model = board.at, board.model
    for g, size in enumerate(sizes):
        model.add(sum(row[g] for row in at) == size)
    for wish, i, j in ground.wished(WishKind.APART, asked.apart):
        board.hold(wish, [model.add_bool_or([at[i][g].negated(), at[j][g].negated()]) for g in groups])
    for wish, i, j in ground.wished(WishKind.TOGETHER, asked.together):
        board.hold(wish, [model.add(at[i][g] == at[j][g]) for g in groups])
    for pupil, g in sorted(asked.at.items()):
        board.hold(Wish(WishKind.PLACE, (pupil,)), [model.add(at[ground.number(pupil)][g] == 1)])
    for share in asked.shares:
        board.hold(Wish(WishKind.SHARE, name=share.name), _shared_out(ground, board, share))
    for alike in _alike(sizes, asked):
        _order(board, alike)
    return board


def _shared_out(ground: Ground, board: Board, share: Share) -> list[Any]:
    marked = [board.at[ground.number(pupil)] for pupil in sorted(share.pupils)]
    counts = [sum(row[g] for row in marked) for g in range(len(board.at[0]))]
    return [board.model.add_linear_constraint(count, share.least, share.most) for count in counts]


def _alike(sizes: Sequence[int], wishes: Wishes) -> list[list[int]]:
    """The groups that nothing tells apart."""
    fixed = set(wishes.at.values())
    return [[g for g in range(len(sizes)) if sizes[g] == size and g not in fixed] for size in sorted(set(sizes))]


def _order(board: Board, alike: Sequence[int]) -> None:
    """Let groups that are alike stand in the order of their lowest ids, so that no division is tried twice."""
    for first, second in pairwise(alike):
        for i, row in enumerate(board.at):
            board.model.add(row[second] <= sum(board.at[k][first] for k in range(i)))


def _ordered(place: Place, alike: Sequence[Sequence[int]]) -> Place:
    """The same division in that order."""
    number = {g: g for g in place}
    for groups in alike:
        number.update(zip(dict.fromkeys(g for g in place if g in groups), groups))
    return tuple(number[g] for g in place)


def _say_who_are_mates(board: Board, sizes: Sequence[int]) -> None:
    model, at = board.model, board.at
    for i, j in combinations(range(len(at)), 2):
        mates = model.new_bool_var("")
        board.near[i, j] = [(mates, 1)]
        for here, there in zip(at[i], at[j]):
            model.add_bool_or([mates.negated(), here.negated(), there])
            model.add_bool_or([mates, here.negated(), there.negated()])
    _tighten(board, sizes)


def _tighten(board: Board, sizes: Sequence[int]) -> None:
    """Say what follows from the rest, which brings the bound down: how many mates each has, and that a mate of a mate is a mate."""
    model, n = board.model, len(board.at)
    mates = {pairing: variable for pairing, ((variable, _),) in board.near.items()}
    for i, row in enumerate(board.at):
        own = sum(variable for pairing, variable in mates.items() if i in pairing)
        model.add(own == sum((size - 1) * variable for size, variable in zip(sizes, row)))
    for i, j, k in combinations(range(n), 3) if n <= MOST_WITH_TRIANGLES else ():
        a, b, c = mates[i, j], mates[i, k], mates[j, k]
        for one, other, third in ((a, b, c), (a, c, b), (b, c, a)):
            model.add_bool_or([one.negated(), other.negated(), third])
