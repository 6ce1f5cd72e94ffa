"""The phases of working with what a pupil or a class needs, each with its day, in the names that the school uses.

Source: R107 of the project's list: signal, understand, plan, evaluate; or observe, understand, plan, realise. They are the same four; the
names are the school's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PhaseNames(StrEnum):
    """Which set of names a school uses."""

    SIGNAL = "signal"
    OBSERVE = "observe"


class Phase(StrEnum):
    """In their order."""

    NOTICE = "notice"
    UNDERSTAND = "understand"
    PLAN = "plan"
    LOOK_BACK = "look-back"


@dataclass(frozen=True, slots=True)
class Reached:
    """One phase with the day on which it came; is_now is the phase in which one is."""

    phase: Phase
    on: date | None
    is_now: bool


def phases_of(days: Mapping[Phase, date | None]) -> tuple[Reached, ...]:
    """All four; one is in the last that has a day, whatever was passed over before it.

    >>> [(one.phase.value, one.is_now) for one in phases_of({Phase.NOTICE: date(2026, 3, 2), Phase.PLAN: date(2026, 3, 9)})]
    [('notice', False), ('understand', False), ('plan', True), ('look-back', False)]
    """
    last = max((phase for phase in Phase if days.get(phase)), key=tuple(Phase).index, default=None)
    return tuple(Reached(phase, days.get(phase), phase is last) for phase in Phase)
