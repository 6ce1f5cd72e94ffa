"""The lists of a class as a teacher has them on the page: whom they are about, where they stand, and what stands in them so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kring.core.access import Record, Verb
from kring.core.answers import Missing
from kring.core.running import Standing
from kring.core.signing_off import Doubts, doubts
from kring.web.access import may
from kring.web.answering.models import Answer, Filling
from kring.web.answering.queries import handed_in_of_class, kept_of_class
from kring.web.schools.models import Assignment, Group, Membership, live
from kring.web.schools.naming import ListedName
from kring.web.surveys.answers import given
from kring.web.surveys.models import Invitation, Round
from kring.web.surveys.running.queries import pupil_lines

FILLED_IN = frozenset({Standing.MISSING, Standing.LATER, Standing.ABSENT})
DONE = frozenset({Standing.DONE, Standing.DONE_LATE})
ASIDE = frozenset({Standing.WITHDRAWN, Standing.LEFT})


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer on its way; the turn tells which of two is newer, `by` is the membership that gave it."""

    value: Any
    turn: int
    by: UUID | None


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list: about whom, where it stands, and what was answered so far, item by item."""

    invitation: Invitation
    pupil: ListedName
    standing: Standing
    cells: Mapping[str, Cell]

    @property
    def is_open(self) -> bool:
        return self.standing in FILLED_IN

    @property
    def is_done(self) -> bool:
        return self.standing in DONE

    @property
    def answers(self) -> dict[str, int | str]:
        """Codes and reasons as a submission keeps them."""
        return {item: cell.value for item, cell in self.cells.items() if isinstance(cell.value, int | str)}

    @property
    def texts(self) -> dict[str, str]:
        return {item: cell.value["text"] for item, cell in self.cells.items() if isinstance(cell.value, dict)}

    @property
    def count(self) -> int:
        """How many items were answered."""
        return len(self.answers) + len(self.texts)


def writable(actor: Membership, round: Round, group: Group, *, at: datetime | None = None) -> QuerySet[Invitation]:
    """The lists of this round in this group that this teacher fills in; of a round that asks others there are none."""
    return may(actor, Invitation, Verb.WRITE, of=Record.TEACHER_LIST, at=at).filter(round=round, group=group)


def fills_in(actor: Membership, round: Round, group: Group) -> bool:
    """Whether this person has lists to fill in here."""
    return round.asks == Round.Asks.TEACHERS and writable(actor, round, group).exists()


def lines(actor: Membership, round: Round, group: Group, *, at: datetime) -> list[ListLine]:
    """Every list, in the order of the names, with its answers."""
    mine = set(writable(actor, round, group, at=at).values_list("pk", flat=True))
    found = [one for one in pupil_lines(actor, round, group, at=at) if one.invitation.pk in mine]
    kept = {key: _cells(rows) for key, rows in kept_of_class(actor, round, group, at=at).items()}
    handed_in = {key: _final(rows) for key, rows in handed_in_of_class(actor, round, group, at=at).items()}
    cells = {**kept, **handed_in}
    return [ListLine(one.invitation, one.pupil, one.standing, cells.get(one.invitation.pk, {})) for one in found]


def _cells(rows: Mapping[str, tuple[Any, int, UUID | None]]) -> dict[str, Cell]:
    return {item: Cell(*row) for item, row in rows.items() if row[0] is not None}


def _final(rows: Mapping[str, Any]) -> dict[str, Cell]:
    return {item: Cell(value, 0, None) for item, value in rows.items()}


def turns_in(fillings: Iterable[Filling]) -> dict[UUID, dict[str, int]]:
    """By list and item the turn that counts, also of what was taken back: what comes in late and is old, is known by it."""
    found: dict[UUID, dict[str, int]] = {}
    rows = Answer.objects.filter(filling__in=list(fillings))
    for invitation, item, turn in rows.values_list("filling__invitation", "item", "turn"):
        found.setdefault(invitation, {})[item] = turn
    return found


def colleagues(group: Group, found: Iterable[ListLine], *, at: datetime) -> dict[UUID, str]:
    """The names of who teaches this group now, and of who gave any of these answers."""
    gave = {cell.by for line in found for cell in line.cells.values() if cell.by}
    teaching = Assignment.objects.filter(live(at), group=group).values_list("membership", flat=True)
    rows = Membership.objects.filter(school=group.school_id, pk__in=gave.union(teaching)).select_related("person")
    return {one.pk: str(one.person) for one in rows}


# ---- before they are handed in ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """What can be handed in, what cannot, and what asks for a second look."""

    filled: tuple[ListLine, ...]  # something is answered
    empty: tuple[ListLine, ...]  # nothing is, and a list is waited for
    straight: tuple[ListLine, ...]
    copied: tuple[ListLine, ...]
    patterned: tuple[ListLine, ...]
    items: int

    @property
    def nearly_whole(self) -> tuple[ListLine, ...]:
        """Of which more than half is answered: these are proposed."""
        return tuple(line for line in self.filled if 2 * line.count > self.items)

    @property
    def begun(self) -> tuple[ListLine, ...]:
        return tuple(line for line in self.filled if 2 * line.count <= self.items)

    @property
    def doubts(self) -> bool:
        return bool(self.straight or self.copied or self.patterned)


def ready(round: Round, found: Iterable[ListLine]) -> Ready:
    """Of these lists those that are on their way."""
    waiting = [line for line in found if line.is_open]
    filled = tuple(line for line in waiting if line.count)
    empty = tuple(line for line in waiting if not line.count)
    seen: Doubts = doubts(round.offered, [_given(line) for line in filled])
    straight, copied, patterned = (tuple(filled[place] for place in places) for places in (seen.straight, seen.copied, seen.patterned))
    return Ready(filled, empty, straight, copied, patterned, items=len(round.offered.items))


def _given(line: ListLine) -> Mapping[str, int | Missing]:
    return given(line.answers)
