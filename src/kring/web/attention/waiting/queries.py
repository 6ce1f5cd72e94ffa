"""What waits at whoever looks: one number each, with the oldest of them, and the page where it is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.access import Verb
from kring.core.attention import Level
from kring.core.attention.quiet import ASKS_FOR_A_LOOK, OUT_OF_SIGHT
from kring.web.absences.models import AbsencePrompt
from kring.web.access import may
from kring.web.attention.models import PupilAttention
from kring.web.gatherings.models import Gathering
from kring.web.newcomers.models import NewcomerWatch
from kring.web.plans.models import Plan
from kring.web.schools.models import Membership


@dataclass(frozen=True, slots=True)
class Tile:
    """So many wait, and since or until when the oldest does; late when that day is over."""

    key: str
    title: Promise
    what: Promise
    many: int
    route: str
    query: str = ""
    since: date | None = None
    is_late: bool = False


def waiting(actor: Membership, *, at: datetime) -> list[Tile]:
    """In the order in which one looks; signals stand above it (kring.web.signals). What is nought is left out."""
    return [tile for part in _PARTS for tile in part(actor, at) if tile.many]


def _attention(actor: Membership, at: datetime) -> Iterator[Tile]:
    first, quiet = Q(inward_level=Level.PRIORITY) | Q(outward_level=Level.PRIORITY), _quiet(timezone.localdate(at))
    found = may(actor, PupilAttention, Verb.READ, at=at).aggregate(first=Count("pk", filter=first), quiet=Count("pk", filter=quiet))
    ask = _("Leerlingen bij wie meer bronnen iets laten zien.")
    yield Tile("priority", _("Met voorrang bespreken"), ask, found["first"], "attention", query="level=3")
    unseen = _("Wel punten naar binnen, en acht weken schreef of sprak niemand over hen.")
    yield Tile("quiet", _("Stil, maar niet vergeten"), unseen, found["quiet"], "attention", query="quiet=on")


def _quiet(on: date) -> Q:
    """As core.attention.quiet has it."""
    unheard = Q(last_heard_on=None) | Q(last_heard_on__lte=on - OUT_OF_SIGHT)
    return Q(inward_points__gte=ASKS_FOR_A_LOOK) & (Q(outward_points=None) | Q(outward_points=0)) & unheard


def _plans(actor: Membership, at: datetime) -> Iterator[Tile]:
    on = timezone.localdate(at)
    over = may(actor, Plan, Verb.READ, at=at).filter(state=Plan.State.RUNNING, ends_on__lte=on)
    tile = Tile("plans", _("Plannen om te evalueren"), _("De tijd van het plan is om."), 0, "care_overview", query="kind=plans")
    yield _tile(over, "ends_on", tile, on)


def _talks(actor: Membership, at: datetime) -> Iterator[Tile]:
    due = may(actor, Gathering, Verb.READ, at=at).filter(held_at=None, called_off_at=None, planned_at__lte=at)
    what = _("De dag is voorbij. Schrijf op wat er is gezegd, of zeg het gesprek af.")
    yield _tile(due, "planned_at", Tile("talks", _("Gesprekken zonder verslag"), what, 0, "gatherings"), timezone.localdate(at))


def _newcomers(actor: Membership, at: datetime) -> Iterator[Tile]:
    on = timezone.localdate(at)
    due = may(actor, NewcomerWatch, Verb.READ, at=at).filter(ended_at=None, talk_by_on__lte=on)
    what = _("Praat met de leerling over de eerste weken.")
    yield _tile(due, "talk_by_on", Tile("newcomers", _("Nieuwe leerlingen: tijd voor een gesprek"), what, 0, "newcomers"), on)


def _absences(actor: Membership, at: datetime) -> Iterator[Tile]:
    on = timezone.localdate(at)
    due = may(actor, AbsencePrompt, Verb.READ, at=at).filter(settled_at=None)
    what = _("Kijk in het verzuimregister en vul in wat er is gedaan.")
    yield _tile(due, "look_by_on", Tile("absences", _("Verzuim om na te kijken"), what, 0, "absence_prompts"), on)


def _tile(rows: "QuerySet[Any]", day: str, tile: Tile, on: date) -> Tile:
    """How many, and the oldest."""
    found = rows.order_by().aggregate(many=Count("pk", distinct=True), oldest=Min(day))
    oldest = found["oldest"]
    since = timezone.localdate(oldest) if isinstance(oldest, datetime) else oldest
    return replace(tile, many=found["many"], since=since, is_late=since is not None and since < on)


_PARTS: tuple[Callable[[Membership, datetime], Iterator[Tile]], ...] = (_attention, _plans, _talks, _newcomers, _absences)
