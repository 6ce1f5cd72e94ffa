"""What the first pages show: as many questions to the database for three groups as for one."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.access import Verb
from kring.core.sociometry import Participation, Sufficiency, nominations_from
from kring.core.sociometry.nominations import TOOK_PART
from kring.core.sociometry.skipping import answering
from kring.documents.calendar_file import WholeDays
from kring.web.access import may
from kring.web.school_years.models import Holiday
from kring.web.schools.models import Assignment, Enrolment, Group, Membership, Pupil, SchoolYear, live
from kring.web.schools.naming import ListedName, listed_names
from kring.web.sociograms.models import ListedPupil, Sociogram
from kring.web.sociograms.queries import questions_of, took_part_of
from kring.web.surveys.models import Invitation, Round
from kring.web.surveys.queries import RoundLine, newest_of, round_lines, rounds_of_groups, waited_for
from kring.web.tasks.models import Task

LATELY = timedelta(days=28)  # so long a sociogram with too few pupils can still be done by the others


@dataclass(frozen=True, slots=True)
class SociogramLine:
    """A sociogram with how many of the pupils on its list took part, and what that allows."""

    row: Sociogram
    listed: int
    took_part: int
    sufficiency: Sufficiency

    @property
    def too_few(self) -> bool:
        return self.sufficiency is Sufficiency.TOO_FEW


@dataclass(frozen=True, slots=True)
class RunningRound:
    """A round in one group: how many lists are in, whose are not, and the sociogram when that is what it asked."""

    round: Round
    asked: int
    done: int
    missing: tuple[ListedName, ...]
    sociogram: SociogramLine | None
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class GroupWeek:
    """A group at a glance: what runs in it, otherwise its newest round; and its newest sociogram, when it is not one that runs."""

    group: Group
    pupils: int
    running: tuple[RunningRound, ...]
    newest: RoundLine | None
    sociogram: SociogramLine | None


def group_weeks(actor: Membership, *, at: datetime) -> list[GroupWeek]:
    """The groups that I teach now."""
    groups = list(may(actor, Group, Verb.READ, at=at).select_related("year"))
    counts, lines = pupil_counts(actor, groups, at), rounds_of_groups(actor, groups)
    newest, sociograms = newest_of(lines), sociogram_lines(actor, groups)
    here = [line for line in lines if line.round.closed_at is None and line.round.asks in Round.OF_GROUPS]
    running = _running(actor, here, {(line.row.round_id, line.row.group_id): line for line in sociograms})
    drawn = (line for line in sociograms if questions_of(line.row.round))  # of parts or of bullying there is nothing to draw
    closed = {line.row.group_id: None if line.row.round.closed_at is None else line for line in drawn}
    return [
        GroupWeek(group, counts.get(group.pk, 0), tuple(running.get(group.pk, ())), newest.get(group.pk), closed.get(group.pk))
        for group in groups
    ]


def pupil_counts(actor: Membership, groups: Collection[Group], at: datetime) -> Mapping[UUID, int]:
    """How many pupils sit in these groups at this moment."""
    enrolled = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), group__in=groups)
    return dict(enrolled.order_by().values_list("group_id").annotate(pupils=Count("pupil", distinct=True)))


def _running(
    actor: Membership, lines: Iterable[RoundLine], sociograms: Mapping[tuple[UUID, UUID], SociogramLine]
) -> dict[UUID, list[RunningRound]]:
    """Per group the rounds that are not closed."""
    parts = [(line, part) for line in lines for part in line.groups]
    missing = _missing(actor, [part.group for _line, part in parts]) if parts else {}
    running: dict[UUID, list[RunningRound]] = {}
    for line, part in parts:
        here = (line.round.pk, part.group.pk)
        unnamed = line.instrument.anonymous
        names = () if unnamed else tuple(missing.get(here, ()))
        one_round = RunningRound(line.round, part.asked, part.done, names, sociograms.get(here), unnamed)
        running.setdefault(part.group.pk, []).append(one_round)
    return running


def _missing(actor: Membership, groups: Collection[Group]) -> Mapping[tuple[UUID, UUID], list[ListedName]]:
    """By round and group whose list is not in yet, in the order of their names."""
    asked = may(actor, Invitation, Verb.READ).filter(waited_for(timezone.now()), round__closed_at=None, group__in=groups)
    rows = list(asked.order_by("pupil__sort_name", "pupil_id").values_list("round_id", "group_id", "pupil_id"))
    named = listed_names([row[2] for row in rows], may(actor, Pupil, Verb.READ).filter(pk__in={row[2] for row in rows}))
    missing: dict[tuple[UUID, UUID], list[ListedName]] = {}
    for round_id, group_id, pupil in rows:
        missing.setdefault((round_id, group_id), []).append(named[str(pupil)])
    return missing


def sociogram_lines(actor: Membership, groups: Collection[Group] | None = None) -> list[SociogramLine]:
    """The sociograms of these groups, the newest last; without groups those that were closed lately."""
    rows = may(actor, Sociogram, Verb.READ).select_related("round", "group").order_by("round__opens_on", "group__name", "pk")
    found = list(rows.filter(group__in=groups) if groups is not None else rows.filter(round__closed_at__gte=timezone.now() - LATELY))
    rows_of: dict[UUID, list[tuple[Any, ...]]] = {row.pk: [] for row in found}
    listed = may(actor, ListedPupil, Verb.READ).filter(sociogram__in=found)
    for sociogram, *rest in listed.values_list("sociogram_id", "pupil_id", "participation", "skipped"):
        rows_of[sociogram].append(tuple(rest))
    return [_sociogram_line(row, answering(took_part_of(rows_of[row.pk]), questions_of(row.round))) for row in found]


def _sociogram_line(row: Sociogram, status: Mapping[str, Participation]) -> SociogramLine:
    took_part = sum(one in TOOK_PART for one in status.values())
    return SociogramLine(row, len(status), took_part, nominations_from(tuple(status), (), status).sufficiency)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many lists of the round with this title were asked of a group, and came in."""

    title: str
    asked: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class CareOverview:
    """What runs in the school, and what is left lying. By name, never by result."""

    running: tuple[RoundLine, ...]
    to_close: tuple[RoundLine, ...]
    too_few: tuple[SociogramLine, ...]
    groups: tuple[Group, ...]
    table: tuple[tuple[Group, tuple[Cell, ...]], ...]


