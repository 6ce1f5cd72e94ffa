"""Files that people bring with what they write, and bytes on their way out: always as a download, never shown in the page."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kring.attachments import looked_at
from kring.core.attachments import clean_name, kind_of, refuse_size
from kring.web.files import intake
from kring.web.files.models import StoredFile
from kring.web.schools.models import Membership

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
ANY_BYTES = "application/octet-stream"
KEPT_FOR = timedelta(days=2 * 365)
ACCEPT = ".pdf,.png,.jpg,.jpeg,.docx"
"""For the `accept` of a file field; what counts is the content."""


def keep_attachment(actor: Membership, brought: "UploadedFile[bytes]", *, at: datetime, kept_for: timedelta = KEPT_FOR) -> StoredFile:
    """Look at what was brought, and keep it: a picture drawn anew, a PDF or Word document as it is.

    Raises the rules of `core/attachments.py`, which have their sentences; to be called from within an action.
    """
    refuse_size(brought.size or 0)
    data = brought.read()
    refuse_size(len(data))
    kind = kind_of(brought.name or "", data)
    name = clean_name(brought.name or "", kind)
    return intake.keep(actor, name, looked_at(data, kind), content_type=ANY_BYTES, at=at, kept_for=kept_for)


def download(file: StoredFile) -> HttpResponse:
    """What somebody brought, for who found its row through `may`. Raises FileNotFoundError when the bytes are not there."""
    return attachment(intake.read(file), file.name, ANY_BYTES)


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """A download that no browser runs."""
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
