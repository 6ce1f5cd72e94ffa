"""Fill in the lists of a class, hand them in, open one again."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.answering.matrix import actions, queries, sheet
from kring.web.answering.matrix.forms import HandInForm
from kring.web.answering.sealing import public_key
from kring.web.answering.tickets import issue_for_class
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.surveys.models import Invitation, Round
from kring.web.wording import sentence

FILLS_IN = roles_that(Record.TEACHER_LIST, Verb.WRITE)
A_DAY_AT_SCHOOL = timedelta(hours=12)


@require_safe
@guard(Record.TEACHER_LIST, Verb.WRITE, roles=FILLS_IN)
def teacher_lists(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """The class on one page."""
    return _page(request, find(request, Round, round), find(request, Group, group))


@require_safe
@guard(Record.TEACHER_LIST, Verb.WRITE, roles=FILLS_IN)
def teacher_lists_news(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """What a duo partner filled in meanwhile."""
    of_round, of = find(request, Round, round), find(request, Group, group)
    found = _lines(request, of_round, of, timezone.now())
    return JsonResponse(sheet.state(found, queries.colleagues(of, found, at=timezone.now())))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TEACHER_LIST, Verb.WRITE, roles=FILLS_IN)
def teacher_lists_hand_in(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """Look once more, and hand in."""
    of_round, of = find(request, Round, round), find(request, Group, group)
    found = _lines(request, of_round, of, timezone.now())
    ready, form = queries.ready(of_round, found), HandInForm(request.POST if request.method == "POST" else None, listed=found)
    if request.method != "POST" or not form.is_valid():
        return _hand_in_page(request, of_round, of, ready, form)
    try:
        n = actions.hand_in(request.actor, of, of_round, form.chosen(), at=timezone.now())
    except BrokenRule as broken:
        return _hand_in_page(request, of_round, of, ready, form, refusal=sentence(broken))
    messages.success(request, ngettext("%(n)s lijst is ingeleverd.", "%(n)s lijsten zijn ingeleverd.", n) % {"n": n})
    return redirect("teacher_lists", request.actor.pk, round, group)


@require_POST
@guard(Record.TEACHER_LIST, Verb.WRITE, roles=FILLS_IN)
def teacher_list_open_again(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """A list that was handed in too early."""
    found = find(request, Invitation, invitation, Verb.WRITE, of=Record.TEACHER_LIST)
    of = find(request, Group, found.group_id)
    try:
        actions.open_again(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found.round, of, refusal=sentence(broken))
    return redirect("teacher_lists", request.actor.pk, found.round_id, of.pk)


def _lines(request: SchoolRequest, round: Round, group: Group, at: datetime) -> list[queries.ListLine]:
    found = queries.lines(request.actor, round, group, at=at)
    if not found:
        raise Http404
    return found


def _page(request: SchoolRequest, round: Round, group: Group, *, refusal: str = "") -> HttpResponse:
    actor, now = request.actor, timezone.now()
    found = _lines(request, round, group, now)
    people = queries.colleagues(group, found, at=now)
    page: dict[str, Any] = {
        "round": round,
        "group": group,
        "today": timezone.localdate(now),
        "offered": round.offered,
        "lines": found,
        "done": [line for line in found if line.is_done],
        "aside": [line for line in found if line.standing in queries.ASIDE],
        "is_open": round.closed_at is None and round.opens_on <= timezone.localdate(now),
        "refusal": refusal,
    }
    if page["is_open"]:
        ticket = issue_for_class(round, group, actor, earlier=sheet.earlier_sitting(found), at=now, until=now + A_DAY_AT_SCHOOL)
        page["sheet"] = {**sheet.sheet(actor, round, group, found, people), "ticket": ticket.text, "key": public_key()}
    return render(request, "answering/matrix/lists.html", page, status=409 if refusal else 200)


def _hand_in_page(
    request: SchoolRequest, round: Round, group: Group, ready: queries.Ready, form: HandInForm, *, refusal: str = ""
) -> HttpResponse:
    page = {"round": round, "group": group, "ready": ready, "form": form, "refusal": refusal}
    return render(request, "answering/matrix/hand_in.html", page, status=409 if refusal else 200)
