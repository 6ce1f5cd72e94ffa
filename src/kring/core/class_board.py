"""How a pupil is while the class fills in, in one word; and what the teacher looks at first."""

from collections.abc import Iterable
from enum import StrEnum


class Doing(StrEnum):
    """In the order in which a teacher looks: who needs help first."""

    LOCKED = "locked"
    BUSY = "busy"
    IN = "in"
    NOT_YET = "not_yet"
    ABSENT = "absent"
    DONE = "done"
    NOTHING_ASKED = "nothing_asked"


def doing(*, locked: bool, seated: bool, asked: int, done: int, begun: bool, absent: bool) -> Doing:
    """
    >>> doing(locked=True, seated=False, asked=1, done=0, begun=False, absent=False).value
    'locked'
    >>> doing(locked=False, seated=True, asked=2, done=1, begun=True, absent=False).value
    'busy'
    >>> doing(locked=False, seated=True, asked=1, done=1, begun=False, absent=False).value
    'done'
    >>> [doing(locked=False, seated=one, asked=0, done=0, begun=False, absent=False).value for one in (True, False)]
    ['in', 'nothing_asked']
    >>> [doing(locked=False, seated=False, asked=1, done=0, begun=True, absent=absent).value for absent in (True, False)]
    ['absent', 'not_yet']
    >>> doing(locked=False, seated=False, asked=1, done=1, begun=False, absent=True).value
    'done'
    """
    if locked:
        return Doing.LOCKED
    if asked and done == asked:
        return Doing.DONE
    if seated:
        return Doing.BUSY if begun else Doing.IN
    if not asked:
        return Doing.NOTHING_ASKED
    return Doing.ABSENT if absent else Doing.NOT_YET


def percent(answered: int, questions: int) -> int:
    """How far, in steps of 20: more precise would tell how long one question took.

    >>> percent(0, 0), percent(1, 40), percent(20, 40), percent(39, 40), percent(40, 40)
    (0, 0, 40, 80, 100)
    """
    return 0 if not questions else 20 * int(5 * min(answered, questions) / questions)


def counted(all_of_them: Iterable[Doing]) -> dict[Doing, int]:
    """How many of each.

    >>> counted([Doing.DONE, Doing.BUSY, Doing.DONE])[Doing.DONE]
    2
    """
    found = dict.fromkeys(Doing, 0)
    for one in all_of_them:
        found[one] += 1
    return found
