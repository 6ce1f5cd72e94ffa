"""Thinking before acting: about a pupil, and about a class."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.core.language_mirror import mirror
from kring.core.understanding import activities_of, is_one_sided, label_in, needs_of
from kring.web.access import may_do
from kring.web.days import spoken_full_day
from kring.web.edited import both_texts, sent_again
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.understanding import queries
from kring.web.understanding.models import Understanding
from kring.web.understanding.thinking import actions
from kring.web.understanding.thinking import queries as thinking
from kring.web.understanding.thinking.forms import (
    ClassStepsForm,
    EditClassStepsForm,
    EditStepsForm,
    ObserverForm,
    SettleForm,
    SourcesForm,
    StepsForm,
    picked_before,
    said,
)
from kring.web.understanding.thinking.words import KINDS, OF_CLASS, STEPS
from kring.web.wording import sentence

SEES = roles_that(Record.UNDERSTANDING, Verb.READ)
WRITES = roles_that(Record.UNDERSTANDING, Verb.WRITE)
SEES_CLASS = roles_that(Record.GROUP, Verb.MEASURE)
"""A class is thought about by its team; who works on the case of one pupil has no part in it."""


@require_safe
@guard(Record.UNDERSTANDING, Verb.READ, roles=SEES)
def pupil_understanding(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Everything that was thought about one pupil."""
    return _listed(request, find(request, Pupil, pupil))


