"""The organisations that the school works with: a list, an entry, and that it was looked after."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.web.access import may_do
from kring.web.catalogue import actions, queries
from kring.web.catalogue.forms import OrganisationForm
from kring.web.catalogue.models import Organisation
from kring.web.guard import SchoolRequest, find, guard
from kring.web.wording import sentence

READERS = frozenset(
    {
        *(Role.COORDINATOR, Role.LEADER, Role.TEACHER, Role.MENTOR, Role.BEHAVIOUR_SPECIALIST),
        *(Role.REMEDIAL_TEACHER, Role.SUPPORT_TEAM_MEMBER, Role.DESIGNATED_CONTACT),
    }
)
WRITERS = frozenset({Role.COORDINATOR})


@require_safe
@guard(Record.ORGANISATION, Verb.READ, roles=READERS)
def organisations(request: SchoolRequest) -> HttpResponse:
    """By name, with what grew old."""
    lines = queries.organisations(request.actor, on=timezone.localdate())
    may_write = may_do(request.actor, request.actor.school, Verb.WRITE, of=Record.ORGANISATION)
    return render(request, "catalogue/organisations.html", {"lines": lines, "may_write": may_write})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ORGANISATION, Verb.WRITE, roles=WRITERS)
def organisation_new(request: SchoolRequest) -> HttpResponse:
    """Add an organisation."""
    form = OrganisationForm(request.POST) if request.method == "POST" else OrganisationForm()
    if not form.is_bound or not form.is_valid():
        return _form(request, form)
    try:
        actions.add_organisation(request.actor, request.actor.school, form.described(), on=timezone.localdate())
    except BrokenRule as broken:
        return _form(request, form, broken=broken)
    messages.success(request, _("De organisatie staat in de lijst."))
    return redirect("organisations", request.actor.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ORGANISATION, Verb.WRITE, roles=WRITERS)
def organisation_edit(request: SchoolRequest, organisation: UUID) -> HttpResponse:
    """Change an entry."""
    found = find(request, Organisation, organisation, Verb.WRITE)
    form = OrganisationForm(request.POST) if request.method == "POST" else OrganisationForm.of(found)
    if not form.is_bound or not form.is_valid():
        return _form(request, form, found)
    try:
        actions.change_organisation(request.actor, found, form.described(), on=timezone.localdate())
    except BrokenRule as broken:
        return _form(request, form, found, broken=broken)
    messages.success(request, _("De gegevens zijn bewaard."))
    return redirect("organisations", request.actor.pk)


def _form(
    request: SchoolRequest, form: OrganisationForm, organisation: Organisation | None = None, *, broken: BrokenRule | None = None
) -> HttpResponse:
    page = {"form": form, "organisation": organisation, "refusal": sentence(broken) if broken else ""}
    return render(request, "catalogue/organisation.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.ORGANISATION, Verb.WRITE, roles=WRITERS)
def organisation_checked(request: SchoolRequest, organisation: UUID) -> HttpResponse:
    """It is still true."""
    actions.check_organisation(request.actor, find(request, Organisation, organisation, Verb.WRITE), on=timezone.localdate())
    messages.success(request, _("Vandaag nagekeken."))
    return redirect("organisations", request.actor.pk)
