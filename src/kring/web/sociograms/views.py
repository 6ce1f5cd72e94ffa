"""The sociogram of a group: who stands where, who belongs with whom, and the facts of each pupil beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.sociometry import PupilFacts, Sufficiency, pupil_facts
from kring.documents.charts.canvas import Chart
from kring.documents.charts.sociogram import sociogram_target, sociogram_web
from kring.documents.explanations import sociogram_notes
from kring.documents.relations import remarks, status_word
from kring.documents.scales import name_order
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.sociograms import queries
from kring.web.sociograms.models import Sociogram
from kring.web.sociograms.queries import GroupSociogram

TEAM = roles_that(Record.SOCIOGRAM, Verb.READ)
VIEWS = ("target", "web")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands beside the picture about one pupil; not everybody on the list of that day has a page for who looks now."""

    facts: PupilFacts
    name: str
    has_page: bool
    picked: bool
    remarks: tuple[str, ...]
    status: str

    @property
    def took_part(self) -> bool:
        """Absent pupils have no choices of their own; that is not the same as choosing nobody."""
        return self.facts.given is not None


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """The picture that `view` asks for; `pupil` picks somebody, also without a script."""
    row = find(request, Sociogram, sociogram)
    (found,) = queries.sociograms(request.actor, pk=row.pk)
    picked = _picked(request, found)
    view = _view(request, found)
    context = {
        "row": found.row,
        "view": view,
        "views": [name for name in VIEWS if getattr(found.picture.layouts, name) is not None],
        "picked": picked,
        "chart": _chart(found, view, picked),
        "lines": sorted(_lines(found, picked), key=lambda line: (not line.picked, name_order(line.name))),
        "listed": len(found.names),
        "took_part": int(found.picture.sociogram.nominations.nominators.sum()),
        "only_counts": found.picture.sociogram.sufficiency is Sufficiency.COUNTS,
        "notes": sociogram_notes(),
    }
    return render(request, "sociograms/sociogram.html", context)


def _picked(request: SchoolRequest, found: GroupSociogram) -> str | None:
    """The pupil in the address, if on this list; looking at one pupil is a reading of that pupil."""
    asked = request.GET.get("pupil", "")
    if not asked:
        return None
    if asked not in found.readable:
        raise Http404
    find(request, Pupil, UUID(asked))
    return asked


def _view(request: SchoolRequest, found: GroupSociogram) -> str:
    asked = request.GET.get("view", "")
    return asked if asked == "web" and found.picture.layouts.web is not None else "target"


def _chart(found: GroupSociogram, view: str, picked: str | None) -> Chart | None:
    picture = found.picture
    if picture.layouts.target is None:
        return None
    if view == "web" and picture.layouts.web is not None:
        return sociogram_web(picture.sociogram, picture.layouts.web, found.names, selected=picked)
    return sociogram_target(picture.sociogram, picture.layouts.target, found.names, selected=picked)


def _lines(found: GroupSociogram, picked: str | None) -> Iterator[Line]:
    sociogram = found.picture.sociogram
    if sociogram.sufficiency is Sufficiency.TOO_FEW:
        return
    for i, facts in enumerate(pupil_facts(sociogram).pupils):
        status = status_word(sociogram.status, i) if sociogram.status else ""
        name, readable = found.names[facts.pupil], facts.pupil in found.readable
        yield Line(facts, name, readable, facts.pupil == picked, tuple(remarks(sociogram, i)), status)
