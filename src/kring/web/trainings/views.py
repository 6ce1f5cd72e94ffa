"""Trainings: the list, a new one, one of them with who was there, and the place of one pupil."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.documents.spreadsheets import Table, csv_for_machines, xlsx
from kring.library import intervention
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard, proof_before_taking
from kring.web.trainings import actions, queries
from kring.web.trainings.forms import AgreementForm, ClosingForm, LevelsForm, PlaceForm, SessionForm, TrainingForm, TransferForm, as_filled
from kring.web.trainings.models import Training, TrainingPlace, TrainingSession
from kring.web.wording import sentence

READERS = roles_that(Record.TRAINING, Verb.READ)
PLANNERS = roles_that(Record.TRAINING_WISH, Verb.WRITE)
PLACE_READERS = roles_that(Record.TRAINING_PLACE, Verb.READ)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@guard(Record.TRAINING, Verb.READ, roles=READERS)
def trainings(request: SchoolRequest) -> HttpResponse:
    """What runs, or by choice what is over or about one topic; and which classes still have none."""
    asked, found = _listed(request)
    page = {
        "lines": found,
        "asked": asked,
        "topics": Training.Topic.choices,
        "query": request.GET.urlencode(),
        "missing": queries.resilience(request.actor, at=timezone.now()),
        "may_plan": may_do(request.actor, request.actor.school, Verb.WRITE, of=Record.TRAINING),
    }
    return render(request, "trainings/trainings.html", page)


def _listed(request: SchoolRequest) -> tuple[queries.Wanted, list[queries.Line]]:
    asked = queries.wanted(request.GET.get("show", ""), request.GET.get("topic", ""))
    found = queries.lines(request.actor, asked, at=timezone.now())
    request.readings.extend(one.row for one in found)
    return asked, found


@require_safe
@guard(Record.TRAINING, Verb.READ, roles=READERS)
def trainings_xlsx(request: SchoolRequest) -> HttpResponse:
    """The list as it was chosen, for people."""
    return _taken(request, xlsx, _("trainingen.xlsx"), XLSX)


@require_safe
@guard(Record.TRAINING, Verb.READ, roles=READERS)
def trainings_csv(request: SchoolRequest) -> HttpResponse:
    """The same for machines."""
    return _taken(request, csv_for_machines, _("trainingen.csv"), "text/csv; charset=utf-8")


def _taken(request: SchoolRequest, written: Callable[[Table], bytes], name: str, kind: str) -> HttpResponse:
    asked_for_proof = proof_before_taking(request, Record.TRAINING)
    return asked_for_proof or attachment(written(queries.table(_listed(request)[1])), name, kind)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TRAINING, Verb.WRITE, roles=PLANNERS)
@made_once
def training_new(request: SchoolRequest) -> HttpResponse:
    """Plan one; from an entry of the catalogue its title is filled in."""
    now, refusal = timezone.now(), ""
    entry = intervention(request.GET.get("entry", ""))
    known = {"title": entry.title, "intervention": entry.key} if entry else {}
    choices: dict[str, Any] = {"trainers": queries.trainers(request.actor, at=now), "classes": queries.classes(request.actor, at=now)}
    form = TrainingForm(request.POST or None, initial=known, is_new=True, **choices)
    if form.is_valid():
        try:
            made = actions.plan_training(request.actor, request.actor.school, form.planned(), at=now)
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("De training staat erin. Voeg nu leerlingen en bijeenkomsten toe."))
            return redirect("training", request.actor.pk, made.pk)
    return render(request, "trainings/new.html", {"form": form, "refusal": refusal}, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TRAINING, Verb.WRITE, roles=PLANNERS)
def training_edit(request: SchoolRequest, training: UUID) -> HttpResponse:
    """Another trainer, other days, more places; who saves second sees both texts."""
    found, now = find(request, Training, training, Verb.WRITE), timezone.now()
    filled, choices = as_filled(found), _choices(request, found)
    form = TrainingForm(request.POST or None, initial=filled, **choices)
    page: dict[str, Any] = {"training": found, "form": form}
    if not form.is_valid():
        return render(request, "trainings/edit.html", page)
    try:
        actions.change_training(request.actor, found, form.planned(), read_at=form.cleaned_data["read"], at=now)
    except EditedMeanwhile:
        theirs = {name: value for name, value in filled.items() if name != "read"}
        again = TrainingForm(sent_again(request.POST, found.edited_at), **choices)
        page |= {"both": both_texts(form, theirs), "is_both": True, "form": again}
        return render(request, "trainings/edit.html", page, status=409)
    except BrokenRule as broken:
        return render(request, "trainings/edit.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard."))
    return redirect("training", request.actor.pk, found.pk)


def _choices(request: SchoolRequest, found: Training) -> dict[str, Any]:
    """Who and which class can be chosen; its own class also when that was of last year."""
    now = timezone.now()
    classes = queries.classes(request.actor, at=now)
    own = [found.group] if found.group and found.group not in classes else []
    return {"trainers": queries.trainers(request.actor, at=now), "classes": [*own, *classes]}


@require_safe
@guard(Record.TRAINING, Verb.READ, roles=READERS)
def training(request: SchoolRequest, training: UUID) -> HttpResponse:
    """Who takes part and who was there."""
    return _training(request, find(request, Training, training))


def _training(request: SchoolRequest, found: Training, broken: BrokenRule | None = None, **bound: forms.Form) -> HttpResponse:
    now, actor = timezone.now(), request.actor
    places = queries.places_of(actor, found, at=now)
    request.readings.extend(one.row for one in places)
    page: dict[str, Any] = {
        "training": found,
        "places": places,
        "sessions": queries.sessions_of(actor, found, at=now),
        "entry": intervention(found.intervention),
        "place_form": PlaceForm(pupils=queries.pupils_to_add(actor, found, at=now)),
        "session_form": SessionForm(),
        "closing_form": ClosingForm(),
        "is_full": len(places) >= found.most,
        "may_edit": Role(actor.role) in PLANNERS and not found.closed_at,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "trainings/training.html", page | bound, status=409 if broken else 200)


@require_POST
@guard(Record.TRAINING_PLACE, Verb.WRITE, roles=READERS)
def training_place_add(request: SchoolRequest, training: UUID) -> HttpResponse:
    """A pupil takes part."""
    found, now = find(request, Training, training, Verb.WRITE, of=Record.TRAINING_PLACE), timezone.now()
    form = PlaceForm(request.POST, pupils=queries.pupils_to_add(request.actor, found, at=now))
    if not form.is_valid():
        return _training(request, found, place_form=form)
    try:
        made = actions.add_pupil(request.actor, found, form.chosen(), form.cleaned_data["goal"], at=now)
    except BrokenRule as broken:
        return _training(request, found, broken, place_form=form)
    messages.success(request, _("Toegevoegd. Vraag nu toestemming, en leg die hier vast."))
    return redirect("training_place", request.actor.pk, made.pk)


@require_POST
@guard(Record.TRAINING_SESSION, Verb.WRITE, roles=READERS)
def training_session_add(request: SchoolRequest, training: UUID) -> HttpResponse:
    """One more meeting."""
    found, form = find(request, Training, training, Verb.WRITE, of=Record.TRAINING_SESSION), SessionForm(request.POST)
    if not form.is_valid():
        return _training(request, found, session_form=form)
    try:
        actions.add_session(request.actor, found, form.cleaned_data["day"], form.cleaned_data["about"])
    except BrokenRule as broken:
        return _training(request, found, broken, session_form=form)
    messages.success(request, _("De bijeenkomst staat erin."))
    return redirect("training", request.actor.pk, found.pk)


@require_POST
@guard(Record.TRAINING_ATTENDANCE, Verb.WRITE, roles=READERS)
def training_attend(request: SchoolRequest, trainingsession: UUID) -> HttpResponse:
    """One tap: was there, or was not."""
    session = find(request, TrainingSession, trainingsession, Verb.WRITE, of=Record.TRAINING_ATTENDANCE)
    try:
        place = UUID(request.POST.get("place", ""))
    except ValueError:
        return redirect("training", request.actor.pk, session.training_id)
    try:
        actions.attend(request.actor, session, place, came=request.POST.get("came") == "yes", at=timezone.now())
    except BrokenRule as broken:
        return _training(request, session.training, broken)
    return redirect("training", request.actor.pk, session.training_id)


@require_POST
@guard(Record.TRAINING, Verb.WRITE, roles=READERS)
def training_close(request: SchoolRequest, training: UUID) -> HttpResponse:
    """It is over, and somebody looked what stayed of it."""
    found, form = find(request, Training, training, Verb.WRITE), ClosingForm(request.POST)
    if not form.is_valid():
        return _training(request, found, closing_form=form)
    try:
        actions.close(request.actor, found, form.cleaned_data["closing"], at=timezone.now())
    except BrokenRule as broken:
        return _training(request, found, broken, closing_form=form)
    messages.success(request, _("De training is afgesloten."))
    return redirect("training", request.actor.pk, found.pk)


@require_POST
@guard(Record.TRAINING_WISH, Verb.WRITE, roles=PLANNERS)
def training_wish(request: SchoolRequest) -> HttpResponse:
    """Whether the school wants a training in resilience for every groep 7."""
    is_on = request.POST.get("is_on") == "yes"
    actions.wish_resilience(request.actor, request.actor.school, is_on=is_on, at=timezone.now())
    messages.success(request, _("Dit geldt vanaf nu."))
    return redirect("trainings", request.actor.pk)


# ---- the place of one pupil -----------------------------------------------------------------------------------


@require_safe
@guard(Record.TRAINING_PLACE, Verb.READ, roles=PLACE_READERS)
def training_place(request: SchoolRequest, trainingplace: UUID) -> HttpResponse:
    """What for, who agreed, before and after, and what stays of it."""
    return _place(request, find(request, TrainingPlace, trainingplace))


def _place(request: SchoolRequest, found: TrainingPlace, broken: BrokenRule | None = None, /, **bound: forms.Form) -> HttpResponse:
    page: dict[str, Any] = {
        "place": found,
        "training": found.training,
        "may_write": may_do(request.actor, found, Verb.WRITE) and not found.training.closed_at,
        "sees_training": may_do(request.actor, found.training, Verb.READ),
        "agreement": queries.agreement_of(request.actor, found, at=timezone.now()),
        "agreement_form": _agreement(request, found),
        "levels_form": LevelsForm(initial={"before": found.before, "after": found.after}),
        "transfer_form": TransferForm(initial=_transfer(found)),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "trainings/place.html", page | bound, status=409 if broken else 200)


def _agreement(request: SchoolRequest, found: TrainingPlace, data: Any = None) -> AgreementForm:
    now = timezone.now()
    voices = queries.agreement_of(request.actor, found, at=now).voices
    return AgreementForm(data, voices=voices, initial={"agreed_on": timezone.localdate(now)})


def _transfer(found: TrainingPlace) -> dict[str, Any]:
    return {
        "where": found.transfer_where,
        "who": found.transfer_who,
        "looked_on": found.transfer_on,
        "seen": found.transfer_seen,
    }


def _writable(request: SchoolRequest, key: UUID) -> TrainingPlace:
    return find(request, TrainingPlace, key, Verb.WRITE)


def _done(request: SchoolRequest, found: TrainingPlace, do: Callable[[], object], said: str, **form: forms.Form) -> HttpResponse:
    bound = next(iter(form.values()))
    if not bound.is_valid():
        return _place(request, found, **form)
    try:
        do()
    except BrokenRule as broken:
        return _place(request, found, broken, **form)
    messages.success(request, said)
    return redirect("training_place", request.actor.pk, found.pk)


@require_POST
@guard(Record.TRAINING_PLACE, Verb.WRITE, roles=READERS)
def training_agree(request: SchoolRequest, trainingplace: UUID) -> HttpResponse:
    """Somebody said yes."""
    found = _writable(request, trainingplace)
    form = _agreement(request, found, request.POST)

    def do() -> None:
        actions.agree(request.actor, found, form.who(), said_on=form.cleaned_data["agreed_on"], at=timezone.now())

    return _done(request, found, do, _("De toestemming is vastgelegd."), agreement_form=form)


@require_POST
@guard(Record.TRAINING_PLACE, Verb.WRITE, roles=READERS)
def training_levels(request: SchoolRequest, trainingplace: UUID) -> HttpResponse:
    """Before and after."""
    found, form = _writable(request, trainingplace), LevelsForm(request.POST)

    def do() -> None:
        actions.say_levels(request.actor, found, form.cleaned_data["before"], form.cleaned_data["after"])

    return _done(request, found, do, _("Bewaard."), levels_form=form)


@require_POST
@guard(Record.TRAINING_PLACE, Verb.WRITE, roles=READERS)
def training_transfer(request: SchoolRequest, trainingplace: UUID) -> HttpResponse:
    """Whether it is used outside the training."""
    found, form = _writable(request, trainingplace), TransferForm(request.POST)

    def do() -> None:
        actions.look_at_transfer(request.actor, found, form.said(), at=timezone.now())

    return _done(request, found, do, _("Bewaard. Hiermee kan de training straks worden afgesloten."), transfer_form=form)


@require_POST
@guard(Record.TRAINING_PLACE, Verb.WRITE, roles=READERS)
def training_leave(request: SchoolRequest, trainingplace: UUID) -> HttpResponse:
    """A pupil stops."""
    found = _writable(request, trainingplace)
    try:
        actions.leave(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _place(request, found, broken)
    messages.success(request, _("Deze leerling doet niet meer mee."))
    return redirect("training", request.actor.pk, found.training_id)
