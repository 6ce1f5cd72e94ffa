"""What a teacher shows on the board, and the cards that are printed for a class."""

from base64 import b64encode
from functools import cache
from pathlib import Path
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.classroom import read_aloud
from kring.core.errors import BrokenRule
from kring.documents.cards import Card, cards_pdf
from kring.documents.qr_code import qr_code
from kring.web.classroom.rows import code_of, labels_of
from kring.web.classroom.teaching import actions, queries
from kring.web.classroom.teaching.forms import CardsForm
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.schools.naming import group_label
from kring.web.wording import sentence

TEACHING = roles_that(Record.SIGN_IN_WINDOW, Verb.WRITE)


@require_safe
@guard(Record.SIGN_IN_WINDOW, Verb.READ, roles=TEACHING)
def class_code(request: SchoolRequest, group: UUID) -> HttpResponse:
    """For the board: the code, large, and the QR code; no name of anybody."""
    found, now = find(request, Group, group, Verb.WRITE, of=Record.SIGN_IN_WINDOW), timezone.now()
    window = queries.open_window(request.actor, found, at=now)
    if window is None:
        return redirect("classroom", request.actor.pk, found.pk)
    door, code = request.build_absolute_uri(reverse("class_door")), code_of(window.pk)
    context = {
        "actor": None,  # everybody in the room looks along: no menu, no search
        "back": reverse("classroom", args=[request.actor.pk, found.pk]),
        "group": found,
        "window": window,
        "code": read_aloud(code),
        "address": door.partition("//")[2],
        "qr": picture(qr_code(f"{door}#{code}")),
    }
    return render(request, "classroom/code.html", context)


def picture(drawn: str) -> str:
    """A drawing as the address of an image, so that no markup is put into a page."""
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PUPIL_KEY, Verb.WRITE, roles=TEACHING)
def class_cards(request: SchoolRequest, group: UUID) -> HttpResponse:
    """New cards for some pupils or the whole class, printed at once: nobody can look them up later."""
    found, now = find(request, Group, group, Verb.WRITE, of=Record.PUPIL_KEY), timezone.now()
    pupils = queries.pupils_here(request.actor, found, at=now)
    labels = labels_of(pupils)
    begin = {"knows": "pictures" if queries.begins_with_pictures(found) else "pin"}
    form = CardsForm(request.POST or None, initial=begin, pupils=[(str(key), label) for key, label in labels.items()])
    context = {"group": found, "form": form, "made": queries.keys_made(request.actor, pupils, at=now), "nobody": not pupils}
    if request.method != "POST" or not form.is_valid():
        return render(request, "classroom/cards.html", context)
    chosen = {UUID(key) for key in form.cleaned_data["pupils"]}
    try:
        made = actions.make_keys(request.actor, found, pupils=chosen, pictures=form.cleaned_data["knows"] == "pictures", at=now)
    except BrokenRule as broken:
        return render(request, "classroom/cards.html", context | {"refusal": sentence(broken)}, status=409)
    return attachment(_sheets(request, found, made), _("inlogkaarten.pdf"), "application/pdf")


def _sheets(request: SchoolRequest, group: Group, made: list[actions.Keys]) -> bytes:
    link, door = (request.build_absolute_uri(reverse(name)) for name in ("class_card", "class_door"))
    cards = [Card(one.label, f"{link}#{one.card}", tuple((key, _drawn(key)) for key in one.pictures), one.pin) for one in made]
    school = request.actor.school
    label = group_label(group, school)
    address = door.partition("//")[2]
    return cards_pdf(cards, group=label, school=school.name, address=address, made_on=timezone.localdate())


@cache
def _drawn(key: str) -> str:
    """The drawing of one of the twelve pictures."""
    return Path(str(finders.find(f"kring/keys/{key}.svg"))).read_text(encoding="utf-8")
