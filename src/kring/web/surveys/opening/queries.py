"""Whom a round would ask: counted for the preview and invited by the deed, with the same code."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kring.core import rounds
from kring.core.access import Record, Verb
from kring.core.calendar import RoundOutsideYear
from kring.core.instruments import Instrument
from kring.core.rounds import Caution, OpenRound, Window
from kring.core.school_types import SchoolType, suits
from kring.library import instruments
from kring.web.access import may
from kring.web.people.dates import begins
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, Group, Membership, School, SchoolYear, live
from kring.web.surveys.models import Invitation, Round

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Planned:
    """A round as somebody wants to open it."""

    instrument: Instrument
    title: str
    window: Window
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Of one group: the pupils who are asked, and how many sit in a year level for which the list is not made."""

    group: Group
    pupils: tuple[UUID, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A round that may be opened, whom it asks, and what to look at twice."""

    planned: Planned
    year: SchoolYear
    parts: tuple[Part, ...]
    cautions: tuple[Caution, ...]

    @property
    def asked(self) -> int:
        return sum(len(part.pupils) for part in self.parts)

    @property
    def left_out(self) -> int:
        return sum(part.left_out for part in self.parts)


def newest_instruments(school: School) -> list[Instrument]:
    """What the library has for the years of this type of school, in its newest version, by title."""
    newest = {one.key: one for one in instruments() if suits(SchoolType(school.type), one.year_levels)}
    return sorted(newest.values(), key=lambda one: one.title)


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


def plan(school: School, year: SchoolYear, planned: Planned, *, at: datetime) -> Plan:
    """Whom it asks. Raises every rule that stands in the way, and then nobody is asked anything."""
    calendar = calendar_of(school)
    rounds.check_window(calendar, planned.window, on=timezone.localdate(at))
    for group in planned.groups:
        if group.year_id != year.pk:
            raise rounds.GroupOutsideYear(group=group.name, year=year.label)
    rounds.check_overlap(planned.window, {str(group.pk): group.name for group in planned.groups}, _open_rounds(school, planned.instrument))
    parts = tuple(_parts(school, planned, at))
    if not any(part.pupils for part in parts):
        raise rounds.NobodyToAsk(instrument=planned.instrument.title)
    return Plan(planned, year, parts, rounds.cautions(calendar, planned.window))


def _open_rounds(school: School, asked: Instrument) -> list[OpenRound]:
    """The rounds of this instrument, in any version, that are not closed."""
    found = list(Round.objects.filter(school=school, instrument=asked.key, closed_at=None))
    groups: dict[UUID, set[str]] = {}
    for key, group in Invitation.objects.filter(round__in=found).order_by().values_list("round_id", "group_id").distinct():
        groups.setdefault(key, set()).add(str(group))
    return [OpenRound(one.title, Window(one.opens_on, one.closes_on), frozenset(groups.get(one.pk, ()))) for one in found]


def _parts(school: School, planned: Planned, at: datetime) -> Iterable[Part]:
    """Group by group, who sits there when it opens; who sits in two of them is asked once."""
    school_type = SchoolType(school.type)
    seen: set[UUID] = set()
    sitting = _sitting(planned.groups, max(at, begins(planned.window.opens_on)))
    for group in planned.groups:
        here = [one for one in sitting.get(group.pk, ()) if one.pupil_id not in seen]
        seen |= {one.pupil_id for one in here}
        asked = [one for one in here if rounds.is_for(planned.instrument.year_levels, one.year_level, school_type)]
        yield Part(group, tuple(one.pupil_id for one in asked), len(here) - len(asked))


def _sitting(groups: Collection[Group], at: datetime) -> Mapping[UUID, Sequence[Enrolment]]:
    sitting: dict[UUID, list[Enrolment]] = {}
    for one in Enrolment.objects.filter(live(at), group__in=groups).order_by("pupil__sort_name", "pupil_id", "pk"):
        sitting.setdefault(one.group_id, []).append(one)
    return sitting
