"""From the page of a pupil: ask the guardians for a list, remind them, withdraw it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.documents.list_letters import list_letter_pdf
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.surveys.guardian_lists import actions, queries
from kring.web.surveys.guardian_lists.forms import GuardianListForm
from kring.web.surveys.models import GuardianInvitation
from kring.web.wording import sentence

TEAM = roles_that(Record.GUARDIAN_INVITATION, Verb.WRITE) - FAMILY


@require_safe
@guard(Record.GUARDIAN_INVITATION, Verb.READ, roles=TEAM)
def guardian_lists(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """What the guardians of one pupil were asked, why, by whom, and how it stands."""
    return _page(request, find(request, Pupil, pupil))


def _page(request: SchoolRequest, pupil: Pupil, broken: BrokenRule | None = None) -> HttpResponse:
    now = timezone.now()
    lines = queries.lines_of(request.actor, pupil, at=now)
    request.readings.extend(line.row for line in lines)
    page = {"pupil": pupil, "lines": lines, "refusal": sentence(broken) if broken else ""}
    return render(request, "surveys/guardian_lists/lists.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GUARDIAN_INVITATION, Verb.WRITE, roles=TEAM)
def guardian_list_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Ask them."""
    found, now = find(request, Pupil, pupil, Verb.WRITE, of=Record.GUARDIAN_INVITATION), timezone.now()
    today = timezone.localdate(now)
    form = GuardianListForm(
        request.POST if request.method == "POST" else None,
        lists=queries.lists_for_guardians(request.actor.school, found, at=now),
        ties=queries.guardians_to_ask(found, at=now),
        window=queries.two_weeks(request.actor.school, on=today),
        today=today,
    )
    if not form.is_bound or not form.is_valid():
        return _new(request, found, form)
    try:
        actions.ask_guardians(request.actor, found, form.wanted(), at=now)
    except BrokenRule as broken:
        return _new(request, found, form, broken)
    messages.success(
        request, _("Gevraagd. Wie een account heeft, leest het op de eerste bladzijde. Voor wie er geen heeft, maakt u een brief.")
    )
    return redirect("guardian_lists", request.actor.pk, found.pk)


def _new(request: SchoolRequest, pupil: Pupil, form: GuardianListForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"pupil": pupil, "form": form, "refusal": sentence(broken) if broken else ""}
    page |= {"has_lists": bool(form.lists), "has_guardians": form.has_guardians}
    return render(request, "surveys/guardian_lists/new.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.GUARDIAN_INVITATION, Verb.WRITE, roles=TEAM)
def remind_guardian(request: SchoolRequest, guardianinvitation: UUID) -> HttpResponse:
    """Once more, a week later."""
    found = find(request, GuardianInvitation, guardianinvitation, Verb.WRITE)
    try:
        actions.remind_guardian(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found.pupil, broken)
    messages.success(request, _("Herinnerd."))
    return redirect("guardian_lists", request.actor.pk, found.pupil_id)


@require_POST
@guard(Record.GUARDIAN_INVITATION, Verb.WRITE, roles=TEAM)
def withdraw_guardian_list(request: SchoolRequest, guardianinvitation: UUID) -> HttpResponse:
    """Not needed any more."""
    found = find(request, GuardianInvitation, guardianinvitation, Verb.WRITE)
    try:
        actions.withdraw_guardian_list(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found.pupil, broken)
    messages.success(request, _("Ingetrokken. Deze ouder hoeft niets meer in te vullen."))
    return redirect("guardian_lists", request.actor.pk, found.pupil_id)


@require_POST
@guard(Record.LIST_LETTER, Verb.WRITE, roles=TEAM)
def list_letter(request: SchoolRequest, guardianinvitation: UUID) -> HttpResponse:
    """The letter with which this guardian answers without an account, once: the code is nowhere else."""
    found, now = find(request, GuardianInvitation, guardianinvitation, Verb.WRITE, of=Record.LIST_LETTER), timezone.now()
    try:
        paper = actions.write_letter(request.actor, found, at=now)
    except BrokenRule as broken:
        return _page(request, found.pupil, broken)
    address = request.build_absolute_uri(reverse("list_by_letter"))
    text = queries.letter_text(paper.asked, paper.code, school=request.actor.school.name, address=address, at=now)
    return attachment(list_letter_pdf(text), _("brief.pdf"), "application/pdf")
