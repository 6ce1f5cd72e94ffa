"""The support plan (OPP): opened, written in parts, heard about, adopted, agreed upon, run, changed, looked at and signed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, PARTNERS, Record, Role, Verb, roles_that
from kring.core.development_plans import TEXTS, Part
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.core.plans import Kind, State
from kring.core.school_types import SchoolType
from kring.web.access import may, may_do
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.guard import SchoolRequest, find, guard
from kring.web.plans.development import actions, forms, queries
from kring.web.plans.development.agreeing import actions as agreeing
from kring.web.plans.development.evaluating import actions as evaluating
from kring.web.plans.first_steps import steps_taken
from kring.web.plans.models import Goal, Plan, Step
from kring.web.schools.models import Pupil
from kring.web.templatetags.opp import PARTS, text_words
from kring.web.templatetags.opp import TEXTS as WORDS
from kring.web.wording import sentence

READERS = (roles_that(Record.PLAN_DRAFT, Verb.READ) | roles_that(Record.PLAN, Verb.READ)) - PARTNERS  # their pages are those of the case
WRITERS = roles_that(Record.PLAN_DRAFT, Verb.WRITE)
KEEPERS = roles_that(Record.PLAN, Verb.WRITE) - FAMILY
SIGNERS = roles_that(Record.PLAN, Verb.SIGN)
OVERSEERS = KEEPERS | SIGNERS


def of_kind(found: Plan) -> Plan:
    """Another kind of plan has pages of its own."""
    if found.kind != Kind.DEVELOPMENT:
        raise Http404
    return found


def _found(request: SchoolRequest, plan: UUID, verb: Verb = Verb.READ) -> Plan:
    return of_kind(find(request, Plan, plan, verb))


@require_safe
@guard(Record.PLAN, Verb.READ, roles=OVERSEERS)
def development_plans(request: SchoolRequest) -> HttpResponse:
    """Every support plan of the school, with what is due."""
    found = queries.lines(request.actor, at=timezone.now())
    late = [one for one in found if one.is_late]
    only_late = request.GET.get("late") == "yes"
    request.readings.extend(one.plan for one in found)
    page = {"lines": late if only_late else found, "many_late": len(late), "only_late": only_late}
    return render(request, "plans/development/plans.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def development_plan_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Open it: from the deepened cycle, or with a reason."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.PLAN_DRAFT)
    before = queries.grown_from(request.actor, found)
    usual = {**forms.usual_days(timezone.localdate()), "title": before.title if before else ""}
    taken = steps_taken(request.actor, found, at=timezone.now())
    steps: dict[str, Any] = {"taken": taken, "today": timezone.localdate()}
    form, refusal = forms.OpenForm(request.POST or None, has_before=before is not None, initial=usual, **steps), ""
    if form.is_valid():
        try:
            made = actions.open_plan(request.actor, found, form.opened(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het OPP is begonnen. U schrijft het deel voor deel; elk deel bewaart u apart."))
            return redirect("development_plan", request.actor.pk, made.pk)
    page = {"pupil": found, "before": before, "form": form, "taken": taken, "refusal": refusal}
    return render(request, "plans/development/new.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.PLAN, Verb.READ, roles=READERS)
def development_plan(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The plan; at home as it was adopted."""
    return page_of(request, _found(request, plan))


