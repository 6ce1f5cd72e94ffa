"""A serious suspicion: who reads it first, who lets others in, and what a note holds. Nothing here weighs whether something is the case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final, Generic, TypeVar

from kring.core.access import Role
from kring.core.errors import BrokenRule

HELP_LINE: Final = "0800-2000"
"""Of Veilig Thuis: free, day and night, also without saying about whom."""

Hat = TypeVar("Hat")


class NoteKind(StrEnum):
    """What somebody adds to the file."""

    NOTED = "noted"  # seen or heard
    CONSULTED = "consulted"  # asked somebody, who knows about whom it is
    CONSULTED_WITHOUT_NAME = "consulted_without_name"


@dataclass(eq=False, kw_only=True)
class SuspectedOfNobody(BrokenRule):
    """A suspicion is about one pupil: chosen from a list, or called by name."""


@dataclass(eq=False, kw_only=True)
class SeenLaterThanToday(BrokenRule):
    """What was seen or heard, was so already."""


@dataclass(eq=False, kw_only=True)
class NobodyLeftAtFile(BrokenRule):
    """Somebody who may let others in stays at the file."""


@dataclass(eq=False, kw_only=True)
class NotToLetIn(BrokenRule):
    """One lets in a colleague of the school who works here now and has no seat yet."""


@dataclass(frozen=True, slots=True)
class FirstReaders(Generic[Hat]):
    """Beside who hands it in. `stand_in`: no designated contact was appointed, so it went to who leads."""

    hats: tuple[Hat, ...]
    stand_in: bool


def first_readers(designated: Sequence[Hat], leaders: Sequence[Hat]) -> FirstReaders[Hat]:
    """The designated contacts; who leads the school as long as there are none.

    >>> first_readers([], ["rik"])
    FirstReaders(hats=('rik',), stand_in=True)
    """
    return FirstReaders(tuple(designated or leaders), not designated)


def check_pupil(*, is_chosen: bool, called: str) -> None:
    """Raises SuspectedOfNobody."""
    if not is_chosen and len(called.strip()) < 2:
        raise SuspectedOfNobody


def check_seen(seen_on: date, *, on: date) -> None:
    """Raises SeenLaterThanToday."""
    if seen_on > on:
        raise SeenLaterThanToday


LETS_IN: Final = frozenset({Role.DESIGNATED_CONTACT, Role.COORDINATOR, Role.LEADER})


def check_stays(staying: Collection[Role]) -> None:
    """Whether these roles, without who leaves, are enough. Raises NobodyLeftAtFile."""
    if not LETS_IN.intersection(staying):
        raise NobodyLeftAtFile


# ---- the five steps -------------------------------------------------------------------------------------------


class CodeStep(IntEnum):
    """The five steps of the Dutch reporting code (Besluit verplichte meldcode, art. 2; domain/law-and-standards.md 3)."""

    SIGNS = 1  # write down what was seen
    ADVICE = 2  # a colleague, and where needed Veilig Thuis
    TALK = 3  # with those concerned
    WEIGH = 4
    DECIDE = 5


class CodeDecision(StrEnum):
    """What is decided at the fifth step, by people; nothing in Kring proposes it."""

    REPORT = "report"
    REPORT_AND_HELP = "report_and_help"
    HELP = "help"
    NOTHING_NEEDED = "nothing_needed"


LEAST: Final = 20
"""Letters in which somebody can say something that another understands."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What somebody writes of one step."""

    step: CodeStep
    done_on: date
    weighed: str = ""
    skipped_because: str = ""
    is_skipped: bool = False
    asked: str = ""
    is_safe_now: str = ""
    can_help_ourselves: str = ""
    decision: CodeDecision | None = None


@dataclass(eq=False, kw_only=True)
class StepToComeYet(BrokenRule):
    """What was done, was so already."""


@dataclass(eq=False, kw_only=True)
class StepUnweighed(BrokenRule):
    """Of a step one writes what was done or weighed."""

    least: int = LEAST


@dataclass(eq=False, kw_only=True)
class SkippingUnexplained(BrokenRule):
    """Who passes over a step, writes why."""

    least: int = LEAST


@dataclass(eq=False, kw_only=True)
class StepsBeforeMissing(BrokenRule):
    """A later step comes after the earlier ones, done or passed over with a reason."""

    number: int


@dataclass(eq=False, kw_only=True)
class NobodyConsulted(BrokenRule):
    """Of advice one writes who gave it."""


@dataclass(eq=False, kw_only=True)
class QuestionsUnanswered(BrokenRule):
    """The fifth step answers both questions and says what was decided."""


@dataclass(eq=False, kw_only=True)
class DecisionNotSkipped(BrokenRule):
    """There is always a decision."""


def check_step(taken: StepTaken, before: Collection[CodeStep], *, on: date) -> None:
    """Whether a step can be written down after those `before`.

    Raises StepToComeYet, StepsBeforeMissing, DecisionNotSkipped, SkippingUnexplained, StepUnweighed, NobodyConsulted, QuestionsUnanswered.

    >>> check_step(StepTaken(CodeStep.SIGNS, date(2026, 3, 2), "Blauwe plekken op beide armen gezien"), [], on=date(2026, 3, 2))
    """
    check_seen_step(taken.done_on, on=on)
    first_missing = next((one for one in CodeStep if one < taken.step and one not in before), None)
    if first_missing is not None:
        raise StepsBeforeMissing(number=first_missing.value)
    if taken.is_skipped:
        _check_skipped(taken)
        return
    if len(taken.weighed.strip()) < LEAST:
        raise StepUnweighed
    if taken.step is CodeStep.ADVICE and len(taken.asked.strip()) < 2:
        raise NobodyConsulted
    if taken.step is CodeStep.DECIDE and not (taken.is_safe_now.strip() and taken.can_help_ourselves.strip() and taken.decision):
        raise QuestionsUnanswered


def _check_skipped(taken: StepTaken) -> None:
    if taken.step is CodeStep.DECIDE:
        raise DecisionNotSkipped
    if len(taken.skipped_because.strip()) < LEAST:
        raise SkippingUnexplained


def check_seen_step(done_on: date, *, on: date) -> None:
    """Raises StepToComeYet."""
    if done_on > on:
        raise StepToComeYet


def next_step(before: Collection[CodeStep]) -> CodeStep | None:
    """The first that was neither done nor passed over; after the fifth there is none.

    >>> next_step([CodeStep.SIGNS]), next_step(list(CodeStep))
    (<CodeStep.ADVICE: 2>, None)
    """
    return next((one for one in CodeStep if one not in before), None)
