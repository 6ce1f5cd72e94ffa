"""What a pupil says about telling the parents; a record apart, that tells nobody anything by itself."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.core.telling import Says
from kring.web.schools.models import Membership, OfSchool, Pupil

_TELLING = Holding("to tell parents something heavy only as was agreed with the pupil", Retention.PUPIL_FILE, Record.PARENT_TELLING)


class ParentTelling(OfSchool):
    """That and when it was talked over with the pupil, what the pupil said, and who told the parents on which day."""

    class Said(models.TextChoices):
        YES = Says.YES.value, _("ja, de ouders mogen het weten")
        TOGETHER = Says.TOGETHER.value, _("ja, en de leerling wil erbij zijn of zelf vertellen")
        NOT_YET = Says.NOT_YET.value, _("nu nog niet")
        NO = Says.NO.value, _("nee")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "card", "author", "talked_on", "said", "note", "made_at", "told_on", "told_by", "against_because"), _TELLING
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="parent_tellings")
    card = models.CharField(max_length=40)  # key of the card it began with
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    talked_on = models.DateField()
    said = models.CharField(max_length=12, choices=Said.choices)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    told_on = models.DateField(null=True)
    told_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    against_because = models.TextField(blank=True)  # why the parents were told while the pupil did not agree

    class Meta:
        ordering = ("-talked_on", "-made_at")
