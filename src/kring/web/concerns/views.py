"""“Ik maak me zorgen over een vriend(in)”: the pages of the pupil, and of who was chosen.

What a pupil does here without a name leaves no reading behind: those pages are about the school, and show a record to who has its words.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.web.access import may
from kring.web.classroom.seated import SeatRequest, seated
from kring.web.concerns import actions, queries
from kring.web.concerns.models import PeerConcern
from kring.web.concerns.telling import NAMELESS, words_page, worries_page
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.wording import sentence

PUPILS = frozenset({Role.PUPIL})


def _sent(request: SchoolRequest) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCHOOL, Verb.READ, roles=PUPILS)
def my_worries(request: SchoolRequest) -> HttpResponse:
    """Tell it to somebody, with a name or without; and what I told with my name."""
    return _told_once(_worries_of, request)


def _told_once(view: Callable[[Any], HttpResponse], request: SchoolRequest) -> HttpResponse:
    """That a worry without a name was sent is not kept either: its words themselves are made once."""
    return (view if request.POST.get("name") == NAMELESS else made_once(view))(request)


def _worries_of(request: SchoolRequest) -> HttpResponse:
    pupil = may(request.actor, Pupil, Verb.WRITE, of=Record.PEER_CONCERN).first()
    if pupil is None:
        raise Http404
    page, status = worries_page(request.actor, pupil, _sent(request))
    if request.method == "POST" and status == 200 and "words" not in page:
        return redirect("my_worries", request.actor.pk)
    request.readings.extend(one.row for one in page["told"])
    return render(request, "concerns/my_worries.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCHOOL, Verb.READ, roles=PUPILS)
def worry_words(request: SchoolRequest) -> HttpResponse:
    """Back to what I told without a name."""
    page, status = words_page(request.actor, _sent(request))
    return render(request, "concerns/worry_words.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def seat_worry(request: SeatRequest) -> HttpResponse:
    """The same at a tablet of the class."""
    return _told_once(_seat_worries_of, request)


def _seat_worries_of(request: SeatRequest) -> HttpResponse:
    page, status = worries_page(request.actor, request.seat.pupil, _sent(request))
    if request.method == "POST" and status == 200 and "words" not in page:
        return redirect("seat_worry")
    request.readings.extend(one.row for one in page["told"])
    return render(request, "concerns/seat_worry.html", page | {"seat": request.seat}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def seat_worry_words(request: SeatRequest) -> HttpResponse:
    """The same at a tablet of the class."""
    page, status = words_page(request.actor, _sent(request))
    return render(request, "concerns/seat_worry_words.html", page | {"seat": request.seat}, status=status)


@require_safe
@guard(Record.PEER_CONCERN, Verb.READ, roles=queries.CHOSEN)
def worries(request: SchoolRequest) -> HttpResponse:
    """What pupils told me; and, for some, with whom a pupil waits too long."""
    now = timezone.now()
    told = queries.told_to(request.actor, at=now)
    request.readings.extend(one.row for one in told)
    return render(request, "concerns/worries.html", {"told": told, "late": queries.late_elsewhere(request.actor, at=now)})


@require_safe
@guard(Record.PEER_CONCERN, Verb.READ, roles=queries.CHOSEN)
def worry(request: SchoolRequest, peerconcern: UUID) -> HttpResponse:
    """One of them."""
    return _one(request, find(request, PeerConcern, peerconcern))


@require_POST
@guard(Record.PEER_CONCERN, Verb.ANSWER, roles=queries.CHOSEN)
@made_once
def worry_answer(request: SchoolRequest, peerconcern: UUID) -> HttpResponse:
    """Write back."""
    found, text = find(request, PeerConcern, peerconcern, Verb.ANSWER), request.POST.get("text", "")
    try:
        actions.answer(request.actor, found, text, at=timezone.now())
    except BrokenRule as broken:
        return _one(request, found, refusal=sentence(broken), typed=text)
    messages.success(request, _("Verstuurd. De leerling kan uw antwoord lezen."))
    return redirect("worry", request.actor.pk, found.pk)


@require_POST
@guard(Record.PEER_CONCERN, Verb.ANSWER, roles=queries.CHOSEN)
def worry_end(request: SchoolRequest, peerconcern: UUID) -> HttpResponse:
    """Rounded off."""
    found = find(request, PeerConcern, peerconcern, Verb.ANSWER)
    try:
        actions.round_off(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _one(request, found, refusal=sentence(broken))
    messages.success(request, _("Afgerond. De leerling kan alles nog lezen."))
    return redirect("worries", request.actor.pk)


def _one(request: SchoolRequest, found: PeerConcern, *, refusal: str = "", typed: str = "") -> HttpResponse:
    page: dict[str, Any] = {"worry": queries.one_worry(found, at=timezone.now()), "refusal": refusal, "typed": typed}
    return render(request, "concerns/worry.html", page, status=409 if refusal else 200)
