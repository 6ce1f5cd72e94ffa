"""The file, and the same file once more when it is made real."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 200_000


class RoleFileForm(forms.Form):
    """Somebody's own table of who gets which role."""

    file = forms.FileField(label=_("Het bestand met rollen (CSV)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))

    def clean_file(self) -> bytes:
        brought = self.cleaned_data["file"]
        if brought.size > MOST_BYTES:
            raise forms.ValidationError(_("Dit bestand is te groot voor een lijst van rollen. Kijk of het het goede is."))
        return bytes(brought.read())


class ApplyForm(forms.Form):
    """What was shown goes along, so that exactly that is made real; many roles for the whole school are looked at once more."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=2 * MOST_BYTES)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    looked = forms.BooleanField(label=_("Ik heb deze rollen één voor één nagekeken"), required=False)

    def __init__(self, *args: Any, asks_look: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_look:
            del self.fields["looked"]
        else:
            self.fields["looked"].required = True
