"""A group plan as it stands: its clusters with who is in them, who is in none, the mirror of shares, and its versions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kring.core.access import Mark, Record, Role, Verb, rule_of
from kring.core.group_plans import EVERY_LEVEL, Share, group_share, is_above, shares
from kring.core.group_plans import Cluster as CoreCluster
from kring.core.plans import Change, Kind, State, may_change
from kring.documents.lettering import short_names
from kring.web.access import may, may_do
from kring.web.models import AttentionTable
from kring.web.plans.groups.hushing import Hush
from kring.web.plans.models import Cluster, ClusteredPupil, Evaluation, Goal, Plan, PlanVersion
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live

CLASS_LINE = 20  # percent, until the school says otherwise
EDITABLE = (State.DRAFT, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil of the group, by the name the class uses."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """A cluster with who is in it; without names only how many."""

    row: Cluster
    people: tuple[Person, ...]
    count: int

    def core(self) -> CoreCluster:
        row = self.row
        pupils = frozenset(one.key for one in self.people)
        return CoreCluster(row.prevention_level, row.need, row.until_on, row.partner, row.escalation, pupils)


@dataclass(frozen=True)
class Sheet:
    """Everything on the page of a group plan."""

    plan: Plan
    group: Group
    cards: tuple[Card, ...]
    people: tuple[Person, ...]
    size: int
    line: int
    may_write: bool
    names: bool

    @cached_property
    def outside(self) -> list[Person]:
        """Who is in no cluster: seen, also when that is right."""
        inside = {one.key for card in self.cards for one in card.people}
        return [one for one in self.people if one.key not in inside]

    @cached_property
    def levels(self) -> list[tuple[int, list[Card]]]:
        return [(level, [card for card in self.cards if card.row.prevention_level == level]) for level in EVERY_LEVEL[1:]]

    @cached_property
    def shares(self) -> list[Share]:
        return shares([card.core() for card in self.cards], size=self.size) if self.names else []

    @property
    def is_class_first(self) -> bool:
        """More are helped apart than the line of the school: then the class itself is the question."""
        return is_above(sum(one.count for one in self.shares), self.size, self.line)

    @property
    def changes(self) -> list[Change]:
        return may_change(Kind(self.plan.kind), State(self.plan.state)) if self.may_write else []

    @property
    def may_edit(self) -> bool:
        return self.may_write and State(self.plan.state) in EDITABLE


def plans_of(actor: Membership, group: Group) -> QuerySet[Plan]:
    """The group plans and activity plans of this group, the newest first."""
    return may(actor, Plan, Verb.READ, of=Record.GROUP_PLAN).filter(group=group)


def listed(actor: Membership, group: Group) -> list[Plan]:
    """The same for a list; who reads without names reads none in a title either."""
    rows = list(plans_of(actor, group))
    if not sees_names(actor):
        Hush(actor.school, group).rows(rows, "title")
    return rows


def group_plans(actor: Membership, group: Group) -> QuerySet[Plan]:
    return plans_of(actor, group).filter(kind=Kind.GROUP)


def running_plan(actor: Membership, group: Group) -> Plan | None:
    """For who carries it out, also in somebody's place."""
    running = may(actor, Plan, Verb.MEASURE, of=Record.GROUP_PLAN).filter(group=group, kind=Kind.GROUP, state=State.RUNNING)
    return running.first()


def earlier_of(actor: Membership, group: Group) -> Plan | None:
    """The plan of the period before: that which runs, or else the last that was evaluated."""
    others = group_plans(actor, group)
    return others.filter(state=State.RUNNING).first() or others.filter(state=State.EVALUATED).order_by("-evaluated_at").first()


def sees_names(actor: Membership) -> bool:
    rule = rule_of(Role(actor.role), Record.GROUP_PLAN, Verb.READ)
    return rule is not None and Mark.WITHOUT_NAMES not in rule.marks


def class_line(actor: Membership, *, at: datetime) -> int:
    """From how many percent of a class on the class comes first, by the table of the school."""
    found = may(actor, AttentionTable, Verb.READ, at=at).filter(live(at)).order_by("-from_at")
    line: int | None = found.values_list("class_line", flat=True).first()
    return CLASS_LINE if line is None else line


