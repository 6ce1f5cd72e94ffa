"""A round while it runs: how far each group is, who is done in one of them, and what one does with the round."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.choice_sheets import heard_by_adult
from kring.core.errors import BrokenRule
from kring.web.access import may, may_do
from kring.web.guard import SchoolRequest, find, guard
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership
from kring.web.surveys.models import GuardianInvitation, Invitation, Round
from kring.web.surveys.queries import round_lines
from kring.web.surveys.running import actions, queries
from kring.web.surveys.running.forms import LaterForm, ReopenForm
from kring.web.wording import sentence

STAFF = roles_that(Record.ROUND, Verb.READ)
RUNS = roles_that(Record.ROUND, Verb.RUN)
TEAM = roles_that(Record.INVITATION, Verb.WRITE)
FILLS_IN = roles_that(Record.TEACHER_LIST, Verb.WRITE)
READS = roles_that(Record.GROUP, Verb.MEASURE)
REOPENED_FOR, LATER_BY = 5, 3  # school days, when nothing else is filled in


# ---- the round --------------------------------------------------------------------------------------------------


@require_safe
@guard(Record.ROUND, Verb.READ, roles=STAFF)
def round(request: SchoolRequest, round: UUID) -> HttpResponse:
    """One round, group by group; of colleagues it has a page of its own, and what guardians are asked stands with their child."""
    found = find(request, Round, round)
    if found.asks == Round.Asks.STAFF:
        return redirect("team_list", request.actor.pk, found.pk)
    of_guardians = may(request.actor, GuardianInvitation, Verb.READ).filter(round=found).first()
    return redirect("guardian_lists", request.actor.pk, of_guardians.pupil_id) if of_guardians else _round_page(request, found)


@require_POST
@guard(Record.ROUND, Verb.RUN, roles=STAFF)
def close_round(request: SchoolRequest, round: UUID) -> HttpResponse:
    """Set closing going; a refusal brings the page back with the reason."""
    found = find(request, Round, round, Verb.RUN)
    try:
        actions.ask_close(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _round_page(request, found, refusal=sentence(broken))
    return redirect("round", request.actor.pk, found.pk)


@require_POST
@guard(Record.ROUND, Verb.RUN, roles=STAFF)
def round_newcomers(request: SchoolRequest, round: UUID) -> HttpResponse:
    """Ask whoever came to one of its groups since."""
    found = find(request, Round, round, Verb.RUN)
    try:
        n = actions.invite_newcomers(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _round_page(request, found, refusal=sentence(broken))
    messages.success(request, ngettext("%(n)s leerling is erbij gevraagd.", "%(n)s leerlingen zijn erbij gevraagd.", n) % {"n": n})
    return redirect("round", request.actor.pk, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.REOPENING, Verb.WRITE, roles=RUNS)
def round_reopen(request: SchoolRequest, round: UUID) -> HttpResponse:
    """Why, and until which day."""
    found, now = find(request, Round, round, Verb.WRITE, of=Record.REOPENING), timezone.now()
    proposed = calendar_of(request.actor.school).school_days_after(timezone.localdate(now), REOPENED_FOR)
    form = ReopenForm(request.POST if request.method == "POST" else None, proposed=min(proposed, found.year.ends_on))
    if request.method != "POST" or not form.is_valid():
        return render(request, "surveys/round_reopen.html", {"round": found, "form": form})
    try:
        actions.reopen_round(request.actor, found, form.cleaned_data["reason"], until=form.cleaned_data["until"], at=now)
    except BrokenRule as broken:
        return render(request, "surveys/round_reopen.html", {"round": found, "form": form, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("De afname is weer open."))
    return redirect("round", request.actor.pk, found.pk)


@require_POST
@guard(Record.ROUND, Verb.WRITE, roles=STAFF)
def round_withdraw(request: SchoolRequest, round: UUID) -> HttpResponse:
    """Opened by mistake: gone, when nothing came in."""
    found = find(request, Round, round, Verb.WRITE)
    try:
        actions.withdraw_round(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _round_page(request, found, refusal=sentence(broken))
    messages.success(request, _("De afname is teruggetrokken. Niemand wordt meer iets gevraagd."))
    return redirect("rounds", request.actor.pk)


def _round_page(request: SchoolRequest, found: Round, *, refusal: str = "") -> HttpResponse:
    actor, now = request.actor, timezone.now()
    (line,) = round_lines(actor, [found])
    runs, is_closed = may_do(actor, found, Verb.RUN), found.closed_at is not None
    context = {
        "line": line,
        "today": timezone.localdate(now),
        "reopenings": queries.reopenings(actor, found),
        "may_run": runs,
        "is_closing": not is_closed and found.closing is not None and not found.closing.is_over,
        "closing_failed": not is_closed and found.closing is not None and found.closing.is_over,
        "may_reopen": runs and is_closed and _opens_again(found, timezone.localdate(now)),
        "may_withdraw": runs and not is_closed and not any(queries.came_in(found).values()),
        "late": queries.late(found) if runs else 0,
        "may_read": Role(actor.role) in READS,
        "names_shown": Role(actor.role) in TEAM,
        "fills_in": _fills_in(actor, found),
        "on_paper": _on_paper(actor, found),
        "put_off": queries.put_off(actor, found, at=now) if runs and not is_closed else 0,
        "newcomers": queries.named(actor, queries.newcomers(actor, found, at=now)) if Role(actor.role) in TEAM else [],
        "refusal": refusal,
    }
    return render(request, "surveys/round.html", context, status=409 if refusal else 200)


def _opens_again(found: Round, today: date) -> bool:
    """Whether opening it again could be done at all: what is offered is not refused afterwards."""
    return not found.is_baseline and found.year.ends_on >= today and not queries.counts_shown(found)


def _fills_in(actor: Membership, found: Round) -> bool:
    """Whether the lists of these groups are one's own to fill in."""
    return found.closed_at is None and found.asks == Round.Asks.TEACHERS and Role(actor.role) in FILLS_IN


