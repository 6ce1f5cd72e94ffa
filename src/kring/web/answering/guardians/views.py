"""A guardian with an account: fill in a list about one child, and read back what was handed in."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.web.answering.guardians import queries
from kring.web.answering.one_list import fill_in, nothing_to_fill_in
from kring.web.answering.screen import Frame
from kring.web.guard import SchoolRequest, find, guard
from kring.web.surveys.models import GuardianInvitation

GUARDIANS = frozenset({Role.GUARDIAN})


@require_safe
@guard(Record.GUARDIAN_LIST, Verb.WRITE, roles=GUARDIANS)
def guardian_answer(request: SchoolRequest, guardianinvitation: UUID) -> HttpResponse:
    """The list, with who sees the answers first; a guardian who has no say any more does not find it."""
    one, now = find(request, GuardianInvitation, guardianinvitation, Verb.WRITE, of=Record.GUARDIAN_LIST), timezone.now()
    if not queries.has_say(one, at=now):
        raise Http404
    frame = Frame(
        one.pupil.school,
        leave=reverse("pupil_lists", args=[request.actor.pk, one.pupil_id]),
        read_back=reverse("guardian_sent", args=[request.actor.pk, one.pk]),
        about=one.pupil.given_name,
        reason=one.reason,
    )
    try:
        queries.refuse_late(one, at=now)
    except BrokenRule as broken:
        return nothing_to_fill_in(request, broken, one.round, frame)
    return fill_in(request, one, frame, at=now)


@require_safe
@guard(Record.GUARDIAN_LIST, Verb.READ, roles=GUARDIANS)
def guardian_sent(request: SchoolRequest, guardianinvitation: UUID) -> HttpResponse:
    """What I handed in myself; the other parent's is not mine to read."""
    one = find(request, GuardianInvitation, guardianinvitation)
    sent = queries.sent_by_me(request.actor, one, at=timezone.now())
    if sent is None:
        raise Http404
    request.readings.append(sent.row)
    page = {"title": one.round.offered.title, "pupil": one.pupil, "sent": sent, "reason": one.reason, "submitted_at": sent.row.submitted_at}
    return render(request, "answering/sent.html", page)
