"""The room of a class: desks put down and taken away with mouse, finger or keyboard; an example to begin with."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.floor_plans import Shape, floor_plan
from kring.core.places import FloorPlan, read_places
from kring.web.compositions.models import Composition
from kring.web.compositions.queries import people_of
from kring.web.compositions.rooms.actions import change_room
from kring.web.compositions.rooms.forms import RoomForm, ShapeForm
from kring.web.guard import SchoolRequest, find, guard
from kring.web.wording import sentence

TEAM = roles_that(Record.COMPOSITION, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.COMPOSITION, Verb.WRITE, roles=TEAM)
def room(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Where the desks stand."""
    found = find(request, Composition, composition, Verb.WRITE)
    if found.group_id is None or found.kind != Composition.Kind.SEATS:
        raise Http404
    plan = read_places(found.places)
    assert isinstance(plan, FloorPlan)
    if request.method != "POST":
        return _page(request, found, _example(request, plan))
    form = RoomForm(request.POST, room=plan, version=found.version)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        change_room(request.actor, found, form.room(), read=form.cleaned_data["read"], at=timezone.now())
    except BrokenRule as broken:
        found.refresh_from_db()
        return _page(request, found, form, broken)
    messages.success(request, _("De tafels staan zoals u ze neerzette."))
    return redirect(_back(request, found))


def _example(request: SchoolRequest, plan: FloorPlan) -> FloorPlan:
    """The room as it is, or the example that was asked for."""
    asked = ShapeForm(request.GET)
    if not asked.is_valid():
        return plan
    return FloorPlan(floor_plan(Shape(asked.cleaned_data["shape"]), asked.cleaned_data["seats"]).seats, plan.doors)


def _page(request: SchoolRequest, found: Composition, shown: FloorPlan | RoomForm, broken: BrokenRule | None = None) -> HttpResponse:
    form = shown if isinstance(shown, RoomForm) else RoomForm(room=shown, version=found.version)
    seated = people_of(request.actor, found, at=timezone.now())
    here = read_places(found.places)
    page = {
        "composition": found,
        "group": found.group,
        "form": form,
        "grid": form.grid({one.place: one.name for one in seated if one.place}),
        "examples": ShapeForm(request.GET or None, initial={"seats": max(len(seated), 1)}),
        "is_example": isinstance(shown, FloorPlan) and shown != here,
        "pupils": len(seated),
        "version": found.version,
        "refusal": sentence(broken) if broken else "",
        "back": _back(request, found),
    }
    return render(request, "compositions/rooms/room.html", page, status=409 if broken else 200)


def _back(request: SchoolRequest, found: Composition) -> str:
    return reverse("composition", args=[request.actor.pk, found.pk])
