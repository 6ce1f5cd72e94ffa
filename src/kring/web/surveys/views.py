"""The rounds with how far they are, and what came out of one in a group."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.documents.reports import GroupReport
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.surveys import queries
from kring.web.surveys.models import Round
from kring.web.surveys.running.queries import reopenings

STAFF = roles_that(Record.ROUND, Verb.READ)
OPENS = roles_that(Record.ROUND, Verb.WRITE)
TEAM = roles_that(Record.GROUP, Verb.MEASURE)
EXPECTS = roles_that(Record.PREDICTION, Verb.WRITE)
FOLLOWS = roles_that(Record.STAFF_INVITATION, Verb.COUNT)


@require_safe
@guard(Record.ROUND, Verb.READ, roles=STAFF)
def rounds(request: SchoolRequest) -> HttpResponse:
    """All rounds of the school with how far they are."""
    page = {"lines": queries.rounds(request.actor), "today": timezone.localdate(), "may_open": Role(request.actor.role) in OPENS}
    page["sees_team_lists"] = Role(request.actor.role) in FOLLOWS
    return render(request, "surveys/rounds.html", page)


@require_safe
@guard(Record.INVITATION, Verb.READ, roles=TEAM)
def round_group(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """What came out of one round in one group, scale by scale; while it is open, that it is."""
    found, of = find(request, Round, round), find(request, Group, group)
    page = {"round": found, "group": of, "reopenings": reopenings(request.actor, found)}
    if found.closed_at is None and queries.was_asked(request.actor, found, of):
        page["may_expect"] = found.offered.asks_whom_one_chooses and Role(request.actor.role) in EXPECTS
        return render(request, "surveys/round_group_open.html", page)
    taken = next(iter(queries.group_rounds(request.actor, round=found, group=of)), None)
    if taken is None:
        raise Http404
    report = GroupReport(group=of.name, made_on=timezone.localdate(), names=taken.names, measurements=(taken.measurement,))
    return render(request, "surveys/round_group.html", {**page, "taken": taken, "report": report})
