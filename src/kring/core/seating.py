"""A proposal for who sits where: a plan, the choices of the pupils and the wishes of the teacher, in; places and what they reached, out.

It takes seconds and loads the solver, so it is asked in a process of its own: what goes in and comes out is keys and numbers alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kring.core.errors import BrokenRule
from kring.core.places import FloorPlan, GroupPlan, Plan, Sitting, enough, met, sizes_for
from kring.core.sociometry import FEWEST_FOR_STATUS
from kring.core.sociometry.composing import Clock, Seat, Share, Wish, Wishes, WishKind, compose_groups, compose_seats
from kring.core.sociometry.nominations import Edge, nominations_from

Two = frozenset[str]


@dataclass(eq=False, kw_only=True)
class WishTwice(BrokenRule):
    """This very wish is there already."""


@dataclass(eq=False, kw_only=True)
class WishesContradict(BrokenRule):
    """The same two pupils together and apart: nobody needs a solver to see that."""


@dataclass(eq=False, kw_only=True)
class WishOfOneself(BrokenRule):
    """Together and apart are about two pupils."""


@dataclass(eq=False, kw_only=True)
class NoFrontHere(BrokenRule):
    """A group has no front row."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a proposal follows from. `earlier`: the last plans, oldest first.

    `marks`: pupils by what must be spread evenly, or with a number in `at_most` no more than so many in each group.
    """

    plan: Plan
    sitting: Sitting
    fixed: frozenset[str] = frozenset()
    chosen: frozenset[tuple[str, str]] = frozenset()
    rejected: frozenset[tuple[str, str]] = frozenset()
    wishes: tuple[Wish, ...] = ()
    rather_apart: frozenset[Two] = frozenset()
    marks: Mapping[str, Collection[str]] = field(default_factory=dict)
    at_most: Mapping[str, int] = field(default_factory=dict)
    earlier: tuple[frozenset[Two], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who sits where, and how good that is: `percent` better is not excluded, None when that cannot be said."""

    sitting: Mapping[str, str]
    proven: bool
    percent: float | None
    without_chosen: int
    broken: tuple[tuple[str, str], ...]
    met_before: int


def hides_rejections(pupils: Collection[str], fixed: Collection[str], wishes: Iterable[Wish]) -> bool:
    """Whether so many can sit anywhere that no place tells who said no to whom. Who holds all but two in their places would read it off.

    >>> hides_rejections("ABCDEFGHIJ", "", ()), hides_rejections("ABCDEFGHIJ", "A", ())
    (True, False)
    """
    held = {*fixed, *(pupil for wish in wishes for pupil in wish.pupils)}
    return len({*pupils} - held) >= FEWEST_FOR_STATUS


def refuse_wish(new: Wish, others: Collection[Wish], plan: Plan) -> None:
    """Raises WishOfOneself, WishTwice, WishesContradict and NoFrontHere."""
    if new.kind is WishKind.FRONT and isinstance(plan, GroupPlan):
        raise NoFrontHere
    two = frozenset(new.pupils)
    if new.kind is not WishKind.FRONT and len(two) < 2:
        raise WishOfOneself
    same = {other.kind for other in others if frozenset(other.pupils) == two}
    if new.kind in same:
        raise WishTwice
    if {new.kind, *same} >= {WishKind.APART, WishKind.TOGETHER}:
        raise WishesContradict


def propose(asked: Asked, *, seconds: float | None = None, clock: Clock | None = None) -> Proposed:
    """The best places found before the clock stops. Raises PlacesDoNotFit, WishesClash, NoPlanInTime.

    >>> from kring.core.floor_plans import Shape, floor_plan
    >>> asked = Asked(floor_plan(Shape.PAIRS, 4), dict.fromkeys("ABCD", ""), chosen=frozenset({("A", "C"), ("B", "D")}))
    >>> propose(asked).without_chosen
    0
    """
    pupils = sorted(asked.sitting)
    enough(asked.plan, len(pupils))
    both = asked.rejected - asked.chosen
    edges = [Edge(*one) for one in sorted(asked.chosen)] + [Edge(*one, polarity=-1) for one in sorted(both)]
    nominations, places = nominations_from(pupils, edges), list(asked.plan.sizes)
    wishes, limit = _wishes(asked, places), {} if seconds is None else {"seconds": seconds}
    if isinstance(asked.plan, FloorPlan):
        found = compose_seats(nominations, _from_the_front(asked.plan), wishes=wishes, clock=clock, **limit)
    else:
        found = compose_groups(nominations, _sizes(asked.plan, asked), wishes=wishes, clock=clock, **limit)
    return Proposed(
        sitting={one.pupil: places[one.place] for one in found.pupils},
        proven=found.proven,
        percent=found.percent_better_possible,
        without_chosen=found.without_chosen,
        broken=found.broken,
        met_before=found.met_before,
    )


