"""Something that is to come, that is due or that waits: one line of the overview of care, and on top of the page of a pupil.

Each feature says its own (`due_lines`); `kring.web.care_overview` puts them together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise

from kring.web.schools.models import Membership, Pupil


@dataclass(frozen=True, slots=True)
class Due:
    """One line. `what` and `state` are Dutch words without a name; the page adds the name of the pupil or the group."""

    what: str
    url: str | Promise  # of a long list most are never shown: then it is a promise
    day: date | None = None  # since when it waits, or when it comes
    is_late: bool = False
    pupil: UUID | None = None
    group: UUID | None = None
    whom: str = ""  # where there is neither a pupil nor a group
    state: str = ""


class DueLines(Protocol):
    """What of one feature is due, as far as the actor may read it; of one pupil, when asked. Always as many queries."""

    def __call__(self, actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterable[Due]: ...
