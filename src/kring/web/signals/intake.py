"""A chore: every signal is answered in time, whom it is about hears of it, and no worry is forgotten without a word.

No event is recorded here: a task says that something has still to happen.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from kring.core.access import Role
from kring.core.calendar import Calendar
from kring.core.signals import (
    ESCALATES_AFTER,
    SERIOUS_WORRY,
    SHOWN_AFTER,
    TALKS_WITHIN,
    Answered,
    Urgency,
    age,
    is_answered,
    is_talked_about,
    urgency,
    waits_since,
)
from kring.web.models import GatheringSeat
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Assignment, Membership, School, live
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.signals.queries import groups_of
from kring.web.tasks.intake import Wanted, bring_in_step, open_tasks
from kring.web.wall import schools_open

ANSWER: Final = "signal.answer"
UNANSWERED: Final = "signal.unanswered"
TO_TIE: Final = "signal.to_tie"
TALK: Final = "signal.talk"
TALK_LATE: Final = "signal.talk_late"
STILL_THERE: Final = "signal.still_there"
TALKS: Final = (TALK, TALK_LATE)
KINDS = (ANSWER, UNANSWERED, TO_TIE, TALK, TALK_LATE, STILL_THERE)
LOOKED_BACK: Final = timedelta(days=200)
"""Older ones that were never answered stay in the list of signals; nobody gets a new task for them."""


def watch_over_signals(*, at: datetime) -> None:
    """School by school."""
    for school in School.objects.order_by("pk"):
        with schools_open([school.pk]), transaction.atomic():
            bring_in_step(school, KINDS, _wanted(school, at), at=at)


@dataclass(frozen=True, slots=True)
class _Now:
    on: date
    calendar: Calendar
    coordinators: list[UUID]
    teachers: Mapping[UUID, list[UUID]]  # by group
    groups: Mapping[UUID, list[UUID]]  # by pupil
    talks_open: frozenset[UUID]  # signals with a talk that nobody ticked off
    talked_about: frozenset[UUID]  # signals of which pupil and guardians heard in a talk

    def team_of(self, row: Signal) -> list[UUID]:
        groups = [row.group_id] if row.group_id else self.groups.get(row.pupil_id, []) if row.pupil_id else []
        return list(dict.fromkeys(hat for group in groups for hat in self.teachers.get(group, [])))


def _wanted(school: School, at: datetime) -> Iterator[Wanted]:
    rows = list(_rows(school, at))
    now = _now(school, rows, at)
    for row in rows:
        yield from _of_one(row, now)


def _rows(school: School, at: datetime) -> "QuerySet[Signal]":
    """Without those that are over."""
    answers = SignalAnswer.objects.filter(signal=OuterRef("pk")).order_by("-answered_at", "-pk")
    found = Signal.objects.filter(school=school, made_at__gt=at - LOOKED_BACK, ended_on=None, pupil__merged_at=None)
    return found.annotate(last_kind=Subquery(answers.values("kind")[:1]), last_until=Subquery(answers.values("until_on")[:1])).order_by(
        "pk"
    )


def _now(school: School, rows: Iterable[Signal], at: datetime) -> _Now:
    teachers = defaultdict(list)
    taught = Assignment.objects.filter(live(at), live(at, "membership__"), school=school, membership__person__is_active=True)
    for group, hat in taught.order_by("from_at", "pk").values_list("group_id", "membership_id"):
        teachers[group].append(hat)
    hats = Membership.objects.filter(live(at), school=school, role=Role.COORDINATOR.value, person__is_active=True)
    talks = open_tasks().filter(school=school, kind=TALK).values_list("record_id", flat=True)
    groups = groups_of([row.pupil_id for row in rows if row.pupil_id], at=at)
    return _Now(
        timezone.localdate(at),
        calendar_of(school),
        list(hats.values_list("pk", flat=True)),
        teachers,
        groups,
        frozenset(filter(None, talks)),
        talked_about([row.pk for row in rows if row.worry >= SERIOUS_WORRY]),
    )


def talked_about(signals: Collection[UUID]) -> frozenset[UUID]:
    """Those about which there was a talk with the pupil and one with a guardian; one talk may be both."""
    came = GatheringSeat.objects.filter(gathering__signal__in=signals, gathering__held_at__isnull=False, came=True)
    heard: dict[UUID, tuple[bool, bool]] = {}
    for signal, pupil, guardian in came.values_list("gathering__signal_id", "pupil_id", "guardian_id"):
        before = heard.get(signal, (False, False))
        heard[signal] = (before[0] or pupil is not None, before[1] or guardian is not None)
    return frozenset(key for key, (pupil, home) in heard.items() if is_talked_about(with_pupil=pupil, with_guardian=home))


def _of_one(row: Signal, now: _Now) -> Iterator[Wanted]:
    kind = Answered(found) if (found := getattr(row, "last_kind")) else None  # noqa: B009 (an annotation)
    until_on: date | None = getattr(row, "last_until")  # noqa: B009
    is_open = not is_answered(kind, until_on, on=now.on)
    if not row.pupil_id and not row.group_id:
        yield from _each(now.coordinators, TO_TIE, row, now.calendar.school_days_after(timezone.localdate(row.made_at), 1))
        return
    since = waits_since(timezone.localdate(row.made_at), kind, until_on)
    days = age(now.calendar, since, on=now.on)
    if is_open:
        yield from _each(now.team_of(row), ANSWER, row, now.calendar.school_days_after(since, SHOWN_AFTER))
    if is_open and urgency(days) is Urgency.TOO_LONG:
        yield from _each(now.coordinators, UNANSWERED, row, now.on)
    if row.pupil_id and row.worry >= SERIOUS_WORRY and row.shown_to_guardians_at is None and row.pk not in now.talked_about:
        yield from _talk(row, now)
    if row.pupil_id and not is_open and row.counts_until_on < now.on:
        yield from _each(now.team_of(row), STILL_THERE, row, now.calendar.school_days_after(row.counts_until_on, SHOWN_AFTER))


def _talk(row: Signal, now: _Now) -> Iterator[Wanted]:
    """Pupil and guardians hear of it from the school, and not at the third talk of the year."""
    made_on = timezone.localdate(row.made_at)
    yield from _each(now.team_of(row), TALK, row, now.calendar.school_days_after(made_on, TALKS_WITHIN))
    if row.pk in now.talks_open and age(now.calendar, made_on, on=now.on) > ESCALATES_AFTER:
        yield from _each(now.coordinators, TALK_LATE, row, now.on)


def _each(owners: Iterable[UUID], kind: str, row: Signal, due_on: date) -> Iterator[Wanted]:
    return (Wanted(owner, kind, "signal", row.pk, due_on, pupil_id=row.pupil_id) for owner in owners)
