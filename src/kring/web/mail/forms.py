"""What somebody types about messages: an address, a code, how often."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kring.core.errors import BrokenRule
from kring.core.mail import LONGEST_ADDRESS, HowOften, tidy_address
from kring.web.wording import sentence


class OneLine(forms.CharField):
    """As it was typed, also what does not belong in an address: the rule says what is wrong with it."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "email", "inputmode": "email", "autocapitalize": "off", "spellcheck": "false"}
        super().__init__(max_length=LONGEST_ADDRESS, widget=forms.TextInput(attrs=attributes), **kwargs)


class AddressForm(forms.Form):
    """Where messages are to go."""

    address = OneLine(
        label=_("E-mailadres"),
        help_text=_("Een adres dat u alleen zelf leest. Liefst dat van uw werk; dat houdt op als u ergens anders gaat werken."),
    )

    def clean_address(self) -> str:
        try:
            return tidy_address(self.cleaned_data["address"])
        except BrokenRule as broken:
            raise ValidationError(sentence(broken)) from None


class CodeForm(forms.Form):
    """What stands in the message."""

    code = forms.CharField(
        label=_("Code uit het bericht"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class HowOftenForm(forms.Form):
    """Daily, at once or never."""

    how_often = forms.ChoiceField(
        label=_("Hoe vaak wilt u een bericht?"),
        widget=forms.RadioSelect,
        choices=[
            (HowOften.DAILY.value, _("Hooguit één keer per dag")),
            (HowOften.AT_ONCE.value, _("Meteen als er iets is")),
            (HowOften.NEVER.value, _("Nooit; ik kijk zelf in Kring")),
        ],
    )
