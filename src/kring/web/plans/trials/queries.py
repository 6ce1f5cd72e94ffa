"""A plan of one pupil with its goals, what was measured and done, and what that comes to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.calendar import Calendar
from kring.core.decisions import Earlier, Outcome, Rule
from kring.core.fading import FadeMove, probe_reading
from kring.core.fidelity import Fidelity, fidelity
from kring.core.plans import Kind, State
from kring.core.school_types import SchoolType, year_of_school
from kring.core.small_trials import FadeNow, TrialWeeks, fade_now, planned_sessions
from kring.web.access import may, may_do
from kring.web.gatherings.models import Gathering
from kring.web.plans.models import Evaluation, Goal, Mark, Plan, Point, Step
from kring.web.plans.trials.measured import GoalSheet, goal_sheet
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, School, live

MEASURED = (Kind.TRIAL, Kind.DEEPENED)
LISTED = (*MEASURED, Kind.DEVELOPMENT)
FADES_FROM = "fade_from"
"""Part of a plan: the day from which the fading counts."""
LASTED_TO = "lasted_to"
"""Part of a plan: the last day of the full support, when it began to fade."""
STEPPED_BACK = "stepped_back_on"
"""Part of a plan: the last day on which people went a step back."""
NEW_CYCLE = (Outcome.ADAPT, Outcome.CONTINUE_WORKABLE)
"""After these the support is another one: what it brought is counted anew."""


def trial_weeks(school: School) -> TrialWeeks:
    """As the school says it."""
    return TrialWeeks(school.trial_least_weeks, school.trial_most_weeks)


@dataclass(frozen=True, slots=True)
class StepLog:
    """What was planned and done of one step since the last decision; `today` is what was tapped today."""

    step: Step
    planned: int
    held: int
    not_held: tuple[date, ...]
    today: Mark | None
    done_steps: int
    of_steps: int

    @property
    def core_steps(self) -> list[str]:
        return list(self.step.core_steps)


@dataclass(frozen=True, slots=True)
class Fading:
    """A plan that is being faded out, and what the probes say."""

    now: FadeNow
    probes: int
    move: FadeMove

    @property
    def goes_back(self) -> bool:
        return self.move is FadeMove.BACK


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything of one plan, as it is at a moment."""

    plan: Plan
    goals: tuple[GoalSheet, ...]
    log: tuple[StepLog, ...]
    execution: Fidelity
    evaluations: tuple[Evaluation, ...]
    fading: Fading | None
    since: date | None
    cycle_from: date | None
    on: date

    @property
    def is_running(self) -> bool:
        return self.plan.state == State.RUNNING

    @property
    def is_draft(self) -> bool:
        return self.plan.state in (State.DRAFT, State.AGREED)

    @property
    def is_overdue(self) -> bool:
        """Its last day is over and nobody decided."""
        return self.is_running and self.plan.ends_on is not None and self.plan.ends_on < self.on

    @property
    def weeks(self) -> int:
        """Of this support as it is now."""
        return max(0, (self.on - self.cycle_from).days // 7) if self.cycle_from else 0

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        """What people decided before, the first first."""
        return tuple(Earlier(Outcome(one.decision), Rule(one.proposal["rule"])) for one in reversed(self.evaluations))

    @property
    def baseline(self) -> int:
        """The goal that was measured least before the start."""
        return min((one.enough.baseline_points for one in self.goals), default=0)


def plans_of(actor: Membership, pupil: Pupil) -> list[Plan]:
    """Of one pupil, the newest first."""
    return list(may(actor, Plan, Verb.READ).filter(pupil=pupil, kind__in=LISTED).order_by("-made_at", "pk"))


def plans_on_page(actor: Membership, pupil: Pupil) -> list[Plan] | None:
    """The newest, for the page of the pupil; None for who never reads such plans."""
    reads = any(rule_of(Role(actor.role), record, Verb.READ) for record in (Record.INTERVENTION, Record.PLAN_DRAFT, Record.PLAN))
    return plans_of(actor, pupil) if reads else None


def begun_in(actor: Membership, group: Group, *, at: datetime) -> list[Plan]:
    """Of the pupils who sit in this group now: the plans that run or ran, by name."""
    sits = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), group=group).values("pupil")
    begun = may(actor, Plan, Verb.READ, at=at).filter(pupil__in=sits, kind__in=MEASURED, state__in=(State.RUNNING, State.EVALUATED))
    return list(begun.select_related("pupil").order_by("pupil__sort_name", "-made_at", "pk"))


def years_of_pupil(actor: Membership, pupil: Pupil, *, at: datetime) -> tuple[int, ...]:
    """The years of school in which the pupil sits now, counted from groep 1 on."""
    sits = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), pupil=pupil)
    kind = SchoolType(actor.school.type)
    return tuple(sorted({year_of_school(kind, level) for level in sits.values_list("year_level", flat=True)}))


