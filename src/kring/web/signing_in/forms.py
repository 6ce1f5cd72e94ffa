"""The forms of an account, in our own words, with tries that are counted and answers of a browser that may hold anything."""

from collections.abc import Callable
from struct import error as StructError  # noqa: N812
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.web.accounts.models import Person
from kring.web.signing_in.lockouts import code_key, note_wrong_code, password_key
from kring.web.signing_in.rows import authenticator_for_code, forget_tries, take_try

NONSENSE = (ArithmeticError, AttributeError, InvalidSignature, LookupError, NotImplementedError, StructError, TypeError, ValueError)
"""What reading an invented passkey can end in."""
ANSWERS = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
LONGEST_CODE, LONGEST_NAME, LARGEST_KEY = 20, 60, 20_000


class NewPassword(ChangePasswordForm):  # type: ignore[misc]
    """A new password, typed twice."""

    def clean_oldpassword(self) -> str:
        """Counted: who found an open screen may not try passwords on it all day."""
        _count(password_key(self.user))
        old: str = super().clean_oldpassword()
        forget_tries(password_key(self.user))
        return old

    def clean_password2(self) -> str:
        """Refused here, so that allauth need not say it."""
        typed, again = self.cleaned_data.get("password1"), str(self.cleaned_data["password2"])
        if typed and typed != again:
            raise ValidationError(_("De twee nieuwe wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde."))
        return again


def _count(key: str) -> None:
    if not take_try(key, "", at=timezone.now()):
        raise account_adapter().validation_error("too_many_login_attempts")


def _code_field(label: Any) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=LONGEST_CODE, widget=forms.TextInput(attrs=attributes))


def _owner_of_code(person: Person, code: str) -> Authenticator:
    _count(code_key(person))
    found = authenticator_for_code(person, code)
    if found is None:
        note_wrong_code(context.request, person)
        raise get_adapter().validation_error("incorrect_code")
    forget_tries(code_key(person))
    return found


class AskedCode(AuthenticateForm):  # type: ignore[misc]
    """A code of the app or from paper, after the password."""

    code = _code_field(gettext_lazy("Code uit uw app, of een herstelcode"))

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        self.authenticator = _owner_of_code(self.user, code)
        return code


class StepUpCode(ReauthenticateForm):  # type: ignore[misc]
    """The same, before an important step."""

    code = _code_field(gettext_lazy("Code uit uw app, of een herstelcode"))

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        self.authenticator = _owner_of_code(self.user, code)
        return code


class AppSetUp(ActivateTOTPForm):  # type: ignore[misc]
    """The first code that the new app shows."""

    code = _code_field(gettext_lazy("Code die de app laat zien"))

    def clean_code(self) -> str:
        _count(code_key(self.user))
        code: str = super().clean_code()
        forget_tries(code_key(self.user))
        return code


def _sensibly(read: Callable[[], Any]) -> Any:
    """What a browser hands over is read by others' code; whatever that stumbles on is no passkey."""
    try:
        return read()
    except NONSENSE as stumbled:
        raise get_adapter().validation_error("incorrect_code") from stumbled


class KeyField(forms.JSONField):
    """What a browser answers for a passkey: one object of a sensible size."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if len(value or "") > LARGEST_KEY:
            raise get_adapter().validation_error("incorrect_code")
        try:
            read = super().to_python(value)
        except RecursionError as too_deep:
            raise get_adapter().validation_error("incorrect_code") from too_deep
        return self._texts_alone(read)

    def _texts_alone(self, read: Any) -> dict[str, Any]:
        """What is known, as text. The library would take a number for a size, and one of ten digits for as many bytes."""
        response = read.get("response") if isinstance(read, dict) else None
        if not isinstance(response, dict):
            raise get_adapter().validation_error("incorrect_code")
        outer = {name: read[name] for name in ("id", "rawId", "type") if isinstance(read.get(name), str)}
        return {
            **outer,
            "clientExtensionResults": {},
            "response": {name: response[name] for name in ANSWERS if isinstance(response.get(name), str)},
        }


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey with a name that its owner knows it by. It must be unlocked with a finger, face or pin."""

    name = forms.CharField(label=gettext_lazy("Naam van dit apparaat"), max_length=LONGEST_NAME)
    credential = KeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)  # always

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = _sensibly(super().clean)
        return cleaned


class PasskeyAtDoor(LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey without a name or password before it."""

    credential = KeyField()

    def clean_credential(self) -> Authenticator:
        return _sensibly(super().clean_credential)


class PasskeyAfterPassword(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second factor."""

    credential = KeyField()

    def clean_credential(self) -> Authenticator:
        return _sensibly(super().clean_credential)


class StepUpPasskey(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before an important step."""

    credential = KeyField()

    def clean_credential(self) -> Authenticator:
        return _sensibly(super().clean_credential)
