"""What the actions of every kind of plan share: make one, hold it, bring it a state further, keep a version. No action of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kring.core.edited import refuse_edited
from kring.core.plans import FIRST_STAGE, Change, Kind, Layer, Stage, State, after, check_period, check_stage, seen_as
from kring.web.plans.models import Goal, Plan, PlanVersion
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.signals.models import Signal
from kring.web.understanding.models import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """What a plan begins with; the rest is written in it as it grows."""

    kind: Kind
    title: str
    starts_on: date | None = None
    ends_on: date | None = None
    support_layer: Layer = Layer.BASIC
    stage: Stage | None = None  # that of the kind, when not said
    previous: Plan | None = None
    because: str = ""
    understanding: Understanding | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    signal: Signal | None = None
    first_steps: Mapping[str, Any] = field(default_factory=dict)  # fields of the row, from plans.first_steps


def make_plan(made_by: Membership, about: Group | Pupil, new: NewPlan, *, at: datetime) -> Plan:
    """A draft. Raises PlanEndsTooSoon; StageWithoutReason when a stage is passed over since the plan before."""
    check_period(new.starts_on, new.ends_on)
    stage = new.stage or FIRST_STAGE[new.kind]
    if new.previous:
        check_stage(Stage(new.previous.stage), stage, new.because)
    made = Plan(school_id=about.school_id, kind=new.kind, state=State.DRAFT, stage=stage, support_layer=new.support_layer)
    made.seen_as = seen_as(new.kind, State.DRAFT)
    made.pupil, made.group = (about, None) if isinstance(about, Pupil) else (None, about)
    made.title, made.starts_on, made.ends_on = new.title, new.starts_on, new.ends_on
    made.previous, made.because, made.understanding, made.parts = new.previous, new.because, new.understanding, dict(new.parts)
    made.signal, made.made_by, made.made_at, made.edited_at = new.signal, made_by, at, at
    for name, value in new.first_steps.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made


def goals_worked_on(pupil: Pupil | None, *, besides: Plan | None = None) -> list[str]:
    """What is not met yet in the plans of this pupil that are not over, whoever may read them; without those of one plan."""
    rows = Goal.objects.filter(plan__pupil=pupil, met_at=None).exclude(plan__state=State.EVALUATED).exclude(plan=besides)
    return list(rows.values_list("text", flat=True))


def held(plan: Plan, *, read_at: datetime | None = None) -> Plan:
    """The row until the transaction ends; with `read_at`, only when nobody edited it since. Raises EditedMeanwhile."""
    row: Plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if read_at is not None:
        refuse_edited(row.edited_at, read_at=read_at)
    return row


def write(row: Plan, *, at: datetime, **fields: Any) -> None:
    """Fields of a held plan; whoever read it before gets both texts."""
    Plan.objects.filter(pk=row.pk).update(**fields, edited_at=at)


def change_state(row: Plan, change: Change, *, at: datetime) -> State:
    """Of a held plan. Raises PlanNotInState."""
    kind = Kind(row.kind)
    state = after(kind, State(row.state), change)
    moments = {Change.AGREE: {"agreed_at": at}, Change.EVALUATE: {"evaluated_at": at}, Change.STOP: {"evaluated_at": at}}
    version = {"version": row.version + 1} if change is Change.ADJUST else {}
    write(row, at=at, state=state, seen_as=seen_as(kind, state), **moments.get(change, {}), **version)
    return state


def change_stage(row: Plan, stage: Stage, *, because: str = "", at: datetime) -> None:
    """Heavier or lighter help, of a held plan. Raises StageWithoutReason."""
    check_stage(Stage(row.stage), stage, because)
    write(row, at=at, stage=stage, because=because or row.because)


def keep_version(plan: Plan, kept_by: Membership, body: Mapping[str, Any], *, reason: str = "", at: datetime) -> PlanVersion:
    """The plan as it is now, for ever; `body` is what the version page shows."""
    number = PlanVersion.objects.filter(plan=plan).count() + 1
    row = PlanVersion(school_id=plan.school_id, plan=plan, number=number, body=dict(body), reason=reason)
    row.made_by, row.made_at = kept_by, at
    row.save(force_insert=True)
    return row
