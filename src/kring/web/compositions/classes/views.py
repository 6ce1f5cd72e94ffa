"""Classes of a coming year: begun, bounded, looked over, and laid beside another proposal. Moving pupils is on the page of every plan."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.core.next_classes import LETTERS
from kring.web.compositions.actions import set_asks
from kring.web.compositions.classes import actions, queries
from kring.web.compositions.classes.forms import ChangeClassesForm, MarksForm, NewClassesForm
from kring.web.compositions.models import Composition
from kring.web.compositions.queries import people_of
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import SchoolYear
from kring.web.wording import sentence

KEEPER = frozenset({Role.COORDINATOR})


@require_safe
@guard(Record.COMPOSITION, Verb.READ, roles=KEEPER)
def next_classes(request: SchoolRequest) -> HttpResponse:
    """Every proposal, the newest first."""
    year = queries.coming_year(request.actor, at=timezone.now())
    return render(request, "compositions/classes/list.html", {"rows": queries.all_classes(request.actor), "year": year})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.COMPOSITION, Verb.WRITE, roles=KEEPER)
@made_once
def next_classes_new(request: SchoolRequest, schoolyear: UUID) -> HttpResponse:
    """From which pupils, and which classes."""
    year = find(request, SchoolYear, schoolyear, Verb.WRITE, of=Record.COMPOSITION)
    now = timezone.now()
    form = NewClassesForm(request.POST or None, streams=queries.streams(request.actor, at=now))
    page = {"form": form, "year": year}
    if not form.is_bound or not form.is_valid():
        return render(request, "compositions/classes/new.html", page)
    try:
        made = actions.make_classes(request.actor, year, form.new(), at=now)
    except BrokenRule as broken:
        return render(request, "compositions/classes/new.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("De klassen staan klaar, nog zonder leerlingen. Vul aan wat u weet en laat daarna een voorstel maken."))
    return redirect("classes", request.actor.pk, made.pk)


@require_safe
@guard(Record.COMPOSITION, Verb.READ, roles=KEEPER)
def classes(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """How the classes stand, and under which conditions."""
    return _page(request, _classes(request, composition))


def _classes(request: SchoolRequest, composition: UUID, verb: Verb = Verb.READ) -> Composition:
    found = find(request, Composition, composition, verb)
    if found.kind != Composition.Kind.CLASSES:
        raise Http404
    return found


def _page(
    request: SchoolRequest, row: Composition, form: ChangeClassesForm | None = None, broken: BrokenRule | None = None
) -> HttpResponse:
    page: dict[str, Any] = {
        "row": row,
        "found": queries.classes_of(request.actor, row, at=timezone.now()),
        "form": form or ChangeClassesForm(row=row),
        "others": queries.all_classes(request.actor).filter(year=row.year_id).exclude(pk=row.pk),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "compositions/classes/classes.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=KEEPER)
def classes_change(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Names, size, and what counts."""
    row = _classes(request, composition, Verb.WRITE)
    form = ChangeClassesForm(request.POST, row=row)
    if not form.is_valid():
        return _page(request, row, form)
    given = form.cleaned_data
    try:
        actions.change_classes(request.actor, row, given["classes"], most=given["most"], read=given["read"], at=timezone.now())
        set_asks(request.actor, row, form.asks)
    except BrokenRule as broken:
        return _page(request, find(request, Composition, composition), form, broken)
    messages.success(request, _("Bewaard. Een voorstel dat u nu laat maken, houdt zich hieraan."))
    return redirect("classes", request.actor.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.COMPOSITION, Verb.WRITE, roles=KEEPER)
def classes_marks(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Letters, of which only the school knows what they mean."""
    row = _classes(request, composition, Verb.WRITE)
    now = timezone.now()
    form = MarksForm(request.POST or None, row=row, people=people_of(request.actor, row, at=now))
    page = {"row": row, "form": form, "letters": LETTERS}
    if not form.is_bound or not form.is_valid():
        return render(request, "compositions/classes/marks.html", page)
    try:
        actions.mark_pupils(request.actor, row, form.marks(), read=form.cleaned_data["read"], at=now)
    except BrokenRule as broken:
        row.refresh_from_db()
        return render(request, "compositions/classes/marks.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("De letters zijn bewaard. Ze verdwijnen als de klassen zijn overgenomen."))
    return redirect("classes", request.actor.pk, row.pk)


@require_POST
@guard(Record.COMPOSITION, Verb.WRITE, roles=KEEPER)
def classes_newcomers(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Who came to these groups since."""
    row = _classes(request, composition, Verb.WRITE)
    try:
        actions.bring_in(request.actor, row, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, broken=broken)
    messages.success(request, _("De nieuwe leerlingen wachten nu naast de klassen."))
    return redirect("classes", request.actor.pk, row.pk)


@require_safe
@guard(Record.COMPOSITION, Verb.READ, roles=KEEPER)
def classes_compare(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Two proposals beside each other; the other one is in `with`."""
    row, now = _classes(request, composition), timezone.now()
    other = _classes(request, _key(request.GET.get("with", "")))
    one, two = (queries.classes_of(request.actor, each, at=now) for each in (row, other))
    page = {"row": row, "other": other, "sides": (one, two), "compared": queries.compared(one, two)}
    return render(request, "compositions/classes/compare.html", page)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
