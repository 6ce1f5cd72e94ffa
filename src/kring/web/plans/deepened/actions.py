"""What people do with a deepened cycle: open it, write it together, agree upon it, settle a goal, look where a skill is used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from kring.core import deepening as rules
from kring.core.access import Record, Verb
from kring.core.ages import OF_AGE, born_by
from kring.core.plans import Change, Kind, PlanNotInState, Stage, State, after, check_period, check_stage
from kring.core.small_trials import check_day, check_levels, check_one_cycle, tidy
from kring.web.action import action
from kring.web.plans import first_steps
from kring.web.plans.deepened.queries import family_agreed, first_cycle, talks_with
from kring.web.plans.first_steps import NOTHING_SAID, StepsSaid
from kring.web.plans.intake import NewPlan, change_state, goals_worked_on, held, keep_version, make_plan, write
from kring.web.plans.models import Goal, Plan, PlanAgreement, Step, TransferCheck
from kring.web.plans.trials.actions import GoalSaid, StepSaid
from kring.web.schools.models import Guardian, Membership, Pupil

PARTS = ("overview", "insight", "outlook", "others", "outside", "outside_because", "transfer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The text parts, by name, and the days."""

    title: str
    parts: Mapping[str, str]
    starts_on: date
    ends_on: date


@action("deepened.opened", needs=Verb.WRITE, of=Record.PLAN_DRAFT)
def open_deepened(
    actor: Membership,
    pupil: Pupil,
    *,
    title: str,
    because: str,
    starts_on: date,
    ends_on: date,
    steps: StepsSaid = NOTHING_SAID,
    at: datetime,
) -> Plan:
    """From the first cycle, or with the reason why there was none.

    Raises StageWithoutReason, PlanEndsTooSoon, FirstStepsMissing, PlanRightAfterSignal.
    """
    before = first_cycle(actor, pupil)
    if before is None:
        check_stage(Stage.GROUP_APPROACH, Stage.DEEPENED, because)
    new = NewPlan(
        kind=Kind.DEEPENED,
        title=tidy(title),
        starts_on=starts_on,
        ends_on=ends_on,
        previous=before,
        because=tidy(because),
        signal=before.signal if before else None,
        understanding=before.understanding if before else None,
        first_steps=first_steps.fields_of(actor, pupil, steps, at=at),
    )
    return make_plan(actor, pupil, new, at=at)


@action("deepened.written", needs=Verb.WRITE)
def write_deepened(actor: Membership, plan: Plan, written: Written, *, read_at: datetime | None, at: datetime) -> None:  # noqa: ARG001
    """Raises EditedMeanwhile, PlanNotInState, PlanEndsTooSoon."""
    row = _not_over(held(plan, read_at=read_at))
    check_period(written.starts_on, written.ends_on)
    parts = {**row.parts, **{name: written.parts.get(name, "").strip() for name in PARTS}}
    write(row, at=at, title=tidy(written.title), parts=parts, starts_on=written.starts_on, ends_on=written.ends_on)


@action("deepened.goal_added", needs=Verb.WRITE)
def add_goal(actor: Membership, plan: Plan, goal: GoalSaid, step: StepSaid, *, at: datetime) -> None:  # noqa: ARG001
    """A goal on any of the four levels, with what is done for it; one of the family in an agreed plan only after its yes.

    Raises PlanNotInState, FamilyNotAgreed and what a goal of a small trial raises.
    """
    row, today = _not_over(held(plan)), timezone.localdate(at)
    rules.check_family([goal.level] if row.state != State.DRAFT else [], has_agreed=family_agreed(row))
    check_levels(goal.levels, agreed_on=today, start_on=today, start_level=goal.start_level)
    check_one_cycle(goal.text, goals_worked_on(row.pupil, besides=row))
    place = Goal.objects.filter(plan=row).count()
    made = Goal.objects.create(school_id=row.school_id, plan=row, by_on=row.ends_on, owner=step.executor, place=place, **goal.row())
    Step.objects.create(school_id=row.school_id, plan=row, goal=made, level=made.level, place=place, **step.row())
    write(row, at=at)


