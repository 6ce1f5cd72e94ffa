"""The table of points: everybody of the team may read it, a coordinator changes it after a look at what it would do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Role, Verb, roles_that, rule_of
from kring.core.errors import BrokenRule
from kring.web.access import may_do
from kring.web.attention.tables import actions, queries
from kring.web.attention.tables.forms import TableForm
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import School
from kring.web.wording import sentence

READERS = roles_that(Record.ATTENTION_TABLE, Verb.READ)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ATTENTION_TABLE, Verb.READ, roles=READERS)
def attention_table(request: SchoolRequest) -> HttpResponse:
    """Look, try out, and put in use."""
    now = queries.table_now(request.actor, at=timezone.now())
    if request.method != "POST":
        return _page(request, TableForm(now=now))
    school = find(request, School, request.actor.school_id, Verb.WRITE, of=Record.ATTENTION_TABLE)
    form = TableForm(request.POST, now=now)
    if not form.is_valid():
        return _page(request, form)
    if "use" not in request.POST:
        return _page(request, form, tried=True)
    wanted = actions.NewTable(form.changes(), form.cleaned_data["class_line"], seen=form.cleaned_data["seen"] == form.mark())
    try:
        actions.set_table(request.actor, school, wanted, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, form, broken)
    messages.success(request, _("De nieuwe tabel geldt vanaf nu. Binnen een minuut rekent Kring ermee."))
    return redirect("attention_table", request.actor.pk)


def _page(request: SchoolRequest, form: TableForm, broken: BrokenRule | None = None, *, tried: bool = False) -> HttpResponse:
    page = {
        "form": form,
        "now": form.now,
        "may_set": may_do(request.actor, request.actor.school, Verb.WRITE, of=Record.ATTENTION_TABLE),
        "sees_list": rule_of(Role(request.actor.role), Record.PUPIL_ATTENTION, Verb.READ) is not None,
        "earlier": queries.earlier(request.actor),
        "running": queries.rounds_running(request.actor),
        "previews": queries.previews(request.actor, form.changes(), at=timezone.now()) if tried else [],
        "tried": tried,
        "mark": form.mark() if tried else "",
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "attention/table.html", page, status=409 if broken else 200)
