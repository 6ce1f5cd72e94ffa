"""The rhythm of this year: what was asked, what is due, and the next weeks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.web.guard import SchoolRequest, guard
from kring.web.surveys.rhythm.queries import year_rhythm

STAFF = roles_that(Record.ROUND, Verb.READ)
OPENS = roles_that(Record.ROUND, Verb.WRITE)


@require_safe
@guard(Record.ROUND, Verb.READ, roles=STAFF)
def rhythm(request: SchoolRequest) -> HttpResponse:
    """List by list; what is due together is opened together."""
    found = year_rhythm(request.actor, on=timezone.localdate())
    page = {
        "rhythm": found,
        "lines": [line for line in found.lines if line.instrument.rhythm and line.has_pupils],
        "may_open": Role(request.actor.role) in OPENS,
    }
    return render(request, "surveys/rhythm.html", page)
