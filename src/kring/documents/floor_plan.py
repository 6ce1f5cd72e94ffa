"""Who sits where, on paper: the room with large names for whoever takes over, a list per table, and a card for each table.

Nothing of why: no wish, no choice and no reason can come in here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kring.documents.figures import day
from kring.documents.lettering import width_of
from kring.documents.motif import motif
from kring.documents.pages import language
from kring.documents.paper import Data, typeset
from kring.documents.printable import printable

ROOM_WIDTH, ROOM_HEIGHT = 273.0, 132.0  # millimetres for the desks
LARGEST, SMALLEST = 22.0, 8.0  # points
MM_PER_POINT = 0.3528
TALLEST_DESK, WIDEST_DESK = 26.0, 46.0
AISLE = 0.5  # of the width of a desk: a row or column where none stands


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk by its row, 0 in front, and its column as a pupil sees it who looks at the board; `name` is empty when nobody sits there."""

    row: int
    column: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, a row or a work group, with who sits there."""

    name: str
    pupils: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What stands on the paper. Without desks there are only the tables; `waiting` have no place yet."""

    title: str
    group: str
    school: str
    made_on: date
    desks: tuple[Desk, ...] = ()
    tables: tuple[Table, ...] = ()
    waiting: tuple[str, ...] = ()
    doors: frozenset[str] = frozenset()  # the corners where one comes in: front-left, front-right, back-left, back-right


def floor_plan_pdf(room: Room) -> bytes:
    """The room as a pupil sees it, the room as seen from the board, and the list. An A4 page each, lying."""
    data: Data = {
        **_head(room, kind=_("Plattegrond")),
        "board": _("Bord"),
        "views": [_view(room, turned=False), _view(room, turned=True)] if room.desks else [],
        "door": _("deur"),
        "lists_title": _("Wie zit waar?"),
        "lists": _lists(room),
    }
    return typeset("floor_plan", data, on=room.made_on)


def table_cards_pdf(room: Room) -> bytes:
    """A card for each table, two on a page, to stand on it."""
    cards = [
        {"name": printable(table.name), "pupils": [printable(pupil) for pupil in table.pupils], "size": _card_size(table)}
        for table in room.tables
        if table.pupils
    ]
    return typeset("table_cards", {**_head(room, kind=_("Kaarten voor op tafel")), "cards": cards}, on=room.made_on)


def _head(room: Room, *, kind: str) -> dict[str, object]:
    return {
        "title": printable(f"{kind} {room.group}".strip()),
        "name": printable(room.title),
        "author": printable(room.school or "Kring"),
        "language": language(),
        "facts": [printable(fact) for fact in (room.school, room.group, _("gemaakt op %(day)s") % {"day": day(room.made_on)}) if fact],
        "motif": motif().paper,
        "foot": _("Alleen namen en plaatsen. Gooi dit papier weg als de plaatsen veranderen."),
    }


def _lists(room: Room) -> list[Data]:
    found = [_list(table.name, table.pupils) for table in room.tables if table.pupils]
    return [*found, _list(_("Nog geen plaats"), room.waiting)] if room.waiting else found


def _list(name: str, pupils: Sequence[str]) -> Data:
    return {"name": printable(name), "pupils": [printable(pupil) for pupil in pupils]}


def _view(room: Room, *, turned: bool) -> Data:
    """The desks from one side: turned, the first row lies below and left is right."""
    rows, columns = ({getattr(desk, axis) for desk in room.desks} for axis in ("row", "column"))
    widths, heights = _shared(columns, ROOM_WIDTH, WIDEST_DESK), _shared(rows, ROOM_HEIGHT, TALLEST_DESK)
    at = {(desk.row, desk.column): desk.name for desk in room.desks}
    step = -1 if turned else 1
    widest, tallest = max(widths.values()), max(heights.values())
    size = _name_size([desk.name for desk in room.desks], widest, tallest)
    return {
        "heading": _("Gezien vanaf het bord") if turned else _("Gezien door wie naar het bord kijkt"),
        "turned": turned,
        "doors": [[_corner(end, side, turned=turned) in room.doors for side in ("left", "right")] for end in ("front", "back")],
        "widths": [*widths.values()][::step],
        "heights": [*heights.values()][::step],
        "size": size,
        "desks": [[_desk(at.get((row, column)), size, widest) for column in [*widths][::step]] for row in [*heights][::step]],
    }


def _corner(end: str, side: str, *, turned: bool) -> str:
    """The corner of the room that lies at this end and side of the paper; turned, what lies below is in front."""
    if turned:
        end, side = {"front": "back", "back": "front"}[end], {"left": "right", "right": "left"}[side]
    return f"{end}-{side}"


def _shared(used: set[int], room: float, most: float) -> dict[int, float]:
    """Every row or column from the first to the last with its share of the room."""
    parts = {line: 1.0 if line in used else AISLE for line in range(min(used), max(used) + 1)}
    unit = min(most, room / sum(parts.values()))
    return {line: part * unit for line, part in parts.items()}


def _desk(name: str | None, size: float, width: float) -> Data:
    """No desk; an empty desk; a desk with a name, smaller when it would not fit."""
    if name is None:
        return {"is_desk": False, "name": "", "size": size}
    own = min((_fitting(word, width) for word in name.split()), default=size)
    return {"is_desk": True, "name": printable(name), "size": min(size, own)}


def _name_size(names: Sequence[str], width: float, height: float) -> float:
    """One size for all names, as large as most of them allow; only the few long ones are smaller."""
    fitting = sorted(min(_fitting(word, width) for word in name.split()) for name in names if name.split())
    usual = fitting[len(fitting) // 4] if fitting else LARGEST
    return max(SMALLEST, min(LARGEST, usual, height / MM_PER_POINT / 2.8))


def _fitting(word: str, width: float) -> float:
    """The size at which a word fits on a desk."""
    return max(SMALLEST, min(LARGEST, (width - 6) / MM_PER_POINT / width_of(word, 1)))


def _card_size(table: Table) -> float:
    """Names as large as the card allows."""
    longest = max(width_of(pupil, 1) for pupil in table.pupils)
    return max(12.0, min(34.0, 165 / MM_PER_POINT / longest, 92 / MM_PER_POINT / (1.35 * len(table.pupils))))
