"""Keeping the organisations up to date."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kring.core.access import Record, Verb
from kring.core.catalogue import refuse_listed
from kring.web.action import action
from kring.web.catalogue.models import Organisation
from kring.web.schools.models import Membership, School


@dataclass(frozen=True, slots=True)
class Described:
    """What stands in the entry."""

    name: str
    kind: str
    offer: str
    contact: str


@action("organisation.added", needs=Verb.WRITE, of=Record.ORGANISATION)
def add_organisation(actor: Membership, school: School, described: Described, *, on: date) -> Organisation:  # noqa: ARG001
    """A new entry, looked after today. Raises OrganisationListedTwice."""
    refuse_listed(described.name, _names(school.pk))
    return Organisation.objects.create(school=school, checked_on=on, **_fields(described))


@action("organisation.changed", needs=Verb.WRITE)
def change_organisation(actor: Membership, organisation: Organisation, described: Described, *, on: date) -> None:  # noqa: ARG001
    """Write the entry anew; whoever does has looked after it."""
    refuse_listed(described.name, _names(organisation.school_id, but=organisation))
    Organisation.objects.filter(pk=organisation.pk).update(checked_on=on, **_fields(described))


@action("organisation.checked", needs=Verb.WRITE)
def check_organisation(actor: Membership, organisation: Organisation, *, on: date) -> None:  # noqa: ARG001
    """Everything that stands here is still true."""
    Organisation.objects.filter(pk=organisation.pk).update(checked_on=on)


def _names(school: UUID, *, but: Organisation | None = None) -> list[str]:
    others = Organisation.objects.filter(school_id=school).exclude(pk__in=[but.pk] if but else [])
    return list(others.values_list("name", flat=True))


def _fields(described: Described) -> dict[str, str]:
    return {"name": described.name, "kind": described.kind, "offer": described.offer, "contact": described.contact}
