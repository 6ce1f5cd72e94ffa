"""What a pupil says about who reads along, and a guardian about where they are reached."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb
from kring.core.ages import RIGHTS_HOLDER, has_turned
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, find, guard
from kring.web.people.family import actions, queries
from kring.web.people.family.forms import ContactForm
from kring.web.people.family.views import show_contact, write_contact
from kring.web.schools.models import GuardianAccess, Guardianship, Pupil
from kring.web.wording import sentence

PUPIL = frozenset({Role.PUPIL})
GUARDIAN = frozenset({Role.GUARDIAN})


@require_safe
@guard(Record.GUARDIAN_ACCESS, Verb.READ, roles=PUPIL)
def reading_along(request: SchoolRequest) -> HttpResponse:
    """Wie mag met mij meelezen."""
    return _reading_along(request)


def _reading_along(request: SchoolRequest, broken: BrokenRule | None = None) -> HttpResponse:
    me, now = _me(request), timezone.now()
    page = {
        "decides": me.birth_date is not None and has_turned(RIGHTS_HOLDER, born_on=me.birth_date, on=timezone.localdate(now)),
        "lines": queries.reading_along(request.actor, me, at=now),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "people/reading_along.html", page, status=409 if broken else 200)


def _me(request: SchoolRequest) -> Pupil:
    me = queries.own_pupil(request.actor)
    if me is None:
        raise Http404
    request.readings.append(me)
    return me


@require_POST
@guard(Record.GUARDIAN_ACCESS, Verb.WRITE, roles=PUPIL)
def let_read_along(request: SchoolRequest, guardianship: UUID) -> HttpResponse:
    """This guardian may."""
    tie = find(request, Guardianship, guardianship)
    try:
        actions.let_read_along(request.actor, _me(request), tie, at=timezone.now())
    except BrokenRule as broken:
        return _reading_along(request, broken)
    messages.success(request, _("Goed: deze ouder of verzorger mag met je meelezen."))
    return redirect("reading_along", request.actor.pk)


@require_POST
@guard(Record.GUARDIAN_ACCESS, Verb.WRITE, roles=PUPIL)
def stop_reading_along(request: SchoolRequest, guardianaccess: UUID) -> HttpResponse:
    """This guardian may not any more."""
    actions.stop_reading_along(request.actor, find(request, GuardianAccess, guardianaccess, Verb.WRITE), at=timezone.now())
    messages.success(request, _("Goed: deze ouder of verzorger leest niet meer mee."))
    return redirect("reading_along", request.actor.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CONTACT, Verb.WRITE, roles=GUARDIAN)
def my_contact(request: SchoolRequest) -> HttpResponse:
    """Where I am reached."""
    me = queries.own_guardian(request.actor)
    if me is None:
        raise Http404
    if request.method != "POST":
        return show_contact(request, me, ContactForm.filled(queries.contact_of(request.actor, me)))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show_contact(request, me, form)
    return write_contact(request, me, form) or redirect("my_contact", request.actor.pk)
