"""Doors for the schedule: whom an unanswered request is put before, and reports whose time is over. No event is recorded here."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from kring.core.expert_requests import State
from kring.web.expert_requests.actions import UNANSWERED
from kring.web.expert_requests.models import ExpertReader, ExpertReport, ExpertRequest
from kring.web.files import intake as files
from kring.web.schools.models import School, live
from kring.web.tasks.intake import Wanted
from kring.web.wall import schools_open

__all__ = ["UNANSWERED", "forget_reports", "unanswered"]


def unanswered(school: School, *, on: date, at: datetime) -> Iterator[Wanted]:
    """Of who asked, that somebody asks again: the day of the answer is over, and nobody answered."""
    found = ExpertRequest.objects.filter(live(at, "asked_by__"), school=school, state=State.ASKED.value, by_on__lt=on)
    for key, hat, pupil, by_on in found.values_list("pk", "asked_by_id", "pupil_id", "by_on"):
        yield Wanted(hat, UNANSWERED, "expertrequest", key, by_on, pupil_id=pupil)


def forget_reports(*, at: datetime) -> int:
    """Throw away the reports whose two years are over, with their file and who might read them. Says how many went."""
    with schools_open(School.objects.values_list("id", flat=True)), transaction.atomic():
        over = list(ExpertReport.objects.filter(forget_at__lte=at).select_related("file"))
        ExpertReader.objects.filter(request__in=[one.request_id for one in over]).delete()
        for one in over:
            file = one.file
            one.delete()
            if file:
                files.forget(file)
    return len(over)
