"""The photos of a class, for the teacher; one's own, or those of one's children, at home."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.attachments import portrait
from kring.core.access import FAMILY, Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.photos import refuse_bytes, refuse_number, whose
from kring.web.guard import SchoolRequest, find, guard
from kring.web.photos import actions, queries
from kring.web.photos.forms import LONGEST_NAME, BringForm, MatchForm, sent_along
from kring.web.schools.models import Group, Pupil
from kring.web.wording import sentence

KEEPERS = roles_that(Record.PHOTO, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PHOTO, Verb.WRITE, roles=KEEPERS)
def group_photos(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Who has a photo; with files, whose they seem to be, for a person to look at before anything is kept."""
    found = find(request, Group, group, Verb.WRITE, of=Record.PHOTO)
    if request.method != "POST":
        return _group(request, found, BringForm())
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _group(request, found, form)
    try:
        refuse_number(len(form.files_brought()))
    except BrokenRule as broken:
        return _group(request, found, form, refusals=[sentence(broken)])
    photos, refusals = _drawn(form.files_brought())
    return _match(request, found, photos, refusals=refusals) if photos else _group(request, found, form, refusals=refusals)


def _drawn(files: "Iterable[UploadedFile[bytes]]") -> tuple[list[tuple[str, bytes]], list[str]]:
    """Names and small pictures; and what is wrong with the other files, each by its name."""
    photos, refusals = [], []
    for file in files:
        name = (file.name or "?")[:LONGEST_NAME]
        try:
            refuse_bytes(name, file.size or 0)
            photos.append((name, portrait(file.read(), name)))
        except BrokenRule as broken:
            refusals.append(sentence(broken))
    return photos, refusals


def _group(request: SchoolRequest, group: Group, form: BringForm, *, refusals: Sequence[str] = ()) -> HttpResponse:
    page = {"group": group, "form": form, "refusals": refusals, "photos": queries.group_photos(request.actor, group, at=timezone.now())}
    return render(request, "photos/group.html", page, status=409 if refusals else 200)


def _match(request: SchoolRequest, group: Group, photos: Sequence[tuple[str, bytes]], *, refusals: Sequence[str]) -> HttpResponse:
    """The proposal."""
    free = [one.pupil for one in queries.group_photos(request.actor, group, at=timezone.now()) if not one.is_refused]
    proposed = whose([file for file, _ in photos], {pupil.pk: (pupil.given_name, pupil.family_name) for pupil in free})
    form = MatchForm(pupils=[(str(pupil.pk), str(pupil)) for pupil in free], photos=photos, proposed=proposed)
    return render(request, "photos/match.html", {"group": group, "form": form, "refusals": refusals})


@require_POST
@guard(Record.PHOTO, Verb.WRITE, roles=KEEPERS)
def group_photos_put(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Put them with the pupils that were chosen."""
    found, now = find(request, Group, group, Verb.WRITE, of=Record.PHOTO), timezone.now()
    here = [(str(one.pupil.pk), str(one.pupil)) for one in queries.group_photos(request.actor, found, at=now) if not one.is_refused]
    form = MatchForm(request.POST, pupils=here, photos=sent_along(request.POST))
    page = {"group": found, "form": form}
    if not form.is_valid():
        return render(request, "photos/match.html", page)
    try:
        actions.put_photos(request.actor, found, form.chosen(), at=now)
    except BrokenRule as broken:
        return render(request, "photos/match.html", page | {"refusals": [sentence(broken)]}, status=409)
    n = len(form.chosen())
    messages.success(request, ngettext("Er staat %(n)s foto bij een leerling.", "Er staan %(n)s foto’s bij leerlingen.", n) % {"n": n})
    return redirect("group_photos", request.actor.pk, found.pk)


@require_POST
@guard(Record.PHOTO, Verb.WRITE, roles=KEEPERS)
def pupil_photo_away(request: SchoolRequest, group: UUID, pupil: UUID) -> HttpResponse:
    """Take one away."""
    found = find(request, Group, group, Verb.WRITE, of=Record.PHOTO)
    child = find(request, Pupil, pupil, Verb.WRITE, of=Record.PHOTO)
    actions.take_photo_away(request.actor, child)
    messages.success(request, _("De foto van %(name)s is weg.") % {"name": child})
    return redirect("group_photos", request.actor.pk, found.pk)


# ---- at home ------------------------------------------------------------------------------------------------------


@require_safe
@guard(Record.PHOTO, Verb.READ, roles=FAMILY)
def my_photos(request: SchoolRequest) -> HttpResponse:
    """What the class sees beside my name, or beside that of my child."""
    return _mine(request)


def _mine(request: SchoolRequest, *, refusal: str = "") -> HttpResponse:
    photos = queries.my_photos(request.actor, at=timezone.now())
    request.readings.extend(one.pupil for one in photos)
    return render(request, "photos/mine.html", {"photos": photos, "refusal": refusal}, status=409 if refusal else 200)


@require_POST
@guard(Record.PHOTO, Verb.RUN, roles=FAMILY)
def photo_refuse(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """No photo: what is there goes, and no new one comes."""
    actions.refuse_photo(request.actor, find(request, Pupil, pupil, Verb.RUN, of=Record.PHOTO))
    messages.success(request, _("Vastgelegd: er staat nu geen foto in Kring, en er komt geen nieuwe."))
    return redirect("my_photos", request.actor.pk)


@require_POST
@guard(Record.PHOTO, Verb.RUN, roles=FAMILY)
def photo_allow(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Taken back."""
    found = find(request, Pupil, pupil, Verb.RUN, of=Record.PHOTO)
    try:
        actions.allow_photo(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _mine(request, refusal=sentence(broken))
    messages.success(request, _("Vastgelegd: dit is teruggenomen. De leraar kan weer een foto toevoegen."))
    return redirect("my_photos", request.actor.pk)
