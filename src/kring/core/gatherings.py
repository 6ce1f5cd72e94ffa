"""Talks and reviews: what makes one a good one, and when it counts.

A talk with a pupil counts when the pupil's own words are in it, once a day; a three-way talk when all three came. A child never
interprets for its own parents. In a group review the class comes before single pupils.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

REPORT_WITHIN: Final = timedelta(days=14)
TALKS_A_YEAR: Final = 3
SHORTEST_REASON: Final = 10
SHORTEST_REPORT: Final = 20


class Point(StrEnum):
    """What one thinks about before a talk, one by one."""

    GOAL = "goal"
    STRENGTHS = "strengths"
    FACTS = "facts"
    THEIR_VIEW = "their_view"
    BESIDE = "beside"
    THEIR_NEED = "their_need"
    OTHERS = "others"
    PERMISSION = "permission"
    LANGUAGE = "language"
    NEXT_STEP = "next_step"


PREPARATION: Final = tuple(Point)


class Bridge(StrEnum):
    """Who carries the words over when school and parents do not share a language."""

    NONE = "none"
    INTERPRETER = "interpreter"
    COLLEAGUE = "colleague"
    KEY_FIGURE = "key_figure"
    ADULT = "adult"


class Seat(StrEnum):
    """In which part somebody sits at a talk."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"
    COLLEAGUE = "colleague"
    OTHER = "other"


class Decision(StrEnum):
    """How a pupil of a group review is left."""

    ACT = "act"
    WATCH = "watch"
    EXPLAIN = "explain"
    PLAN = "plan"


@dataclass(eq=False, kw_only=True)
class ChildAsBridge(BrokenRule):
    """A pupil, a brother or a sister does not interpret: it hears what is not for children, and cannot say that it went wrong."""


@dataclass(eq=False, kw_only=True)
class BridgeUnnamed(BrokenRule):
    """Who interprets is a person or a service that can be called."""


@dataclass(eq=False, kw_only=True)
class NobodyAsked(BrokenRule):
    """A talk is with somebody."""


@dataclass(eq=False, kw_only=True)
class ThreeNotAsked(BrokenRule):
    """To a three-way talk pupil, guardian and somebody of the school are asked."""


@dataclass(eq=False, kw_only=True)
class OrderUnexplained(BrokenRule):
    """Whether the pupil is spoken with first, or together with the parents, is chosen for a reason."""

    least: int


@dataclass(eq=False, kw_only=True)
class HeldAlready(BrokenRule):
    """What was held is over; what was said stays as it was said."""


@dataclass(eq=False, kw_only=True)
class CalledOff(BrokenRule):
    """A talk that was called off is planned anew."""


@dataclass(eq=False, kw_only=True)
class NotHeldYet(BrokenRule):
    """Something is told of a talk after it was held."""


@dataclass(eq=False, kw_only=True)
class CallingOffUnexplained(BrokenRule):
    """That a talk does not go on, has a reason that others can read."""

    least: int


@dataclass(eq=False, kw_only=True)
class NobodyCame(BrokenRule):
    """A talk to which nobody came was not held."""


@dataclass(eq=False, kw_only=True)
class ReportTooShort(BrokenRule):
    """Who was not there can read what was said."""

    least: int


@dataclass(eq=False, kw_only=True)
class PupilWordsMissing(BrokenRule):
    """The pupil's own words are in the report, or why they are not."""


@dataclass(eq=False, kw_only=True)
class ReportShown(BrokenRule):
    """What was read at home stays as it was read."""


@dataclass(eq=False, kw_only=True)
class NotForHome(BrokenRule):
    """What colleagues say among themselves is not shown at home, nor what was said about a whole class."""


@dataclass(eq=False, kw_only=True)
class ClassFirst(BrokenRule):
    """A group review begins with the class: how the last plan went, and what the class needs."""


@dataclass(eq=False, kw_only=True)
class DecisionUnexplained(BrokenRule):
    """What is decided about a pupil has a reason."""

    least: int


@dataclass(eq=False, kw_only=True)
class NobodyOnAgenda(BrokenRule):
    """A group review is about at least one pupil."""


