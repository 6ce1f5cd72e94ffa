"""Seats, tables and work groups: the list, a new one, its page, and what one does there. Without a script every step is a page."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.places import FloorPlan, read_places
from kring.web.compositions import actions, queries, showing
from kring.web.compositions.forms import AsksForm, FixForm, MoveForm, NewForm, UndoForm, UseForm, WishForm
from kring.web.compositions.models import Composition, PlaceWish
from kring.web.compositions.proposing.actions import ask_proposal
from kring.web.compositions.queries import Person, Sheet
from kring.web.days import spoken_day
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.wording import sentence

SEATERS = roles_that(Record.COMPOSITION, Verb.WRITE)


@require_safe
@guard(Record.COMPOSITION, Verb.READ, roles=SEATERS)
def compositions(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Those of one group, what is in use first."""
    found = find(request, Group, group, Verb.WRITE, of=Record.COMPOSITION)
    rows = queries.compositions(request.actor, found)
    return render(request, "compositions/compositions.html", {"group": found, "rows": rows, "today": timezone.localdate()})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
@made_once
def composition_new(request: SchoolRequest, group: UUID) -> HttpResponse:
    """A new one: what, and how the room is."""
    found, now = find(request, Group, group, Verb.WRITE, of=Record.COMPOSITION), timezone.now()
    pupils, room = queries.count_of(request.actor, found, at=now), queries.last_room(request.actor, found)
    form = NewForm(request.POST if request.method == "POST" else None, pupils=pupils, room=room)
    page: dict[str, Any] = {"group": found, "form": form, "pupils": pupils}
    if not form.is_valid():
        return render(request, "compositions/new.html", page)
    try:
        new = form.new(today=spoken_day(timezone.localdate()))
        made = actions.make_composition(request.actor, found, new, at=now)
    except BrokenRule as broken:
        return render(request, "compositions/new.html", {**page, "refusal": sentence(broken)}, status=409)
    return redirect("composition", request.actor.pk, made.pk)


