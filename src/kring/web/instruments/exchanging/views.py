"""Bring in a list as a draft after looking at it, and hand on a list as a file."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import STAFF, Record, Verb, roles_that
from kring.core.sketches import Lack
from kring.file_problems import FilesRefused
from kring.library import Entry, written_entry
from kring.library.foreign.bringing import sketch_from
from kring.library.foreign.fhir_text import written_json
from kring.library.foreign.fhir_translations import with_translations
from kring.library.foreign.leftovers import Brought
from kring.web.drafts.once import made_once
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.instruments import actions, pages, queries
from kring.web.instruments.exchanging.forms import BringForm, KeepForm
from kring.web.instruments.exchanging.handing_on import translations_of
from kring.web.instruments.exchanging.sealing import sealed
from kring.web.instruments.exchanging.words import FORMATS, MISSING
from kring.web.instruments.models import OwnInstrument
from kring.web.instruments.words import LACKS
from kring.web.wording import sentence

MOST_PLACES = 40
WRITERS = roles_that(Record.OWN_INSTRUMENT, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=WRITERS)
def instrument_bring(request: SchoolRequest) -> HttpResponse:
    """Choose a file; see what came along, what did not and what is still to be said. Nothing is kept."""
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if not form.is_bound or not form.is_valid():
        return _form(request, form)
    try:
        brought = form.brought()
        sketch = sketch_from(brought)
        keep = KeepForm(actor=request.actor, initial={"shown": sealed(request.actor, sketch)})
    except FilesRefused as refused:
        return _form(request, form, refused)
    page = {"brought": brought, "items": pages.shown_items(sketch), "scales": pages.shown_scales(sketch), "form": keep, **_told(brought)}
    return render(request, "instruments/exchanging/preview.html", page)


def _form(request: SchoolRequest, form: BringForm, refused: FilesRefused | None = None) -> HttpResponse:
    page = {
        "form": form,
        "refusal": sentence(refused) if refused else "",
        "problems": refused.problems if refused else (),
        "unshown": refused.unshown if refused else 0,
    }
    return render(request, "instruments/exchanging/bring.html", page, status=409 if refused else 200)


def _told(brought: Brought) -> dict[str, object]:
    named = queries.is_named_as_shell(brought.title)
    return {
        "format": FORMATS[brought.format],
        "missing": [*(MISSING[one] for one in brought.missing), *([LACKS[Lack.NAME_OF_PUBLISHER]] if named else [])],
        "left": [(reason, places[:MOST_PLACES], len(places[MOST_PLACES:])) for reason, places in brought.left_by_reason.items()],
        "languages": [one.language for one in brought.translations],
    }


@require_POST
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=WRITERS)
@made_once
def instrument_bring_keep(request: SchoolRequest) -> HttpResponse:
    """Keep as a draft what was shown."""
    form = KeepForm(request.POST, actor=request.actor)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for one in form.errors["shown"]))
        return redirect("instrument_bring", request.actor.pk)
    made = actions.begin_list(request.actor, request.actor.school, form.cleaned_data["shown"])
    messages.success(request, _("De lijst staat klaar als concept. Nog niemand krijgt haar te zien."))
    return redirect("own_instrument_edit", request.actor.pk, made.pk)


# ---- handing on


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def library_instrument_fhir(request: SchoolRequest, mark: str) -> HttpResponse:  # noqa: ARG001
    """A list of the library as a FHIR Questionnaire, with its translations."""
    return _fhir(_of_library(mark))


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def library_instrument_yaml(request: SchoolRequest, mark: str) -> HttpResponse:  # noqa: ARG001
    """A list of the library as the file that it is."""
    return _yaml(_of_library(mark))


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def own_instrument_fhir(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """A list of the school as a FHIR Questionnaire."""
    return _fhir(_of_school(request, owninstrument))


@require_safe
@guard(Record.OWN_INSTRUMENT, Verb.READ, roles=STAFF)
def own_instrument_yaml(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """A list of the school as a file."""
    return _yaml(_of_school(request, owninstrument))


def _of_library(mark: str) -> Entry:
    entry = queries.library_entry(mark)
    if entry is None:
        raise Http404
    return entry


def _of_school(request: SchoolRequest, key: UUID) -> Entry:
    """One of which this person may take the text out of the school."""
    row = find(request, OwnInstrument, key)
    if not pages.may_take(request.actor, row):
        raise PermissionDenied
    return queries.entry_in(row)


def _fhir(entry: Entry) -> HttpResponse:
    document = with_translations(entry, translations_of(entry))
    return attachment(written_json(document).encode(), f"{_stem(entry)}.json", "application/fhir+json")


def _yaml(entry: Entry) -> HttpResponse:
    return attachment(written_entry(entry).encode(), f"{_stem(entry)}.yaml", "application/yaml; charset=utf-8")


def _stem(entry: Entry) -> str:
    return f"{entry.instrument.key}-{entry.instrument.version}"
