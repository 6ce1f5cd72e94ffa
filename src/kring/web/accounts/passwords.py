"""What a password must be, where Django itself has no Dutch for it or does not know our fields."""

from hashlib import sha1
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
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


LONGEST_LINE = 64
"""Of a hash and a count; a file with longer lines is another kind of file."""


class NotLeaked:
    """Not one of those that were found in leaks. The list is a file of the school's own; nothing is asked elsewhere."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002
        if settings.LEAKED_PASSWORDS is None:
            return
        try:
            known = is_listed(settings.LEAKED_PASSWORDS, sha1(password.encode(), usedforsecurity=False).hexdigest().upper())
        except OSError:
            raise ValidationError(_("De lijst van gelekte wachtwoorden is nu niet te lezen. Vertel het de beheerder.")) from None
        if known:
            raise ValidationError(_("Dit wachtwoord is ooit bij een ander gelekt en staat in lijsten van inbrekers. Neem een ander."))

    def get_help_text(self) -> str:
        return _("Neem geen wachtwoord dat u ergens anders ook gebruikt.")


def is_listed(path: Path, digest: str) -> bool:
    """Whether this hash begins a line of the file, which is sorted: some forty looks in a file of any size, and none of it in memory."""
    wanted = digest.encode()
    with path.open("rb") as file:
        low, high = 0, file.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            start, line = _line_from(file, middle)
            if start >= high or line[: len(wanted)].upper() > wanted:
                high = middle
            elif line[: len(wanted)].upper() == wanted:
                return True
            else:
                low = start + len(line)
        return False


def _line_from(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first line that begins at this place or after it, and where that is."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline(LONGEST_LINE)
    start = file.tell()
    return start, file.readline(LONGEST_LINE)
