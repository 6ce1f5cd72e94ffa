"""The names to expect something of, what this teacher said, and afterwards what came out beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Verb
from kring.core.prediction import Compared, Expected, Outcome, compared
from kring.core.sociometry import Sufficiency, pupil_facts
from kring.web.access import may
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.sociograms.models import PredictedPupil, Prediction
from kring.web.sociograms.queries import GroupSociogram, sociograms
from kring.web.surveys.models import Invitation, Reopening, Round


def on_list(actor: Membership, group: Group, round: Round) -> list[Pupil]:
    """Everybody whom the pupils can choose: who was withdrawn is not among them."""
    asked = may(actor, Invitation, Verb.READ).filter(round=round, group=group, withdrawn_at=None).values_list("pupil_id", flat=True)
    return list(may(actor, Pupil, Verb.READ).filter(pk__in=list(asked)))


def my_prediction(actor: Membership, group: Group, round: Round) -> Prediction | None:
    """What I said myself; a colleague's is not mine to see."""
    return may(actor, Prediction, Verb.READ).filter(round=round, group=group, author=actor).first()


def expected_by(actor: Membership, prediction: Prediction | None) -> dict[str, Expected]:
    """By the key of the pupil."""
    rows = may(actor, PredictedPupil, Verb.READ).filter(prediction=prediction).values_list("pupil_id", "expected")
    return {str(pupil): Expected(said) for pupil, said in rows} if prediction else {}


def was_closed(round: Round) -> bool:
    """Now, or once: then the result may have been seen."""
    return round.closed_at is not None or Reopening.objects.filter(round=round).exists()


@dataclass(frozen=True, slots=True)
class Came:
    """One pupil in the comparison."""

    name: str
    expected: Expected
    outcome: Outcome
    received: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was said beside what came out, with names; `often` and `never` were not expected."""

    lines: tuple[Came, ...]
    often: tuple[str, ...]
    never: tuple[str, ...]


def comparison(actor: Membership, prediction: Prediction, *, at: datetime) -> Comparison | None:
    """Of a closed round of which the choices are still there and enough pupils took part; otherwise None."""
    if prediction.round.closed_at is None or prediction.round.closed_at > at:
        return None
    found = next(iter(sociograms(actor, group=prediction.group_id, round=prediction.round_id)), None)
    if found is None or found.row.choices_gone_at is not None or found.picture.sociogram.sufficiency is Sufficiency.TOO_FEW:
        return None
    said = expected_by(actor, prediction)
    return _named(compared(said, pupil_facts(found.picture.sociogram)), found)


def _named(found: Compared, sociogram: GroupSociogram) -> Comparison:
    names: Mapping[str, str] = sociogram.names
    lines = tuple(Came(names[one.pupil], one.expected, one.outcome, one.received) for one in found.lines if one.pupil in names)
    return Comparison(lines, tuple(names[one] for one in found.often), tuple(names[one] for one in found.never))
