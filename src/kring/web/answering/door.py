"""The door through which answers come in: from what a screen sends to what it hears. No cookie is read here, and no view is needed.

    POST /answers/          {"ticket", "answers": [[place, item, value], …]}                  → {"kept": highest place}
                            of a class [place, item, value, invitation, seen turn]            → {"kept", "turns", "conflicts", "aside"}
    POST /answers/hand-in/  {"ticket", "answers", "readers": {item: [membership, …]}}         → {"handed_in": true}
                            of a class {"ticket", "answers", "invitations": […]}              → {"handed_in": true, "aside": […]}
    POST /answers/sealed/   {"items": [sealed, …]}, each one of these with "route"            → {"items": [what became of each]}

Whatever cannot be taken has a reason: {"why": …} with 400, 403, 409, 410, 429 or 503. A request is kept whole or not at all. Of what was
sealed: kept, set_aside, conflict (a colleague's other answer stands), refused (it may not be kept); not_understood and broken stay on the
device, and take nothing of the others along.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from kring.core.answering import Fate, NotAnAnswer
from kring.web.answering import often
from kring.web.answering.handing_in.intake import Handed, hand_in
from kring.web.answering.nameless.intake import hand_in_nameless
from kring.web.answering.saving.intake import Outcome, save
from kring.web.answering.sealing import NotSealed, opened
from kring.web.answering.tickets import NAMELESS, For, NotATicket
from kring.web.answering.wire import NotUnderstood, Sent, message, sent
from kring.web.writer import NotWritten, is_full

log = logging.getLogger(__name__)
SAVE, HAND_IN, SEALED = "save", "hand-in", "sealed"
LARGEST: Final[Mapping[str, int]] = {SAVE: 64_000, HAND_IN: 64_000, SEALED: 1_000_000}  # bytes of a request
MOST_SEALED: Final = 200
WAIT: Final = 10  # seconds
WHY: Final[Mapping[Fate, tuple[int, str]]] = {
    Fate.HANDED_IN: (409, "handed_in"),
    Fate.CLOSED: (410, "closed"),
    Fate.ENDED: (410, "ended"),
    Fate.WITHDRAWN: (410, "withdrawn"),
    Fate.REFUSED: (410, "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the screen hears."""

    status: int
    told: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


def written(reply: Reply) -> bytes:
    """As it goes over the line."""
    return json.dumps(reply.told, separators=(",", ":")).encode()


def refused_elsewhere(site: str | None) -> Reply | None:
    """A browser says where a request comes from; from elsewhere nothing is taken, whatever ticket it bears."""
    return None if site in {None, "same-origin", "none"} else Reply(403, {"why": "elsewhere"})


def too_large() -> Reply:
    """Refused before it is read."""
    return Reply(413, {"why": "too_large"})


def answer(route: str, body: bytes, *, at: datetime, address: str = "") -> Reply:
    """Take what was sent on one of the three routes, from this address."""
    if len(body) > LARGEST[route]:
        return too_large()
    try:
        told = message(body)
        wait = _wait(route, told, at, address)
        if wait:
            return Reply(429, {"why": "often"}, {"Retry-After": str(wait)})
        return _unsealed(told, at) if route == SEALED else _taken(route, told, at)
    except NotATicket:
        return Reply(403, {"why": "ticket"})
    except NotAnAnswer as wrong:
        return Reply(400, {"why": "not_understood", "place": wrong.place, "item": wrong.item})
    except NotUnderstood:
        return Reply(400, {"why": "not_understood"})
    except NotWritten as broken:
        return Reply(503, {"why": "full" if is_full(broken) else "busy"}, {"Retry-After": str(WAIT)})


def _wait(route: str, told: Mapping[str, Any], at: datetime, address: str) -> int:
    """In how many seconds who sends this may come again."""
    if route != SEALED:
        return often.tickets.too_often(hash(str(told.get("ticket"))), at=at)
    items = told.get("items")
    return often.addresses.too_often(address, n=len(items) if isinstance(items, list) else 1, at=at)


def _taken(route: str, told: Mapping[str, Any], at: datetime) -> Reply:
    found = sent(told)
    if route == HAND_IN:
        return _handed_in(found, at)
    if found.ticket.what in NAMELESS:  # nothing of it may stand here before it is whole
        raise NotUnderstood
    return _saved(found, save(found.ticket, found.given, at=at) if found.given else Outcome())