@require_safe
@guard(Record.COMPOSITION, Verb.READ, roles=SEATERS)
def composition(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """The room or the groups; `pupil` picks somebody to move, also without a script."""
    return _page(request, find(request, Composition, composition, Verb.WRITE))


@require_safe
@guard(Record.COMPOSITION, Verb.READ, roles=SEATERS)
def composition_board(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Large, for on the board: names and places, and nothing else."""
    row = find(request, Composition, composition)
    people = queries.people_of(request.actor, row, at=timezone.now())
    sheet = Sheet(row, read_places(row.places), people)
    return render(request, "compositions/board.html", {"row": row, **_places(sheet)})


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
def composition_move(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """One pupil to a place, to none, or in the place of another."""
    row, form = find(request, Composition, composition, Verb.WRITE), MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, row)
    try:
        actions.move_pupil(request.actor, row, form.move(), read=form.cleaned_data["read"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, broken)
    return redirect("composition", request.actor.pk, row.pk)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
def composition_fix(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Stays there whatever is proposed, or not any more."""
    row, form = find(request, Composition, composition, Verb.WRITE), FixForm(request.POST)
    if not form.is_valid():
        return _page(request, row)
    try:
        actions.fix_pupil(request.actor, row, **form.fixed(), at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, broken)
    return redirect("composition", request.actor.pk, row.pk)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
def composition_undo(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """One step back."""
    row, form = find(request, Composition, composition, Verb.WRITE), UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, row)
    try:
        actions.undo(request.actor, row, read=form.cleaned_data["read"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, broken)
    return redirect("composition", request.actor.pk, row.pk)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
def place_wish_add(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Apart, together, in front."""
    row = find(request, Composition, composition, Verb.WRITE)
    form = _wish_form(queries.sheet_of(request.actor, row, at=timezone.now()), request.POST)
    if not form.is_valid():
        return _page(request, row, wish_form=form)
    try:
        actions.add_wish(request.actor, row, form.wish(), at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, broken, wish_form=form)
    return redirect("composition", request.actor.pk, row.pk)


@require_POST
@guard(Record.PLACE_WISH, Verb.WRITE, roles=SEATERS)
def place_wish_remove(request: SchoolRequest, placewish: UUID) -> HttpResponse:
    """It is not asked any more."""
    wish = find(request, PlaceWish, placewish, Verb.WRITE)
    actions.remove_wish(request.actor, wish)
    return redirect("composition", request.actor.pk, wish.composition_id)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
def composition_asks(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """What a proposal takes into account for everybody."""
    row = find(request, Composition, composition, Verb.WRITE)
    form = _asks_form(request, queries.sheet_of(request.actor, row, at=timezone.now()), request.POST)
    if form.is_valid():
        actions.set_asks(request.actor, row, form.cleaned_data)
    return redirect("composition", request.actor.pk, row.pk)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
def composition_propose(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Set the search going; the page says how far it is."""
    row = find(request, Composition, composition, Verb.WRITE)
    try:
        ask_proposal(request.actor, row, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, broken)
    return redirect("composition", request.actor.pk, row.pk)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
def composition_use(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """From this day on they sit so."""
    row = find(request, Composition, composition, Verb.WRITE)
    form = UseForm(request.POST, row=row, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, row, use_form=form)
    actions.use_composition(request.actor, row, used_from=form.cleaned_data["used_from"])
    messages.success(request, _("Bewaard."))
    return redirect("composition", request.actor.pk, row.pk)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
@made_once
def composition_copy(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """To try something else beside it."""
    row = find(request, Composition, composition, Verb.WRITE)
    name = _("Kopie van %(name)s") % {"name": row.name}
    made = actions.copy_composition(request.actor, row, name=name[:120], at=timezone.now())
    messages.success(request, _("Dit is de kopie. De eerste indeling blijft zoals ze was."))
    return redirect("composition", request.actor.pk, made.pk)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=SEATERS)
def composition_remove(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """With its wishes and the reasons for them."""
    row = find(request, Composition, composition, Verb.WRITE)
    actions.remove_composition(request.actor, row)
    messages.success(request, _("De indeling is weggehaald, met de wensen erbij."))
    if row.group_id is None:
        return redirect("next_classes", request.actor.pk)
    return redirect("compositions", request.actor.pk, row.group_id)


def _wish_form(sheet: Sheet, data: Any = None) -> WishForm:
    return WishForm(data, people=sheet.people, has_front=isinstance(sheet.plan, FloorPlan))


def _asks_form(request: SchoolRequest, sheet: Sheet, data: Any = None) -> AsksForm:
    levels = {level for _group, level in queries.sits_of(request.actor, sheet.people, at=timezone.now()).values()}
    return AsksForm(data, row=sheet.row, mixed=len(levels) > 1, remembers=sheet.row.group_id is not None)


def _page(
    request: SchoolRequest,
    row: Composition,
    broken: BrokenRule | None = None,
    *,
    wish_form: forms.Form | None = None,
    use_form: forms.Form | None = None,
) -> HttpResponse:
    """As it is now: after a refusal too, so that one sees what somebody else did meanwhile."""
    sheet = queries.sheet_of(request.actor, row, at=timezone.now())
    request.readings.extend(sheet.sources)
    picked = _picked(request, sheet)
    page = {
        "row": row,
        "sheet": sheet,
        "picked": picked,
        "free": showing.free_places(sheet.plan, sheet.people) if picked else [],
        **_places(sheet),
        "alone": showing.alone(showing.cards(sheet)),
        "wishes": showing.wish_lines(sheet),
        "outcome": showing.outcome_lines(sheet),
        "clashing": showing.clashing(sheet),
        "wish_form": wish_form or _wish_form(sheet),
        "asks_form": _asks_form(request, sheet),
        "use_form": use_form or UseForm(row=row, today=timezone.localdate()),
        "today": timezone.localdate(),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "compositions/composition.html", page, status=409 if broken else 200)


def _places(sheet: Sheet) -> dict[str, Any]:
    """The room or the groups, and who waits beside it."""
    cards = showing.cards(sheet)
    floor = showing.rows(sheet.plan, cards) if isinstance(sheet.plan, FloorPlan) else None
    columns = showing.aisles(sheet.plan) if isinstance(sheet.plan, FloorPlan) else []
    groups = None if isinstance(sheet.plan, FloorPlan) else showing.tables(sheet.plan, cards)
    return {
        "floor": floor,
        "columns": columns,
        "groups": groups,
        "cards": cards,
        "waiting": [card for card in cards if not card.person.place],
        "plan": sheet.plan,
    }


def _picked(request: SchoolRequest, sheet: Sheet) -> Person | None:
    """The pupil in the address, who must be in this composition."""
    asked = request.GET.get("pupil", "")
    found = next((one for one in sheet.people if one.key == asked), None)
    if asked and found is None:
        raise Http404
    return found
