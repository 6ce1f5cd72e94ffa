"""Rounds as somebody wants to open them, and what that means: whom they ask, what it costs and what to look at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from kring.core.access import Role
from kring.core.errors import BrokenRule
from kring.core.instruments import About, Informant, Instrument
from kring.core.rounds import Caution, Cost, Window, cost
from kring.web.schools.models import Group, SchoolYear
from kring.web.surveys.reach.queries import Unreached


def is_for_staff(one: Instrument) -> bool:
    """Whether colleagues are asked about the school or a group, and nobody about pupils."""
    return one.informant is Informant.STAFF


def is_for_groups(one: Instrument) -> bool:
    """Whether it is asked group by group."""
    return one.about is not About.SCHOOL


@dataclass(frozen=True, slots=True)
class Planned:
    """One list as somebody wants to ask it. `reason`: beyond its rhythm, or not of everybody."""

    instrument: Instrument
    title: str
    window: Window
    groups: tuple[Group, ...] = ()
    roles: tuple[Role, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Of one group: the pupils who are asked, how many are of a year for which the list is not made, and how many do not take part."""

    group: Group
    pupils: tuple[UUID, ...]
    left_out: int
    objecting: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another round that asks some of the same groups in the same weeks."""

    title: str
    window: Window
    groups: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One round that may be opened. `needs` are the rules that it breaks as long as no reason is written."""

    planned: Planned
    parts: tuple[Part, ...] = ()
    colleagues: tuple[UUID, ...] = ()
    needs: tuple[BrokenRule, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def asked(self) -> int:
        """How many lists will be there to fill in."""
        groups = len(self.planned.groups) if is_for_groups(self.planned.instrument) else 1
        return sum(len(part.pupils) for part in self.parts) + len(self.colleagues) * groups

    @property
    def left_out(self) -> int:
        return sum(part.left_out for part in self.parts)

    @property
    def objecting(self) -> int:
        return sum(part.objecting for part in self.parts)

    @property
    def said(self) -> tuple[object, ...]:
        pupils = ((part.group.pk, pupil) for part in self.parts for pupil in part.pupils)
        return said(self.planned.instrument, self.planned.window, pupils, self.colleagues)

    @property
    def cost(self) -> Cost:
        return cost(self.planned.instrument.informant, self.planned.instrument.minutes, self.asked)

    def cost_of(self, part: Part) -> Cost:
        """What it takes in one group."""
        return cost(self.planned.instrument.informant, self.planned.instrument.minutes, len(part.pupils))


@dataclass(frozen=True, slots=True)
class Asked:
    """What one list asks in one group."""

    plan: Plan
    part: Part
    cost: Cost


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that is opened in one deed, all of it or nothing. `seen` stands for what somebody looked at."""

    year: SchoolYear
    plans: tuple[Plan, ...]
    unreached: Unreached
    cautions: tuple[Caution, ...]
    seen: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "seen", imprint(plan.said for plan in self.plans))

    @property
    def cost(self) -> Cost:
        return sum((plan.cost for plan in self.plans), Cost())

    @property
    def needs(self) -> tuple[BrokenRule, ...]:
        """What asks for a reason."""
        return tuple(broken for plan in self.plans for broken in plan.needs)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Each other round once, with the most groups in which it meets one of these."""
        found: dict[tuple[str, Window], Conflict] = {}
        for one in (conflict for plan in self.plans for conflict in plan.conflicts):
            known = found.get((one.title, one.window))
            found[one.title, one.window] = one if known is None or known.groups < one.groups else known
        return tuple(found.values())

    @property
    def groups(self) -> tuple[tuple[Group, tuple[Asked, ...]], ...]:
        """Group by group what each list asks there; of several lists only those that ask somebody."""
        found: dict[UUID, tuple[Group, list[Asked]]] = {}
        for plan in self.plans:
            for part in plan.parts:
                if part.pupils or part.objecting or len(self.plans) == 1:
                    found.setdefault(part.group.pk, (part.group, []))[1].append(Asked(plan, part, plan.cost_of(part)))
        return tuple((group, tuple(asked)) for group, asked in found.values())

    @property
    def silent(self) -> tuple[Group, ...]:
        """The groups that were chosen and of which several lists ask nobody."""
        shown = {group.pk for group, _asked in self.groups}
        return tuple({part.group.pk: part.group for plan in self.plans for part in plan.parts if part.group.pk not in shown}.values())

    @property
    def left_out(self) -> int:
        return sum(plan.left_out for plan in self.plans)

    @property
    def objecting(self) -> int:
        return sum(plan.objecting for plan in self.plans)


def said(instrument: Instrument, window: Window, pupils: Iterable[tuple[UUID, UUID]], colleagues: Iterable[UUID]) -> tuple[object, ...]:
    """What makes a round this one: its list and days, which pupils it asks in which group, and which colleagues."""
    asked = sorted((str(group), str(pupil)) for group, pupil in pupils)
    return (instrument.key, instrument.version, window.opens_on, window.closes_on, asked, sorted(set(map(str, colleagues))))


def imprint(rounds: Iterable[tuple[object, ...]]) -> str:
    """The same for the same rounds, and another for any other."""
    return sha256(repr(tuple(rounds)).encode()).hexdigest()[:32]
