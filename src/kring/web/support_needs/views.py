"""“Wat heb ik nodig?”: between a teacher and a coach of choice."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb
from kring.core.errors import BrokenRule
from kring.core.support_needs import Help
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.support_needs import actions, queries
from kring.web.support_needs.forms import HELPS, CoachForm, NeedForm, OutcomeForm, ReplyForm
from kring.web.support_needs.models import SupportNeed
from kring.web.talk_requests.queries import has_left
from kring.web.wording import sentence


@require_safe
@guard(Record.SUPPORT_NEED, Verb.READ, roles=queries.READERS)
def support_needs(request: SchoolRequest) -> HttpResponse:
    """Mine, and those of colleagues who chose me."""
    found = queries.needs(request.actor, at=timezone.now())
    return render(request, "support_needs/support_needs.html", {"found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SUPPORT_NEED, Verb.WRITE, roles=queries.READERS)
@made_once
def support_need_new(request: SchoolRequest) -> HttpResponse:
    """The sentence, the help, the coach."""
    now = timezone.now()
    form = NeedForm(request.POST or None, coaches=queries.coaches_for(request.actor, at=now))
    if not form.is_bound or not form.is_valid():
        return render(request, "support_needs/support_need_new.html", {"form": form})
    try:
        made = actions.say_need(request.actor, request.actor, form.asked(), at=now)
    except BrokenRule as broken:
        return render(request, "support_needs/support_need_new.html", {"form": form, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard. Alleen u en uw coach lezen dit."))
    return redirect("support_need", request.actor.pk, made.pk)


@require_safe
@guard(Record.SUPPORT_NEED, Verb.READ, roles=queries.READERS)
def support_need(request: SchoolRequest, supportneed: UUID) -> HttpResponse:
    """One of them."""
    return _page(request, find(request, SupportNeed, supportneed))


@require_POST
@guard(Record.SUPPORT_NEED, Verb.WRITE, roles=queries.READERS)
@made_once
def support_need_coach(request: SchoolRequest, supportneed: UUID) -> HttpResponse:
    """Choose a coach, or another one."""
    found, now = find(request, SupportNeed, supportneed, Verb.WRITE), timezone.now()
    form = CoachForm(request.POST, coaches=queries.coaches_for(request.actor, at=now))
    if not form.is_valid():
        return _page(request, found, coach_form=form)
    try:
        actions.choose_coach(request.actor, found, form.cleaned_data["coach"], at=now)
    except BrokenRule as broken:
        return _page(request, found, broken, coach_form=form)
    messages.success(request, _("Uw coach kan dit nu lezen."))
    return redirect("support_need", request.actor.pk, found.pk)


@require_POST
@guard(Record.SUPPORT_NEED, Verb.ANSWER, roles=queries.READERS)
def support_need_answer(request: SchoolRequest, supportneed: UUID) -> HttpResponse:
    """What the coach offers."""
    found, form = find(request, SupportNeed, supportneed, Verb.ANSWER), ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reply_form=form)
    try:
        actions.answer(request.actor, found, form.cleaned_data["text"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken, reply_form=form)
    messages.success(request, _("Verstuurd. Uw collega kan dit lezen."))
    return redirect("support_need", request.actor.pk, found.pk)


@require_POST
@guard(Record.SUPPORT_NEED, Verb.WRITE, roles=queries.READERS)
def support_need_end(request: SchoolRequest, supportneed: UUID) -> HttpResponse:
    """Rounded off."""
    found, form = find(request, SupportNeed, supportneed, Verb.WRITE), OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, end_form=form)
    try:
        actions.round_off(request.actor, found, form.cleaned_data["outcome"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken, end_form=form)
    messages.success(request, _("Afgerond."))
    return redirect("support_needs", request.actor.pk)


def _page(request: SchoolRequest, found: SupportNeed, broken: BrokenRule | None = None, **bound: forms.Form) -> HttpResponse:
    now, actor = timezone.now(), request.actor
    is_mine = found.author_id == actor.pk
    coach = queries.coach_of(actor, found, at=now)
    page: dict[str, Any] = {
        "need": found,
        "author": found.author.person,
        "wants": HELPS[Help(found.wants)],
        "coach": coach,
        "coach_left": coach is not None and has_left(coach.membership, at=now),
        "is_mine": is_mine,
        "coach_form": CoachForm(coaches=queries.coaches_for(actor, at=now)) if is_mine else None,
        "reply_form": ReplyForm() if queries.may_answer(actor, found, at=now) else None,
        "end_form": OutcomeForm() if is_mine else None,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "support_needs/support_need.html", page | bound, status=409 if broken else 200)
