"""Write a list of one's own: begin, and change it part by part."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.core.access import STAFF, Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.sketches import ListUnreadable, NotReady, Sketch, free_key, moved, same_meaning, with_scale, without_item, without_scale
from kring.core.sketches import changes as changes_between
from kring.core.versions import ChangedMeanwhile
from kring.file_problems import ContentRefused
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.instruments import actions, pages, queries
from kring.web.instruments.models import OwnInstrument
from kring.web.instruments.words import WHO, years
from kring.web.instruments.writing.bases import bases, begun_with
from kring.web.instruments.writing.fields import OverEdition
from kring.web.instruments.writing.forms import AnswersForm, ItemForm, ItemsForm, ScaleForm
from kring.web.instruments.writing.head_forms import BeginForm, HeadForm, OriginForm, RewordedForm, WorthForm
from kring.web.instruments.writing.told import told
from kring.web.wording import sentence

WRITERS = roles_that(Record.OWN_INSTRUMENT, Verb.WRITE)
Change = Callable[[Sketch], Sketch]
MakeForm = Callable[..., OverEdition]


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=WRITERS)
@made_once
def instrument_new(request: SchoolRequest) -> HttpResponse:
    """Begin empty, with a list of the library, or with the shell of a publisher's list."""
    wanted = request.POST.get("basis", "") or request.GET.get("basis", "")
    offered = bases(request.actor.school, also=wanted)
    start = {"basis": wanted if wanted in offered else next(iter(offered))}
    form = BeginForm(request.POST if request.method == "POST" else None, bases=offered, initial=start)
    if not form.is_bound or not form.is_valid():
        return render(request, "instruments/writing/new.html", {"form": form})
    given, school = form.cleaned_data, request.actor.school
    sketch, shell = begun_with(given["basis"], title=given["title"], school=school, on=timezone.localdate())
    made = actions.begin_list(request.actor, school, sketch, fills=shell)
    if shell:
        return redirect("own_instrument_licence", request.actor.pk, made.pk)
    messages.success(request, _("De lijst staat klaar als concept. Nog niemand krijgt haar te zien."))
    return redirect("own_instrument_edit", request.actor.pk, made.pk)


