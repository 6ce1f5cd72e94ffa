"""“Mijn kring” of a pupil at a tablet of the class, and the list itself."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb
from kring.core.classroom import FINISHING
from kring.core.errors import BrokenRule
from kring.web.answering.one_list import nothing_to_fill_in
from kring.web.answering.pages import asked
from kring.web.answering.screen import Frame, chosen_from, show_list
from kring.web.answering.seats import queries
from kring.web.classroom.seated import SeatRequest, seated
from kring.web.guard import find
from kring.web.surveys.models import Invitation


@require_safe
@seated
def seat_circle(request: SeatRequest) -> HttpResponse:
    """What is asked of me now, what is done, and somebody to talk to."""
    lists = queries.my_lists(request.actor, at=timezone.now())
    request.readings.extend(one.invitation for one in lists if not one.invitation.round.offered.anonymous)
    context = {
        "seat": request.seat,
        "to_do": [one for one in lists if not one.done],
        "done": [one for one in lists if one.done],
    }
    return render(request, "classroom/circle.html", context)


@require_safe
@seated
def seat_list(request: SeatRequest, invitation: UUID) -> HttpResponse:
    """The list, with the promise first. It can be sent until the lesson is over, and what waits on this tablet a week longer."""
    now = timezone.now()
    one = find(request, Invitation, invitation, Verb.WRITE, of=Record.OWN_LIST)
    if one.round.offered.anonymous:  # who is done may be known, and never when
        request.readings.clear()
    frame = _frame(request, one)
    try:
        until = request.seat.window.closes_at + FINISHING
        page = asked(one, at=now, until=until, language=_language(request), seat=request.seat.pk)
    except BrokenRule as broken:
        return nothing_to_fill_in(request, broken, one.round, frame)
    return show_list(request, page, frame)


def _language(request: SeatRequest) -> str:
    return request.GET.get("language", "")[:5] or get_language() or ""


def _frame(request: SeatRequest, one: Invitation) -> Frame:
    """Who has another list to fill in goes on to that; who is done leaves the tablet to the next."""
    others = [other for other in queries.my_lists(request.actor, at=timezone.now()) if not other.done and other.invitation.pk != one.pk]
    return Frame(
        request.seat.school,
        leave=reverse("seat_circle" if others else "class_leave"),
        leave_posts=not others,
        name=request.seat.pupil.given_name,
        talk=reverse("seat_talk"),
        readers=chosen_from(one, at=timezone.now()),
        also="classroom/still.html",
    )
