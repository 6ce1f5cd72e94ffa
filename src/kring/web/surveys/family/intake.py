"""Doors for the features that ask pupils something: who does not take part."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from kring.web.schools.models import School, live
from kring.web.surveys.models import Invitation, Objection, Round


def objecting(school: School, instrument_key: str, pupils: Iterable[UUID], at: datetime) -> set[UUID]:
    """Which of these pupils do not take part in this list at this moment; of nobody else is anything said."""
    found = Objection.objects.filter(live(at), school=school, instrument=instrument_key, pupil__in=list(pupils))
    return set(found.values_list("pupil_id", flat=True))


def bring_objections_in_step(round: Round, *, at: datetime) -> None:
    """What was said while the round was closed: who objected is asked nothing, and who took it back is asked again."""
    to_come = Invitation.objects.filter(round=round, submission=None)
    objections = Objection.objects.filter(school=round.school_id, instrument=round.instrument)
    standing = dict(objections.filter(live(at)).order_by("-from_at").values_list("pupil_id", "from_at"))
    for pupil, since in standing.items():
        to_come.filter(pupil=pupil, withdrawn_at=None).update(withdrawn_at=since)
    over = objections.filter(pupil=OuterRef("pupil"), from_at=OuterRef("withdrawn_at"))
    to_come.filter(Exists(over)).exclude(pupil__in=list(standing)).update(withdrawn_at=None)
