"""Versions of a support plan: as it was, two beside each other, and on paper."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb
from kring.core.development_plans import changed_parts
from kring.documents.plan import plan_pdf
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard, proof_before_taking
from kring.web.plans.development import queries
from kring.web.plans.development.paper import paper_of
from kring.web.plans.development.showing import read_part
from kring.web.plans.development.views import READERS, of_kind
from kring.web.plans.models import Plan, PlanVersion


@require_safe
@guard(Record.PLAN, Verb.READ, roles=READERS)
def development_plan_version(request: SchoolRequest, planversion: UUID) -> HttpResponse:
    """As it was adopted; nobody changes it."""
    version = find(request, PlanVersion, planversion)
    found = of_kind(find(request, Plan, version.plan_id))
    others = [one for one in queries.versions_of(request.actor, found) if one.pk != version.pk]
    page = {"plan": found, "pupil": found.pupil, "version": version, "others": others}
    return render(request, "plans/development/version.html", page)


@require_safe
@guard(Record.PLAN, Verb.READ, roles=READERS)
def development_plan_compare(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Two versions, part by part: only what differs."""
    found = of_kind(find(request, Plan, plan))
    versions = {str(one.number): one for one in queries.versions_of(request.actor, found)}
    numbers = list(versions)
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    if len(numbers) < 2:
        raise Http404
    before = versions.get(older, versions[numbers[1]])
    after = versions.get(newer, versions[numbers[0]])
    page: dict[str, Any] = {"plan": found, "pupil": found.pupil, "versions": list(versions.values()), "before": before, "after": after}
    page["changed"] = [read_part(name, before.body, after.body) for name in changed_parts(before.body, after.body)]
    return render(request, "plans/development/compare.html", page)


@require_safe
@guard(Record.PLAN, Verb.READ, roles=READERS)
def development_plan_pdf(request: SchoolRequest, planversion: UUID) -> HttpResponse:
    """The whole plan on paper."""
    return _paper(request, planversion, action_part=False)


@require_safe
@guard(Record.PLAN, Verb.READ, roles=READERS)
def development_plan_action_pdf(request: SchoolRequest, planversion: UUID) -> HttpResponse:
    """The action part alone, with lines to sign on."""
    return _paper(request, planversion, action_part=True)


def _paper(request: SchoolRequest, planversion: UUID, *, action_part: bool) -> HttpResponse:
    version = find(request, PlanVersion, planversion)
    found = of_kind(find(request, Plan, version.plan_id))
    proof = proof_before_taking(request, Record.PLAN)
    if proof:
        return proof
    sheet = queries.sheet_of(request.actor, found, at=timezone.now())
    made = plan_pdf(paper_of(sheet, version, request.actor.school, on=timezone.localdate(), action_part=action_part))
    name = _("handelingsdeel.pdf") if action_part else _("ontwikkelingsperspectief.pdf")
    return attachment(made, name, "application/pdf")