def goals_of(actor: Membership, plans: Collection[Plan]) -> Mapping[UUID, list[Goal]]:
    """By plan."""
    found: dict[UUID, list[Goal]] = {}
    for goal in may(actor, Goal, Verb.READ).filter(plan__in=plans):
        found.setdefault(goal.plan_id, []).append(goal)
    return found


def sheet_of(actor: Membership, plan: Plan, *, at: datetime) -> Sheet:
    """Everything of one plan."""
    return sheets_of(actor, [plan], at=at)[0]


def sheets_of(actor: Membership, plans: Sequence[Plan], *, at: datetime) -> list[Sheet]:
    """The same number of questions to the database however many plans there are and however much was measured."""
    evaluated = may(actor, Evaluation, Verb.READ).filter(plan__in=plans).select_related("evaluated_by__person")
    rows = _Rows(
        _by_plan(evaluated),
        _by_plan(may(actor, Mark, Verb.READ).filter(plan__in=plans).order_by("on", "marked_at")),
        _by_plan(may(actor, Step, Verb.READ).filter(plan__in=plans)),
        goals_of(actor, plans),
        {},
        calendar_of(actor.school),
    )
    for point in may(actor, Point, Verb.READ).filter(goal__plan__in=plans):
        rows.points.setdefault(point.goal_id, []).append(point)
    return [_sheet(plan, rows, at) for plan in plans]


@dataclass(frozen=True, slots=True)
class _Rows:
    """What stands in the database about some plans, by plan; points by goal."""

    evaluations: Mapping[UUID, list[Evaluation]]
    marks: Mapping[UUID, list[Mark]]
    steps: Mapping[UUID, list[Step]]
    goals: Mapping[UUID, list[Goal]]
    points: dict[UUID, list[Point]]
    calendar: Calendar


class OfPlan(Protocol):
    """A part of a plan."""

    plan_id: UUID


Part = TypeVar("Part", bound=OfPlan)


def _by_plan(rows: Iterable[Part]) -> dict[UUID, list[Part]]:
    found: dict[UUID, list[Part]] = {}
    for row in rows:
        found.setdefault(row.plan_id, []).append(row)
    return found


def _sheet(plan: Plan, rows: _Rows, at: datetime) -> Sheet:
    on = timezone.localdate(at)
    evaluations, marks = tuple(rows.evaluations.get(plan.pk, ())), rows.marks.get(plan.pk, [])
    decided = _decided(plan, evaluations)
    since, cycle_from, lasted_to = _since(plan, decided), _cycle_from(plan, decided), _lasted_to(plan, decided)
    until = lasted_to or (min(on, plan.ends_on or on) if plan.state == State.RUNNING else timezone.localdate(plan.evaluated_at or at))
    school_days = rows.calendar.school_days_between(since - timedelta(days=1), until) if since else 0
    counted = [one for one in marks if since and since <= one.on <= (lasted_to or one.on)]
    log = tuple(_log(step, marks, counted, school_days, on) for step in rows.steps.get(plan.pk, ()))
    not_held = tuple(sorted({day for one in log for day in one.not_held}))
    goals = tuple(goal_sheet(goal, rows.points.get(goal.pk, []), not_held, since=cycle_from) for goal in rows.goals.get(plan.pk, ()))
    return Sheet(plan, goals, log, execution_of(log), evaluations, _fading(plan, goals, on), since, cycle_from, on)


