"""Pupils who were asked to do something together: who said what, and writing it down."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, find, guard
from kring.web.sociograms.buddies import actions, queries
from kring.web.sociograms.buddies.forms import BuddiesForm
from kring.web.sociograms.models import Sociogram
from kring.web.wording import sentence

ASKS = roles_that(Record.BUDDIES, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.BUDDIES, Verb.WRITE, roles=ASKS)
def sociogram_buddies(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """The pairs, and a form for two more; nothing is written down of who was not asked."""
    row, now = find(request, Sociogram, sociogram), timezone.now()
    names = queries.can_be_asked(request.actor, row, at=now)
    form, refusal = BuddiesForm(request.POST if request.method == "POST" else None, names=names), ""
    if form.is_bound and form.is_valid():
        try:
            actions.write_down(request.actor, row, form.said(), at=now)
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. Het gaat door als beiden ja zeggen."))
            return redirect("sociogram_buddies", request.actor.pk, row.pk)
    page = {"row": row, "tab": "buddies", "form": form, "pairs": queries.pairs(request.actor, row, names, at=now), "refusal": refusal}
    return render(request, "sociograms/buddies.html", page, status=409 if refusal else 200)
