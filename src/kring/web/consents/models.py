"""Who may hear what about a pupil outside the school: asked, given, refused, withdrawn; or a ground in law."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record
from kring.core.ages import RIGHTS_HOLDER
from kring.core.retention import Holding, Retention
from kring.web.catalogue.models import Organisation
from kring.web.files.models import StoredFile
from kring.web.schools.models import Dated, Guardian, Guardianship, Membership, OfSchool, Pupil, live, until_after_from, younger_than

CONSENT = Holding("to share only what everybody concerned agreed to", Retention.PUPIL_FILE, Record.CONSENT_REQUEST)


class ConsentRequest(OfSchool, Dated):
    """One purpose, one recipient, until a day; it holds when everybody whose consent is needed gave it."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "recipient", "purpose", "asked_by", "pupil_heard_on", "from_at", "until_at"), CONSENT
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="consent_requests")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="consent_requests")
    purpose = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    pupil_heard_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-from_at",)
        constraints: ClassVar = [
            until_after_from("consent_until_after_from"),
            models.CheckConstraint(condition=Q(until_at__isnull=False), name="no_consent_without_end"),
        ]


class ConsentItem(OfSchool):
    """One kind of record that may be shared."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("request", "record"), CONSENT)

    request = models.ForeignKey(ConsentRequest, on_delete=models.CASCADE, related_name="items")
    record = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "request", "record", name="consent_item_once")]


class Consent(OfSchool):
    """The yes or no of one person; without a guardian it is the pupil's own. Withdrawn, it holds no more from that moment."""

    class Answer(models.TextChoices):
        GIVEN = "given", _("ja")
        REFUSED = "refused", _("nee")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("request", "guardian", "answer", "answered_at", "withdrawn_at", "recorded_by", "paper"),
        Holding("to know who said yes or no, and until when", Retention.PUPIL_FILE, Record.CONSENT),
    )

    request = models.ForeignKey(ConsentRequest, on_delete=models.CASCADE, related_name="consents")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, null=True, related_name="consents")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    answered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")


def holding(at: datetime) -> Q:
    """The requests to which everybody whose consent is needed said yes, and nobody took it back.

    Under 16 every guardian with authority, from 16 the pupil alone; of whom the age is not known, all of them.
    """
    given = Consent.objects.filter(answer=Consent.Answer.GIVEN, answered_at__lte=at).filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))
    by_pupil = Q(Exists(given.filter(request=OuterRef("pk"), guardian=None)))
    authority = Guardianship.objects.filter(live(at), has_authority=True, pupil=OuterRef("pupil"))
    yes_of_this_one = given.filter(request=OuterRef(OuterRef("pk")), guardian=OuterRef("guardian"))
    by_guardians = Q(Exists(authority)) & ~Q(Exists(authority.filter(~Exists(yes_of_this_one))))
    young, known = younger_than(RIGHTS_HOLDER, at, "pupil__"), Q(pupil__birth_date__isnull=False)
    return live(at) & ((young & by_guardians) | (~young & by_pupil & (known | by_guardians)))


class LegalGround(OfSchool, Dated):
    """Sharing that the law asks for or allows without consent: recorded by one person, confirmed by a second."""

    class Ground(models.TextChoices):
        REPORTING_CODE = "reporting_code", _("meldcode huiselijk geweld en kindermishandeling")
        LEGAL_DUTY = "legal_duty", _("wettelijke plicht")
        VITAL_INTEREST = "vital_interest", _("acuut gevaar")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "recipient", "record", "ground", "explanation", "recorded_by", "confirmed_by", "confirmed_at", "from_at", "until_at"),
        Holding("to account for sharing without consent", Retention.PUPIL_FILE, Record.LEGAL_GROUND),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="legal_grounds")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="legal_grounds")
    record = models.CharField(max_length=40)
    ground = models.CharField(max_length=20, choices=Ground.choices)
    explanation = models.CharField(max_length=1000)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            until_after_from("legal_ground_until_after_from"),
            models.CheckConstraint(condition=Q(until_at__isnull=False), name="no_legal_ground_without_end"),
            models.CheckConstraint(condition=~Q(recorded_by=models.F("confirmed_by")), name="legal_ground_by_two_people"),
        ]
