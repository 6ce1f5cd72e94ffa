"""For how long a class comes in."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kring.core.classroom import LENGTHS


class LengthForm(forms.Form):
    """Minutes."""

    minutes = forms.TypedChoiceField(
        label=_("Hoe lang mag de klas inloggen?"),
        choices=[(minutes, format_lazy(_("{minutes} minuten"), minutes=minutes)) for minutes in LENGTHS],
        coerce=int,
        initial=60,
        widget=forms.RadioSelect,
    )
