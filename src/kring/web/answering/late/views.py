"""What came in after a round was closed: how many, and what to do with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.access import may_do
from kring.web.answering.late import actions, queries
from kring.web.answering.late.forms import ThrowForm
from kring.web.guard import SchoolRequest, find, guard
from kring.web.surveys.models import Round
from kring.web.surveys.running.queries import counts_shown
from kring.web.wording import sentence

TEAM = roles_that(Record.SET_ASIDE, Verb.RUN)


@require_safe
@guard(Record.SET_ASIDE, Verb.COUNT, roles=TEAM)
def round_late(request: SchoolRequest, round: UUID) -> HttpResponse:
    """How many lists of one round wait aside, by group."""
    return _page(request, find(request, Round, round))


@require_POST
@guard(Record.SET_ASIDE, Verb.RUN, roles=TEAM)
def round_late_take_in(request: SchoolRequest, round: UUID) -> HttpResponse:
    """Let them count, while the round is open."""
    found = find(request, Round, round, Verb.RUN, of=Record.SET_ASIDE)
    try:
        n = actions.take_in_late(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken=broken)
    messages.success(request, ngettext("%(n)s lijst telt nu mee.", "%(n)s lijsten tellen nu mee.", n) % {"n": n})
    return redirect("round_late", request.actor.pk, found.pk)


@require_POST
@guard(Record.SET_ASIDE, Verb.RUN, roles=TEAM)
def round_late_throw_away(request: SchoolRequest, round: UUID) -> HttpResponse:
    """Let them go, with a reason."""
    found, form = find(request, Round, round, Verb.RUN, of=Record.SET_ASIDE), ThrowForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    try:
        n = actions.throw_away_late(request.actor, found, form.cleaned_data["reason"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, form=form, broken=broken)
    messages.success(request, ngettext("%(n)s lijst is weggegooid.", "%(n)s lijsten zijn weggegooid.", n) % {"n": n})
    return redirect("round_late", request.actor.pk, found.pk)


def _page(request: SchoolRequest, round: Round, *, form: ThrowForm | None = None, broken: BrokenRule | None = None) -> HttpResponse:
    now = timezone.now()
    lines = queries.late_lines(request.actor, round, at=now)
    stays_closed = round.closed_at is not None and (round.is_baseline or counts_shown(round))
    in_time = round.closed_at is not None and not stays_closed and round.year.ends_on >= timezone.localdate(now)
    page = {
        "round": round,
        "lines": lines,
        "count": sum(line.lists for line in lines),
        "form": form or ThrowForm(),
        "refusal": sentence(broken) if broken else "",
        "stays_closed": stays_closed,
        "may_reopen": in_time and may_do(request.actor, round, Verb.WRITE, of=Record.REOPENING),
    }
    return render(request, "answering/late/late.html", page, status=409 if broken else 200)
