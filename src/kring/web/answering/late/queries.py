"""How many lists of a round wait aside: that they are there, and never what stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce

from kring.core.access import Verb
from kring.web.access import may
from kring.web.answering.models import SetAside
from kring.web.schools.models import Group, Membership
from kring.web.surveys.models import Round


@dataclass(frozen=True, slots=True)
class LateLine:
    """Of one group: how many lists came, and how many of these were whole."""

    group: Group | None  # none: about the school
    lists: int
    whole: int


def late_lines(actor: Membership, round: Round, *, at: datetime) -> list[LateLine]:
    """What waits, by group."""
    of_group = Coalesce(F("group_id"), F("invitation__group_id"), F("guardian_invitation__group_id"))
    rows = waiting(actor, round, at=at).order_by().values_list(of_group, "handed_in").annotate(n=Count("pk"))
    counts: dict[object, list[int]] = {}
    for group, whole, n in rows:
        found = counts.setdefault(group, [0, 0])
        found[0] += n
        found[1] += n if whole else 0
    groups = may(actor, Group, Verb.READ, at=at).in_bulk([key for key in counts if key is not None])
    lines: Iterable[LateLine] = (LateLine(groups.get(key) if key else None, *found) for key, found in counts.items())
    return sorted(lines, key=lambda line: line.group.name if line.group else "")


def waiting(actor: Membership, round: Round, *, at: datetime) -> QuerySet[SetAside]:
    """What was not thrown away and is not taken in."""
    return may(actor, SetAside, Verb.COUNT, at=at).filter(round=round, thrown_at=None)