def page_of(request: SchoolRequest, found: Plan, broken: BrokenRule | None = None, **typed: Any) -> HttpResponse:
    """As it is now: after a refusal too, with what was typed."""
    now, role = timezone.now(), Role(request.actor.role)
    sheet = queries.sheet_of(request.actor, found, at=now)
    page: dict[str, Any] = {
        "plan": found,
        "pupil": found.pupil,
        "sheet": sheet,
        "refusal": sentence(broken) if broken else "",
        "today": timezone.localdate(now),
    }
    if role in FAMILY:
        page |= {"version": sheet.newest, "mine": queries.my_agreement(request.actor, found), "is_pupil": role is Role.PUPIL}
        return render(request, "plans/development/for_family.html", page, status=409 if broken else 200)
    is_open = found.state in (State.DRAFT, State.RUNNING)
    page |= {
        "parts": [(one, words, [(WORDS[name], shown(name, sheet)) for name in TEXTS[one]]) for one, words in PARTS.items()],
        "pieces": [(forms.piece_words(one), reverse(one.route, args=[request.actor.pk, one.row.pk])) for one in queries.chosen(sheet)],
        "may_write": is_open and role in WRITERS and may_do(request.actor, found, Verb.WRITE),
        "may_keep": role in KEEPERS and may_do(request.actor, found, Verb.WRITE),
        "may_hear": may_do(request.actor, found, Verb.WRITE, of=Record.HEARING),
        "may_sign": role in SIGNERS and may_do(request.actor, found, Verb.SIGN),
        "sees_hearings": role in roles_that(Record.HEARING, Verb.READ),
        "sees_says": role in roles_that(Record.PLAN_AGREEMENT, Verb.READ),
        "unasked": [one for one in sheet.says if one.row is None],
        "reason_form": forms.ReasonForm(),
        "check_form": forms.CheckForm(initial={"day": sheet.next_check}),
        "talk_url": _talk(request, found),
        "request_url": reverse("expert_request_new", args=[request.actor.pk, found.pupil_id]),
    }
    return render(request, "plans/development/plan.html", page | typed, status=409 if broken else 200)


def shown(name: str, sheet: queries.Sheet) -> str:
    """A text as it is read."""
    return text_words(name, sheet.texts[name])


def _talk(request: SchoolRequest, found: Plan) -> str:
    """To plan a talk with who said no."""
    may_plan = found.pupil is not None and may_do(request.actor, found.pupil, Verb.WRITE, of=Record.GATHERING)
    return reverse("gathering_new", args=[request.actor.pk, found.pupil_id]) if may_plan else ""


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def development_plan_part(request: SchoolRequest, plan: UUID, part: str) -> HttpResponse:
    """Write one part; who saves it second sees both texts."""
    found = _found(request, plan, Verb.WRITE)
    if part not in list(Part):
        raise Http404
    return _writing(request, found, Part(part))


def _writing(request: SchoolRequest, found: Plan, part: Part) -> HttpResponse:
    sheet = queries.sheet_of(request.actor, found, at=timezone.now())
    now, kind = forms.filled(found, part, sheet), SchoolType(request.actor.school.type)

    def made(data: Any) -> forms.PartForm:
        return forms.PartForm(data, part=part, sheet=sheet, kind=kind, initial=now)

    form = made(request.POST or None)
    page: dict[str, Any] = {"plan": found, "pupil": found.pupil, "form": form, "part": part, "part_title": PARTS[part]}
    if not form.is_valid():
        return render(request, "plans/development/part.html", page)
    try:
        actions.write_part(request.actor, found, form.said(), read_at=form.cleaned_data["read"], at=timezone.now())
    except EditedMeanwhile:
        theirs = {name: value for name, value in now.items() if name != "read"}
        page |= {"both": both_texts(form, theirs), "is_both": True, "form": made(sent_again(request.POST, now["read"]))}
        return render(request, "plans/development/part.html", page, status=409)
    except BrokenRule as broken:
        return render(request, "plans/development/part.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard."))
    return redirect("development_plan", request.actor.pk, found.pk)


