"""Write down what one expects, as often as one likes until it is sealed; afterwards it stays, also by the storage migration."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kring.core.access import Record, Verb
from kring.core.prediction import Expected, refuse_late, refuse_nothing
from kring.web.action import action
from kring.web.schools.models import Group, Membership
from kring.web.sociograms.models import PredictedPupil, Prediction
from kring.web.sociograms.predicting.queries import on_list, was_closed
from kring.web.surveys.models import Round


@action("prediction.made", needs=Verb.WRITE, of=Record.PREDICTION)
def expect(actor: Membership, group: Group, round: Round, expected: Mapping[UUID, Expected], *, at: datetime) -> Prediction:
    """Keep what one expects, in the place of what one said before."""
    return _keep(actor, group, round, expected, at)


@action("prediction.sealed", needs=Verb.WRITE, of=Record.PREDICTION)
def seal(actor: Membership, group: Group, round: Round, expected: Mapping[UUID, Expected], *, at: datetime) -> Prediction:
    """Keep it and seal it: from now on it cannot be changed, and when the result is there it stands beside it."""
    refuse_nothing(expected)
    kept = _keep(actor, group, round, expected, at)
    kept.sealed_at = at
    kept.save(update_fields=["sealed_at"])
    return kept


def _keep(actor: Membership, group: Group, round: Round, expected: Mapping[UUID, Expected], at: datetime) -> Prediction:
    """Closing holds the round too: whoever comes after it is too late."""
    held = Round.objects.select_for_update().get(pk=round.pk)
    kept = Prediction.objects.filter(round=held, group=group, author=actor).first()
    refuse_late(kept.sealed_at if kept else None, was_closed=was_closed(held))
    kept = kept or Prediction.objects.create(school_id=actor.school_id, round=held, group=group, author=actor, made_at=at)
    here = {pupil.pk for pupil in on_list(actor, group, held)}
    kept.pupils.all().delete()
    PredictedPupil.objects.bulk_create(
        PredictedPupil(school_id=actor.school_id, prediction=kept, pupil_id=pupil, expected=said.value)
        for pupil, said in expected.items()
        if pupil in here
    )
    return kept
