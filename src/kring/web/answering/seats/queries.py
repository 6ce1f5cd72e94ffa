"""The lists of a pupil: what is asked now, and what is in."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kring.core.access import Record, Verb
from kring.web.access import may
from kring.web.answering.models import Answer
from kring.web.schools.models import Membership
from kring.web.surveys.models import Invitation, Round

Rows = TypeVar("Rows", bound=QuerySet[Invitation])


@dataclass(frozen=True, slots=True)
class MyList:
    """One list. `begun`: something of it is kept already."""

    invitation: Invitation
    title: str
    minutes: int | None
    questions: int
    done: bool
    begun: bool


def asked_now(rows: QuerySet[Invitation], *, at: datetime) -> QuerySet[Invitation]:
    """Those of which answers count today, handed in or not."""
    today = timezone.localdate(at)
    asked = rows.filter(round__asks=Round.Asks.PUPILS, round__closed_at=None, round__opens_on__lte=today, withdrawn_at=None)
    return asked.select_related("round", "submission")


def is_done(invitation: Invitation) -> bool:
    """Whether this list is in."""
    return invitation.answered or hasattr(invitation, "submission")


def my_lists(actor: Membership, *, at: datetime) -> list[MyList]:
    """What is asked of me today, also whom I choose."""
    rows = may(actor, Invitation, Verb.WRITE, of=Record.OWN_LIST, at=at)
    found = list(asked_now(rows, at=at).select_related("filling").order_by("round__opens_on", "round__title"))
    return [_mine(one) for one in found]


def _mine(one: Invitation) -> MyList:
    asked = one.round.offered
    return MyList(one, asked.title, asked.minutes, asked.length, is_done(one), begun=hasattr(one, "filling"))


def how_far(actor: Membership, invitations: list[Invitation], *, at: datetime) -> dict[UUID, int]:
    """Of each list on its way how many questions have an answer; never which."""
    counted = may(actor, Answer, Verb.COUNT, at=at).filter(filling__invitation__in=invitations)
    return dict(counted.order_by().values_list("filling__invitation_id").annotate(n=Count("pk", filter=~Q(value=None))))
