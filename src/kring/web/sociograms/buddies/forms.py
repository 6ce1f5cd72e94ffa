"""Two names, and what each said."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.sociograms.buddies.actions import Said

ANSWERS = (("", _("nog niet gevraagd")), ("yes", _("zei ja")), ("no", _("zei nee")))
SAYS = {"": None, "yes": True, "no": False}


class BuddiesForm(forms.Form):
    """Whom somebody asked."""

    first = forms.ChoiceField(label=_("Eerste leerling"))
    first_says = forms.ChoiceField(label=_("Wat zei de eerste leerling?"), choices=ANSWERS, required=False)
    second = forms.ChoiceField(label=_("Tweede leerling"))
    second_says = forms.ChoiceField(label=_("Wat zei de tweede leerling?"), choices=ANSWERS, required=False)

    def __init__(self, *args: Any, names: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("first", "second"):
            self.fields[field].choices = [("", _("Kies een leerling")), *((str(key), name) for key, name in names.items())]  # type: ignore[attr-defined]

    def said(self) -> Said:
        """As the action takes it."""
        given = self.cleaned_data
        return Said((UUID(given["first"]), UUID(given["second"])), (SAYS[given["first_says"]], SAYS[given["second_says"]]))
