"""What a password must be, where Django itself has no Dutch for it or does not know our fields."""

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's own rule; its refusal is English only."""

    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Neem er een van minstens %(length)d tekens.") % {"length": self.min_length}


OBVIOUS = ("wachtwoord", "password", "basisschool", "leerkracht", "leerling", "school", "welkom", "kring")


class NotObvious:
    """The words that everybody here tries first, and nothing but figures and marks around them."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002
        rest = "".join(letter for letter in password.casefold() if letter.isalpha())
        for word in OBVIOUS:
            rest = rest.replace(word, "")
        if not rest:
            raise ValidationError(_("Dit wachtwoord is makkelijk te raden. Neem een paar woorden die niet bij elkaar horen."))

    def get_help_text(self) -> str:
        return _("Neem niet alleen een woord als “wachtwoord” of “welkom” met cijfers erachter.")


class NotOnesName(UserAttributeSimilarityValidator):
    """Django's own rule, for the names that a person has here; it would look for others and pass over what is absent."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "given_name", "family_name", "email"))

    def get_error_message(self) -> Any:
        return _("Dit wachtwoord lijkt te veel op uw naam. Neem woorden die niet over u gaan.")
