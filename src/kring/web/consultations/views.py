"""Asking advice about a child without saying which, and giving it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.anonymity import Finding, Recognisability, unmarked
from kring.core.consulting import WAITS_AFTER, outcome_of
from kring.core.errors import BrokenRule
from kring.web.access import may_do
from kring.web.consultations import actions, queries
from kring.web.consultations.forms import AdviceForm, OutcomeForm, SeatForm, SheetForm
from kring.web.consultations.models import Consultation, ConsultationSeat
from kring.web.consultations.words import BANDS, CONSULTED, KINDS, LEVELS
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.wording import sentence

ASKERS = frozenset(role for role in Role if rule_of(role, Record.CONSULTATION, Verb.WRITE))
MOST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text as the page shows it."""

    what: Promise
    before: str
    text: str
    after: str
    value: str
    may_be_a_word: bool
    is_word: bool


@require_safe
@guard(Record.CONSULTATION, Verb.READ, roles=queries.ADVISERS)
def consultations(request: SchoolRequest) -> HttpResponse:
    """Mine, and where I think along."""
    page = {
        "lists": queries.lists(request.actor, at=timezone.now()),
        "waits_since": timezone.now() - WAITS_AFTER,
        "may_open": Role(request.actor.role) in ASKERS,
        "sees_organisations": rule_of(Role(request.actor.role), Record.ORGANISATION, Verb.READ) is not None,
    }
    return render(request, "consultations/consultations.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CONSULTATION, Verb.WRITE, roles=ASKERS)
@made_once
def consultation_new(request: SchoolRequest) -> HttpResponse:
    """The sheet: first looked through, then kept."""
    form = SheetForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return render(request, "consultations/new.html", {"form": form})
    sheet, words = form.sheet(), _words(request)
    if request.POST.get("step") != "keep":
        return _looked(request, form, sheet, words)
    try:
        made = actions.open_consultation(request.actor, request.actor, sheet, words=words, at=timezone.now())
    except BrokenRule as broken:
        return _looked(request, form, sheet, words, broken)
    messages.success(request, _("Het consult staat klaar. Vraag nu wie er meedenkt."))
    return redirect("consultation", request.actor.pk, made.pk)


def _words(request: SchoolRequest) -> frozenset[str]:
    """The places that the author says to be everyday words."""
    return frozenset(request.POST.getlist("words")[:MOST_WORDS])


def _looked(
    request: SchoolRequest, form: SheetForm, sheet: actions.Sheet, words: Collection[str], broken: BrokenRule | None = None
) -> HttpResponse:
    found = queries.looked_through(request.actor, sheet.texts, band=sheet.age_band)
    estimate = queries.how_recognisable(request.actor.school, sheet.texts, band=sheet.age_band, at=timezone.now())
    page = {
        "form": form,
        "looked": True,
        "places": _places((one for one in found if one.must_go), words),
        "clues": _places((one for one in found if not one.must_go), ()),
        "may_keep": not unmarked(found, words),
        "estimate": _estimate(estimate, sheet.age_band),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "consultations/new.html", page, status=409 if broken else 200)


def _places(found: Iterable[Finding], words: Collection[str]) -> list[Place]:
    return [_place(one, is_word=one.around in words) for one in {one.around: one for one in found}.values()]


def _place(one: Finding, *, is_word: bool) -> Place:
    before, _bracket, after = one.around.partition(f"[{one.text}]")
    return Place(KINDS[one.kind], before, one.text, after, one.around, one.may_be_a_word, is_word)


def _estimate(found: Recognisability, band: str) -> dict[str, Any]:
    return {
        "level": LEVELS[found.level],
        "band": BANDS[found.level],
        "pupils": found.pupils,
        "left": found.left,
        "is_small": found.is_small,
        "ages": Consultation.AgeBand(band).label,
        "clues": [KINDS[kind] for kind in found.clues],
    }


@require_safe
@guard(Record.CONSULTATION, Verb.READ, roles=queries.ADVISERS)
def consultation(request: SchoolRequest, consultation: UUID) -> HttpResponse:
    """One sheet, who sits at the table, and what they advise."""
    return _page(request, find(request, Consultation, consultation))


def _page(request: SchoolRequest, found: Consultation, broken: BrokenRule | None = None, **forms: Any) -> HttpResponse:
    now, texts = timezone.now(), (found.question, found.situation, found.tried)
    is_mine = found.author_id == request.actor.pk
    estimate = queries.how_recognisable(request.actor.school, texts, band=found.age_band, at=now) if is_mine else None
    page = {
        "consultation": found,
        "is_mine": is_mine,
        "is_open": found.closed_at is None,
        "seats": queries.seats_of(request.actor, found, at=now),
        "replies": queries.replies_of(request.actor, found),
        "estimate": _estimate(estimate, found.age_band) if estimate else None,
        "seat_form": SeatForm(advisers=queries.advisers(request.actor, at=now), at=now) if is_mine else None,
        "close_form": OutcomeForm() if is_mine else None,
        "asked": [CONSULTED[one] for one in CONSULTED if one in found.asked],
        "advice_form": AdviceForm() if may_do(request.actor, found, Verb.ANSWER) else None,
        "may_ask_consent": rule_of(Role(request.actor.role), Record.CONSENT_REQUEST, Verb.WRITE) is not None,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "consultations/consultation.html", page | forms, status=409 if broken else 200)


@require_POST
@guard(Record.CONSULTATION, Verb.WRITE, roles=ASKERS)
def consultation_seat(request: SchoolRequest, consultation: UUID) -> HttpResponse:
    """Ask somebody to the table."""
    found, now = find(request, Consultation, consultation, Verb.WRITE), timezone.now()
    form = SeatForm(request.POST, advisers=queries.advisers(request.actor, at=now), at=now)
    if not form.is_valid():
        return _page(request, found, seat_form=form)
    try:
        actions.give_seat(request.actor, found, form.cleaned_data["whom"], until=form.until(), at=now)
    except BrokenRule as broken:
        return _page(request, found, broken, seat_form=form)
    messages.success(request, _("Gevraagd. Dit consult staat nu ook bij die persoon."))
    return redirect("consultation", request.actor.pk, found.pk)


@require_POST
@guard(Record.CONSULTATION, Verb.WRITE, roles=ASKERS)
def consultation_seat_end(request: SchoolRequest, consultation: UUID, consultationseat: UUID) -> HttpResponse:
    """Somebody leaves the table."""
    found, seat = find(request, Consultation, consultation, Verb.WRITE), find(request, ConsultationSeat, consultationseat)
    actions.end_seat(request.actor, found, seat, at=timezone.now())
    messages.success(request, _("Deze persoon leest niet meer mee."))
    return redirect("consultation", request.actor.pk, found.pk)


@require_POST
@guard(Record.CONSULTATION, Verb.ANSWER, roles=queries.ADVISERS)
@made_once
def consultation_advise(request: SchoolRequest, consultation: UUID) -> HttpResponse:
    """Give advice."""
    found = find(request, Consultation, consultation, Verb.ANSWER)
    form, words = AdviceForm(request.POST), _words(request)
    if not form.is_valid():
        return _page(request, found, advice_form=form)
    text = form.cleaned_data["text"]
    try:
        actions.give_advice(request.actor, found, text, words=words, at=timezone.now())
    except BrokenRule as broken:
        places = queries.advice_looked_through(request.actor, text, band=found.age_band)
        return _page(request, found, broken, advice_form=form, places=_places((one for one in places if one.must_go), words))
    messages.success(request, _("Uw advies staat erbij."))
    return redirect("consultation", request.actor.pk, found.pk)


@require_POST
@guard(Record.CONSULTATION, Verb.WRITE, roles=ASKERS)
def consultation_close(request: SchoolRequest, consultation: UUID) -> HttpResponse:
    """What came of it; everybody leaves the table."""
    found = find(request, Consultation, consultation, Verb.WRITE)
    form, words = OutcomeForm(request.POST), _words(request)
    form.full_clean()
    said: dict[str, Any] = {"asked": (), "outcome": "", "next_step": "", **form.cleaned_data}
    try:
        actions.close_consultation(request.actor, found, outcome_of(**said), words=words, at=timezone.now())
    except BrokenRule as broken:
        named = queries.looked_through(request.actor, (said["outcome"], said["next_step"]), band=found.age_band)
        return _page(request, found, broken, close_form=form, close_places=_places((one for one in named if one.must_go), words))
    messages.success(request, _("Het consult is afgesloten. Alleen u leest het nog."))
    return redirect("consultation", request.actor.pk, found.pk)
