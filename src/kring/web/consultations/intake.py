"""The door through which the schedule learns which consultations wait for their outcome. No event is recorded here."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils import timezone

from kring.core.consulting import WAITS_AFTER, due_on
from kring.web.consultations.models import Consultation
from kring.web.schools.models import School, live
from kring.web.tasks.intake import Wanted

OUTCOME: Final = "consultation.outcome_due"


def outcomes_due(school: School, *, at: datetime) -> Iterator[Wanted]:
    """Of the author alone, from two weeks after asking; nothing in it says about whom it is."""
    waiting = Consultation.objects.filter(live(at), school=school, closed_at=None, from_at__lte=at - WAITS_AFTER)
    waiting = waiting.filter(live(at, "author__"), author__person__is_active=True)
    for key, author, opened_at in waiting.values_list("pk", "author_id", "from_at"):
        yield Wanted(author, OUTCOME, "consultation", key, due_on(timezone.localdate(opened_at)))