@action("deepened.goal_settled", needs=Verb.WRITE)
def settle_goal(actor: Membership, plan: Plan, goal: UUID, *, at: datetime) -> None:  # noqa: ARG001
    """Reached: it stays readable, and weighs on the document no longer. Raises PlanNotInState."""
    row = _not_over(held(plan))
    found = Goal.objects.get(plan=row, pk=goal)
    Goal.objects.filter(pk=found.pk, met_at=None).update(met_at=at)
    write(row, at=at)


@action("deepened.family_answered", needs=Verb.WRITE, of=Record.PLAN_AGREEMENT)
def note_family(
    actor: Membership, plan: Plan, guardian: Guardian, *, is_yes: bool, method: str, note: str = "", at: datetime
) -> PlanAgreement:
    """What one guardian said to what the family does, in a talk or on paper; a later word counts instead. Raises PlanNotInState."""
    row = _not_over(held(plan))
    answer = PlanAgreement.Answer.YES if is_yes else PlanAgreement.Answer.NO
    about = {"school_id": row.school_id, "plan": row, "pupil_id": row.pupil_id, "guardian": guardian, "version": row.version}
    said = {"answer": answer, "method": method, "note": tidy(note)[:300], "answered_at": at}
    found, _new = PlanAgreement.objects.update_or_create(
        **about, defaults=said, create_defaults={**said, "asked_at": at, "asked_by": actor}
    )
    return found


def _not_over(row: Plan) -> Plan:
    """What was evaluated stays as it was. Raises PlanNotInState."""
    if row.state == State.EVALUATED:
        raise PlanNotInState(state=row.state)
    return row


@action("deepened.agreed", needs=Verb.WRITE)
def agree(actor: Membership, plan: Plan, *, at: datetime) -> None:
    """Raises PlanNotInState, GoalsMissing, OnlyPupilGoals, PupilNotSpoken, GuardiansNotSpoken, FamilyNotAgreed, OutsideHelpNotWeighed."""
    row = held(plan)
    after(Kind(row.kind), State(row.state), Change.AGREE)
    levels = list(Goal.objects.filter(plan=row).values_list("level", flat=True))
    said = {name: str(row.parts.get(name, "")) for name in PARTS}
    rules.check_levels(levels, because=said["others"])
    _check_talks(actor, row, at)
    rules.check_family(levels, has_agreed=family_agreed(row))
    rules.check_outside(said["outside"], said["outside_because"])
    keep_version(row, actor, {"title": row.title, "parts": said, "goals": levels}, at=at)
    change_state(row, Change.AGREE, at=at)


def _check_talks(actor: Membership, row: Plan, at: datetime) -> None:
    talks = talks_with(actor, row.pupil, at=at)
    born_on = row.pupil.birth_date if row.pupil else None
    is_of_age = born_on is not None and born_on <= born_by(OF_AGE, on=timezone.localdate(at))
    rules.check_talks(with_pupil=talks.with_pupil is not None, with_guardians=talks.with_guardians is not None, is_of_age=is_of_age)


@action("deepened.transfer_seen", needs=Verb.MEASURE)
def look_where_used(actor: Membership, plan: Plan, *, setting: rules.Setting, was_used: bool, told_by: str, on: date, at: datetime) -> None:
    """Whether it was used in class, on the playground, at home. Raises PlanNotInState, DayNotOfTrial."""
    row = held(plan)
    if row.state != State.RUNNING or row.starts_on is None:
        raise PlanNotInState(state=row.state)
    check_day(on, since=row.starts_on, today=timezone.localdate(at))
    made = TransferCheck(school_id=row.school_id, plan=row, setting=setting.value, on=on, was_used=was_used)
    made.told_by, made.entered_by, made.entered_at = tidy(told_by)[:120], actor, at
    made.save(force_insert=True)
