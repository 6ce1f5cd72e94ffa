"""The page of whoever a pupil chose as a reader."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.web.answering.written import queries
from kring.web.guard import SchoolRequest, guard

CHOSEN = roles_that(Record.OPEN_ANSWER, Verb.READ) - {Role.PUPIL}


@require_safe
@guard(Record.OPEN_ANSWER, Verb.READ, roles=CHOSEN)
def written_to_me(request: SchoolRequest) -> HttpResponse:
    """What pupils wrote and let me read."""
    found = queries.written_to_me(request.actor, at=timezone.now())
    request.readings.extend(one.row for one in found)
    return render(request, "answering/written/written.html", {"written": found})
