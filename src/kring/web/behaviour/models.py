"""Analysis of why somebody does what they do: records of several observers, four questions, a hypothesis."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Membership, OfSchool, Pupil

_WHY = Holding("to find what behaviour is for, and what can be changed around it", Retention.PUPIL_FILE, Record.FUNCTION_ANALYSIS)


class FunctionAnalysis(OfSchool):
    """Of one pupil and one kind of behaviour."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "behaviour", "known", "factors", "learned", "further", "function", "hypothesis", "made_by", "made_at", "edited_at"),
            "settled_at",
        ),
        _WHY,
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="function_analyses")
    behaviour = models.CharField(max_length=200)
    known = models.TextField(blank=True)
    factors = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    further = models.TextField(blank=True)
    function = models.CharField(max_length=20, blank=True)
    hypothesis = models.TextField(blank=True)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)


class BehaviourRecord(OfSchool):
    """What went before, what was done, what followed; once seen by one observer."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("analysis", "before_kind", "before", "behaviour", "after_kind", "after", "place", "seen_at", "observer", "made_at"), _WHY
    )

    analysis = models.ForeignKey(FunctionAnalysis, on_delete=models.CASCADE, related_name="records")
    before_kind = models.CharField(max_length=20)
    before = models.CharField(max_length=300, blank=True)
    behaviour = models.CharField(max_length=300)
    after_kind = models.CharField(max_length=20)
    after = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=20)
    seen_at = models.DateTimeField()
    observer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
