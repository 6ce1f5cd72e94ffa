"""What people wrote in a plan, for who reads it without names: names of the school that stand in a text become dots (core.hushing)."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Model

from kring.core.hushing import hushed
from kring.web.consultations.queries import roster_of
from kring.web.plans.groups.rows import names_in
from kring.web.schools.models import Group, School


class Hush:
    """The names of one school and those of the group, looked up once for a page, and only when a text is there."""

    def __init__(self, school: School, group: Group | None) -> None:
        self._roster = cache(lambda: roster_of(school))
        self._near = cache(lambda: names_in(group) if group else frozenset())

    def text(self, text: str) -> str:
        return hushed(text, self._roster(), near=self._near()) if text else text

    def row(self, row: Model, *names: str) -> None:
        """The row in memory alone: it is shown, and never saved."""
        for name in names:
            setattr(row, name, self.text(getattr(row, name)))

    def rows(self, rows: Iterable[Model], *names: str) -> None:
        for row in rows:
            self.row(row, *names)

    def values(self, told: dict[str, Any], *names: str) -> dict[str, Any]:
        return {**told, **{name: self.text(told[name]) for name in names if told.get(name)}}
