"""Why something is thrown away."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ThrowForm(forms.Form):
    """The reason."""

    reason = forms.CharField(
        label=_("Waarom gooit u deze antwoorden weg?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Deze reden blijft bewaard, de antwoorden niet."),
    )
