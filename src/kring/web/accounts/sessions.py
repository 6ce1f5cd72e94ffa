"""What a session knows of how somebody came in, and when it ends. What that is worth is decided in `core/signing_in.py`."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kring.core.signing_in import STEP_UP_LASTS, Factor, Proof, has_second_factor, is_fresh, session_holds
from kring.web.accounts.models import Person
from kring.web.accounts.rows import look_of

Answer = Callable[[HttpRequest], HttpResponse]
SIGNED_IN_AT = "signed_in_at"
STRICT = "strict"
LOOK = "look"
"""How the person who is in wants to see Kring."""
FACTOR_OF_AUTHENTICATOR = {"webauthn": Factor.PASSKEY, "totp": Factor.APP_CODE, "recovery_codes": Factor.RECOVERY_CODE}


def proofs(request: HttpRequest) -> list[Proof]:
    """Everything this person showed in this session, as allauth wrote it down."""
    return list(_proofs(request))


def _proofs(request: HttpRequest) -> Iterator[Proof]:
    for record in [] if isinstance(request.user, AnonymousUser) else get_authentication_records(request, request.user):
        yield Proof(_factor(request, record), datetime.fromtimestamp(record["at"], UTC))


def _factor(request: HttpRequest, record: dict[str, object]) -> Factor:
    if record["method"] == "mfa":
        return FACTOR_OF_AUTHENTICATOR[str(record["type"])]
    if record["method"] == "socialaccount":
        return Factor.PROVIDER_TWO_FACTORS if record.get("second_factor") else Factor.PROVIDER
    # Demo accounts exist only outside production (checks.no_demo_in_production): their password, or a press on the front page, is enough.
    return Factor.DEMO if getattr(request.user, "is_demo", False) and not settings.PRODUCTION else Factor.PASSWORD


def second_factor_given(request: HttpRequest) -> bool:
    """Whether this session has both factors."""
    return has_second_factor(proofs(request))


def recently_proved(request: HttpRequest, *, within: timedelta = STEP_UP_LASTS, password_will_do: bool = False) -> bool:
    """Whether this person showed a second factor a short while ago."""
    return is_fresh(proofs(request), at=timezone.now(), within=within, password_will_do=password_will_do)


def begin_session(request: HttpRequest) -> None:
    """From here ten hours are counted; nothing that happens later moves the moment. And from here Kring looks as this person wants it."""
    request.session[SIGNED_IN_AT] = timezone.now().timestamp()
    look = look_of(request.user) if isinstance(request.user, Person) else None
    if look is not None:
        request.session[LOOK] = look


def end_in_time(answer: Answer) -> Answer:
    """A session that is over, or that does not say when it began, is nobody's any more."""

    def timed(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not _holds(request):
            logout(request)
        return answer(request)

    return timed


def _holds(request: HttpRequest) -> bool:
    began = request.session.get(SIGNED_IN_AT)
    return began is not None and session_holds(datetime.fromtimestamp(began, UTC), at=timezone.now())


def make_strict(request: HttpRequest) -> None:
    """From now on no other site can make a request in this session, not even by a link."""
    if not request.session.get(STRICT):
        request.session[STRICT] = True


def strict_cookies(answer: Answer) -> Answer:
    """Staff have a strict cookie. Who comes along a link on another site lacks it, and gets it back by one step on our own site."""

    def sent(request: HttpRequest) -> HttpResponse:
        if _comes_without(request):
            return render(request, "account/onward.html", {"here": request.get_full_path()})
        response = answer(request)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie and request.session.get(STRICT):
            cookie["samesite"] = "Strict"
        return response

    return sent


def _comes_without(request: HttpRequest) -> bool:
    """A page is asked for from another site, without a session: the browser may have kept it back."""
    kind = (request.method, request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode"))
    return kind == ("GET", "cross-site", "navigate") and settings.SESSION_COOKIE_NAME not in request.COOKIES
