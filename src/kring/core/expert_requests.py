"""Asking somebody from outside about a pupil: a real question, with consent, step by step, and a report that does not stay for ever.

Source: handelingsgericht werken (a request for advice starts from a question of the school), AVG art. 5, 6 and 9: nothing that
bears the name of a child leaves without the consent of everybody whose it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

FEWEST_WORDS: Final = 6
MOST_AHEAD: Final = timedelta(days=366)
KEPT: Final = timedelta(days=2 * 365)


class Kind(StrEnum):
    """What is asked."""

    CONSULT = "consult"  # think along
    TALK = "talk"
    OBSERVATION = "observation"
    RESEARCH = "research"  # diagnostic
    PLACEMENT = "placement"  # another school


ALWAYS_NAMED: Final = frozenset({Kind.OBSERVATION, Kind.RESEARCH, Kind.PLACEMENT})
"""These cannot be done without knowing who it is."""


class State(StrEnum):
    """How it stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PLANNED = "planned"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What is done with it."""

    ACCEPT = "accept"
    DECLINE = "decline"
    PLAN = "plan"
    REPORT = "report"
    WITHDRAW = "withdraw"


NEXT: Mapping[tuple[State, Step], State] = {
    (State.ASKED, Step.ACCEPT): State.ACCEPTED,
    (State.ASKED, Step.DECLINE): State.DECLINED,
    (State.ASKED, Step.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Step.DECLINE): State.DECLINED,
    (State.ACCEPTED, Step.PLAN): State.PLANNED,
    (State.ACCEPTED, Step.REPORT): State.REPORTED,
    (State.ACCEPTED, Step.WITHDRAW): State.WITHDRAWN,
    (State.PLANNED, Step.PLAN): State.PLANNED,
    (State.PLANNED, Step.REPORT): State.REPORTED,
    (State.PLANNED, Step.WITHDRAW): State.WITHDRAWN,
}
RUNNING: Final = frozenset({State.ASKED, State.ACCEPTED, State.PLANNED})
ANSWERED_BY: Final = frozenset({Step.ACCEPT, Step.DECLINE})


@dataclass(eq=False, kw_only=True)
class NoRealQuestion(BrokenRule):
    """A request asks something that can be answered; “is difficult” asks nothing."""

    least: int = FEWEST_WORDS


@dataclass(eq=False, kw_only=True)
class ResearchWithoutConsent(BrokenRule):
    """What bears the name of a child goes to no organisation without everybody's consent for it."""

    organisation: str


@dataclass(eq=False, kw_only=True)
class KindNeedsName(BrokenRule):
    """Nobody observes, examines or takes in a child without a name."""


@dataclass(eq=False, kw_only=True)
class PlacementWithoutPlan(BrokenRule):
    """Another school is asked for after a plan was tried and looked at, not instead of one."""


@dataclass(eq=False, kw_only=True)
class AnswerDayOutside(BrokenRule):
    """The answer is asked for by a day after today, within a year."""


@dataclass(eq=False, kw_only=True)
class RequestNotInState(BrokenRule):
    """This step does not come now."""

    state: str
    step: str


@dataclass(eq=False, kw_only=True)
class PlannedDayPast(BrokenRule):
    """A day is planned from today on."""


@dataclass(eq=False, kw_only=True)
class ReasonToDeclineMissing(BrokenRule):
    """Who says no says why, so that the school can look further."""


@dataclass(eq=False, kw_only=True)
class ReportEmpty(BrokenRule):
    """A report says something, in words or in a file."""


@dataclass(eq=False, kw_only=True)
class ReaderNotOfPupil(BrokenRule):
    """The report is for who works with this pupil."""


def real_question(text: str) -> str:
    """The question without needless spaces. Raises NoRealQuestion.

    >>> real_question("Hoe helpen wij haar  om in de kring te durven praten?")
    'Hoe helpen wij haar om in de kring te durven praten?'
    """
    plain = " ".join(text.split())
    if "?" not in plain or len(plain.replace("?", " ").split()) < FEWEST_WORDS:
        raise NoRealQuestion
    return plain


def check_request(kind: Kind, *, with_name: bool, has_consent: bool, has_plan: bool, organisation: str) -> None:
    """Raises KindNeedsName, ResearchWithoutConsent, PlacementWithoutPlan."""
    if kind in ALWAYS_NAMED and not with_name:
        raise KindNeedsName
    if with_name and not has_consent:
        raise ResearchWithoutConsent(organisation=organisation)
    if kind is Kind.PLACEMENT and not has_plan:
        raise PlacementWithoutPlan


def check_by(by_on: date, *, today: date) -> None:
    """Raises AnswerDayOutside."""
    if not today < by_on <= today + MOST_AHEAD:
        raise AnswerDayOutside


def check_planned(planned_on: date, *, today: date) -> None:
    """Raises PlannedDayPast."""
    if planned_on < today:
        raise PlannedDayPast


def after(state: State, step: Step, *, because: str = "") -> State:
    """The state after this step. Raises RequestNotInState, ReasonToDeclineMissing.

    >>> after(State.ASKED, Step.ACCEPT)
    <State.ACCEPTED: 'accepted'>
    """
    if (state, step) not in NEXT:
        raise RequestNotInState(state=state.value, step=step.value)
    if step is Step.DECLINE and not because.strip():
        raise ReasonToDeclineMissing
    return NEXT[state, step]


def check_report(text: str, *, has_file: bool) -> str:
    """The words without spaces round them. Raises ReportEmpty."""
    if not text.strip() and not has_file:
        raise ReportEmpty
    return text.strip()


def is_unanswered(state: State, by_on: date, *, on: date) -> bool:
    """Nobody answered, and the day is over."""
    return state is State.ASKED and by_on < on


def forgotten_at(written_at: datetime) -> datetime:
    """Until when a report stays. Two years, as its retention says: what was found then says little about the child of now."""
    return written_at + KEPT
