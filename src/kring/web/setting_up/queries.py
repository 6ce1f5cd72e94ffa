"""How far a school is with moving in: seen from its own rows, of which nothing is said but whether they are there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kring.core.access import FAMILY, PARTNERS, Role, Verb
from kring.core.set_up import DOERS, Moment, State, Step, StepLine, guide, minutes_by_step
from kring.web.access import may
from kring.web.audit.models import Entry
from kring.web.people.models import AccountInvitation
from kring.web.people.rows import with_way_in
from kring.web.schools.models import Assignment, Enrolment, Group, Membership, SchoolYear, live
from kring.web.setting_up.words import STEP_OF_EVENT
from kring.web.surveys.models import Round

SETTERS = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A step with the minutes that it took, and which roles do it; of those `missing` nobody has here."""

    step: Step
    state: State
    first: tuple[Step, ...]
    doers: tuple[Role, ...]
    missing: tuple[Role, ...]
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Guide:
    """Every step for one actor, and the year that is set up."""

    lines: tuple[GuideLine, ...]
    year: UUID | None

    @property
    def done(self) -> int:
        return sum(line.state is State.DONE for line in self.lines)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.lines)

    @property
    def now(self) -> GuideLine | None:
        return next((line for line in self.lines if line.state is State.NOW), None)

    @property
    def minutes(self) -> int:
        return sum(line.minutes or 0 for line in self.lines)


def guide_for(actor: Membership, *, at: datetime) -> Guide | None:
    """The guide, without minutes, for who sets the school up; None for everybody else, and when there is nothing left to do."""
    if Role(actor.role) not in SETTERS:
        return None
    found = whole_guide(actor, at=at, with_minutes=False)
    return None if found.is_done else found


def whole_guide(actor: Membership, *, at: datetime, with_minutes: bool = True) -> Guide:
    """Also when all is done."""
    year = _year(actor, at)
    lines = guide(_done(actor, year, at), Role(actor.role))
    held = _held(actor, at) if any(line.state is State.ELSEWHERE for line in lines) else frozenset()
    took = _minutes(actor) if with_minutes else {}
    return Guide(tuple(_line(line, held, took.get(line.step)) for line in lines), year.pk if year else None)


def _line(line: StepLine, held: frozenset[Role], minutes: int | None) -> GuideLine:
    doers = tuple(role for role in Role if role in DOERS[line.step])
    missing = tuple(role for role in doers if role not in held) if line.state is State.ELSEWHERE else ()
    return GuideLine(line.step, line.state, line.first, doers, missing, minutes if line.state is State.DONE else None)


def _year(actor: Membership, at: datetime) -> SchoolYear | None:
    """The year of today, otherwise the first one to come."""
    return may(actor, SchoolYear, Verb.READ, at=at).filter(ends_on__gte=timezone.localdate(at)).order_by("starts_on").first()


def _done(actor: Membership, year: SchoolYear | None, at: datetime) -> set[Step]:
    """Nothing of what is looked at leaves this function but that it is there: an administrator sees no pupil and no round."""
    school = actor.school
    groups = Group.objects.filter(year=year) if year else Group.objects.none()
    had_teacher = Exists(Assignment.objects.filter(group=OuterRef("pk")))
    has_groups = groups.exists()
    answers = {
        Step.SCHOOL: bool(school.region and school.municipality),
        Step.YEAR: year is not None,
        Step.HOLIDAYS: year is not None and year.holidays.exists(),
        Step.GROUPS: has_groups,
        Step.PUPILS: has_groups and Enrolment.objects.filter(live(at), group__year=year).exists(),
        Step.STAFF: has_groups and not groups.exclude(had_teacher).exists(),
        Step.LETTERS: _everybody_can_come_in(actor, at),
        Step.FIRST_ROUND: Round.objects.filter(school=school, asks__in=Round.OF_GROUPS).exists(),
    }
    return {step for step, is_done in answers.items() if is_done}


def _everybody_can_come_in(actor: Membership, at: datetime) -> bool:
    """There are teachers, and everybody of the staff has a way in or got a letter."""
    outside = [role.value for role in FAMILY | PARTNERS]
    staff = Membership.objects.filter(live(at), school_id=actor.school_id).exclude(role__in=outside)
    hats = list(staff.values_list("person_id", "role"))
    persons = {person for person, _role in hats}
    invited = set(AccountInvitation.objects.filter(school_id=actor.school_id, person__in=persons).values_list("person_id", flat=True))
    teaches = any(role in (Role.TEACHER, Role.MENTOR) for _person, role in hats)
    return teaches and not persons - invited - with_way_in(persons)


def _held(actor: Membership, at: datetime) -> frozenset[Role]:
    """The roles that somebody has here now."""
    found = Membership.objects.filter(live(at), school_id=actor.school_id)
    return frozenset(Role(role) for role in found.order_by().values_list("role", flat=True).distinct())


def _minutes(actor: Membership) -> dict[Step, int]:
    """From the log until the first round was opened: moments of events, and of no event what it was about or who did it."""
    entries = Entry.objects.filter(school_id=actor.school_id).exclude(person_id=None)
    first_round = entries.filter(name="round.opened").order_by("sequence").first()
    if first_round is not None:
        entries = entries.filter(sequence__lte=first_round.sequence)
    rows = entries.order_by("sequence").values_list("at", "person_id", "name")[:MOST_ENTRIES]
    return minutes_by_step(Moment(at, str(person), STEP_OF_EVENT.get(name)) for at, person, name in rows)


MOST_ENTRIES = 5000
"""Who has done more than this before the first round, moved in long ago."""
