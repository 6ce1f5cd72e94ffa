"""Open a round: fill in, look at whom it asks, open."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Role, Verb
from kring.core.calendar import HolidaysMissing
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, guard
from kring.web.surveys.opening import queries
from kring.web.surveys.opening.actions import open_round
from kring.web.surveys.opening.forms import RoundForm
from kring.web.wording import sentence

OPENS = frozenset({Role.COORDINATOR})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ROUND, Verb.WRITE, roles=OPENS)
def round_new(request: SchoolRequest) -> HttpResponse:
    """First the preview with counts; the same form sent once more with “open” opens the round, whole or not at all."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        instruments=queries.newest_instruments(request.actor.school),
        groups=queries.groups_to_ask(request.actor, on=today),
        school=request.actor.school,
        today=today,
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        planned = form.planned()
        year = queries.year_of(request.actor, planned.window)
        if request.POST.get("step") != "open":
            return _page(request, form, plan=queries.plan(request.actor.school, year, planned, at=now))
        made = open_round(request.actor, year, planned, at=now)
    except BrokenRule as broken:
        return _page(request, form, broken=broken)
    messages.success(request, _("De afname is geopend."))
    return redirect("round", request.actor.pk, made.pk)


def _page(request: SchoolRequest, form: RoundForm, *, plan: queries.Plan | None = None, broken: BrokenRule | None = None) -> HttpResponse:
    page = {
        "form": form,
        "plan": plan,
        "refusal": sentence(broken) if broken else "",
        "holidays_missing": isinstance(broken, HolidaysMissing),
        "today": timezone.localdate(),
    }
    return render(request, "surveys/round_new.html" if plan is None else "surveys/round_preview.html", page, status=409 if broken else 200)
