"""Whom rounds would ask: counted for the preview and invited by the deed, with the same code.

Three lists ask the database little more than one, and a hundred groups as much as one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from uuid import UUID

from django.utils import timezone

from kring.core import rhythm, rounds
from kring.core.access import STAFF, Record, Role, Verb
from kring.core.calendar import Calendar, RoundOutsideYear
from kring.core.errors import BrokenRule
from kring.core.instruments import Informant, Instrument
from kring.core.rounds import NotTheWholeSchool, OpenRound, Window
from kring.core.school_types import SchoolType
from kring.web.access import may
from kring.web.choice_policies import intake as choice_policies
from kring.web.instruments.queries import check_may_ask
from kring.web.people.dates import begins
from kring.web.school_years.queries import as_year, calendar_of
from kring.web.schools.models import Enrolment, Group, Membership, School, SchoolYear, live
from kring.web.surveys.family.intake import objecting
from kring.web.surveys.models import Invitation, Round, StaffInvitation
from kring.web.surveys.opening.planned import Conflict, Opening, Part, Plan, Planned, imprint, is_for_groups, is_for_staff, said
from kring.web.surveys.reach import queries as reach
from kring.web.surveys.reach.queries import Unreached

SOON = timedelta(days=60)


def groups_to_ask(actor: Membership, *, on: date) -> list[Group]:
    """The groups of the year that runs and of one that begins soon."""
    found = may(actor, Group, Verb.READ).filter(year__ends_on__gte=on, year__starts_on__lte=on + SOON)
    return list(found.select_related("year").order_by("year__starts_on", "name"))


def year_of(actor: Membership, window: Window) -> SchoolYear:
    """The school year in which a round may be made that opens on this day. Raises RoundOutsideYear."""
    years = may(actor, SchoolYear, Verb.WRITE, of=Record.ROUND)
    found = years.filter(starts_on__lte=window.opens_on, ends_on__gte=window.opens_on).first()
    if found is None:
        raise RoundOutsideYear(opens_on=window.opens_on, closes_on=window.closes_on)
    return found


def same_rounds(actor: Membership, planned: Sequence[Planned], *, seen: str) -> list[Round]:
    """The rounds that are open and ask exactly what was looked at: of a form that was sent twice. None unless all of them are."""
    windows = [(one.instrument.key, one.instrument.version, one.window.opens_on, one.window.closes_on) for one in planned]
    rows = may(actor, Round, Verb.READ).filter(closed_at=None, instrument__in=[key for key, *_rest in windows])
    found: dict[tuple[object, ...], list[Round]] = {}
    for row in rows:
        found.setdefault((row.instrument, row.version, row.opens_on, row.closes_on), []).append(row)
    asked = _asked(found.values())
    for together in product(*(found.get(window, []) for window in windows)):
        if imprint(said(one.instrument, one.window, *asked[row.pk]) for one, row in zip(planned, together, strict=True)) == seen:
            return list(together)
    return []


def _asked(found: Iterable[Sequence[Round]]) -> Mapping[UUID, tuple[list[tuple[UUID, UUID]], list[UUID]]]:
    """Of each round its pupils with their group, and its colleagues."""
    asked: dict[UUID, tuple[list[tuple[UUID, UUID]], list[UUID]]] = {row.pk: ([], []) for rows in found for row in rows}
    for key, group, pupil in Invitation.objects.filter(round__in=asked).values_list("round_id", "group_id", "pupil_id"):
        asked[key][0].append((group, pupil))
    for key, colleague in StaffInvitation.objects.filter(round__in=asked).values_list("round_id", "membership_id"):
        asked[key][1].append(colleague)
    return asked


# ---- the plan ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Running:
    """A round that is not closed, with the groups that it asks."""

    row: Round
    groups: frozenset[str]

    @property
    def window(self) -> Window:
        return Window(self.row.opens_on, self.row.closes_on)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every list of one opening is held against."""

    school: School
    year: SchoolYear
    calendar: Calendar
    at: datetime
    sitting: Mapping[UUID, Sequence[Enrolment]]
    running: Sequence[_Running]
    asked_before: Mapping[str, Sequence[tuple[UUID, date]]]  # by instrument, which groups this year and from which day


def look_ahead(school: School, year: SchoolYear, planned: Sequence[Planned], *, at: datetime) -> Opening:
    """Whom these lists ask. Raises every rule that stands in the way, but those for which a reason will do."""
    ground = _ground(school, year, planned, at)
    plans = tuple(_plan(ground, one) for one in planned)
    cautions = tuple(dict.fromkeys(caution for one in plans for caution in one.cautions))
    return Opening(year, plans, _unreached(ground, plans), cautions)


def plan(school: School, year: SchoolYear, planned: Planned, *, at: datetime) -> Plan:
    """The same for one list."""
    return _plan(_ground(school, year, [planned], at), planned)


