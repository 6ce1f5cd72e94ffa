"""The rounds: how far they are, closing one, and what came out of one in a group."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.documents.reports import GroupReport
from kring.web.access import may_do
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.surveys import actions, queries
from kring.web.surveys.models import Round
from kring.web.wording import sentence

STAFF = roles_that(Record.ROUND, Verb.READ)
OPENS = roles_that(Record.ROUND, Verb.WRITE)
TEAM = roles_that(Record.SUBMISSION, Verb.READ)


@require_safe
@guard(Record.ROUND, Verb.READ, roles=STAFF)
def rounds(request: SchoolRequest) -> HttpResponse:
    """All rounds of the school with how far they are."""
    page = {"lines": queries.rounds(request.actor), "today": timezone.localdate(), "may_open": Role(request.actor.role) in OPENS}
    return render(request, "surveys/rounds.html", page)


@require_safe
@guard(Record.ROUND, Verb.READ, roles=STAFF)
def round(request: SchoolRequest, round: UUID) -> HttpResponse:
    """One round, group by group."""
    return _round_page(request, find(request, Round, round))


@require_POST
@guard(Record.ROUND, Verb.RUN, roles=STAFF)
def close_round(request: SchoolRequest, round: UUID) -> HttpResponse:
    """Close it; a refusal brings the page back with the reason."""
    found = find(request, Round, round, Verb.RUN)
    try:
        actions.close_round(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _round_page(request, found, refusal=sentence(broken))
    return redirect("round", request.actor.pk, found.pk)


@require_safe
@guard(Record.SUBMISSION, Verb.READ, roles=TEAM)
def round_group(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """What came out of one round in one group, scale by scale."""
    found, of = find(request, Round, round), find(request, Group, group)
    taken = next(iter(queries.group_rounds(request.actor, round=found, group=of)), None)
    if taken is None:
        raise Http404
    report = GroupReport(group=of.name, made_on=timezone.localdate(), names=taken.names, measurements=(taken.measurement,))
    return render(request, "surveys/round_group.html", {"round": found, "group": of, "taken": taken, "report": report})


def _round_page(request: SchoolRequest, found: Round, *, refusal: str = "") -> HttpResponse:
    (line,) = queries.round_lines(request.actor, [found])
    context = {
        "line": line,
        "today": timezone.localdate(),
        "may_close": found.closed_at is None and may_do(request.actor, found, Verb.RUN),
        "may_read": Role(request.actor.role) in TEAM,
        "refusal": refusal,
    }
    return render(request, "surveys/round.html", context, status=409 if refusal else 200)