def _on_paper(actor: Membership, found: Round) -> bool:
    """Whether one prints sheets for these groups, and types them in."""
    asked = found.offered
    can_be = found.asks == Round.Asks.PUPILS and bool(asked.items or heard_by_adult(asked))
    return can_be and found.closed_at is None and Role(actor.role) in READS


# ---- one group, name by name ------------------------------------------------------------------------------------


@require_safe
@guard(Record.INVITATION, Verb.READ, roles=TEAM)
def round_progress(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """Who is done and who is not; no answers."""
    return _progress_page(request, find(request, Round, round), find(request, Group, group))


@require_POST
@guard(Record.INVITATION, Verb.WRITE, roles=TEAM)
def invitation_absent(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """Was not there."""
    found = find(request, Invitation, invitation, Verb.WRITE)
    try:
        actions.mark_absent(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _refused(request, found, broken)
    return _back(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.INVITATION, Verb.WRITE, roles=TEAM)
def invitation_later(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """A later day for this one list."""
    found = find(request, Invitation, invitation, Verb.WRITE)
    form = LaterForm(
        request.POST if request.method == "POST" else None, initial={"until": found.answer_until or _later(request, found.round)}
    )
    if request.method != "POST" or not form.is_valid():
        return _later_page(request, found, form)
    try:
        actions.give_later_day(request.actor, found, until=form.cleaned_data["until"], at=timezone.now())
    except BrokenRule as broken:
        return _later_page(request, found, form, refusal=sentence(broken))
    return _back(request, found)


@require_POST
@guard(Record.INVITATION, Verb.WRITE, roles=TEAM)
def invitation_wait(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """Neither absent nor later after all."""
    found = find(request, Invitation, invitation, Verb.WRITE)
    try:
        actions.wait_again(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _refused(request, found, broken)
    return _back(request, found)


def _refused(request: SchoolRequest, found: Invitation, broken: BrokenRule) -> HttpResponse:
    if _sees_group(request, found):
        return _progress_page(request, found.round, found.group, refusal=sentence(broken))
    return _round_page(request, found.round, refusal=sentence(broken))


def _sees_group(request: SchoolRequest, found: Invitation) -> bool:
    """Not of a pupil who moved, in the group from which they came."""
    return may(request.actor, Group, Verb.READ).filter(pk=found.group_id).exists()


def _back(request: SchoolRequest, found: Invitation) -> HttpResponse:
    """To the group where it was asked; to the round when that group is not one's own."""
    if _sees_group(request, found):
        return redirect("round_progress", request.actor.pk, found.round_id, found.group_id)
    return redirect("round", request.actor.pk, found.round_id)


def _later(request: SchoolRequest, found: Round) -> date:
    """A few school days after the last one, or after today when that is over."""
    return calendar_of(request.actor.school).school_days_after(max(found.closes_on, timezone.localdate()), LATER_BY)


def _later_page(request: SchoolRequest, found: Invitation, form: LaterForm, *, refusal: str = "") -> HttpResponse:
    page: dict[str, Any] = {"invitation": found, "round": found.round, "form": form, "refusal": refusal}
    return render(request, "surveys/invitation_later.html", page, status=409 if refusal else 200)


def _progress_page(request: SchoolRequest, found: Round, group: Group, *, refusal: str = "") -> HttpResponse:
    actor, now = request.actor, timezone.now()
    lines = queries.pupil_lines(actor, found, group, at=now)
    if not lines:
        raise Http404
    line = next((one for one in round_lines(actor, [found])[0].groups if one.group.pk == group.pk), None)
    page = {
        "round": found,
        "group": group,
        "fills_in": _fills_in(actor, found),
        "on_paper": _on_paper(actor, found),
        "done": [one for one in lines if one.is_done],
        "waiting": [one for one in lines if not one.is_done],
        "line": line,
        "today": timezone.localdate(now),
        "is_anonymous": found.offered.anonymous,
        "newcomers": queries.named(actor, queries.newcomers(actor, found, at=now, group=group)),
        "may_run": may_do(actor, found, Verb.RUN),
        "refusal": refusal,
    }
    return render(request, "surveys/round_progress.html", page, status=409 if refusal else 200)
