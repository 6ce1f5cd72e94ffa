"""A letter with which a guardian fills in one list without an account: the front of its code finds the letter, the rest opens it."""

from typing import Final

FRONT: Final = 2  # groups of signs, 31^8: which letter it is
MOST_WRONG: Final = 5
"""So often the rest may be typed wrong; a letter that somebody guesses at is over, and the school makes a new one."""


def front_of(code: str) -> str:
    """The part that finds the letter.

    >>> front_of("2345-6789-ABCD-EFGH-JKMN")
    '2345-6789'
    """
    return "-".join(code.split("-")[:FRONT])


def is_locked(wrong: int) -> bool:
    """Whether the rest of the code was typed wrong too often.

    >>> is_locked(4), is_locked(5)
    (False, True)
    """
    return wrong >= MOST_WRONG