def _ground(school: School, year: SchoolYear, planned: Sequence[Planned], at: datetime) -> _Ground:
    opens_on = min(one.window.opens_on for one in planned)
    running = list(Round.objects.filter(school=school, closed_at=None).exclude(asks=Round.Asks.GUARDIANS))
    this_year = {one.pk: one for one in Round.objects.filter(year=year, asks__in=Round.OF_GROUPS)}
    asked = list(
        Invitation.objects.filter(round__in={one.pk for one in running} | this_year.keys())
        .order_by()
        .values_list("round_id", "group_id")
        .distinct()
    )
    groups: dict[UUID, set[str]] = {}
    before: dict[str, list[tuple[UUID, date]]] = {}
    for key, group in asked:
        groups.setdefault(key, set()).add(str(group))
        if key in this_year:
            before.setdefault(this_year[key].instrument, []).append((group, this_year[key].opens_on))
    found = [_Running(one, frozenset(groups.get(one.pk, ()))) for one in running]
    return _Ground(school, year, calendar_of(school), at, _sitting(year, max(at, begins(opens_on))), found, before)


def _sitting(year: SchoolYear, at: datetime) -> Mapping[UUID, Sequence[Enrolment]]:
    """Who sits where in this year at that moment."""
    sitting: dict[UUID, list[Enrolment]] = {}
    for one in Enrolment.objects.filter(live(at), group__year=year, pupil__merged_at=None).order_by("pupil__sort_name", "pupil_id", "pk"):
        sitting.setdefault(one.group_id, []).append(one)
    return sitting


def _plan(ground: _Ground, planned: Planned) -> Plan:
    if planned.instrument.informant is Informant.GUARDIAN:
        raise rounds.GuardiansOneByOne(title=planned.instrument.title)
    rounds.check_window(ground.calendar, planned.window, on=timezone.localdate(ground.at))
    check_may_ask(ground.school.pk, planned.instrument, through=planned.window.closes_on)
    choice_policies.check_may_open(_asks(ground, planned), at=ground.at)
    for group in planned.groups if is_for_groups(planned.instrument) else ():
        if group.year_id != ground.year.pk:
            raise rounds.GroupOutsideYear(group=group.name, year=ground.year.label)
    return _plan_of_staff(ground, planned) if is_for_staff(planned.instrument) else _plan_of_groups(ground, planned)


def _asks(ground: _Ground, planned: Planned) -> choice_policies.Asks:
    return choice_policies.Asks(ground.school, planned.instrument, planned.title, planned.window)


def _plan_of_groups(ground: _Ground, planned: Planned) -> Plan:
    names = {str(group.pk): group.name for group in planned.groups}
    rounds.check_overlap(planned.window, names, _of_same_list(ground, planned))
    out = _not_taking_part(ground, planned.instrument)
    parts = tuple(_parts(ground, planned.instrument, planned.groups, out))
    if not any(part.pupils for part in parts):
        raise rounds.NobodyToAsk(instrument=planned.instrument.title)
    bad_days = choice_policies.needs_reason(_asks(ground, planned), ground.calendar)
    needs = tuple(filter(None, (_not_whole(ground, planned, parts, out), _beyond(ground, planned, parts), bad_days)))
    return Plan(planned, parts, (), needs, tuple(_conflicts(ground, planned, parts)), _cautions(ground, planned))


def _cautions(ground: _Ground, planned: Planned) -> tuple[rounds.Caution, ...]:
    found = rounds.cautions(ground.calendar, planned.window)
    shuts = choice_policies.shuts_now_and_then(_asks(ground, planned), ground.calendar)
    return (*found, rounds.Caution.SHUTS_NOW_AND_THEN) if shuts else found


def _plan_of_staff(ground: _Ground, planned: Planned) -> Plan:
    for other in ground.running:
        same = other.row.asks == Round.Asks.STAFF and other.row.instrument == planned.instrument.key
        if same and other.window.meets(planned.window):
            raise rounds.ColleaguesAskedAlready(title=other.row.title, opens_on=other.window.opens_on, closes_on=other.window.closes_on)
    colleagues = tuple(one.pk for one in reach.colleagues(ground.school, planned.roles, ground.at))
    if not colleagues:
        raise rounds.NoColleagueToAsk(instrument=planned.instrument.title)
    return Plan(planned, (), colleagues, (), (), rounds.cautions(ground.calendar, planned.window))


def _of_same_list(ground: _Ground, planned: Planned) -> Iterator[OpenRound]:
    """In any version."""
    for one in ground.running:
        if one.row.instrument == planned.instrument.key:
            yield OpenRound(one.row.title, one.window, one.groups)


def _conflicts(ground: _Ground, planned: Planned, parts: Iterable[Part]) -> Iterator[Conflict]:
    """Other lists in the same weeks for these pupils or for their teachers."""
    asked = {str(part.group.pk) for part in parts if part.pupils}
    for one in ground.running:
        both = asked & one.groups
        if both and one.row.instrument != planned.instrument.key and one.window.meets(planned.window):
            yield Conflict(one.row.title, one.window, len(both))


