"""The line where a field of heights crosses a level: closed, through the squares of a grid. Source: Lorensen & Cline 1987, in the plane."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Heights = NDArray[np.float64]
Crossing = tuple[int, int, bool]  # the grid line from (row, column) to the next column, or to the next row

# Which sides of a square its part of the line joins, by which corners are above: 1 top left, 2 top right, 4 bottom right, 8 bottom left.
TOP, RIGHT, BOTTOM, LEFT = (0, 0, False), (0, 1, True), (1, 0, False), (0, 0, True)
JOINS = {
    1: ((LEFT, TOP),),
    2: ((TOP, RIGHT),),
    3: ((LEFT, RIGHT),),
    4: ((RIGHT, BOTTOM),),
    5: ((LEFT, TOP), (RIGHT, BOTTOM)),
    6: ((TOP, BOTTOM),),
    7: ((LEFT, BOTTOM),),
    8: ((BOTTOM, LEFT),),
    9: ((BOTTOM, TOP),),
    10: ((TOP, RIGHT), (BOTTOM, LEFT)),
    11: ((BOTTOM, RIGHT),),
    12: ((RIGHT, LEFT),),
    13: ((RIGHT, TOP),),
    14: ((TOP, LEFT),),
}


def contours(heights: Heights, level: float) -> Iterator[Heights]:
    """Each closed line as points (column, row), float[n, 2]. The edge of the grid must lie below the level.

    >>> field = np.zeros((3, 3))
    >>> field[1, 1] = 2.0
    >>> [line.tolist() for line in contours(field, 1.0)]
    [[[0.5, 1.0], [1.0, 0.5], [1.5, 1.0], [1.0, 1.5]]]
    """
    onward = _steps(heights > level)
    while onward:
        first = min(onward)
        line, here = [], first
        while here in onward:
            line.append(_crossing(heights, level, here))
            here = onward.pop(here)
        yield np.array(line)


def _steps(above: NDArray[np.bool_]) -> dict[Crossing, Crossing]:
    """From each crossing to the next: through one square, always with the height on the same hand."""
    corner = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    steps: dict[Crossing, Crossing] = {}
    for row, column in np.argwhere((corner > 0) & (corner < 15)).tolist():
        for one, other in JOINS[int(corner[row, column])]:
            steps[_at(row, column, one)] = _at(row, column, other)
    return steps


def _at(row: int, column: int, side: Crossing) -> Crossing:
    return row + side[0], column + side[1], side[2]


def _crossing(heights: Heights, level: float, at: Crossing) -> tuple[float, float]:
    """Where between its two corners the level is reached."""
    row, column, down = at
    here = float(heights[row, column])
    there = float(heights[row + 1, column] if down else heights[row, column + 1])
    share = (level - here) / (there - here)
    return (float(column), row + share) if down else (column + share, float(row))
