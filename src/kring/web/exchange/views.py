"""Bring in the files of a class, look at what they would change, and apply or throw away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.uploads import FilesGone
from kring.documents.safe_cells import csv_bytes
from kring.file_problems import FilesRefused
from kring.web.exchange import actions, queries
from kring.web.exchange.forms import UploadForm
from kring.web.exchange.models import Upload
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.wording import sentence

STAFF = roles_that(Record.ROUND, Verb.READ)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP, Verb.MEASURE, roles=STAFF)
def upload(request: SchoolRequest, group: UUID) -> HttpResponse:
    """The form; with files, their check: everything that is wrong at once, or a preview."""
    found = find(request, Group, group, Verb.MEASURE)
    today = timezone.localdate()
    lists = queries.questionnaires(found, on=today)
    if request.method != "POST":
        return _form(request, found, UploadForm(today=today, lists=lists))
    form = UploadForm(request.POST, request.FILES, today=today, lists=lists)
    if not form.is_valid():
        return _form(request, found, form)
    try:
        made = actions.check_upload(request.actor, found, form.brought(), at=timezone.now())
    except BrokenRule as broken:
        return _form(request, found, form, broken)
    return redirect("upload_preview", request.actor.pk, made.pk)


def _form(request: SchoolRequest, group: Group, form: UploadForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {
        "group": group,
        "form": form,
        "refusal": sentence(broken) if broken else "",
        "problems": broken.problems if isinstance(broken, FilesRefused) else (),
        "unshown": broken.unshown if isinstance(broken, FilesRefused) else 0,
        "uploads": queries.open_uploads(request.actor, group),
    }
    return render(request, "exchange/upload.html", page, status=409 if broken else 200)


@require_safe
@guard(Record.GROUP, Verb.MEASURE, roles=STAFF)
def upload_example(request: SchoolRequest, group: UUID) -> HttpResponse:
    """pupils.csv of this group, to begin with: the right keys and nothing to type over."""
    found = find(request, Group, group, Verb.MEASURE)
    rows = [[one.pupil.admin_key, str(one.pupil), found.name] for one in queries.members(found, at=timezone.now())]
    return attachment(csv_bytes([["leerling", "naam", "groep"], *rows]), "pupils.csv", "text/csv; charset=utf-8")


@require_safe
@guard(Record.UPLOAD, Verb.READ)
def upload_preview(request: SchoolRequest, upload: UUID) -> HttpResponse:
    """What would change, before anything does."""
    return _preview(request, find(request, Upload, upload))


def _preview(request: SchoolRequest, upload: Upload, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"upload": upload, "refusal": sentence(broken) if broken else ""}
    if upload.applied_at is None:
        try:
            page["proposal"] = queries.proposal_of(request.actor, upload)
        except FilesRefused as refused:  # the group changed since the check
            page |= {"problems": refused.problems, "refusal": sentence(refused)}
        except FilesGone as gone:
            page["refusal"] = sentence(gone)
    return render(request, "exchange/preview.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.UPLOAD, Verb.APPLY)
def upload_apply(request: SchoolRequest, upload: UUID) -> HttpResponse:
    """Make it real, all of it or nothing."""
    found = find(request, Upload, upload, Verb.APPLY)
    try:
        actions.apply_upload(request.actor, found, at=timezone.now())
    except Upload.DoesNotExist:  # thrown away between the click and now
        raise Http404 from None
    except BrokenRule as broken:
        return _preview(request, find(request, Upload, upload), broken)
    messages.success(request, _("Overgenomen. Hieronder ziet u het resultaat."))
    return redirect("group", request.actor.pk, found.group_id)


@require_POST
@guard(Record.UPLOAD, Verb.APPLY)
def upload_throw_away(request: SchoolRequest, upload: UUID) -> HttpResponse:
    """Forget the files."""
    found = find(request, Upload, upload, Verb.APPLY)
    group = found.group_id
    try:
        actions.throw_away(request.actor, found)
    except Upload.DoesNotExist:
        raise Http404 from None
    except BrokenRule as broken:
        return _preview(request, found, broken)
    messages.success(request, _("Weggegooid. Er is niets van bewaard."))
    return redirect("upload", request.actor.pk, group)