# ---- saved ------------------------------------------------------------------------------------------------------


def _saved(found: Sent, outcome: Outcome) -> Reply:
    if found.ticket.what is For.CLASS:
        return Reply(200, {"kept": found.last, **_of_class(outcome)})
    if outcome.fates:
        return _late(next(iter(outcome.fates.values())), is_aside=bool(outcome.aside))
    return Reply(200, {"kept": found.last})


def _of_class(outcome: Outcome) -> dict[str, Any]:
    """Keys as the page knows them."""
    conflicts = [
        {
            "invitation": _key(one.given.of),
            "item": one.given.item,
            "value": one.kept.value,
            "by": _key(one.kept.by),
            "turn": str(one.kept.turn),
        }
        for one in outcome.conflicts
    ]
    turns = {f"{_key(of)}/{item}": str(turn) for (of, item), turn in outcome.turns.items()}
    aside = [{"invitation": _key(of), "why": WHY[fate][1], "set_aside": of in outcome.aside} for of, fate in outcome.fates.items()]
    return {"turns": turns, "conflicts": conflicts, "aside": aside}


def _key(hexed: str | None) -> str:
    return f"{hexed[:8]}-{hexed[8:12]}-{hexed[12:16]}-{hexed[16:20]}-{hexed[20:]}" if hexed else ""


def _late(fate: Fate, *, is_aside: bool) -> Reply:
    status, why = WHY[fate]
    return Reply(status, {"why": why, "set_aside": is_aside})


# ---- handed in --------------------------------------------------------------------------------------------------


def _handed_in(found: Sent, at: datetime) -> Reply:
    ticket = found.ticket
    if ticket.what is For.CLASS:
        return _class_handed_in(found, at)
    if ticket.what in NAMELESS:
        return _in(hand_in_nameless(ticket, found.given, at=at))
    return _in(hand_in(ticket, ticket.of, found.given, readers=found.readers, at=at))


def _in(handed: Handed) -> Reply:
    return Reply(200, {"handed_in": True}) if handed.fate is Fate.KEPT else _late(handed.fate, is_aside=handed.is_aside)


def _class_handed_in(found: Sent, at: datetime) -> Reply:
    """First what comes along, for a colleague may have answered meanwhile; then each list."""
    if not found.invitations:
        raise NotUnderstood
    outcome = save(found.ticket, found.given, at=at) if found.given else Outcome()
    if outcome.conflicts:
        return Reply(409, {"why": "conflicts", **_of_class(outcome)})
    handed = {key: hand_in(found.ticket, key, (), at=at) for key in found.invitations}
    aside = [
        {"invitation": str(key), "why": WHY[one.fate][1], "set_aside": one.is_aside}
        for key, one in handed.items()
        if one.fate is not Fate.KEPT
    ]
    return Reply(200, {"handed_in": True, "aside": aside})


# ---- from an outbox ---------------------------------------------------------------------------------------------


def _unsealed(told: Mapping[str, Any], at: datetime) -> Reply:
    """Each item by itself, in the order in which it was kept; when the database takes nothing, the whole outbox waits."""
    items = told.get("items")
    if not isinstance(items, list) or len(items) > MOST_SEALED:
        raise NotUnderstood
    return Reply(200, {"items": [_one(item, at) for item in items]})


def _one(item: object, at: datetime) -> str:
    try:
        told = message(opened(item)) if isinstance(item, str) else {}
        route = told.get("route")
        if route not in {SAVE, HAND_IN}:
            return "not_understood"
        return _became(_taken(route, told, at))
    except NotATicket:
        return "refused"
    except (NotSealed, NotAnAnswer, NotUnderstood):
        return "not_understood"
    except NotWritten:
        raise
    except Exception:
        log.exception("a sealed answer was not taken")
        return "broken"


def _became(reply: Reply) -> str:
    """Of a class the reply says 200 also when a colleague's answer stands, or the list takes no more."""
    if reply.told.get("conflicts"):
        return "conflict"
    aside = reply.told.get("aside", [])
    if reply.status == 200 and not aside:
        return "kept"
    is_aside = all(one["set_aside"] for one in aside) if aside else reply.told.get("set_aside")
    return "set_aside" if is_aside else "refused"
