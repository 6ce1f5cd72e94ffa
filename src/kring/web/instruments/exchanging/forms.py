"""The file that somebody chooses, and the list that was read out of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kring.core.sketches import Sketch
from kring.library.foreign.leftovers import Brought
from kring.web.instruments.exchanging.reading import read_list
from kring.web.instruments.exchanging.sealing import opened
from kring.web.schools.models import Membership

ACCEPT = ".yaml,.yml,.json,.lss,.xml,.csv,.xlsx"


def _file(label: Any, **more: Any) -> forms.FileField:
    return forms.FileField(label=label, widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}), **more)


class BringForm(forms.Form):
    """One file; formr in CSV has a second one."""

    file = _file(_("Het bestand met de vragenlijst"), help_text=_("Kring ziet zelf wat voor bestand het is."))
    choices = _file(
        _("Het bestand met de antwoorden"),
        required=False,
        help_text=_("Alleen bij formr in CSV: het blad “choices”. Laat het anders leeg."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in self.fields:
            brought: UploadedFile[Any] | None = given.get(name)
            if brought and (brought.size or 0) > settings.UPLOAD_LIMIT:
                self.add_error(name, _("Dit bestand is te groot om een vragenlijst te zijn. Kijk of het het goede is."))
        return given

    def brought(self) -> Brought:
        """What was in it. Raises FilesRefused."""
        file, choices = self.cleaned_data["file"], self.cleaned_data.get("choices")
        return read_list(file.name or "", file.read(), (choices.name or "", choices.read()) if choices else None)


class KeepForm(forms.Form):
    """The list as it was shown."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=400_000)

    def __init__(self, *args: Any, actor: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_shown(self) -> Sketch:
        sketch = opened(self.actor, self.cleaned_data["shown"])
        if sketch is None:
            raise forms.ValidationError(_("Deze voorvertoning is verlopen. Kies het bestand opnieuw; er is niets bewaard."))
        return sketch
