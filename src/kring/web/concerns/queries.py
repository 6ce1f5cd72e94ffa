"""A worry as the pupil reads it, as who was chosen reads it, and how many wait: never who."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from kring.core.access import Record, Verb, roles_that
from kring.core.talks import is_too_late
from kring.web.access import may
from kring.web.concerns.models import ConcernMessage, PeerConcern
from kring.web.schools.models import Membership

CHOSEN = roles_that(Record.PEER_CONCERN, Verb.ANSWER)
RECENT = 20


@dataclass(frozen=True, slots=True)
class Worry:
    """One worry with its turns."""

    row: PeerConcern
    receiver: str
    turns: tuple[ConcernMessage, ...]
    is_late: bool

    @property
    def who(self) -> str:
        """The name of the pupil, when it was given."""
        return str(self.row.pupil) if self.row.pupil_id else ""

    @property
    def is_handed_on(self) -> bool:
        """Who was told first works here no longer."""
        return any(not turn.is_of_pupil and turn.by_id is None for turn in self.turns)


def _with_turns(rows: "QuerySet[PeerConcern]") -> "QuerySet[PeerConcern]":
    turns = Prefetch("messages", queryset=ConcernMessage.objects.select_related("by__person").order_by("turn"))
    return rows.select_related("receiver__person", "pupil").prefetch_related(turns)


def _read(rows: Iterable[PeerConcern], at: datetime) -> list[Worry]:
    on = timezone.localdate(at)
    return [
        Worry(row, str(row.receiver.person), tuple(row.messages.all()), row.answered_at is None and is_too_late(row.answer_by_on, on=on))
        for row in rows
    ]


def told_by(actor: Membership, *, at: datetime) -> list[Worry]:
    """What I told with my name, the newest first."""
    rows = may(actor, PeerConcern, Verb.READ, at=at).order_by("-asked_at", "pk")
    return _read(_with_turns(rows)[:RECENT], at)


def told_to(actor: Membership, *, at: datetime) -> list[Worry]:
    """What pupils told me: what waits for an answer first, by the promised day."""
    rows = may(actor, PeerConcern, Verb.READ, at=at)
    waiting = _with_turns(rows.filter(ended_at=None).order_by("answered_at", "answer_by_on", "pk"))
    ended = _with_turns(rows.exclude(ended_at=None).order_by("-ended_at", "pk"))[:RECENT]
    return _read([*waiting, *ended], at)


def one_worry(row: PeerConcern, *, at: datetime) -> Worry:
    """One of them."""
    return _read(_with_turns(PeerConcern.objects.filter(pk=row.pk)), at)[0]


def late_elsewhere(actor: Membership, *, at: datetime) -> list[tuple[str, date]]:
    """With whom a pupil waits longer than was promised, and since when: never which pupil."""
    rows = may(actor, PeerConcern, Verb.COUNT, at=at).filter(answered_at=None, ended_at=None, answer_by_on__lt=timezone.localdate(at))
    others = rows.exclude(receiver=actor).select_related("receiver__person").order_by("answer_by_on", "pk")
    return [(str(row.receiver.person), row.answer_by_on) for row in others]
