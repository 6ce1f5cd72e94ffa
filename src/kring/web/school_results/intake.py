"""The figures of closed rounds: counted once, kept, and not counted again for a few lists more.

A chore. Nothing is recorded, for nobody did it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from kring.core.care import RED_NEEDED
from kring.core.disclosure import frozen_set
from kring.web.school_results.counting import Cells, Row, counted, k_of
from kring.web.school_results.models import Ambition, Snapshot
from kring.web.schools.models import Enrolment, Group, School
from kring.web.surveys.answers import given
from kring.web.surveys.models import AnonymousSubmission, Invitation, Round, Submission
from kring.web.wall import schools_open

CARE = "care"


def count_closed_rounds(*, at: datetime) -> None:
    """Of every school, each behind its own wall."""
    for school in School.objects.order_by("pk"):
        with schools_open([school.pk]):
            count_rounds(school, at=at)


def count_rounds(school: School, *, at: datetime) -> None:
    """Every round that was closed since its figures were made, or has none."""
    closed = Round.objects.filter(school=school, closed_at__isnull=False, asks__in=Round.OF_GROUPS)
    new = Q(snapshot=None) | Q(snapshot__kept_at=None, closed_at__gt=F("snapshot__made_at")) | Q(closed_at__gt=F("snapshot__kept_at"))
    for one in closed.filter(new).order_by("closed_at"):
        if one.offered.scales:
            count_round(one, at=at)


def count_round(round: Round, *, at: datetime) -> None:
    """Make its figures, or leave those that stand when the difference would tell about a few."""
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=round.pk)
        if held.closed_at is None:
            return
        cells, before = _cells(held, at), Snapshot.objects.filter(round=held).first()
        if before is None:
            Snapshot.objects.create(school_id=held.school_id, round=held, cells=cells, made_at=at)
        elif before.cells["by_group"] == cells["by_group"]:
            Snapshot.objects.filter(pk=before.pk).update(made_at=at, kept_at=None)
        elif _may_give_way(before.cells, cells, k_of(held.offered)):
            Snapshot.objects.filter(pk=before.pk).update(cells=cells, made_at=at, kept_at=None)
        else:
            Snapshot.objects.filter(pk=before.pk).update(kept_at=at)


def _may_give_way(before: Cells, now: Cells, k: int) -> bool:
    """By the number of lists of each group: lists are only added."""
    published, current = (_as_lists(cells["by_group"]) for cells in (before, now))
    return frozen_set(published, current, k=k).renewed


def _as_lists(by_group: Mapping[str, int]) -> dict[str, list[int]]:
    return {group: list(range(n)) for group, n in by_group.items()}


def _cells(round: Round, at: datetime) -> Cells:
    asked = round.offered
    rows = list(_unnamed(round) if asked.anonymous else _named(round))
    return counted(asked, rows, reds_needed=_reds_needed(round.school_id, at))


def _reds_needed(school: UUID, at: datetime) -> int:
    """As the school had chosen when the round was closed."""
    newest = Ambition.objects.filter(school=school, part=CARE, set_at__lte=at).order_by("-set_at").first()
    return newest.reds_needed if newest and newest.reds_needed else RED_NEEDED


def _named(round: Round) -> Iterator[Row]:
    asked = Invitation.objects.filter(Q(withdrawn_at=None) | Q(submission__isnull=False), round=round, pupil__merged_at=None)
    listed = list(asked.order_by("pk").values_list("pk", "group_id", "pupil_id"))
    answers = dict(Submission.objects.filter(invitation__round=round).values_list("invitation_id", "answers"))
    groups = Group.objects.in_bulk({row[1] for row in listed})
    sat = Enrolment.objects.filter(group__in=groups, pupil__in=Invitation.objects.filter(round=round).values("pupil"))
    levels = {(pupil, group): level for pupil, group, level in sat.order_by("from_at").values_list("pupil_id", "group_id", "year_level")}
    for key, group, pupil in listed:
        level = levels.get((pupil, group), groups[group].year_levels[0])
        yield Row(groups[group].name, (level,), given(answers.get(key, {})))


def _unnamed(round: Round) -> Iterator[Row]:
    """Each list that came in, and an empty one for each that did not: nobody knows whose."""
    invited: dict[UUID, int] = defaultdict(int)
    for group in Invitation.objects.filter(round=round, withdrawn_at=None).values_list("group_id", flat=True):
        invited[group] += 1
    came = AnonymousSubmission.objects.filter(round=round, group__isnull=False).order_by("pk").values_list("group_id", "answers")
    by_group: dict[UUID, list[Mapping[str, int | str]]] = {group: [] for group in invited}
    for key, answers in came:
        by_group.setdefault(key, []).append(answers)
    groups = Group.objects.in_bulk(by_group)
    for key, lists in by_group.items():
        missing: list[Mapping[str, int | str]] = [{} for _one in range(invited[key] - len(lists))]
        for answers in [*lists, *missing]:
            yield Row(groups[key].name, tuple(groups[key].year_levels), given(answers))
