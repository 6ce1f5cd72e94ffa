"""Making a group plan, writing it, putting pupils in clusters, and bringing it from draft to evaluated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kring.core.access import Record, Verb
from kring.core.edited import refuse_edited
from kring.core.group_plans import (
    DEFAULT_LAYERS,
    GroupPlanBeingWritten,
    GroupPlanRunsAlready,
    check_changed,
    check_class_first,
    check_clusters,
    check_earlier,
    check_levels,
    check_need,
    refuse_changed,
)
from kring.core.group_plans import Cluster as CoreCluster
from kring.core.phases import PhaseNames
from kring.core.plans import Change, Kind, Layer, PlanNotInState, PlanWithoutPeriod, State, check_period, is_reason
from kring.core.small_trials import TrialWeeks
from kring.web.action import action
from kring.web.plans.groups.queries import EDITABLE, Sheet, body_of, earlier_of, parts_edited, sheet_of, thought
from kring.web.plans.groups.suggesting import Proposed
from kring.web.plans.intake import NewPlan, change_state, held, keep_version, make_plan, write
from kring.web.plans.models import Cluster, ClusteredPupil, Evaluation, Plan
from kring.web.schools.models import Group, Membership, Pupil, School
from kring.web.tasks.intake import give_task, lapse_about, settle_about

TO_EVALUATE = "group_plan.evaluate"


@dataclass(frozen=True, slots=True)
class Begin:
    """What somebody chose before the first page."""

    title: str
    starts_on: date
    ends_on: date
    goes_on: bool = False  # from the text of the last plan


@dataclass(frozen=True, slots=True)
class ClusterText:
    """What stands in a cluster."""

    level: int
    need: str
    goal: str = ""
    approach: str = ""
    until_on: date | None = None
    partner: str = ""
    escalation: str = ""

    def fields(self) -> dict[str, object]:
        """Raises NeedWordedAsFault."""
        told = {name: getattr(self, name) for name in ("goal", "approach", "until_on", "partner", "escalation")}
        return {"prevention_level": self.level, "need": check_need(self.need), **told}


@dataclass(frozen=True, slots=True)
class Move:
    """One pupil from a cluster to another, from none ("") or to none; `also` keeps the place where the pupil was."""

    pupil: Pupil
    start: Cluster | None
    end: Cluster | None
    also: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """How plans go at a school."""

    layers: Mapping[str, str]
    weeks: TrialWeeks
    phase_names: PhaseNames


@dataclass(frozen=True, slots=True)
class Judged:
    """What people said at the end of the period: what was done, whether it helped, and what now."""

    carried_out: str
    quality: int
    effect: str
    decision: str


@action("group_plan.made", needs=Verb.WRITE, of=Record.GROUP_PLAN)
def make_group_plan(actor: Membership, group: Group, begin: Begin, *, at: datetime) -> Plan:
    """A draft, empty or from the last plan. Raises PlanEndsTooSoon, GroupPlanBeingWritten."""
    Group.objects.select_for_update().get(pk=group.pk)  # two at once would each find none
    if Plan.objects.filter(group=group, kind=Kind.GROUP, state__in=(State.DRAFT, State.AGREED)).exists():
        raise GroupPlanBeingWritten
    earlier = earlier_of(actor, group)
    parts = dict(earlier.parts) if earlier and begin.goes_on else {}
    new = NewPlan(kind=Kind.GROUP, title=begin.title, starts_on=begin.starts_on, ends_on=begin.ends_on, previous=earlier, parts=parts)
    made = make_plan(actor, group, new, at=at)
    if earlier and begin.goes_on:
        _copy_clusters(actor, earlier, made, at)
    return made


def _copy_clusters(actor: Membership, earlier: Plan, made: Plan, at: datetime) -> None:
    """Without the days: those are chosen anew."""
    assert made.group is not None
    for card in sheet_of(actor, earlier, made.group, at=at).cards:
        row = card.row
        told = {name: getattr(row, name) for name in ("prevention_level", "need", "goal", "approach", "partner", "escalation", "place")}
        copied = Cluster.objects.create(school_id=made.school_id, plan=made, edited_at=at, **told)
        _put(copied, [one.key for one in card.people])


@action("group_plan.written", needs=Verb.WRITE)
def write_class_part(
    actor: Membership,  # noqa: ARG001
    plan: Plan,
    *,
    texts: dict[str, object],
    period: tuple[date, date],
    read_at: datetime,
    at: datetime,
) -> None:
    """The part for the whole group, and the days. Raises EditedMeanwhile, PlanNotInState, PlanEndsTooSoon."""
    row = _editable(held(plan, read_at=read_at))
    check_period(*period)
    write(row, at=at, parts={**row.parts, **texts}, starts_on=period[0], ends_on=period[1])


@action("cluster.added", needs=Verb.WRITE)
def add_cluster(actor: Membership, plan: Plan, text: ClusterText, pupils: Iterable[Pupil] = (), *, at: datetime) -> None:  # noqa: ARG001
    """Also an empty one. Raises PlanNotInState, NeedWordedAsFault."""
    row = _editable(held(plan))
    made = Cluster.objects.create(school_id=row.school_id, plan=row, edited_at=at, place=row.clusters.count(), **text.fields())
    _put(made, [str(one.pk) for one in pupils])
    _check_levels(row)


@action("cluster.changed", needs=Verb.WRITE)
def change_cluster(
    actor: Membership,  # noqa: ARG001
    cluster: Cluster,
    text: ClusterText,
    pupils: Iterable[Pupil],
    *,
    read_at: datetime,
    at: datetime,
) -> None:
    """What stands in it and who is in it. Raises EditedMeanwhile, PlanNotInState, NeedWordedAsFault, PupilOnTwoLevels."""
    plan = _editable(held(cluster.plan))
    row = Cluster.objects.select_for_update().get(pk=cluster.pk)
    refuse_edited(row.edited_at, read_at=read_at)
    Cluster.objects.filter(pk=row.pk).update(**text.fields(), edited_at=at)
    ClusteredPupil.objects.filter(cluster=row).delete()
    _put(row, [str(one.pk) for one in pupils])
    _check_levels(plan)


@action("cluster.removed", needs=Verb.WRITE)
def remove_cluster(actor: Membership, cluster: Cluster, *, at: datetime) -> None:  # noqa: ARG001
    """Its pupils are in none, when they were in no other. Raises PlanNotInState."""
    row = _editable(held(cluster.plan))
    write(row, at=at)
    Cluster.objects.filter(pk=cluster.pk).delete()


@action("cluster.pupil_moved", needs=Verb.WRITE)
def move_pupil(actor: Membership, plan: Plan, move: Move, *, at: datetime) -> None:  # noqa: ARG001
    """Who has a form of one of these clusters open gets both texts. Raises PlanNotInState, PupilOnTwoLevels."""
    row = _editable(held(plan))
    if move.end:
        _put(move.end, [str(move.pupil.pk)])
    if move.start and move.start != move.end and not move.also:
        ClusteredPupil.objects.filter(cluster=move.start, pupil=move.pupil).delete()
    Cluster.objects.filter(pk__in=[one.pk for one in (move.start, move.end) if one]).update(edited_at=at)
    _check_levels(row)


@action("group_plan.proposal_taken", needs=Verb.WRITE)
def take_proposals(actor: Membership, plan: Plan, chosen: Sequence[Proposed], *, at: datetime) -> None:  # noqa: ARG001
    """What was proposed for the class comes in the class part; the rest become clusters. Raises PlanNotInState."""
    row = _editable(held(plan))
    for_class = [f"{one.need[:1].upper()}{one.need[1:]}.\n{one.approach}".strip() for one in chosen if one.found.level == 1]
    if for_class:
        said = [row.parts.get("class", ""), *for_class]
        write(row, at=at, parts={**row.parts, "class": "\n\n".join(one for one in said if one)})
    for number, one in enumerate(one for one in chosen if one.found.level > 1):
        until_on = row.ends_on if one.found.level == 2 else None
        told = {"need": one.need, "approach": one.approach, "until_on": until_on, "place": row.clusters.count() + number}
        made = Cluster.objects.create(school_id=row.school_id, plan=row, prevention_level=one.found.level, edited_at=at, **told)
        _put(made, [person.key for person in one.people])


@action("group_plan.agreed", needs=Verb.WRITE)
def agree(actor: Membership, plan: Plan, *, because: str, read_at: datetime | None = None, at: datetime) -> None:
    """What must be there, is there; a version is kept. Raises what core.group_plans refuses, and PlanNotInState."""
    row = held(plan)
    sheet = _sheet(actor, row, at)
    if read_at is not None:
        refuse_changed({name: moment for name, moment, _text in parts_edited(sheet)}, read_at=read_at)
    if row.starts_on is None or row.ends_on is None:
        raise PlanWithoutPeriod
    earlier = held(row.previous) if row.previous else None
    check_earlier(State(earlier.state) if earlier else None, because=because)
    check_clusters(row.parts.get("class", ""), [card.core() for card in sheet.cards], ends_on=row.ends_on)
    check_class_first(sheet.shares, line=sheet.line, because=because)
    check_changed(thought(row, sheet.cards), thought(earlier, _sheet(actor, earlier, at).cards) if earlier else None)
    change_state(row, Change.AGREE, at=at)
    write(row, at=at, because=because, support_layer=_layer(row.school, sheet))
    keep_version(row, actor, body_of(row, sheet.cards), reason=because, at=at)


@action("group_plan.taken_back", needs=Verb.WRITE)
def take_back(actor: Membership, plan: Plan, *, at: datetime) -> None:  # noqa: ARG001
    """To write on; what was agreed upon stays as a version. Raises PlanNotInState."""
    change_state(held(plan), Change.TAKE_BACK, at=at)


@action("group_plan.started", needs=Verb.WRITE)
def start(actor: Membership, plan: Plan, *, at: datetime) -> None:
    """And to be evaluated in the end: a task. The one that ran stops, when somebody wrote down why it was not evaluated.

    Raises GroupPlanRunsAlready, PlanNotInState.
    """
    row = held(plan)
    running = Plan.objects.select_for_update().filter(group=row.group_id, kind=Kind.GROUP, state=State.RUNNING).exclude(pk=row.pk).first()
    if running and not (running.pk == row.previous_id and is_reason(row.because)):
        raise GroupPlanRunsAlready
    if running:
        change_state(running, Change.STOP, at=at)
        lapse_about(running, at=at)
    change_state(row, Change.START, at=at)
    if row.ends_on:
        give_task(actor, TO_EVALUATE, due_on=row.ends_on, at=at, about=row, group=row.group_id)


@action("group_plan.adjusted", needs=Verb.WRITE)
def adjust(actor: Membership, plan: Plan, *, reason: str, at: datetime) -> None:
    """What was changed while it ran becomes a version of its own. Raises what an agreement refuses."""
    row = held(plan)
    sheet = _sheet(actor, row, at)
    if row.ends_on is None:
        raise PlanWithoutPeriod
    check_clusters(row.parts.get("class", ""), [card.core() for card in sheet.cards], ends_on=row.ends_on)
    change_state(row, Change.ADJUST, at=at)
    keep_version(row, actor, body_of(row, sheet.cards), reason=reason, at=at)


@action("group_plan.evaluated", needs=Verb.WRITE)
def evaluate(actor: Membership, plan: Plan, judged: Judged, *, at: datetime) -> None:
    """What was done and whether it helped, apart. Raises PlanNotInState."""
    row = held(plan)
    change_state(row, Change.EVALUATE, at=at)
    made = Evaluation(school_id=row.school_id, plan=row, carried_out=judged.carried_out, quality=judged.quality, effect=judged.effect)
    made.decision, made.evaluated_by, made.evaluated_at = judged.decision, actor, at
    made.save(force_insert=True)
    settle_about(row, TO_EVALUATE, at=at)


@action("school.layers_set", needs=Verb.WRITE)
def set_habits(actor: Membership, school: School, habits: Habits) -> None:  # noqa: ARG001
    """Which support layer each level of prevention belongs to here, how long a trial is, and what the phases are called."""
    weeks = {"trial_least_weeks": habits.weeks.least, "trial_most_weeks": habits.weeks.most}
    School.objects.filter(pk=school.pk).update(layer_of_level=dict(habits.layers), phase_names=habits.phase_names.value, **weeks)


def _layer(school: School, sheet: Sheet) -> Layer:
    """Of the heaviest level on which somebody is helped."""
    level = max((card.row.prevention_level for card in sheet.cards if card.people), default=1)
    return Layer(school.layer_of_level.get(str(level), DEFAULT_LAYERS[level]))


def _sheet(actor: Membership, row: Plan, at: datetime) -> Sheet:
    assert row.group is not None
    return sheet_of(actor, row, row.group, at=at)


def _editable(row: Plan) -> Plan:
    """Raises PlanNotInState."""
    if State(row.state) not in EDITABLE:
        raise PlanNotInState(state=row.state)
    return row


def _put(cluster: Cluster, pupils: Iterable[str]) -> None:
    """Once in each."""
    inside = {str(key) for key in ClusteredPupil.objects.filter(cluster=cluster).values_list("pupil_id", flat=True)}
    rows = [ClusteredPupil(school_id=cluster.school_id, cluster=cluster, pupil_id=key) for key in pupils if key not in inside]
    ClusteredPupil.objects.bulk_create(rows)


def _check_levels(plan: Plan) -> None:
    """Raises PupilOnTwoLevels; the transaction takes the change back."""
    inside: dict[object, set[str]] = {}
    for cluster, pupil in ClusteredPupil.objects.filter(cluster__plan=plan).values_list("cluster_id", "pupil_id"):
        inside.setdefault(cluster, set()).add(str(pupil))
    clusters = Cluster.objects.filter(plan=plan)
    check_levels(_core(one, inside.get(one.pk, set())) for one in clusters)


def _core(row: Cluster, pupils: Iterable[str]) -> CoreCluster:
    return CoreCluster(row.prevention_level, row.need, pupils=frozenset(pupils))
