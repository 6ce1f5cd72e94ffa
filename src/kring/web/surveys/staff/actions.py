"""Ask colleagues for a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.baselines import check_staff
from kring.core.instruments import About, Instrument
from kring.core.rounds import OpenRound, Window, check_overlap, check_window
from kring.web.access import NotPermitted
from kring.web.action import action
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership, School, SchoolYear
from kring.web.surveys.models import Round, StaffInvitation
from kring.web.surveys.staff.queries import staff_of
from kring.web.tasks.intake import give_task

FILL_IN = "staff_list.fill_in"
EVERYBODY = "team"


@dataclass(frozen=True, slots=True)
class ForStaff:
    """Which list, of colleagues with which roles, in which time, and about which group."""

    instrument: Instrument
    title: str
    roles: tuple[Role, ...]
    window: Window
    group: Group | None = None


@action("staff_list.opened", needs=Verb.WRITE, of=Record.ROUND)
def open_staff_list(actor: Membership, year: SchoolYear, wanted: ForStaff, *, at: datetime) -> Round:
    """Every colleague gets it as a task, on the first page. Nobody ever sees who answered what."""
    school = School.objects.select_for_update().get(pk=year.school_id)
    if wanted.group is not None and wanted.group.school_id != actor.school_id:
        raise NotPermitted
    check_window(calendar_of(school), wanted.window, on=timezone.localdate(at))
    asked = staff_of(school, wanted.roles, at=at)
    group_key = wanted.group.pk if wanted.group else None
    check_staff(asked, about_group=wanted.instrument.about is About.GROUP, group=group_key)
    about = str(group_key or EVERYBODY)
    check_overlap(wanted.window, {about: wanted.group.name if wanted.group else school.name}, _open(school, wanted.instrument.key))
    made = _round(year, wanted)
    _invite(made, asked, wanted.group, at=at)
    return made


def _round(year: SchoolYear, wanted: ForStaff) -> Round:
    return Round.objects.create(
        school_id=year.school_id,
        year=year,
        instrument=wanted.instrument.key,
        version=wanted.instrument.version,
        title=wanted.title,
        opens_on=wanted.window.opens_on,
        closes_on=wanted.window.closes_on,
        asks=Round.Asks.STAFF,
    )


def _invite(made: Round, asked: Sequence[Membership], group: Group | None, *, at: datetime) -> None:
    rows = StaffInvitation.objects.bulk_create(
        StaffInvitation(school_id=made.school_id, round=made, membership=hat, group=group) for hat in asked
    )
    for row, hat in zip(rows, asked, strict=True):
        give_task(hat, FILL_IN, due_on=made.closes_on, at=at, about=row)


def _open(school: School, key: str) -> list[OpenRound]:
    """The same list twice at once would count somebody double; about another group it is another visit."""
    found = Round.objects.filter(school=school, instrument=key, closed_at=None, asks=Round.Asks.STAFF)
    groups: dict[object, set[str]] = {}
    for round_key, group in StaffInvitation.objects.filter(round__in=found).values_list("round_id", "group_id").distinct():
        groups.setdefault(round_key, set()).add(str(group or EVERYBODY))
    return [OpenRound(one.title, Window(one.opens_on, one.closes_on), frozenset(groups.get(one.pk, ()))) for one in found]
