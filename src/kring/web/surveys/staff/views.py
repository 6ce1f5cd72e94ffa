"""Lists of the team: see how far one is, close it, and lay it beside the baseline; and for a colleague what is asked."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kring.core.access import STAFF, Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.web.access import may_do
from kring.web.guard import SchoolRequest, find, guard
from kring.web.surveys.actions import close_round
from kring.web.surveys.family.queries import answered_alike
from kring.web.surveys.models import Round, StaffInvitation
from kring.web.surveys.running.queries import came_in, reopenings
from kring.web.surveys.staff import queries
from kring.web.wording import sentence

FOLLOWS = frozenset({Role.COORDINATOR, Role.LEADER})
OPENS = frozenset({Role.COORDINATOR})


@require_safe
@guard(Record.STAFF_INVITATION, Verb.COUNT, roles=FOLLOWS)
def team_lists(request: SchoolRequest) -> HttpResponse:
    """Every list of the team, with its baseline and how far it is."""
    page = {"lists": queries.team_lists(request.actor), "may_open": Role(request.actor.role) in OPENS, "today": timezone.localdate()}
    return render(request, "surveys/staff/lists.html", page)


@require_safe
@guard(Record.STAFF_INVITATION, Verb.COUNT, roles=FOLLOWS)
def team_list(request: SchoolRequest, round: UUID) -> HttpResponse:
    """One filling beside the baseline."""
    return _team_list(request, _of_staff(request, round, Verb.READ))


def _of_staff(request: SchoolRequest, key: UUID, verb: Verb) -> Round:
    found = find(request, Round, key, verb)
    if found.asks != Round.Asks.STAFF:
        raise Http404
    return found


def _team_list(request: SchoolRequest, found: Round, broken: BrokenRule | None = None) -> HttpResponse:
    runs, is_closed, today = may_do(request.actor, found, Verb.RUN), found.closed_at is not None, timezone.localdate()
    filled = queries.filled(request.actor, found)
    page = {
        "filled": filled,
        "reopenings": reopenings(request.actor, found),
        "may_close": runs and not is_closed,
        "may_reopen": runs and filled.may_take_more and not found.is_baseline and found.year.ends_on >= today,
        "may_withdraw": runs and not is_closed and not any(came_in(found).values()),
        "today": today,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "surveys/staff/list.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.ROUND, Verb.RUN, roles=OPENS)
def close_team_list(request: SchoolRequest, round: UUID) -> HttpResponse:
    """Nothing more comes in; the first one is the baseline from now on."""
    found = _of_staff(request, round, Verb.RUN)
    try:
        close_round(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _team_list(request, found, broken)
    messages.success(request, _("Afgesloten."))
    return redirect("team_list", request.actor.pk, found.pk)


@require_safe
@guard(Record.STAFF_INVITATION, Verb.READ, roles=STAFF)
def staff_list(request: SchoolRequest, staffinvitation: UUID) -> HttpResponse:
    """What I am asked as a colleague: every item beforehand, and who sees the answers."""
    found = find(request, StaffInvitation, staffinvitation)
    request.readings.clear()  # one comes here from handing it in, and nobody needs to know when that was
    asked = found.round.offered
    page = {"row": found, "instrument": asked, "blocks": answered_alike(asked), "today": timezone.localdate()}
    return render(request, "surveys/staff/mine.html", page)
