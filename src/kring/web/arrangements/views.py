"""Arrangements: the list with what it adds up to, a new one, one of them, and what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.documents.spreadsheets import csv_for_machines, xlsx
from kring.web.access import may_do
from kring.web.arrangements import actions, queries
from kring.web.arrangements.forms import ArrangementForm, ResultForm, as_filled
from kring.web.arrangements.models import Arrangement
from kring.web.arrangements.words import KINDS
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard, proof_before_taking
from kring.web.schools.models import Pupil
from kring.web.wording import sentence

READERS = roles_that(Record.ARRANGEMENT, Verb.READ) - FAMILY
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@guard(Record.ARRANGEMENT, Verb.READ, roles=READERS)
def arrangements(request: SchoolRequest) -> HttpResponse:
    """What runs or is to come; by choice what is over, one kind, another order. With what it adds up to."""
    asked, found = _listed(request)
    at = timezone.now()
    page = {
        "lines": found,
        "asked": asked,
        "kinds": KINDS,
        "query": request.GET.urlencode(),
        "totals": queries.totals(request.actor, at=at) if queries.sees_sums(request.actor) else None,
    }
    return render(request, "arrangements/arrangements.html", page)


def _listed(request: SchoolRequest) -> tuple[dict[str, str], list[queries.Line]]:
    shown = request.GET.get("show", "now")
    asked = {
        "show": shown if shown in queries.SHOWN else "now",
        "kind": request.GET.get("kind", ""),
        "order": request.GET.get("order", "end"),
    }
    found = queries.lines(request.actor, at=timezone.now(), shown=asked["show"], kind=asked["kind"], order=asked["order"])
    request.readings.extend(one.row for one in found)
    return asked, found


@require_safe
@guard(Record.ARRANGEMENT, Verb.READ, roles=READERS)
def arrangements_csv(request: SchoolRequest) -> HttpResponse:
    """The same list for machines."""
    made = attachment(csv_for_machines(queries.table(_listed(request)[1])), _("arrangementen.csv"), "text/csv; charset=utf-8")
    return proof_before_taking(request, Record.ARRANGEMENT) or made


@require_safe
@guard(Record.ARRANGEMENT, Verb.READ, roles=READERS)
def arrangements_xlsx(request: SchoolRequest) -> HttpResponse:
    """The same list for a spreadsheet."""
    made = attachment(xlsx(queries.table(_listed(request)[1])), _("arrangementen.xlsx"), XLSX)
    return proof_before_taking(request, Record.ARRANGEMENT) or made


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ARRANGEMENT, Verb.WRITE)
@made_once
def arrangement_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Write down what was granted."""
    found, refusal = find(request, Pupil, pupil, Verb.WRITE, of=Record.ARRANGEMENT), ""
    form = ArrangementForm(request.POST or None, grantors=queries.grantors(request.actor), is_new=True)
    if form.is_valid():
        try:
            made = actions.enter_arrangement(request.actor, found, form.granted(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het arrangement staat erin. Voor het einde vraagt Kring wat het opleverde."))
            return redirect("arrangement", request.actor.pk, made.pk)
    page = {"pupil": found, "form": form, "refusal": refusal}
    return render(request, "arrangements/new.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.ARRANGEMENT, Verb.READ, roles=READERS)
def arrangement(request: SchoolRequest, arrangement: UUID) -> HttpResponse:
    """One arrangement."""
    return _one(request, find(request, Arrangement, arrangement))


def _one(request: SchoolRequest, found: Arrangement, **more: Any) -> HttpResponse:
    at, written = timezone.now(), {"result": found.result, "read": found.edited_at}
    page = {
        "line": queries.one_line(found, at=at),
        "row": found,
        "result_form": ResultForm(initial=written),
        "may_write": may_do(request.actor, found, Verb.WRITE, at=at),
    }
    return render(request, "arrangements/arrangement.html", page | more, status=409 if more.get("refusal") or "both" in more else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ARRANGEMENT, Verb.WRITE)
def arrangement_edit(request: SchoolRequest, arrangement: UUID) -> HttpResponse:
    """Mend what was typed; who saves second sees both texts."""
    found = find(request, Arrangement, arrangement, Verb.WRITE)
    now, grantors = as_filled(found), queries.grantors(request.actor)
    form = ArrangementForm(request.POST or None, grantors=grantors, initial=now)
    page: dict[str, Any] = {"row": found, "form": form}
    if not form.is_valid():
        return render(request, "arrangements/edit.html", page)
    try:
        actions.change_arrangement(request.actor, found, form.granted(), read_at=form.cleaned_data["read"], at=timezone.now())
    except EditedMeanwhile:
        theirs = {name: value for name, value in now.items() if name != "read"}
        again = ArrangementForm(sent_again(request.POST, found.edited_at), grantors=grantors)
        return render(
            request, "arrangements/edit.html", {**page, "both": both_texts(form, theirs), "is_both": True, "form": again}, status=409
        )
    except BrokenRule as broken:
        return render(request, "arrangements/edit.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard."))
    return redirect("arrangement", request.actor.pk, found.pk)


@require_POST
@guard(Record.ARRANGEMENT, Verb.WRITE)
def arrangement_result(request: SchoolRequest, arrangement: UUID) -> HttpResponse:
    """What came of it."""
    found, form = find(request, Arrangement, arrangement, Verb.WRITE), ResultForm(request.POST)
    if not form.is_valid():
        return _one(request, found, result_form=form)
    given = form.cleaned_data
    try:
        actions.write_result(request.actor, found, given["result"], read_at=given["read"], at=timezone.now())
    except EditedMeanwhile:
        again = ResultForm(sent_again(request.POST, found.edited_at))
        return _one(request, found, both=both_texts(form, {"result": found.result}), result_form=again)
    except BrokenRule as broken:
        return _one(request, found, refusal=sentence(broken), result_form=form)
    messages.success(request, _("Bewaard. De ouders lezen dit ook."))
    return redirect("arrangement", request.actor.pk, found.pk)
