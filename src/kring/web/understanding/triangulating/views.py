"""The triangulation card: everybody who sees a child, side by side and in words."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb, roles_that
from kring.web.access import may_do
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.understanding.triangulating import queries
from kring.web.understanding.triangulating.words import ANGLES, SAYS, TOGETHER

SEES = roles_that(Record.UNDERSTANDING, Verb.READ)


@require_safe
@guard(Record.PUPIL, Verb.READ, roles=SEES)
def triangulation(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """One page about one pupil."""
    found, now = find(request, Pupil, pupil), timezone.now()
    group = queries.class_of(request.actor, found, at=now)
    card = queries.card(request.actor, found, group, at=now)
    title, advice = TOGETHER[card.picture.together]
    page = {
        "pupil": found,
        "group": group,
        "card": card,
        "together": title,
        "advice": advice,
        "sides": [(one, *ANGLES[one.angle], SAYS[one.says]) for one in card.seen],
        "attention": [ANGLES[angle][0] for angle in card.picture.attention],
        "well": [ANGLES[angle][0] for angle in card.picture.well],
        "may_think": may_do(request.actor, found, Verb.WRITE, of=Record.UNDERSTANDING),
        "may_talk": may_do(request.actor, found, Verb.WRITE, of=Record.GATHERING),
        "safety": card.safety,
    }
    return render(request, "understanding/triangulation.html", page)
