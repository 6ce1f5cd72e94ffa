"""Before a teacher hands in the lists of a class: what looks as if it was filled in without looking. A question, never a block."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kring.core.answers import Missing
from kring.core.careless import careless_answering, favourable_signs
from kring.core.errors import BrokenRule
from kring.core.instruments import Instrument

SHORTEST: Final = 5  # answers: of fewer nobody can tell that they are all the same
ALIKE: Final = 3  # so many pupils with one and the same row of different answers are no chance

Given = Mapping[str, int | Missing]


@dataclass(eq=False, kw_only=True)
class NothingAnswered(BrokenRule):
    """A list without a single answer says nothing: it is not handed in."""

    n: int


@dataclass(eq=False, kw_only=True)
class NobodyChosen(BrokenRule):
    """Whose lists are handed in, is chosen."""


@dataclass(eq=False, kw_only=True)
class NotHandedIn(BrokenRule):
    """What was not handed in needs not be opened again."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """Rows that ask for a second look, each in one place only, by their place."""

    straight: tuple[int, ...] = ()  # one and the same answer from the first item to the last
    copied: tuple[int, ...] = ()  # the same different answers as some others
    patterned: tuple[int, ...] = ()  # long stretches of one answer, or a pattern that comes back

    def __bool__(self) -> bool:
        return bool(self.straight or self.copied or self.patterned)


def doubts(instrument: Instrument, rows: Sequence[Given]) -> Doubts:
    """What stands out in these rows. Time is not measured: a teacher may well know the answers beforehand."""
    codes = [tuple(_code(row.get(item.key)) for item in instrument.coded) for row in rows]
    straight = [place for place, row in enumerate(codes) if _is_straight(row)]
    found = Counter(row for row in codes if _answered(row) >= SHORTEST)
    rest = [place for place in range(len(rows)) if place not in straight]
    copied = [place for place in rest if found[codes[place]] >= ALIKE]
    strong = _strong(instrument, codes)
    return Doubts(tuple(straight), tuple(copied), tuple(place for place in rest if strong[place] and place not in copied))


def refuse_empty(rows: Sequence[Given]) -> None:
    """Raises NobodyChosen, NothingAnswered."""
    if not rows:
        raise NobodyChosen
    empty = sum(1 for row in rows if not row)
    if empty:
        raise NothingAnswered(n=empty)


def _code(value: int | Missing | None) -> int | None:
    return None if value is None or isinstance(value, Missing) else value


def _answered(row: Sequence[int | None]) -> int:
    return sum(1 for code in row if code is not None)


def _is_straight(row: Sequence[int | None]) -> bool:
    return _answered(row) >= SHORTEST and len({code for code in row if code is not None}) == 1


def _strong(instrument: Instrument, codes: Sequence[Sequence[int | None]]) -> Sequence[bool]:
    if not codes or not instrument.coded:
        return [False] * len(codes)
    values = np.array([[np.nan if code is None else code for code in row] for row in codes], dtype=np.float64)
    ranges = [(item.low, item.high) for item in instrument.coded]
    marked: list[bool] = careless_answering(values, signs=favourable_signs(instrument), ranges=ranges).strong.tolist()
    return marked