@require_safe
@guard(Record.UNDERSTANDING, Verb.READ, roles=SEES_CLASS)
def group_understanding(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Everything that was thought about one class."""
    return _listed(request, find(request, Group, group))


def _listed(request: SchoolRequest, about: Pupil | Group) -> HttpResponse:
    found = queries.understandings(request.actor, about)
    request.readings.extend(found)
    page = {
        **_about(about),
        "open": next((one for one in found if one.settled_at is None), None),
        "settled": [one for one in found if one.settled_at],
        "may_write": may_do(request.actor, about, Verb.WRITE, of=Record.UNDERSTANDING),
        "growth_url": reverse("growth_document", args=[request.actor.pk, about.pk]),
    }
    return render(request, "understanding/listed.html", page)


def _about(about: Pupil | Group) -> dict[str, Any]:
    return {"pupil": about} if isinstance(about, Pupil) else {"group": about}


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.UNDERSTANDING, Verb.WRITE, roles=WRITES)
def pupil_understanding_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Begin, with what goes well."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.UNDERSTANDING)
    return _begin(request, found, StepsForm(request.POST if request.method == "POST" else None))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.UNDERSTANDING, Verb.WRITE, roles=SEES_CLASS)
def group_understanding_new(request: SchoolRequest, group: UUID) -> HttpResponse:
    """The same about a class."""
    found = find(request, Group, group, Verb.WRITE, of=Record.UNDERSTANDING)
    return _begin(request, found, ClassStepsForm(request.POST if request.method == "POST" else None))


def _begin(request: SchoolRequest, about: Pupil | Group, form: StepsForm | ClassStepsForm) -> HttpResponse:
    running, refusal = queries.open_one(request.actor, about), ""
    if running and request.method != "POST":
        return redirect("understanding_steps", request.actor.pk, running.pk)
    if form.is_valid():
        try:
            made = actions.begin(request.actor, about, form.written(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. Kies nu waar u op steunt: minstens twee soorten bronnen."))
            return redirect("understanding_sources", request.actor.pk, made.pk)
    page = {**_about(about), "form": form, "refusal": refusal, "running": running if refusal else None}
    return render(request, "understanding/steps.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.UNDERSTANDING, Verb.WRITE, roles=WRITES)
def understanding_steps(request: SchoolRequest, understanding: UUID) -> HttpResponse:
    """Write on; who is second sees both texts."""
    found = find(request, Understanding, understanding, Verb.WRITE)
    kind = EditClassStepsForm if found.group_id else EditStepsForm
    form = kind(request.POST if request.method == "POST" else None, initial={**said(found), "read": found.edited_at})
    page: dict[str, Any] = {}
    if form.is_valid():
        try:
            actions.edit(request.actor, found, form.written(), read_at=form.cleaned_data["read"], at=timezone.now())
        except EditedMeanwhile:
            now = find(request, Understanding, understanding, Verb.WRITE)
            page = {"both_shown": True, "both": both_texts(form, said(now)), "refusal": " "}
            form = kind(sent_again(request.POST, now.edited_at))
        except BrokenRule as broken:
            page = {"refusal": sentence(broken)}
        else:
            messages.success(request, _("Bewaard."))
            return redirect("understanding", request.actor.pk, found.pk)
    return render(request, "understanding/steps.html", _steps(found, form) | page, status=409 if page else 200)


def _steps(found: Understanding, form: Any) -> dict[str, Any]:
    return {"found": found, "pupil": found.pupil, "group": found.group, "form": form}


@require_safe
@guard(Record.UNDERSTANDING, Verb.READ, roles=SEES)
def understanding(request: SchoolRequest, understanding: UUID) -> HttpResponse:
    """One understanding, with what it rests on and everybody's own words."""
    return _page(request, find(request, Understanding, understanding))


def _page(request: SchoolRequest, found: Understanding, broken: BrokenRule | None = None, **more: Any) -> HttpResponse:
    """The page, also with what was refused."""
    now = timezone.now()
    may_write = found.settled_at is None and may_do(request.actor, found, Verb.WRITE)
    words = queries.voices(request.actor, found)
    request.readings.extend(words)
    page = {
        **_steps(found, None),
        "read": found.edited_at.isoformat(),
        "parts": _parts(found),
        "needs": needs_of(found.needs),
        "activities": len(activities_of(thinking.plain_sources(found))),
        "sources": [(one, KINDS[one.row.kind]) for one in thinking.sources(request.actor, found, at=now)],
        "marks": [] if found.settled_at else _marks(request.actor, found),
        "lacks": _lacks(request.actor, found) if may_write else "",
        "may_write": may_write,
        "may_ask_words": may_write and may_do(request.actor, found, Verb.WRITE, of=Record.VOICE),
        "voices": words,
        "observer_form": _observer_form(request.actor, found.group) if may_write and found.group else None,
        "sociogram": thinking.newest_sociogram(request.actor, found.group) if found.group else None,
        "growth_url": reverse("growth_document", args=[request.actor.pk, found.pupil_id]) if found.pupil else "",
        "next_steps": _next_steps(request.actor, found) if found.settled_at else [],
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "understanding/understanding.html", page | more, status=409 if broken else 200)


def _parts(found: Understanding) -> list[tuple[Any, str]]:
    """The questions that have an answer, what goes well first; needs stand apart."""
    parts = [(question, str(getattr(found, name))) for name, (question, _hint) in STEPS.items() if name != "needs"]
    parts[1:1] = [(question, str(found.class_questions.get(name, ""))) for name, (question, _hint) in OF_CLASS.items()]
    return [(question, text) for question, text in parts if text.strip()]


def _marks(actor: Membership, found: Understanding) -> list[str]:
    """What to look at again: a mark, and never a ban."""
    marks = []
    if found.pupil_id and is_one_sided(found.in_pupil, found.in_surroundings):
        marks.append(_("U zoekt de verklaring nog maar aan één kant. Kijk ook naar de andere: de leerling én de omgeving."))
    if names := thinking.blamed_in(actor, found, at=timezone.now()) if found.group_id else ():
        marks.append(
            _("Hier staat een naam bij wat er aan de hand is: %(names)s. Een klas is nooit één kind.") % {"names": ", ".join(names)}
        )
    if label := next((label for need in needs_of(found.needs) if (label := label_in(need))), ""):
        marks.append(_("“%(label)s” zegt wat iemand heeft, niet wat iemand nodig heeft.") % {"label": label})
    words = mirror("\n".join(text for _question, text in _parts(found))).marks
    return marks + [f"“{one.text}”: {_(one.advice)}" for one in words]


def _lacks(actor: Membership, found: Understanding) -> str:
    """What must still be done before it can be settled."""
    try:
        thinking.refuse_unfinished(actor, found, at=timezone.now())
    except BrokenRule as broken:
        return sentence(broken)
    return ""


def _observer_form(actor: Membership, group: Group, data: Any = None) -> ObserverForm:
    return ObserverForm(data, colleagues=thinking.observers(actor, group, at=timezone.now()))


ONWARD = {
    "pupil": (("trial_new", gettext_noop("Korte interventie bedenken")), ("gathering_new", gettext_noop("Gesprek plannen"))),
    "group": (
        ("activity_plan_new", gettext_noop("Activiteitenplan van de klas maken")),
        ("group_plans", gettext_noop("Naar het groepsplan")),
    ),
}


def _next_steps(actor: Membership, found: Understanding) -> list[tuple[str, str]]:
    """Where it leads to."""
    kind, key = ("pupil", found.pupil_id) if found.pupil_id else ("group", found.group_id)
    begun = f"?understanding={found.pk}" if found.pupil_id else ""
    return [(f"{reverse(route, args=[actor.pk, key])}{begun}", _(label)) for route, label in ONWARD[kind]]


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.UNDERSTANDING, Verb.WRITE, roles=WRITES)
def understanding_sources(request: SchoolRequest, understanding: UUID) -> HttpResponse:
    """What it rests on is picked."""
    found, now, refusal = find(request, Understanding, understanding, Verb.WRITE), timezone.now(), ""
    form = _sources_form(request.actor, found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        picked = form.sources(on=timezone.localdate(now))
        try:
            actions.pick_sources(request.actor, found, picked, read_at=form.cleaned_data["read"], at=now)
        except EditedMeanwhile as broken:
            refusal, found = sentence(broken), find(request, Understanding, understanding, Verb.WRITE)
            form = _sources_form(request.actor, found, sent_again(request.POST, found.edited_at))
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard waar dit op steunt."))
            return redirect("understanding", request.actor.pk, found.pk)
    return render(request, "understanding/sources.html", _steps(found, form) | {"refusal": refusal}, status=409 if refusal else 200)


def _sources_form(actor: Membership, found: Understanding, data: Any) -> SourcesForm:
    rows = [one.row for one in thinking.sources(actor, found, at=timezone.now()) if not one.is_hidden]
    return SourcesForm(
        data,
        choices=thinking.choices(actor, found, at=timezone.now()),
        spoken=spoken_full_day,
        of_class=bool(found.group_id),
        initial={**picked_before(rows), "read": found.edited_at},
    )


@require_POST
@guard(Record.UNDERSTANDING, Verb.WRITE, roles=SEES_CLASS)
def understanding_observer(request: SchoolRequest, understanding: UUID) -> HttpResponse:
    """Ask a colleague to look along at a class."""
    found = find(request, Understanding, understanding, Verb.WRITE)
    if found.group is None:
        return redirect("understanding", request.actor.pk, found.pk)
    form = _observer_form(request.actor, found.group, request.POST)
    if not form.is_valid():
        return _page(request, found, observer_form=form)
    try:
        actions.ask_observer(request.actor, found, form.colleague(), at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken, observer_form=form)
    messages.success(request, _("Gevraagd. Het staat bij de taken van uw collega. Wat die zag, schrijft u op bij de bronnen."))
    return redirect("understanding", request.actor.pk, found.pk)


@require_POST
@guard(Record.UNDERSTANDING, Verb.WRITE, roles=WRITES)
def understanding_settle(request: SchoolRequest, understanding: UUID) -> HttpResponse:
    """From now on a plan can rest on it."""
    found, form = find(request, Understanding, understanding, Verb.WRITE), SettleForm(request.POST)
    if not form.is_valid():
        return redirect("understanding", request.actor.pk, found.pk)
    try:
        actions.settle(request.actor, found, read_at=form.cleaned_data["read"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken)
    messages.success(request, _("Vastgesteld. Hier kan nu een plan op steunen."))
    return redirect("understanding", request.actor.pk, found.pk)
