"""Floor plans to begin with: so many seats as a class needs, in the shapes that classrooms have. And groups of even sizes."""

from enum import StrEnum
from math import ceil

from kring.core.places import MOST_GROUPS, MOST_ROWS, FloorPlan, GroupPlan, Part, PlacesNotUnderstood
from kring.core.sociometry.composing import Seat


class Shape(StrEnum):
    """How the desks stand."""

    PAIRS = "pairs"
    THREES = "threes"
    SINGLE = "single"
    TABLES_OF_4 = "tables-of-4"
    TABLES_OF_6 = "tables-of-6"
    HORSESHOE = "horseshoe"


ABREAST = {Shape.PAIRS: (2, 3), Shape.THREES: (3, 3), Shape.SINGLE: (1, 5)}  # desks side by side, and how many blocks in a row
TABLES = {Shape.TABLES_OF_4: 2, Shape.TABLES_OF_6: 3}  # two rows of so many
TABLES_ABREAST = 3
ROOM = 60  # seats, the most


def floor_plan(shape: Shape, seats: int) -> FloorPlan:
    """A room with at least so many seats, and no half tables. Raises PlacesNotUnderstood."""
    if not 0 < seats <= ROOM:
        raise PlacesNotUnderstood
    if shape in TABLES:
        wide = TABLES[shape]
        return FloorPlan(tuple(_tables(wide)[: 2 * wide * ceil(seats / (2 * wide))]))
    standing = _horseshoe(seats) if shape is Shape.HORSESHOE else _rows(*ABREAST[shape])
    return FloorPlan(tuple(standing[:seats]))


def _rows(desks: int, blocks: int) -> list[Seat]:
    return [Seat(row, block * (desks + 1) + desk) for row in range(MOST_ROWS) for block in range(blocks) for desk in range(desks)]


def _tables(wide: int) -> list[Seat]:
    """Two rows that face each other, and a row and a column to walk through."""
    return [
        Seat(band + row, block * (wide + 1) + desk)
        for band in range(0, MOST_ROWS, 3)
        for block in range(TABLES_ABREAST)
        for row in range(2)
        for desk in range(wide)
    ]


def _horseshoe(seats: int) -> list[Seat]:
    """Two long sides and the back; who does not fit on it sits inside, in pairs."""
    across = 8
    deep = min(10, max(2, ceil((seats - across) / 2)))
    outside = [Seat(row, column) for row in range(deep) for column in (0, across + 1)]
    back = [Seat(deep, column) for column in range(1, across + 1)]
    inside = [Seat(row, column) for row in range(1, deep - 1, 2) for column in (2, 3, 6, 7)]
    return [*outside, *back, *inside, *(Seat(deep + 1 + row, column) for row in range(3) for column in range(1, across + 1))]


def even_groups(pupils: int, *, name: str, size: int) -> GroupPlan:
    """As many groups of at most this size as are needed, as even as can be; `name` takes the number. Raises PlacesNotUnderstood."""
    groups = ceil(pupils / size) if size > 0 else 0
    if not 0 < groups <= MOST_GROUPS:
        raise PlacesNotUnderstood
    whole, rest = divmod(pupils, groups)
    return GroupPlan(tuple(Part(name % {"number": number}, whole + (number <= rest)) for number in range(1, groups + 1)))
