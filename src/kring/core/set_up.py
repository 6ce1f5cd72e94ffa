"""Moving in: the steps of setting up a school, what each waits for, and how long they took. Which are done follows from the data."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.access import Record, Role, Verb, roles_that


class Step(StrEnum):
    """From an empty school to the first open round."""

    SCHOOL = "school"
    YEAR = "year"
    HOLIDAYS = "holidays"
    GROUPS = "groups"
    PUPILS = "pupils"
    STAFF = "staff"
    LETTERS = "letters"
    FIRST_ROUND = "first_round"


class State(StrEnum):
    """How a step stands for somebody in a role."""

    DONE = "done"
    NOW = "now"  # the first that this role can do
    OPEN = "open"  # can be done as well
    BLOCKED = "blocked"  # another step comes first
    ELSEWHERE = "elsewhere"  # another role does it


NEEDS: Final[Mapping[Step, tuple[Step, ...]]] = {
    Step.SCHOOL: (),
    Step.YEAR: (),
    Step.HOLIDAYS: (Step.YEAR,),
    Step.GROUPS: (Step.YEAR,),
    Step.PUPILS: (Step.YEAR,),
    Step.STAFF: (Step.GROUPS,),
    Step.LETTERS: (Step.STAFF,),
    Step.FIRST_ROUND: (Step.HOLIDAYS, Step.PUPILS),
}
DOERS: Final[Mapping[Step, frozenset[Role]]] = {
    Step.SCHOOL: roles_that(Record.SCHOOL, Verb.WRITE),
    Step.YEAR: roles_that(Record.SCHOOL_YEAR, Verb.WRITE),
    Step.HOLIDAYS: roles_that(Record.HOLIDAY, Verb.WRITE),
    Step.GROUPS: roles_that(Record.GROUP, Verb.WRITE),
    Step.PUPILS: roles_that(Record.ROSTER_FILE, Verb.WRITE),
    Step.STAFF: roles_that(Record.APPOINTMENT, Verb.WRITE),
    Step.LETTERS: roles_that(Record.ACCOUNT_INVITATION, Verb.WRITE),
    Step.FIRST_ROUND: roles_that(Record.ROUND, Verb.WRITE),
}
PAUSE: Final = timedelta(minutes=20)
"""Who does nothing for longer than this is doing something else."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step, how it stands for this role, what must come first and who does it."""

    step: Step
    state: State
    first: tuple[Step, ...] = ()
    doers: frozenset[Role] = frozenset()


def guide(done: Collection[Step], role: Role) -> tuple[StepLine, ...]:
    """Every step, in order.

    >>> [line.state.value for line in guide({Step.SCHOOL}, Role.ADMINISTRATOR)][:4]
    ['done', 'now', 'blocked', 'blocked']
    """
    lines = [_line(step, done, role) for step in Step]
    can = next((line.step for line in lines if line.state is State.OPEN), None)
    return tuple(StepLine(line.step, State.NOW, doers=line.doers) if line.step is can else line for line in lines)


def _line(step: Step, done: Collection[Step], role: Role) -> StepLine:
    doers, first = DOERS[step], tuple(need for need in NEEDS[step] if need not in done)
    if step in done:
        return StepLine(step, State.DONE, doers=doers)
    if first:
        return StepLine(step, State.BLOCKED, first, doers)
    return StepLine(step, State.OPEN if role in doers else State.ELSEWHERE, doers=doers)


@dataclass(frozen=True, slots=True)
class Moment:
    """Somebody did something: when, and for which step, if any."""

    at: datetime
    who: str
    step: Step | None


def minutes_by_step(moments: Iterable[Moment], *, pause: timedelta = PAUSE) -> dict[Step, int]:
    """Whole minutes of work per step: the time since the same person did something before, unless that was a pause.

    >>> from datetime import UTC
    >>> came = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)
    >>> minutes_by_step([Moment(came, "a", None), Moment(came + timedelta(minutes=2, seconds=10), "a", Step.SCHOOL)])
    {<Step.SCHOOL: 'school'>: 2}
    """
    before: dict[str, datetime] = {}
    spent: dict[Step, timedelta] = {}
    for moment in sorted(moments, key=lambda one: one.at):
        took = moment.at - before.get(moment.who, moment.at)
        before[moment.who] = moment.at
        if moment.step is not None:
            spent[moment.step] = spent.get(moment.step, timedelta()) + (took if took <= pause else timedelta())
    return {step: max(1, round(took / timedelta(minutes=1))) for step, took in spent.items()}
