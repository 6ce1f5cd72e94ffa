"""Whom to look at: in the school, and in a group with both channels beside each other."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Scope, Verb, roles_that, rule_of
from kring.documents.spreadsheets import Table, csv_for_machines, xlsx
from kring.web.attention import queries
from kring.web.attention.forms import ListForm
from kring.web.attention.sheets import table
from kring.web.attention.words import BALANCE
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard, proof_before_taking
from kring.web.schools.models import Group
from kring.web.schools.naming import group_label

READERS = roles_that(Record.PUPIL_ATTENTION, Verb.READ)
OF_GROUPS = frozenset({Role.TEACHER, Role.MENTOR, Role.COORDINATOR})
ON_A_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@guard(Record.PUPIL_ATTENTION, Verb.READ, roles=READERS)
def attention(request: SchoolRequest) -> HttpResponse:
    """Of my groups, or of the school."""
    at = timezone.now()
    shares = queries.shares(request.actor, at=at)
    form = _form(request, [group for group, _share in shares])
    page_of = Paginator(queries.listed(request.actor, form.wanted(), at=at), ON_A_PAGE).get_page(request.GET.get("page"))
    found = queries.entries(request.actor, page_of, at=at)
    request.readings.extend(one.pupil for one in found)
    half_year = queries.share_of_attention(request.actor, at=at) if _sees_school(request) else None
    page = {
        "form": form,
        "page": page_of,
        "entries": found,
        "known": bool(found) or queries.is_known(request.actor, at=at),
        "shares": shares,
        "class_first": [(group, share) for group, share in shares if share.comes_first],
        "attention_share": half_year,
        "balance": BALANCE[half_year.balance] if half_year else "",
        "query": _without_page(request),
        "sees_table": rule_of(Role(request.actor.role), Record.ATTENTION_TABLE, Verb.READ) is not None,
    }
    return render(request, "attention/list.html", page)


def _without_page(request: SchoolRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def _form(request: SchoolRequest, groups: Iterable[Group]) -> ListForm:
    named = sorted(((group.pk, group_label(group, request.actor.school)) for group in groups), key=lambda pair: pair[1])
    return ListForm(request.GET if _without_page(request) else None, groups=named)


def _sees_school(request: SchoolRequest) -> bool:
    rule = rule_of(Role(request.actor.role), Record.PUPIL_ATTENTION, Verb.READ)
    return rule is not None and Scope.SCHOOL in rule.scopes


@require_safe
@guard(Record.PUPIL_ATTENTION, Verb.READ, roles=READERS)
def attention_xlsx(request: SchoolRequest) -> HttpResponse:
    """The list as it was chosen, for people."""
    return _taken(request, xlsx, _("aandachtslijst.xlsx"), XLSX)


@require_safe
@guard(Record.PUPIL_ATTENTION, Verb.READ, roles=READERS)
def attention_csv(request: SchoolRequest) -> HttpResponse:
    """The same for machines."""
    return _taken(request, csv_for_machines, _("aandachtslijst.csv"), "text/csv; charset=utf-8")


def _taken(request: SchoolRequest, written: Callable[[Table], bytes], name: str, kind: str) -> HttpResponse:
    asked_for_proof = proof_before_taking(request, Record.PUPIL_ATTENTION)
    if asked_for_proof:
        return asked_for_proof
    at = timezone.now()
    wanted = _form(request, [group for group, _share in queries.shares(request.actor, at=at)]).wanted()
    listed = queries.entries(request.actor, queries.listed(request.actor, wanted, at=at), at=at)
    request.readings.extend(one.pupil for one in listed)
    return attachment(written(table(listed)), name, kind)


@require_safe
@guard(Record.GROUP, Verb.READ, roles=OF_GROUPS)
def group_attention(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Class first, then pupils: each channel by its own points, and whom to talk about in the next review."""
    found = find(request, Group, group)
    page = {"group": found, "found": queries.group_attention(request.actor, found, at=timezone.now())}
    return render(request, "attention/group.html", page)
