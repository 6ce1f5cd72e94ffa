"""The pupil who is heard, and everybody's yes or no: recorded by the school, or given in the own account."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.development_plans import Moment, hearing_asked
from kring.core.errors import BrokenRule
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.plans.development import actions, forms, queries
from kring.web.plans.development.agreeing import actions as agreeing
from kring.web.plans.development.views import KEEPERS, WRITERS, done, of_kind
from kring.web.plans.models import Hearing, Plan, PlanAgreement
from kring.web.wording import sentence

HEARERS = roles_that(Record.HEARING, Verb.WRITE) - FAMILY
ANSWERERS = roles_that(Record.PLAN_AGREEMENT, Verb.ANSWER)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.HEARING, Verb.WRITE, roles=HEARERS)
@made_once
def development_plan_heard(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """What the pupil said and what was done with it, or why it could not be."""
    found = of_kind(find(request, Plan, plan, Verb.WRITE, of=Record.HEARING))
    usual = {"moment": hearing_asked(len(queries.versions_of(request.actor, found))).value, "form": "talk"}
    form, refusal = forms.HeardForm(request.POST or None, initial=usual), ""
    if form.is_valid():
        try:
            actions.hear(request.actor, found, form.heard(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard: de leerling is gehoord."))
            return redirect("development_plan", request.actor.pk, found.pk)
    lead = _("De leerling heeft recht om gehoord te worden: bij het opstellen, bij een verandering en bij de evaluatie.")
    page = {"plan": found, "pupil": found.pupil, "form": form, "refusal": refusal, "title": _("De leerling horen"), "lead": lead}
    return render(request, "plans/development/form.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.HEARING, Verb.WRITE, roles=HEARERS)
def hearing_answer(request: SchoolRequest, hearing: UUID) -> HttpResponse:
    """What was done with what the pupil wrote."""
    row = find(request, Hearing, hearing, Verb.WRITE)
    found = of_kind(find(request, Plan, row.plan_id))
    if row.heard_by_id is not None:
        raise Http404
    form, refusal = forms.DoneWithForm(request.POST or None, initial={"moment": row.moment, "done_with": row.done_with}), ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer_pupil(request.actor, row, given["done_with"], moment=Moment(given["moment"]), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. De leerling leest dit ook."))
            return redirect("development_plan", request.actor.pk, found.pk)
    page = {"plan": found, "pupil": found.pupil, "form": form, "refusal": refusal, "title": _("Wat de leerling schreef"), "quote": row.said}
    return render(request, "plans/development/form.html", page, status=409 if refusal else 200)


@require_POST
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def development_plan_ask_pupil(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """In Kring, for who can log in."""
    found = of_kind(find(request, Plan, plan, Verb.WRITE))
    said = _("Gevraagd. De leerling vindt de vraag op de eerste bladzijde.")
    return done(request, found, lambda: actions.ask_pupil(request.actor, found, at=timezone.now()), said)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.HEARING, Verb.WRITE, roles=frozenset({Role.PUPIL}))
@made_once
def my_view(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The pupil says what helps; of a plan that is still being written nothing is shown."""
    found = queries.to_be_heard(request.actor).filter(pk=plan).first()
    if found is None:
        raise Http404
    request.readings.append(found)
    form, refusal = forms.MyViewForm(request.POST or None), ""
    if form.is_valid():
        try:
            actions.say_myself(request.actor, found, form.cleaned_data["said"], at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Dank je wel. De school schrijft erbij wat ermee gedaan is."))
            return redirect("my_view", request.actor.pk, found.pk)
    page = {"form": form, "refusal": refusal, "said": queries.my_words(request.actor, found), "plan": found}
    return render(request, "plans/development/my_view.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_AGREEMENT, Verb.ANSWER, roles=ANSWERERS)
def plan_agreement_answer(request: SchoolRequest, planagreement: UUID) -> HttpResponse:
    """My own yes or no to the action part, with the action part in sight."""
    asked = find(request, PlanAgreement, planagreement, Verb.ANSWER)
    found = of_kind(find(request, Plan, asked.plan_id))
    version = queries.version_asked(request.actor, asked)
    if version is None:
        raise Http404
    told = {"answer": asked.answer if asked.answered_at else "", "note": asked.note}
    form, refusal = forms.AnswerForm(request.POST or None, initial=told), ""
    if form.is_valid():
        try:
            agreeing.answer(request.actor, asked, form.answered(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Dank u wel. Uw antwoord is bewaard; u mag het nog veranderen."))
            return redirect("development_plan", request.actor.pk, found.pk)
    page = {"asked": asked, "plan": found, "pupil": found.pupil, "version": version, "form": form, "refusal": refusal}
    return render(request, "plans/development/answer.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_AGREEMENT, Verb.WRITE, roles=KEEPERS)
def plan_agreement_record(request: SchoolRequest, planagreement: UUID) -> HttpResponse:
    """What somebody with a say told on paper or in a talk."""
    asked = find(request, PlanAgreement, planagreement, Verb.WRITE)
    found = of_kind(find(request, Plan, asked.plan_id))
    form, refusal = forms.PaperForm(request.POST or None, initial={"note": asked.note, "method": "paper"}), ""
    if form.is_valid():
        try:
            agreeing.record(request.actor, asked, form.answered(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het antwoord is bewaard."))
            return redirect("development_plan", request.actor.pk, found.pk)
    who = str(asked.guardian or found.pupil)
    lead = _("Het antwoord van %(name)s op het handelingsdeel. Bewaar het papier in uw dossier.") % {"name": who}
    page = {"plan": found, "pupil": found.pupil, "form": form, "refusal": refusal, "title": _("Antwoord op papier"), "lead": lead}
    return render(request, "plans/development/form.html", page, status=409 if refusal else 200)
