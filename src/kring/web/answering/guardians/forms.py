"""The code of a letter for one list."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LetterCodeForm(forms.Form):
    """As it stands in the letter."""

    code = forms.CharField(
        label=_("De code uit uw brief"),
        max_length=60,
        help_text=_("Twintig letters en cijfers in groepjes van vier. Streepjes en hoofdletters maken niet uit."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
