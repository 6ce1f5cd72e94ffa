"""Make, rename and end groups of a school year, and bundle the parallel ones."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db.models import ProtectedError

from kring.core.access import Record, Verb
from kring.core.grouping import (
    BundledAlready,
    GroupHasPupils,
    GroupNameTaken,
    GroupWithoutLevel,
    LevelStillUsed,
    check_bundle,
)
from kring.core.school_types import SchoolType, check_levels
from kring.web.action import action
from kring.web.roster.forming import queries
from kring.web.schools.models import Assignment, Bundle, Group, Membership, School, SchoolYear


@dataclass(frozen=True, slots=True)
class WantedGroup:
    """A group as somebody wrote it."""

    name: str
    levels: tuple[int, ...]


@action("groups.made", needs=Verb.WRITE, of=Record.GROUP)
def make_groups(actor: Membership, year: SchoolYear, wanted: Sequence[WantedGroup]) -> None:  # noqa: ARG001
    """All of them or none. Raises GroupNameTaken, GroupWithoutLevel, LevelNotOfSchool."""
    school = School.objects.select_for_update().get(pk=year.school_id)
    taken = queries.names_taken(year)
    for one in wanted:
        _check(one, taken, school)
        taken.add(one.name.casefold())
    Group.objects.bulk_create(Group(school=school, year=year, name=one.name, year_levels=list(one.levels)) for one in wanted)


def _check(wanted: WantedGroup, taken: set[str], school: School) -> None:
    if wanted.name.casefold() in taken:
        raise GroupNameTaken(name=wanted.name)
    if not wanted.levels:
        raise GroupWithoutLevel(name=wanted.name)
    check_levels(SchoolType(school.type), wanted.levels)


@action("group.changed", needs=Verb.WRITE)
def change_group(actor: Membership, group: Group, wanted: WantedGroup, *, at: datetime) -> None:  # noqa: ARG001
    """Another name or other year levels. Raises also LevelStillUsed, BundleOfDifferentLevels."""
    school = School.objects.select_for_update().get(pk=group.school_id)
    _check(wanted, queries.names_taken(group.year, but=group.pk), school)
    for level in sorted(queries.levels_used(group, at=at) - {*wanted.levels}):
        raise LevelStillUsed(level=level)
    if group.bundle is not None:
        beside = [tuple(one.year_levels) for one in group.bundle.groups.exclude(pk=group.pk)]
        check_bundle([wanted.levels, *beside], [group.year_id])
    group.name, group.year_levels = wanted.name, list(wanted.levels)
    group.save(update_fields=["name", "year_levels"])


@action("group.ended", needs=Verb.WRITE)
def end_group(actor: Membership, group: Group, *, at: datetime) -> None:  # noqa: ARG001
    """Nobody teaches it any more, and a group in which nobody ever sat is gone. Raises GroupHasPupils."""
    School.objects.select_for_update().get(pk=group.school_id)
    sits = queries.sits_now(group, at=at)
    if sits:
        raise GroupHasPupils(pupils=sits)
    _out_of_bundle(group)
    turns = Assignment.objects.filter(group=group)
    turns.filter(from_at__gte=at).delete()
    turns.filter(from_at__lt=at).exclude(until_at__lte=at).update(until_at=at)
    with suppress(ProtectedError):  # something is remembered of it
        Group.objects.filter(pk=group.pk).delete()


def _out_of_bundle(group: Group) -> None:
    """A bundle of which one group is left is none."""
    bundle = group.bundle
    if bundle is None:
        return
    Group.objects.filter(pk=group.pk).update(bundle=None)
    if bundle.groups.count() < 2:
        Bundle.objects.filter(pk=bundle.pk).delete()


@action("bundle.made", needs=Verb.WRITE, of=Record.BUNDLE)
def make_bundle(actor: Membership, year: SchoolYear, name: str, groups: Sequence[Group]) -> Bundle:  # noqa: ARG001
    """Call groups parallel. Raises BundleOfOne, BundleOfDifferentLevels, BundledAlready, GroupNameTaken."""
    School.objects.select_for_update().get(pk=year.school_id)
    rows = list(Group.objects.filter(school_id=year.school_id, pk__in=[one.pk for one in groups]))
    check_bundle([tuple(one.year_levels) for one in rows], [year.pk, *(one.year_id for one in rows)])
    for one in rows:
        if one.bundle_id is not None:
            raise BundledAlready(group=one.name)
    if Bundle.objects.filter(school_id=year.school_id, year=year, name__iexact=name).exists():
        raise GroupNameTaken(name=name)
    made = Bundle.objects.create(school_id=year.school_id, year=year, name=name)
    Group.objects.filter(pk__in=[one.pk for one in rows]).update(bundle=made)
    return made


@action("bundle.ended", needs=Verb.WRITE)
def end_bundle(actor: Membership, bundle: Bundle) -> None:  # noqa: ARG001
    """The groups stay; they are no longer looked at side by side."""
    Bundle.objects.filter(pk=bundle.pk).delete()
