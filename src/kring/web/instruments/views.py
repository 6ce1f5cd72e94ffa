"""The lists that a school can use: the register, one list, and how it looks to whoever answers it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import STAFF, Record, Verb
from kring.core.errors import BrokenRule
from kring.core.sketches import Sketch
from kring.library import translation
from kring.library.sketch_file import sketch_of
from kring.web.access import may_do
from kring.web.guard import SchoolRequest, find, guard
from kring.web.instruments import pages, queries
from kring.web.instruments.models import OwnInstrument
from kring.web.instruments.words import WHO, years
from kring.web.wording import sentence


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def instruments(request: SchoolRequest) -> HttpResponse:
    """Every list of the library and of the school itself, by who answers it."""
    may_write = may_do(request.actor, request.actor.school, Verb.WRITE, of=Record.OWN_INSTRUMENT)
    brings_scores = may_do(request.actor, request.actor.school, Verb.WRITE, of=Record.EXTERNAL_FILE)
    page = {"parts": pages.register(request.actor), "shells": pages.shell_lines(request.actor.school), "may_write": may_write}
    return render(request, "instruments/register.html", {**page, "brings_scores": brings_scores})


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def library_instrument(request: SchoolRequest, mark: str) -> HttpResponse:
    """One list of the library: everything it asks, and how that is counted."""
    entry = queries.library_entry(mark)
    if entry is None:
        raise Http404
    sketch = sketch_of(entry)
    page = {
        **_shown(request, sketch),
        "mark": mark,
        "questions": entry.instrument.questions,
        "norm_tier": entry.instrument.norm_tier,
        "versions": pages.library_versions(entry),
        "translated": translation(entry.instrument.key, entry.instrument.version, "en"),
        "may_open": _may_open(request, sketch),
        "may_take": entry.may_redistribute_text,
    }
    return render(request, "instruments/list.html", page)


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def instrument_shell(request: SchoolRequest, mark: str) -> HttpResponse:
    """What is known about a publisher's list, of which Kring has no texts."""
    shell = queries.shell_at(mark)
    if shell is None:
        raise Http404
    page = {
        "shell": shell,
        "basis": f"{queries.SHELL}{mark}",
        "who": WHO.get((shell.informant, shell.about), ""),
        "years": years(shell.year_levels),
        "scales": pages.shell_scales(shell),
        "own": [row for row in pages.own_rows(request.actor) if row.fills == mark],
        "may_write": may_do(request.actor, request.actor.school, Verb.WRITE, of=Record.OWN_INSTRUMENT),
    }
    return render(request, "instruments/shell.html", page)


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def own_instrument(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """One list of the school itself."""
    return own_page(request, find(request, OwnInstrument, owninstrument))


def own_page(request: SchoolRequest, row: OwnInstrument, broken: BrokenRule | None = None) -> HttpResponse:
    """A version of a list as it is read, or why something could not be done with it."""
    on, sketch = timezone.localdate(), queries.shown_sketch(row)
    page = {
        **_shown(request, sketch),
        "row": row,
        "versions": pages.own_versions(request.actor, row),
        "licence_over": pages.licence_is_over(row, on=on),
        "may_open": not row.is_draft and _may_open(request, sketch),
        "may_correct": not row.is_draft and may_do(request.actor, row, Verb.WRITE),
        "may_take": pages.may_take(request.actor, row),
        "may_retire": not row.is_draft and row.retired_at is None and may_do(request.actor, row, Verb.APPLY),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "instruments/list.html", page, status=409 if broken else 200)


def _may_open(request: SchoolRequest, sketch: Sketch) -> bool:
    school = request.actor.school
    if not may_do(request.actor, school, Verb.WRITE, of=Record.ROUND):
        return False
    return queries.is_offered(school, sketch.key, sketch.version, on=timezone.localdate())


def _shown(request: SchoolRequest, sketch: Sketch) -> dict[str, Any]:
    """What the page of any list shows."""
    return {
        "sketch": sketch,
        "who": WHO.get((sketch.informant, sketch.about), ""),
        "years": years(sketch.year_levels),
        "rhythm": pages.rhythm(sketch),
        "items": pages.shown_items(sketch),
        "scales": pages.shown_scales(sketch),
        "may_write": may_do(request.actor, request.actor.school, Verb.WRITE, of=Record.OWN_INSTRUMENT),
    }


# ---- how it looks to whoever answers it; nothing is kept


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def library_instrument_try(request: SchoolRequest, mark: str) -> HttpResponse:
    """A list of the library as it is asked."""
    entry = queries.library_entry(mark)
    if entry is None or not entry.instrument.items:
        raise Http404
    return _try(request, sketch_of(entry), mark=mark)


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def own_instrument_try(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """A list of the school as it is asked, also while it is being written."""
    row = find(request, OwnInstrument, owninstrument)
    return _try(request, queries.shown_sketch(row), row=row)


def _try(request: SchoolRequest, sketch: Sketch, *, row: OwnInstrument | None = None, mark: str = "") -> HttpResponse:
    """0 is what is read first, then one item after another, then the end."""
    items, asked = pages.shown_items(sketch), request.GET.get("item", "0")
    number = min(int(asked), len(items) + 1) if asked.isdecimal() and len(asked) < 5 else 0
    page = {
        "sketch": sketch,
        "row": row,
        "mark": mark,
        "number": number,
        "item": items[number - 1] if 0 < number <= len(items) else None,
        "last": len(items),
        "following": number + 1,
        "former": number - 1,
    }
    return render(request, "instruments/try.html", page)
