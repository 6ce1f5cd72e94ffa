"""Taking along what one may see of a group: as a spreadsheet, or the reports of all its pupils."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.documents.spreadsheets import Table, csv_for_machines, xlsx
from kring.web.drafts.once import made_once
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard, proof_before_taking
from kring.web.reports.queries import group_report, group_sociograms
from kring.web.reports.taking import actions
from kring.web.reports.taking.queries import score_rows
from kring.web.schools.models import Group

TEAM = roles_that(Record.GROUP, Verb.MEASURE)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _proof_first(request: SchoolRequest) -> HttpResponse | None:
    return proof_before_taking(request, Record.OWN_LIST)


@require_safe
@guard(Record.GROUP, Verb.READ, roles=TEAM)
def group_xlsx(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Every score of the group that one may see, for people."""
    found = find(request, Group, group)
    return _proof_first(request) or attachment(xlsx(_scores(request, found)), _("scores.xlsx"), XLSX)


@require_safe
@guard(Record.GROUP, Verb.READ, roles=TEAM)
def group_csv(request: SchoolRequest, group: UUID) -> HttpResponse:
    """The same for machines."""
    found = find(request, Group, group)
    return _proof_first(request) or attachment(csv_for_machines(_scores(request, found)), _("scores.csv"), "text/csv; charset=utf-8")


def _scores(request: SchoolRequest, found: Group) -> Table:
    pictures = group_sociograms(request.actor, found)
    return score_rows(group_report(request.actor, found, pictures, on=timezone.localdate()))


@require_POST
@guard(Record.SCHOOL, Verb.READ, roles=TEAM)
@made_once
def pupil_reports(request: SchoolRequest) -> HttpResponse:
    """A PDF of every pupil of all my groups of this year, in the background."""
    asked_for_proof = _proof_first(request)
    if asked_for_proof:
        return asked_for_proof
    job = actions.ask_pupil_reports(request.actor, request.actor.school, at=timezone.now())
    return redirect("job", request.actor.pk, job.pk)


@require_POST
@guard(Record.GROUP, Verb.READ, roles=TEAM)
@made_once
def group_pupil_reports(request: SchoolRequest, group: UUID) -> HttpResponse:
    """A PDF of every pupil of this group."""
    found = find(request, Group, group)
    asked_for_proof = _proof_first(request)
    if asked_for_proof:
        return asked_for_proof
    job = actions.ask_reports_of_group(request.actor, found, at=timezone.now())
    return redirect("job", request.actor.pk, job.pk)
