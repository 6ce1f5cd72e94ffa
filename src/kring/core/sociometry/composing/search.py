"""The search: a place for each pupil, one goal more important than the next, until proven best or until the time is up.

Time is counted in the solver's own deterministic seconds, so that a class gets the same plan again; and on the clock of whoever asks, so
that a busy machine keeps nobody waiting. What the clock cut off is not proven, and is not said to be.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import numpy as np

from kring.core.errors import BrokenRule
from kring.core.sociometry.composing.ground import Ground, Pairing, Place
from kring.core.sociometry.composing.wishes import Wish, WishesClash

SHARES_OF_TIME = (0.3, 0.4, 0.9, 1.0)  # of what is left, for each goal in its turn
GRACE = 5.0  # seconds more on the clock: for a first plan, or to say which wishes clash
ENDLESS = 1e9
WORKERS = 8  # ways of searching that take turns
SEED = 1
NEARLY = 1e-6  # a bound this far below a whole number is that number


@dataclass(eq=False, kw_only=True)
class NoPlanInTime(BrokenRule):
    """The wishes are so tight that no plan was found in time, nor was it proven that there is none."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Clock:
    """Says how many seconds are left; the core has no clock of its own. It is no part of what was asked."""

    left: Callable[[], float] = lambda: ENDLESS

    def fingerprint(self) -> bytes:
        return b""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far one goal came: its value, lower is better, and the lowest that is not excluded."""

    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Nothing better exists."""
        return self.value == self.bound


@dataclass(slots=True)
class Board:
    """The model while it is built: `at[i][p]` is true when pupil i is at place p; `near` lists, for two pupils, variables and their units.

    With `explain` every hard wish has a switch, to find out which of them clash.
    """

    model: Any
    explain: bool
    at: list[list[Any]]
    near: dict[Pairing, list[tuple[Any, int]]] = field(default_factory=dict)
    wishes: dict[int, Wish] = field(default_factory=dict)
    switches: list[Any] = field(default_factory=list)

    def hold(self, wish: Wish, constraints: Sequence[Any]) -> None:
        """Keep a hard wish: all of these constraints."""
        if self.explain:
            switch = self.model.new_bool_var("")
            self.wishes[switch.index] = wish
            self.switches.append(switch)
            for constraint in constraints:
                constraint.only_enforce_if(switch)


@dataclass(frozen=True, slots=True)
class Task:
    """How the model is built: `bare` holds places and hard wishes, `full` also who is near whom, `explaining` the wishes with switches.

    `better` improves a plan without the solver.
    """

    ground: Ground
    bare: Callable[[], Board]
    full: Callable[[], Board]
    explaining: Callable[[], Board]
    better: Callable[[Place, Clock], Place]


@dataclass(frozen=True, slots=True)
class Found:
    """The place of each pupil, by number, and how far each goal came."""

    place: Place
    reached: tuple[Reached, ...]