def _decided(plan: Plan, evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """What people decided while it ran, the newest first; not the evaluation that ended it."""
    decided = [one for one in evaluations if one.decision != Outcome.NOT_YET]
    return [one for one in decided if plan.state == State.RUNNING or one.evaluated_at != plan.evaluated_at]


def _since(plan: Plan, decided: Sequence[Evaluation]) -> date | None:
    """What was done counts from the last decision on: a plan that was repaired begins with a clean log.

    Of a plan that fades, or faded, it is the full support before it that counts: half of the sessions is then what was agreed upon.
    """
    if plan.state in (State.DRAFT, State.AGREED) or plan.starts_on is None:
        return None
    earlier = decided[1:] if _lasted_to(plan, decided) else decided
    began = timezone.localdate(earlier[0].evaluated_at) if earlier else plan.starts_on
    back = stepped_back(plan)
    return max(began, back) if back and not fades_from(plan) else began


def _lasted_to(plan: Plan, decided: Sequence[Evaluation]) -> date | None:
    """The last day of the full support, of a plan that fades or faded."""
    if not decided or decided[0].decision != Outcome.FADE_OUT or fades_from(plan) is None:
        return None
    said = plan.parts.get(LASTED_TO)
    return date.fromisoformat(said) if said else timezone.localdate(decided[0].evaluated_at)


def _cycle_from(plan: Plan, decided: Sequence[Evaluation]) -> date | None:
    """Since when the support is as it is: whether it helps is not read from what was measured before it was changed."""
    changed = next((one for one in decided if one.decision in NEW_CYCLE), None)
    return timezone.localdate(changed.evaluated_at) if changed else plan.starts_on


def _log(step: Step, marks: Sequence[Mark], counted: Sequence[Mark], school_days: int, on: date) -> StepLog:
    """The last tap of a day counts."""
    mine = {one.on: one for one in counted if one.step_id == step.pk}
    today = next((one for one in reversed(marks) if one.step_id == step.pk and one.on == on), None)
    held = [one for one in mine.values() if one.is_done]
    of = max(1, len(step.core_steps))
    done = sum(of if one.core_steps_done is None else one.core_steps_done for one in held)
    planned = max(planned_sessions(step.times_a_week, school_days), len(mine) if step.times_a_week is None else 0)
    return StepLog(step, planned, len(held), tuple(day for day, one in mine.items() if not one.is_done), today, done, of * len(held))


def execution_of(log: Sequence[StepLog]) -> Fidelity:
    """Of all steps together."""
    return fidelity(
        held=sum(one.held for one in log),
        planned=sum(one.planned for one in log),
        steps_done=sum(one.done_steps for one in log),
        steps=sum(one.of_steps for one in log),
    )


def _fading(plan: Plan, goals: Sequence[GoalSheet], on: date) -> Fading | None:
    """Each goal is read by itself: one that falls back, or that nobody looked at, is not made up for by another that stays."""
    since = fades_from(plan)
    if since is None or plan.state != State.RUNNING:
        return None
    back = stepped_back(plan)
    after = max(since - timedelta(days=1), back) if back else since - timedelta(days=1)
    taken = [[at_target for day, at_target in goal.probes if day > after] for goal in goals]
    moves = {probe_reading(probes).move for probes in taken}
    move = FadeMove.BACK if FadeMove.BACK in moves else FadeMove.ON if moves == {FadeMove.ON} else FadeMove.WAIT
    return Fading(fade_now(since, on), min(map(len, taken), default=0), move)


def fades_from(plan: Plan) -> date | None:
    """The day on which its fading began."""
    said = plan.parts.get(FADES_FROM)
    return date.fromisoformat(said) if said else None


def stepped_back(plan: Plan) -> date | None:
    """The last day on which people went a step back, because it was too early."""
    said = plan.parts.get(STEPPED_BACK)
    return date.fromisoformat(said) if said else None


def talks_about(actor: Membership, plan: Plan) -> list[Gathering]:
    """In which people ask, or asked, whether it helped."""
    return list(may(actor, Gathering, Verb.READ).filter(plan_key=plan.pk).order_by("planned_at", "pk"))


def talk_address(actor: Membership, plan: Plan) -> str:
    """Where such a talk is planned; nothing for who plans none, and for a plan that is over."""
    if plan.pupil is None or plan.state == State.EVALUATED or not may_do(actor, plan.pupil, Verb.WRITE, of=Record.GATHERING):
        return ""
    return f"{reverse('gathering_new', args=[actor.pk, plan.pupil_id])}?plan={plan.pk}"


def has_stopped(plan: Plan, *, on: date) -> bool:
    """Faded to nothing: there is nothing to tick off any more, and one still looks whether it stays."""
    since = fades_from(plan)
    return since is not None and fade_now(since, on).dose == 0


def goal_of(actor: Membership, plan: Plan, key: UUID) -> Goal | None:
    """One goal of a plan."""
    return may(actor, Goal, Verb.READ).filter(plan=plan, pk=key).first()


def first_goal(actor: Membership, plan: Plan) -> Goal | None:
    """The only one, of a small trial."""
    return may(actor, Goal, Verb.READ).filter(plan=plan).first()


def first_step(actor: Membership, plan: Plan) -> Step | None:
    """The only one, of a small trial."""
    return may(actor, Step, Verb.READ).filter(plan=plan).first()


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A running plan on the first page of whoever carries it out: one tap a day."""

    plan: Plan
    steps: tuple[tuple[Step, Mark | None], ...]
    goals: tuple[Goal, ...]
    is_overdue: bool


def week_lines(actor: Membership, *, at: datetime) -> list[WeekLine]:
    """What runs and may be ticked off by this person; of the plan that ends first, first."""
    on = timezone.localdate(at)
    running = may(actor, Plan, Verb.MEASURE, at=at).filter(state=State.RUNNING, kind__in=MEASURED)
    plans = list(running.select_related("pupil").order_by("ends_on", "pk"))
    if not plans:
        return []
    steps: dict[UUID, list[Step]] = {}
    for step in may(actor, Step, Verb.READ).filter(plan__in=plans):
        steps.setdefault(step.plan_id, []).append(step)
    today = {one.step_id: one for one in may(actor, Mark, Verb.READ).filter(plan__in=plans, on=on).order_by("marked_at")}
    goals = goals_of(actor, plans)
    return [
        WeekLine(
            plan,
            tuple((step, today.get(step.pk)) for step in steps.get(plan.pk, []) if not has_stopped(plan, on=on)),
            tuple(goals.get(plan.pk, [])),
            plan.ends_on is not None and plan.ends_on < on,
        )
        for plan in plans
    ]
