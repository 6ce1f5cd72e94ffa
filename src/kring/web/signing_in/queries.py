"""Who is who at the door."""

from datetime import datetime
from uuid import UUID

from kring.web.accounts.models import Person
from kring.web.schools.models import Membership, live


def person_called(name: str) -> Person | None:
    """By user name, in any case of letters, as the login itself looks."""
    return Person.objects.filter(username__iexact=name.strip()).first()


def schools_of(person: Person, *, at: datetime) -> set[UUID]:
    """Where this person holds a role."""
    return set(Membership.objects.filter(live(at), person=person).values_list("school_id", flat=True))