def _not_taking_part(ground: _Ground, asked: Instrument) -> set[UUID]:
    everybody = {one.pupil_id for there in ground.sitting.values() for one in there}
    return objecting(ground.school, asked.key, everybody, ground.at)


def _parts(ground: _Ground, asked: Instrument, groups: Iterable[Group], out: Collection[UUID]) -> Iterator[Part]:
    """Group by group, who sits there when it opens; who sits in two of them is asked once."""
    seen: set[UUID] = set()
    for group in groups:
        here = [one for one in ground.sitting.get(group.pk, ()) if one.pupil_id not in seen]
        seen |= {one.pupil_id for one in here}
        made_for = [one.pupil_id for one in here if _is_for(ground, asked, one)]
        pupils = tuple(pupil for pupil in made_for if pupil not in out)
        yield Part(group, pupils, len(here) - len(made_for), len(made_for) - len(pupils))


def _is_for(ground: _Ground, asked: Instrument, one: Enrolment) -> bool:
    return rounds.is_for(asked.year_levels, one.year_level, SchoolType(ground.school.type))


def _not_whole(ground: _Ground, planned: Planned, parts: Iterable[Part], out: Collection[UUID]) -> BrokenRule | None:
    """A list of the whole school that misses pupils who were not asked it this time either."""
    wanted, year = planned.instrument.rhythm, as_year(ground.year)
    if wanted is None or not wanted.whole_school:
        return None
    asked = ground.asked_before.get(planned.instrument.key, ())
    before = {key for key, day in asked if rhythm.is_one_time(wanted, year, day, planned.window.opens_on)}
    reached = {pupil for part in parts for pupil in part.pupils} | {one.pupil_id for key in before for one in ground.sitting.get(key, ())}
    everybody = {one.pupil_id for there in ground.sitting.values() for one in there if _is_for(ground, planned.instrument, one)}
    missed = everybody - reached - set(out)
    return NotTheWholeSchool(title=planned.instrument.title, left_out=len(missed)) if missed else None


def _beyond(ground: _Ground, planned: Planned, parts: Iterable[Part]) -> BrokenRule | None:
    before = Counter(key for key, _day in ground.asked_before.get(planned.instrument.key, ()))
    times = [(part.group.name, before[part.group.pk]) for part in parts if part.pupils]
    return rhythm.beyond(planned.instrument.rhythm, planned.instrument.title, times)


def _unreached(ground: _Ground, plans: Iterable[Plan]) -> Unreached:
    """Of lists that a pupil fills in the pupils and their families; of a teacher's the groups; of a staff list the colleagues."""
    own = [plan for plan in plans if plan.planned.instrument.informant is Informant.PUPIL]
    taught = [plan for plan in plans if plan.planned.instrument.informant is Informant.TEACHER]
    pupils = {pupil for plan in own for part in plan.parts for pupil in part.pupils}
    groups = {part.group.pk: part.group for plan in (*own, *taught) for part in plan.parts if part.pupils}
    colleagues = {one for plan in plans for one in plan.colleagues}
    opens = max([ground.at, *(begins(plan.planned.window.opens_on) for plan in plans)])
    return Unreached(
        pupils=reach.without_login(ground.school, pupils, opens) if pupils else 0,
        families=reach.without_guardian(ground.school, pupils, opens) if pupils else 0,
        groups=reach.without_teacher(list(groups.values()), opens) if groups else (),
        colleagues=reach.without_account(colleagues) if colleagues else 0,
    )


# ---- before the days are chosen ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with how many of its pupils the chosen lists ask; a list that asks nobody there is left out."""

    group: Group
    sitting: int
    asked: tuple[tuple[Instrument, int], ...]

    @property
    def key(self) -> str:
        """As a form names it."""
        return str(self.group.pk)


def group_lines(school: School, groups: Sequence[Group], lists: Iterable[Instrument], *, opens_on: date, at: datetime) -> list[GroupLine]:
    """Each group with its counts on the day it would open, for who chooses groups."""
    counts: dict[UUID, list[tuple[Instrument, int]]] = {group.pk: [] for group in groups}
    moment = max(at, begins(opens_on))
    sitting: dict[UUID, list[Enrolment]] = {}
    for one in Enrolment.objects.filter(live(moment), group__in=groups, pupil__merged_at=None):
        sitting.setdefault(one.group_id, []).append(one)
    school_type = SchoolType(school.type)
    for asked in lists:
        for group in groups:
            here = [one for one in sitting.get(group.pk, ()) if rounds.is_for(asked.year_levels, one.year_level, school_type)]
            counts[group.pk] += [(asked, len(here))] if here else []
    return [GroupLine(group, len(sitting.get(group.pk, ())), tuple(counts[group.pk])) for group in groups]


def roles_there(school: School, *, at: datetime) -> list[tuple[Role, int]]:
    """The roles of staff that somebody has now, with how many."""
    found: dict[Role, int] = {}
    for one in reach.colleagues(school, STAFF, at):
        found[Role(one.role)] = found.get(Role(one.role), 0) + 1
    return sorted(found.items())
