"""The door for a class: a code on the board, a key for each pupil, how often one may be wrong, and when a seat is nobody's any more."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

# ---- the code on the board

SIGNS: Final = "34679ABCDEFGHJKMNPQRSTUVWXYZ"
"""28 signs; of two that look alike one: no 0, 1, I, L and O, and no 2, 5 and 8 beside Z, S and B."""
MEANT: Final = str.maketrans("258", "ZSB")
LENGTH: Final = 8
LENGTHS: Final = (30, 60, 90)
"""Minutes that a class may come in."""
LONGEST: Final = timedelta(minutes=90)


def code_from(drawn: int) -> str:
    """The code that a large number stands for: 28^8, which is 3.8 × 10^11.

    >>> code_from(0), code_from(29), len(code_from(2**256))
    ('33333333', '33333344', 8)
    """
    signs = []
    for _ in range(LENGTH):
        drawn, one = divmod(drawn, len(SIGNS))
        signs.append(SIGNS[one])
    return "".join(reversed(signs))


def tidied(typed: str) -> str | None:
    """The code as it was made, from how a child typed it; None when it cannot be one.

    >>> tidied(" abcd-3467 "), tidied("2583 467a"), tidied("abc"), tidied("0OIL1111")
    ('ABCD3467', 'ZSB3467A', None, None)
    """
    signs = "".join(sign for sign in typed[:40].upper() if not sign.isspace() and sign not in "-–—.").translate(MEANT)
    return signs if len(signs) == LENGTH and {*signs} <= {*SIGNS} else None


def read_aloud(code: str) -> str:
    """In two halves, as one says it.

    >>> read_aloud("ABCD3467")
    'ABCD 3467'
    """
    return f"{code[:4]} {code[4:]}"


# ---- the key of a pupil

PICTURES: Final = ("bal", "bloem", "boom", "eend", "fiets", "huis", "kat", "maan", "schelp", "ster", "vis", "zon")
PICTURES_IN_A_KEY: Final = 3
PIN_DIGITS: Final = 6
YOUNG: Final = 4
"""Up to this year of primary school a child taps pictures; older ones type a pin."""


def new_pictures(choose: Callable[[Sequence[str]], str]) -> str:
    """Three of twelve, in this order, perhaps one twice: 1,728.

    >>> new_pictures(lambda pictures: pictures[-1])
    'zon zon zon'
    """
    return " ".join(choose(PICTURES) for _ in range(PICTURES_IN_A_KEY))


def tidied_pictures(tapped: Sequence[str]) -> str | None:
    """What was tapped, when it can be a key.

    >>> tidied_pictures(["zon", "vis", "zon"]), tidied_pictures(["zon", "vis"]), tidied_pictures(["zon", "vis", "mus"])
    ('zon vis zon', None, None)
    """
    return " ".join(tapped) if len(tapped) == PICTURES_IN_A_KEY and {*tapped} <= {*PICTURES} else None


EASY_PINS: Final = frozenset({"123456", "654321", "012345", "543210"})


def new_pin(choose: Callable[[Sequence[str]], str]) -> str:
    """Six digits, none of those that a child tries first."""
    while True:
        pin = "".join(choose("0123456789") for _ in range(PIN_DIGITS))
        if pin not in EASY_PINS and len({*pin}) > 1:
            return pin


def tidied_pin(typed: str) -> str | None:
    """
    >>> tidied_pin("123 456"), tidied_pin("12345"), tidied_pin("12345a"), tidied_pin("１２３４５６")
    ('123456', None, None, None)
    """
    digits = "".join(sign for sign in typed[:20] if not sign.isspace())
    return digits if len(digits) == PIN_DIGITS and digits.isascii() and digits.isdecimal() else None


def taps_pictures(year_levels: Iterable[int], *, primary: bool) -> bool:
    """Whether a class of these years begins with pictures: a combination group as its youngest.

    >>> taps_pictures([4, 5], primary=True), taps_pictures([6], primary=True), taps_pictures([1], primary=False)
    (True, False, False)
    """
    return primary and min(year_levels, default=YOUNG + 1) <= YOUNG


# ---- wrong tries

TRIES: Final = 5
"""So often a key may be wrong in a row; then the teacher unlocks it."""
WRONG_ON_A_DEVICE: Final = 5
FLOOD: Final = 120
"""Wrong codes, cards and keys in a minute from one address: beyond it devices that never were in wait. Those of the class go on."""
EVERYWHERE: Final = 300
"""Wrong codes in a minute on the whole server: for this many 8 signs are long enough, and no more are taken, of whatever device."""
MINUTE: Final = timedelta(minutes=1)


def is_locked(wrong: int) -> bool:
    """
    >>> is_locked(4), is_locked(5)
    (False, True)
    """
    return wrong >= TRIES


def must_wait(*, on_device: int, from_address: int, everywhere: int, known: bool, types_code: bool) -> bool:
    """Whether a device waits until the minute is over. What others do never keeps a device waiting that is in this class already, unless it
    types the code of another: who is let in once can be a thousand devices, and guess with each of them.

    >>> must_wait(on_device=4, from_address=500, everywhere=500, known=True, types_code=False)
    False
    >>> must_wait(on_device=0, from_address=500, everywhere=300, known=True, types_code=True)
    True
    >>> must_wait(on_device=0, from_address=120, everywhere=120, known=False, types_code=True)
    True
    """
    flooded = (from_address >= FLOOD and not known) or (everywhere >= EVERYWHERE and types_code)
    return on_device >= WRONG_ON_A_DEVICE or flooded


# ---- how long a window and a seat hold

FINISHING: Final = timedelta(minutes=10)
"""When the time of a window is over nobody comes in any more; who is in may finish for so long."""
SEAT_LEAVES: Final = timedelta(minutes=10)
NOTED_EVERY: Final = timedelta(seconds=30)
CLOCK_DIFFERS: Final = timedelta(minutes=1)


class Seated(StrEnum):
    """How a seat is."""

    HERE = "here"
    LEFT = "left"
    ELSEWHERE = "elsewhere"  # the same pupil came in on another device
    AWAY = "away"  # nobody touched it for too long
    OVER = "over"  # the window is closed


def window_open(*, opened_at: datetime, closes_at: datetime, closed_at: datetime | None, at: datetime) -> bool:
    """Whether a class may come in now."""
    return opened_at <= at < closes_at and (closed_at is None or at < closed_at)


def seat_state(
    *, left_at: datetime | None, seen_at: datetime, closes_at: datetime, closed_at: datetime | None, at: datetime, later: bool = False
) -> Seated:
    """A teacher who closes ends every seat at once; time that runs out lets finish who is in. A clock that jumped back ends it."""
    if left_at is not None and left_at <= at:
        return Seated.ELSEWHERE if later else Seated.LEFT
    if at >= closes_at + FINISHING or (closed_at is not None and at >= closed_at):
        return Seated.OVER
    return Seated.HERE if -CLOCK_DIFFERS <= at - seen_at < SEAT_LEAVES else Seated.AWAY


# ---- names on the screen of a class


@dataclass(frozen=True, slots=True)
class Name:
    """Of one pupil."""

    given: str
    family: str = ""


def told_apart(names: Sequence[Name]) -> list[str]:
    """First name and initial, with as many letters more as it takes; who bears the very same name gets a number, as on the card.

    >>> told_apart([Name("Sem", "Bakker"), Name("Sem", "Bos"), Name("Noor", "Test"), Name("Lot")])
    ['Sem Ba.', 'Sem Bos', 'Noor T.', 'Lot']
    >>> told_apart([Name("Sem", "Bos"), Name("Sem", "Bos"), Name("Sem", "Bosch")])
    ['Sem Bos 1', 'Sem Bos 2', 'Sem Bosch']
    """
    labels = [_short(one, names) for one in names]
    often, so_far = Counter(labels), Counter[str]()
    for place, label in enumerate(labels):
        so_far[label] += 1
        if often[label] > 1:
            labels[place] = f"{label} {so_far[label]}"
    return labels


def _short(one: Name, among: Sequence[Name]) -> str:
    others = {other.family for other in among if other.given == one.given and other.family != one.family}
    for letters in range(1, max(2, len(one.family) - 1)) if one.family else ():
        begin = one.family[:letters]
        if not any(other.startswith(begin) for other in others) and _is_alone(one, among):
            return f"{one.given} {begin}."
    return f"{one.given} {one.family}".strip()


def _is_alone(one: Name, among: Sequence[Name]) -> bool:
    return sum(other == one for other in among) == 1


# ---- rules of the teacher's side


@dataclass(eq=False, kw_only=True)
class WindowTooLong(BrokenRule):
    """A class may come in for at most an hour and a half at a time."""


@dataclass(eq=False, kw_only=True)
class WindowOver(BrokenRule):
    """What is closed is not made longer: open a new one, with a new code."""


@dataclass(eq=False, kw_only=True)
class NobodyInGroup(BrokenRule):
    """A class without pupils has nobody to let in, and no cards to print."""


def check_length(minutes: int) -> None:
    """Raises WindowTooLong."""
    if not 0 < minutes <= LONGEST.total_seconds() // 60:
        raise WindowTooLong


def extended(*, closes_at: datetime, closed_at: datetime | None, minutes: int, at: datetime) -> datetime:
    """Until when it is open after so many minutes more; counted from now never longer than an hour and a half. Raises WindowOver."""
    if closed_at is not None or at >= closes_at:
        raise WindowOver
    return min(closes_at + timedelta(minutes=minutes), at + LONGEST)


def next_sitting(sittings: Iterable[int]) -> int:
    """The sitting after these: answers of a later one go before those of an earlier one.

    >>> next_sitting([]), next_sitting([1, 4])
    (1, 5)
    """
    return max(sittings, default=0) + 1