@dataclass(eq=False, kw_only=True)
class NoDayToWatchUntil(BrokenRule):
    """Watching ends on a day that is still to come."""


@dataclass(eq=False, kw_only=True)
class AskedAsTrustedAlready(BrokenRule):
    """One asks one adult at a time, and waits for the answer."""


_CHILDREN: Final = frozenset(
    {
        *("zus", "zusje", "zusjes", "zussen", "broer", "broertje", "broers", "broertjes", "zoon", "zoontje", "dochter", "dochtertje"),
        *("kind", "kinderen", "leerling", "leerlinge", "zichzelf", "hijzelf", "zijzelf", "klasgenoot", "klasgenootje"),
    }
)
_WORDS: Final = re.compile(r"[^\W\d_]+")
# Small words before a family name, and words that stand before the name of a grown-up.
_SMALL: Final = frozenset(
    {
        *("de", "den", "der", "van", "von", "ten", "ter", "te", "la", "le", "di", "da", "du", "in", "op", "t"),
        *("el", "al", "ait", "bin", "ibn", "ben"),
    }
)
_GROWN_UP: Final = frozenset(
    {
        *("mevrouw", "mevr", "mw", "meneer", "mijnheer", "heer", "dhr", "tante", "oom", "buurvrouw", "buurman", "oma", "opa"),
        *("juf", "meester", "tolk"),
    }
)


@dataclass(frozen=True, slots=True)
class Child:
    """The pupil, or a child of the same family or school, by name."""

    given_name: str
    family_name: str


def refuse_child_as_bridge(named: str, children: Iterable[Child]) -> None:
    """Raises ChildAsBridge when these words name a child: as one of the family, by its whole name, or by its given name alone.

    A given name is alone when no family name follows and no grown-up is meant: “Esra, zij kan het goed”, and not “mevrouw Esra Demir”.

    >>> refuse_child_as_bridge("Tolkentelefoon, mevrouw Aksoy", [Child("Esra", "Aksoy")])
    """
    words = _words(named)
    if words & _CHILDREN or any(_is_named(child, words) or _stands_alone(child, named) for child in children):
        raise ChildAsBridge


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORDS.findall(text))


def _is_named(child: Child, words: frozenset[str]) -> bool:
    given, family = _words(child.given_name), _words(child.family_name)
    return bool(given) and given <= words and (family <= words or words <= given)


def _stands_alone(child: Child, text: str) -> bool:
    """Whether its given name stands there as of somebody who needs no other."""
    given, found = _WORDS.findall(child.given_name.casefold()), list(_WORDS.finditer(text))
    said = [one.group().casefold() for one in found]
    starts = [
        at for at in range(len(said)) if given and said[at : at + len(given)] == given and (at == 0 or found[at].group()[0].isupper())
    ]
    return any(not _goes_on(text, found, at + len(given) - 1, 1) and not _goes_on(text, found, at, -1) for at in starts)


def _goes_on(text: str, found: Sequence[re.Match[str]], at: int, step: int) -> bool:
    """Whether a name stands right behind (1) this word, or a name or a grown-up right before (-1) it; “van der” may stand between."""
    while 0 <= at + step < len(found):
        near = found[at + step]
        between = text[near.end() : found[at].start()] if step < 0 else text[found[at].end() : near.start()]
        if between.strip(" -’'."):
            return False
        if near.group() not in _SMALL:
            return near.group()[0].isupper() or (step < 0 and near.group().casefold() in _GROWN_UP)
        at += step
    return False


def refuse_bridge(bridge: Bridge, named: str, children: Iterable[Child]) -> None:
    """Raises BridgeUnnamed, ChildAsBridge."""
    if bridge is Bridge.NONE:
        return
    if not named.strip():
        raise BridgeUnnamed
    refuse_child_as_bridge(named, children)


def refuse_seats(seats: Collection[Seat], *, is_three_way: bool) -> None:
    """Raises NobodyAsked, ThreeNotAsked."""
    if not set(seats) - {Seat.COLLEAGUE} and len(seats) < 2:  # noqa: PLR2004  one colleague alone talks with nobody
        raise NobodyAsked
    if is_three_way and not is_three_way_of(seats):
        raise ThreeNotAsked


