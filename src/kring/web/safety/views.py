"""Safety cards, and emergency access to the card of one pupil."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.core.glass import NobodyFound
from kring.core.versions import ChangedMeanwhile
from kring.web.access import may_do
from kring.web.guard import SchoolRequest, find, guard
from kring.web.page import role_label
from kring.web.safety import actions, queries
from kring.web.safety.forms import REMARKS, CardForm, GlassForm, ReviewForm
from kring.web.safety.models import BreakGlass
from kring.web.schools.models import Pupil
from kring.web.wording import sentence

READERS = frozenset(
    {
        *(Role.TEACHER, Role.MENTOR, Role.COORDINATOR, Role.SAFETY_COORDINATOR, Role.LEADER),
        *(Role.REMEDIAL_TEACHER, Role.SUPPORT_TEAM_MEMBER, Role.BEHAVIOUR_SPECIALIST),
    }
)
WRITERS = frozenset({Role.COORDINATOR, Role.GUARDIAN})
BREAKERS = READERS - {Role.COORDINATOR, Role.SAFETY_COORDINATOR} | {Role.EMPLOYEE}
TOLD = frozenset(actions.TOLD)

# ---- safety cards -----------------------------------------------------------------------------------------------


@require_safe
@guard(Record.SAFETY_CARD, Verb.READ, roles=READERS)
def safety_cards(request: SchoolRequest) -> HttpResponse:
    """All cards that I may read: for a substitute on the first morning, or on paper for an outing."""
    lines = queries.card_lines(request.actor, at=timezone.now())
    request.readings.extend(line.card for line in lines)
    return render(request, "safety/cards.html", {"lines": lines})


@require_safe
@guard(Record.SAFETY_CARD, Verb.READ, roles=READERS | {Role.GUARDIAN})
def safety_card(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """What a helper must know at once about this pupil."""
    found = find(request, Pupil, pupil)
    if not may_do(request.actor, found, Verb.READ, of=Record.SAFETY_CARD):
        raise PermissionDenied
    card = queries.card_of(request.actor, found)
    page = {
        "pupil": found,
        "card": card,
        "written_by": role_label(card.updated_by.role) if card else "",
        "may_write": may_do(request.actor, found, Verb.WRITE, of=Record.SAFETY_CARD),
        "is_guardian": request.actor.role == Role.GUARDIAN.value,
    }
    request.readings.extend([card] if card else [])
    return render(request, "safety/card.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SAFETY_CARD, Verb.WRITE, roles=WRITERS)
def safety_card_edit(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Write the card; who was second gets both texts and loses nothing."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.SAFETY_CARD)
    if request.method != "POST":
        return _card_form(request, found, CardForm.of(queries.newest_card(request.actor, found)))
    form = CardForm(request.POST)
    if not form.is_valid():
        return _card_form(request, found, form)
    try:
        actions.write_card(request.actor, found, form.cleaned_data["text"], read=form.cleaned_data["read"], at=timezone.now())
    except ChangedMeanwhile as broken:
        newest = queries.newest_card(request.actor, found)
        return _card_form(request, found, CardForm.of(newest, form.cleaned_data["text"]), broken)
    messages.success(request, _("De veiligheidskaart is bewaard."))
    return redirect("safety_card", request.actor.pk, found.pk)


def _card_form(request: SchoolRequest, pupil: Pupil, form: CardForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"pupil": pupil, "form": form, "refusal": sentence(broken) if broken else ""}
    page["newest"] = queries.newest_card(request.actor, pupil) if broken else None
    return render(request, "safety/card_form.html", page, status=409 if broken else 200)


# ---- emergency access -------------------------------------------------------------------------------------------


@require_safe
@guard(Record.BREAK_GLASS, Verb.READ, roles=BREAKERS | TOLD)
def glasses(request: SchoolRequest) -> HttpResponse:
    """What I took myself; for those who are told: all of the school, what waits for a judgement first."""
    role = Role(request.actor.role)
    told = queries.told_glasses(request.actor, at=timezone.now()) if role in TOLD else []
    request.readings.extend(line.glass for line in told)
    page = {
        "may_break": role in BREAKERS,
        "own": queries.own_glasses(request.actor) if role in BREAKERS else [],
        "is_told": role in TOLD,
        "told": told,
        "now": timezone.now(),
    }
    return render(request, "safety/glasses.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.BREAK_GLASS, Verb.WRITE, roles=BREAKERS)
def glass_break(request: SchoolRequest) -> HttpResponse:
    """Exactly which pupil, and why; then an hour."""
    form = GlassForm(request.POST) if request.method == "POST" else GlassForm()
    if not form.is_bound or not form.is_valid():
        return _glass_form(request, form)
    try:
        made = _broken(request, form)
    except BrokenRule as broken:
        return _glass_form(request, form, broken)
    return redirect("glass", request.actor.pk, made.pk)


def _broken(request: SchoolRequest, form: GlassForm) -> BreakGlass:
    reason, at = form.cleaned_data["reason"], timezone.now()
    pupil = actions.search_pupil(request.actor, request.actor.school, form.wanted(), reason, at=at)
    if pupil is None:
        raise NobodyFound
    return actions.break_glass(request.actor, pupil, reason, at=at)


def _glass_form(request: SchoolRequest, form: GlassForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "safety/glass_form.html", page, status=409 if broken else 200)


@require_safe
@guard(Record.BREAK_GLASS, Verb.READ)
def glass(request: SchoolRequest, breakglass: UUID) -> HttpResponse:
    """The card of the pupil while it is live; for those who are told, what happened and the judgement."""
    return _glass(request, find(request, BreakGlass, breakglass), ReviewForm())


def _glass(request: SchoolRequest, found: BreakGlass, form: ReviewForm, broken: BrokenRule | None = None) -> HttpResponse:
    [line] = queries.glass_lines(request.actor, [found], at=timezone.now())
    is_mine = found.membership_id == request.actor.pk
    card = queries.card_of(request.actor, found.pupil) if is_mine and line.is_live else None
    request.readings.extend([card] if card else [])
    page = {
        "line": line,
        "glass": found,
        "is_mine": is_mine,
        "card": card,
        "is_told": Role(request.actor.role) in TOLD,
        "taken_by": role_label(found.membership.role),
        "judgement": REMARKS.get(found.remark, ""),  # type: ignore[call-overload]
        "may_review": not line.is_live and found.reviewed_at is None and may_do(request.actor, found, Verb.SIGN),
        "form": form,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "safety/glass.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.BREAK_GLASS, Verb.RUN, roles=BREAKERS)
def glass_end(request: SchoolRequest, breakglass: UUID) -> HttpResponse:
    """Close it before the hour is over."""
    found = find(request, BreakGlass, breakglass, Verb.RUN)
    try:
        actions.end_glass(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _glass(request, found, ReviewForm(), broken)
    messages.success(request, _("De noodtoegang is gesloten."))
    return redirect("glasses", request.actor.pk)


@require_POST
@guard(Record.BREAK_GLASS, Verb.SIGN)
def glass_review(request: SchoolRequest, breakglass: UUID) -> HttpResponse:
    """Say whether it was right."""
    found = find(request, BreakGlass, breakglass, Verb.SIGN)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _glass(request, found, form)
    try:
        actions.review_glass(request.actor, found, at=timezone.now(), **form.judgement())
    except BrokenRule as broken:
        return _glass(request, found, form, broken)
    messages.success(request, _("Uw oordeel is bewaard."))
    return redirect("glasses", request.actor.pk)