def _form(request: SchoolRequest, found: Plan, form: Form, do: Callable[[], object], said: str, **page: Any) -> HttpResponse:
    """A form on a page of its own: do it and show the plan, or the form with what stands in the way."""
    refusal = ""
    if form.is_valid():
        try:
            do()
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, said)
            return redirect("development_plan", request.actor.pk, found.pk)
    page = {"plan": found, "pupil": found.pupil, "form": form, "refusal": refusal, **page}
    return render(request, "plans/development/form.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
@made_once
def development_plan_goal_new(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """A goal with the first help for it."""
    found = _found(request, plan, Verb.WRITE)
    form = forms.GoalWithHelpForm(request.POST or None, initial={"by_on": found.ends_on, "level": "pupil", "where": "class"})

    def do() -> None:
        actions.add_goal(request.actor, found, form.goal(), form.help(), at=timezone.now())

    lead = _("Een doel dat niet bij één vak hoort, met de hulp die daarvoor nodig is.")
    return _form(request, found, form, do, _("Het doel staat erbij."), title=_("Doel toevoegen"), lead=lead)


def _goal(request: SchoolRequest, plan: UUID, goal: UUID) -> tuple[Plan, Goal]:
    found = _found(request, plan, Verb.WRITE)
    row = may(request.actor, Goal, Verb.READ).filter(plan=found, pk=goal).first()
    if row is None:
        raise Http404
    return found, row


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def development_plan_goal(request: SchoolRequest, plan: UUID, goal: UUID) -> HttpResponse:
    """Change a goal."""
    found, row = _goal(request, plan, goal)
    form = forms.GoalForm(request.POST or None, initial=forms.filled_goal(row))

    def do() -> None:
        actions.change_goal(request.actor, found, row.pk, form.goal(), at=timezone.now())

    return _form(request, found, form, do, _("Bewaard."), title=_("Doel aanpassen"), remove=_away("goal", request, found, row))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
@made_once
def development_plan_help_new(request: SchoolRequest, plan: UUID, goal: UUID) -> HttpResponse:
    """More help for a goal."""
    found, row = _goal(request, plan, goal)
    form = forms.HelpForm(request.POST or None, initial={"where": "class"})

    def do() -> None:
        actions.add_help(request.actor, found, row.pk, form.help(), at=timezone.now())

    return _form(request, found, form, do, _("De hulp staat erbij."), title=_("Hulp toevoegen"), lead=row.text)


def _step(request: SchoolRequest, plan: UUID, step: UUID) -> tuple[Plan, Step]:
    found = _found(request, plan, Verb.WRITE)
    row = may(request.actor, Step, Verb.READ).filter(plan=found, pk=step).first()
    if row is None:
        raise Http404
    return found, row


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def development_plan_help(request: SchoolRequest, plan: UUID, step: UUID) -> HttpResponse:
    """Who does it, where and for how long."""
    found, row = _step(request, plan, step)
    form = forms.HelpForm(request.POST or None, initial=forms.filled_help(row))

    def do() -> None:
        actions.change_help(request.actor, found, row.pk, form.help(), at=timezone.now())

    return _form(request, found, form, do, _("Bewaard."), title=_("Hulp aanpassen"), remove=_away("help", request, found, row))


def _away(what: str, request: SchoolRequest, found: Plan, row: Goal | Step) -> str:
    return reverse(f"development_plan_{what}_remove", args=[request.actor.pk, found.pk, row.pk])


def done(request: SchoolRequest, found: Plan, do: Callable[[], object], said: str, **typed: Any) -> HttpResponse:
    """Do it, and show the plan; with the sentence when a rule stands in the way."""
    try:
        do()
    except BrokenRule as broken:
        found.refresh_from_db()
        return page_of(request, found, broken, **typed)
    messages.success(request, said)
    return redirect("development_plan", request.actor.pk, found.pk)


@require_POST
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def development_plan_goal_remove(request: SchoolRequest, plan: UUID, goal: UUID) -> HttpResponse:
    """With its help."""
    found, row = _goal(request, plan, goal)
    return done(request, found, lambda: actions.remove_goal(request.actor, found, row.pk, at=timezone.now()), _("Het doel is weg."))


@require_POST
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def development_plan_help_remove(request: SchoolRequest, plan: UUID, step: UUID) -> HttpResponse:
    """No longer done."""
    found, row = _step(request, plan, step)
    return done(request, found, lambda: actions.remove_help(request.actor, found, row.pk, at=timezone.now()), _("De hulp is weg."))


@require_POST
@guard(Record.PLAN, Verb.WRITE, roles=KEEPERS)
def development_plan_adopt(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """After the talk: then everybody with a say is asked."""
    found = _found(request, plan, Verb.WRITE)
    said = _("Vastgesteld. Wie gezag heeft, is nu om een akkoord gevraagd voor het handelingsdeel.")
    return done(request, found, lambda: actions.adopt(request.actor, found, at=timezone.now()), said)


@require_POST
@guard(Record.PLAN, Verb.WRITE, roles=KEEPERS)
def development_plan_take_back(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """To write on."""
    found = _found(request, plan, Verb.WRITE)
    said = _("U kunt verder schrijven. De versie die er lag, blijft bewaard.")
    return done(request, found, lambda: actions.take_back(request.actor, found, at=timezone.now()), said)


@require_POST
@guard(Record.PLAN, Verb.WRITE, roles=KEEPERS)
def development_plan_ask(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Who came to have a say since."""
    found = _found(request, plan, Verb.WRITE)
    return done(request, found, lambda: agreeing.ask_others(request.actor, found, at=timezone.now()), _("Gevraagd."))


@require_POST
@guard(Record.PLAN, Verb.WRITE, roles=KEEPERS)
def development_plan_start(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """With everybody's yes."""
    found = _found(request, plan, Verb.WRITE)
    said = _("Het handelingsdeel loopt. Iedereen met gezag is akkoord.")
    return done(request, found, lambda: actions.start(request.actor, found, at=timezone.now()), said)


@require_POST
@guard(Record.PLAN, Verb.WRITE, roles=KEEPERS)
def development_plan_adjust(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """What was written since becomes the next version."""
    found, form = _found(request, plan, Verb.WRITE), forms.ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    said = _("Bewaard als nieuwe versie. Verandert het handelingsdeel, dan is iedereen met gezag opnieuw gevraagd.")
    return done(request, found, lambda: actions.adjust(request.actor, found, reason=reason, at=timezone.now()), said, reason_form=form)


@require_POST
@guard(Record.PLAN, Verb.SIGN, roles=SIGNERS)
def development_plan_sign(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The leader looked it through."""
    found = _found(request, plan, Verb.SIGN)
    return done(request, found, lambda: actions.sign(request.actor, found, at=timezone.now()), _("Ondertekend."))


@require_POST
@guard(Record.PLAN, Verb.WRITE, roles=KEEPERS)
def development_plan_checked(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """What was seen on a day in between."""
    found, form = _found(request, plan, Verb.WRITE), forms.CheckForm(request.POST)
    if "day" in form.errors:  # no day of a plan; it is not typed
        raise Http404
    if not form.is_valid():
        return page_of(request, found, check_form=form)
    given = form.cleaned_data
    said = _("Genoteerd.")
    return done(request, found, lambda: actions.look_in_between(request.actor, found, **given, at=timezone.now()), said, check_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN, Verb.WRITE, roles=KEEPERS)
def development_plan_evaluate(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Execution and effect apart; then what is decided."""
    found = _found(request, plan, Verb.WRITE)
    form = forms.EvaluationForm(request.POST or None)

    def do() -> None:
        evaluating.evaluate(request.actor, found, form.evaluated(), at=timezone.now())

    lead = _("Hoor de leerling eerst, en zet dat bij het plan. Praat ook met de ouders.")
    return _form(request, found, form, do, _("Besloten. U ziet het hieronder."), title=_("OPP evalueren"), lead=lead)


@require_POST
@guard(Record.PLAN, Verb.WRITE, roles=KEEPERS)
def development_plan_close(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The extra support is over."""
    found, form = _found(request, plan, Verb.WRITE), forms.ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    said = _("Afgesloten. Zet de einddatum ook in uw leerlingadministratie.")
    return done(request, found, lambda: evaluating.close(request.actor, found, reason=reason, at=timezone.now()), said, close_form=form)
