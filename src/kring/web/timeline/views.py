"""One pupil through the years: for the school, and for the pupil and the guardians what they may see."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.timeline.items import KINDS, SOURCES
from kring.web.timeline.queries import timeline

READERS = roles_that(Record.OWN_LIST, Verb.READ) | FAMILY
ON_A_PAGE = 40


@require_safe
@guard(Record.PUPIL, Verb.READ, roles=READERS)
def pupil_timeline(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """What happened, the newest first; of one kind or source when asked."""
    found = find(request, Pupil, pupil)
    kind, source = request.GET.get("kind", ""), request.GET.get("source", "")
    items = timeline(request.actor, found, at=timezone.now())
    shown = [item for item in items if kind in {"", item.kind} and source in {"", item.source}]
    page = {
        "pupil": found,
        "items": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "has_any": bool(items),
        "kinds": [(key.value, word) for key, word in KINDS.items()],
        "sources": [(key.value, word) for key, word in SOURCES.items()],
        "kind": kind,
        "source": source,
        "is_family": Role(request.actor.role) in FAMILY,
        "is_pupil": Role(request.actor.role) is Role.PUPIL,
    }
    return render(request, "timeline/timeline.html", page)
