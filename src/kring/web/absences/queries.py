"""The week of a group, what asks for a look in the register, and what the school says about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from kring.core.absence_steps import Step
from kring.core.absences import A_WEEK, DAY, Rule, Setting, monday_of, school_days_in, school_weeks, usual
from kring.core.access import Record, Role, Verb, roles_that
from kring.core.calendar import Calendar
from kring.core.school_types import SECONDARY
from kring.web.absences.models import AbsencePrompt, AbsenceRule, AbsenceStep, AbsenceWeek
from kring.web.access import may
from kring.web.day_fields import FIRST_DAY, LAST_DAY
from kring.web.page import hat_label
from kring.web.people.dates import begins
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, School, live

COUNTS = ("hours_not_allowed", "hours_allowed", "sick_reports", "sick_days", "late", "sent_out", "same_lesson")
RECENT = 20


@dataclass(frozen=True, slots=True)
class GroupWeek:
    """One week of a group: who was in it, what is typed, and the school weeks before and after."""

    monday: date
    school_days: int
    pupils: tuple[Pupil, ...]
    typed: Mapping[UUID, AbsenceWeek]
    before: date | None
    after: date | None

    @property
    def friday(self) -> date:
        return self.monday + 4 * DAY


def group_week(actor: Membership, group: Group, asked: str, *, at: datetime) -> GroupWeek:
    """The week that was asked for, or else the last that was to be typed: this one, or the last before a holiday."""
    calendar, on = calendar_of(group.school), timezone.localdate(at)
    monday = _asked(asked) or next(iter(school_weeks(calendar, monday_of(on), 1, group=str(group.pk))), monday_of(on))
    pupils = tuple(pupils_in(actor, group, monday, at=at))
    return GroupWeek(
        monday=monday,
        school_days=school_days_in(calendar, monday, group=str(group.pk)),
        pupils=pupils,
        typed={row.pupil_id: row for row in may(actor, AbsenceWeek, Verb.READ, at=at).filter(pupil__in=pupils, week_on=monday)},
        before=next(iter(school_weeks(calendar, monday - A_WEEK, 1, group=str(group.pk))), None),
        after=_next_week(calendar, monday, on, group),
    )


def _asked(day: str) -> date | None:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return monday_of(found) if FIRST_DAY < found <= LAST_DAY else None


def _next_week(calendar: Calendar, monday: date, on: date, group: Group) -> date | None:
    weeks = (monday + count * A_WEEK for count in range(1, 9))
    return next((week for week in weeks if week <= on and school_days_in(calendar, week, group=str(group.pk))), None)


def pupils_in(actor: Membership, group: Group, monday: date, *, at: datetime) -> Iterable[Pupil]:
    """Who sat in the group in that week, and whose absence this hat may type."""
    first, last = begins(monday), begins(monday + A_WEEK)
    in_it = {"enrolments__group": group, "enrolments__from_at__lt": last}
    mine = may(actor, Pupil, Verb.WRITE, of=Record.ABSENCE_WEEK, at=at)
    still = mine.filter(**in_it, enrolments__until_at=None) | mine.filter(**in_it, enrolments__until_at__gt=first)
    return still.distinct().order_by("sort_name", "pk")


# ---- what the school says -------------------------------------------------------------------------------------


def settings_of(school: School, *, at: datetime) -> dict[Rule, Setting]:
    """As Kring brings them, but for what the school set."""
    own = AbsenceRule.objects.filter(live(at), school=school)
    return usual(secondary=school.type in SECONDARY) | {Rule(row.rule): Setting(is_on=row.is_on, most=row.most) for row in own}


# ---- what to look up ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PromptLine:
    """A rule that was met by one pupil, as the list shows it."""

    row: AbsencePrompt
    rule: Rule
    most: int
    is_late: bool


def open_prompts(actor: Membership, *, at: datetime) -> list[PromptLine]:
    """What is still to be looked up, the first due first."""
    rows = may(actor, AbsencePrompt, Verb.READ, at=at).filter(settled_at=None).select_related("pupil").order_by("look_by_on", "pk")
    return _lines(actor, rows, at)


def settled_prompts(actor: Membership, *, at: datetime) -> list[PromptLine]:
    """What was looked up, the last first; first what was reported and is not over."""
    rows = may(actor, AbsencePrompt, Verb.READ, at=at).exclude(settled_at=None).select_related("pupil", "settled_by__person")
    running = rows.filter(was_reported=True, over_on=None).order_by("-settled_at", "pk")
    return _lines(actor, [*running, *rows.exclude(was_reported=True, over_on=None).order_by("-settled_at", "pk")[:RECENT]], at)


def prompt_line(actor: Membership, row: AbsencePrompt, *, at: datetime) -> PromptLine:
    """One of them."""
    return _lines(actor, [row], at)[0]


def _lines(actor: Membership, rows: Iterable[AbsencePrompt], at: datetime) -> list[PromptLine]:
    set_to, on = settings_of(actor.school, at=at), timezone.localdate(at)
    return [PromptLine(row, Rule(row.rule), set_to[Rule(row.rule)].most, row.settled_at is None and row.look_by_on < on) for row in rows]


def prompts_of(actor: Membership, pupils: Iterable[Pupil], *, at: datetime) -> list[PromptLine]:
    """The open ones of these pupils."""
    keys = {pupil.pk for pupil in pupils}
    return [line for line in open_prompts(actor, at=at) if line.row.pupil_id in keys]


# ---- the steps after it ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the steps, planned or not yet."""

    step: Step
    row: AbsenceStep | None

    @property
    def state(self) -> str:
        if self.row is None:
            return "open"
        return "done" if self.row.done_on else "planned"


