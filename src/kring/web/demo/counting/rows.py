"""What the demo school wants to reach, a list without names that was closed, and the figures of everything that was closed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from kring.core.answers import Missing
from kring.core.instruments import Instrument, Item
from kring.library import instrument
from kring.web.demo.invented import chance
from kring.web.school_results.intake import CARE, count_rounds
from kring.web.school_results.models import Ambition
from kring.web.schools.models import Group, Membership, School
from kring.web.surveys.intake import take_anonymous
from kring.web.surveys.models import Invitation, Round

Key = Callable[..., UUID]
LIST, SAFETY, LEADER = "kring-leerling", "kring-veiligheid", "rik"
TITLE = "Sociale veiligheid"
DOES_NOT = 0.06  # hands nothing in
FOUR = 4  # answers


def count_school(school: School, members: Mapping[str, Membership], *, key: Key, now: datetime) -> None:
    """Of every school the figures; of the school of this leader what it wants as well, and how safe pupils feel."""
    leader = members.get(LEADER)
    if leader is not None and leader.school_id == school.pk:
        _wants(school, leader, key, now)
        _felt_safe(school, key, now)
    count_rounds(school, at=now)


def _wants(school: School, leader: Membership, key: Key, now: datetime) -> None:
    said = {"set_by": leader, "set_at": now - timedelta(days=90)}
    Ambition.objects.create(id=key(school.name, "ambition", CARE), school=school, part=CARE, highest_share=0.2, reds_needed=2, **said)


def _felt_safe(school: School, key: Key, now: datetime) -> None:
    """In the same weeks as the last list of pupils that was closed, by the same pupils."""
    beside = Round.objects.filter(school=school, instrument=LIST, closed_at__isnull=False).order_by("-opens_on").first()
    if beside is None:
        return
    found = Round.objects.create(
        id=key(school.name, SAFETY, str(beside.opens_on)),
        school=school,
        year_id=beside.year_id,
        instrument=SAFETY,
        version=1,
        title=f"{TITLE} {beside.opens_on.year}",
        opens_on=beside.opens_on,
        closes_on=beside.closes_on,
    )
    asked = instrument(SAFETY, 1)
    for group in Group.objects.filter(invitations__round=beside).distinct().order_by("name"):
        _filled_in(school, found, group, asked, list(Invitation.objects.filter(round=beside, group=group).values_list("pupil", flat=True)))
    Round.objects.filter(pk=found.pk).update(closed_at=min(beside.closed_at or now, now), closed_by=beside.closed_by)


def _filled_in(school: School, found: Round, group: Group, asked: Instrument, pupils: list[UUID]) -> None:
    draw = chance(school.name, SAFETY, group.name)
    came = [float(draw.random()) >= DOES_NOT for _pupil in pupils]
    about = {"school": school, "round": found, "group": group}
    Invitation.objects.bulk_create(Invitation(pupil_id=one, answered=is_in, **about) for one, is_in in zip(pupils, came, strict=True))
    take_anonymous(found, group, _lists(asked, sum(came), draw))


def _lists(asked: Instrument, n: int, draw: np.random.Generator) -> Iterator[Mapping[str, int | Missing]]:
    """Most feel safe; a class has its own level, and so has a pupil."""
    signs = {one.item: one.sign * scale.direction for scale in asked.scales for one in scale.items}
    of_class = 0.35 * draw.standard_normal()
    for _one in range(n):
        level = 0.6 + of_class + 0.6 * draw.standard_normal()
        yield {item.key: _code(item, signs[item.key] * (level + draw.standard_normal())) for item in asked.coded if item.key in signs}


def _code(item: Item, off: float) -> int:
    """So far from the middle of its answers; what is asked of a month (five answers) hardly happens to anybody."""
    seldom = -1.1 if item.high > FOUR else 0.0
    return int(np.clip(np.rint((item.low + item.high) / 2 + seldom + off), item.low, item.high))
