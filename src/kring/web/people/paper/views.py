"""Make a letter with a code; recover an account with two colleagues. The code is on that paper or page alone, once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.documents.letters import Kind, letters_pdf
from kring.web.drafts.once import made_once
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.people.colleagues.views import person_page, staff_hat
from kring.web.people.models import Recovery
from kring.web.people.paper import actions, queries
from kring.web.people.paper.actions import Paper

INVITERS = frozenset({Role.LEADER, Role.COORDINATOR})
RECOVERERS = INVITERS | {Role.ADMINISTRATOR}


@require_POST
@guard(Record.ACCOUNT_INVITATION, Verb.WRITE, roles=INVITERS)
def invite(request: SchoolRequest, membership: UUID) -> HttpResponse:
    """The letter for one colleague."""
    hat, now = staff_hat(request, membership), timezone.now()
    try:
        paper = actions.invite(request.actor, hat, at=now)
    except BrokenRule as broken:
        return person_page(request, membership, broken)
    return letters(request, Kind.COLLEAGUE, [paper], at=now)


@require_POST
@guard(Record.ACCOUNT_INVITATION, Verb.WRITE, roles=INVITERS)
def invite_all(request: SchoolRequest) -> HttpResponse:
    """The letters for every colleague who never came in."""
    now = timezone.now()
    papers = actions.invite_all(request.actor, request.actor.school, at=now)
    if papers:
        return letters(request, Kind.COLLEAGUE, papers, at=now)
    messages.info(request, _("Er is geen brief gemaakt: iedereen voor wie u een brief mag maken, kan al inloggen."))
    return redirect("people", request.actor.pk)


def letters(request: SchoolRequest, kind: Kind, papers: Sequence[Paper], *, at: datetime) -> HttpResponse:
    """A PDF with a page for each."""
    address = request.build_absolute_uri(reverse("invitation"))
    school = request.actor.school.name
    made = [queries.letter(kind, paper.code, paper.text, school=school, address=address, at=at) for paper in papers]
    return attachment(letters_pdf(made), _("brief.pdf"), "application/pdf")


@require_POST
@guard(Record.RECOVERY, Verb.WRITE, roles=RECOVERERS)
@made_once
def ask_recovery(request: SchoolRequest, membership: UUID) -> HttpResponse:
    """The first of two colleagues."""
    hat = staff_hat(request, membership)
    try:
        actions.ask_recovery(request.actor, hat, at=timezone.now())
    except BrokenRule as broken:
        return person_page(request, membership, broken)
    messages.success(request, _("Vastgelegd. Nu moet een tweede collega dit binnen een dag bevestigen."))
    return redirect("person", request.actor.pk, membership)


@require_POST
@guard(Record.RECOVERY, Verb.APPROVE, roles=RECOVERERS)
def confirm_recovery(request: SchoolRequest, recovery: UUID) -> HttpResponse:
    """The second of two colleagues, who sees the code once."""
    found, now = find(request, Recovery, recovery, Verb.APPROVE), timezone.now()
    try:
        paper = actions.confirm_recovery(request.actor, found, at=now)
    except BrokenRule as broken:
        return person_page(request, _hat_of(request, found), broken)
    return letters(request, Kind.RECOVERY, [paper], at=now)


def _hat_of(request: SchoolRequest, recovery: Recovery) -> UUID:
    return next(hat.pk for hat in queries.hats_here(request.actor, recovery.person_id))
