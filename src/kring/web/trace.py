"""Write down who did and who saw what: ids only. Actions and the guard call this, and work in the background for its author."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils import timezone

from kring.web.audit.models import Event, Reading
from kring.web.schools.models import Membership


def record_event(actor: Membership, subject: Model, event: str) -> None:
    """Something was done to this record."""
    Event.objects.create(name=event, **_who(actor), **_what(subject))


def record_readings(actor: Membership, rows: Iterable[Model], *, route: str) -> None:
    """These records were shown on this route."""
    Reading.objects.bulk_create(Reading(route=route, **_who(actor), **_what(row)) for row in rows)


def _who(actor: Membership) -> dict[str, object]:
    return {
        "at": timezone.now(),
        "school_id": actor.school_id,
        "person_id": actor.person_id,
        "actor_id": actor.pk,
        "role": actor.role,
    }


def _what(row: Model) -> dict[str, object]:
    return {"record": row._meta.model_name or "", "record_id": row.pk}
