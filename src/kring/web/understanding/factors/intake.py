"""A chore: two weeks before its day the author is asked whether a factor still holds; on its day it goes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kring.web.schools.models import School
from kring.web.tasks.intake import Wanted, bring_in_step
from kring.web.understanding.factors.queries import to_ask
from kring.web.understanding.models import Factor
from kring.web.wall import schools_open

REVIEW = "factor.review"


def look_again(*, at: datetime) -> None:
    """School by school. No event: nobody did it, and the row itself says when it went."""
    on = timezone.localdate(at)
    for school in School.objects.order_by("pk"):
        with schools_open([school.pk]), transaction.atomic():
            Factor.objects.filter(school=school, gone_at=None, review_on__lt=on).update(gone_at=at)
            wanted = [
                Wanted(one.author_id, REVIEW, "factor", one.pk, one.review_on, pupil_id=one.pupil_id) for one in to_ask(school, on=on)
            ]
            bring_in_step(school, [REVIEW], wanted, at=at, lapses=True)