def steps_of(actor: Membership, prompt: AbsencePrompt, *, at: datetime) -> list[StepLine]:
    """All of them, in their order."""
    rows = may(actor, AbsenceStep, Verb.READ, at=at).filter(prompt=prompt).select_related("owner__person")
    planned = {row.kind: row for row in rows}
    return [StepLine(step, planned.get(step.value)) for step in Step]


def owners_of(actor: Membership, prompt: AbsencePrompt, *, at: datetime) -> list[Membership]:
    """Who may write steps of this pupil: its teachers and the coordinators."""
    roles = [role.value for role in roles_that(Record.ABSENCE_STEP, Verb.WRITE)]
    here = Membership.objects.filter(live(at), school=actor.school_id, role__in=roles, person__is_active=True)
    ordered = here.select_related("person", "school").order_by("person__given_name", "role", "pk")
    mine = [hat for hat in ordered if Role(hat.role) is Role.COORDINATOR]
    teaching = ordered.filter(assignments__group__in=_groups(prompt, at), assignments__from_at__lte=at).filter(
        Q(assignments__until_at=None) | Q(assignments__until_at__gt=at)
    )
    return [*teaching.distinct(), *mine]


def _groups(prompt: AbsencePrompt, at: datetime) -> "QuerySet[Group]":
    return Group.objects.filter(pk__in=Enrolment.objects.filter(live(at), pupil=prompt.pupil_id).values("group"))


def owner(actor: Membership, prompt: AbsencePrompt, key: str, *, at: datetime) -> Membership | None:
    """The one that was chosen, of those."""
    return next((hat for hat in owners_of(actor, prompt, at=at) if str(hat.pk) == key), None)


def owner_choices(actor: Membership, prompt: AbsencePrompt, *, at: datetime) -> list[tuple[str, str]]:
    """By name and function."""
    return [(str(hat.pk), f"{hat.person}, {hat_label(hat)}") for hat in owners_of(actor, prompt, at=at)]


def kept_from(school: School, *, on: date) -> date | None:
    """Absence is kept for this school year and the one before it: the first day of that one."""
    years = [year.starts_on for year in calendar_of(school).years if year.starts_on <= on]
    return years[-2] if len(years) > 1 else None


ONE_YEAR = timedelta(days=366)
"""Further back no rule looks."""
