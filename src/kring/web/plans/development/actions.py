"""What people do with a support plan: open it, write its parts, say the goals and the help, adopt it, let it run, change it, sign it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kring.core import development_plans as rules
from kring.core.access import Record, Verb
from kring.core.edited import refuse_edited
from kring.core.plans import Change, Kind, Layer, PlanNotInState, PlanWithoutPeriod, Stage, State, after, check_period, check_stage
from kring.core.small_trials import check_goal, tidy
from kring.web.action import action
from kring.web.plans import first_steps
from kring.web.plans.deepened.queries import talks_with
from kring.web.plans.development.queries import (
    CHECKED,
    CHECKS,
    PIECES,
    SAVED,
    Sheet,
    body_of,
    check_heard,
    grown_from,
    saved_at,
    sheet_of,
    sides,
)
from kring.web.plans.development.rows import ask_everybody
from kring.web.plans.first_steps import NOTHING_SAID, StepsSaid
from kring.web.plans.intake import NewPlan, change_state, held, keep_version, make_plan, write
from kring.web.plans.models import Goal, Hearing, Plan, Step
from kring.web.schools.models import Membership, Pupil

COPIED = ("text", "level", "type", "measure", "unit", "own_words", "own_words_by_text", "owner", "levels", "higher_is_better", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a support plan begins with. The layer is of the region, the label of the law; neither follows from the other."""

    title: str
    layer: Layer
    has_legal_label: bool
    clock_from_on: date
    starts_on: date
    ends_on: date
    because: str = ""
    steps: StepsSaid = NOTHING_SAID


@action("opp.opened", needs=Verb.WRITE, of=Record.PLAN_DRAFT)
def open_plan(actor: Membership, pupil: Pupil, said: Opened, *, at: datetime) -> Plan:
    """From the deepened cycle, or with a reason.

    Raises DevelopmentPlanThere, StageWithoutReason, PlanEndsTooSoon, FirstStepsMissing, PlanRightAfterSignal.
    """
    Pupil.objects.select_for_update().get(pk=pupil.pk)  # two at once would each find none
    if Plan.objects.filter(pupil=pupil, kind=Kind.DEVELOPMENT).exclude(state=State.EVALUATED).exists():
        raise rules.DevelopmentPlanThere
    before = grown_from(actor, pupil)
    if before is None:
        check_stage(Stage.GROUP_APPROACH, Stage.EXTRA_SUPPORT, said.because)
    parts = _grown(before) if before else {}
    new = NewPlan(
        kind=Kind.DEVELOPMENT,
        title=tidy(said.title)[:120],
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        support_layer=said.layer,
        previous=before,
        because=tidy(said.because),
        parts=parts,
        first_steps=first_steps.fields_of(actor, pupil, said.steps, at=at),
    )
    made = make_plan(actor, pupil, new, at=at)
    write(made, at=at, has_legal_label=said.has_legal_label, clock_from_on=said.clock_from_on)
    if before:
        _copy_goals(before, made)
    made.refresh_from_db()
    return made


def _grown(before: Plan) -> dict[str, Any]:
    """Overview and insight are linked, what everybody wants becomes the begin of what the pupil needs."""
    return {PIECES: [f"plan:{before.pk}"], "pupil_needs": str(before.parts.get("outlook", ""))}


def _copy_goals(before: Plan, made: Plan) -> None:
    """What is not reached yet, with what was done for it; hours and place are said anew."""
    for goal in Goal.objects.filter(plan=before, met_at=None):
        new = Goal.objects.create(
            school_id=made.school_id, plan=made, by_on=made.ends_on, place=goal.place, **{name: getattr(goal, name) for name in COPIED}
        )
        for step in Step.objects.filter(goal=goal):
            same = {"text": step.text, "executor": step.executor, "where": step.where, "level": step.level, "place": step.place}
            Step.objects.create(school_id=made.school_id, plan=made, goal=new, **same)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSaid:
    """One part as it was filled in; a part without days has none."""

    part: rules.Part
    texts: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[str, ...] = ()
    checks: tuple[date, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)  # title, days, layer and label, of the part about them


