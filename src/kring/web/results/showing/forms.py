"""With whom a result was talked about, and what they say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.acting import LONGEST_RESPONSE


class ShowForm(forms.Form):
    """Ticked after the talk."""

    to_pupil = forms.BooleanField(label=_("Ik heb dit besproken met de leerling. De leerling mag het in Kring lezen."), required=False)
    to_guardians = forms.BooleanField(
        label=_("Ik heb dit besproken met de ouders. Ouders met gezag mogen het in Kring lezen."), required=False
    )


class ResponseForm(forms.Form):
    """In one's own words."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST_RESPONSE)
