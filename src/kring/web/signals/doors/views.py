"""Doors for who has no account: the school hangs them, and anybody who was given the paper goes through."""

from base64 import b64encode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.classroom import MINUTE, read_aloud, tidied
from kring.core.errors import BrokenRule
from kring.core.reporting_code import HELP_LINE
from kring.core.signals import refuse_seen_later
from kring.documents.qr_code import qr_code
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard, public
from kring.web.signals.doors import actions, queries, rows, tries
from kring.web.signals.doors.forms import DoorForm, KnockForm, NewDoorForm, ReceiptForm
from kring.web.signals.models import SignalDoor
from kring.web.wording import sentence

KEEPERS = roles_that(Record.SIGNAL_DOOR, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SIGNAL_DOOR, Verb.READ, roles=KEEPERS)
@made_once
def signal_doors(request: SchoolRequest) -> HttpResponse:
    """Which doors there are, and a new one."""
    form = NewDoorForm(request.POST or None)
    if form.is_valid():
        made = actions.make_door(request.actor, request.actor.school, form.cleaned_data["name"], at=timezone.now())
        return redirect("signal_door", request.actor.pk, made.pk)
    return render(request, "signals/doors.html", {"form": form, "doors": queries.doors(request.actor, at=timezone.now())})


@require_safe
@guard(Record.SIGNAL_DOOR, Verb.READ, roles=KEEPERS)
def signal_door(request: SchoolRequest, signaldoor: UUID) -> HttpResponse:
    """The paper: code and QR code, to be printed."""
    found = find(request, SignalDoor, signaldoor)
    address, code = request.build_absolute_uri(reverse("door")), rows.code_of(found.pk)
    drawn = b64encode(qr_code(f"{address}#{code}").encode()).decode()
    page = {"door": found, "code": read_aloud(code), "address": address.partition("//")[2], "qr": f"data:image/svg+xml;base64,{drawn}"}
    page["help_line"] = HELP_LINE
    return render(request, "signals/door_paper.html", page)


@require_POST
@guard(Record.SIGNAL_DOOR, Verb.WRITE, roles=KEEPERS)
def signal_door_end(request: SchoolRequest, signaldoor: UUID) -> HttpResponse:
    """Take it back."""
    found = find(request, SignalDoor, signaldoor, Verb.WRITE)
    actions.take_back(request.actor, found, at=timezone.now())
    messages.success(request, _("Ingetrokken. Wat al binnenkwam, blijft staan."))
    return redirect("signal_doors", request.actor.pk)


# ---- before the door --------------------------------------------------------------------------------------------


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """The code opens one screen. A wrong code, one that was taken back and none at all get the same answer."""
    if request.method != "POST":
        return render(request, "signals/door.html", {"form": KnockForm()})
    now = timezone.now()
    if tries.waits(request, at=now):
        return _slowly(request)
    code = tidied(request.POST.get("code", ""))
    found = rows.door_with(code, at=now) if code else None
    if found is None or code is None:
        tries.note_wrong(request, at=now)
        return render(request, "signals/door.html", {"form": KnockForm(), "is_wrong": True}, status=409)
    step = request.POST.get("step", "")
    if step == "receipt":
        return _receipt(request, found, code)
    return _send(request, found, code) if step == "send" else _inside(request, DoorForm(at=now, auto_id="id_%s"), code)


def _inside(request: HttpRequest, form: DoorForm, code: str, refusal: str = "", status: int = 200) -> HttpResponse:
    page = {"form": form, "code": code, "receipt_form": ReceiptForm(auto_id="id_later_%s"), "refusal": refusal}
    return render(request, "signals/door_inside.html", page, status=status)


def _send(request: HttpRequest, found: SignalDoor, code: str) -> HttpResponse:
    now = timezone.now()
    form = DoorForm(request.POST, at=now)
    if not form.is_valid():
        return _inside(request, form, code)
    brought = form.brought()
    try:
        refuse_seen_later(brought.seen.seen_at, at=now)
    except BrokenRule as broken:
        return _inside(request, form, code, sentence(broken), 409)
    if tries.brings_too_much(request, found, at=now):
        wait = _("Wacht een paar minuten en probeer het dan opnieuw. Er is niets veranderd.")
        return _inside(request, form, code, f"{_('Dit ging te vaak achter elkaar')}. {wait}", 429)
    receipt = rows.take_in(found, brought, at=now)
    return render(request, "signals/door_received.html", {"receipt": read_aloud(receipt), "code": code})


def _receipt(request: HttpRequest, found: SignalDoor, code: str) -> HttpResponse:
    """Received or picked up: never by whom, and of whom it was nothing."""
    receipt = tidied(request.POST.get("receipt", ""))
    state = rows.was_picked_up(found, receipt) if receipt else None
    if state is None:
        tries.note_wrong(request, at=timezone.now())
    return render(request, "signals/door_state.html", {"state": state, "code": code}, status=200 if state is not None else 409)


def _slowly(request: HttpRequest) -> HttpResponse:
    answer = render(request, "signals/door_wait.html", status=429)
    answer.headers["Retry-After"] = str(int(MINUTE.total_seconds()))
    return answer
