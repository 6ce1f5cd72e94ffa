"""What people do with a plan of one pupil: think it out, start it, tick it off, measure, judge it and decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from kring.core import small_trials as rules
from kring.core.access import Record, Verb
from kring.core.acting import refuse_to_nobody
from kring.core.basic_support import refuse_unchecked
from kring.core.decisions import Outcome
from kring.core.deepening import check_transfer
from kring.core.fading import refuse_missed
from kring.core.plans import Change, Kind, PlanNotInState, State, after
from kring.web.action import action
from kring.web.plans import first_steps
from kring.web.plans.first_steps import NOTHING_SAID, StepsSaid
from kring.web.plans.intake import NewPlan, change_state, goals_worked_on, held, keep_version, make_plan, write
from kring.web.plans.models import Evaluation, Goal, Mark, Plan, Point, Step, TransferCheck
from kring.web.plans.trials.around import around
from kring.web.plans.trials.begun import OUT_OF_NOTHING, Begun
from kring.web.plans.trials.both_sides import check_sides
from kring.web.plans.trials.layer import is_flagged, kept, looked_at
from kring.web.plans.trials.queries import FADES_FROM, LASTED_TO, STEPPED_BACK, fades_from, sheet_of, trial_weeks
from kring.web.plans.trials.weighing import Decided, Judged, weigh
from kring.web.schools.models import Membership, Pupil
from kring.web.tasks.intake import settle_about

DECIDE = "trial.decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSaid:
    """What somebody wrote about the goal."""

    text: str
    level: str
    type: str
    measure: str
    unit: str
    levels: Mapping[int, str]
    start_level: int = -1
    higher_is_better: bool = True
    target: float | None = None
    own_words: str = ""
    by_pupil: bool = False
    own_words_by_text: str = ""

    def row(self) -> dict[str, Any]:
        """As the fields of a goal. Raises GoalTooVague, MeasureMissing, PupilNotHeard, ValueOutsideScale."""
        text = rules.check_goal(self.text, self.measure)
        rules.check_heard(self.own_words, by_pupil=self.by_pupil, written_by=self.own_words_by_text)
        if self.target is not None:
            rules.check_value(self.unit, self.target)
        said = {"text": text, "level": self.level, "type": self.type, "measure": rules.tidy(self.measure), "unit": self.unit}
        scale = {"levels": {str(level): rules.tidy(words) for level, words in self.levels.items()}, "start_level": self.start_level}
        aims = {"higher_is_better": self.higher_is_better, "target": self.target}
        own = {"own_words": self.own_words.strip(), "own_words_by_text": "" if self.by_pupil else rules.tidy(self.own_words_by_text)}
        return {**said, **scale, **aims, **own}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSaid:
    """What will be done, by whom, where and how often."""

    text: str
    executor: str
    where: str
    times_a_week: int
    core_steps: tuple[str, ...] = ()
    entry: str = ""

    def row(self) -> dict[str, Any]:
        core = [rules.tidy(one) for one in self.core_steps if one.strip()]
        said = {"text": rules.tidy(self.text), "executor": rules.tidy(self.executor), "where": self.where}
        return {**said, "times_a_week": self.times_a_week, "core_steps": core, "entry": self.entry}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTrial:
    """A small trial as it was filled in."""

    goal: GoalSaid
    step: StepSaid
    starts_on: date
    ends_on: date
    because: str = ""
    previous: Plan | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    steps: StepsSaid = NOTHING_SAID
    begun: Begun = OUT_OF_NOTHING

    def check(self, *, today: date, weeks: rules.TrialWeeks) -> None:
        """Raises TrialStartsInPast, TrialTooLong, GoalLevelsMissing, GoalLevelsSame, ApartWithoutReason."""
        rules.check_period(self.starts_on, self.ends_on, today=today, weeks=weeks)
        rules.check_levels(self.goal.levels, agreed_on=today, start_on=self.starts_on, start_level=self.goal.start_level)
        rules.check_where(self.step.where, self.because)


@action("trial.thought_out", needs=Verb.WRITE, of=Record.INTERVENTION)
def think_out(actor: Membership, pupil: Pupil, new: NewTrial, *, at: datetime) -> Plan:
    """A small trial that has not begun: it is measured first. Raises what `NewTrial.check`, `GoalSaid.row` and the first steps raise."""
    new.check(today=timezone.localdate(at), weeks=trial_weeks(actor.school))
    goal, steps = new.goal.row(), first_steps.fields_of(actor, pupil, new.steps, at=at)
    rules.check_one_cycle(goal["text"], goals_worked_on(pupil))
    about = NewPlan(
        kind=Kind.TRIAL,
        title=goal["text"][:120],
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        because=new.because,
        understanding=new.begun.understanding,
        signal=new.begun.signal,
        first_steps=steps,
        parts=new.parts,
    )
    made = make_plan(actor, pupil, about, at=at)
    row = Goal.objects.create(school_id=pupil.school_id, plan=made, by_on=new.ends_on, owner=new.step.executor, **goal)
    Step.objects.create(school_id=pupil.school_id, plan=made, goal=row, level=row.level, **new.step.row())
    return made


@action("trial.changed", needs=Verb.WRITE)
def change(actor: Membership, plan: Plan, new: NewTrial, *, read_at: datetime | None, at: datetime) -> None:
    """Before the start everything; while it runs only what is done, as the next version. Raises EditedMeanwhile, PlanNotInState."""
    row = held(plan, read_at=read_at)
    if row.state == State.RUNNING:
        return _adjust(actor, row, new, at=at)
    if row.state != State.DRAFT:
        raise PlanNotInState(state=row.state)
    new.check(today=timezone.localdate(at), weeks=trial_weeks(actor.school))
    goal = new.goal.row()
    Goal.objects.filter(plan=row).update(by_on=new.ends_on, owner=new.step.executor, **goal)
    Step.objects.filter(plan=row).update(level=goal["level"], **new.step.row())
    about = {"title": goal["text"][:120], "because": new.because, "parts": {**row.parts, **new.parts}}
    write(row, at=at, **about, starts_on=new.starts_on, ends_on=new.ends_on)
    return None


def _adjust(actor: Membership, row: Plan, new: NewTrial, *, at: datetime) -> None:
    rules.check_where(new.step.where, new.because)
    before = list(Step.objects.filter(plan=row).values("text", "executor", "where", "times_a_week", "core_steps"))
    keep_version(row, actor, {"title": row.title, "steps": before}, reason=new.because, at=at)
    Step.objects.filter(plan=row).update(**new.step.row())
    change_state(row, Change.ADJUST, at=at)


@action("trial.started", needs=Verb.WRITE)
def start(actor: Membership, plan: Plan, *, at: datetime) -> None:
    """From today it runs, as many weeks as was planned. Raises PlanNotInState, BothSidesNotConsidered, BaselineTooShort."""
    row, today = held(plan), timezone.localdate(at)
    after(Kind(row.kind), State(row.state), Change.START)
    if row.kind == Kind.TRIAL:
        check_sides(actor, row, at=at)
    rules.check_baseline(sheet_of(actor, row, at=at).baseline)
    planned = row.ends_on - row.starts_on if row.starts_on and row.ends_on else None
    write(row, at=at, starts_on=today, ends_on=today + planned if planned else row.ends_on)
    row.refresh_from_db()
    change_state(row, Change.START, at=at)


@action("trial.ticked_off", needs=Verb.MEASURE)
def tick_off(
    actor: Membership, plan: Plan, step: UUID, *, is_done: bool, core_steps_done: int | None = None, on: date, at: datetime
) -> None:
    """One tap: done on this day, or not; a second tap of that day counts instead. Raises PlanNotInState, DayNotOfTrial."""
    row = held(plan)
    if row.state != State.RUNNING or row.starts_on is None:
        raise PlanNotInState(state=row.state)
    rules.check_day(on, since=row.starts_on, today=timezone.localdate(at))
    of = Step.objects.get(plan=row, pk=step)
    rules.check_core_steps(core_steps_done, len(of.core_steps))
    said = {"is_done": is_done, "core_steps_done": core_steps_done if is_done else None, "marked_by": actor, "marked_at": at}
    Mark.objects.update_or_create(school_id=row.school_id, plan=row, step=of, on=on, defaults=said)


@action("trial.measured", needs=Verb.MEASURE)
def measure(actor: Membership, plan: Plan, goal: UUID, value: float, *, on: date, observer: str = "", at: datetime) -> None:
    """One value of one day, before, during or while fading. Raises PlanNotInState, DayNotOfTrial, ValueOutsideScale."""
    row, today = held(plan), timezone.localdate(at)
    if row.state == State.EVALUATED:
        raise PlanNotInState(state=row.state)
    of = Goal.objects.get(plan=row, pk=goal)
    rules.check_value(of.unit, value)
    rules.check_day(on, since=timezone.localdate(row.made_at), today=today)
    said = {
        "value": value,
        "phase": _phase(row, on),
        "observer": (rules.tidy(observer) or str(actor.person))[:120],
        "entered_by": actor,
        "entered_at": at,
    }
    Point.objects.update_or_create(school_id=row.school_id, goal=of, on=on, defaults=said)


def _phase(plan: Plan, on: date) -> str:
    fading = fades_from(plan)
    if plan.state != State.RUNNING or (plan.starts_on and on < plan.starts_on):
        return Point.Phase.BASELINE
    return Point.Phase.FADING if fading and on >= fading else Point.Phase.SUPPORT


@action("trial.evaluated", needs=Verb.WRITE)
def evaluate(actor: Membership, plan: Plan, judged: Judged, decided: Decided, *, at: datetime) -> None:
    """Execution and effect apart, and what people decide. Raises PlanNotInState and what `_check` raises."""
    row, today = held(plan), timezone.localdate(at)
    after(Kind(row.kind), State(row.state), Change.EVALUATE)
    sheet = sheet_of(actor, row, at=at)
    weighed = weigh(sheet, judged, around(actor, sheet, at=at))
    rules.check_judgements(judged.carried_out, judged.effect, may_be_judged=not weighed.evidence.poorly_carried_out)
    rules.check_heard(judged.pupil_words, by_pupil=judged.by_pupil, written_by=judged.pupil_words_by)
    rules.check_decision(decided.outcome, weighed.proposal, sheet.earlier, reason=decided.reason)
    rules.check_next(decided.next_on, today=today)
    refuse_unchecked(decided.outcome, is_flagged=is_flagged(sheet), is_checked=looked_at(row) is not None)
    _check_transfer(row, decided)
    _keep(actor, row, judged, decided, weighed.kept(), at=at)
    change_state(row, Change.EVALUATE, at=at)
    settle_about(row, DECIDE, at=at)
    if decided.outcome is not Outcome.DEEPEN:
        _go_on(row, decided, today, at=at)


def _check_transfer(row: Plan, decided: Decided) -> None:
    """A deepened cycle does not fade out before somebody saw it used where it counts."""
    if row.kind == Kind.DEEPENED and decided.outcome is Outcome.FADE_OUT:
        seen = TransferCheck.objects.filter(plan=row, was_used=True).values_list("setting", flat=True)
        check_transfer(list(seen), because=decided.reason)


def _keep(actor: Membership, row: Plan, judged: Judged, decided: Decided, proposed: dict[str, Any], *, at: datetime) -> None:
    made = Evaluation(school_id=row.school_id, plan=row, evaluated_by=actor, evaluated_at=at, proposal=proposed)
    made.carried_out, made.quality, made.effect = judged.carried_out.strip(), judged.quality, judged.effect.strip()
    made.levels, made.checks = dict(judged.levels), dict(judged.checks)
    made.pupil_view, made.pupil_words, made.pupil_words_by = judged.pupil_view, judged.pupil_words.strip(), judged.hand
    made.guardians_view, made.guardians_words = judged.guardians_view, judged.guardians_words.strip()
    made.decision, made.reason, made.next_on = decided.outcome.value, decided.reason.strip(), decided.next_on
    made.save(force_insert=True)


def _go_on(row: Plan, decided: Decided, today: date, *, at: datetime) -> None:
    """It runs on until people look again; fading out in steps, when that was decided."""
    fades = decided.outcome is Outcome.FADE_OUT
    parts = {**row.parts, FADES_FROM: today.isoformat() if fades else ""}
    if fades and not row.parts.get(FADES_FROM):
        parts[LASTED_TO] = min(today, row.ends_on or today).isoformat()
    row.refresh_from_db()
    change_state(row, Change.GO_ON, at=at)
    write(row, at=at, ends_on=decided.next_on, parts=parts)


@action("trial.layer_looked_at", needs=Verb.WRITE)
def look_at_layer(actor: Membership, plan: Plan, *, at: datetime) -> None:
    """Somebody asked whether this is still basic support. Raises PlanNotInState."""
    row = held(plan)
    if row.state == State.EVALUATED:
        raise PlanNotInState(state=row.state)
    write(row, at=at, parts={**row.parts, **kept(actor, at=at)})


@action("trial.stepped_back", needs=Verb.WRITE)
def step_back(actor: Membership, plan: Plan, *, at: datetime) -> None:  # noqa: ARG001
    """It was faded too early: one step back, or the full support again. Raises PlanNotInState."""
    row, today = held(plan), timezone.localdate(at)
    since = fades_from(row)
    if row.state != State.RUNNING or since is None:
        raise PlanNotInState(state=row.state)
    back = rules.fade_back(since, today)
    ends_on = rules.fade_now(back, today).plan.probe if back else rules.next_day(Outcome.CONTINUE, today)
    fades = {FADES_FROM: back.isoformat() if back else "", STEPPED_BACK: today.isoformat()}
    write(row, at=at, ends_on=ends_on, parts={**row.parts, **fades})


@action("trial.closed", needs=Verb.WRITE)
def close(actor: Membership, plan: Plan, *, at: datetime) -> None:
    """Faded out, and the probes reach the target. Raises PlanNotInState, FadingTooEarlyToClose, ProbesMissed."""
    row = held(plan)
    sheet = sheet_of(actor, row, at=at)
    if sheet.fading is None:
        raise PlanNotInState(state=row.state)
    rules.check_close(sheet.fading.now.plan.steps[0].start, sheet.fading.probes, on=timezone.localdate(at))
    refuse_missed(sheet.fading.move)
    change_state(row, Change.STOP, at=at)
    settle_about(row, DECIDE, at=at)


@action("trial.shown", needs=Verb.WRITE)
def show(actor: Membership, plan: Plan, *, to_pupil: bool, to_guardians: bool, at: datetime) -> None:  # noqa: ARG001
    """After a talk pupil and guardians may read it: the goal, what is done and how it goes. Raises ShownToNobody."""
    row = held(plan)
    to_somebody_new = (to_pupil and not row.shown_to_pupil_at) or (to_guardians and not row.shown_to_guardians_at)
    refuse_to_nobody(newly_shown=bool(to_somebody_new))
    write(
        row,
        at=at,
        shown_to_pupil_at=(row.shown_to_pupil_at or at) if to_pupil else row.shown_to_pupil_at,
        shown_to_guardians_at=(row.shown_to_guardians_at or at) if to_guardians else row.shown_to_guardians_at,
    )
