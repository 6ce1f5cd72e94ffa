"""Files that people bring or jobs make. The bytes stand in the data folder under a random name, never in a web root."""

from django.db import models

from kring.web.schools.models import Membership, OfSchool


class StoredFile(OfSchool):
    """One file, and until when it stays."""

    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="files")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
