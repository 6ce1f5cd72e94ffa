"""Moving in, step by step: one page to come back to."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb
from kring.web.guard import SchoolRequest, guard
from kring.web.setting_up.queries import SETTERS, whole_guide
from kring.web.setting_up.steps import told


@require_safe
@guard(Record.SCHOOL, Verb.READ, roles=SETTERS)
def setting_up(request: SchoolRequest) -> HttpResponse:
    """Every step, also those that are done."""
    guide = whole_guide(request.actor, at=timezone.now())
    return render(request, "setting_up/setting_up.html", {"guide": guide, "steps": list(told(request.actor, guide))})
