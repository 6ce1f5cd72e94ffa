"""Choices on paper: the number of each name on the sheet of one pupil, and what somebody types in from it.

On the sheet stand all names, also that of the pupil whose sheet it is: so the sheet itself does not tell whose it is. Every sheet has
numbers of its own, so that a number tells nothing on another sheet, and most slips of the finger are no name at all.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kring.core.errors import BrokenRule
from kring.core.instruments import Instrument, Question, QuestionKind

NOBODY: Final = "0"
FEW: Final = 45
"""Up to so many names two digits will do: half of the numbers are no name."""
_BETWEEN: Final = re.compile(r"[\s,;.+/-]+")


@dataclass(eq=False, kw_only=True)
class NumberNotOnSheet(BrokenRule):
    """No name on this sheet has that number."""

    number: str


@dataclass(eq=False, kw_only=True)
class NumberOfOneself(BrokenRule):
    """It is the number of the pupil whose sheet it is."""

    number: str


@dataclass(eq=False, kw_only=True)
class NumberTwice(BrokenRule):
    """The same name twice at one question."""

    number: str


@dataclass(eq=False, kw_only=True)
class NobodyAndSomebody(BrokenRule):
    """“Niemand” and a name."""


@dataclass(eq=False, kw_only=True)
class MoreNumbersThanAsked(BrokenRule):
    """The question asks for fewer names."""

    most: int


def heard_by_adult(asked: Instrument) -> tuple[Question, ...]:
    """The questions that a grown-up may ask a child, or type in from paper. Whom a child does not choose, how much it likes somebody and
    who bullies, nobody at school may read of one child (core/access.py), so that stays between the child and the screen.
    """
    chosen = {QuestionKind.NOMINATE, QuestionKind.PERCEIVE, QuestionKind.ROLE}
    return tuple(one for one in asked.questions if one.kind in chosen and not one.is_negative)


def numbers_on(sheet: str, keys: Sequence[str]) -> dict[str, int]:
    """The number of each name on this sheet. `keys` in the order in which they came on the list: who comes later moves nobody.

    >>> numbers_on("a", ["b", "c"])["b"] == numbers_on("a", ["b", "c", "d"])["b"]
    True
    """
    first, room = (10, 90) if len(keys) <= FEW else (100, 900)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for key in keys:
        place = int.from_bytes(hashlib.sha256(f"{sheet} {key}".encode()).digest()[:8]) % room
        while place in taken:
            place = (place + 1) % room
        taken.add(place)
        found[key] = first + place
    return found


def chosen_by_number(typed: str, numbers: Mapping[int, str], *, oneself: str, limit: int | None) -> list[str] | None:
    """The keys of who was chosen; none for “niemand”, None when nothing was filled in. Digits may stand against each other.

    Raises NumberNotOnSheet, NumberOfOneself, NumberTwice, NobodyAndSomebody and MoreNumbersThanAsked.

    >>> chosen_by_number("12 34", {12: "a", 34: "b", 56: "c"}, oneself="c", limit=None)
    ['a', 'b']
    >>> chosen_by_number("0", {}, oneself="c", limit=None), chosen_by_number(" ", {}, oneself="c", limit=None)
    ([], None)
    """
    width = len(str(next(iter(numbers), 10)))
    parts = list(_numbers(typed, width))
    if not parts:
        return None
    if NOBODY in parts:
        if parts != [NOBODY]:
            raise NobodyAndSomebody
        return []
    return _chosen(parts, numbers, oneself, limit)


def _chosen(parts: Sequence[str], numbers: Mapping[int, str], oneself: str, limit: int | None) -> list[str]:
    found: list[str] = []
    for part in parts:
        key = numbers.get(int(part)) if part.isascii() and part.isdigit() else None
        if key is None:
            raise NumberNotOnSheet(number=part[:12])
        if key == oneself:
            raise NumberOfOneself(number=part)
        if key in found:
            raise NumberTwice(number=part)
        found.append(key)
    if limit is not None and len(found) > limit:
        raise MoreNumbersThanAsked(most=limit)
    return found


def _numbers(typed: str, width: int) -> Iterable[str]:
    """What stands between spaces; a longer row of digits is cut into numbers."""
    for part in filter(None, _BETWEEN.split(typed)):
        cuts = len(part) > width and len(part) % width == 0 and part.isdigit()
        yield from (part[at : at + width] for at in range(0, len(part), width)) if cuts else [part]
