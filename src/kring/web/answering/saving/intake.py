"""Answers that come in one by one, of many screens at once: what waits is kept in one transaction, and acknowledged when it is on disk.

Each delivery was checked against its list before it comes here; what can still happen to it is that its round was closed meanwhile. What
breaks on one of them is tried again apart, so that it takes nothing of the others along.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from kring.core.answering import ASIDE, Fate, Given, Kept, Meeting, Stands, latest, meeting, new_to
from kring.web.answering import rows
from kring.web.answering.aside.intake import set_aside
from kring.web.answering.saving.queries import is_refused, may_write, turns_of
from kring.web.answering.tickets import For, Ticket
from kring.web.wall import open_until_commit
from kring.web.writer import Order, Writer, in_line

SOURCES: Mapping[For, rows.Source] = {For.OWN: rows.OF_PUPILS, For.CLASS: rows.OF_PUPILS, For.GUARDIAN: rows.OF_GUARDIANS}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A colleague gave another answer meanwhile: nothing was overwritten."""

    given: Given
    kept: Kept


@dataclass(slots=True)
class Outcome:
    """What became of a delivery. `fates`: of each list whose answers do not simply count; `aside`: those that were set aside."""

    turns: dict[tuple[str, str], int] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    fates: dict[str, Fate] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)


class Delivery(Order[Outcome]):
    """The answers of one screen."""

    def __init__(self, ticket: Ticket, given: Sequence[Given], *, at: datetime) -> None:
        super().__init__(Outcome, ticket.school.hex)
        self.ticket, self.given, self.at = ticket, latest(given), at
        self.lists = {UUID(one.of) for one in self.given}


def save(ticket: Ticket, given: Sequence[Given], *, at: datetime) -> Outcome:
    """Keep these answers and come back when they are on disk. Raises NotWritten."""
    order = Delivery(ticket, given, at=at)
    if connection.in_atomic_block:  # whoever has a transaction of their own, waits for nobody
        return _kept([order])[0]
    return _writer.take(order)


def _commit(orders: list[Order[Outcome]]) -> None:
    waiting = [order for order in orders if isinstance(order, Delivery) and not order.given_up]
    try:
        with in_line():
            open_until_commit({order.ticket.school for order in waiting})
            outcomes = _kept(waiting)
    except (OperationalError, InterfaceError) as broken:  # the database itself takes nothing now, of nobody
        for order in waiting:
            order.broken = broken
    except Exception as broken:  # noqa: BLE001 (the callers hear it)
        _each_apart(waiting, broken)
    else:
        for order, outcome in zip(waiting, outcomes):
            order.results, order.is_kept = [outcome], True


def _each_apart(orders: list[Delivery], broken: Exception) -> None:
    if len(orders) == 1:
        orders[0].broken = broken
        return
    for order in orders:
        _commit([order])


_writer = Writer(_commit)


def _after_fork() -> None:
    """A child has none of the threads that wait in its parent."""
    global _writer  # noqa: PLW0603
    _writer = Writer(_commit)


os.register_at_fork(after_in_child=_after_fork)


# ---- inside the transaction -------------------------------------------------------------------------------------


def _kept(orders: Sequence[Delivery]) -> list[Outcome]:
    """The rounds first, as everywhere; then the lists of each kind."""
    closed = rows.hold_rounds({order.ticket.round for order in orders})
    outcomes = {id(order): Outcome() for order in orders}
    for source in (rows.OF_PUPILS, rows.OF_GUARDIANS):
        mine = [order for order in orders if SOURCES[order.ticket.what] is source]
        if mine:
            _Batch(source, closed, mine).keep(outcomes)
    return [outcomes[id(order)] for order in orders]


class _Batch:
    """The deliveries about lists of one kind, one after the other; what they write is written at the end, together."""

    def __init__(self, source: rows.Source, closed: Mapping[UUID, bool], orders: Sequence[Delivery]) -> None:
        self.source, self.closed, self.orders = source, closed, orders
        self.lists = rows.hold_lists(source, set().union(*(order.lists for order in orders)))
        self.fillings = {key: row.filling for key, row in self.lists.items()}
        of_classes = {key for order in orders if order.ticket.what is For.CLASS for key in order.lists}
        self.seen = rows.kept_in([filling for key in of_classes if (filling := self.fillings.get(key))])
        self.later: dict[UUID, int] = {}
        self.new: dict[tuple[UUID, str], rows.AnswerRow] = {}

    def keep(self, outcomes: Mapping[int, Outcome]) -> None:
        for order in self.orders:
            permitted = may_write(order.ticket, order.lists, at=order.at)
            for key in order.lists:
                given = [one for one in order.given if UUID(one.of) == key]
                self._one_list(order, key, given, outcomes[id(order)], is_permitted=key in permitted)
        rows.sit_down(self.later)
        rows.keep(self.new.values())

    def _one_list(self, order: Delivery, key: UUID, given: list[Given], outcome: Outcome, *, is_permitted: bool) -> None:
        row = self.lists.get(key)
        if row is None or not is_permitted or row.round != order.ticket.round or order.ticket.seat in row.called_back:
            outcome.fates[key.hex] = Fate.REFUSED
            return
        fate = self._stands(order, row).fate
        if fate is Fate.KEPT:
            self._take(order, row, given, outcome)
        elif fate is Fate.REFUSED or (new := new_to(given, turns_of(self.source, row))):
            outcome.fates[key.hex] = fate
            if fate in ASIDE:
                set_aside(self.source, row, order.ticket, new, at=order.at)
                outcome.aside.add(key.hex)

    def _stands(self, order: Delivery, row: rows.ListRow) -> Stands:
        is_closed = self.closed[row.round]
        return Stands(
            is_in=row.is_in,
            is_closed=is_closed,
            is_withdrawn=row.withdrawn_at is not None,
            is_refused=is_refused(self.source, row, is_closed=is_closed, at=order.at),
            is_live=order.ticket.is_live(order.at),
        )

    def _take(self, order: Delivery, row: rows.ListRow, given: Iterable[Given], outcome: Outcome) -> None:
        filling = self._filling(order, row)
        by = order.ticket.by
        for one in given:
            before = self.seen.setdefault(filling, {}).get(one.item) if by else None
            how = meeting(one, before, by=by.hex if by else None)
            if how is Meeting.CONFLICT and before is not None:
                outcome.conflicts.append(Conflict(one, before))
            elif how is Meeting.COUNTS:
                self._put(rows.AnswerRow(order.ticket.school, filling, one, by))
            with suppress(KeyError):
                outcome.turns[row.key.hex, one.item] = self.seen[filling][one.item].turn

    def _put(self, answer: rows.AnswerRow) -> None:
        """Of two screens with one list the later answer, also within one batch."""
        place, one = (answer.filling, answer.given.item), answer.given
        before = self.new.get(place)
        if before is None or answer.by or one.turn > before.given.turn:
            self.new[place] = answer
        if answer.by:
            self.seen[answer.filling][one.item] = Kept(one.value, one.turn, answer.by.hex)

    def _filling(self, order: Delivery, row: rows.ListRow) -> UUID:
        sitting, found = order.ticket.sitting, self.fillings[row.key]
        if found is None:
            found = rows.begin(self.source, order.ticket.school, row.key, sitting=sitting, at=order.at)
            self.fillings[row.key] = found
        elif sitting > max(row.sitting, self.later.get(found, 0)):
            self.later[found] = sitting
        return found
