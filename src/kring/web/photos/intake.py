"""A chore: a photo is there to find classmates by, so of who sits in no group any more it goes. That somebody wants none, stays."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from kring.web.photos.models import Photo
from kring.web.schools.models import Enrolment, School
from kring.web.wall import schools_open

LASTS: Final = timedelta(days=14)  # a pupil who left by mistake is put back within days


def forget_photos(*, at: datetime) -> None:
    """Of every school, each behind its own wall."""
    for school in School.objects.values_list("pk", flat=True):
        with schools_open([school]), transaction.atomic():
            sits = Enrolment.objects.filter(Q(until_at=None) | Q(until_at__gt=at - LASTS), pupil=OuterRef("pupil"))
            left = Photo.objects.filter(~Exists(sits), school=school).exclude(picture=b"")
            left.update(picture=b"", added_by=None, added_at=None)
