"""A ticket: what lets one screen send answers. It says what for and until when, signed; with it no cookie is read.

    issue(invitation, at=now, until=end_of_lesson) -> Ticket        # of a pupil, a guardian or a colleague; written: ticket.text
    issue(invitation, …, seat=seat.pk) -> Ticket                    # of a pupil at a tablet: called back with that seat
    issue_for_class(round, group, actor, at=now, until=…) -> Ticket  # of a teacher, about the whole class

`until` is when the one who fills in has to stop (the end of the lesson, of the session); what was filled in by then may still come in
from an outbox for a week after that. What comes even later is set aside, and so is what bears a ticket from the future: then some clock
was wrong, and a ticket never lives longer than was planned.

Making a ticket changes nothing in the database: a page may be asked as often as one likes. Each ticket is a new sitting: its answers go
before those of an earlier sitting, in whatever order they arrive.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.conf import settings

from kring.core.answering import sitting_at
from kring.web.schools.models import Group, Membership
from kring.web.surveys.models import GuardianInvitation, Invitation, Round, StaffInvitation

DELIVERY: Final = timedelta(days=7)
CLOCKS_DIFFER: Final = timedelta(minutes=5)
SEAL: Final = 16  # bytes of the signature
LONGEST: Final = 600  # characters of a ticket


class For(StrEnum):
    """What is filled in with it."""

    OWN = "own"  # one named list about a pupil, by the pupil
    GUARDIAN = "guardian"  # one named list about a pupil, by a guardian
    CLASS = "class"  # the named lists about the pupils of a group, by a teacher
    BOX = "box"  # a list without names, by a pupil
    STAFF = "staff"  # a list without names, by a colleague


NAMELESS: Final = frozenset({For.BOX, For.STAFF})
"""Nothing of these stands on the server until it is handed in."""


class NotATicket(Exception):
    """It was not made here."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a screen may send. `of` is the invitation, of a class the group; `by` the teacher."""

    what: For
    school: UUID
    round: UUID
    of: UUID
    by: UUID | None
    instrument: str
    version: int
    sitting: int
    issued: int  # seconds
    until: int
    seat: UUID | None = None
    text: str = ""

    def is_live(self, at: datetime) -> bool:
        """Whether what comes with it counts."""
        return self.issued - CLOCKS_DIFFER.total_seconds() <= at.timestamp() < self.until


def issue(asked: Invitation | GuardianInvitation | StaffInvitation, *, at: datetime, until: datetime, seat: UUID | None = None) -> Ticket:
    """For one list. Its round is read: take it along with `select_related("round")`."""
    return _made(_what(asked), asked.round, asked.pk, None, _earlier(asked), at, until, seat)


def issue_for_class(round: Round, group: Group, actor: Membership, *, earlier: int = 0, at: datetime, until: datetime) -> Ticket:
    """For the lists about the pupils of a group. `earlier`: the highest sitting of the answers that the page shows."""
    return _made(For.CLASS, round, group.pk, actor.pk, earlier, at, until)


def _what(asked: Invitation | GuardianInvitation | StaffInvitation) -> For:
    if isinstance(asked, StaffInvitation):
        return For.STAFF
    if isinstance(asked, GuardianInvitation):
        return For.GUARDIAN
    return For.BOX if asked.round.offered.anonymous else For.OWN


def _earlier(asked: Invitation | GuardianInvitation | StaffInvitation) -> int:
    filling = getattr(asked, "filling", None)
    return filling.sitting if filling is not None else 0


def _made(  # noqa: PLR0913
    what: For, round: Round, of: UUID, by: UUID | None, earlier: int, at: datetime, until: datetime, seat: UUID | None = None
) -> Ticket:
    sitting, issued = sitting_at(at, earlier=earlier), int(at.timestamp())
    ends = int((until + DELIVERY).timestamp())
    ticket = Ticket(what, round.school_id, round.pk, of, by, round.instrument, round.version, sitting, issued, ends, seat)
    return read(_signed(ticket))


def _signed(ticket: Ticket) -> str:
    by = ticket.by.hex if ticket.by else ""
    of = (ticket.what.value, ticket.school.hex, ticket.round.hex, ticket.of.hex, by)
    seat = [ticket.seat.hex] if ticket.seat else []
    told = json.dumps([*of, ticket.instrument, ticket.version, ticket.sitting, ticket.issued, ticket.until, *seat], separators=(",", ":"))
    return urlsafe_b64encode(_seal(told.encode()) + told.encode()).decode().rstrip("=")


@lru_cache(maxsize=8192)
def read(text: str) -> Ticket:
    """What this ticket says. Raises NotATicket. Whether its time is over is asked apart."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4)) if len(text) <= LONGEST else b""
    except ValueError:
        raise NotATicket from None
    if not hmac.compare_digest(raw[:SEAL], _seal(raw[SEAL:])):
        raise NotATicket
    what, school, round_, of, by, instrument, version, sitting, issued, until, *seat = json.loads(raw[SEAL:])
    whose = (UUID(school), UUID(round_), UUID(of), UUID(by) if by else None)
    return Ticket(For(what), *whose, instrument, version, sitting, issued, until, UUID(seat[0]) if seat else None, text)


def _seal(told: bytes) -> bytes:
    return hmac.digest(_key(settings.SECRET_KEY), told, "sha256")[:SEAL]


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"kring ticket of answers", hashlib.sha256)
