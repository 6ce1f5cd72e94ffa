"""Accounts are made by the school; nobody signs up."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


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