# ---- the list as a whole


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_instrument_edit(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """Everything of a draft on one page; new items are typed here."""
    row = find(request, OwnInstrument, owninstrument, Verb.WRITE)
    if not row.is_draft:
        return redirect("own_instrument", request.actor.pk, row.pk)
    try:
        sketch = queries.sketch_in(row)
    except ListUnreadable as broken:
        return bench(request, row, queries.shown_sketch(row), broken=broken)
    if request.method != "POST":
        return bench(request, row, sketch)
    form = ItemsForm(request.POST, sketch=sketch)
    if not form.is_valid():
        return bench(request, row, sketch, form=form)
    try:
        change = partial(form.change, taken=queries.keys_before(row))
        actions.change_list(request.actor, row, change, read=form.cleaned_data["read"])
    except ChangedMeanwhile as broken:
        now = find(request, OwnInstrument, owninstrument, Verb.WRITE)
        again = ItemsForm(_over(request, now), sketch=queries.shown_sketch(now))
        return bench(request, now, queries.shown_sketch(now), form=again, broken=broken)
    except BrokenRule as broken:
        return bench(request, row, sketch, form=form, broken=broken)
    messages.success(request, _("De vragen staan onderaan de lijst."))
    return redirect("own_instrument_edit", request.actor.pk, row.pk)


def bench(
    request: SchoolRequest,
    row: OwnInstrument,
    sketch: Sketch,
    *,
    form: ItemsForm | None = None,
    reworded: RewordedForm | None = None,
    broken: BrokenRule | None = None,
) -> HttpResponse:
    before = queries.previous_sketch(row)
    found = changes_between(before, sketch) if before else ()
    reasons = broken.reasons if isinstance(broken, NotReady) else queries.reasons_against(row, sketch, on=timezone.localdate())
    page = {
        "row": row,
        "sketch": sketch,
        "who": WHO.get((sketch.informant, sketch.about), ""),
        "years": years(sketch.year_levels),
        "rhythm": pages.rhythm(sketch),
        "items": pages.shown_items(sketch),
        "scales": pages.shown_scales(sketch),
        "reads_hard": pages.reads_hard(sketch),
        "missing": pages.reason_words(reasons),
        "is_correction": before is not None,
        "changes": pages.shown_changes(before, sketch),
        "may_be_reworded": bool(found) and same_meaning(found),
        "reworded_form": reworded or RewordedForm(initial={"read": row.edition, "reason": sketch.comparable_reason}),
        "may_release": may_do(request.actor, row, Verb.APPLY),
        "form": form or ItemsForm(initial={"read": row.edition}, sketch=sketch),
        **_refused(broken),
    }
    return render(request, "instruments/writing/bench.html", page, status=409 if broken else 200)


def _refused(broken: BrokenRule | None) -> dict[str, Any]:
    if isinstance(broken, ContentRefused):
        return {"refusal": _("Deze lijst kan zo niet worden vrijgegeven."), "problems": broken.problems, "unshown": broken.unshown}
    return {"refusal": sentence(broken) if broken else ""}


def _over(request: SchoolRequest, now: OwnInstrument) -> Any:
    """What was typed, over the newest edition: sent once more, it takes the place of what a colleague wrote."""
    typed = request.POST.copy()
    typed["read"] = str(now.edition)
    return typed


# ---- one part of it


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_instrument_head(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """What it is called, for whom, how long, and what is read first."""
    return _part(request, owninstrument, HeadForm, HeadForm.known, HeadForm.change, _("Over de lijst"))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_instrument_origin(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """Whose text it is, and what the results are worth."""
    row = find(request, OwnInstrument, owninstrument, Verb.WRITE)
    if row.fills:
        return _part(request, owninstrument, WorthForm, WorthForm.known, WorthForm.change, _("Herkomst en waarde"), row=row)
    change = partial(OriginForm.change, on=timezone.localdate())
    return _part(request, owninstrument, OriginForm, OriginForm.known, change, _("Herkomst en waarde"), row=row)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_instrument_answers(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """The answers that all items have, but those with their own."""
    return _part(request, owninstrument, AnswersForm, AnswersForm.known, AnswersForm.change, _("Antwoorden van de lijst"))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_item(request: SchoolRequest, owninstrument: UUID, item: str) -> HttpResponse:
    """One item."""
    row = find(request, OwnInstrument, owninstrument, Verb.WRITE)
    sketch = queries.shown_sketch(row)
    if sketch.item(item) is None and request.method != "POST":
        raise Http404

    def known(now: Sketch) -> dict[str, Any]:
        found = now.item(item)
        return ItemForm.known(now, found) if found else {}

    change = partial(ItemForm.change, key=item, taken=queries.keys_before(row))
    return _part(request, owninstrument, partial(ItemForm, sketch=sketch), known, change, _("Vraag veranderen"), row=row)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_scale_new(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """A new scale."""
    row = find(request, OwnInstrument, owninstrument, Verb.WRITE)
    return _scale(request, row, "", _("Schaal toevoegen"))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_scale(request: SchoolRequest, owninstrument: UUID, scale: str) -> HttpResponse:
    """One scale."""
    row = find(request, OwnInstrument, owninstrument, Verb.WRITE)
    if queries.shown_sketch(row).scale(scale) is None and request.method != "POST":
        raise Http404
    return _scale(request, row, scale, _("Schaal veranderen"))


def _scale(request: SchoolRequest, row: OwnInstrument, key: str, title: str) -> HttpResponse:
    def known(now: Sketch) -> dict[str, Any]:
        found = now.scale(key)
        return ScaleForm.known(found) if found else {}

    def change(form: Any, now: Sketch) -> Sketch:
        new = free_key("schaal", {one.key for one in now.scales} | queries.keys_before(row))
        return with_scale(now, form.scale(now.scale(key), key=new, on=timezone.localdate()))

    form = partial(ScaleForm, sketch=queries.shown_sketch(row), key=key)
    return _part(request, row.pk, form, known, change, title, row=row)


def _part(
    request: SchoolRequest,
    key: UUID,
    make: MakeForm,
    known: Callable[[Sketch], dict[str, Any]],
    change: Callable[[Any, Sketch], Sketch],
    title: str,
    *,
    row: OwnInstrument | None = None,
) -> HttpResponse:
    """A form about a part; who was second gets what is there now beside what was typed, and loses nothing."""
    row = row or find(request, OwnInstrument, key, Verb.WRITE)
    if not row.is_draft:
        return redirect("own_instrument", request.actor.pk, row.pk)
    form = make(request.POST if request.method == "POST" else None, initial={"read": row.edition, **known(queries.shown_sketch(row))})
    if not form.is_bound or not form.is_valid():
        return _form(request, row, form, title)
    try:
        actions.change_list(request.actor, row, partial(change, form), read=form.cleaned_data["read"])
    except ChangedMeanwhile as broken:
        now = find(request, OwnInstrument, key, Verb.WRITE)
        newest = make(None, initial=known(queries.shown_sketch(now)))
        return _form(request, now, make(_over(request, now)), title, broken=broken, newest=told(newest))
    except BrokenRule as broken:
        return _form(request, row, form, title, broken=broken)
    messages.success(request, _("Bewaard in het concept."))
    return redirect("own_instrument_edit", request.actor.pk, row.pk)


def _form(
    request: SchoolRequest, row: OwnInstrument, form: Any, title: str, *, broken: BrokenRule | None = None, newest: Any = ()
) -> HttpResponse:
    page = {
        "row": row,
        "form": form,
        "title": title,
        "newest": newest,
        "comes_with_it": isinstance(broken, ChangedMeanwhile) and not newest,  # a colleague took it away, or it was not there yet
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "instruments/writing/part.html", page, status=409 if broken else 200)


# ---- buttons


@require_POST
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_item_move(request: SchoolRequest, owninstrument: UUID, item: str) -> HttpResponse:
    """One place up or down."""
    steps = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
    return _press(request, owninstrument, partial(moved, key=item, steps=steps), "")


@require_POST
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_item_remove(request: SchoolRequest, owninstrument: UUID, item: str) -> HttpResponse:
    """Out of the list; it can be undone."""
    return _press(request, owninstrument, partial(without_item, key=item), _("De vraag is weg. Met “Ongedaan maken” staat zij er weer."))


@require_POST
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_scale_remove(request: SchoolRequest, owninstrument: UUID, scale: str) -> HttpResponse:
    """Its items stay."""
    said = _("De schaal is weg; de vragen zijn er nog. Met “Ongedaan maken” staat zij er weer.")
    return _press(request, owninstrument, partial(without_scale, key=scale), said)


def _press(request: SchoolRequest, key: UUID, change: Change, said: str) -> HttpResponse:
    return _do(request, key, lambda row, read: actions.change_list(request.actor, row, change, read=read), said)


@require_POST
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_instrument_undo(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """As it was before the last change."""
    return _do(
        request,
        owninstrument,
        lambda row, read: actions.undo_change(request.actor, row, read=read),
        _("De laatste verandering is ongedaan gemaakt. Nog een keer drukken zet haar terug."),
    )


@require_POST
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_instrument_reworded(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """That results may go on in one line, because only wording was put right; or not after all."""
    row = find(request, OwnInstrument, owninstrument, Verb.WRITE)
    form = RewordedForm(request.POST)
    takes_back = "take_back" in request.POST
    if not takes_back and not form.is_valid():
        return bench(request, row, queries.shown_sketch(row), reworded=form)
    reason = "" if takes_back else form.cleaned_data["reason"]
    return _do(
        request,
        owninstrument,
        lambda found, read: actions.say_reworded(request.actor, found, reason, read=read),
        _("Bewaard. De lijn in de uitkomsten begint opnieuw.") if takes_back else _("Bewaard. De lijn in de uitkomsten loopt door."),
    )


def _do(request: SchoolRequest, key: UUID, deed: Callable[[OwnInstrument, int], None], said: str) -> HttpResponse:
    """Do it over the edition that the page showed, or show the list as it is now."""
    row = find(request, OwnInstrument, key, Verb.WRITE)
    read = request.POST.get("read", "")
    try:
        deed(row, int(read) if read.isdecimal() and len(read) < 10 else 0)
    except BrokenRule as broken:
        now = find(request, OwnInstrument, key, Verb.WRITE)
        return bench(request, now, queries.shown_sketch(now), broken=broken)
    if said:
        messages.success(request, said)
    return redirect("own_instrument_edit", request.actor.pk, row.pk)
