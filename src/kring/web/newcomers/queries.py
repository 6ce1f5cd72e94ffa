"""The pupils who are followed in their first weeks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from kring.core.access import Record, Verb, roles_that
from kring.core.newcomers import Step
from kring.web.access import may
from kring.web.newcomers.models import NewcomerWatch
from kring.web.schools.models import Membership, Pupil, live

READERS = roles_that(Record.NEWCOMER_WATCH, Verb.READ)
RECENT = 20


@dataclass(frozen=True, slots=True)
class Followed:
    """One pupil who is new, and what was done."""

    row: NewcomerWatch
    done: dict[Step, date | None]
    is_late: bool

    @property
    def count(self) -> int:
        return sum(day is not None for day in self.done.values())


def followed(actor: Membership, *, at: datetime) -> list[Followed]:
    """Who is still followed, the last to come first; after them who was."""
    rows = may(actor, NewcomerWatch, Verb.READ, at=at).select_related("pupil", "group", "buddy")
    running = rows.filter(ended_at=None).order_by("-started_on", "pk")
    return [_followed(row, at) for row in [*running, *rows.exclude(ended_at=None).order_by("-ended_at", "pk")[:RECENT]]]


def one(actor: Membership, row: NewcomerWatch, *, at: datetime) -> Followed:
    """One of them."""
    return _followed(may(actor, NewcomerWatch, Verb.READ, at=at).select_related("pupil", "group", "buddy").get(pk=row.pk), at)


def _followed(row: NewcomerWatch, at: datetime) -> Followed:
    asked = [timezone.localdate(moment) if moment else None for moment in (row.buddy_asked_at, row.colleagues_asked_at)]
    done = {Step.BUDDY: asked[0], Step.COLLEAGUES: asked[1], Step.GUARDIANS: row.guardians_spoken_on, Step.TALK: row.talk_held_on}
    return Followed(row, done, row.ended_at is None and row.talk_held_on is None and row.talk_by_on < timezone.localdate(at))


def classmates(actor: Membership, row: NewcomerWatch, *, at: datetime) -> "QuerySet[Pupil]":
    """Who may walk along: of the same group now."""
    mine = may(actor, Pupil, Verb.READ, at=at).exclude(pk=row.pupil_id)
    return mine.filter(live(at, "enrolments__"), enrolments__group=row.group_id).distinct().order_by("sort_name", "pk")