@action("opp.written", needs=Verb.WRITE)
def write_part(actor: Membership, plan: Plan, said: PartSaid, *, read_at: datetime | None, at: datetime) -> None:
    """One part; what somebody else saves in another part is no matter. Raises EditedMeanwhile, PlanEndsTooSoon."""
    row = _writable(plan)
    refuse_edited(saved_at(row, said.part), read_at=read_at or row.made_at)
    parts = {**row.parts, **{name: said.texts.get(name, "").strip() for name in rules.TEXTS[said.part]}}
    if said.part is rules.Part.PICTURE:
        sources = [one.text for one in sheet_of(actor, row, at=at).pieces]
        rules.check_picture(parts["picture"], sources)
        parts[PIECES] = list(said.pieces)
    if said.part is rules.Part.PERIOD:
        check_period(said.fields["starts_on"], said.fields["ends_on"])
        parts[CHECKS] = sorted(day.isoformat() for day in said.checks)
    parts[SAVED] = {**row.parts.get(SAVED, {}), said.part.value: at.isoformat()}
    write(row, at=at, parts=parts, **said.fields)


def _writable(plan: Plan) -> Plan:
    """A draft, or a running plan that is changed: while everybody is asked for a yes the text stands still."""
    row = held(plan)
    if row.state not in (State.DRAFT, State.RUNNING):
        raise PlanNotInState(state=row.state)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSaid:
    """A goal tied to no subject: what will be seen, how, by when, and in whose words."""

    text: str
    level: str
    type: str
    measure: str
    by_on: date
    owner: str
    own_words: str = ""

    def row(self) -> dict[str, Any]:
        """Raises GoalTooVague, MeasureMissing."""
        same = {"level": self.level, "type": self.type, "measure": tidy(self.measure), "by_on": self.by_on, "owner": tidy(self.owner)}
        return {"text": check_goal(self.text, self.measure), "own_words": self.own_words.strip(), **same}


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpSaid:
    """What is done for a goal: who, where, how many hours a week."""

    text: str
    executor: str
    kind: str
    where: str
    hours: Decimal | None

    def row(self) -> dict[str, Any]:
        """Raises HelpIncomplete."""
        rules.check_help([{"help": [{"executor": self.executor, "where": self.where, "hours": self.hours}]}])
        return {
            "text": tidy(self.text),
            "executor": tidy(self.executor),
            "executor_kind": self.kind,
            "where": self.where,
            "hours": self.hours,
        }


@action("opp.goal_added", needs=Verb.WRITE)
def add_goal(actor: Membership, plan: Plan, goal: GoalSaid, step: HelpSaid, *, at: datetime) -> None:  # noqa: ARG001
    """A goal with the first help for it."""
    row = _writable(plan)
    place = Goal.objects.filter(plan=row).count()
    made = Goal.objects.create(school_id=row.school_id, plan=row, place=place, **goal.row())
    Step.objects.create(school_id=row.school_id, plan=row, goal=made, level=made.level, place=0, **step.row())
    write(row, at=at)


@action("opp.goal_changed", needs=Verb.WRITE)
def change_goal(actor: Membership, plan: Plan, goal: UUID, said: GoalSaid, *, at: datetime) -> None:  # noqa: ARG001
    """What it says; its help stays."""
    row = _writable(plan)
    Goal.objects.get(plan=row, pk=goal)
    Goal.objects.filter(plan=row, pk=goal).update(**said.row())
    write(row, at=at)


@action("opp.goal_removed", needs=Verb.WRITE)
def remove_goal(actor: Membership, plan: Plan, goal: UUID, *, at: datetime) -> None:  # noqa: ARG001
    """With its help; earlier versions keep both."""
    row = _writable(plan)
    found = Goal.objects.get(plan=row, pk=goal)
    Step.objects.filter(goal=found).delete()
    found.delete()
    write(row, at=at)


@action("opp.help_added", needs=Verb.WRITE)
def add_help(actor: Membership, plan: Plan, goal: UUID, said: HelpSaid, *, at: datetime) -> None:  # noqa: ARG001
    """More help for a goal."""
    row = _writable(plan)
    found = Goal.objects.get(plan=row, pk=goal)
    place = Step.objects.filter(goal=found).count()
    Step.objects.create(school_id=row.school_id, plan=row, goal=found, level=found.level, place=place, **said.row())
    write(row, at=at)


