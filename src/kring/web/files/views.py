"""Hand a stored file to who may have it: always as a download, never shown in the page."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb
from kring.web.files import intake
from kring.web.files.models import StoredFile
from kring.web.guard import SchoolRequest, find, guard


@require_safe
@guard(Record.STORED_FILE, Verb.READ)
def stored_file(request: SchoolRequest, file: UUID) -> HttpResponse:
    """The bytes as an attachment in a sandbox."""
    found = find(request, StoredFile, file)
    return attachment(intake.read(found), found.name, found.content_type)


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """A download that no browser runs."""
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
