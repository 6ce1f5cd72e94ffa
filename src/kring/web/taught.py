"""Whether somebody teaches the group or the pupil of a row, as one condition that costs the database and Django little.

A page of a pupil asks this forty times. Built of nested querysets it cost two milliseconds of Python each time, more than the answer.
What is taught is a list that the database makes once for each question: asked anew of every row, a list of a school cost ten times as much.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from string import Formatter
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, DateTimeField, Expression, F, UUIDField, Value
from django.db.models.sql.compiler import SQLCompiler

GROUP = """{row} IN (
    SELECT taught.id FROM kring_assignment assigned JOIN kring_group taught ON taught.id = assigned.group_id
    WHERE assigned.membership_id = {who} AND assigned.from_at <= {at} AND (assigned.until_at IS NULL OR assigned.until_at > {at})
    AND NOT EXISTS (SELECT 1 FROM kring_yearchange past WHERE past.from_year_id = taught.year_id AND past.minute <= {at}))"""
"""Not a group of a year that gave way to the next: also for who was put on it after the change had been set."""

PUPIL = f"""{{row}} IN (
    SELECT sits.pupil_id FROM kring_enrolment sits
    WHERE sits.from_at <= {{at}} AND (sits.until_at IS NULL OR sits.until_at > {{at}})
    AND {GROUP.replace("{row}", "sits.group_id")})"""  # noqa: S608 (no value is in it: those are parameters)

OWN = "assigned.membership_id = {who} AND assigned.replaces_id IS NULL"
GROUP_OWN, PUPIL_OWN = (one.replace("assigned.membership_id = {who}", OWN) for one in (GROUP, PUPIL))
"""The same, and not in somebody's place."""


class Taught(Expression):
    """True of a row when this membership teaches, at this moment, the group or pupil at the end of `path`."""

    output_field = BooleanField()

    def __init__(self, condition: str, path: str, *, by: UUID, at: datetime) -> None:
        super().__init__()
        self.condition = condition
        self.asked: list[Any] = [F(path), Value(by, UUIDField()), Value(at, DateTimeField())]

    def get_source_expressions(self) -> list[Any]:
        return self.asked

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.asked = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG002
        said = dict(zip(("row", "who", "at"), (compiler.compile(one) for one in self.asked), strict=True))
        sql, params = "", list[Any]()
        for text, name in _pieces(self.condition):
            sql += text
            if name:
                sql += said[name][0]
                params += said[name][1]
        return sql, tuple(params)


@cache
def _pieces(condition: str) -> list[tuple[str, str | None]]:
    """The text up to each name in braces, with that name."""
    return [(text, name) for text, name, _format, _conversion in Formatter().parse(condition)]


def teaches_group(path: str, *, by: UUID, at: datetime) -> Taught:
    return Taught(GROUP, path, by=by, at=at)


def teaches_pupil(path: str, *, by: UUID, at: datetime) -> Taught:
    return Taught(PUPIL, path, by=by, at=at)


def teaches_as_own(path: str, *, by: UUID, at: datetime) -> Taught:
    return Taught(GROUP_OWN, path, by=by, at=at)


def teaches_pupil_as_own(path: str, *, by: UUID, at: datetime) -> Taught:
    return Taught(PUPIL_OWN, path, by=by, at=at)
