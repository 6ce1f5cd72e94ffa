"""Where pupils sit: a floor plan of seats or groups of a size, who sits where, and what cannot be.

A floor plan is a grid: row 0 is at the board, columns count from the left as the class looks at the board, and a column without seats is an
aisle. It is kept as `{"seats": [[row, column], …], "doors": ["front-left", …]}`, groups as `{"groups": [{"name": …, "size": …}, …]}`.
Who sits where is a pupil's key with the key of a place: "2-3" is the third seat of the second row, "2" the second group, "" no place yet.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kring.core.errors import BrokenRule
from kring.core.sociometry.composing import PlacesDoNotFit, Seat
from kring.core.versions import ChangedMeanwhile

MOST_ROWS, MOST_COLUMNS = 14, 16
MOST_GROUPS, MOST_IN_GROUP, LONGEST_NAME = 40, 60, 30
NOWHERE = ""

Sitting = Mapping[str, str]


@dataclass(eq=False, kw_only=True)
class PlacesNotUnderstood(BrokenRule):
    """No floor plan: no seat at all, one twice, outside the room, or no form that there is."""


@dataclass(eq=False, kw_only=True)
class UnknownPlace(BrokenRule):
    """There is no such seat or group in this plan."""

    place: str


@dataclass(eq=False, kw_only=True)
class PlaceTaken(BrokenRule):
    """Two on one seat, or one more in a group than it holds."""

    place: str
    size: int


@dataclass(eq=False, kw_only=True)
class PupilNotInPlan(BrokenRule):
    """The pupil left, or never was in this group."""


@dataclass(eq=False, kw_only=True)
class PupilIsFixed(BrokenRule):
    """The teacher fixed this pupil: only letting go makes a move possible."""


@dataclass(eq=False, kw_only=True)
class NoPlaceToFix(BrokenRule):
    """Who sits nowhere cannot be fixed there."""


@dataclass(eq=False, kw_only=True)
class NobodyMovedYet(BrokenRule):
    """Nobody moved yet, or everything was undone."""


@dataclass(eq=False, kw_only=True)
class SittingChangedMeanwhile(ChangedMeanwhile):
    """Somebody else moved a pupil: first look at what stands there now."""


class Door(StrEnum):
    """The corner where one comes in."""

    FRONT_LEFT = "front-left"
    FRONT_RIGHT = "front-right"
    BACK_LEFT = "back-left"
    BACK_RIGHT = "back-right"


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """Seats in a room. Raises PlacesNotUnderstood."""

    seats: tuple[Seat, ...]
    doors: tuple[Door, ...] = ()

    def __post_init__(self) -> None:
        inside = all(0 <= seat.row < MOST_ROWS and 0 <= seat.column < MOST_COLUMNS for seat in self.seats)
        if not self.seats or not inside or len(set(self.seats)) < len(self.seats):
            raise PlacesNotUnderstood

    @property
    def sizes(self) -> dict[str, int]:
        """How many sit at each place."""
        return {key_of(seat): 1 for seat in self.seats}

    @property
    def rows(self) -> int:
        return 1 + max(seat.row for seat in self.seats)

    @property
    def columns(self) -> int:
        return 1 + max(seat.column for seat in self.seats)

    def near(self, place: str) -> frozenset[str]:
        """The seats beside, before and behind this one."""
        row, column = (int(part) - 1 for part in place.split("-"))
        around = (Seat(row, column - 1), Seat(row, column + 1), Seat(row - 1, column), Seat(row + 1, column))
        return frozenset(key_of(seat) for seat in around if seat in self.seats)


@dataclass(frozen=True, slots=True)
class Part:
    """One group, by its name and how many it holds."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Tables, work groups or classes. Raises PlacesNotUnderstood."""

    groups: tuple[Part, ...]

    def __post_init__(self) -> None:
        good = all(0 < part.size <= MOST_IN_GROUP and len(part.name) <= LONGEST_NAME for part in self.groups)
        if not 0 < len(self.groups) <= MOST_GROUPS or not good:
            raise PlacesNotUnderstood

    @property
    def sizes(self) -> dict[str, int]:
        """How many sit at each place."""
        return {str(number): part.size for number, part in enumerate(self.groups, 1)}

    def near(self, place: str) -> frozenset[str]:
        """The group itself."""
        return frozenset({place})


Plan = FloorPlan | GroupPlan


