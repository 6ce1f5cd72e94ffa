"""Type in somebody who is new."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, guard
from kring.web.people.adding import actions
from kring.web.people.adding.forms import ColleagueForm
from kring.web.people.colleagues.queries import known_persons
from kring.web.people.teaching.queries import groups
from kring.web.wording import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.APPOINTMENT, Verb.WRITE, roles=frozenset({Role.ADMINISTRATOR}))
def add_colleague(request: SchoolRequest) -> HttpResponse:
    """Name, role and groups at once; a role for the whole school waits for a leader."""
    now = timezone.now()
    form = ColleagueForm(
        request.POST if request.method == "POST" else None,
        groups=list(groups(request.actor, at=now)),
        names=[str(person) for person in known_persons(request.actor)],
        today=timezone.localdate(now),
    )
    if request.method != "POST" or not form.is_valid():
        return _form(request, form)
    try:
        made = actions.add_colleague(request.actor, request.actor.school, form.wanted(), form.chosen(), at=now)
    except BrokenRule as broken:
        return _form(request, form, broken)
    said = _("De collega staat erbij.") if made.membership_id else _("Voorgesteld. De rol geldt zodra de schoolleider akkoord is.")
    messages.success(request, said)
    return redirect("people", request.actor.pk)


def _form(request: SchoolRequest, form: ColleagueForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "people/add.html", page, status=409 if broken else 200)
