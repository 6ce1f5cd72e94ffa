"""The file, and the same file once more when it is made real."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 200_000


class RoleFileForm(forms.Form):
    """Somebody's own table of who gets which role: a file, or pasted."""

    file = forms.FileField(
        label=_("Het bestand met rollen (Excel of CSV)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
    )
    pasted = forms.CharField(
        label=_("Of plak de lijst hier"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Kopieer in Excel de hele tabel, met de kopregel, en plak die hier."),
    )

    def clean_file(self) -> bytes:
        brought = self.cleaned_data["file"]
        if brought and brought.size > MOST_BYTES:
            raise forms.ValidationError(_("Dit bestand is te groot voor een lijst van rollen. Kijk of het het goede is."))
        return bytes(brought.read()) if brought else b""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("file") and (given.get("pasted") or "").strip():
            self.add_error("pasted", _("Kies een bestand of plak de lijst, niet allebei."))
        elif not given.get("file") and not (given.get("pasted") or "").strip() and not self.errors:
            self.add_error("file", _("Kies een bestand, of plak de lijst hieronder."))
        return given

    def brought(self) -> bytes:
        """The list, however it came."""
        return self.cleaned_data["file"] or str(self.cleaned_data["pasted"]).encode()


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
