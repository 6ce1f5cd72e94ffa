"""Note, hand in, and look in the mirror while typing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.core.access import PARTNERS, Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.language_mirror import Mirror, mirror, refuse_two_in_one, serious_words
from kring.core.signals import SignalSerious
from kring.web.access import may
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group, Pupil
from kring.web.signals.noting import actions, queries
from kring.web.signals.noting.forms import ClassNoteForm, HandInForm, NoteForm, SeenForm
from kring.web.signals.queries import classmates, names_beside
from kring.web.wording import sentence

NOTERS = roles_that(Record.SIGNAL, Verb.WRITE) - PARTNERS - {Role.EMPLOYEE}
HANDS_IN = roles_that(Record.SIGNAL, Verb.MEASURE)
READ = "mirror_read"
"""Sent along when the mirror stood beside the field, or came back once: who writes decides."""


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SIGNAL, Verb.WRITE, roles=NOTERS)
@made_once
def signal_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """About one pupil."""
    found, now = find(request, Pupil, pupil, Verb.WRITE, of=Record.SIGNAL), timezone.now()
    form = NoteForm(request.POST or None, at=now)
    page = {"form": form, "pupil": found}
    others = names_beside(request.actor, [found], at=now) if request.method == "POST" else []
    if not form.is_valid() or _must_look(request, form, others):
        return _asked(request, page, form, others)
    try:
        actions.note(request.actor, found, form.seen(), at=now)
    except BrokenRule as broken:
        return _asked(request, page, form, others, broken)
    messages.success(request, _("Genoteerd. Het staat bij de signalen van dit kind en wacht op een antwoord."))
    return redirect("pupil_signals", request.actor.pk, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SIGNAL, Verb.WRITE, roles=NOTERS)
@made_once
def group_signal_new(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Tap who it is about, and write: each of them gets an own note; or one about the class."""
    found, now = find(request, Group, group, Verb.WRITE, of=Record.SIGNAL), timezone.now()
    pupils = {str(pupil.pk): pupil for pupil in classmates(request.actor, found, at=now)}
    form = ClassNoteForm(request.POST or None, at=now, pupils=_labels(pupils))
    page = {"form": form, "group": found}
    chosen = [pupils[key] for key in request.POST.getlist("whom") if key in pupils]
    others = [pupil.given_name for pupil in pupils.values() if pupil not in chosen]
    if not form.is_valid() or _must_look(request, form, others):
        return _asked(request, page, form, others)
    whole_class = ClassNoteForm.CLASS in form.cleaned_data["whom"]
    try:
        seen = form.seen()
        refuse_two_in_one([seen.fact, seen.interpretation], meant=[pupil.given_name for pupil in chosen])
        if whole_class:
            actions.note_of_class(request.actor, found, seen, at=now)
        for pupil in chosen:
            actions.note(request.actor, pupil, seen, at=now)
    except BrokenRule as broken:
        return _asked(request, page, form, others, broken)
    messages.success(request, _("Genoteerd. Het staat bij de signalen en wacht op een antwoord."))
    return redirect("group", request.actor.pk, found.pk)


def _labels(pupils: dict[str, Pupil]) -> list[tuple[str, str]]:
    """Given names; of two of one name the whole name."""
    names = [pupil.given_name for pupil in pupils.values()]
    return [(key, pupil.given_name if names.count(pupil.given_name) == 1 else str(pupil)) for key, pupil in pupils.items()]


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SIGNAL, Verb.MEASURE, roles=HANDS_IN)
@made_once
def signal_hand_in(request: SchoolRequest) -> HttpResponse:
    """Whoever works here hands in what they saw, and reads that it came in and was picked up."""
    now = timezone.now()
    form = HandInForm(request.POST or None, at=now)
    page = {"form": form, "handed_in": queries.handed_in(request.actor, at=now)}
    if not form.is_valid() or _must_look(request, form, []):
        return _asked(request, page, form, [], template="signals/hand_in.html")
    try:
        actions.hand_in(request.actor, request.actor.school, form.cleaned_data["about"], form.seen(), at=now)
    except BrokenRule as broken:
        return _asked(request, page, form, [], broken, template="signals/hand_in.html")
    messages.success(request, _("Ontvangen. Hieronder leest u straks dat het is opgepakt."))
    return redirect("signal_hand_in", request.actor.pk)


def _must_look(request: SchoolRequest, form: SeenForm, others: Sequence[str]) -> bool:
    """Whether the mirror has something to show that the writer did not see yet."""
    return READ not in request.POST and any(found.marks for found in _mirrors(form, others).values())


def _mirrors(form: SeenForm, others: Sequence[str]) -> dict[str, Mirror]:
    return {name: mirror(form.cleaned_data.get(name, ""), others=others) for name in ("fact", "interpretation") if name in form.fields}


def _asked(
    request: SchoolRequest,
    page: dict[str, Any],
    form: SeenForm,
    others: Sequence[str],
    broken: BrokenRule | None = None,
    *,
    template: str = "signals/new.html",
) -> HttpResponse:
    """The form, with what the mirror sees and what stood in the way."""
    mirrors = _mirrors(form, others) if form.is_bound and hasattr(form, "cleaned_data") else {}
    marks = [mark for found in mirrors.values() for mark in found.marks]
    told: dict[str, Any] = {"marks": marks, "mirror": mirrors.get("fact"), "refusal": sentence(broken) if broken else ""}
    told["is_serious"] = isinstance(broken, SignalSerious)
    return render(request, template, page | told, status=409 if broken else 200)


@require_POST
@guard(Record.SIGNAL, Verb.MEASURE, roles=HANDS_IN)
def signal_mirror(request: SchoolRequest) -> HttpResponse:
    """What the mirror sees in a text that is being typed: a piece of a page. Nothing is kept."""
    text, now = request.POST.get("text", "")[:4000], timezone.now()
    meant = list(may(request.actor, Pupil, Verb.READ, at=now).filter(pk__in=_keys(request)))
    others = names_beside(request.actor, meant, at=now) if meant else []
    found = mirror(text, others=others)
    page = {"marks": found.marks, "mirror": found, "is_serious": bool(serious_words(text))}
    return render(request, "signals/parts/mirror.html", page)


def _keys(request: SchoolRequest) -> list[UUID]:
    keys = []
    for text in request.POST.getlist("whom")[:40]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys
