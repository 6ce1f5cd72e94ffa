"""What somebody must know and has not said to have seen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from kring.core.access import Role, Verb, rule_of
from kring.web.access import may
from kring.web.people.models import Notice
from kring.web.people.notices.words import LEADS_TO, WORDS
from kring.web.schools.models import Membership

MOST = 20


@dataclass(frozen=True, slots=True)
class Message:
    """A notice in words, with where to go."""

    key: UUID
    text: str
    at: datetime
    url: str


def unseen(actor: Membership) -> list[Message]:
    """The newest first."""
    rows = may(actor, Notice, Verb.READ).filter(seen_at=None).order_by("-at", "pk")[:MOST]
    return [Message(row.pk, str(WORDS.get(row.event, row.event)), row.at, _address(actor, row.event)) for row in rows]


def _address(actor: Membership, event: str) -> str:
    route, record = LEADS_TO.get(event, ("", None))
    return reverse(route, args=[actor.pk]) if record and rule_of(Role(actor.role), record, Verb.READ) else ""
