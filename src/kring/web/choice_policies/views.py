"""Questions that may hurt: what is softer, what a school writes down first, and switching them off."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.choice_policies import PolicyKind
from kring.core.errors import BrokenRule
from kring.core.sociometry.negatives import LONGEST
from kring.web.choice_policies import actions, queries
from kring.web.choice_policies.forms import DecisionForm, KindForm
from kring.web.choice_policies.models import ChoicePolicy
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.wording import sentence

READERS = roles_that(Record.CHOICE_POLICY, Verb.READ)
DECIDERS = roles_that(Record.CHOICE_POLICY, Verb.WRITE)
KINDS: Mapping[PolicyKind, Promise] = {
    PolicyKind.NEGATIVE: gettext_lazy("Vragen over wie een kind liever niet kiest"),
    PolicyKind.BULLYING: gettext_lazy("Vragen over pesten, met namen"),
}


@require_safe
@guard(Record.CHOICE_POLICY, Verb.READ, roles=READERS)
def choice_policies(request: SchoolRequest) -> HttpResponse:
    """Each kind: whether it is on, why, who follows it up, and what was decided before."""
    return _page(request)


def _page(request: SchoolRequest, broken: BrokenRule | None = None) -> HttpResponse:
    lines = [(KINDS[line.kind], line) for line in queries.kind_lines(request.actor, at=timezone.now())]
    page = {
        "lines": lines,
        "may_decide": request.actor.role in {role.value for role in DECIDERS},
        "longest": LONGEST,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "choice_policies/policies.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CHOICE_POLICY, Verb.WRITE, roles=DECIDERS)
@made_once
def choice_policy_new(request: SchoolRequest) -> HttpResponse:
    """Write down what for, since when it is known at home, who follows it up and how long it stays; then it is on."""
    kind, now = _kind(request), timezone.now()
    before = next(line.now for line in queries.kind_lines(request.actor, at=now) if line.kind is kind)
    sent = request.POST if request.method == "POST" else None
    initial = DecisionForm.as_decided(before) if before else {}
    form = DecisionForm(sent, kind=kind, colleagues=queries.who_can_follow_up(request.actor, kind, at=now), initial=initial)
    if not form.is_valid():
        return _form(request, form)
    try:
        actions.decide(request.actor, request.actor.school, form.decision(), at=now)
    except BrokenRule as broken:
        return _form(request, form, broken)
    messages.success(request, _("Vastgelegd. U kunt nu een lijst met deze vragen openen."))
    return redirect("choice_policies", request.actor.pk)


def _form(request: SchoolRequest, form: DecisionForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"form": form, "kind": form.kind.value, "title": KINDS[form.kind], "refusal": sentence(broken) if broken else ""}
    return render(request, "choice_policies/new.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.CHOICE_POLICY, Verb.WRITE, roles=READERS)
def choice_policy_end(request: SchoolRequest, choicepolicy: UUID) -> HttpResponse:
    """From now on nobody begins with such a list."""
    found = find(request, ChoicePolicy, choicepolicy, Verb.WRITE)
    try:
        actions.switch_off(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, broken)
    messages.success(request, _("Deze vragen staan uit. Wie al bezig was, mag de lijst afmaken; niemand begint er nog aan."))
    return redirect("choice_policies", request.actor.pk)


@require_safe
@guard(Record.CHOICE_POLICY, Verb.WRITE, roles=DECIDERS)
def choice_policy_letter(request: SchoolRequest) -> HttpResponse:
    """What a school may send home beforehand, to be printed or copied."""
    kind = _kind(request)
    return render(request, "choice_policies/letter.html", {"kind": kind.value, "title": KINDS[kind], "longest": LONGEST})


def _kind(request: SchoolRequest) -> PolicyKind:
    asked = KindForm(request.GET if "kind" in request.GET else {"kind": PolicyKind.NEGATIVE.value}).asked
    if asked is None:
        raise Http404
    return asked
