"""What somebody is typing, kept so that an expired session, a closed tab or a second factor loses nothing; and what was sent already."""

from typing import ClassVar

from django.db import models

from kring.web.schools.models import Membership, OfSchool


class Draft(OfSchool):
    """The fields of one form on one page, of one author; gone when sent, or after fourteen school days."""

    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=300)
    fields = models.JSONField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "author", "place", name="draft_once_per_place")]


class MadeOnce(OfSchool):
    """That a form was sent, and to which page that led; of what was written a mark that cannot be read back. Gone after a day."""

    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    led_to = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "author", "mark", name="made_once_per_form")]
