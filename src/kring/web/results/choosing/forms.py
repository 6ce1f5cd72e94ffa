"""What somebody says about one direction."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.results.choosing.actions import Choice


class ChoiceForm(forms.Form):
    """Sent by a button under one entry: taken up, or declined with a reason."""

    scale = forms.CharField(max_length=60, widget=forms.HiddenInput)
    entry = forms.CharField(max_length=60, widget=forms.HiddenInput)
    taken = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Waarom niet?"), max_length=300, required=False)

    @property
    def choice(self) -> Choice:
        given = self.cleaned_data
        return Choice(given["scale"], given["entry"], given["taken"] == "yes", given["reason"])
