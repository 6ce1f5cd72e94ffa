"""Plans: which kinds there are, the states and stages they go through, and what is refused on the way. Two tables; the docs draw them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kring.core.access import Record
from kring.core.errors import BrokenRule

SHORTEST_REASON: Final = 10  # characters


class Kind(StrEnum):
    """What a plan is."""

    GROUP = "group"
    ACTIVITY = "activity"
    TRIAL = "trial"
    DEEPENED = "deepened"
    DEVELOPMENT = "development"


class State(StrEnum):
    """How far a plan is."""

    DRAFT = "draft"
    AGREED = "agreed"
    RUNNING = "running"
    EVALUATED = "evaluated"


class Stage(StrEnum):
    """How heavy the help is, whatever the law calls it."""

    GROUP_APPROACH = "group_approach"
    SMALL_TRIAL = "small_trial"
    DEEPENED = "deepened"
    EXTRA_SUPPORT = "extra_support"
    OTHER_SETTING = "other_setting"


class Layer(StrEnum):
    """Of the region; which level of prevention belongs to which layer, a school says itself (R135)."""

    BASIC = "basic"
    BASIC_PLUS = "basic_plus"
    EXTRA = "extra"


class Change(StrEnum):
    """What people do with a plan; each is an action."""

    AGREE = "agree"
    TAKE_BACK = "take-back"  # from agreed to being written, as long as it does not run
    START = "start"
    ADJUST = "adjust"  # a running plan becomes its next version
    EVALUATE = "evaluate"
    GO_ON = "go-on"  # what was evaluated runs on: continued, adapted or fading out
    STOP = "stop"  # before it ran its time, or because the next one starts; nobody says whether it helped


_EVERY = frozenset(Kind)
_OF_PUPIL = frozenset({Kind.TRIAL, Kind.DEEPENED, Kind.DEVELOPMENT})


@dataclass(frozen=True, slots=True)
class Transition:
    """From one state to another, for these kinds."""

    change: Change
    start: State
    end: State
    kinds: frozenset[Kind] = _EVERY


TRANSITIONS: Final = (
    Transition(Change.AGREE, State.DRAFT, State.AGREED),
    Transition(Change.TAKE_BACK, State.AGREED, State.DRAFT),
    Transition(Change.START, State.DRAFT, State.RUNNING, frozenset({Kind.TRIAL})),  # a small trial starts the day it is thought of
    Transition(Change.START, State.AGREED, State.RUNNING),
    Transition(Change.ADJUST, State.RUNNING, State.RUNNING),
    Transition(Change.EVALUATE, State.RUNNING, State.EVALUATED),
    Transition(Change.STOP, State.RUNNING, State.EVALUATED),
    Transition(Change.GO_ON, State.EVALUATED, State.RUNNING, _OF_PUPIL),
)


@dataclass(frozen=True, slots=True)
class Step:
    """From one stage to another; some only with the reason why what lies between was passed over."""

    start: Stage
    end: Stage
    asks_reason: bool = False


_LINE = tuple(Stage)
STEPS: Final = tuple(
    Step(start, end, asks_reason=_LINE.index(end) > _LINE.index(start) + 1) for start in _LINE for end in _LINE if start is not end
)
"""Heavier one stage at a time, or further with a reason; lighter as far as one dares."""
FIRST_STAGE: Final[Mapping[Kind, Stage]] = {
    Kind.GROUP: Stage.GROUP_APPROACH,
    Kind.ACTIVITY: Stage.GROUP_APPROACH,
    Kind.TRIAL: Stage.SMALL_TRIAL,
    Kind.DEEPENED: Stage.DEEPENED,
    Kind.DEVELOPMENT: Stage.EXTRA_SUPPORT,
}


@dataclass(eq=False, kw_only=True)
class PlanNotInState(BrokenRule):
    """What is asked does not fit how far the plan is: perhaps a colleague was first."""

    state: str


@dataclass(eq=False, kw_only=True)
class StageWithoutReason(BrokenRule):
    """A stage is passed over only with the reason why."""

    least: int


@dataclass(eq=False, kw_only=True)
class PlanEndsTooSoon(BrokenRule):
    """A period ends after it began."""


@dataclass(eq=False, kw_only=True)
class PlanWithoutPeriod(BrokenRule):
    """A plan is agreed upon with a first and a last day."""


def after(kind: Kind, state: State, change: Change) -> State:
    """The state after this change. Raises PlanNotInState.

    >>> after(Kind.TRIAL, State.DRAFT, Change.START).value
    'running'
    """
    for one in TRANSITIONS:
        if one.change is change and one.start is state and kind in one.kinds:
            return one.end
    raise PlanNotInState(state=state.value)


def may_change(kind: Kind, state: State) -> list[Change]:
    """What can be done with a plan that is so far."""
    return [one.change for one in TRANSITIONS if one.start is state and kind in one.kinds]


def seen_as(kind: Kind, state: State) -> Record:
    """Which record of the access table the plan is.

    >>> seen_as(Kind.DEEPENED, State.DRAFT).value, seen_as(Kind.DEEPENED, State.RUNNING).value
    ('plandraft', 'plan')
    """
    if kind in (Kind.GROUP, Kind.ACTIVITY):
        return Record.GROUP_PLAN
    if kind is Kind.TRIAL:
        return Record.INTERVENTION
    return Record.PLAN_DRAFT if state is State.DRAFT else Record.PLAN


def check_stage(start: Stage, end: Stage, because: str = "") -> None:
    """Raises StageWithoutReason; staying where one is needs none."""
    if any(step.asks_reason for step in STEPS if step.start is start and step.end is end) and not is_reason(because):
        raise StageWithoutReason(least=SHORTEST_REASON)


def check_period(starts_on: date | None, ends_on: date | None) -> None:
    """Raises PlanEndsTooSoon; days may be chosen later."""
    if starts_on and ends_on and ends_on <= starts_on:
        raise PlanEndsTooSoon


def is_reason(text: str) -> bool:
    """Whether somebody wrote more than a word."""
    return len(" ".join(text.split())) >= SHORTEST_REASON
