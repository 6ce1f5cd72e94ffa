"""Lists on paper that somebody types in: numbers that cannot be mistyped unseen, each sheet once, and no more than were asked for."""

from dataclasses import dataclass
from typing import Final

from kring.core.errors import BrokenRule

# The quasigroup of Damm (2004): it finds every single wrong digit and every two that changed places.
_DAMM: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


@dataclass(eq=False, kw_only=True)
class SheetUnknown(BrokenRule):
    """No sheet of this round in this group has that number."""

    number: str


@dataclass(eq=False, kw_only=True)
class SheetTypedAlready(BrokenRule):
    """What is on a sheet comes in once; a list that is in already, by paper or not, is not overwritten."""

    number: str


@dataclass(eq=False, kw_only=True)
class MoreThanAsked(BrokenRule):
    """Of lists without names no more are typed in than pupils were ticked off as having filled one in on paper."""

    n: int


@dataclass(eq=False, kw_only=True)
class SheetEmpty(BrokenRule):
    """A sheet without a single answer is none."""


@dataclass(eq=False, kw_only=True)
class TickedAlready(BrokenRule):
    """Who was ticked off, by paper or not, stays so when the list is in."""


def refuse_beyond(*, ticked: int, came_in: int) -> None:
    """Raises MoreThanAsked."""
    if came_in >= ticked:
        raise MoreThanAsked(n=ticked)


def sheet_number(count: int) -> str:
    """The number that is printed: the count with a last digit by which a slip of the finger is seen.

    >>> sheet_number(1), sheet_number(57), sheet_number(1234)
    ('013', '577', '12340')
    """
    digits = f"{count:02d}"
    return digits + str(_left_over(digits))


def count_of(typed: str) -> int | None:
    """The count of a number as somebody typed it; None when it cannot be one.

    >>> count_of(" 013 "), count_of("103"), count_of("01"), count_of("een")
    (1, None, None, None)
    """
    digits = "".join(typed[:12].split())
    if not (digits.isascii() and digits.isdigit() and len(digits) > 2) or _left_over(digits):
        return None
    return int(digits[:-1])


def _left_over(digits: str) -> int:
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state
