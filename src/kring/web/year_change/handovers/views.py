"""The warm handover: written by the team, read first at home, passed on to the next teacher."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.core.versions import ChangedMeanwhile
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group, Pupil
from kring.web.wording import sentence
from kring.web.year_change.handovers import actions, queries
from kring.web.year_change.handovers.forms import AnswerForm, HandoverForm, TalkForm
from kring.web.year_change.models import Handover

TEACHING = frozenset({Role.TEACHER, Role.MENTOR})
WRITERS = TEACHING | {Role.COORDINATOR}
DUE_AFTER = timedelta(days=14)


def _refused(broken: BrokenRule | None) -> dict[str, str]:
    return {"refusal": sentence(broken) if broken else ""}


@require_safe
@guard(Record.HANDOVER, Verb.READ, roles=WRITERS)
def handovers(request: SchoolRequest) -> HttpResponse:
    """Per group how far it is, and what came to me."""
    now = timezone.now()
    groups, welcome = queries.of_groups(request.actor, at=now), queries.welcome(request.actor, at=now)
    request.readings.extend(one.group for one in groups)
    request.readings.extend(one.row for one in welcome)
    counted = request.actor.role == Role.COORDINATOR.value
    return render(request, "year_change/handovers/handovers.html", {"groups": groups, "welcome": welcome, "counted": counted})


@require_safe
@guard(Record.HANDOVER, Verb.READ, roles=WRITERS)
def pupil_handover(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """What was written about one pupil, and what to do with it."""
    return _page(request, find(request, Pupil, pupil))


def _page(request: SchoolRequest, pupil: Pupil, broken: BrokenRule | None = None) -> HttpResponse:
    now = timezone.now()
    row = queries.handover_of(request.actor, pupil, at=now)
    found = queries.page_of(request.actor, row, at=now) if row else None
    passed = row is not None and row.passes_at is not None and row.passes_at <= now
    page = {
        "pupil": pupil,
        "page": found,
        "passed": passed,
        "may_write": not passed and may_do(request.actor, pupil, Verb.WRITE, of=Record.HANDOVER),
        "may_keep": passed and found is not None and not found.is_of_team and Role(request.actor.role) in TEACHING,
        **_refused(broken),
    }
    if row:
        request.readings.append(row)
    return render(request, "year_change/handovers/pupil.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.HANDOVER, Verb.WRITE, roles=WRITERS)
def handover_write(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The three parts."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.HANDOVER)
    row = queries.handover_of(request.actor, found, at=timezone.now())
    texts: dict[str, Any] = {part.value: text for part, text in row.texts.items()} if row else {}
    form = HandoverForm(request.POST or None, initial={**texts, "read": row.version if row else 0})
    if not form.is_bound or not form.is_valid():
        return _write_page(request, found, form, row)
    try:
        actions.write_handover(request.actor, found, form.written(), at=timezone.now())
    except BrokenRule as broken:
        return _write_page(request, found, form, queries.handover_of(request.actor, found, at=timezone.now()), broken)
    messages.success(request, _("Bewaard. Laat het nu thuis lezen, of bespreek het in een gesprek."))
    return redirect("pupil_handover", request.actor.pk, found.pk)


def _write_page(
    request: SchoolRequest, pupil: Pupil, form: HandoverForm, row: Handover | None, broken: BrokenRule | None = None
) -> HttpResponse:
    page = {"pupil": pupil, "form": form, "row": row, "version": row.version if row else 0, **_refused(broken)}
    return render(request, "year_change/handovers/write.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.HANDOVER, Verb.WRITE, roles=WRITERS)
def handover_show(request: SchoolRequest, handover: UUID) -> HttpResponse:
    """Let the family read it."""
    found = find(request, Handover, handover, Verb.WRITE)
    try:
        actions.show_handover(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found.pupil, broken)
    messages.success(request, _("De ouders kunnen het nu lezen en antwoord geven."))
    return redirect("pupil_handover", request.actor.pk, found.pupil_id)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.HANDOVER, Verb.WRITE, roles=WRITERS)
@made_once
def handover_talk(request: SchoolRequest, handover: UUID) -> HttpResponse:
    """A sheet for a talk, and what was said in it."""
    found = find(request, Handover, handover, Verb.WRITE)
    form = _talk_form(found, request.POST or None)
    if not form.is_bound or not form.is_valid():
        return _talk_page(request, found, form)
    try:
        actions.record_talk(request.actor, found, form.who(), form.answer(), at=timezone.now())
    except ChangedMeanwhile as broken:
        now = find(request, Handover, handover, Verb.WRITE)
        return _talk_page(request, now, _talk_form(now), broken)
    except BrokenRule as broken:
        return _talk_page(request, found, form, broken)
    messages.success(request, _("Vastgelegd wat er in het gesprek is gezegd."))
    return redirect("pupil_handover", request.actor.pk, found.pupil_id)


def _talk_form(found: Handover, data: Any = None) -> TalkForm:
    now = timezone.now()
    return TalkForm(
        data,
        texts=found.texts,
        guardians=queries.guardians_of(found.pupil, at=now),
        pupil=str(found.pupil),
        today=timezone.localdate(now),
        initial={"read": found.version},
    )


def _talk_page(request: SchoolRequest, found: Handover, form: TalkForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"page": queries.page_of(request.actor, found, at=timezone.now()), "form": form, **_refused(broken)}
    return render(request, "year_change/handovers/talk.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.HANDOVER, Verb.READ, roles=TEACHING)
def handover_keep(request: SchoolRequest, handover: UUID) -> HttpResponse:
    """The new teacher keeps it for this year."""
    found = find(request, Handover, handover)
    try:
        actions.keep_handover(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found.pupil, broken)
    messages.success(request, _("U kunt dit dit hele schooljaar blijven lezen."))
    return redirect("pupil_handover", request.actor.pk, found.pupil_id)


@require_POST
@guard(Record.HANDOVER, Verb.WRITE, roles=frozenset({Role.COORDINATOR}))
def handovers_remind(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Give the teachers of a group a task."""
    found = find(request, Group, group, Verb.WRITE, of=Record.HANDOVER)
    now = timezone.now()
    actions.remind(request.actor, found, due_on=timezone.localdate(now) + DUE_AFTER, at=now)
    messages.success(request, _("De leerkrachten van deze groep hebben het op hun takenlijst."))
    return redirect("handovers", request.actor.pk)


