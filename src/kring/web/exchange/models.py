"""Files of a class that somebody brought in: checked first, made real later, or left."""

from django.db import models

from kring.web.files.models import StoredFile
from kring.web.schools.models import Group, Membership, OfSchool


class Upload(OfSchool):
    """Files of one group, read and found good; nothing of it stands in the dossier until it is applied."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="uploads")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="uploads")
    title = models.CharField(max_length=100, blank=True)
    instrument = models.CharField(max_length=60, blank=True)  # of the answers; empty when there are none
    version = models.PositiveSmallIntegerField(null=True)
    held_on = models.DateField()
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)


class UploadedFile(OfSchool):
    """One of the files of an upload."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")  # goes when applied, or after its days
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)  # pupils, nominations, participation, answers
