"""What a password must be, where Django itself has no Dutch for it."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's own rule; its refusal is English only."""

    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Neem er een van minstens %(length)d tekens.") % {"length": self.min_length}
