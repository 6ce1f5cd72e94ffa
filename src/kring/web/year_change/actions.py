"""Preparing the change of the school year, setting it for a minute, and taking it back before that minute."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from kring.core.access import Record, Verb
from kring.core.appointing import RoleForOneself
from kring.core.next_classes import check_same_year, taken_over
from kring.core.versions import check_version
from kring.core.year_change import (
    ChangeUnderWay,
    NewGroup,
    NotATeacherHere,
    Plan,
    Way,
    check_complete,
    check_minute,
    check_not_set,
    check_rounds,
    check_take_back,
    check_years,
    destinations,
    with_groups,
    with_pupils,
    with_ways,
)
from kring.core.year_proposal import proposal
from kring.web.action import action
from kring.web.compositions.classes.queries import next_classes
from kring.web.compositions.classes.rows import forget_marks
from kring.web.compositions.models import Composition
from kring.web.people.dates import begins
from kring.web.people.intake import tell
from kring.web.schools.models import Group, Membership, School, SchoolYear
from kring.web.year_change import queries, rows
from kring.web.year_change.handovers.rows import hold_back, pass_on
from kring.web.year_change.models import YearChange
from kring.web.year_change.stored import plan_of, stored

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """From which minute, read in which version; `anyway`: with rounds that are complete and not closed."""

    minute: datetime
    read: int
    anyway: bool = False


@action("year_change.begun", needs=Verb.WRITE, of=Record.YEAR_CHANGE)
def begin_year_change(actor: Membership, from_year: SchoolYear, to_year: SchoolYear, *, at: datetime) -> YearChange:
    """A first proposal for every group; nothing changes for anybody."""
    check_years(from_year.ends_on, to_year.starts_on, label=to_year.label)
    School.objects.select_for_update().get(pk=actor.school_id)
    if YearChange.objects.filter(from_year=from_year).exists():
        raise ChangeUnderWay
    return YearChange.objects.create(
        school_id=actor.school_id,
        from_year=from_year,
        to_year=to_year,
        plan=stored(_proposed(actor, from_year, to_year, at=at)),
        made_by=actor,
        made_at=at,
        changed_by=actor,
        changed_at=at,
    )


@action("year_change.proposed_again", needs=Verb.WRITE)
def propose_again(actor: Membership, change: YearChange, *, read: int, at: datetime) -> None:
    """Begin anew with the school as it is now; what was chosen goes."""
    now = _held(change, read)
    _keep(actor, now, _proposed(actor, now.from_year, now.to_year, at=at), at=at)


@action("year_change.groups_changed", needs=Verb.WRITE)
def change_groups(actor: Membership, change: YearChange, groups: Sequence[NewGroup], *, read: int, at: datetime) -> None:
    """Other new groups, other teachers."""
    now = _held(change, read)
    before = plan_of(now.plan)
    plan = with_groups(before, groups)
    _check_teachers(actor, plan, minute=max(queries.first_minute(now), at))
    _check_own(actor, _hats(plan) - _hats(before))
    _keep(actor, now, plan, at=at)


@action("year_change.ways_changed", needs=Verb.WRITE)
def change_ways(actor: Membership, change: YearChange, ways: Mapping[tuple[str, int], str], *, read: int, at: datetime) -> None:
    """Other ways for whole year levels of groups."""
    now = _held(change, read)
    _keep(actor, now, with_ways(plan_of(now.plan), ways), at=at)


@action("year_change.pupils_changed", needs=Verb.WRITE)
def change_pupils(
    actor: Membership, change: YearChange, group: Group, chosen: Mapping[str, Way | None], *, read: int, at: datetime
) -> None:
    """Other ways for these pupils of one old group; None is the way of the class."""
    now = _held(change, read)
    _keep(actor, now, with_pupils(plan_of(now.plan), queries.in_group(now, group, at=at), chosen), at=at)


@action("year_change.classes_taken", needs=Verb.WRITE)
def take_classes(actor: Membership, change: YearChange, row: Composition, *, read: int, at: datetime) -> None:
    """The classes of a proposal become those of the plan; the letters that pupils bore in it have done their work, and go.

    Raises ClassesOfOtherYear, PupilsWithoutClass and what `taken_over` raises.
    """
    now = _held(change, read)
    check_same_year(str(row.year_id), str(now.to_year_id), label=str(now.to_year))
    classes, waiting = next_classes(actor, row, at=at)
    sits = queries.sits(now.from_year, minute=max(queries.first_minute(now), at))
    _keep(actor, now, taken_over(plan_of(now.plan), sits, classes, waiting=waiting), at=at)
    forget_marks(row)


@action("year_change.set", needs=Verb.APPLY)
def set_year_change(actor: Membership, change: YearChange, wanted: Wanted, *, at: datetime) -> None:
    """Everything at once, with dates: until the minute the old groups hold, from it on the new ones."""
    now = _held(change, wanted.read)
    minute, old, new = wanted.minute, now.from_year, now.to_year
    check_years(old.ends_on, new.starts_on, label=new.label)
    day = timezone.localdate(minute)
    check_minute(minute, at=at, day=day, old_ends_on=old.ends_on, new_ends_on=new.ends_on, label=new.label)
    waiting, complete = queries.open_rounds(actor, now)
    check_rounds(waiting=len(waiting), complete=len(complete), anyway=wanted.anyway)
    plan = plan_of(now.plan)
    _check_teachers(actor, plan, minute=minute)
    found = destinations(plan, queries.sits(old, minute=minute))
    check_complete(found, starts_on=old.starts_on, last_on=timezone.localdate(minute - A_MOMENT), label=old.label)
    now.changed = rows.write(now, plan, found, minute)
    now.minute, now.set_by, now.set_at = minute, actor, at
    now.version = now.version + 1
    now.save(update_fields=["changed", "minute", "set_by", "set_at", "version"])
    pass_on(now, at=at)
    _tell_teachers(now, plan, at=at)


@action("year_change.taken_back", needs=Verb.APPLY)
def take_back(actor: Membership, change: YearChange, *, at: datetime) -> None:  # noqa: ARG001
    """Before the minute everything becomes as it was; the plan stays, to be changed."""
    now = _alone(change)
    check_take_back(now.set_at, now.minute, at=at)
    rows.take_back(now, at=at)
    hold_back(now)
    now.changed, now.minute, now.set_by, now.set_at = {}, None, None, None
    now.version = now.version + 1
    now.save(update_fields=["changed", "minute", "set_by", "set_at", "version"])


def _held(change: YearChange, read: int) -> YearChange:
    """The plan as it is now, for whoever read this version of it."""
    now = _alone(change)
    check_not_set(now.set_at)
    check_version(read, now=now.version)
    return now


def _alone(change: YearChange) -> YearChange:
    """Whoever takes over a list of pupils of this school, or changes this plan too, comes before or after."""
    School.objects.select_for_update().get(pk=change.school_id)
    return YearChange.objects.select_for_update(of=("self",)).select_related("from_year", "to_year").get(pk=change.pk)


def _keep(actor: Membership, now: YearChange, plan: Plan, *, at: datetime) -> None:
    now.plan, now.version = stored(plan), now.version + 1
    now.changed_by, now.changed_at = actor, at
    now.save(update_fields=["plan", "version", "changed_by", "changed_at"])


def _proposed(actor: Membership, from_year: SchoolYear, to_year: SchoolYear, *, at: datetime) -> Plan:
    """The proposal, with the groups that the new year has already."""
    minute = max(begins(to_year.starts_on), at)
    sits = queries.sits(from_year, minute=minute)
    plan = proposal(queries.old_groups(from_year), sits, last_level=queries.LAST_LEVEL[actor.school.type])
    names = {one.name.casefold() for one in plan.groups}
    there = [one for one in queries.new_groups_there(to_year) if one.name.casefold() not in names]
    more = (NewGroup(f"b{number}", one.name, tuple(one.year_levels)) for number, one in enumerate(there, 1))
    return Plan((*plan.groups, *more), plan.ways, plan.pupils)


def _check_teachers(actor: Membership, plan: Plan, *, minute: datetime) -> None:
    if _hats(plan) - queries.known_teachers(actor.school_id, _hats(plan), minute=minute):
        raise NotATeacherHere


def _check_own(actor: Membership, new: Collection[str]) -> None:
    """Nobody puts oneself on a group."""
    if Membership.objects.filter(pk__in=new, person_id=actor.person_id).exists():
        raise RoleForOneself


def _hats(plan: Plan) -> set[str]:
    return {hat for one in plan.groups for hat in one.teachers}


def _tell_teachers(now: YearChange, plan: Plan, *, at: datetime) -> None:
    """Who gets a group reads it, once."""
    tell(Membership.objects.filter(pk__in=_hats(plan)), "group.yours", now, at=at)