def is_three_way_of(seats: Collection[Seat]) -> bool:
    """Pupil, guardian and somebody of the school."""
    return {Seat.PUPIL, Seat.GUARDIAN, Seat.COLLEAGUE} <= set(seats)


def refuse_order(first_with: str, why: str, *, with_guardians: bool) -> None:
    """Raises OrderUnexplained."""
    if with_guardians and not (first_with and len(why.strip()) >= SHORTEST_REASON):
        raise OrderUnexplained(least=SHORTEST_REASON)


def refuse_over(held_at: datetime | None, called_off_at: datetime | None) -> None:
    """Raises HeldAlready, CalledOff."""
    if held_at is not None:
        raise HeldAlready
    if called_off_at is not None:
        raise CalledOff


def refuse_not_held(held_at: datetime | None) -> None:
    """Raises NotHeldYet."""
    if held_at is None:
        raise NotHeldYet


def refuse_calling_off(because: str) -> None:
    """Raises CallingOffUnexplained."""
    if len(because.strip()) < SHORTEST_REASON:
        raise CallingOffUnexplained(least=SHORTEST_REASON)


def refuse_report(text: str, *, came: Collection[Seat], pupil_words: str, why_none: str, planned_on: date, on: date) -> None:
    """Raises NotHeldYet, NobodyCame, ReportTooShort, PupilWordsMissing."""
    if planned_on > on:
        raise NotHeldYet
    if not came:
        raise NobodyCame
    if len(text.strip()) < SHORTEST_REPORT:
        raise ReportTooShort(least=SHORTEST_REPORT)
    if not pupil_words.strip() and len(why_none.strip()) < SHORTEST_REASON:
        raise PupilWordsMissing


def refuse_shown(*moments: datetime | None) -> None:
    """Raises ReportShown."""
    if any(moments):
        raise ReportShown


def refuse_home(*, is_of_family: bool) -> None:
    """Raises NotForHome."""
    if not is_of_family:
        raise NotForHome


def is_report_late(talked_on: date, *, on: date) -> bool:
    """Two weeks after a talk its report is there.

    >>> is_report_late(date(2026, 3, 2), on=date(2026, 3, 16)), is_report_late(date(2026, 3, 2), on=date(2026, 3, 17))
    (False, True)
    """
    return on > talked_on + REPORT_WITHIN


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk that was held: on which day, who came, and whether the pupil's words are in it."""

    held_on: date
    came: frozenset[Seat]
    has_pupil_words: bool


def pupil_talks(talks: Sequence[Talk]) -> int:
    """How many talks with the pupil count: two on one day are one, and one without the pupil's words is none.

    >>> day = date(2026, 3, 2)
    >>> pupil_talks([Talk(day, frozenset({Seat.PUPIL}), has_pupil_words=True), Talk(day, frozenset({Seat.PUPIL}), has_pupil_words=True)])
    1
    """
    return len({talk.held_on for talk in talks if Seat.PUPIL in talk.came and talk.has_pupil_words})


def three_way_talks(talks: Sequence[Talk]) -> int:
    """How many of these were with all three; two on one day are one."""
    return len({talk.held_on for talk in talks if is_three_way_of(talk.came)})


def refuse_agenda(pupils: Collection[object]) -> None:
    """Raises NobodyOnAgenda."""
    if not pupils:
        raise NobodyOnAgenda


def refuse_class_passed_over(about_class: str, last_plan: str) -> None:
    """Raises ClassFirst."""
    if min(len(about_class.strip()), len(last_plan.strip())) < SHORTEST_REASON:
        raise ClassFirst


def refuse_decision(decision: Decision, reason: str, *, by_on: date | None, on: date) -> None:
    """Raises DecisionUnexplained, NoDayToWatchUntil."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise DecisionUnexplained(least=SHORTEST_REASON)
    if decision is Decision.WATCH and (by_on is None or by_on <= on):
        raise NoDayToWatchUntil


def refuse_second_trusted(*, is_asked: bool) -> None:
    """Raises AskedAsTrustedAlready."""
    if is_asked:
        raise AskedAsTrustedAlready
