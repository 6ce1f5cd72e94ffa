"""Whether the support was carried out as planned. Below that, nothing can be said about its effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method

__all__ = ["CarriedOut", "Fidelity", "ImpossibleLog", "fidelity"]

GOOD_FROM, PARTLY_FROM = 80, 60  # hundredths of dose times adherence
LOWEST_QUALITY, HIGHEST_QUALITY = 1, 4


class CarriedOut(StrEnum):
    """How far the support was carried out; UNKNOWN when nothing was planned or logged."""

    UNKNOWN = "unknown"
    POORLY = "poorly"
    PARTLY = "partly"
    WELL = "well"


@dataclass(eq=False, kw_only=True)
class ImpossibleLog(CallerMistake):
    """Counts are not negative, steps done are at most the steps there were, and quality is 1 to 4; without sessions there are no steps."""

    part: str
    value: int


@dataclass(frozen=True, slots=True)
class Fidelity(Result):
    """n: sessions planned; n_valid: of those held (what was held beyond the plan is `extra`); None where nothing was planned or logged.

    value = dose · adherence; dose: share of the planned sessions that was held, at most 1; adherence: share of the core steps done in the
    sessions that were held; quality: 0 to 1; involvement: share of the evaluations in which the pupil took part.
    """

    value: float | None
    dose: float | None
    adherence: float | None
    quality: float | None
    involvement: float | None
    extra: int
    carried_out: CarriedOut
    n: int
    n_valid: int

    @property
    def effect_may_be_judged(self) -> bool:
        """Whether it was carried out well enough for a statement about effect."""
        return self.carried_out in (CarriedOut.PARTLY, CarriedOut.WELL)


@method("fidelity", 1, data=("held", "planned", "steps_done", "steps", "quality", "involved"))
def fidelity(
    *, held: int, planned: int, steps_done: int, steps: int, quality: Sequence[int] = (), involved: Sequence[bool] = ()
) -> Fidelity:
    """Dose times adherence, compared in whole numbers: well from .80, partly from .60 (Dane & Schneider 1998).

    `steps` are the core steps of all sessions held together, `quality` ratings 1 to 4, `involved` one answer per evaluation. Sessions
    beyond the plan do not make up for steps that were left out. Nothing held of what was planned: value 0. Raises ImpossibleLog.

    >>> found = fidelity(held=9, planned=10, steps_done=32, steps=36, quality=[3, 4], involved=[True, False])
    >>> round(found.value, 6), found.carried_out.value, round(found.quality, 6), found.involvement
    (0.8, 'well', 0.833333, 0.5)
    """
    for part, value in {
        "held": held,
        "planned": planned,
        "steps_done": steps_done,
        "steps": steps,
        "steps not done": steps - steps_done,
        "steps without sessions": 0 if held else -steps,
    }.items():
        if value < 0:
            raise ImpossibleLog(part=part, value=value)
    for rating in quality:
        if not LOWEST_QUALITY <= rating <= HIGHEST_QUALITY:
            raise ImpossibleLog(part="quality", value=rating)
    counted = min(held, planned)
    done, of = (0, 1) if planned and not held else (counted * steps_done, planned * steps)
    span = HIGHEST_QUALITY - LOWEST_QUALITY
    return Fidelity(
        value=done / of if of else None,
        dose=counted / planned if planned else None,
        adherence=steps_done / steps if steps else None,
        quality=(sum(quality) - LOWEST_QUALITY * len(quality)) / (span * len(quality)) if quality else None,
        involvement=sum(involved) / len(involved) if involved else None,
        extra=held - counted,
        carried_out=_carried_out(done, of),
        n=planned,
        n_valid=counted,
    )


def _carried_out(done: int, of: int) -> CarriedOut:
    if not of:
        return CarriedOut.UNKNOWN
    if 100 * done >= GOOD_FROM * of:
        return CarriedOut.WELL
    return CarriedOut.PARTLY if 100 * done >= PARTLY_FROM * of else CarriedOut.POORLY
