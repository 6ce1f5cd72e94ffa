"""In one's own words."""

from django import forms

from kring.core.acting import LONGEST_RESPONSE


class ResponseForm(forms.Form):
    """What one wants to add; empty when it is right as it stands."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_RESPONSE, required=False)
