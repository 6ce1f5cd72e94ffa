"""How soon the school answers, and how often signals were right."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb
from kring.web.guard import SchoolRequest, guard
from kring.web.signals.figures import queries
from kring.web.signals.words import FAMILIES


@require_safe
@guard(Record.SIGNAL, Verb.COUNT, roles=frozenset({Role.LEADER, Role.COORDINATOR}))
def signal_figures(request: SchoolRequest) -> HttpResponse:
    """Numbers for the leader and the coordinator: no name, no text."""
    found = queries.figures(request.actor, at=timezone.now())
    named = {family.value: word for family, word in FAMILIES.items()}
    page = {"figures": found, "families": [(named[key], many) for key, many in found.by_family if key in named]}
    return render(request, "signals/figures.html", page | {"sees_quality": Role(request.actor.role) is Role.COORDINATOR})


@require_safe
@guard(Record.SIGNAL_ANSWER, Verb.READ, roles=frozenset({Role.COORDINATOR}))
def signal_quality(request: SchoolRequest) -> HttpResponse:
    """What came of the signals of half a year, per channel; percentages from twenty judged on."""
    return render(request, "signals/quality.html", {"found": queries.quality(request.actor, at=timezone.now())})
