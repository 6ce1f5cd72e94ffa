"""How somebody wants to see Kring: theme, contrast, size, room, motion, language.

Before login it is chosen for the device, in a cookie. Who is logged in chooses for oneself, on every device: that wins while one is in,
it stays out of the cookie, and so nothing of it is left behind on a device that others use too.
"""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kring.web.accounts.models import Person
from kring.web.accounts.rows import keep_look
from kring.web.accounts.sessions import LOOK
from kring.web.guard import public

CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("", "light", "dark"),
    "contrast": ("", "high"),
    "text": ("", "large", "larger"),
    "spacing": ("", "wide"),
    "motion": ("", "less"),
    "language": ("nl", "en"),
}
COOKIE = "__Host-kring-look" if settings.SECURE else "kring-look"


def preferences_of(request: HttpRequest) -> dict[str, str]:
    """The choices of the person who is in, or else of the device; an unknown one counts as not made."""
    session = getattr(request, "session", None)
    own = session.get(LOOK) if session is not None else None
    text = request.COOKIES.get(COOKIE, "") if own is None else str(own)
    given = dict(part.partition("=")[::2] for part in text.split("&"))
    return {name: given.get(name, "") if given.get(name) in allowed else allowed[0] for name, allowed in CHOICES.items()}


def language_of_preferences(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer in the language that was chosen: Dutch unless somebody asked for English."""

    def spoken(request: HttpRequest) -> HttpResponse:
        with translation.override(preferences_of(request)["language"]):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = answer(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return spoken


@public
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember the choices and go back to the page: of a person until they choose again, of a device for a year."""
    chosen = {name: request.POST.get(name, "") for name in CHOICES}
    kept = "&".join(f"{name}={value}" for name, value in chosen.items() if value in CHOICES[name] and value)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else reverse("front"))
    if isinstance(request.user, Person):
        keep_look(request.user, kept)
        request.session[LOOK] = kept
    else:
        response.set_cookie(COOKIE, kept, max_age=31_536_000, secure=settings.SECURE, httponly=True, samesite="Lax")
    return response