@action("opp.help_changed", needs=Verb.WRITE)
def change_help(actor: Membership, plan: Plan, step: UUID, said: HelpSaid, *, at: datetime) -> None:  # noqa: ARG001
    """Who does it, where and for how long: also of what came along from the deepened cycle."""
    row = _writable(plan)
    Step.objects.get(plan=row, pk=step)
    Step.objects.filter(plan=row, pk=step).update(**said.row())
    write(row, at=at)


@action("opp.help_removed", needs=Verb.WRITE)
def remove_help(actor: Membership, plan: Plan, step: UUID, *, at: datetime) -> None:  # noqa: ARG001
    """No longer done."""
    row = _writable(plan)
    Step.objects.get(plan=row, pk=step).delete()
    write(row, at=at)


@action("opp.adopted", needs=Verb.WRITE)
def adopt(actor: Membership, plan: Plan, *, at: datetime) -> None:
    """After the talk aimed at agreement: kept as a version, and everybody with a say is asked about the action part.

    Raises PlanNotInState and what `_check` raises.
    """
    row = held(plan)
    after(Kind(row.kind), State(row.state), Change.AGREE)
    sheet = sheet_of(actor, row, at=at)
    _check(actor, sheet, at=at)
    change_state(row, Change.AGREE, at=at)
    _keep(actor, sheet, "", at=at)


def _check(actor: Membership, sheet: Sheet, *, at: datetime) -> None:
    """Raises what is missing of the parts, PlanWithoutPeriod, CheckMissing, HearingMissing, GuardiansNotSpoken."""
    plan = sheet.plan
    rules.check_texts(sheet.texts)
    rules.check_picture(sheet.texts["picture"], [one.text for one in sheet.pieces])
    rules.check_help([{"help": one["help"]} for one in body_of(sheet)["goals"]])
    if plan.starts_on is None or plan.ends_on is None:
        raise PlanWithoutPeriod
    rules.check_checks(plan.starts_on, plan.ends_on, sheet.checks)
    check_heard(sheet, rules.hearing_asked(len(sheet.versions)))
    if not sheet.says:
        raise rules.NobodyToAgree
    if any(one.guardian for one in sheet.says) and talks_with(actor, plan.pupil, at=at).with_guardians is None:
        raise rules.GuardiansNotConsulted


def _keep(actor: Membership, sheet: Sheet, reason: str, *, at: datetime) -> None:
    body, before = body_of(sheet), sheet.newest
    number = len(sheet.versions) + 1
    body["agreed_as"] = rules.agreed_as(body, number, before.body if before else None)
    kept = keep_version(sheet.plan, actor, body, reason=reason, at=at)
    ask_everybody(actor, sheet.plan, kept, at=at)


@action("opp.taken_back", needs=Verb.WRITE)
def take_back(actor: Membership, plan: Plan, *, at: datetime) -> None:  # noqa: ARG001
    """To be written on, perhaps because somebody said no; what was adopted stays as a version."""
    change_state(held(plan), Change.TAKE_BACK, at=at)


@action("opp.started", needs=Verb.WRITE)
def start(actor: Membership, plan: Plan, *, at: datetime) -> None:
    """The action part runs from now. Raises PlanNotInState, NobodyToAgree, ActionPartWaits, ActionPartRefused."""
    row = held(plan)
    after(Kind(row.kind), State(row.state), Change.START)
    sheet = sheet_of(actor, row, at=at)
    rules.check_run(*sides(sheet.says))
    change_state(row, Change.START, at=at)
    write(row, at=at, parts={**row.parts, "runs_as": sheet.newest.number if sheet.newest else 0})


@action("opp.adjusted", needs=Verb.WRITE)
def adjust(actor: Membership, plan: Plan, *, reason: str, at: datetime) -> None:
    """What was written in a running plan becomes its next version; a changed action part asks everybody anew. Raises NothingChanged."""
    row = held(plan)
    after(Kind(row.kind), State(row.state), Change.ADJUST)
    sheet = sheet_of(actor, row, at=at)
    if not sheet.changed:
        raise rules.NothingChanged
    runs = sheet.holds.number if sheet.holds else 0
    _check(actor, sheet, at=at)
    change_state(row, Change.ADJUST, at=at)
    write(row, at=at, parts={**row.parts, "runs_as": runs})
    _keep(actor, sheet, tidy(reason)[:300], at=at)


