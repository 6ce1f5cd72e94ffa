"""What stands before a page that is opened with a letter: one list, in the hat of the guardian whose letter it is, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.core.signing_in import SESSION_LASTS
from kring.web.answering.guardians import queries, rows
from kring.web.guard import shut
from kring.web.surveys.models import GuardianInvitation, ListLetter
from kring.web.trace import bind, origin_of, record_readings
from kring.web.wall import schools_open
from kring.web.writer import NotWritten

View = Callable[..., HttpResponse]
KEPT = "list_letter"


class LetterRequest(HttpRequest):
    """A request with a letter."""

    asked: GuardianInvitation


def keep_letter(request: HttpRequest, letter: ListLetter) -> None:
    """This browser opened it; until the browser closes, or ten hours have passed."""
    request.session.cycle_key()
    request.session[KEPT] = [str(letter.pk), timezone.now().timestamp()]


def forget_letter(request: HttpRequest) -> None:
    """Who comes next on this device types a code again."""
    request.session.pop(KEPT, None)


def by_letter(view: View) -> View:
    """A view for who opened a letter in this browser, as long as that guardian has a say; for everybody else the page for the code."""

    @wraps(view)
    def guarded(request: Any) -> HttpResponse:
        letter = _kept(request)
        school = rows.school_of(letter) if letter else None
        if letter is None or school is None:
            return _works_no_more(request)
        try:
            with schools_open([school]):
                return _answer(view, request, letter)
        except NotWritten as broken:  # what cannot be written down is not shown
            return shut(request, broken)

    guarded.guard = "public"  # type: ignore[attr-defined]
    return guarded


def _kept(request: HttpRequest) -> UUID | None:
    key, since = request.session.get(KEPT, ["", 0])
    fresh = timedelta() <= timedelta(seconds=timezone.now().timestamp() - since) < SESSION_LASTS
    return UUID(key) if key and fresh else None


def _answer(view: View, request: Any, letter: UUID) -> HttpResponse:
    now, asked = timezone.now(), rows.asked_with(letter)
    hat = queries.hat_of(asked, at=now)
    if hat is None or not queries.has_say(asked, at=now):
        return _works_no_more(request)
    request.asked = asked
    bind(hat, origin_of(request))
    response = view(request)
    record_readings(hat, [asked])
    return response


def _works_no_more(request: HttpRequest) -> HttpResponse:
    if KEPT in request.session:
        messages.error(request, _("Met deze brief kan er niets meer worden ingevuld. Wilt u weten waarom? Vraag het de school."))
    forget_letter(request)
    return redirect("list_by_letter")
