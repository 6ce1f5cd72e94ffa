"""The forms of an account, in our own words."""

from allauth.account.forms import ChangePasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NewPassword(ChangePasswordForm):  # type: ignore[misc]
    """A new password, typed twice."""

    def clean_password2(self) -> str:
        """Refused here, so that allauth need not say it."""
        typed, again = self.cleaned_data.get("password1"), str(self.cleaned_data["password2"])
        if typed and typed != again:
            raise ValidationError(_("De twee nieuwe wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde."))
        return again
