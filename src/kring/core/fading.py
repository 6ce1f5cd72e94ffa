"""Fading support out in steps, and going back a step when it was too early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kring.core.errors import BrokenRule
from kring.core.provenance import Result, method

__all__ = ["FadeMove", "FadeOut", "FadeStep", "ProbeReading", "ProbesMissed", "fade_out", "probe_reading"]

FADING = ((50, 3), (25, 3))  # hundredths of the dose, weeks
WEEKS_TO_PROBE = 4
PROBES, MISSES_TO_GO_BACK = 3, 2


@dataclass(frozen=True, slots=True)
class FadeStep:
    """One step: from `start` up to and including `end`, `dose` hundredths of the sessions."""

    start: date
    end: date
    dose: int


@dataclass(frozen=True, slots=True)
class FadeOut(Result):
    """The steps, the day from which nothing is given any more and the day of the probe four weeks later; n = n_valid: steps."""

    steps: tuple[FadeStep, ...]
    stop: date
    probe: date
    n: int
    n_valid: int


@method("fade-out", 1, data=("start",))
def fade_out(start: date) -> FadeOut:
    """Half the dose for three weeks, a quarter for three weeks, stop, and look again after four weeks (design of this project).

    >>> from datetime import date
    >>> found = fade_out(date(2026, 3, 2))
    >>> found.stop.isoformat(), found.probe.isoformat(), [step.dose for step in found.steps]
    ('2026-04-13', '2026-05-11', [50, 25])
    """
    steps: list[FadeStep] = []
    day = start
    for dose, weeks in FADING:
        steps.append(FadeStep(day, day + timedelta(weeks=weeks, days=-1), dose))
        day += timedelta(weeks=weeks)
    return FadeOut(tuple(steps), day, day + timedelta(weeks=WEEKS_TO_PROBE), len(steps), len(steps))


class FadeMove(StrEnum):
    """What three probes say: hold on, go back one step, or wait for the remaining ones."""

    ON = "on"
    BACK = "back"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class ProbeReading(Result):
    """The move; n: probes that were due (3), n_valid: probes taken."""

    move: FadeMove
    missed: int
    n: int
    n_valid: int


@method("probe-reading", 1, data=("at_target",))
def probe_reading(at_target: Sequence[bool | None]) -> ProbeReading:
    """Go back one step when two of three probes miss the target (design of this project).

    The probes since the last step, oldest first, None for one that was not taken; only the last three taken count.

    >>> probe_reading([True, False, False]).move.value, probe_reading([True]).move.value
    ('back', 'wait')
    """
    last = [bool(each) for each in at_target if each is not None][-PROBES:]
    missed = last.count(False)
    met_enough = len(last) - missed > PROBES - MISSES_TO_GO_BACK
    move = FadeMove.BACK if missed >= MISSES_TO_GO_BACK else FadeMove.ON if met_enough else FadeMove.WAIT
    return ProbeReading(move, missed, PROBES, len(last))


@dataclass(eq=False, kw_only=True)
class ProbesMissed(BrokenRule):
    """What did not stay is not closed: first one step back."""


def refuse_missed(move: FadeMove) -> None:
    """Raises ProbesMissed."""
    if move is FadeMove.BACK:
        raise ProbesMissed
