"""What stands before every view of a seat: a pupil at a tablet, without an account, behind the wall of the school.

    from kring.web.classroom.seated import SeatRequest, seated

    @seated
    def my_circle(request: SeatRequest) -> HttpResponse: ...

`request.seat` is the seat (with `.pupil`, `.window.group`, `.sitting`), `request.actor` the pupil's own hat (a Membership with
role pupil), so that `may(request.actor, …)`, `find(request, …)` and every action work as for a pupil with an account. The route
lies under `/class/`; the guard of the view is "seat". Without a seat that holds, a page sends on to “wie ben jij?”, and a script
that asks for JSON hears 410.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone

from kring.core.classroom import Seated
from kring.web.classroom import rows
from kring.web.classroom.models import Seat
from kring.web.guard import SchoolRequest, shut
from kring.web.trace import ABSENT, REFUSED, Seen, bind, origin_of, record_readings, record_refusal
from kring.web.wall import schools_open
from kring.web.writer import NotWritten

View = Callable[..., HttpResponse]
COOKIE: Final = "__Host-kring-seat" if settings.SECURE else "kring-seat"


class SeatRequest(SchoolRequest):
    """A request from a seat, in the hat of its pupil."""

    seat: Seat


def seated(view: View) -> View:
    """A view for a pupil at a tablet; for everybody else the page on which a class begins."""

    @wraps(view)
    def guarded(request: Any, **named: Any) -> HttpResponse:
        cookie, state = request.COOKIES.get(COOKIE, ""), Seated.LEFT
        school = rows.school_in(cookie)
        if school is not None:
            with schools_open([school]):
                state = _sit_down(request, cookie)
        if school is None or state is not Seated.HERE:
            return nobody_here(request, state)
        try:
            return _answer(view, request, named)
        except NotWritten as broken:  # what cannot be written down is not shown
            return shut(request, broken)

    guarded.guard = "seat"  # type: ignore[attr-defined]
    return guarded


def _sit_down(request: Any, cookie: str) -> Seated:
    """Put the seat and the hat of its pupil on the request, if it holds."""
    now = timezone.now()
    seat, state = rows.seat_of(cookie, at=now)
    hat = rows.hat_at(seat, at=now) if seat else None
    if seat is None or hat is None:
        return Seated.LEFT if seat else state
    rows.note_here(seat, at=now)
    request.seat, request.actor, request.readings = seat, hat, []
    bind(hat, origin_of(request))
    return Seated.HERE


def _answer(view: View, request: Any, named: dict[str, Any]) -> HttpResponse:
    """The page, sent after its readings are written down; a refusal is written down as well."""
    try:
        with schools_open([request.seat.school_id], person=request.actor.person_id):
            response = view(request, **named)
    except (PermissionDenied, Http404) as refusal:
        seen = Seen("seat", request.seat.pk, request.seat.pupil_id)
        record_refusal(request.actor, seen, outcome=ABSENT if isinstance(refusal, Http404) else REFUSED)
        raise
    if not 300 <= response.status_code < 400:
        record_readings(request.actor, request.readings)
    return response


def nobody_here(request: HttpRequest, state: Seated) -> HttpResponse:
    """The page on which a class begins, with the reason why this one is not here; the cookie goes."""
    if "application/json" in request.headers.get("Accept", ""):
        answer: HttpResponse = JsonResponse({"why": "ended", "how": state.value}, status=410)
    else:
        answer = HttpResponseRedirect(f"{reverse('class_names')}?ended={state.value}")
    if COOKIE in request.COOKIES:
        forget_seat(answer)
    return answer


def keep_seat(answer: HttpResponse, cookie: str) -> None:
    """This device holds the seat until its browser closes; no other site can ask anything in its name."""
    answer.set_cookie(COOKIE, cookie, secure=settings.SECURE, httponly=True, samesite="Strict")


def forget_seat(answer: HttpResponse) -> None:
    """This device holds no seat."""
    answer.set_cookie(COOKIE, "", max_age=0, secure=settings.SECURE, httponly=True, samesite="Strict")
