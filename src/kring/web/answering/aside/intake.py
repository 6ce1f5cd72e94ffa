"""Setting answers aside: they came when they could not count, and nothing that somebody filled in is thrown away for that."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from kring.core.answering import Given, Kept, together
from kring.web.answering.models import SetAside
from kring.web.answering.rows import OF_GUARDIANS, ListRow, Source
from kring.web.answering.tickets import Ticket

Readers = Mapping[str, Collection[str]]


def set_aside(
    source: Source,
    row: ListRow,
    ticket: Ticket,
    given: Sequence[Given],
    *,
    at: datetime,
    handed_in: bool = False,
    readers: Readers | None = None,
) -> SetAside:
    """Beside what was set aside of this list before, of each item the latest. The list is held, so nobody else does this meanwhile."""
    of_list = {"guardian_invitation_id" if source is OF_GUARDIANS else "invitation_id": row.key}
    about = {"school_id": ticket.school, "round_id": row.round, **of_list}
    before = SetAside.objects.filter(**about).first() or SetAside(**about, answers={})
    new = {one.item: Kept(one.value, one.turn) for one in given}
    before.answers = written(together(kept(before.answers), new))
    before.readers = {**before.readers, **{item: list(chosen) for item, chosen in (readers or {}).items()}}
    before.handed_in, before.came_at, before.thrown_at = before.handed_in or handed_in, at, None
    before.save()
    return before


def kept(answers: Mapping[str, Any]) -> dict[str, Kept]:
    """As they stand in the row, back to what they are."""
    return {item: Kept(one["value"], one["turn"]) for item, one in answers.items()}


def written(answers: Mapping[str, Kept]) -> dict[str, Any]:
    """As they stand in the row."""
    return {item: {"value": one.value, "turn": one.turn} for item, one in answers.items()}
