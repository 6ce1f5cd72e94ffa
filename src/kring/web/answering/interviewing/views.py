"""The children one by one; what one of them said is on no page afterwards."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.choice_sheets import heard_by_adult
from kring.core.errors import BrokenRule
from kring.web.answering.interviewing import actions, queries
from kring.web.answering.interviewing.forms import InterviewForm
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group, Pupil
from kring.web.sociograms.collecting.queries import classmates
from kring.web.surveys.models import Invitation, Round
from kring.web.wording import sentence

MEASURES = roles_that(Record.GROUP, Verb.MEASURE)


@require_safe
@guard(Record.GROUP, Verb.MEASURE, roles=MEASURES)
def interviews(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """Who is still to be asked."""
    of_round, of = find(request, Round, round), find(request, Group, group, Verb.MEASURE)
    found = queries.children(request.actor, of_round, of, at=timezone.now()) if queries.is_talk(of_round) else []
    if not found:
        raise Http404
    page = {
        "round": of_round,
        "group": of,
        "children": found,
        "is_open": of_round.closed_at is None and of_round.opens_on <= timezone.localdate(),
        "left_out": len(of_round.offered.questions) - len(heard_by_adult(of_round.offered)),
        "done": sum(child.line.is_in for child in found),
    }
    return render(request, "answering/interviewing/interviews.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.INVITATION, Verb.WRITE, roles=MEASURES)
def interview(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """One child: read the question aloud, and tap whom the child points at."""
    found = find(request, Invitation, invitation, Verb.WRITE)
    if not queries.is_talk(found.round):
        raise Http404
    form = InterviewForm(request.POST if request.method == "POST" else None, found.round.offered, classmates(found))
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form)
    try:
        if "decline" in request.POST:
            actions.decline(request.actor, found, at=timezone.now())
        else:
            actions.take_interview(request.actor, found, form.answers(), at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, form, broken)
    messages.success(request, _("Bewaard. U kunt verder met het volgende kind."))
    return redirect("interviews", request.actor.pk, found.round_id, found.group_id)


def _page(request: SchoolRequest, asked: Invitation, form: InterviewForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {
        "round": asked.round,
        "group": asked.group,
        "pupil": find(request, Pupil, asked.pupil_id),
        "form": form,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "answering/interviewing/interview.html", page, status=409 if broken else 200)
