"""Cases: for the school that runs them, and for who was asked to one."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, PARTNERS, Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.documents import paper
from kring.web.access import may_do
from kring.web.cases import actions, queries
from kring.web.cases.forms import CaseForm, ColleagueForm, NewcomerForm, PartnerForm
from kring.web.cases.models import SHEET, Case, CaseMember, Share
from kring.web.days import last_day, spoken_clock, spoken_full_day
from kring.web.drafts.once import made_once
from kring.web.files import intake as files
from kring.web.files.attachments import attachment, download
from kring.web.files.models import StoredFile
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.wording import sentence


@require_safe
@guard(Record.CASE, Verb.READ, roles=roles_that(Record.CASE, Verb.READ))
def cases(request: SchoolRequest) -> HttpResponse:
    """My cases, or those of the school."""
    found = queries.cases(request.actor, at=timezone.now())
    request.readings.extend(found)
    page = {"cases": found, "now": timezone.now(), "is_guest": Role(request.actor.role) in PARTNERS}
    return render(request, "cases/cases.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CASE, Verb.WRITE)
@made_once
def case_open(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """A new case about this pupil."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.CASE)
    form = CaseForm(request.POST or None)
    refusal = None
    if form.is_valid():
        try:
            made = actions.open_case(request.actor, found, **form.cleaned_data, at=timezone.now())
            return redirect("case", request.actor.pk, made.pk)
        except BrokenRule as broken:
            refusal = sentence(broken)
    return render(request, "cases/open.html", {"pupil": found, "form": form, "refusal": refusal}, status=409 if refusal else 200)


@require_safe
@guard(Record.CASE, Verb.READ)
def case(request: SchoolRequest, case: UUID) -> HttpResponse:
    """One case: what for, who is on it, what was shared."""
    return _case(request, find(request, Case, case))


