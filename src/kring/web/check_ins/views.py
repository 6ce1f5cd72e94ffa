"""The daily card of one pupil with one adult: the list, a new one, the card, its day on a phone, on paper, with fewer moments, stopped."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.documents.day_card import day_card_pdf
from kring.web.access import may_do
from kring.web.check_ins import actions, queries
from kring.web.check_ins.forms import CardForm, DayForm, FewerForm, said_of, with_theirs
from kring.web.check_ins.models import CheckInCard
from kring.web.check_ins.printing import paper_of
from kring.web.edited import both_texts
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.wording import sentence

READERS = roles_that(Record.CHECK_IN_CARD, Verb.READ)
WRITERS = roles_that(Record.CHECK_IN_CARD, Verb.WRITE)
FILLERS = roles_that(Record.CHECK_IN_DAY, Verb.WRITE)


@require_safe
@guard(Record.CHECK_IN_CARD, Verb.READ, roles=READERS)
def check_in_cards(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The cards of one pupil, the newest first."""
    found = find(request, Pupil, pupil)
    cards = queries.cards_of(request.actor, found)
    request.readings.extend(cards)
    page = {
        "pupil": found,
        "cards": cards,
        "today": timezone.localdate(),
        "is_family": Role(request.actor.role) in FAMILY,
        "may_write": may_do(request.actor, found, Verb.WRITE, of=Record.CHECK_IN_CARD),
    }
    return render(request, "check_ins/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CHECK_IN_CARD, Verb.WRITE, roles=WRITERS)
def check_in_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """With whom, which goals, at which moments, until when."""
    found, now = find(request, Pupil, pupil, Verb.WRITE, of=Record.CHECK_IN_CARD), timezone.now()
    adults = queries.adults_for(request.actor, found, at=now)
    plans = queries.running_plans(request.actor, found)
    form, refusal = CardForm(request.POST or None, adults=adults, plans=plans, today=timezone.localdate(now)), ""
    if form.is_valid():
        try:
            made = actions.make_card(request.actor, found, form.new(), at=now)
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("De kaart is klaar. Bekijk hem samen met de leerling voordat u begint."))
            return redirect("check_in_card", request.actor.pk, made.pk)
    return render(request, "check_ins/new.html", {"pupil": found, "form": form, "refusal": refusal}, status=409 if refusal else 200)


@require_safe
@guard(Record.CHECK_IN_CARD, Verb.READ, roles=READERS)
def check_in_card(request: SchoolRequest, checkincard: UUID) -> HttpResponse:
    """How the days go; for pupil and guardians in friendly words."""
    return _page(request, find(request, CheckInCard, checkincard))


def _page(request: SchoolRequest, found: CheckInCard, broken: BrokenRule | None = None) -> HttpResponse:
    role = Role(request.actor.role)
    page = {
        "card": found,
        "pupil": found.pupil,
        "sheet": queries.sheet_of(request.actor, found, at=timezone.now()),
        "may_write": may_do(request.actor, found, Verb.WRITE),
        "may_fill": may_do(request.actor, found, Verb.WRITE, of=Record.CHECK_IN_DAY),
        "is_pupil": role is Role.PUPIL,
        "is_family": role in FAMILY,
        "refusal": sentence(broken) if broken else "",
    }
    template = "check_ins/for_family.html" if role in FAMILY else "check_ins/card.html"
    return render(request, template, page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CHECK_IN_DAY, Verb.WRITE, roles=FILLERS)
def check_in_day(request: SchoolRequest, checkincard: UUID) -> HttpResponse:
    """One day: a word, taps, a word. Who saves second sees both."""
    found, now = queries.to_fill(request.actor, checkincard), timezone.now()
    if found is None:
        raise Http404
    request.readings.append(found)
    on = _asked(request.POST.get("on") or request.GET.get("on"), found, timezone.localdate(now))
    row = queries.day_of(request.actor, found, on)
    form = DayForm(request.POST or None, card=found, row=row, on=on)
    page = {"card": found, "pupil": found.pupil, "form": form, "row": row, "on": on, "today": timezone.localdate(now)}
    if not form.is_valid():
        return render(request, "check_ins/day.html", page)
    try:
        actions.fill_day(request.actor, found, form.said(), on=on, read_at=form.cleaned_data["read"], at=now)
    except EditedMeanwhile:
        row = queries.day_of(request.actor, found, on)
        theirs = {name: value for name, value in said_of(row).items() if name != "read"}
        again = DayForm(with_theirs(request.POST, row), card=found, row=row, on=on) if row else form
        page |= {"row": row, "form": again, "both": both_texts(form, theirs), "is_both": True}
        return render(request, "check_ins/day.html", page, status=409)
    except BrokenRule as broken:
        return render(request, "check_ins/day.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard. Mooi dat u er even was."))
    return redirect("check_in_card", request.actor.pk, found.pk)


def _asked(text: str | None, card: CheckInCard, today: date) -> date:
    """The day of the address; the last day of the card that is not to come, when there is none."""
    try:
        asked = parse_date(text or "")
    except ValueError:
        asked = None
    return asked or max(card.from_on, min(card.until_on, today))


@require_safe
@guard(Record.CHECK_IN_CARD, Verb.READ, roles=READERS - FAMILY)
def check_in_pdf(request: SchoolRequest, checkincard: UUID) -> HttpResponse:
    """An empty day on paper; its file name tells nothing."""
    found = find(request, CheckInCard, checkincard)
    return attachment(day_card_pdf(paper_of(found, on=timezone.localdate())), _("dagkaart.pdf"), "application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CHECK_IN_CARD, Verb.WRITE, roles=WRITERS)
def check_in_fewer(request: SchoolRequest, checkincard: UUID) -> HttpResponse:
    """People decide with which moments it goes on."""
    found, now = find(request, CheckInCard, checkincard, Verb.WRITE), timezone.now()
    sheet = queries.sheet_of(request.actor, found, at=now)
    keep = sheet.proposal.keep if sheet.proposes_fewer else (len(found.moments) + 1) // 2
    form, refusal = FewerForm(request.POST or None, card=found, keep=keep, today=timezone.localdate(now)), ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.go_on_with_fewer(request.actor, found, given["moments"], until_on=given["until_on"], at=now)
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Vanaf morgen geldt de nieuwe kaart. Vertel de leerling waarom: het gaat goed."))
            return redirect("check_in_card", request.actor.pk, made.pk)
    page = {"card": found, "pupil": found.pupil, "sheet": sheet, "form": form, "refusal": refusal}
    return render(request, "check_ins/fewer.html", page, status=409 if refusal else 200)


@require_POST
@guard(Record.CHECK_IN_CARD, Verb.WRITE, roles=WRITERS)
def check_in_stop(request: SchoolRequest, checkincard: UUID) -> HttpResponse:
    """Today is the last day."""
    found = find(request, CheckInCard, checkincard, Verb.WRITE)
    try:
        actions.stop_card(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken)
    messages.success(request, _("Vandaag is de laatste dag van deze kaart. Sluit hem samen af."))
    return redirect("check_in_card", request.actor.pk, found.pk)
