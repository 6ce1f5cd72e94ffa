"""Sharing what is known of a pupil."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShareForm(forms.Form):
    """Who else may see it."""

    to_pupil = forms.BooleanField(label=_("Ook tonen aan de leerling"), required=False)
    to_guardians = forms.BooleanField(label=_("Ook tonen aan de ouders met gezag"), required=False)
