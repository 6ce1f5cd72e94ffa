"""A round that a coordinator of the demo opened ahead, in the weeks that Kring proposed."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from kring.web.schools.models import Group, Membership
from kring.web.surveys.opening.actions import open_round
from kring.web.surveys.opening.planned import Planned
from kring.web.surveys.rhythm.queries import year_rhythm

WHO, LIST, TITLE = "frans", "kring-veiligheid", "Sociale veiligheid, alle groepen"


def plan_ahead(members: Mapping[str, Membership], *, now: datetime) -> None:
    """The yearly safety list of a whole school; nothing in the last weeks of a year, when there is no room for it."""
    actor = members.get(WHO)
    if actor is None:
        return
    rhythm = year_rhythm(actor, on=timezone.localdate(now))
    line = next(line for line in rhythm.lines if line.instrument.key == LIST)
    groups = tuple(Group.objects.filter(year=rhythm.year).order_by("name"))
    if rhythm.year and line.coming and groups:
        open_round(actor, rhythm.year, Planned(line.instrument, TITLE, line.coming, groups), at=now)
