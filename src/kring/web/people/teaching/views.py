"""The groups and who teaches them: put somebody on, take somebody off, and see who had it before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.web.access import may
from kring.web.guard import SchoolRequest, guard
from kring.web.people.colleagues.forms import EndForm
from kring.web.people.dates import ends_after
from kring.web.people.finding import find_among
from kring.web.people.teaching import actions, queries
from kring.web.people.teaching.forms import TurnForm
from kring.web.schools.models import Assignment, Group
from kring.web.trace import Seen
from kring.web.wording import sentence

PUTS_ON_GROUPS = frozenset({Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR})


@require_safe
@guard(Record.ASSIGNMENT, Verb.WRITE, roles=PUTS_ON_GROUPS)
def teaching(request: SchoolRequest) -> HttpResponse:
    """Every group with who teaches it."""
    now = timezone.now()
    without_mentor = queries.without_mentor(request.actor, at=now)
    request.readings.extend(Seen(Record.ENROLMENT.value, pupil_id=pupil.pk) for pupil in without_mentor)
    page = {
        "taught": queries.taught(request.actor, queries.groups(request.actor, at=now), at=now),
        "has_mentors": queries.has_mentors(request.actor.school),
        "without_mentor": without_mentor,
        "may_open_pupil": Role(request.actor.role) is Role.COORDINATOR,
    }
    return render(request, "people/teaching.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ASSIGNMENT, Verb.WRITE, roles=PUTS_ON_GROUPS)
def group_teaching(request: SchoolRequest, group: UUID) -> HttpResponse:
    """One group: who has it, who had it, and a form for somebody new."""
    now = timezone.now()
    found = find_among(request, may(request.actor, Group, Verb.WRITE, of=Record.ASSIGNMENT).select_related("year"), group)
    (taught,) = queries.taught(request.actor, [found], at=now)
    form = TurnForm(
        request.POST if request.method == "POST" else None,
        teachers=queries.teachers(request.actor, at=now),
        present=list({turn.row.membership_id: turn.row.membership for turn in (*taught.now, *taught.soon)}.values()),
        today=timezone.localdate(),
    )
    if request.method != "POST" or not form.is_valid():
        return _group(request, taught, form)
    try:
        actions.give_group(request.actor, found, form.wanted(), at=now)
    except BrokenRule as broken:
        return _group(request, taught, form, broken)
    messages.success(request, _("Vastgelegd."))
    return redirect("group_teaching", request.actor.pk, found.pk)


def _group(request: SchoolRequest, taught: queries.Taught, form: TurnForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"taught": taught, "group": taught.group, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "people/group_teaching.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ASSIGNMENT, Verb.WRITE, roles=PUTS_ON_GROUPS)
def end_assignment(request: SchoolRequest, assignment: UUID) -> HttpResponse:
    """The end of a turn, now or on a day."""
    rows = may(request.actor, Assignment, Verb.WRITE).select_related("membership__person", "group", "school")
    turn, now = find_among(request, rows, assignment), timezone.now()
    form = EndForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method != "POST" or not form.is_valid():
        return _end(request, turn, form)
    try:
        actions.take_group(request.actor, turn, ends_at=ends_after(form.cleaned_data["until_on"]) or now, at=now)
    except BrokenRule as broken:
        return _end(request, turn, form, broken)
    messages.success(request, _("Vastgelegd."))
    return redirect("group_teaching", request.actor.pk, turn.group_id)


def _end(request: SchoolRequest, turn: Assignment, form: EndForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"turn": turn, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "people/end_turn.html", page, status=409 if broken else 200)
