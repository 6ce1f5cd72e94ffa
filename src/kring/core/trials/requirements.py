"""Whether the measurements of a plan can carry a statement: enough of them, in the right order, all taken in the same way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

import numpy as np

from kring.core.provenance import Result, method
from kring.core.trials.nonoverlap import BASELINE_FOR_EFFECT, LEAST_BASELINE, LEAST_SUPPORT
from kring.core.trials.series import Floats, measurement

__all__ = ["Measurement", "MeasurementCheck", "Mixed", "PhaseName", "Tempo", "measurement_check"]

LEAST_A_WEEK, MOST_A_WEEK = 1, 3  # measurements; each takes at most half a minute


class PhaseName(StrEnum):
    """Before the support, during it, and while it is being faded out."""

    BASELINE = "baseline"
    SUPPORT = "support"
    FADE_OUT = "fade-out"


class Mixed(StrEnum):
    """What differs between measurements that are to be compared."""

    OBSERVER = "observer"
    SITUATION = "situation"
    MOMENT = "moment"


class Tempo(StrEnum):
    """How many measurements a week, against one to three; UNKNOWN when nothing was measured in the phase."""

    UNKNOWN = "unknown"
    SPARSE = "sparse"
    GOOD = "good"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One planned measurement of one goal: value None when it was not taken. `moment` is the time of day in the school's own words."""

    on: date
    phase: PhaseName
    value: float | None
    observer: str
    situation: str = ""
    moment: str = ""

    def __post_init__(self) -> None:
        if self.value is not None:
            measurement(self.value, "value")


@dataclass(frozen=True, slots=True)
class MeasurementCheck(Result):
    """n: planned measurements; n_valid: taken. What is short is counted per aim and is 0 when there is enough.

    baseline_short: to 3 before the start; support_short: to 5 during the support; effect_short: to 5 before the start, which the word
    "effect" needs; mixed: in what they differ; in_order: every phase ends before the next begins.
    """

    baseline_points: int
    support_points: int
    fade_out_points: int
    baseline_short: int
    support_short: int
    effect_short: int
    baseline_tempo: Tempo
    support_tempo: Tempo
    mixed: tuple[Mixed, ...]
    in_order: bool
    n: int
    n_valid: int


@method("measurement-check", 1, rows=("measurements",))
def measurement_check(measurements: Sequence[Measurement]) -> MeasurementCheck:
    """Count the measurements of one goal and see whether they can be compared (Kratochwill et al. 2010; direct behaviour rating).

    >>> from datetime import date
    >>> plan = [Measurement(date(2026, 3, day), PhaseName.BASELINE, 4.0, "juf Els") for day in (2, 4, 9)]
    >>> found = measurement_check(plan)
    >>> found.baseline_short, found.effect_short, found.support_short, found.baseline_tempo.value
    (0, 2, 5, 'good')
    """
    taken = [each for each in measurements if each.value is not None]
    points = {phase: [each.on for each in taken if each.phase is phase] for phase in PhaseName}
    baseline, support, fade_out = (len(points[phase]) for phase in PhaseName)
    varying = {
        Mixed.OBSERVER: {each.observer for each in taken},
        Mixed.SITUATION: {each.situation for each in taken},
        Mixed.MOMENT: {each.moment for each in taken},
    }
    return MeasurementCheck(
        baseline_points=baseline,
        support_points=support,
        fade_out_points=fade_out,
        baseline_short=max(0, LEAST_BASELINE - baseline),
        support_short=max(0, LEAST_SUPPORT - support),
        effect_short=max(0, BASELINE_FOR_EFFECT - baseline),
        baseline_tempo=_tempo(points[PhaseName.BASELINE]),
        support_tempo=_tempo(points[PhaseName.SUPPORT]),
        mixed=tuple(what for what, seen in varying.items() if len(seen) > 1),
        in_order=_in_order([points[phase] for phase in PhaseName]),
        n=len(measurements),
        n_valid=len(taken),
    )


def phase_series(measurements: Sequence[Measurement], phase: PhaseName) -> Floats:
    """Put the measurements of one phase in the order of time: float64[n], NaN where nothing was taken.

    Of two on one day the moments go by their words, then by value: which of them came first is not known.
    """
    own = sorted((each.on, each.moment, each.value is None, each.value or 0.0) for each in measurements if each.phase is phase)
    return np.array([np.nan if missing else value for _, _, missing, value in own], dtype=np.float64)


def _tempo(days: Sequence[date]) -> Tempo:
    """Measurements a week over the days from first to last, at least one week."""
    if not days:
        return Tempo.UNKNOWN
    span = max(7, (max(days) - min(days)).days + 1)
    if 7 * len(days) < LEAST_A_WEEK * span:
        return Tempo.SPARSE
    return Tempo.DENSE if 7 * len(days) > MOST_A_WEEK * span else Tempo.GOOD


def _in_order(phases: Sequence[Sequence[date]]) -> bool:
    known = [days for days in phases if days]
    return all(max(earlier) < min(later) for earlier, later in pairwise(known))
