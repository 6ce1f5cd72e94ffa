"""Somebody who was away too long is logged out, and no form is lost by that: a middleware.

It stands outside every other end of a session, so that it still knows who it was when a form comes in too late.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kring.core.access import Role
from kring.core.errors import BrokenRule
from kring.core.idleness import AWAY, is_away, is_noted, longest_away, noted_every
from kring.web.accounts.models import Person
from kring.web.accounts.sessions import SIGNED_IN_AT
from kring.web.drafts import intake
from kring.web.drafts.form_key import KEY, FormKey, read
from kring.web.drafts.seal import give_half, half_of
from kring.web.guard import hats, hats_of
from kring.web.schools.models import Membership
from kring.web.wall import schools_open

Answer = Callable[[HttpRequest], HttpResponse]
SEEN = "seen"
WAITS = "Kring-Waiting"
"""A page that asks again by itself says so by this header: no person did that."""
TRY_AGAIN = {429, 500, 503, 507}


def nothing_is_lost(answer: Answer) -> Answer:
    """Log out who was away; and see what becomes of a form that somebody sent."""

    def answered(request: HttpRequest) -> HttpResponse:
        person = request.user if isinstance(request.user, Person) and request.user.is_authenticated else None
        if person:
            _end_or_note(request, at=timezone.now())
        response = answer(request)
        give_half(request, response)
        key = read(request.POST.get(KEY, "")) if person and request.method == "POST" else None
        return _after(request, response, person, key) if person and key else response

    return answered


def _end_or_note(request: HttpRequest, *, at: datetime) -> None:
    seen, longest = _last_seen(request, at)
    by_a_person = WAITS not in request.headers
    if is_away(seen, at=at, longest=longest):
        logout(request)
        if by_a_person:
            messages.info(request, _("Uitgelogd, want er gebeurde een tijd niets. Wat al getypt was, staat er nog na het inloggen."))
    elif by_a_person and not (SEEN in request.session and is_noted(seen, at=at, longest=longest)):
        longest = longest_away([Role(hat.role) for hat in hats_of(request)], shorter=settings.IDLE)
        request.session[SEEN] = [at.timestamp(), longest.total_seconds()]


def _last_seen(request: HttpRequest, at: datetime) -> tuple[datetime, timedelta]:
    """When this person last did something, and how long they may do nothing; right after logging in nothing is noted yet."""
    moment, longest = request.session.get(SEEN) or (request.session.get(SIGNED_IN_AT, at.timestamp()), AWAY.total_seconds())
    return datetime.fromtimestamp(moment, UTC), timedelta(seconds=longest)


def seconds_left(request: HttpRequest, *, at: datetime) -> int:
    """Until this session ends by itself."""
    seen, longest = _last_seen(request, at)
    return max(1, int((seen + longest + noted_every(longest) - at).total_seconds()))


def _after(request: HttpRequest, response: HttpResponse, person: Person, key: FormKey) -> HttpResponse:
    """A form that was sent needs no draft any more; one that came too late, or met a fault, is kept and shown again."""
    author = hats(person).filter(pk=key.author).first()
    if author is None:
        return response
    if not _came_too_late(request, response):
        if response.status_code in {302, 303}:  # 307 takes the form along to another page
            with schools_open([author.school_id]):
                intake.forget(author, key)
        return response
    return _shown_again(request, response, key) if _kept(request, author, key) else response


def _came_too_late(request: HttpRequest, response: HttpResponse) -> bool:
    refused_as_old = getattr(request, "form_is_old", False) and request.headers.get("Sec-Fetch-Site") == "same-origin"
    return _asks_who_it_is(response) or refused_as_old or response.status_code in TRY_AGAIN


def _asks_who_it_is(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/login/")


def _kept(request: HttpRequest, author: Membership, key: FormKey) -> bool:
    try:
        with schools_open([author.school_id]):
            intake.keep(author, key, dict(request.POST.lists()), half=half_of(request), at=timezone.now())
    except (BrokenRule, DatabaseError):
        return False
    return True


def _shown_again(request: HttpRequest, response: HttpResponse, key: FormKey) -> HttpResponse:
    """Back to the page of the form, by way of the login where that is asked."""
    if _asks_who_it_is(response):
        login = response.headers["Location"].partition("?")[0]
        return HttpResponseRedirect(f"{login}?{urlencode({'next': key.page})}")
    if response.status_code in TRY_AGAIN:
        return response
    messages.info(request, _("U was intussen opnieuw ingelogd. Kijk na wat u typte en verstuur het nog een keer."))
    return HttpResponseRedirect(key.page)
