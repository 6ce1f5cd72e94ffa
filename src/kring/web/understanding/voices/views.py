"""Everybody's own words beside each other: asked, told, or written down in a talk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.web.classroom.seated import SeatRequest, seated
from kring.web.edited import both_texts, sent_again
from kring.web.guard import SchoolRequest, find, guard
from kring.web.understanding.models import Understanding, Voice
from kring.web.understanding.voices import actions, queries
from kring.web.understanding.voices.forms import TO_CHILD, TO_COLLEAGUE, TO_GUARDIAN, AskForm, VoiceForm, WriteDownForm, told
from kring.web.wording import sentence

ASKS = roles_that(Record.VOICE, Verb.WRITE) - FAMILY
WRITES_DOWN = ASKS | roles_that(Record.UNDERSTANDING, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.VOICE, Verb.WRITE, roles=ASKS)
def voice_ask(request: SchoolRequest, understanding: UUID) -> HttpResponse:
    """Ask the pupil, a guardian or ourselves for own words."""
    found, now, refusal = find(request, Understanding, understanding, Verb.WRITE, of=Record.VOICE), timezone.now(), ""
    form = AskForm(request.POST if request.method == "POST" else None, people=queries.to_ask(request.actor, found, at=now))
    if form.is_valid():
        try:
            made = actions.ask(request.actor, found, form.cleaned_data["whose"], at=now)
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            return _asked(request, made)
    page = {"found": found, "pupil": found.pupil, "form": form, "refusal": refusal}
    return render(request, "understanding/voice_ask.html", page, status=409 if refusal else 200)


def _asked(request: SchoolRequest, made: Voice) -> HttpResponse:
    if made.whose == Voice.Whose.SCHOOL:
        return redirect("voice", request.actor.pk, made.pk)
    messages.success(
        request,
        _(
            "Gevraagd. Wie kan inloggen, vindt de vraag op de eerste bladzijde; een leerling ook op een tablet van de klas."
            " U kunt het ook in een gesprek opschrijven."
        ),
    )
    return redirect("understanding", request.actor.pk, made.understanding_id)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.VOICE, Verb.WRITE, roles=WRITES_DOWN)
def voice(request: SchoolRequest, voice: UUID) -> HttpResponse:
    """Those of the school, or what was said in a talk; marked as written down by a colleague."""
    found, refusal = find(request, Voice, voice, Verb.WRITE), ""
    form, both = _written_down(found, request.POST if request.method == "POST" else None), None
    if form.is_valid():
        try:
            actions.write_down(request.actor, found, form.words(), read_at=form.cleaned_data["read"], at=timezone.now())
        except EditedMeanwhile:
            found = find(request, Voice, voice, Verb.WRITE)
            both, form = both_texts(form, told(found)), _written_down(found, sent_again(request.POST, queries.last_written(found)))
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("understanding", request.actor.pk, found.understanding_id)
    page: dict[str, Any] = {
        "voice": found,
        "pupil": found.pupil,
        "form": form,
        "refusal": refusal,
        "is_theirs": queries.is_theirs(found),
        "own": [found],
        "both_shown": both is not None,
        "both": both,
    }
    return render(request, "understanding/voice.html", page, status=409 if refusal or both is not None else 200)


def _written_down(found: Voice, data: Any) -> WriteDownForm:
    return WriteDownForm(data, asked=TO_COLLEAGUE, initial={**told(found), "read": queries.last_written(found)})


@require_safe
@guard(Record.VOICE, Verb.READ, roles=FAMILY)
def my_voices(request: SchoolRequest) -> HttpResponse:
    """What the school asked me, and what I told."""
    rows = queries.mine(request.actor)
    request.readings.extend(rows)
    page = {"voices": rows, "is_pupil": Role(request.actor.role) is Role.PUPIL}
    return render(request, "understanding/my_voices.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.VOICE, Verb.READ, roles=FAMILY)
def my_voice(request: SchoolRequest, voice: UUID) -> HttpResponse:
    """Tell it in my own words; once it is settled it stays."""
    page, status = _telling(request, voice)
    if page is not None:
        return render(request, "understanding/my_voice.html", page, status=status)
    messages.success(request, _("Bewaard. Dank je wel.") if Role(request.actor.role) is Role.PUPIL else _("Bewaard. Dank u wel."))
    return redirect("my_voices", request.actor.pk)


@require_safe
@seated
def seat_voices(request: SeatRequest) -> HttpResponse:
    """What the school asked a pupil at a tablet of the class."""
    rows = queries.mine(request.actor)
    request.readings.extend(rows)
    return render(request, "understanding/seat_voices.html", {"voices": rows, "seat": request.seat})


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def seat_voice(request: SeatRequest, voice: UUID) -> HttpResponse:
    """Tell it at a tablet of the class, with the same promise about who reads it."""
    page, status = _telling(request, voice)
    if page is None:
        return redirect("seat_voices")
    return render(request, "understanding/seat_voice.html", {**page, "seat": request.seat}, status=status)


def _telling(request: SchoolRequest, key: UUID) -> tuple[dict[str, Any] | None, int]:
    """The page for one's own words with its status; None when they were kept."""
    found, refusal = find(request, Voice, key, Verb.WRITE if request.method == "POST" else Verb.READ), ""
    is_pupil = Role(request.actor.role) is Role.PUPIL
    may_write = queries.may_write(request.actor, found) and found.understanding.settled_at is None
    form = VoiceForm(request.POST if request.method == "POST" else None, asked=TO_CHILD if is_pupil else TO_GUARDIAN, initial=told(found))
    if form.is_valid():
        try:
            actions.write(request.actor, found, form.words(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            return None, 302
    page = {"voice": found, "form": form, "refusal": refusal, "is_pupil": is_pupil, "may_write": may_write}
    return page, 409 if refusal else 200
