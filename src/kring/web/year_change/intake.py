"""The door of what comes round by itself: handovers that nobody kept."""

from datetime import datetime

from kring.web.schools.models import School
from kring.web.wall import schools_open
from kring.web.year_change.models import Handover


def forget_handovers(*, at: datetime) -> None:
    """What nobody kept is deleted when its time is over; nobody could see it any more. A chore (kring.web.schedule)."""
    for school in School.objects.values_list("id", flat=True):
        with schools_open([school]):
            Handover.objects.filter(school_id=school, until_at__lte=at).delete()
