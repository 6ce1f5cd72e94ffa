"""The plan as dated rows: what ended and what was made is noted down, so that it can be taken back whole before the minute."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.db.models.deletion import ProtectedError
from django.utils.dateparse import parse_datetime

from kring.core.access import Role
from kring.core.year_change import Destination, Fate, NewGroup, Plan, counts
from kring.core.year_proposal import next_name
from kring.web.people.dates import ends_after
from kring.web.schools.models import Assignment, Bundle, Enrolment, Group, Guardianship, Membership, Pupil
from kring.web.year_change.models import YearChange

Changed = dict[str, Any]


@dataclass(slots=True)
class _Noted:
    """By model: which rows were made, which ended (with the end they had and got), which never begin any more (with all they said)."""

    made: dict[str, list[str]] = field(default_factory=dict)
    ended: dict[str, dict[str, tuple[str | None, str]]] = field(default_factory=dict)
    dropped: dict[str, list[dict[str, str | None]]] = field(default_factory=dict)

    def end(self, name: str, rows: "QuerySet[Any]", until: datetime) -> None:
        """These rows end at this moment, unless they already do."""
        rows = rows.filter(Q(until_at=None) | Q(until_at__gt=until), from_at__lt=until)
        before = {str(key): (_text(ended), until.isoformat()) for key, ended in rows.values_list("pk", "until_at")}
        self.ended[name] = {**before, **self.ended.get(name, {})}
        rows.update(until_at=until)

    def drop(self, name: str, rows: "QuerySet[Any]", minute: datetime) -> None:
        """What was to begin after the change in a group of the old year, or for who leaves, never does."""
        late = rows.filter(from_at__gte=minute)
        self.dropped[name] = [{key: _text(value) for key, value in row.items()} for row in late.values()]
        late.delete()


def write(change: YearChange, plan: Plan, found: Collection[Destination], minute: datetime) -> Changed:
    """End what is of the old year, begin what is of the new one; both at this minute."""
    noted = _Noted()
    groups, levels = _groups(change, plan.groups, noted)
    _bundle(change, plan, groups, noted)
    _end_early(found, noted)
    sat = Enrolment.objects.filter(group__year=change.from_year_id)
    noted.end("enrolment", sat, minute)
    leavers = [UUID(one.sits.pupil) for one in found if one.fate is Fate.LEAVES]
    noted.drop("enrolment", sat | Enrolment.objects.filter(group__year=change.to_year_id, pupil__in=leavers), minute)
    placed = _enrol(change, groups, found, minute, noted)
    taught = Assignment.objects.filter(group__year=change.from_year_id)
    noted.end("assignment", taught, minute)
    noted.drop("assignment", taught, minute)
    _assign(plan, groups, minute, noted)
    _end_hats(change, leavers, noted)
    told = counts(found)
    fates = {fate.value: told.of(fate) for fate in Fate} | {"pupils": told.pupils}
    return {"made": noted.made, "ended": noted.ended, "dropped": noted.dropped, "levels": levels, "counts": fates, "placed": placed}


def _groups(change: YearChange, wanted: Iterable[NewGroup], noted: _Noted) -> tuple[dict[str, Group], dict[str, list[int]]]:
    """The groups of the new year by their key in the plan; those that were there keep their row."""
    there = {one.name.casefold(): one for one in Group.objects.filter(year=change.to_year_id)}
    found, before = {}, {}
    for one in wanted:
        group = there.get(one.name.casefold())
        if group is None:
            group = Group.objects.create(school_id=change.school_id, year_id=change.to_year_id, name=one.name, year_levels=[*one.levels])
            noted.made.setdefault("group", []).append(str(group.pk))
        elif group.year_levels != [*one.levels]:
            before[str(group.pk)] = group.year_levels
            group.year_levels = [*one.levels]
            group.save(update_fields=["year_levels"])
        found[one.key] = group
    return found, before


def _bundle(change: YearChange, plan: Plan, groups: Mapping[str, Group], noted: _Noted) -> None:
    """Parallel groups of which two or more go on, each to a new group of its own, are parallel again."""
    parallel: dict[Bundle, set[str]] = {}
    for old in Group.objects.filter(year=change.from_year_id).exclude(bundle=None).select_related("bundle").order_by("bundle__name"):
        onward = {plan.ways.get((str(old.pk), level), "") for level in old.year_levels}
        if old.bundle:
            parallel.setdefault(old.bundle, set()).update(onward & groups.keys())
    made = set(noted.made.get("group", ()))
    for bundle, keys in parallel.items():
        here = [groups[key] for key in keys if str(groups[key].pk) in made]
        if len(here) > 1 and len({tuple(group.year_levels) for group in here}) == 1:
            new, is_new = Bundle.objects.get_or_create(school_id=change.school_id, year_id=change.to_year_id, name=next_name(bundle.name))
            Group.objects.filter(pk__in=[group.pk for group in here]).update(bundle=new)
            if is_new:
                noted.made.setdefault("bundle", []).append(str(new.pk))


def _end_early(found: Iterable[Destination], noted: _Noted) -> None:
    """Who leaves on a day before the change."""
    days: dict[datetime, list[UUID]] = {}
    for one in found:
        until = ends_after(one.way.on)
        if one.fate is Fate.LEAVES and until:
            days.setdefault(until, []).append(UUID(one.sits.pupil))
    for until, pupils in days.items():
        noted.end("enrolment", Enrolment.objects.filter(pupil__in=pupils), until)


def _enrol(change: YearChange, groups: Mapping[str, Group], found: Iterable[Destination], minute: datetime, noted: _Noted) -> int:
    """How many had a place in the new year already; they keep that one."""
    there = Enrolment.objects.filter(Q(until_at=None) | Q(until_at__gt=minute), group__year=change.to_year_id)
    placed = {str(pupil) for pupil in there.values_list("pupil_id", flat=True)}
    going = [one for one in found if one.way.to in groups]
    made = Enrolment.objects.bulk_create(
        Enrolment(school_id=change.school_id, pupil_id=one.sits.pupil, group=groups[one.way.to], year_level=one.way.level, from_at=minute)
        for one in going
        if one.sits.pupil not in placed
    )
    noted.made["enrolment"] = [str(one.pk) for one in made]
    return len(going) - len(made)


def _assign(plan: Plan, groups: Mapping[str, Group], minute: datetime, noted: _Noted) -> None:
    there = Assignment.objects.filter(Q(until_at=None) | Q(until_at__gt=minute), group__in=groups.values())
    taught = {(str(hat), group) for hat, group in there.values_list("membership_id", "group_id")}
    made = Assignment.objects.bulk_create(
        Assignment(school_id=groups[one.key].school_id, membership_id=hat, group=groups[one.key], from_at=minute)
        for one in plan.groups
        for hat in one.teachers
        if (hat, groups[one.key].pk) not in taught
    )
    noted.made["assignment"] = [str(one.pk) for one in made]


def _end_hats(change: YearChange, leavers: Sequence[UUID], noted: _Noted) -> None:
    """The hat of a pupil ends with the last day at school, that of a guardian with the last day of the last child."""
    hats = Membership.objects.filter(school_id=change.school_id)
    for role, ends in {Role.PUPIL: _ends_of_pupils(leavers), Role.GUARDIAN: _ends_of_guardians(leavers)}.items():
        for until, persons in ends.items():
            noted.end("membership", hats.filter(role=role.value, person__in=persons), until)


def _last_days(pupils: Iterable[UUID]) -> dict[UUID, datetime | None]:
    """Of each pupil the moment of leaving; None for who stays."""
    rows = Enrolment.objects.filter(pupil__in=list(pupils)).order_by()
    stay = set(rows.filter(until_at=None).values_list("pupil_id", flat=True))
    return {pupil: None if pupil in stay else until for pupil, until in rows.values_list("pupil_id").annotate(last=Max("until_at"))}


def _ends_of_pupils(leavers: Sequence[UUID]) -> Mapping[datetime, list[UUID]]:
    ends = _last_days(leavers)
    persons = Pupil.objects.filter(pk__in=leavers).exclude(person=None).values_list("pk", "person_id")
    return _together((person, ends.get(pupil)) for pupil, person in persons if person)


def _ends_of_guardians(leavers: Sequence[UUID]) -> Mapping[datetime, list[UUID]]:
    """Of guardians none of whose children stays."""
    guardians = Guardianship.objects.filter(pupil__in=leavers).values("guardian")
    ties = Guardianship.objects.filter(guardian__in=guardians, until_at=None).exclude(guardian__person=None)
    children: dict[UUID, set[UUID]] = {}
    for person, pupil in ties.values_list("guardian__person_id", "pupil_id"):
        if person:
            children.setdefault(person, set()).add(pupil)
    ends = _last_days({pupil for one in children.values() for pupil in one})
    lasts = {person: [ends.get(pupil) for pupil in one] for person, one in children.items()}
    return _together((person, max(filter(None, one))) for person, one in lasts.items() if all(one))


def _together(ends: Iterable[tuple[UUID, datetime | None]]) -> Mapping[datetime, list[UUID]]:
    """By moment the persons who go then."""
    found: dict[datetime, list[UUID]] = {}
    for person, until in ends:
        if until:
            found.setdefault(until, []).append(person)
    return found


# ---- back -----------------------------------------------------------------------------------------------------

_MODELS: Mapping[str, Any] = {"enrolment": Enrolment, "assignment": Assignment, "membership": Membership}


def take_back(change: YearChange, *, at: datetime) -> None:
    """As it was; who left meanwhile, stays away, and what somebody ended otherwise meanwhile, ends so."""
    changed: Changed = change.changed
    for name, model in _MODELS.items():
        rows = model.objects.filter(school_id=change.school_id)
        rows.filter(pk__in=changed["made"].get(name, ()), from_at=change.minute).delete()
        _restore(rows.filter(until_at__gt=at), changed["ended"].get(name, {}))
        model.objects.bulk_create(model(**_values(row)) for row in changed["dropped"].get(name, ()))
    for key, levels in changed["levels"].items():
        Group.objects.filter(pk=key).update(year_levels=levels)
    for key in changed["made"].get("group", ()):
        _forget_group(key)
    Bundle.objects.filter(pk__in=changed["made"].get("bundle", ()), groups=None).delete()


def _restore(rows: "QuerySet[Any]", ended: Mapping[str, tuple[str | None, str]]) -> None:
    ends: dict[tuple[str | None, str], list[str]] = {}
    for key, (before, written) in ended.items():
        ends.setdefault((before, written), []).append(key)
    for (before, written), keys in ends.items():
        rows.filter(pk__in=keys, until_at=parse_datetime(written)).update(until_at=parse_datetime(before) if before else None)


def _forget_group(key: str) -> None:
    """A new group in which somebody already did something, stays."""
    try:
        with transaction.atomic():
            Group.objects.filter(pk=key).delete()
    except ProtectedError:
        return


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _values(row: Mapping[str, str | None]) -> dict[str, object]:
    return {key: parse_datetime(text) if text and key.endswith("_at") else text for key, text in row.items()}
