"""Hand a stored file to who may have it: always as a download, never shown in the page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb
from kring.web.files import intake
from kring.web.files.attachments import attachment
from kring.web.files.models import StoredFile
from kring.web.guard import SchoolRequest, find, guard


@require_safe
@guard(Record.STORED_FILE, Verb.READ)
def stored_file(request: SchoolRequest, file: UUID) -> HttpResponse:
    """The bytes as an attachment in a sandbox, for as long as was said."""
    found = find(request, StoredFile, file)
    if found.expires_at <= timezone.now():
        raise Http404
    try:
        data = intake.read(found)
    except FileNotFoundError:  # a database that was put back without its files
        raise Http404 from None
    return attachment(data, found.name, found.content_type)
