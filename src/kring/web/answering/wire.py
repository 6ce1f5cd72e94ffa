"""What a screen sends, read and checked before anything else looks at it: its ticket, and each answer against its list.

A request is kept whole or not at all. What is not understood is named by its place and item; only a screen that is not ours sends it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from kring.core.answering import PLACES, Answerable, Given, turn
from kring.core.errors import CallerMistake
from kring.library import NoSuchInstrument
from kring.web.answering.tickets import NAMELESS, For, NotATicket, Ticket, read
from kring.web.instruments.queries import instrument_in
from kring.web.wall import schools_open

MOST_ANSWERS: Final = 2_000  # in one request
MOST_READERS: Final = 20
NAMED_PARTS, CLASS_PARTS = 3, 5  # of one answer


@dataclass(eq=False, kw_only=True)
class NotUnderstood(CallerMistake):
    """This is nothing that a screen of ours sends."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one request brings. `last`: the highest place in it."""

    ticket: Ticket
    given: Sequence[Given]
    last: int
    readers: Mapping[str, Sequence[str]]
    invitations: Sequence[UUID]


def message(body: bytes) -> dict[str, Any]:
    """The object that a request is. Raises NotUnderstood."""
    try:
        told = json.loads(body, parse_constant=_no_number, parse_float=_no_number)
    except (ValueError, RecursionError):
        raise NotUnderstood from None
    if not isinstance(told, dict):
        raise NotUnderstood
    return told


def _no_number(text: str) -> float:
    raise ValueError(text)


def sent(told: Mapping[str, Any]) -> Sent:
    """What it says. Raises NotATicket, NotUnderstood and NotAnAnswer."""
    text, answers = told.get("ticket"), told.get("answers", [])
    if not isinstance(text, str):
        raise NotATicket
    ticket = read(text)
    if not isinstance(answers, list) or len(answers) > MOST_ANSWERS:
        raise NotUnderstood
    asked = _answerable(ticket.school, ticket.instrument, ticket.version)
    given = [_given(ticket, asked, one) for one in answers]
    last = max((one[0] for one in answers), default=0)
    return Sent(ticket, given, last, _readers(told.get("readers", {}), asked), _invitations(told.get("invitations", [])))


@lru_cache(maxsize=512)
def _answerable(school: UUID, key: str, version: int) -> Answerable:
    """Kept, for what is released never changes."""
    try:
        with schools_open([school]):
            return Answerable.of(instrument_in(school, key, version))
    except NoSuchInstrument:
        raise NotUnderstood from None


def _given(ticket: Ticket, asked: Answerable, one: object) -> Given:
    parts = CLASS_PARTS if ticket.what is For.CLASS else NAMED_PARTS
    if not isinstance(one, list) or len(one) != parts or not _is_number(one[0]):
        raise NotUnderstood
    place, item, value = one[:NAMED_PARTS]
    of, seen = (_uuid(one[3]), _seen(one[4])) if ticket.what is For.CLASS else (ticket.of, None)
    return Given(of.hex, item, asked.value(place, item, value), turn(ticket.sitting, place), seen)


def _seen(told: object) -> int | None:
    """A turn is beyond what a script counts exactly: it goes to the page and comes back as text."""
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) < 20:
        told = int(told)
    if told is not None and not (type(told) is int and 0 <= told < 1 << 63):
        raise NotUnderstood
    return told


def _is_number(place: object) -> bool:
    return type(place) is int and 0 < place < PLACES


def _uuid(text: object) -> UUID:
    try:
        return UUID(text) if isinstance(text, str) else _refuse()
    except ValueError:
        raise NotUnderstood from None


def _refuse() -> UUID:
    raise NotUnderstood


def _readers(told: object, asked: Answerable) -> dict[str, list[str]]:
    """By item the people whom a pupil lets read it; whether they may is asked when it is kept."""
    if not isinstance(told, dict) or not told.keys() <= asked.items.keys():
        raise NotUnderstood
    for chosen in told.values():
        if not isinstance(chosen, list) or len(chosen) > MOST_READERS:
            raise NotUnderstood
    return {item: [_uuid(one).hex for one in chosen] for item, chosen in told.items()}


def _invitations(told: object) -> list[UUID]:
    if not isinstance(told, list) or len(told) > MOST_ANSWERS:
        raise NotUnderstood
    return [_uuid(one) for one in told]


def is_nameless(ticket: Ticket) -> bool:
    """Whether nothing of it may stand on the server before it is handed in."""
    return ticket.what in NAMELESS
