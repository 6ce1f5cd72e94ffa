"""Talks: planning, preparing, inviting, telling what was said, agreeing and showing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.core.gatherings import TALKS_A_YEAR
from kring.documents.plan import plan_pdf
from kring.web.access import may, may_do
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.files.attachments import attachment
from kring.web.gatherings import actions, queries
from kring.web.gatherings.forms import (
    AgreementForm,
    CallOffForm,
    NewWordsForm,
    PlanForm,
    PreparationForm,
    ReportForm,
    ShowForm,
    as_planned,
    as_prepared,
    as_told,
)
from kring.web.gatherings.models import Agreement, Gathering, TalkReport
from kring.web.gatherings.printing import paper_of
from kring.web.guard import SchoolRequest, find, guard
from kring.web.models import Plan
from kring.web.schools.models import Membership, Pupil
from kring.web.signals.models import Signal
from kring.web.wording import sentence

SCHOOL = roles_that(Record.GATHERING, Verb.READ) - FAMILY
WRITERS = roles_that(Record.GATHERING, Verb.WRITE)


@require_safe
@guard(Record.GATHERING, Verb.READ, roles=SCHOOL)
def gatherings(request: SchoolRequest) -> HttpResponse:
    """What is to come, what lacks a report, and what was."""
    page = {"lists": queries.lists(request.actor, at=timezone.now()), "may_plan": Role(request.actor.role) in WRITERS}
    return render(request, "gatherings/gatherings.html", page)


@require_safe
@guard(Record.GATHERING, Verb.READ, roles=SCHOOL)
def pupil_gatherings(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The talks about one pupil, and how many count this year."""
    found, now = find(request, Pupil, pupil), timezone.now()
    page = {
        "pupil": found,
        "lists": queries.lists(request.actor, at=now, pupil=found),
        "counted": queries.counted(request.actor, found, at=now),
        "a_year": TALKS_A_YEAR,
        "may_plan": may_do(request.actor, found, Verb.WRITE, of=Record.GATHERING),
    }
    return render(request, "gatherings/pupil.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GATHERING, Verb.WRITE, roles=WRITERS)
@made_once
def gathering_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Plan one; the address may say which kind, why, and after which signal."""
    found, now = find(request, Pupil, pupil, Verb.WRITE, of=Record.GATHERING), timezone.now()
    signal, plan = _signal(request, found), _plan(request, found)
    asked = _asked_for(plan) | {name: request.GET[name] for name in ("kind", "purpose") if name in request.GET}
    form = _plan_form(request, found, initial={"colleagues": [str(request.actor.pk)], "with_pupil": True, **asked})
    refusal = ""
    if form.is_valid():
        try:
            made = actions.plan_talk(request.actor, found, form.planned(signal=signal, plan_key=plan.pk if plan else None), at=now)
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het gesprek staat gepland. Bereid het nu voor, of print de uitnodiging."))
            return redirect("gathering", request.actor.pk, made.pk)
    page = {"pupil": found, "form": form, "refusal": refusal, "languages": _languages(request, form), "signal": signal, "about": plan}
    return render(request, "gatherings/plan.html", page, status=409 if refusal else 200)


def _asked_for(plan: Plan | None) -> dict[str, str]:
    """What the talk about a plan is for."""
    if plan is None:
        return {}
    return {"kind": Gathering.Kind.EVALUATION.value, "purpose": _("Samen kijken of het hielp: %(title)s") % {"title": plan.title}}


def _signal(request: SchoolRequest, pupil: Pupil) -> Signal | None:
    """The signal after which somebody plans a talk, when it is about this pupil."""
    key = _key(request, "signal")
    return may(request.actor, Signal, Verb.READ).filter(pk=key, pupil=pupil).first() if key else None


def _plan(request: SchoolRequest, pupil: Pupil) -> Plan | None:
    """The plan of which people will ask whether it helped, when it is of this pupil."""
    key = _key(request, "plan")
    return may(request.actor, Plan, Verb.READ).filter(pk=key, pupil=pupil).first() if key else None


def _key(request: SchoolRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _plan_form(request: SchoolRequest, pupil: Pupil, **given: Any) -> PlanForm:
    now = timezone.now()
    guardians = queries.guardians_for(request.actor, pupil, at=now)
    colleagues = queries.colleagues_for(request.actor, queries.groups_of(pupil, at=now), at=now)
    data = given.pop("data", request.POST if request.method == "POST" else None)
    return PlanForm(data, guardians=guardians, colleagues=colleagues, **given)


def _languages(request: SchoolRequest, form: PlanForm) -> list[tuple[str, str]]:
    """Which of the parents speaks which language best, when that is not Dutch."""
    spoken = queries.languages_of(request.actor, form.parents.values())
    return [(str(one), spoken[one.pk]) for one in form.parents.values() if one.pk in spoken]


def _talk(request: SchoolRequest, key: UUID) -> Gathering:
    """To be written in. A review of a group has pages and rules of its own: it is not over before the class was discussed."""
    found = find(request, Gathering, key, Verb.WRITE)
    if found.kind == Gathering.Kind.GROUP_REVIEW:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GATHERING, Verb.WRITE, roles=WRITERS)
def gathering_change(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """Another day or other people; who comes second sees both texts."""
    found = _talk(request, gathering)
    if found.pupil is None:
        raise Http404
    seats = queries.whole(request.actor, found, at=timezone.now()).seats
    form = _plan_form(request, found.pupil, initial={**as_planned(found, seats), "read": found.edited_at})
    refusal, both = "", None
    if form.is_valid():
        try:
            read_at = form.cleaned_data["read"] or found.made_at
            actions.change_talk(request.actor, found, form.planned(), read_at=read_at, at=timezone.now())
        except EditedMeanwhile:
            both = both_texts(form, as_planned(found, seats))
            form = _plan_form(request, found.pupil, data=sent_again(request.POST, found.edited_at))
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. Wie al een uitnodiging had, hoort het van u."))
            return redirect("gathering", request.actor.pk, found.pk)
    page = {"pupil": found.pupil, "row": found, "form": form, "refusal": refusal, "both": both, "languages": _languages(request, form)}
    return render(
        request, "gatherings/plan.html", page | {"asks_both": both is not None}, status=409 if refusal or both is not None else 200
    )


@require_safe
@guard(Record.GATHERING, Verb.READ, roles=SCHOOL)
def gathering(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """One talk, before and after."""
    found = find(request, Gathering, gathering)
    if found.kind == Gathering.Kind.GROUP_REVIEW:
        return redirect("review", request.actor.pk, found.pk)
    return _page(request, found)


def _page(request: SchoolRequest, found: Gathering, broken: BrokenRule | None = None, **forms: Any) -> HttpResponse:
    now = timezone.now()
    one = queries.whole(request.actor, found, at=now)
    may_write = may_do(request.actor, found, Verb.WRITE)
    colleagues = _colleagues(request, found) if may_write else []
    page: dict[str, Any] = {
        "one": one,
        "row": found,
        "pupil": found.pupil,
        "may_write": may_write,
        "is_open": found.held_at is None and found.called_off_at is None,
        "may_tell": timezone.localdate(found.planned_at) <= timezone.localdate(now),
        "preparation": PreparationForm(initial={**as_prepared(found), "read": found.edited_at}),
        "call_off": CallOffForm(),
        "agreement": AgreementForm(colleagues=colleagues),
        "show": ShowForm(),
        "not_there": queries.read_without_being_there(request.actor, one, at=now) if may_write and one.is_of_family else [],
        "about": may(request.actor, Plan, Verb.READ).filter(pk=found.plan_key).first() if found.plan_key else None,
        "signal": may(request.actor, Signal, Verb.READ).filter(pk=found.signal_id).first() if found.signal_id else None,
        "refusal": sentence(broken) if broken else "",
    }
    request.readings.extend([one.report] if one.report else [])
    return render(request, "gatherings/gathering.html", page | forms, status=409 if broken else 200)


def _colleagues(request: SchoolRequest, found: Gathering) -> list[Membership]:
    now = timezone.now()
    groups = list(queries.groups_of(found.pupil, at=now)) if found.pupil else [found.group] if found.group else []
    return queries.colleagues_for(request.actor, groups, at=now)


@require_POST
@guard(Record.GATHERING, Verb.WRITE, roles=WRITERS)
def gathering_prepare(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """Ten points, and a note at each."""
    found, form = _talk(request, gathering), PreparationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, preparation=form)
    try:
        actions.prepare(request.actor, found, form.points(), read_at=form.cleaned_data["read"], at=timezone.now())
    except EditedMeanwhile as broken:
        again = PreparationForm(sent_again(request.POST, found.edited_at))
        return _page(request, found, broken, preparation=again, both=both_texts(form, as_prepared(found)), asks_both=True, refusal="")
    except BrokenRule as broken:
        return _page(request, found, broken, preparation=form)
    messages.success(request, _("De voorbereiding is bewaard. Alleen de school leest die."))
    return redirect("gathering", request.actor.pk, found.pk)


@require_POST
@guard(Record.GATHERING, Verb.WRITE, roles=WRITERS)
def gathering_off(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """It does not go on."""
    found, form = _talk(request, gathering), CallOffForm(request.POST)
    if not form.is_valid():
        return _page(request, found, call_off=form)
    try:
        actions.call_off(request.actor, found, form.cleaned_data["because"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken, call_off=form)
    messages.success(request, _("Vastgelegd: dit gesprek gaat niet door."))
    return redirect("gathering", request.actor.pk, found.pk)


@require_safe
@guard(Record.GATHERING, Verb.WRITE, roles=WRITERS)
def gathering_invitation(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """A letter in plain Dutch, to print; nothing of the preparation stands in it."""
    found = find(request, Gathering, gathering, Verb.WRITE)
    one = queries.whole(request.actor, found, at=timezone.now())
    if not one.is_of_family:
        raise Http404
    page = {"one": one, "row": found, "with_parents": any(seat.guardian_id for seat in one.seats)}
    return render(request, "gatherings/invitation.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TALK_REPORT, Verb.WRITE, roles=WRITERS)
def gathering_held(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """Who came and what was said; or other words in a report that is there."""
    found, now = _talk(request, gathering), timezone.now()
    one = queries.whole(request.actor, found, at=now)
    form = _report_form(request, one)
    refusal, both = "", None
    if form.is_valid():
        try:
            _tell(request, one, form)
        except EditedMeanwhile:
            assert one.report is not None
            both = both_texts(form, as_told(one.report))
            form = NewWordsForm(sent_again(request.POST, one.report.edited_at))
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het verslag is bewaard. Leg nu de afspraken vast."))
            return redirect("gathering", request.actor.pk, found.pk)
    page = {"one": one, "row": found, "pupil": found.pupil, "form": form, "refusal": refusal, "both": both, "asks_both": both is not None}
    return render(request, "gatherings/held.html", page, status=409 if refusal or both is not None else 200)


def _report_form(request: SchoolRequest, one: queries.Whole) -> ReportForm:
    data = request.POST if request.method == "POST" else None
    if one.report is None:
        return ReportForm(data, seats=one.seats, initial={"came": [str(seat.pk) for seat in one.seats]})
    return NewWordsForm(data, initial={**as_told(one.report), "read": one.report.edited_at})


def _tell(request: SchoolRequest, one: queries.Whole, form: ReportForm) -> None:
    now = timezone.now()
    if one.report is None:
        actions.hold(request.actor, one.row, form.told(), at=now)
    else:
        actions.change_report(request.actor, one.report, form.told(), read_at=form.cleaned_data["read"] or one.report.made_at, at=now)


@require_POST
@guard(Record.AGREEMENT, Verb.WRITE, roles=WRITERS)
@made_once
def agreement_new(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """Who does what by when."""
    found, now = _talk(request, gathering), timezone.now()
    form = AgreementForm(request.POST, colleagues=_colleagues(request, found))
    if not form.is_valid():
        return _page(request, found, agreement=form)
    try:
        actions.agree(request.actor, found, form.agreement(), at=now)
    except BrokenRule as broken:
        return _page(request, found, broken, agreement=form)
    messages.success(request, _("De afspraak staat erbij."))
    return redirect("gathering", request.actor.pk, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.AGREEMENT, Verb.READ, roles=SCHOOL)
def agreement(request: SchoolRequest, agreement: UUID) -> HttpResponse:
    """One agreement; and that it was kept."""
    if request.method == "POST":
        found = find(request, Agreement, agreement, Verb.WRITE)
        actions.keep(request.actor, found, at=timezone.now())
        messages.success(request, _("Fijn. Deze afspraak is nagekomen."))
        return redirect("gathering", request.actor.pk, found.gathering_id)
    found = find(request, Agreement, agreement)
    page = {"agreement": found, "row": found.gathering, "may_write": may_do(request.actor, found, Verb.WRITE)}
    return render(request, "gatherings/agreement.html", page)


@require_safe
@guard(Record.TALK_REPORT, Verb.READ, roles=roles_that(Record.TALK_REPORT, Verb.READ) & SCHOOL)
def talk_report_pdf(request: SchoolRequest, talkreport: UUID) -> HttpResponse:
    """On paper: without the preparation."""
    found = find(request, TalkReport, talkreport)
    row = find(request, Gathering, found.gathering_id)
    one = queries.whole(request.actor, row, at=timezone.now())
    if one.report is None:
        raise Http404
    made = plan_pdf(paper_of(one, one.report, request.actor.school, on=timezone.localdate()))
    return attachment(made, _("gesprek.pdf"), "application/pdf")


@require_POST
@guard(Record.TALK_REPORT, Verb.WRITE, roles=WRITERS)
def talk_report_show(request: SchoolRequest, talkreport: UUID) -> HttpResponse:
    """Let the family read it."""
    found, form = find(request, TalkReport, talkreport, Verb.WRITE), ShowForm(request.POST)
    if not form.is_valid():
        return _page(request, found.gathering, show=form)
    try:
        actions.show_report(request.actor, found, **form.cleaned_data, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found.gathering, broken, show=form)
    messages.success(request, _("Het verslag is nu thuis te lezen. Zij kunnen zeggen of het klopt."))
    return redirect("gathering", request.actor.pk, found.gathering_id)
