"""An analysis in a few calls, for tests: begun, and seen by several people."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kring.web.behaviour.actions import Seen, add_record, begin
from kring.web.behaviour.models import FunctionAnalysis
from kring.web.models import Membership, Pupil

BEHAVIOUR = "loopt van de plaats tijdens zelfstandig werken"
ANSWERS = {
    "known": "Zij begint goed als iemand de taak samen leest.",
    "factors": "De taken zijn lang en er is geen eind te zien.",
    "learned": "Een stappenkaart hielp een beetje.",
    "further": "Wij knippen de taak in drie stukken.",
}


def begun(actor: Membership, pupil: Pupil, *, at: datetime) -> FunctionAnalysis:
    return begin(actor, pupil, BEHAVIOUR, at=at)


def seen(at: datetime, *, before: str = "task", after: str = "away", place: str = "classroom") -> Seen:
    return Seen(before_kind=before, behaviour=BEHAVIOUR, after_kind=after, place=place, seen_at=at)


def watched(analysis: FunctionAnalysis, observers: Sequence[Membership], *, times: int, at: datetime) -> None:
    """Each in turn, an hour after the other."""
    for number in range(times):
        when = at + timedelta(hours=number)
        add_record(observers[number % len(observers)], analysis, seen(when), at=when)
