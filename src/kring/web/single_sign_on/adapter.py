"""How single sign-on meets allauth: providers of the file alone, accounts without a name, an address or a role."""

from typing import Any, ClassVar

from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.core.single_sign_on import check_may_be_new
from kring.identity_providers import IdentityProvider, Protocol

ALLAUTH_NAME = {Protocol.OPENID: "openid_connect", Protocol.SAML: "saml"}
CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels: a code is no word; no 0 and 1: they look like letters


def app_of(provider: IdentityProvider) -> SocialApp:
    """The provider in the shape in which allauth asks for it; never saved."""
    return SocialApp(
        provider=ALLAUTH_NAME[provider.protocol], provider_id=provider.key, name=provider.name, client_id=provider.client_id or provider.key
    )


class KnownProviders(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What the file says, and no row of the database."""

    error_messages: ClassVar = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": gettext_lazy("Deze inlog hoort al bij iemand anders."),
    }

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:  # noqa: ARG002
        apps = [app_of(known) for known in settings.SSO]
        return [app for app in apps if provider in (None, app.provider, app.provider_id) and client_id in (None, app.client_id)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        check_may_be_new(makes_accounts=any(known.makes_accounts for known in settings.SSO if known.key == sociallogin.account.provider))
        return True

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:  # noqa: ARG002
        """A code instead of a name: what somebody calls themselves elsewhere could be the name of a colleague."""
        code = get_random_string(4, CODE_LETTERS) + "-" + get_random_string(4, CODE_LETTERS)
        person = sociallogin.user
        person.username, person.given_name, person.family_name = code.lower(), _("nieuw account"), code
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Before the stages of the login: they ask for a second factor unless one was proved."""
        if sociallogin.is_existing:
            _write_down_proof(request, sociallogin)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Any:
        person = super().save_user(request, sociallogin, form)
        _write_down_proof(request, sociallogin)
        return person


def _write_down_proof(request: HttpRequest, sign_on: SocialLogin) -> None:
    if sign_on.identity.second_factor:
        record_authentication(request, sign_on.user, "socialaccount", provider=sign_on.account.provider, second_factor=True)
