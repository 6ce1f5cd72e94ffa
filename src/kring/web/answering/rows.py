"""The rows of many answers at once, in as few questions to the database as there are: no row becomes an object.

Whoever closes a round holds it; whoever saves holds it too, lightly, so that one waits for the other and nothing falls between. Then the
lists are held, in one order for everybody.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from kring.core.answering import Given, Kept, Value

AT_ONCE: Final = 500  # rows in one statement: SQLite counts what it is given


@dataclass(frozen=True, slots=True)
class Source:
    """Of which kind the invitations are: their table, the column of a filling that names them, the table of what is handed in, and which
    seats of their pupil were called back."""

    table: str
    column: str
    lists: str
    seats: str


CALLED_BACK: Final = "t.pupil_id = i.pupil_id AND t.called_back_at IS NOT NULL"
OF_PUPILS: Final = Source("kring_invitation", "invitation_id", "kring_submission", CALLED_BACK)
OF_GUARDIANS: Final = Source("kring_guardianinvitation", "guardian_invitation_id", "kring_guardianlist", "1 = 0")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list as it stands."""

    key: UUID
    round: UUID
    group: UUID
    withdrawn_at: Any
    is_in: bool
    filling: UUID | None
    sitting: int
    called_back: frozenset[UUID] = frozenset()  # seats in which somebody else sat


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer to be kept. `always`: what it replaces was looked at."""

    school: UUID
    filling: UUID
    given: Given
    by: UUID | None


def hold_rounds(rounds: Collection[UUID]) -> dict[UUID, bool]:
    """Which of these rounds there are, and whether each is closed. None of them is closed until the transaction ends."""
    lock = " FOR KEY SHARE" if _is_postgresql() else ""
    rows = _asked(f"SELECT id, closed_at FROM kring_round WHERE id IN ({_marks(rounds)}) ORDER BY id{lock}", _keys(rounds))  # noqa: S608
    return {_uuid(key): closed_at is not None for key, closed_at in rows}


def hold_lists(source: Source, keys: Collection[UUID]) -> dict[UUID, ListRow]:
    """These lists as they stand, held until the transaction ends.

    PostgreSQL shows in one question what was there when it began, also when it had to wait for another who hands in the list: it is held
    first, and looked at after that.
    """
    if _is_postgresql():
        _asked(f"SELECT id FROM {source.table} WHERE id IN ({_marks(keys)}) ORDER BY id FOR NO KEY UPDATE", _keys(keys))  # noqa: S608
    rows = _asked(
        "SELECT i.id, i.round_id, i.group_id, i.withdrawn_at, s.id, f.id, f.sitting, t.id"  # noqa: S608 (names of ours alone)
        f" FROM {source.table} i LEFT JOIN kring_filling f ON f.{source.column} = i.id"
        f" LEFT JOIN {source.lists} s ON s.{source.column} = i.id"
        f" LEFT JOIN kring_seat t ON {source.seats}"
        f" WHERE i.id IN ({_marks(keys)})",
        _keys(keys),
    )
    seats: dict[UUID, set[UUID]] = {}
    for key, *_rest, seat in rows:
        seats.setdefault(_uuid(key), set()).update([_uuid(seat)] if seat else [])
    return {row.key: row for row in (_list_row(told, frozenset(seats[_uuid(told[0])])) for told in rows)}


def _list_row(told: Sequence[Any], called_back: frozenset[UUID]) -> ListRow:
    key, round, group, withdrawn, done, filling, sitting, _seat = told
    found = (_uuid(key), _uuid(round), _uuid(group))
    return ListRow(*found, withdrawn, done is not None, filling and _uuid(filling), sitting or 0, called_back)


def kept_in(fillings: Collection[UUID]) -> dict[UUID, dict[str, Kept]]:
    """What is kept in these, by item; also what was taken back."""
    found: dict[UUID, dict[str, Kept]] = {one: {} for one in fillings}
    asked = f"SELECT filling_id, item, value, turn, given_by_id FROM kring_answer WHERE filling_id IN ({_marks(fillings)})"  # noqa: S608
    for filling, item, value, turn, by in _asked(asked, _keys(fillings)) if fillings else ():
        found[_uuid(filling)][item] = Kept(_value(value), turn, _uuid(by).hex if by else None)
    return found


def begin(source: Source, school: UUID, invitation: UUID, *, sitting: int, at: datetime) -> UUID:
    """A filling for a list that had none. It is held, so nobody else begins it meanwhile."""
    key = uuid4()
    columns = f"id, school_id, {source.column}, sitting, begun_at"
    given = [_key(key), _key(school), _key(invitation), sitting, connection.ops.adapt_datetimefield_value(at)]
    _done(f"INSERT INTO kring_filling ({columns}) VALUES (%s, %s, %s, %s, %s)", given)  # noqa: S608
    return key


def sit_down(fillings: Mapping[UUID, int]) -> None:
    """Somebody goes on with these in a later sitting."""
    for filling, sitting in fillings.items():
        _done("UPDATE kring_filling SET sitting = %s WHERE id = %s", [sitting, _key(filling)])


def keep(rows: Iterable[AnswerRow]) -> None:
    """Put these in the place of what is there, of one author only when they are later. Of one item of one filling there is one."""
    ordered = list(rows)
    cast = "::jsonb" if _is_postgresql() else ""
    for start in range(0, len(ordered), AT_ONCE):
        part = ordered[start : start + AT_ONCE]
        values = ", ".join([f"(%s, %s, %s, %s, %s{cast}, %s, %s)"] * len(part))
        _done(
            f"INSERT INTO kring_answer (id, school_id, filling_id, item, value, turn, given_by_id) VALUES {values}"  # noqa: S608
            " ON CONFLICT (school_id, filling_id, item) DO UPDATE"
            " SET value = excluded.value, turn = excluded.turn, given_by_id = excluded.given_by_id"
            " WHERE excluded.turn > kring_answer.turn OR excluded.given_by_id IS NOT NULL",
            [told for row in part for told in _columns(row)],
        )


def _columns(row: AnswerRow) -> Iterable[Any]:
    value = None if row.given.value is None else json.dumps(row.given.value)
    yield from (_key(uuid4()), _key(row.school), _key(row.filling), row.given.item, value, row.given.turn, row.by and _key(row.by))


# ---- what differs between the databases -------------------------------------------------------------------------


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _key(key: UUID) -> Any:
    return key if _is_postgresql() else key.hex


def _keys(keys: Iterable[UUID]) -> list[Any]:
    return [_key(key) for key in keys]


def _uuid(key: Any) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)


def _value(value: Any) -> Value:
    found: Value = json.loads(value) if isinstance(value, str) else value
    return found


def _marks(keys: Collection[UUID]) -> str:
    return ", ".join(["%s"] * len(keys))


def _asked(sentence: str, given: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sentence, given)
        return list(cursor.fetchall())


def _done(sentence: str, given: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sentence, given)
