"""The drawing of a sociogram: who stands where, who belongs with whom, and the choices of one pupil who is picked."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb, roles_that
from kring.documents.explanations import sociogram_notes
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.sociograms import queries
from kring.web.sociograms.drawn import Asked, Line, can_stand_beside, cautions, drawings, lines
from kring.web.sociograms.models import Sociogram
from kring.web.sociograms.queries import GroupSociogram, questions_of
from kring.web.sociograms.understanding.kept import counted_questions
from kring.web.sociograms.understanding.queries import counted_pupils, earlier

TEAM = roles_that(Record.SOCIOGRAM, Verb.READ)
VIEWS = ("target", "web")


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram(request: SchoolRequest, sociogram: UUID) -> HttpResponse:
    """The drawing that the address asks for; `pupil` picks somebody, also without a script."""
    row = find(request, Sociogram, sociogram)
    page = {"row": row, "tab": "drawing"}
    if row.choices_gone_at is not None:
        return render(
            request,
            "sociograms/counted.html",
            {**page, "counted": counted_pupils(request.actor, row), "questions_counted": counted_questions(row)},
        )
    questions = questions_of(row.round)
    found = _found(request, row, questions)
    before = _before(request, found)
    asked = _asked(request, found, before, questions)
    told = lines(found)
    context = {
        **page,
        "asked": asked,
        "questions": questions,
        "views": [name for name in VIEWS if getattr(found.picture.layouts, name) is not None],
        "before": before if can_stand_beside(found, before) else None,
        "drawings": drawings(found, before, asked),
        "cautions": tuple(cautions(found, asked, questions)) if told else (),
        "lines": told,
        "line": _of(told, asked.pupil),
        "listed": len(found.names),
        "took_part": int(found.picture.sociogram.nominations.nominators.sum()),
        "notes": sociogram_notes(),
    }
    return render(request, "sociograms/sociogram.html", context)


@require_safe
@guard(Record.SOCIOGRAM, Verb.READ, roles=TEAM)
def sociogram_pupil(request: SchoolRequest, sociogram: UUID, pupil: UUID) -> HttpResponse:
    """The choices of one pupil, for a script that picks somebody in the drawing: that is a reading like any other."""
    row = find(request, Sociogram, sociogram)
    if row.choices_gone_at is not None:
        raise Http404
    found = _found(request, row, questions_of(row.round))
    line = _of(lines(found), _readable(request, str(pupil), found))
    return render(request, "sociograms/parts/picked.html", {"line": line})


def _found(request: SchoolRequest, row: Sociogram, questions: Mapping[str, str]) -> GroupSociogram:
    (found,) = queries.sociograms(request.actor, question=_question(request, questions) or None, pk=row.pk)
    return found


def _question(request: SchoolRequest, questions: Mapping[str, str]) -> str:
    asked = request.GET.get("question", "")
    return asked if asked in questions and len(questions) > 1 else ""


def _before(request: SchoolRequest, found: GroupSociogram) -> GroupSociogram | None:
    """The round before, of the same questions to mostly the same pupils; about one question when one is asked for."""
    last = next(iter(earlier(request.actor, found)), None)
    if last is None or not (question := _question(request, questions_of(found.row.round))):
        return last
    return next(iter(queries.sociograms(request.actor, question=question, pk=last.row.pk)), None)


def _asked(request: SchoolRequest, found: GroupSociogram, before: GroupSociogram | None, questions: Mapping[str, str]) -> Asked:
    beside = request.GET.get("beside") == "1" and can_stand_beside(found, before)
    web = found.picture.layouts.web is not None and (beside or request.GET.get("view") == "web")
    return Asked(
        view="web" if web else "target",
        question=_question(request, questions),
        mutual_only=request.GET.get("mutual") == "1",
        beside=beside,
        pupil=_readable(request, request.GET.get("pupil", ""), found),
    )


def _readable(request: SchoolRequest, asked: str, found: GroupSociogram) -> str:
    """The pupil, if on this list; looking at one pupil is a reading of that pupil."""
    if asked and asked not in found.readable:
        raise Http404
    if asked:
        find(request, Pupil, UUID(asked))
    return asked


def _of(told: tuple[Line, ...], pupil: str) -> Line | None:
    return next((line for line in told if line.facts.pupil == pupil), None)
