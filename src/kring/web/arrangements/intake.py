"""The door through which the schedule learns of what an arrangement came to somebody must write down. No event is recorded here."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from kring.core.arrangements import WARNED
from kring.web.arrangements.actions import WRITE_RESULT as RESULT
from kring.web.arrangements.models import Arrangement
from kring.web.schools.models import School
from kring.web.tasks.intake import Wanted

__all__ = ["RESULT", "results_due"]


def results_due(school: School, coordinators: Iterable[UUID], *, on: date) -> Iterator[Wanted]:
    """Of coordinators, from three weeks before the last day."""
    ending = Arrangement.objects.filter(school=school, result="", ends_on__lte=on + WARNED, pupil__merged_at=None)
    hats = list(coordinators)
    for key, pupil, ends_on in ending.values_list("pk", "pupil_id", "ends_on"):
        for hat in hats:
            yield Wanted(hat, RESULT, "arrangement", key, ends_on, pupil_id=pupil)
