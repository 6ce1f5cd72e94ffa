"""Wie heeft welke groep, for the whole school on one page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Verb
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, guard
from kring.web.people.dividing import actions, queries
from kring.web.people.dividing.forms import DivisionForm
from kring.web.people.teaching.queries import teachers
from kring.web.people.teaching.views import PUTS_ON_GROUPS
from kring.web.wording import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ASSIGNMENT, Verb.WRITE, roles=PUTS_ON_GROUPS)
def divide_groups(request: SchoolRequest) -> HttpResponse:
    """A table of colleagues and groups, to tick; what changes holds from now on."""
    now = timezone.now()
    form = _form(request, sent=request.method == "POST")
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    if not form.is_of_now:
        return _page(request, _form(request, sent=False), _("Intussen is er iets veranderd. Kijk opnieuw of het klopt."))
    try:
        actions.divide(request.actor, request.actor.school, form.given(), form.taken(), at=now)
    except BrokenRule as broken:
        return _page(request, form, sentence(broken))
    messages.success(request, _("Vastgelegd."))
    return redirect("teaching", request.actor.pk)


def _form(request: SchoolRequest, *, sent: bool) -> DivisionForm:
    now = timezone.now()
    groups = queries.groups(request.actor, at=now)
    hats, turns = teachers(request.actor, at=now), queries.turns(request.actor, groups, at=now)
    return DivisionForm(request.POST if sent else None, hats=hats, groups=groups, turns=turns)


def _page(request: SchoolRequest, form: DivisionForm, refusal: str = "") -> HttpResponse:
    return render(request, "people/divide.html", {"form": form, "refusal": refusal}, status=409 if refusal else 200)
