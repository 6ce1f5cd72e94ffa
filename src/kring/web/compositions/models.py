"""Seats, tables, work groups and next year's classes: who sits where, what was wished, and why two are kept apart."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.jobs.models import Job
from kring.web.schools.models import Group, Membership, OfSchool, Pupil, SchoolYear

WHERE = "to let every pupil sit and work with somebody of choice"


class Composition(OfSchool):
    """One way to put pupils together. `places`: the floor plan or the groups, of the form that core.places reads."""

    class Kind(models.TextChoices):
        """What it makes."""

        SEATS = "seats", _("plattegrond")
        TABLES = "tables", _("tafelgroepen")
        GROUPS = "groups", _("werkgroepjes")
        CLASSES = "classes", _("klassen voor volgend jaar")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, related_name="compositions")  # None: classes of a year
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="compositions")
    year_level = models.PositiveSmallIntegerField(null=True)
    name = models.CharField(max_length=120)
    places = models.JSONField(default=dict)
    asks = models.JSONField(default=dict)  # what is asked of everybody at once; see compositions.asking
    outcome = models.JSONField(default=dict)  # how the last proposal ended: numbers, and keys of wishes; names nobody
    version = models.PositiveIntegerField(default=1)  # of two who change it at once, the second sees both
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_from = models.DateField(null=True)  # from then on they sat so: they are not put beside the same again
    work = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")


class ComposedPupil(OfSchool):
    """Where one pupil sits; no place yet: waits beside the plan. `past`: [version, place before it] of the last changes, to undo them."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("composition", "pupil", "place", "is_fixed", "mark", "past"), Holding(WHERE, Retention.PUPIL_FILE, Record.COMPOSED_PUPIL)
    )

    composition = models.ForeignKey(Composition, on_delete=models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="composed")
    place = models.CharField(max_length=20, blank=True)
    is_fixed = models.BooleanField(default=False)
    mark = models.CharField(max_length=20, blank=True)  # for an even spread in this one composition
    past = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "composition", "pupil", name="composed_once")]


class PlaceWish(OfSchool):
    """Apart, together, in front … `reason` is for the team alone, and stands on nothing that is printed or shown in class."""

    class Kind(models.TextChoices):
        """As core.sociometry.composing.WishKind; a fixed place is `ComposedPupil.is_fixed`, an even spread `Composition.asks`."""

        APART = "apart", _("niet bij elkaar")
        TOGETHER = "together", _("bij elkaar")
        FRONT = "front", _("vooraan")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("composition", "kind", "pupil", "other", "is_hard", "reason", "made_by"),
        Holding(WHERE, Retention.PUPIL_FILE, Record.PLACE_WISH),
    )

    composition = models.ForeignKey(Composition, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="place_wishes")
    other = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="place_wishes_of_others")
    is_hard = models.BooleanField(default=True)  # not hard: rather apart
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
