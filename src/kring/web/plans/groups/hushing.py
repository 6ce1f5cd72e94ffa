"""What people wrote in a plan, for who reads it without names: every name of the school that stands in a text becomes dots."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Model

from kring.core.anonymity import Kind, Roster, findings
from kring.web.consultations.queries import roster_of
from kring.web.schools.models import School

NAMES = frozenset({Kind.NAME, Kind.INITIALS, Kind.ADMIN_KEY})
DOTS = "…"


class Hush:
    """The names of one school, looked up once for a page, and only when a text is there."""

    def __init__(self, school: School) -> None:
        self._roster = cache(lambda: roster_of(school))

    def text(self, text: str) -> str:
        return hushed(text, self._roster()) if text else text

    def row(self, row: Model, *names: str) -> None:
        """The row in memory alone: it is shown, and never saved."""
        for name in names:
            setattr(row, name, self.text(getattr(row, name)))

    def rows(self, rows: Iterable[Model], *names: str) -> None:
        for row in rows:
            self.row(row, *names)

    def values(self, told: dict[str, Any], *names: str) -> dict[str, Any]:
        return {**told, **{name: self.text(told[name]) for name in names if told.get(name)}}


def hushed(text: str, roster: Roster) -> str:
    """From the last to the first, so that the places stay what they were."""
    for one in reversed([one for one in findings(text, roster, ages=range(0)) if one.kind in NAMES]):
        text = f"{text[: one.start]}{DOTS}{text[one.end :]}"
    return text
