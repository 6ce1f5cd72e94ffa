"""The growth document: one page that grows with a pupil, to lay on the table in a talk."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb, roles_that
from kring.web.access import may_do
from kring.web.growth import queries
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.understanding.models import Voice


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody's own words, whether they go on paper, and the address that turns that round."""

    voice: Voice
    who: str
    is_printed: bool
    toggle: str


SEES = roles_that(Record.UNDERSTANDING, Verb.READ)


@require_safe
@guard(Record.PUPIL, Verb.READ, roles=SEES)
def growth_document(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """What the pupil or a guardian said goes on paper only when somebody says so."""
    found, now = find(request, Pupil, pupil), timezone.now()
    growth = queries.growth_of(request.actor, found, at=now)
    request.readings.extend([growth.understanding] if growth.understanding else [])
    request.readings.extend([*growth.own_words, *([growth.school_voice] if growth.school_voice else [])])
    page = {
        "pupil": found,
        "growth": growth,
        "today": timezone.localdate(now),
        "own_words": _own_words(growth.own_words, found, frozenset(request.GET.getlist("with"))),
        "may_think": may_do(request.actor, found, Verb.WRITE, of=Record.UNDERSTANDING),
    }
    return render(request, "growth/growth.html", page)


def _own_words(voices: Iterable[Voice], pupil: Pupil, printed: frozenset[str]) -> list[Words]:
    found, told = [], {str(one.pk): one for one in voices}
    printed &= told.keys()
    for key, one in told.items():
        toggle = urlencode({"with": sorted(printed ^ {key})}, doseq=True)
        found.append(Words(one, str(one.guardian or pupil), key in printed, toggle))
    return found