def people_of(actor: Membership, group: Group, *, at: datetime) -> tuple[Person, ...]:
    """Who sits in the group now, by the name the class uses."""
    sits = may(actor, Enrolment, Verb.READ, at=at).filter(live(at), pupil=OuterRef("pk"), group=group)
    names = short_names({str(one.pk): str(one) for one in may(actor, Pupil, Verb.READ, at=at).filter(Exists(sits))})
    return tuple(sorted((Person(*one) for one in names.items()), key=lambda one: (one.name.casefold(), one.key)))


def cards_of(actor: Membership, plan: Plan, people: Sequence[Person], *, verb: Verb = Verb.READ) -> tuple[Card, ...]:
    """The clusters; who left the group does not stand in them any more."""
    here = {one.key: one for one in people}
    inside: dict[Any, list[str]] = {}
    rows = may(actor, ClusteredPupil, verb, of=Record.GROUP_PLAN).filter(cluster__plan=plan)
    for cluster, pupil in rows.values_list("cluster_id", "pupil_id"):
        inside.setdefault(cluster, []).append(str(pupil))
    clusters = may(actor, Cluster, verb, of=Record.GROUP_PLAN).filter(plan=plan)
    return tuple(_card(row, inside.get(row.pk, []), here) for row in clusters)


def _card(row: Cluster, keys: Iterable[str], here: Mapping[str, Person]) -> Card:
    keys = list(keys)
    people = tuple(sorted((here[key] for key in keys if key in here), key=lambda one: one.name.casefold()))
    return Card(row, people, len(people) if here else len(keys))


def sheet_of(actor: Membership, plan: Plan, group: Group, *, verb: Verb = Verb.READ, at: datetime) -> Sheet:
    """In a constant number of questions to the database."""
    names = sees_names(actor)
    people = people_of(actor, group, at=at) if names else ()
    size = len(people) or may(actor, Enrolment, Verb.READ, at=at).filter(live(at), group=group).count()
    may_write, cards = may_do(actor, plan, Verb.WRITE, at=at), cards_of(actor, plan, people, verb=verb)
    if not names:
        hush = Hush(actor.school, group)
        plan.parts = hush.values(plan.parts, "class", "works")
        hush.rows([card.row for card in cards], "need", "goal", "approach", "partner", "escalation")
    return Sheet(plan, group, cards, people, size, class_line(actor, at=at), may_write, names)


def parts_edited(sheet: Sheet) -> list[tuple[str, datetime, str]]:
    """Part by part: what it is called, when it was last changed, and what it says now."""
    plan = sheet.plan
    own = (_("de aanpak voor de hele groep of de indeling"), plan.edited_at, str(plan.parts.get("class", "")))
    return [
        own,
        *((card.row.need, card.row.edited_at, "\n".join(filter(None, (card.row.goal, card.row.approach)))) for card in sheet.cards),
    ]


def cluster_in(actor: Membership, plan: Plan, key: str) -> Cluster | None:
    """One of the clusters of this plan, by its key as a form sends it."""
    return next((one for one in may(actor, Cluster, Verb.READ).filter(plan=plan) if str(one.pk) == key), None)


def clusters_of(actor: Membership, pupil: Pupil) -> list[Cluster]:
    """In which clusters of a running plan this pupil stands; none for who reads plans without names."""
    if not sees_names(actor):
        return []
    inside = may(actor, ClusteredPupil, Verb.READ, of=Record.GROUP_PLAN).filter(pupil=pupil, cluster=OuterRef("pk"))
    found = may(actor, Cluster, Verb.READ, of=Record.GROUP_PLAN).filter(Exists(inside), plan__state=State.RUNNING)
    return list(found.order_by("prevention_level", "place"))


def needs_of(actor: Membership, plan: Plan) -> list[str]:
    """What the plan meets already."""
    return list(may(actor, Cluster, Verb.READ, of=Record.GROUP_PLAN).filter(plan=plan).values_list("need", flat=True))


