"""How the school is doing as a whole: its figures, parallel groups beside one another, and what it wants to reach."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.documents import paper
from kring.documents.school import SchoolReport
from kring.documents.spreadsheets import csv_for_machines, xlsx
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.school_results import actions, queries, sheets
from kring.web.school_results.forms import AmbitionForm
from kring.web.school_results.models import Snapshot
from kring.web.schools.models import Bundle, School, SchoolYear
from kring.web.wording import sentence

READERS = roles_that(Record.SNAPSHOT, Verb.READ)
SIDE_BY_SIDE = frozenset({Role.COORDINATOR, Role.LEADER})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# ---- the school -------------------------------------------------------------------------------------------------


@require_safe
@guard(Record.SNAPSHOT, Verb.READ, roles=READERS)
def school_results(request: SchoolRequest) -> HttpResponse:
    """Of each list the newest time of a year; the newest year, when none is asked for."""
    found = queries.snapshots(request.actor)
    years = queries.years_of(queries.of_whole_school(found))
    year = _year(request, years)
    page = {
        "report": replace(queries.school_report(request.actor, found, year, on=timezone.localdate()), is_overview=True),
        "year": year,
        "years": years,
        "times": list(reversed(found)),
        "bundles": queries.bundles(request.actor) if Role(request.actor.role) in SIDE_BY_SIDE else [],
        "may_set": may_do(request.actor, request.actor.school, Verb.WRITE, of=Record.AMBITION),
        "sees_rounds": Role(request.actor.role) in roles_that(Record.ROUND, Verb.READ),
    }
    return render(request, "school_results/school.html", page)


def _year(request: SchoolRequest, years: list[SchoolYear]) -> SchoolYear | None:
    asked = request.GET.get("year", "")
    return next((year for year in years if str(year.pk) == asked), years[0] if years else None)


def _taken_along(request: SchoolRequest) -> SchoolReport:
    """The figures of a year to be taken along: that these went out, is written down."""
    found = queries.snapshots(request.actor)
    year = _year(request, queries.years_of(queries.of_whole_school(found)))
    request.readings.extend(one for one in found if year and one.round.year_id == year.pk)
    return queries.school_report(request.actor, found, year, on=timezone.localdate())


@require_safe
@guard(Record.SNAPSHOT, Verb.READ, roles=READERS)
def school_results_pdf(request: SchoolRequest) -> HttpResponse:
    """The same as a tagged PDF."""
    report = _taken_along(request)
    return attachment(paper.school_pdf(report), _("schoolrapport.pdf"), "application/pdf")


@require_safe
@guard(Record.SNAPSHOT, Verb.READ, roles=READERS)
def school_results_xlsx(request: SchoolRequest) -> HttpResponse:
    """The same figures for a spreadsheet; no pupil is in it."""
    report = _taken_along(request)
    shares = sheets.shares_table(report)
    tables = [sheets.means_table(report), *([shares] if shares else [])]
    return attachment(xlsx(*tables), _("schoolcijfers.xlsx"), XLSX)


@require_safe
@guard(Record.SNAPSHOT, Verb.READ, roles=READERS)
def school_results_csv(request: SchoolRequest) -> HttpResponse:
    """The means for machines."""
    report = _taken_along(request)
    return attachment(csv_for_machines(sheets.means_table(report)), _("schoolcijfers.csv"), "text/csv; charset=utf-8")


@require_safe
@guard(Record.SNAPSHOT, Verb.READ, roles=READERS)
def school_round(request: SchoolRequest, snapshot: UUID) -> HttpResponse:
    """One time that a list was filled in."""
    found = find(request, Snapshot, snapshot)
    among = queries.snapshots(request.actor)
    if found not in among:
        raise Http404
    report = queries.round_report(request.actor, found, among, on=timezone.localdate())
    page = {"snapshot": found, "report": report, "texts": queries.texts_of(request.actor, found)}
    return render(request, "school_results/round.html", page)


@require_safe
@guard(Record.BUNDLE, Verb.READ, roles=SIDE_BY_SIDE)
def parallels(request: SchoolRequest, bundle: UUID) -> HttpResponse:
    """Groups of one year beside one another, by name."""
    found = find(request, Bundle, bundle)
    report = queries.parallel_report(request.actor, found, on=timezone.localdate())
    return render(request, "school_results/parallels.html", {"bundle": found, "report": report})


# ---- what the school wants --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.AMBITION, Verb.WRITE, roles=roles_that(Record.AMBITION, Verb.WRITE))
@made_once
def ambitions(request: SchoolRequest) -> HttpResponse:
    """What the school wants to reach, and how the care score is counted."""
    school = find(request, School, request.actor.school_id, Verb.WRITE, of=Record.AMBITION)
    parts, now = queries.parts_of(queries.snapshots(request.actor)), queries.wishes(request.actor)
    form = AmbitionForm(request.POST if request.method == "POST" else None, parts=parts, initial=AmbitionForm.known(now, parts))
    if request.method != "POST" or not form.is_valid():
        return render(request, "school_results/ambitions.html", {"form": form})
    try:
        actions.set_ambitions(request.actor, school, form.wanted(), at=timezone.now())
    except BrokenRule as broken:
        return render(request, "school_results/ambitions.html", {"form": form, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard. De pagina van de school laat zien wat u nu wilt bereiken."))
    return redirect("school_results", request.actor.pk)
