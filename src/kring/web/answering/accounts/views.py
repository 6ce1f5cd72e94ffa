"""A pupil with an account: fill in a list without a tablet of the class, and read back what was handed in."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb
from kring.web.answering.accounts import queries
from kring.web.answering.one_list import fill_in
from kring.web.answering.screen import Frame, chosen_from
from kring.web.guard import SchoolRequest, find, guard
from kring.web.surveys.models import Invitation

PUPILS = frozenset({Role.PUPIL})


@require_safe
@guard(Record.OWN_LIST, Verb.WRITE, roles=PUPILS)
def pupil_answer(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """The list, with the promise first."""
    one = find(request, Invitation, invitation, Verb.WRITE, of=Record.OWN_LIST)
    anonymous, choices = one.round.offered.anonymous, one.round.offered.questions
    if anonymous:  # who is done may be known, and never when
        request.readings.clear()
    frame = Frame(
        request.actor.school,
        leave=reverse("pupil_lists", args=[request.actor.pk, one.pupil_id]),
        read_back="" if anonymous or choices else reverse("pupil_sent", args=[request.actor.pk, one.pk]),
        talk=reverse("my_talks", args=[request.actor.pk]),
        readers=chosen_from(one, at=timezone.now()),
    )
    return fill_in(request, one, frame, at=timezone.now())


@require_safe
@guard(Record.OWN_LIST, Verb.READ, roles=PUPILS)
def pupil_sent(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """What I handed in."""
    one = find(request, Invitation, invitation)
    sent = queries.sent_by_me(request.actor, one, at=timezone.now())
    if sent is None or one.round.offered.questions:  # whom I chose stands on no page, for somebody could look along
        raise Http404
    request.readings.append(sent.row)
    page = {"title": one.round.offered.title, "pupil": one.pupil, "sent": sent, "is_pupil": True, "submitted_at": sent.row.submitted_at}
    return render(request, "answering/sent.html", page)
