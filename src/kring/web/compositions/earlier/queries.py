"""The last plans of a group that were used, and for each pupil with whom they never sat."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kring.core.access import Verb
from kring.core.places import met, read_places
from kring.core.rooms import Pair, never_together, times_together
from kring.web.access import may
from kring.web.compositions.models import ComposedPupil, Composition
from kring.web.compositions.queries import PLANS_REMEMBERED, SEATED, Person, people_of
from kring.web.schools.models import Group, Membership


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil: beside whom more than once, and beside whom in none of the last plans."""

    person: Person
    often: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last plans, the newest first, and everybody who is in the group now."""

    plans: tuple[Composition, ...]
    lines: tuple[Line, ...]


def earlier_of(actor: Membership, group: Group, *, at: datetime) -> Earlier:
    """Floor plans and tables that were used by now; what is only tried out does not count."""
    used = may(actor, Composition, Verb.READ).filter(group=group, kind__in=SEATED, used_from__lte=timezone.localdate(at))
    plans = tuple(used.order_by("-used_from", "-made_at")[:PLANS_REMEMBERED])
    people = people_of(actor, plans[0], at=at) if plans else ()
    return Earlier(plans, tuple(_lines(people, _sat(actor, plans))))


def _sat(actor: Membership, plans: tuple[Composition, ...]) -> list[frozenset[Pair]]:
    sitting: dict[object, dict[str, str]] = {plan.pk: {} for plan in plans}
    for one in may(actor, ComposedPupil, Verb.READ).filter(composition__in=plans).exclude(place=""):
        sitting[one.composition_id][str(one.pupil_id)] = one.place
    return [met(read_places(plan.places), sitting[plan.pk]) for plan in plans]


def _lines(people: tuple[Person, ...], sat: list[frozenset[Pair]]) -> list[Line]:
    names = {one.key: one.name for one in people}
    never, times = never_together(names, sat), times_together(names, sat)
    often: dict[str, list[str]] = {key: [] for key in names}
    for pair, n in times.items():
        for key in pair if n > 1 else ():
            often[key] += [names[other] for other in pair if other != key]
    return [Line(one, tuple(sorted(often[one.key])), tuple(sorted(names[other] for other in never[one.key]))) for one in people]