@action("opp.signed", needs=Verb.SIGN)
def sign(actor: Membership, plan: Plan, *, at: datetime) -> None:
    """The leader looked it through: somebody else than who adopted this version. Raises PlanNotInState, SignedByMaker."""
    row = held(plan)
    newest = sheet_of(actor, row, at=at).newest
    if newest is None or row.state not in (State.AGREED, State.RUNNING):
        raise PlanNotInState(state=row.state)
    if newest.made_by.person_id == actor.person_id:
        raise rules.SignedByMaker
    Plan.objects.filter(pk=row.pk).update(signed_version=newest.number, signed_by=actor, signed_at=at)


@action("opp.checked", needs=Verb.WRITE)
def look_in_between(actor: Membership, plan: Plan, *, day: date, words: str, at: datetime) -> None:  # noqa: ARG001
    """What was seen on a day in between; a day that is not planned is no check of this plan. Raises PlanNotInState."""
    row = held(plan)
    if row.state != State.RUNNING or day.isoformat() not in row.parts.get(CHECKS, []):
        raise PlanNotInState(state=row.state)
    done = {**row.parts.get(CHECKED, {}), day.isoformat(): words.strip()}
    write(row, at=at, parts={**row.parts, CHECKED: done})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the pupil said at one moment, in which form, and what was done with it; or why hearing could not be."""

    moment: rules.Moment
    form: rules.HearingForm
    said: str = ""
    done_with: str = ""
    not_because: str = ""


@action("opp.pupil_heard", needs=Verb.WRITE, of=Record.HEARING)
def hear(actor: Membership, plan: Plan, heard: Heard, *, at: datetime) -> Hearing:
    """By somebody of the school. Raises HearingEmpty, NothingDoneWithIt."""
    rules.check_hearing(heard.said, heard.done_with, heard.not_because)
    return _hearing(plan, heard, actor, at=at)


@action("opp.pupil_wrote", needs=Verb.WRITE, of=Record.HEARING)
def say_myself(actor: Membership, plan: Plan, said: str, *, at: datetime) -> Hearing:  # noqa: ARG001
    """The pupil, in the own account. Raises HearingEmpty."""
    rules.check_hearing(said, "", "", by_pupil=True)
    moment = rules.Moment.DRAFT if plan.state == State.DRAFT and not plan.versions.exists() else rules.Moment.CHANGE
    return _hearing(plan, Heard(moment=moment, form=rules.HearingForm.WRITTEN, said=said), None, at=at)


def _hearing(plan: Plan, heard: Heard, by: Membership | None, *, at: datetime) -> Hearing:
    made = Hearing(school_id=plan.school_id, plan=plan, pupil=plan.pupil, moment=heard.moment, form=heard.form, heard_by=by)
    made.said, made.done_with, made.not_because = heard.said.strip(), heard.done_with.strip(), tidy(heard.not_because)[:300]
    made.heard_at = at
    made.save(force_insert=True)
    return made


@action("opp.hearing_answered", needs=Verb.WRITE)
def answer_pupil(actor: Membership, hearing: Hearing, done_with: str, *, moment: rules.Moment, at: datetime) -> None:  # noqa: ARG001
    """What was done with what the pupil wrote, and at which moment it counts. Raises NothingDoneWithIt."""
    rules.check_hearing(hearing.said, done_with, "")
    Hearing.objects.filter(pk=hearing.pk, heard_by=None).update(done_with=done_with.strip(), moment=moment)


@action("opp.pupil_asked", needs=Verb.WRITE)
def ask_pupil(actor: Membership, plan: Plan, *, at: datetime) -> None:  # noqa: ARG001
    """The pupil finds on the own first page that the school wants to know what they think; of a draft nothing is shown."""
    row = held(plan)
    write(row, at=at, shown_to_pupil_at=row.shown_to_pupil_at or at)