def _from_the_front(plan: FloorPlan) -> list[Seat]:
    """The first row with seats is the front one, also where nothing stands right at the board."""
    first = min(seat.row for seat in plan.seats)
    return [Seat(seat.row - first, seat.column) for seat in plan.seats]


def _sizes(plan: GroupPlan, asked: Asked) -> list[int]:
    held = [sum(asked.sitting[pupil] == place for pupil in asked.fixed) for place in plan.sizes]
    return sizes_for(plan, len(asked.sitting), held=held)


def _wishes(asked: Asked, places: list[str]) -> Wishes:
    by_kind = {kind: [wish.pupils for wish in asked.wishes if wish.kind is kind] for kind in WishKind}
    in_groups = isinstance(asked.plan, GroupPlan)
    return Wishes(
        apart=frozenset(frozenset(pupils) for pupils in by_kind[WishKind.APART]),
        together=frozenset(frozenset(pupils) for pupils in by_kind[WishKind.TOGETHER]),
        rather_apart=asked.rather_apart,
        at={pupil: places.index(asked.sitting[pupil]) for pupil in sorted(asked.fixed) if asked.sitting[pupil] in places},
        front=frozenset(pupils[0] for pupils in by_kind[WishKind.FRONT]),
        shares=tuple(_share(mark, pupils, len(places), asked) for mark, pupils in sorted(asked.marks.items())) if in_groups else (),
        earlier=asked.earlier,
    )


def _share(mark: str, pupils: Collection[str], groups: int, asked: Asked) -> Share:
    """At most so many, where that was said; else as even as can be: seven over three groups is two or three in each."""
    if mark in asked.at_most:
        return Share(mark, frozenset(pupils), most=asked.at_most[mark])
    least, rest = divmod(len(pupils), groups)
    return Share(mark, frozenset(pupils), least=least, most=least + (rest > 0))


def near_choices(plan: Plan, sitting: Sitting, chosen: Collection[tuple[str, str]]) -> dict[str, tuple[frozenset[str], int]]:
    """For everybody who chose somebody in this plan and has a place: which of those are near, of how many."""
    at: dict[str, set[str]] = {}
    for pupil, other in chosen:
        if other in sitting:
            at.setdefault(pupil, set()).add(other)
    two = met(plan, sitting)
    placed = [pupil for pupil, place in sitting.items() if place in plan.sizes and pupil in at]
    return {pupil: (frozenset(other for other in at[pupil] if frozenset({pupil, other}) in two), len(at[pupil])) for pupil in placed}


def unkept(plan: Plan, sitting: Sitting, wishes: Collection[Wish]) -> tuple[Wish, ...]:
    """The wishes that this sitting breaks, of pupils who have a place: a person may overrule them, knowingly."""
    two, sizes = met(plan, sitting), plan.sizes
    placed = [wish for wish in wishes if all(sitting.get(pupil) in sizes for pupil in wish.pupils)]
    return tuple(wish for wish in placed if _breaks(plan, sitting, wish, two))


def _breaks(plan: Plan, sitting: Sitting, wish: Wish, two: frozenset[Two]) -> bool:
    if wish.kind is WishKind.APART:
        return frozenset(wish.pupils) in two
    if wish.kind is WishKind.TOGETHER:
        return not _side_by_side(plan, *(sitting[pupil] for pupil in wish.pupils))
    if wish.kind is WishKind.FRONT and isinstance(plan, FloorPlan):
        return int(sitting[wish.pupils[0]].split("-")[0]) - 1 > min(seat.row for seat in plan.seats)
    return False


def _side_by_side(plan: Plan, one: str, other: str) -> bool:
    """As the solver holds “together”: on seats beside, not behind."""
    if isinstance(plan, GroupPlan):
        return one == other
    (row, column), (other_row, other_column) = ([int(part) for part in place.split("-")] for place in (one, other))
    return row == other_row and abs(column - other_column) == 1