def care_overview(actor: Membership, *, on: date) -> CareOverview:
    """The running rounds group by group."""
    running = round_lines(
        actor, may(actor, Round, Verb.READ).filter(closed_at=None, asks__in=Round.OF_GROUPS).order_by("opens_on", "title")
    )
    return CareOverview(
        running=tuple(running),
        to_close=tuple(line for line in running if line.round.closes_on < on or line.is_complete),
        too_few=tuple(line for line in sociogram_lines(actor) if line.too_few),
        groups=tuple(may(actor, Group, Verb.READ).filter(year__starts_on__lte=on, year__ends_on__gte=on)),
        table=tuple(_table(running)),
    )


def _table(running: Sequence[RoundLine]) -> Iterable[tuple[Group, tuple[Cell, ...]]]:
    """A row per group with a cell for every running round, by name."""
    cells = {(part.group.pk, line.round.pk): Cell(line.round.title, part.asked, part.done) for line in running for part in line.groups}
    groups = {part.group.pk: part.group for line in running for part in line.groups}
    for group in sorted(groups.values(), key=lambda group: group.name):
        yield group, tuple(cells.get((group.pk, line.round.pk), Cell(line.round.title)) for line in running)


@dataclass(frozen=True, slots=True)
class SchoolSize:
    """How large the school is now."""

    groups: int
    pupils: int


def school_size(actor: Membership, *, at: datetime) -> SchoolSize:
    """Groups and pupils at this moment."""
    enrolled = may(actor, Enrolment, Verb.READ, at=at).filter(live(at))
    found: dict[str, int] = enrolled.aggregate(groups=Count("group", distinct=True), pupils=Count("pupil", distinct=True))
    return SchoolSize(**found)


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil with the groups where they sit now, and who teaches there."""

    pupil: Pupil
    groups: tuple[Group, ...]
    teachers: tuple[str, ...]


def children(actor: Membership, *, at: datetime) -> list[Child]:
    """Myself, or my children, whom I may see."""
    enrolled = may(actor, Enrolment, Verb.READ, at=at).filter(live(at)).select_related("group").order_by("group__name")
    groups: dict[UUID, list[Group]] = {}
    for one in enrolled:
        groups.setdefault(one.pupil_id, []).append(one.group)
    teachers = _teachers(actor, at)
    return [
        Child(pupil, tuple(here), tuple(name for group in here for name in teachers.get(group.pk, ())))
        for pupil in may(actor, Pupil, Verb.READ, at=at)
        for here in [groups.get(pupil.pk, [])]
    ]


def _teachers(actor: Membership, at: datetime) -> Mapping[UUID, list[str]]:
    teachers: dict[UUID, list[str]] = {}
    assigned = may(actor, Assignment, Verb.READ, at=at).filter(live(at)).select_related("membership__person")
    for one in assigned.order_by("from_at", "membership__person__given_name"):
        teachers.setdefault(one.group_id, []).append(str(one.membership.person))
    return teachers


def days_of_year(actor: Membership, *, at: datetime) -> list[WholeDays]:
    """The days of the school for one's own calendar: holidays, open rounds, and how many tasks are due; never what about."""
    on = timezone.localdate(at)
    years = SchoolYear.objects.filter(school=actor.school_id, ends_on__gte=on)
    free = may(actor, Holiday, Verb.READ, at=at).filter(year__in=years)
    open_rounds = may(actor, Round, Verb.READ, at=at).filter(closed_at=None, asks__in=Round.OF_GROUPS)
    due = Counter(may(actor, Task, Verb.READ, at=at).filter(done_at=None, dropped_at=None).values_list("due_on", flat=True))
    return [
        *(WholeDays(f"holiday-{one.pk}", one.name, one.first_on, one.last_on) for one in free),
        *(WholeDays(f"round-{one.pk}", _("Afname: %(title)s") % {"title": one.title}, one.opens_on, one.closes_on) for one in open_rounds),
        *(WholeDays(f"tasks-{actor.pk}-{day}", _due_words(count), day, day) for day, count in sorted(due.items())),
    ]


def _due_words(count: int) -> str:
    return ngettext("%(count)d taak in Kring", "%(count)d taken in Kring", count) % {"count": count}
