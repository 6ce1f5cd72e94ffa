"""Pages about bullying: with names for who follows it up, with numbers for who teaches, and the one pupil to talk with."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.disclosure import K_STAFF
from kring.core.sociometry import Frequency
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.sociograms.bullying import queries
from kring.web.sociograms.bullying.words import OFTEN_WORDS
from kring.web.sociograms.models import Sociogram

READERS = roles_that(Record.BULLYING_NAME, Verb.READ)
COUNTERS = roles_that(Record.BULLYING_NAME, Verb.COUNT)


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=READERS | COUNTERS)
def bullying(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """The whole sociogram is what was read: that a pupil is named in it, no family reads in who looked."""
    row, now = find(request, Sociogram, sociogram), timezone.now()
    if not row.asks_about_bullying:
        raise Http404
    page = {"row": row, "tab": "bullying", "words": OFTEN_WORDS}
    if Role(request.actor.role) in READERS and row.bullying_gone_at is None:
        return render(request, "sociograms/bullying/network.html", page | {"found": queries.network(request.actor, row, at=now)})
    numbers = queries.numbers(request.actor, row, at=now)
    if numbers["answered"] < K_STAFF:
        return render(request, "sociograms/bullying/numbers.html", page | {"too_few": True})
    often = [(OFTEN_WORDS[Frequency(step)], count) for step, count in numbers["often"].items()]
    return render(request, "sociograms/bullying/numbers.html", page | {"numbers": numbers, "often": often})


@require_safe
@guard(Record.BULLYING_REPORT, Verb.READ, roles=READERS)
def bullying_talk(request: SchoolRequest, bullyingreport: UUID) -> HttpResponse:
    """The pupil to talk with, while the round is open too. The pupil was read: that there is such an answer, no family reads."""
    now = timezone.now()
    found = queries.report(request.actor, bullyingreport, at=now)
    if found is None:
        raise Http404
    pupil = find(request, Pupil, found.pupil_id)
    page = {"pupil": pupil, "often": OFTEN_WORDS[Frequency(found.frequency)], "row": found.sociogram}
    return render(request, "sociograms/bullying/talk.html", page)
