"""Accounts are made by the school; nobody signs up. What happens at the door is counted and written down."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.core.signing_in import TRIES_FORGOTTEN_AFTER
from kring.web.accounts.models import Person
from kring.web.accounts.sessions import begin_session, recently_proved
from kring.web.signing_in.lockouts import forget_wrong_passwords, remember_device, slow_down
from kring.web.signing_in.rows import drop_old_sessions, drop_old_tries, factors_of
from kring.web.trace import record_sign_in


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Login without sign-up, with sentences of our own: allauth's Dutch says “je” to adults."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Deze naam en dit wachtwoord horen niet bij elkaar. Kijk of u alles goed hebt getypt."),
        "too_many_login_attempts": _("Het is te vaak niet gelukt. Wacht een paar minuten en probeer het dan opnieuw."),
        "rate_limited": _("Dit ging te vaak achter elkaar. Wacht een paar minuten en probeer het dan opnieuw."),
        "enter_current_password": _("Dit is niet uw huidige wachtwoord. Typ het nog een keer."),
        "incorrect_password": _("Dit wachtwoord klopt niet. Typ het nog een keer."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Instead of allauth's own counts, which live in one process."""
        slow_down(request, credentials.get("username") or "")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """With the right password this device starts afresh, also when the second factor is still to come."""
        person: Person | None = super().authenticate(request, **credentials)
        if person:
            forget_wrong_passwords(request, person)
        return person

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        """Axes refused before the password was looked at."""
        if getattr(request, "axes_locked_out", False):
            raise self.validation_error("too_many_login_attempts")

    def get_login_stages(self) -> list[str]:
        return ["kring.web.signing_in.stages.SecondFactor"]

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        begin_session(request)

    def post_login(self, request: HttpRequest, user: Person, **said: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **said)
        remember_device(request, response, user)
        now = timezone.now()
        drop_old_tries(before=now - TRIES_FORGOTTEN_AFTER)
        drop_old_sessions(at=now)
        record_sign_in(user, "login.succeeded", request=request)
        return response

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, str]]:
        return [{"id": "step_up", "description": "", "url": reverse("step_up")}] if user.is_authenticated else []

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:  # noqa: ARG002
        """Factors are changed with a fresh factor; with a fresh password by who has none yet."""
        request = context.request
        return not recently_proved(request, password_will_do=not factors_of(request.user))
