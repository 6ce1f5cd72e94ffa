"""Writing down what was granted and what came of it; saying what this school can do for others."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from kring.core.access import Record, Verb
from kring.core.arrangements import Cluster, Grant, GrantKind, check_grant, check_offer, check_result
from kring.core.edited import refuse_edited
from kring.web.action import action
from kring.web.arrangements.models import Arrangement, SupportOffer
from kring.web.catalogue.models import Organisation
from kring.web.people.dates import ends_after
from kring.web.schools.models import Membership, Pupil, School
from kring.web.tasks.intake import settle_about

WRITE_RESULT = "arrangement.result_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What stands in the letter."""

    kind: GrantKind
    grantor: Organisation | None
    goals: str
    starts_on: date
    ends_on: date
    hours: Decimal | None
    euros: Decimal | None

    def fields(self) -> dict[str, object]:
        """The columns. Raises what `check_grant` raises."""
        grant = Grant(starts_on=self.starts_on, ends_on=self.ends_on, hours=self.hours, euros=self.euros)
        goals = check_grant(grant, self.goals)
        days = {"starts_on": self.starts_on, "ends_on": self.ends_on}
        return {"kind": self.kind.value, "grantor": self.grantor, "goals": goals, **days, "hours": self.hours, "euros": self.euros}


@action("arrangement.entered", needs=Verb.WRITE, of=Record.ARRANGEMENT)
def enter_arrangement(actor: Membership, pupil: Pupil, granted: Granted, *, at: datetime) -> Arrangement:
    """Raises what `check_grant` raises."""
    made = {"entered_by": actor, "entered_at": at, "edited_at": at}
    return Arrangement.objects.create(school_id=pupil.school_id, pupil=pupil, **granted.fields(), **made)


@action("arrangement.changed", needs=Verb.WRITE)
def change_arrangement(
    actor: Membership,  # noqa: ARG001
    arrangement: Arrangement,
    granted: Granted,
    *,
    read_at: datetime,
    at: datetime,
) -> None:
    """Raises EditedMeanwhile, and what `check_grant` raises."""
    row = Arrangement.objects.select_for_update().get(pk=arrangement.pk)
    refuse_edited(row.edited_at, read_at=read_at)
    Arrangement.objects.filter(pk=row.pk).update(**granted.fields(), edited_at=at)


@action("arrangement.result_written", needs=Verb.WRITE)
def write_result(actor: Membership, arrangement: Arrangement, result: str, *, read_at: datetime, at: datetime) -> None:  # noqa: ARG001
    """What came of it. Raises EditedMeanwhile, GrantResultMissing."""
    row = Arrangement.objects.select_for_update().get(pk=arrangement.pk)
    refuse_edited(row.edited_at, read_at=read_at)
    Arrangement.objects.filter(pk=row.pk).update(result=check_result(result), edited_at=at)
    settle_about(row, WRITE_RESULT, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the school can do for others."""

    cluster: Cluster
    title: str
    text: str
    places: int | None
    is_help_desk: bool
    contact: Membership
    until: date | None

    def fields(self, *, today: date) -> dict[str, object]:
        """The columns. Raises OfferWithoutPlaces, OfferWithoutEnd."""
        check_offer(self.places, self.until, today=today)
        said: dict[str, object] = {"cluster": self.cluster.value, "title": self.title.strip(), "text": self.text.strip()}
        return {
            **said,
            "places": self.places,
            "is_help_desk": self.is_help_desk,
            "contact": self.contact,
            "until_at": ends_after(self.until),
        }


@action("support_offer.made", needs=Verb.WRITE, of=Record.SUPPORT_OFFER)
def make_offer(actor: Membership, school: School, offered: Offered, *, at: datetime) -> SupportOffer:  # noqa: ARG001
    """From now until its last day. Raises OfferWithoutPlaces, OfferWithoutEnd."""
    fields = offered.fields(today=timezone.localdate(at))
    return SupportOffer.objects.create(school=school, from_at=at, edited_at=at, **fields)


@action("support_offer.changed", needs=Verb.WRITE)
def change_offer(actor: Membership, offer: SupportOffer, offered: Offered, *, read_at: datetime, at: datetime) -> None:  # noqa: ARG001
    """Raises EditedMeanwhile, OfferWithoutPlaces, OfferWithoutEnd."""
    row = SupportOffer.objects.select_for_update().get(pk=offer.pk)
    refuse_edited(row.edited_at, read_at=read_at)
    SupportOffer.objects.filter(pk=row.pk).update(**offered.fields(today=timezone.localdate(at)), edited_at=at)


@action("support_offer.ended", needs=Verb.WRITE)
def end_offer(actor: Membership, offer: SupportOffer, *, at: datetime) -> None:  # noqa: ARG001
    """Over from this moment."""
    SupportOffer.objects.filter(pk=offer.pk, from_at__lt=at).update(until_at=at, edited_at=at)
