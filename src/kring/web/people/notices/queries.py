"""What somebody must know and has not said to have seen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from kring.core.access import Role, Verb, rule_of
from kring.web.access import may
from kring.web.people.models import Notice
from kring.web.people.notices.words import LEADS_TO, WITH_KEY, WORDS
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
    return [Message(row.pk, str(WORDS.get(row.event, row.event)), row.at, _address(actor, row)) for row in rows]


def _address(actor: Membership, notice: Notice) -> str:
    route, record = LEADS_TO.get(notice.event, ("", None))
    if record is None or not rule_of(Role(actor.role), record, Verb.READ):
        return ""
    return reverse(route, args=[actor.pk, notice.record_id] if route in WITH_KEY else [actor.pk])
