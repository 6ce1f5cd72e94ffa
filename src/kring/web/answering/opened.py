"""How often a list that was handed in was opened, answer by answer: from the log of reading, so that whoever filled it in can know."""

from datetime import datetime
from uuid import UUID

from kring.core.access import FAMILY, Verb
from kring.web.access import may
from kring.web.audit.models import Entry
from kring.web.schools.models import Membership

OPENED = ("page.read", "page.printed", "file.exported", "report.made")


def times_opened(actor: Membership, handed_in: UUID, *, since: datetime, at: datetime) -> int:
    """By people of the school or its partners; one's own looks and those of the family do not count."""
    rows = may(actor, Entry, Verb.READ, at=at).filter(record_id=handed_in, name__in=OPENED, outcome="done", at__gte=since)
    return rows.exclude(role__in=[role.value for role in FAMILY]).exclude(person_id=actor.person_id).count()
