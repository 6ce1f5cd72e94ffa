"""“Wie mag wat”: for everybody in sentences, and as a file for whoever checks the school."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.core.access import Record, Role, Verb
from kring.documents.spreadsheets import xlsx
from kring.web.access_words import ROLES
from kring.web.authorisation import matrix, queries
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, guard

ACCOUNTABLE = frozenset({Role.COORDINATOR, Role.LEADER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@guard(Record.SCHOOL, Verb.READ)
def authorisation(request: SchoolRequest) -> HttpResponse:
    """What one role may see and do: one's own to begin with."""
    asked = request.GET.get("role", request.actor.role)
    role = Role(asked) if asked in {role.value for role in Role} else Role(request.actor.role)
    lines = matrix.lines_of(role)
    context = {
        "role": role.value,
        "role_name": ROLES[role],
        "choices": matrix.roles_to_choose(),
        "lines": [line for line in lines if not line.is_to_come],
        "to_come": [line for line in lines if line.is_to_come],
        "without_account": matrix.without_account(),
        "may_export": Role(request.actor.role) in ACCOUNTABLE,
    }
    return render(request, "authorisation/authorisation.html", context)


@require_safe
@guard(Record.MEMBERSHIP, Verb.READ, roles=ACCOUNTABLE)
def authorisation_export(request: SchoolRequest) -> HttpResponse:
    """The whole table, and who has which role today, as a spreadsheet."""
    tables = [*matrix.matrix_tables(), queries.roles_held(request.actor, at=timezone.now())]
    name = _("autorisatiematrix-%(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    return attachment(xlsx(*tables), name, XLSX)
