"""The groups in a web: a soft shape under the dots of each, and the letter of each pupil's group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from string import ascii_uppercase

import numpy as np
from numpy.typing import NDArray

from kring.core.sociometry import Sociogram
from kring.documents import palette
from kring.documents.charts.contours import contours
from kring.documents.elements import Element, Paint, element

Spots = NDArray[np.float64]
ROOM = 15.0  # between a dot and the edge of the shape around it
EDGE = 1.5
STEP, MARGIN, FEW = 13.0, 60.0, 40
WIDE, LEVEL, DENT = 29.0, 0.42, 0.9
DETOUR = 12.0  # what passing the dot of somebody else costs, for each unit that it lies inside the shape


def letters(sociogram: Sociogram) -> dict[int, str]:
    """The letter of each pupil's group, for groups of two and more; empty with fewer than two groups, or more than the alphabet.

    A pupil whom nobody of a group chose is not called one of it, and has no letter.
    """
    if sociogram.communities is None:
        return {}
    number = sociogram.communities.member_of
    is_chosen = (sociogram.nominations.positive & (number[:, None] == number)).any(axis=0)
    member_of = {i: one for i, one in enumerate(number.tolist()) if is_chosen[i]}
    sizes = Counter(member_of.values())
    groups = [one for one in sorted(sizes) if sizes[one] > 1]
    letter = dict(zip(groups, ascii_uppercase)) if 1 < len(groups) <= len(ascii_uppercase) else {}
    return {i: letter[one] for i, one in member_of.items() if one in letter}


def shapes(letter_of: dict[int, str], places: Sequence[tuple[float, float]], radius: float) -> Iterator[Element]:
    """The largest group lowest."""
    members = Counter(letter_of.values())
    spots = np.array(places, dtype=np.float64).reshape(-1, 2)
    for letter, _size in sorted(members.items(), key=lambda one: (-one[1], one[0])):
        inside = [i for i, own in letter_of.items() if own == letter]
        yield _shape(spots, inside, radius, palette.GROUPS[ascii_uppercase.index(letter) % len(palette.GROUPS)])


def _shape(spots: Spots, inside: list[int], radius: float, paint: Paint) -> Element:
    """The outline of a height that lies around the tree of the members, with a dent where somebody else stands."""
    tree = np.array(list(_tree(spots, inside, radius + ROOM)))
    low = spots[inside].min(axis=0) - MARGIN
    columns, rows = (np.ceil((spots[inside].max(axis=0) + MARGIN - low) / STEP) + 1).astype(int)
    grid = low + STEP * np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1).reshape(-1, 2)
    here, others = (
        _near(_from_lines(grid, spots[tree[:, 0]], spots[tree[:, 1]]), WIDE),
        _near(_from(grid, _others(spots, inside)), radius + 6),
    )
    outline = "".join(_rounded(low + STEP * line) for line in contours((here - DENT * others).reshape(rows, columns), LEVEL))
    return element("path", d=outline, fill=paint, stroke=palette.GROUP_EDGE, stroke_width=EDGE, class_="grouping")


def _near(gaps: Spots, wide: float) -> Spots:
    """A soft hill over what is near, from squares of distances, float[places]: where two meet, the valley fills."""
    hill: Spots = np.exp(gaps / -(wide**2)).sum(axis=1)
    return hill


def _from(places: Spots, spots: Spots) -> Spots:
    """The square of how far each place is from each spot, float[places, spots]."""
    across, along = (places[:, axis, None] - spots[:, axis] for axis in (0, 1))
    gap: Spots = across * across + along * along
    return gap


def _from_lines(places: Spots, starts: Spots, ends: Spots) -> Spots:
    """The square of how far each place is from each line, float[places, lines]."""
    (wide, high), (x, y) = (ends - starts).T, ((places[:, axis, None] - starts[:, axis]) for axis in (0, 1))
    length = wide * wide + high * high
    share = np.clip((x * wide + y * high) / np.where(length > 0, length, 1), 0, 1)
    x, y = x - share * wide, y - share * high
    gap: Spots = x * x + y * y
    return gap


def _rounded(line: Spots) -> str:
    """A closed path that bends from the middle of each piece to the middle of the next."""
    points = line[:: 2 if len(line) > FEW else 1]
    middles = (points + np.roll(points, -1, axis=0)) / 2
    bends = (f"Q{x:.1f} {y:.1f} {a:.1f} {b:.1f}" for (x, y), (a, b) in zip(np.roll(points, -1, axis=0), np.roll(middles, -1, axis=0)))
    return f"M{middles[0][0]:.1f} {middles[0][1]:.1f}{''.join(bends)}Z"


def _others(spots: Spots, inside: list[int]) -> Spots:
    others: Spots = np.delete(spots, inside, axis=0)
    return others


def _tree(spots: Spots, inside: list[int], reach: float) -> Iterator[tuple[int, int]]:
    """The cheapest tree over the members, that goes round the others where it can. Source: Prim 1957."""
    cost = _costs(spots, inside, reach)
    reached, left = [0], list(range(1, len(inside)))
    while left:
        block = cost[np.ix_(reached, left)]
        here, there = divmod(int(block.argmin()), len(left))
        yield inside[reached[here]], inside[left[there]]
        reached.append(left.pop(there))


def _costs(spots: Spots, inside: list[int], reach: float) -> Spots:
    """Between each two members: the distance, and more for every other pupil whom the line would take in, float[m, m]."""
    m, own = len(inside), spots[inside]
    starts, ends = np.repeat(own, m, axis=0), np.tile(own, (m, 1))
    gap = np.sqrt(_from_lines(_others(spots, inside), starts, ends)).reshape(-1, m, m)
    found: Spots = np.sqrt(_from(own, own)) + DETOUR * np.maximum(reach - gap, 0).sum(axis=0)
    return found
