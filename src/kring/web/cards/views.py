"""Information cards, by what was seen; and the talk with a pupil about telling the parents."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import STAFF, Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.library import card as card_of
from kring.web.cards import actions, queries
from kring.web.cards.forms import TalkedForm, ToldForm
from kring.web.cards.models import ParentTelling
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.signals.words import SIGN_WORDS as WORDS
from kring.web.wording import sentence

NOTERS = roles_that(Record.PARENT_TELLING, Verb.MEASURE)
READERS = roles_that(Record.PARENT_TELLING, Verb.READ)


@require_safe
@guard(Record.SCHOOL, Verb.READ, roles=STAFF)
def cards(request: SchoolRequest) -> HttpResponse:
    """All of them, or those about something that was seen."""
    sign = request.GET.get("sign", "")
    signs = [(key, WORDS[key]) for key in queries.signs_on_cards()]
    page = {"cards": queries.listed(sign, WORDS), "signs": signs, "asked": sign}
    return render(request, "cards/cards.html", page)


@require_safe
@guard(Record.SCHOOL, Verb.READ, roles=STAFF)
def card(request: SchoolRequest, key: str) -> HttpResponse:
    """One card, to read and to print."""
    found = card_of(key)
    if found is None:
        raise Http404
    page = {"card": found, "signs": [WORDS[one] for one in found.signs], "is_heavy": found.key in queries.HEAVY}
    return render(request, "cards/card.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PARENT_TELLING, Verb.MEASURE, roles=NOTERS)
@made_once
def telling_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """That it was talked over with the pupil."""
    found, refusal = find(request, Pupil, pupil, Verb.MEASURE, of=Record.PARENT_TELLING), ""
    form = TalkedForm(request.POST or None, initial={"talked_on": timezone.localdate()})
    if form.is_valid():
        try:
            made = actions.note_talk(request.actor, found, form.talked(request.GET.get("card", "")), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Vastgelegd. Kring vertelt niets aan de ouders; dat doet u, zoals afgesproken."))
            return redirect("telling", request.actor.pk, made.pk)
    page = {"pupil": found, "form": form, "refusal": refusal}
    return render(request, "cards/telling_new.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PARENT_TELLING, Verb.WRITE, roles=READERS)
def telling(request: SchoolRequest, parenttelling: UUID) -> HttpResponse:
    """What was agreed, and afterwards that the parents know."""
    found, refusal = find(request, ParentTelling, parenttelling, Verb.WRITE), ""
    form = ToldForm(request.POST or None)
    if form.is_valid():
        try:
            actions.note_told(request.actor, found, form.cleaned_data["told_on"], form.cleaned_data["because"], at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Vastgelegd."))
            return redirect("telling", request.actor.pk, found.pk)
    page = {"telling": found, "card": card_of(found.card), "form": form, "refusal": refusal}
    return render(request, "cards/telling.html", page, status=409 if refusal else 200)
