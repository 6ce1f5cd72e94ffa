"""What waits, runs and comes to an end: of a school for its coordinator, of the own groups for a teacher."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb
from kring.documents.spreadsheets import Table, csv_for_machines, xlsx
from kring.web.care_overview import queries
from kring.web.care_overview.forms import OverviewForm
from kring.web.care_overview.sheets import table
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, guard, proof_before_taking
from kring.web.schools.naming import group_label

READERS = frozenset({Role.TEACHER, Role.MENTOR, Role.COORDINATOR})
ON_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@guard(Record.PUPIL_ATTENTION, Verb.READ, roles=READERS)
def care_overview(request: SchoolRequest) -> HttpResponse:
    """Counts of each kind, and below them line by line."""
    found = queries.overview(request.actor, at=timezone.now())
    form = _form(request, found)
    page_of = Paginator(queries.chosen(found, form.wanted()), ON_A_PAGE).get_page(request.GET.get("page"))
    request.readings.extend(one.pupil for one in page_of if one.pupil)
    page = {
        "form": form,
        "page": page_of,
        "tallies": queries.tallies(found),
        "stages": queries.by_stage(found),
        "is_empty": not found,
        "query": _without_page(request),
    }
    return render(request, "care_overview/overview.html", page)


def _without_page(request: SchoolRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def _form(request: SchoolRequest, found: list[queries.Line]) -> OverviewForm:
    groups = {one.group.pk: one.group for one in found if one.group}
    named = sorted(((key, group_label(group, request.actor.school)) for key, group in groups.items()), key=lambda pair: pair[1])
    return OverviewForm(request.GET if _without_page(request) else None, groups=named)


@require_safe
@guard(Record.PUPIL_ATTENTION, Verb.READ, roles=READERS)
def care_overview_xlsx(request: SchoolRequest) -> HttpResponse:
    """The lines as they were chosen, for people."""
    return _taken(request, xlsx, _("zorgoverzicht.xlsx"), XLSX)


@require_safe
@guard(Record.PUPIL_ATTENTION, Verb.READ, roles=READERS)
def care_overview_csv(request: SchoolRequest) -> HttpResponse:
    """The same for machines."""
    return _taken(request, csv_for_machines, _("zorgoverzicht.csv"), "text/csv; charset=utf-8")


def _taken(request: SchoolRequest, written: Callable[[Table], bytes], name: str, kind: str) -> HttpResponse:
    asked_for_proof = proof_before_taking(request, Record.PUPIL_ATTENTION)
    if asked_for_proof:
        return asked_for_proof
    found = queries.overview(request.actor, at=timezone.now())
    listed = queries.chosen(found, _form(request, found).wanted())
    request.readings.extend({one.pupil.pk: one.pupil for one in listed if one.pupil}.values())
    return attachment(written(table(listed)), name, kind)