def thought(plan: Plan, cards: Iterable[Card]) -> dict[str, Any]:
    """What was thought, without the days: a new period alone is no new plan."""
    return {
        "class": plan.parts.get("class", "").strip(),
        "works": plan.parts.get("works", "").strip(),
        "programme": sorted(plan.parts.get("programme", ())),
        "clusters": sorted(_thought(card) for card in cards),
    }


def _thought(card: Card) -> list[Any]:
    row = card.row
    return [row.prevention_level, row.need, row.goal, row.approach, row.partner, row.escalation, sorted(one.key for one in card.people)]


def body_of(plan: Plan, cards: Iterable[Card]) -> dict[str, Any]:
    """As a version keeps it: pupils by their key, so that whoever may not see a name later does not."""
    return {
        "title": plan.title,
        "starts_on": plan.starts_on.isoformat() if plan.starts_on else "",
        "ends_on": plan.ends_on.isoformat() if plan.ends_on else "",
        **{name: plan.parts.get(name, "") for name in ("class", "works")},
        "programme": list(plan.parts.get("programme", ())),
        "clusters": [_kept(card) for card in cards],
    }


def _kept(card: Card) -> dict[str, Any]:
    row = card.row
    return {
        "level": row.prevention_level,
        "until_on": row.until_on.isoformat() if row.until_on else "",
        **{name: getattr(row, name) for name in ("need", "goal", "approach", "partner", "escalation")},
        "pupils": [one.key for one in card.people],
    }


def versions_of(actor: Membership, plan: Plan) -> list[PlanVersion]:
    rows = list(may(actor, PlanVersion, Verb.READ, of=Record.GROUP_PLAN).filter(plan=plan).order_by("-number"))
    if not sees_names(actor):
        Hush(actor.school, plan.group).rows(rows, "reason")
    return rows


def evaluation_of(actor: Membership, plan: Plan) -> Evaluation | None:
    rows = may(actor, Evaluation, Verb.READ, of=Record.GROUP_PLAN).filter(plan=plan)
    found: Evaluation | None = rows.select_related("evaluated_by__person").first()
    if found and not sees_names(actor):
        Hush(actor.school, plan.group).row(found, "carried_out", "effect")
    return found


@dataclass(frozen=True, slots=True)
class Period:
    """A group plan with how many percent of the goals of its days lie with the group (R139); None without goals."""

    plan: Plan
    percent: int | None


def periods_of(actor: Membership, group: Group) -> list[Period]:
    """The periods of a group, the newest first; as many questions to the database for three periods as for one."""
    plans = [one for one in group_plans(actor, group).order_by("-starts_on", "pk") if one.starts_on and one.ends_on]
    of_pupils = Exists(may(actor, Enrolment, Verb.READ).filter(group=group, pupil=OuterRef("plan__pupil")))
    goals = list(
        may(actor, Goal, Verb.READ).filter(Q(plan__group=group) | Q(of_pupils), plan__starts_on__isnull=False).select_related("plan")
    )
    shared = Counter(may(actor, Cluster, Verb.READ).filter(plan__in=plans).exclude(goal="").values_list("plan_id", flat=True))
    return [Period(one, group_share([*_levels_in(one, goals), *["group"] * shared[one.pk]])) for one in plans]


def _levels_in(period: Plan, goals: Iterable[Goal]) -> list[str]:
    """Of the goals of plans whose days touch this period."""
    return [goal.level for goal in goals if _touches(goal.plan, period)]


def _touches(plan: Plan, period: Plan) -> bool:
    first, last, since = period.starts_on, period.ends_on, plan.starts_on
    if first is None or last is None or since is None:
        return False
    return since <= last and (plan.ends_on is None or plan.ends_on >= first)


def goals_with_group(actor: Membership, plan: Plan) -> int | None:
    """In the period of this plan: how many percent of the goals of the group and its pupils lie with the group (R139)."""
    if plan.group is None:
        return None
    return next((one.percent for one in periods_of(actor, plan.group) if one.plan.pk == plan.pk), None)
