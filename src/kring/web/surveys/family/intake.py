"""Doors for the features that ask pupils something: who does not take part."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kring.web.schools.models import School, live
from kring.web.surveys.models import Objection


def objecting(school: School, instrument_key: str, pupils: Iterable[UUID], at: datetime) -> set[UUID]:
    """Which of these pupils do not take part in this list at this moment; of nobody else is anything said."""
    found = Objection.objects.filter(live(at), school=school, instrument=instrument_key, pupil__in=list(pupils))
    return set(found.values_list("pupil_id", flat=True))
