"""Who sat beside whom in the last plans."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb, roles_that
from kring.web.compositions.earlier.queries import earlier_of
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group

SEATERS = roles_that(Record.COMPOSITION, Verb.WRITE)


@require_safe
@guard(Record.COMPOSITION, Verb.READ, roles=SEATERS)
def sat_together(request: SchoolRequest, group: UUID) -> HttpResponse:
    """For the next plan: with whom somebody never sat."""
    found = find(request, Group, group, Verb.WRITE, of=Record.COMPOSITION)
    return render(request, "compositions/earlier.html", {"group": found, "earlier": earlier_of(request.actor, found, at=timezone.now())})
