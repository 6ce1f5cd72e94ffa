"""Several files at once; and of each of them whose photo it is."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kring.attachments import portrait
from kring.core.errors import BrokenRule
from kring.core.photos import MOST_AT_ONCE

LONGEST_NAME = 120


class ManyFiles(forms.ClearableFileInput):
    """The file field of a browser, for more than one."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """A list of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(PhotosField, self).clean(one, initial) for one in given or [None]]


class BringForm(forms.Form):
    """The photos of a class."""

    photos = PhotosField(
        label=_("Kies de foto’s"),
        help_text=_("JPG, PNG of WebP, samen hooguit 40 MB. Staat de naam van de leerling in die van het bestand? Dan zoekt Kring hem op."),
        widget=ManyFiles(attrs={"accept": ".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Kies minstens één foto."), "empty": _("Een van de bestanden is leeg. Laat dat weg.")},
    )

    def files_brought(self) -> "list[UploadedFile[bytes]]":
        """As the browser sent them."""
        return list(self.cleaned_data["photos"])


class MatchForm(forms.Form):
    """Per photo the pupil; `photos` are names of files with their small picture, which travel along and are kept nowhere until then."""

    def __init__(
        self,
        *args: Any,
        pupils: Sequence[tuple[str, str]],
        photos: Sequence[tuple[str, bytes]],
        proposed: Sequence[UUID | None] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.photos = photos
        choices = [("", _("Deze foto niet gebruiken")), *pupils]
        for number, (file, _picture) in enumerate(photos):
            first = proposed[number] if number < len(proposed) else None
            self.fields[f"pupil-{number}"] = forms.ChoiceField(label=file, choices=choices, required=False, initial=str(first or ""))

    def lines(self) -> list[tuple[Any, str, str]]:
        """Per photo the field, the name of the file and the picture, as the page shows them and sends them along."""
        return [(self[f"pupil-{number}"], file, b64encode(picture).decode()) for number, (file, picture) in enumerate(self.photos)]

    def chosen(self) -> list[tuple[UUID, bytes]]:
        """The pupils with their pictures; what was left out is not among them."""
        given = [(self.cleaned_data[f"pupil-{number}"], picture) for number, (_file, picture) in enumerate(self.photos)]
        return [(UUID(pupil), picture) for pupil, picture in given if pupil]


def sent_along(data: Any) -> list[tuple[str, bytes]]:
    """The small pictures that came back with the form, drawn anew once more: what a browser sends can be anything."""
    names, pictures = data.getlist("file")[:MOST_AT_ONCE], data.getlist("picture")[:MOST_AT_ONCE]
    found = []
    for name, picture in zip(names, pictures, strict=False):
        try:
            found.append((name[:LONGEST_NAME], portrait(b64decode(picture, validate=True), name[:LONGEST_NAME])))
        except (Error, ValueError, BrokenRule):
            continue
    return found