@require_safe
@guard(Record.HANDOVER, Verb.READ, roles=FAMILY)
def handovers_asked(request: SchoolRequest) -> HttpResponse:
    """What the school wants to pass on about me or my children."""
    return _asked(request)


def _asked(
    request: SchoolRequest, answered: Handover | None = None, form: AnswerForm | None = None, broken: BrokenRule | None = None
) -> HttpResponse:
    found = queries.asked(request.actor, at=timezone.now())
    request.readings.extend(one.row for one in found)
    listed = [(one, form if form and answered == one.row else _answer_form(one)) for one in found]
    page = {"asked": listed, "now": timezone.now(), "is_pupil": request.actor.role == Role.PUPIL.value, **_refused(broken)}
    return render(request, "year_change/handovers/asked.html", page, status=409 if broken else 200)


def _answer_form(one: queries.Page) -> AnswerForm:
    mine = next((answer for answer in reversed(one.answers) if answer.version == one.row.version), None)
    said = {part.value: word.value for part, word in mine.said.items()} if mine else {}
    initial = {**said, "remark": mine.remark if mine else "", "read": one.row.version}
    return AnswerForm(texts=one.row.texts, initial=initial, auto_id=f"a{one.row.pk.hex[:8]}_%s")


@require_POST
@guard(Record.HANDOVER, Verb.ANSWER, roles=FAMILY)
@made_once
def handover_answer(request: SchoolRequest, handover: UUID) -> HttpResponse:
    """What one says of each part."""
    found = find(request, Handover, handover, Verb.ANSWER)
    form = AnswerForm(request.POST, texts=found.texts, auto_id=f"a{found.pk.hex[:8]}_%s")
    if not form.is_valid():
        return _asked(request, found, form)
    try:
        actions.answer_handover(request.actor, found, form.answer(), at=timezone.now())
    except ChangedMeanwhile as broken:
        return _asked(request, broken=broken)  # other words: what was said of the ones before, is not said of these
    except BrokenRule as broken:
        return _asked(request, found, form, broken)
    is_pupil = request.actor.role == Role.PUPIL.value
    messages.success(request, _("Je antwoord is bewaard.") if is_pupil else _("Uw antwoord is bewaard. U kunt erop terugkomen."))
    return redirect("handovers_asked", request.actor.pk)
