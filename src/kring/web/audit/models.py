"""Events and readings: who did and saw what. Ids only, never a name or a text; rows are added and never changed (storage migration)."""

from django.db import models


class Trace(models.Model):
    """What an event and a reading have in common."""

    at = models.DateTimeField()
    school_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)  # the membership: the hat that was worn
    role = models.CharField(max_length=30, blank=True)
    record = models.CharField(max_length=40, blank=True)
    record_id = models.UUIDField(null=True)

    class Meta:
        abstract = True
        ordering = ("id",)


class Event(Trace):
    """Something was done: the name is in the past tense with a dot."""

    name = models.CharField(max_length=60)


class Reading(Trace):
    """A page, file or list with data of pupils was shown."""

    route = models.CharField(max_length=80)
