"""A plan as a PDF: the room and the lists, and cards to stand on the tables."""

import re
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.core.access import Record, Verb, roles_that
from kring.documents.floor_plan import floor_plan_pdf, table_cards_pdf
from kring.web.compositions.models import Composition
from kring.web.compositions.printing.queries import room_of
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard

TEAM = roles_that(Record.COMPOSITION, Verb.READ)
NO_LETTER = re.compile(r"[\W_]+")


@require_safe
@guard(Record.COMPOSITION, Verb.READ, roles=TEAM)
def plan_pdf(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """Names and places alone."""
    found = find(request, Composition, composition)
    room = room_of(request.actor, found, at=timezone.now())
    return attachment(floor_plan_pdf(room), _file_name(_("plattegrond"), found), "application/pdf")


@require_safe
@guard(Record.COMPOSITION, Verb.READ, roles=TEAM)
def cards_pdf(request: SchoolRequest, composition: UUID) -> HttpResponse:
    """A card for each group; a room of desks has none, and neither have groups without anybody."""
    found = find(request, Composition, composition)
    room = room_of(request.actor, found, at=timezone.now())
    if room.desks or not any(table.pupils for table in room.tables):
        raise Http404
    return attachment(table_cards_pdf(room), _file_name(_("kaarten"), found), "application/pdf")


def _file_name(kind: str, composition: Composition) -> str:
    of_group = composition.group.name if composition.group else composition.name
    return f"{kind}-{NO_LETTER.sub('-', of_group).strip('-')}.pdf"
