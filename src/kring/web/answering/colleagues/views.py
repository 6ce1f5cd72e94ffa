"""A colleague fills in a list of the team: in one go, and what is handed in bears no name."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import STAFF, Record, Verb
from kring.web.answering.one_list import fill_in
from kring.web.answering.screen import Frame
from kring.web.guard import SchoolRequest, find, guard
from kring.web.surveys.models import StaffInvitation


@require_safe
@guard(Record.STAFF_INVITATION, Verb.ANSWER, roles=STAFF)
def staff_answer(request: SchoolRequest, staffinvitation: UUID) -> HttpResponse:
    """The list. That it was opened is not written down: who is done may be known, and never when."""
    one = find(request, StaffInvitation, staffinvitation, Verb.ANSWER)
    request.readings.clear()
    about = str(one.group) if one.group else request.actor.school.name
    frame = Frame(request.actor.school, leave=reverse("staff_list", args=[request.actor.pk, one.pk]), about=about)
    return fill_in(request, one, frame, at=timezone.now())
