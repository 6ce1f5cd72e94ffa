"""Bring in a file with roles, look at what it would change, and apply it, all or nothing."""

from base64 import b64decode, b64encode
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.class_files.roles import COLUMNS
from kring.core.access import Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.documents.safe_cells import csv_bytes
from kring.file_problems import FilesRefused
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, guard
from kring.web.people.colleagues.queries import colleagues
from kring.web.people.role_file import actions, queries
from kring.web.people.role_file.forms import ApplyForm, RoleFileForm
from kring.web.people.role_file.proposal import RoleProposal
from kring.web.wording import sentence

ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.APPOINTMENT, Verb.WRITE, roles=ADMINISTRATOR)
def role_file(request: SchoolRequest) -> HttpResponse:
    """The form; with a file, everything that is wrong at once, or a preview."""
    if request.method != "POST":
        return _form(request, RoleFileForm())
    form = RoleFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form)
    return _laid_beside(request, form.brought(), at=timezone.now())


def _laid_beside(request: SchoolRequest, data: bytes, *, at: datetime) -> HttpResponse:
    try:
        proposal = queries.proposal_of(request.actor, data, at=at)
    except FilesRefused as refused:
        return _form(request, RoleFileForm(), refused)
    return _preview(request, data, proposal)


def _form(request: SchoolRequest, form: RoleFileForm, refused: FilesRefused | None = None) -> HttpResponse:
    page = {
        "form": form,
        "refusal": sentence(refused) if refused else "",
        "problems": refused.problems if refused else (),
        "unshown": refused.unshown if refused else 0,
        "columns": COLUMNS,
    }
    return render(request, "people/role_file.html", page, status=409 if refused else 200)


def _preview(request: SchoolRequest, data: bytes, proposal: RoleProposal, form: ApplyForm | None = None, refusal: str = "") -> HttpResponse:
    initial = {"text": b64encode(data).decode(), "shown": proposal.fingerprint}
    form = form or ApplyForm(initial=initial, asks_look=proposal.asks_a_second_look)
    page = {"proposal": proposal, "form": form, "refusal": refusal}
    return render(request, "people/role_preview.html", page, status=409 if refusal else 200)


@require_POST
@guard(Record.APPOINTMENT, Verb.WRITE, roles=ADMINISTRATOR)
def role_file_apply(request: SchoolRequest) -> HttpResponse:
    """Make real what was shown; when the school has changed since, show it anew."""
    now = timezone.now()
    data = _data(request.POST.get("text", ""))
    try:
        proposal = queries.proposal_of(request.actor, data, at=now)
        form = ApplyForm(request.POST, asks_look=proposal.asks_a_second_look)
        if not form.is_valid():
            return _preview(request, data, proposal, form)
        if form.cleaned_data["shown"] != proposal.fingerprint:
            return _preview(request, data, proposal, refusal=_("Intussen is er iets veranderd. Kijk opnieuw of het klopt."))
        actions.apply_role_file(request.actor, request.actor.school, proposal, at=now)
    except FilesRefused as refused:
        return _form(request, RoleFileForm(), refused)
    except BrokenRule as broken:
        return _preview(request, data, proposal, refusal=sentence(broken))
    messages.success(request, _("Overgenomen. Rollen die op een tweede persoon wachten, staan bij de voorstellen."))
    return redirect("people", request.actor.pk)


def _data(text: str) -> bytes:
    """The file as it was brought; what is no such text is an empty file, which is refused as one."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


@require_safe
@guard(Record.APPOINTMENT, Verb.WRITE, roles=ADMINISTRATOR)
def role_file_example(request: SchoolRequest) -> HttpResponse:
    """The roles of now, in the form in which they can be brought in again."""
    rows = [
        [
            one.person.username,
            one.person.given_name,
            one.person.name_prefix,
            one.person.family_name,
            str(queries.word_of(hat.row)),
            ", ".join(hat.groups),
            f"{timezone.localdate(hat.row.from_at):%d-%m-%Y}",
            queries.last_day_of(hat.row),
        ]
        for one in colleagues(request.actor, at=timezone.now())
        for hat in one.hats
    ]
    return attachment(csv_bytes([list(COLUMNS), *rows]), "rollen.csv", "text/csv; charset=utf-8")