def _case(request: SchoolRequest, found: Case, broken: BrokenRule | None = None) -> HttpResponse:
    at = timezone.now()
    seats = queries.seats(request.actor, found, at=at)
    page = {
        "case": found,
        "now": at,
        "is_open": queries.is_open(found, at=at),
        "seats": seats,
        "shares": queries.shares(request.actor, found, seats, at=at),
        "may_write": may_do(request.actor, found, Verb.WRITE),
        "is_guest": Role(request.actor.role) in PARTNERS,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "cases/case.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.CASE, Verb.WRITE)
def case_close(request: SchoolRequest, case: UUID) -> HttpResponse:
    """Over, and everybody from outside is out."""
    found = find(request, Case, case, Verb.WRITE)
    try:
        actions.close_case(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _case(request, found, broken)
    messages.success(request, _("De casus is gesloten. Wie van buiten meedeed, ziet er niets meer van."))
    return redirect("cases", request.actor.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CASE_MEMBER, Verb.WRITE)
def case_colleague(request: SchoolRequest, case: UUID) -> HttpResponse:
    """Ask somebody of the school."""
    found = find(request, Case, case, Verb.WRITE, of=Record.CASE_MEMBER)
    form = ColleagueForm(request.POST or None, choices=queries.colleagues(request.actor, found, at=timezone.now()))
    return _asked(request, found, form, "cases/colleague.html", lambda: _add_colleague(request, found, form))


def _add_colleague(request: SchoolRequest, case: Case, form: forms.Form) -> CaseMember:
    given = form.cleaned_data
    return actions.add_colleague(request.actor, case, given["colleague"], until=given["until"], at=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CASE_MEMBER, Verb.WRITE)
def case_partner(request: SchoolRequest, case: UUID) -> HttpResponse:
    """Ask somebody from outside who has been here before."""
    found = find(request, Case, case, Verb.WRITE, of=Record.CASE_MEMBER)
    form = PartnerForm(request.POST or None, choices=queries.partners(request.actor, found, at=timezone.now()))
    return _asked(request, found, form, "cases/partner.html", lambda: _add_partner(request, found, form))


def _add_partner(request: SchoolRequest, case: Case, form: forms.Form) -> CaseMember:
    given = form.cleaned_data
    return actions.add_partner(request.actor, case, given["partner"], until=given["until"], at=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CASE_MEMBER, Verb.WRITE)
@made_once
def case_newcomer(request: SchoolRequest, case: UUID) -> HttpResponse:
    """Ask somebody from outside who has no account yet."""
    found = find(request, Case, case, Verb.WRITE, of=Record.CASE_MEMBER)
    form = NewcomerForm(request.POST or None, choices=queries.organisations(request.actor))
    return _asked(
        request,
        found,
        form,
        "cases/newcomer.html",
        lambda: actions.invite_partner(request.actor, found, form.newcomer(), until=form.until_day(), at=timezone.now()),
    )


def _asked(request: SchoolRequest, case: Case, form: forms.Form, template: str, ask: Callable[[], CaseMember]) -> HttpResponse:
    refusal = None
    if form.is_valid():
        try:
            seat = ask()
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            said = _("%(name)s doet mee met deze casus, tot en met %(day)s.")
            day = spoken_full_day(last_day(seat.until_at) or timezone.localdate())
            messages.success(request, said % {"name": seat.membership.person, "day": day})
            return redirect("case", request.actor.pk, case.pk)
    return render(request, template, {"case": case, "form": form, "refusal": refusal}, status=409 if refusal else 200)


@require_POST
@guard(Record.CASE_MEMBER, Verb.WRITE)
def case_member_remove(request: SchoolRequest, casemember: UUID) -> HttpResponse:
    """This seat is empty from now on."""
    found = find(request, CaseMember, casemember, Verb.WRITE)
    try:
        actions.remove_member(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _case(request, found.case, broken)
    messages.success(request, _("Deze persoon doet niet meer mee en ziet er vanaf nu niets meer van."))
    return redirect("case", request.actor.pk, found.case_id)


# ---- what was shared --------------------------------------------------------------------------------------------


@require_safe
@guard(Record.SHARE, Verb.READ, roles=FAMILY)
def shares(request: SchoolRequest) -> HttpResponse:
    """What the school shared about me or my child with somebody outside, and lets me see."""
    found = queries.shown(request.actor, at=timezone.now())
    request.readings.extend(found)
    return render(request, "cases/shares.html", {"shares": found, "is_guardian": request.actor.role == Role.GUARDIAN.value})


@require_safe
@guard(Record.SHARE, Verb.READ)
def share_file(request: SchoolRequest, share: UUID) -> HttpResponse:
    """The version as it was shared, printed for this reader alone: name and moment stand across every page."""
    found = find(request, Share, share)
    if found.file is None:
        raise Http404
    try:
        return _printed(request, found, found.file) if found.file.content_type == SHEET else download(found.file)
    except FileNotFoundError:  # a database that was put back without its files
        raise Http404 from None


def _printed(request: SchoolRequest, share: Share, file: StoredFile) -> HttpResponse:
    sheet = files.read(file)
    now = timezone.localtime()
    reader = _("Alleen voor %(name)s · %(day)s, %(time)s uur")
    watermark = reader % {"name": request.actor.person, "day": spoken_full_day(now), "time": spoken_clock(now)}
    return attachment(
        paper.printed(sheet, watermark=watermark, on=timezone.localdate(share.shared_at)), _("gedeeld.pdf"), "application/pdf"
    )


@require_POST
@guard(Record.SHARE, Verb.WRITE)
def share_withdraw(request: SchoolRequest, share: UUID) -> HttpResponse:
    """Nobody outside the school sees it from now on."""
    found = find(request, Share, share, Verb.WRITE)
    try:
        actions.withdraw_share(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _case(request, found.case, broken)
    messages.success(request, _("Ingetrokken. Buiten de school ziet niemand dit meer."))
    return redirect("case", request.actor.pk, found.case_id)
