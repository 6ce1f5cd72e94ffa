"""What somebody types who comes in with a letter."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kring.web.accounts.models import Person
from kring.web.people.intake import UNNAMED
from kring.web.people.rows import name_is_free

PLAIN_NAME = RegexValidator(r"^[a-z0-9][a-z0-9._@-]*\Z", _("Gebruik kleine letters, cijfers, punten en streepjes, zonder spaties."))


class CodeForm(forms.Form):
    """The code from the letter."""

    code = forms.CharField(
        label=_("De code uit uw brief"),
        max_length=60,
        help_text=_("Twintig letters en cijfers in groepjes van vier. Streepjes en hoofdletters maken niet uit."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class WayInForm(forms.Form):
    """A user name and a password, chosen by their owner."""

    username = forms.CharField(
        label=_("Gebruikersnaam"),
        min_length=3,
        max_length=60,
        validators=[PLAIN_NAME],
        help_text=_("Hiermee logt u in, bijvoorbeeld: voornaam.achternaam"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Wachtwoord"),
        max_length=200,
        strip=False,
        help_text=_("Minstens 12 tekens. Een paar losse woorden achter elkaar is goed te onthouden en moeilijk te raden."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Wachtwoord, nog een keer"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["username"].initial = "" if person.username.startswith(UNNAMED) else person.username

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        if name.startswith(UNNAMED) or not name_is_free(name, person=self.person):
            raise forms.ValidationError(_("Deze gebruikersnaam is al bezet. Kies een andere."))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        password = given.get("password")
        if password and "again" in given and given["again"] != password:
            self.add_error("again", _("De twee wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde."))
        if password:
            try:
                named = Person(username=given.get("username", ""), given_name=self.person.given_name, family_name=self.person.family_name)
                validate_password(password, named)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return given