def key_of(seat: Seat) -> str:
    """As the place of a pupil is kept."""
    return f"{seat.row + 1}-{seat.column + 1}"


def read_places(kept: Mapping[str, Any]) -> Plan:
    """What was kept or sent, as a plan. Raises PlacesNotUnderstood."""
    try:
        if "groups" in kept:
            return GroupPlan(tuple(Part(str(one["name"]), _whole(one["size"])) for one in kept["groups"]))
        seats = tuple(Seat(_whole(row), _whole(column)) for row, column in kept["seats"])
        return FloorPlan(seats, tuple(Door(door) for door in kept.get("doors", ())))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise PlacesNotUnderstood from None


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def kept_places(plan: Plan) -> dict[str, Any]:
    """As `read_places` reads it."""
    if isinstance(plan, GroupPlan):
        return {"groups": [{"name": part.name, "size": part.size} for part in plan.groups]}
    return {"seats": [[seat.row, seat.column] for seat in plan.seats], "doors": [door.value for door in plan.doors]}


def check_sitting(plan: Plan, sitting: Sitting) -> None:
    """Everybody at a place that there is, and nowhere too many. Raises UnknownPlace and PlaceTaken."""
    sizes = plan.sizes
    for place, n in sorted(Counter(place for place in sitting.values() if place != NOWHERE).items()):
        if place not in sizes:
            raise UnknownPlace(place=place)
        if n > sizes[place]:
            raise PlaceTaken(place=place, size=sizes[place])


def after_move(plan: Plan, sitting: Sitting, pupil: str, to: str, *, fixed: Collection[str] = ()) -> dict[str, str]:
    """One pupil to a free place, or to nowhere. Raises PupilNotInPlan, PupilIsFixed, UnknownPlace and PlaceTaken."""
    _refuse_unmovable(sitting, (pupil,), fixed)
    moved = {**sitting, pupil: to}
    check_sitting(plan, moved)
    return moved


def after_swap(sitting: Sitting, pupil: str, other: str, *, fixed: Collection[str] = ()) -> dict[str, str]:
    """Two pupils in each other's place; one of them may have had none. Raises PupilNotInPlan and PupilIsFixed."""
    _refuse_unmovable(sitting, (pupil, other), fixed)
    return {**sitting, pupil: sitting[other], other: sitting[pupil]}


def _refuse_unmovable(sitting: Sitting, pupils: Collection[str], fixed: Collection[str]) -> None:
    if not sitting.keys() >= set(pupils):
        raise PupilNotInPlan
    if not set(pupils).isdisjoint(fixed):
        raise PupilIsFixed


def near_whom(plan: Plan, sitting: Sitting) -> dict[str, frozenset[str]]:
    """For everybody with a place: who sits beside, before or behind, or in the same group."""
    at: dict[str, set[str]] = {}
    for pupil, place in sitting.items():
        at.setdefault(place, set()).add(pupil)
    seated = {pupil: place for pupil, place in sitting.items() if place in plan.sizes}
    return {
        pupil: frozenset(other for near in plan.near(place) for other in at.get(near, ()) if other != pupil)
        for pupil, place in seated.items()
    }


def met(plan: Plan, sitting: Sitting) -> frozenset[frozenset[str]]:
    """Every two who sat near each other: what the next plan does otherwise."""
    return frozenset(frozenset({pupil, other}) for pupil, others in near_whom(plan, sitting).items() for other in others)


def sizes_for(plan: GroupPlan, pupils: int, *, held: Sequence[int] = ()) -> list[int]:
    """How many in each group when all come in: the largest stay below their size first, but never below who is fixed there (`held`).

    Raises PlacesDoNotFit: also for fewer pupils than groups, because nobody proposes an empty group.
    """
    sizes = [part.size for part in plan.groups]
    least = [max(1, n) for n in held] or [1] * len(sizes)
    if not sum(least) <= pupils <= sum(sizes):
        raise PlacesDoNotFit(pupils=pupils, places=sum(sizes))
    for _ in range(sum(sizes) - pupils):
        free = [number for number in range(len(sizes)) if sizes[number] > least[number]]
        sizes[max(free, key=lambda number: (sizes[number], number))] -= 1
    return sizes


def enough(plan: Plan, pupils: int) -> None:
    """Raises PlacesDoNotFit when there are more pupils than places."""
    places = sum(plan.sizes.values())
    if pupils > places:
        raise PlacesDoNotFit(pupils=pupils, places=places)
