"""Say that a notice was seen."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kring.core.access import Record, Verb
from kring.web.guard import SchoolRequest, find, guard
from kring.web.people.models import Notice
from kring.web.people.notices.actions import see_notice


@require_POST
@guard(Record.NOTICE, Verb.READ)
def notice_seen(request: SchoolRequest, notice: UUID) -> HttpResponse:
    """Seen, and on to the first page."""
    see_notice(request.actor, find(request, Notice, notice), at=timezone.now())
    return redirect("home", request.actor.pk)
