"""The weeks of the log, searching it, and who looked at a pupil."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.core.review import monday
from kring.documents.spreadsheets import Table, xlsx
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.oversight import actions, anchors, queries
from kring.web.oversight.forms import EARLIEST, SearchForm, SignForm, UntilForm
from kring.web.schools.models import Pupil
from kring.web.trace import Seen
from kring.web.wording import sentence

OFFICER = frozenset({Role.PRIVACY_OFFICER})
FAMILY = frozenset({Role.PUPIL, Role.GUARDIAN})
ON_A_PAGE = 50
IN_A_FILE = 50_000
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@guard(Record.REVIEW, Verb.READ, roles=OFFICER)
def reviews(request: SchoolRequest) -> HttpResponse:
    """The weeks that wait for a signature, and those that have one."""
    found = queries.weeks(request.actor, on=timezone.localdate())
    return render(request, "oversight/reviews.html", {"weeks": found, "anchors": anchors.state(at=timezone.now())})


@require_safe
@guard(Record.REVIEW, Verb.READ, roles=OFFICER)
def week_review(request: SchoolRequest, week: str) -> HttpResponse:
    """The list of one week."""
    return _week_page(request, _week(week), SignForm())


@require_POST
@guard(Record.REVIEW, Verb.SIGN, roles=OFFICER)
def sign_week(request: SchoolRequest, week: str) -> HttpResponse:
    """Sign for it; a refusal brings the list back with the reason."""
    chosen, form = _week(week), SignForm(request.POST)
    if not form.is_valid():
        return _week_page(request, chosen, form)
    try:
        actions.sign_week(request.actor, request.actor.school, chosen, remark=form.said(), at=timezone.now())
    except BrokenRule as broken:
        return _week_page(request, chosen, form, refusal=sentence(broken))
    return redirect("reviews", request.actor.pk)


def _week(said: str) -> date:
    """A Monday, not in the future; anything else does not exist."""
    try:
        week = date.fromisoformat(said)
    except ValueError:
        raise Http404 from None
    if said != monday(week).isoformat() or week.year < EARLIEST.year or week > timezone.localdate():
        raise Http404
    return week


def _week_page(request: SchoolRequest, week: date, form: SignForm, *, refusal: str = "") -> HttpResponse:
    found = queries.week_list(request.actor, week, on=timezone.localdate())
    context = {"week": found, "form": form, "refusal": refusal}
    return render(request, "oversight/week.html", context, status=409 if refusal else 200)


@require_safe
@guard(Record.ENTRY, Verb.READ, roles=OFFICER)
def log(request: SchoolRequest) -> HttpResponse:
    """The log, searched and in pages."""
    form = SearchForm(request.GET, people=queries.people(request.actor))
    context: dict[str, Any] = {"form": form, "query": urlencode([(k, v) for k, v in request.GET.items() if k in form.fields and v])}
    if form.is_valid():
        page = Paginator(queries.log(request.actor, form.sought()), ON_A_PAGE).get_page(request.GET.get("page"))
        pupil = _pupil_sought(request, form)
        context |= {"page": page, "lines": queries.log_lines(request.actor, list(page.object_list)), "pupil": pupil}
    return render(request, "oversight/log.html", context)


@require_safe
@guard(Record.ENTRY, Verb.READ, roles=OFFICER)
def log_spreadsheet(request: SchoolRequest) -> HttpResponse:
    """What was searched, as a spreadsheet."""
    form = SearchForm(request.GET, people=queries.people(request.actor))
    if not form.is_valid():
        raise Http404
    _pupil_sought(request, form)
    found = queries.log(request.actor, form.sought())[:IN_A_FILE]
    rows = [
        (
            line.sequence,
            line.at.strftime("%Y-%m-%d %H:%M:%S"),
            line.who,
            line.role,
            line.what,
            line.how,
            line.about,
            _("ja") if line.refused else "",
        )
        for line in queries.log_lines(request.actor, list(found))
    ]
    columns = (_("nummer"), _("moment"), _("wie"), _("functie"), _("wat"), _("hoe"), _("over"), _("geweigerd"))
    return attachment(xlsx(Table(_("logboek"), columns, rows)), _("logboek.xlsx"), SPREADSHEET)


def _pupil_sought(request: SchoolRequest, form: SearchForm) -> Pupil | None:
    """Reading back about one pupil is a reading of that pupil."""
    found = queries.pupil_with(request.actor, form.sought().number)
    request.readings.extend([Seen(Record.ENTRY.value, pupil_id=found.pk)] if found else [])
    return found


@require_safe
@guard(Record.ENTRY, Verb.READ, roles=FAMILY)
def who_looked(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Who of the school looked at me, or at my child."""
    found = find(request, Pupil, pupil)
    context = {"pupil": found, "about_me": request.actor.role == Role.PUPIL.value, "name": str(found)}
    return render(request, "oversight/who_looked.html", context | _looked(request, found))


@require_safe
@guard(Record.ENTRY, Verb.READ, roles=OFFICER)
def who_looked_for(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The same, on request of somebody who has no account: by number, without a name."""
    found = queries.pupil_of_school(request.actor, pupil)
    if found is None:
        raise Http404
    request.readings.append(Seen("entry", None, pupil_id=found.pk))
    name = _("leerling met nummer %(number)s") % {"number": found.admin_key}
    return render(request, "oversight/who_looked.html", {"pupil": found, "name": name, "on_request": True} | _looked(request, found))


def _looked(request: SchoolRequest, pupil: Pupil) -> dict[str, Any]:
    form = UntilForm(request.GET)
    asked = form.cleaned_data["until"] if form.is_valid() else None
    today = timezone.localdate()
    until = min(asked or today, today)
    return {"looked": queries.who_looked(request.actor, pupil, until=until), "until": until, "today": today}