def empty_board(pupils: int, places: int, *, explain: bool) -> Board:
    """A model in which everybody has one place."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    at = [[model.new_bool_var("") for _ in range(places)] for _ in range(pupils)]
    for row in at:
        model.add_exactly_one(row)
    return Board(model, explain, at)


def search(task: Task, *, seconds: float, clock: Clock) -> Found:
    """Reach the goals one after the other, each as low as can be without giving up an earlier one. Raises WishesClash, NoPlanInTime."""
    place = task.better(_any_place(task, seconds, clock), clock)
    if clock.left() <= 0:  # building the large model takes time as well
        return Found(place, tuple(_at_least(task.ground, place, number) for number in range(len(SHARES_OF_TIME))))
    board = task.full()
    reached: list[Reached] = []
    rest = seconds
    for number, (goal, share) in enumerate(zip(_goals(task.ground, board), SHARES_OF_TIME)):
        now = _at_least(task.ground, place, number)
        if not now.proven and clock.left() > 0:
            place, bound, used = _improved(task.ground, board, (number, goal), place, (rest * share, clock.left() * share))
            rest, now = max(rest - used, 0.0), _at_least(task.ground, place, number, bound)
        reached.append(now)
        board.model.add(goal <= now.value)
    return Found(place, tuple(reached))


def _at_least(ground: Ground, place: Place, goal: int, bound: int | None = None) -> Reached:
    """How far a goal is, with the bound that was found, or one that holds without any search."""
    value = _value(ground, place, goal)
    most = int(np.triu(ground.weights, 1).clip(min=0).sum() * ground.near.max()) if goal == _WEIGHT else 0
    return Reached(value, min(value, -most if bound is None else bound))


_WEIGHT = 2  # the goal that may come below zero


def _value(ground: Ground, place: Place, goal: int) -> int:
    return int(ground.worth(np.array([place], dtype=np.intp))[goal, 0])


def _goals(ground: Ground, board: Board) -> list[Any]:
    """The four goals of `Ground.worth`, for the solver."""

    def beside(pairings: np.ndarray[Any, Any]) -> Any:
        return sum(variable for i, j in np.argwhere(np.triu(pairings)).tolist() for variable, _ in board.near[i, j])

    alone = []
    for i, row in enumerate(ground.choices):
        if row.any():
            alone.append(board.model.new_bool_var(""))
            near = (variable for j in row.nonzero()[0].tolist() for variable, _ in board.near[min(i, j), max(i, j)])
            board.model.add_bool_or([alone[-1], *near])
    weights = ((int(ground.weights[pairing]), variables) for pairing, variables in board.near.items())
    weight = sum(w * unit * variable for w, variables in weights if w for variable, unit in variables)
    return [sum(alone), beside(ground.rather_apart), -weight, beside(ground.met)]


def _any_place(task: Task, seconds: float, clock: Clock) -> Place:
    """Give places that keep the hard wishes, whatever the choices."""
    from ortools.sat.python import cp_model

    if not seconds > 0:
        raise NoPlanInTime(seconds=seconds)
    board = task.bare()
    solver = cp_model.CpSolver()
    _set(solver, seconds, clock.left() + GRACE, workers=1)
    status = solver.solve(board.model)
    if status == cp_model.INFEASIBLE:
        raise WishesClash(clashing=_clashing(task.explaining(), clock))
    if status == cp_model.UNKNOWN:
        raise NoPlanInTime(seconds=seconds)
    return _read(solver, board)


def _improved(
    ground: Ground, board: Board, goal: tuple[int, Any], place: Place, budget: tuple[float, float]
) -> tuple[Place, int | None, float]:
    """Give the best place for one goal that was found, its bound, None when none was found, and the deterministic time it took."""
    from ortools.sat.python import cp_model

    number, expression = goal
    _begin_at(board, place)
    board.model.minimize(expression)
    solver = cp_model.CpSolver()
    _set(solver, *budget)
    found, used = solver.solve(board.model), solver.response_proto.deterministic_time
    if found not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return place, None, used  # the solver says 0 then, which is no bound
    place = min(place, _read(solver, board), key=lambda each: _value(ground, each, number))
    return place, ceil(solver.best_objective_bound - NEARLY), used


def _set(solver: Any, budget: float, on_clock: float, *, workers: int = WORKERS) -> None:
    parameters = solver.parameters
    parameters.num_workers = workers
    parameters.interleave_search = workers > 1  # workers take turns in a fixed order: the same search every time
    parameters.max_deterministic_time = budget
    parameters.max_time_in_seconds = max(on_clock, 0.0)
    parameters.random_seed = SEED


def _begin_at(board: Board, place: Place) -> None:
    board.model.clear_hints()
    for row, here in zip(board.at, place):
        for p, variable in enumerate(row):
            board.model.add_hint(variable, p == here)


def _read(solver: Any, board: Board) -> Place:
    return tuple(next(p for p, variable in enumerate(row) if solver.boolean_value(variable)) for row in board.at)


def _clashing(board: Board, clock: Clock) -> tuple[Wish, ...]:
    """Find wishes that cannot go together, as few as there is time for: leave out one after the other as long as the rest still clash."""
    switches = list(board.switches)
    for switch in board.switches:
        if clock.left() + GRACE <= 0:
            break
        fewer = [other for other in switches if other.index != switch.index]
        if _clash(board, fewer, clock):
            switches = fewer
    return tuple(board.wishes[switch.index] for switch in switches)


def _clash(board: Board, switches: Sequence[Any], clock: Clock) -> bool:
    """Say whether there is provably no plan with these wishes switched on."""
    from ortools.sat.python import cp_model

    board.model.clear_assumptions()
    board.model.add_assumptions(switches)
    solver = cp_model.CpSolver()
    _set(solver, 1.0, clock.left() + GRACE, workers=1)
    return bool(solver.solve(board.model) == cp_model.INFEASIBLE)
