"""The teacher at the door: open it, see who is in and how far, help, close it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.classroom import read_aloud
from kring.core.errors import BrokenRule
from kring.web.answering.board.actions import call_back
from kring.web.answering.board.forms import LengthForm
from kring.web.answering.board.queries import board
from kring.web.classroom.models import Seat, SignInWindow
from kring.web.classroom.rows import code_of
from kring.web.classroom.teaching import actions, queries
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group, Pupil
from kring.web.surveys.models import Invitation
from kring.web.surveys.running.actions import mark_absent
from kring.web.wording import sentence

TEACHING = roles_that(Record.SIGN_IN_WINDOW, Verb.WRITE)
LONGER = 30


@require_safe
@guard(Record.SIGN_IN_WINDOW, Verb.READ, roles=TEACHING)
def classroom(request: SchoolRequest, group: UUID) -> HttpResponse:
    """The code, and the class while it fills in."""
    return _page(request, find(request, Group, group, Verb.WRITE, of=Record.SIGN_IN_WINDOW))


def _page(request: SchoolRequest, group: Group, broken: BrokenRule | None = None) -> HttpResponse:
    now = timezone.now()
    window = queries.open_window(request.actor, group, at=now)
    last = window or queries.last_window(request.actor, group, at=now)
    shown = board(request.actor, group, last, at=now)
    tag = shown.tag
    if request.headers.get("If-None-Match") == tag and broken is None:
        return HttpResponseNotModified()  # the page that asks by itself has this already: nothing more was read
    context = {
        "tag": tag,
        "group": group,
        "window": window,
        "code": read_aloud(code_of(window.pk)) if window else "",
        "minutes_left": -(-(window.closes_at - now) // timedelta(minutes=1)) if window else 0,
        "board": shown,
        "form": LengthForm(),
        "longer": LONGER,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "classroom/board.html", context, status=409 if broken else 200)


@require_POST
@guard(Record.SIGN_IN_WINDOW, Verb.WRITE, roles=TEACHING)
@made_once
def class_open(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Let the class in."""
    found, form = find(request, Group, group, Verb.WRITE, of=Record.SIGN_IN_WINDOW), LengthForm(request.POST)
    if not form.is_valid():
        return _page(request, found)
    try:
        actions.open_window(request.actor, found, minutes=form.cleaned_data["minutes"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken)
    return redirect("classroom", request.actor.pk, found.pk)


@require_POST
@guard(Record.SIGN_IN_WINDOW, Verb.WRITE, roles=TEACHING)
def window_close(request: SchoolRequest, signinwindow: UUID) -> HttpResponse:
    """Nobody comes in any more."""
    found = find(request, SignInWindow, signinwindow, Verb.WRITE)
    actions.close_window(request.actor, found, at=timezone.now())
    messages.success(request, _("De klas is dicht."))
    return redirect("classroom", request.actor.pk, found.group_id)


@require_POST
@guard(Record.SIGN_IN_WINDOW, Verb.WRITE, roles=TEACHING)
def window_extend(request: SchoolRequest, signinwindow: UUID) -> HttpResponse:
    """Half an hour longer."""
    found = find(request, SignInWindow, signinwindow, Verb.WRITE)
    try:
        actions.extend_window(request.actor, found, minutes=LONGER, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found.group, broken)
    return redirect("classroom", request.actor.pk, found.group_id)


@require_POST
@guard(Record.PUPIL_KEY, Verb.WRITE, roles=TEACHING)
def pupil_unlock(request: SchoolRequest, group: UUID, pupil: UUID) -> HttpResponse:
    """This pupil may try again."""
    find(request, Group, group, Verb.WRITE, of=Record.PUPIL_KEY)
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.PUPIL_KEY)
    actions.unlock(request.actor, found)
    messages.success(request, _("%(name)s kan het weer proberen.") % {"name": found.given_name})
    return redirect("classroom", request.actor.pk, group)


@require_POST
@guard(Record.SEAT, Verb.WRITE, roles=TEACHING)
def seat_end(request: SchoolRequest, seat: UUID) -> HttpResponse:
    """This tablet goes back to its first page."""
    found = find(request, Seat, seat, Verb.WRITE)
    actions.end_seat(request.actor, found, at=timezone.now())
    return redirect("classroom", request.actor.pk, found.window.group_id)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SEAT, Verb.WRITE, roles=TEACHING)
def seat_call_back(request: SchoolRequest, seat: UUID) -> HttpResponse:
    """Somebody else sat here in the name of this pupil: what this brings about, and doing it."""
    found = find(request, Seat, seat, Verb.WRITE)
    if request.method != "POST":
        return render(request, "classroom/call_back.html", {"seat": found, "pupil": found.pupil, "group": found.window.group})
    handed_in = call_back(request.actor, found, at=timezone.now())
    messages.success(request, _("Wat daar is ingevuld, telt niet. %(name)s kan opnieuw beginnen.") % {"name": found.pupil.given_name})
    if handed_in:
        messages.warning(request, _("Er is in die tijd ook een lijst ingeleverd. Die staat er nog: overleg met de intern begeleider."))
    return redirect("classroom", request.actor.pk, found.window.group_id)


@require_POST
@guard(Record.INVITATION, Verb.WRITE, roles=TEACHING)
def class_absent(request: SchoolRequest, group: UUID, pupil: UUID) -> HttpResponse:
    """Is not there today: nobody waits for the lists that are open now."""
    found, now = find(request, Group, group), timezone.now()
    one = find(request, Pupil, pupil)
    lines = board(request.actor, found, None, at=now).lines
    for invitation in next((line.to_be_absent for line in lines if line.pupil.pk == one.pk), ()):
        try:
            mark_absent(request.actor, find(request, Invitation, invitation.pk, Verb.WRITE), at=now)
        except BrokenRule as broken:
            return _page(request, found, broken)
    return redirect("classroom", request.actor.pk, found.pk)
