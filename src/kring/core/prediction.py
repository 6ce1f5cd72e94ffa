"""What a teacher expects of a sociogram before it is there, and afterwards: what came out as expected, and what did not.

It is something to learn from. Nothing here counts how often somebody was right.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kring.core.errors import BrokenRule
from kring.core.sociometry.facts import ClassFacts, PupilFacts
from kring.core.sociometry.kinds import Chosen


class Expected(StrEnum):
    """Of one pupil: chosen by many, or perhaps by nobody."""

    OFTEN = "often"
    NEVER = "never"


class Outcome(StrEnum):
    """Of one expectation. UNKNOWN: too few took part to say so, or the pupil was not on the list."""

    AS_EXPECTED = "as_expected"
    OTHERWISE = "otherwise"
    UNKNOWN = "unknown"


@dataclass(eq=False, kw_only=True)
class PredictionSealed(BrokenRule):
    """The author sealed it, so that it stays what was said before the result."""


@dataclass(eq=False, kw_only=True)
class PredictionTooLate(BrokenRule):
    """The round is closed, or was closed once: the result may have been seen."""


@dataclass(eq=False, kw_only=True)
class ExpectedOfNobody(BrokenRule):
    """Nothing was expected of anybody: there is nothing to seal."""


@dataclass(frozen=True, slots=True)
class Line:
    """One expectation beside what came out. received: None when that is not known."""

    pupil: str
    expected: Expected
    outcome: Outcome
    received: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """The expectations in the order of the list; often and never: pupils of whom that was not expected, and it came out."""

    lines: tuple[Line, ...]
    often: tuple[str, ...]
    never: tuple[str, ...]


def refuse_late(sealed_at: datetime | None, *, was_closed: bool) -> None:
    """Raises PredictionSealed and PredictionTooLate; `was_closed` also when the round was opened again."""
    if sealed_at is not None:
        raise PredictionSealed
    if was_closed:
        raise PredictionTooLate


def refuse_nothing(expected: Collection[object]) -> None:
    """Raises ExpectedOfNobody."""
    if not expected:
        raise ExpectedOfNobody


def compared(expected: Mapping[str, Expected], facts: ClassFacts) -> Compared:
    """Lay what was expected beside the facts of the closed round, as far as participation allows.

    >>> from kring.core.sociometry import Edge, nominations_from, pupil_facts, sociogram
    >>> facts = pupil_facts(sociogram(nominations_from("ABCDE", [Edge(*pair) for pair in ("AB", "CB", "DB", "EB", "BA")], {})))
    >>> found = compared({"B": Expected.OFTEN, "A": Expected.NEVER}, facts)
    >>> [(line.pupil, line.outcome.value) for line in found.lines], found.never
    ([('A', 'otherwise'), ('B', 'as_expected')], ('C', 'D', 'E'))
    """
    known = {one.pupil: one for one in facts.pupils}
    in_order = [*(pupil for pupil in known if pupil in expected), *sorted(set(expected) - set(known))]
    return Compared(
        lines=tuple(_line(pupil, expected[pupil], known.get(pupil)) for pupil in in_order),
        often=tuple(one.pupil for one in _unforeseen(expected, facts) if one.chosen is Chosen.OFTEN),
        never=tuple(one.pupil for one in _unforeseen(expected, facts) if one.received == 0),
    )


def _line(pupil: str, expected: Expected, facts: PupilFacts | None) -> Line:
    if facts is None:
        return Line(pupil, expected, Outcome.UNKNOWN, None)
    if expected is Expected.OFTEN and facts.chosen is None:
        return Line(pupil, expected, Outcome.UNKNOWN, facts.received)
    came_out = facts.chosen is Chosen.OFTEN if expected is Expected.OFTEN else facts.received == 0
    return Line(pupil, expected, Outcome.AS_EXPECTED if came_out else Outcome.OTHERWISE, facts.received)


def _unforeseen(expected: Mapping[str, Expected], facts: ClassFacts) -> Iterable[PupilFacts]:
    return (one for one in facts.pupils if one.pupil not in expected)
