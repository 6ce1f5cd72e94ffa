"""What of the list somebody wants to see."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.attention import Level
from kring.web.attention.queries import Wanted

LEVELS = (("0", _("iedereen")), ("1", _("volgen en hoger")), ("2", _("bespreken en hoger")), ("3", _("met voorrang")))
ORDERS = (
    ("inward", _("meeste punten naar binnen")),
    ("outward", _("meeste punten naar buiten")),
    ("discussed", _("langst niet besproken")),
    ("name", _("naam")),
)


class ListForm(forms.Form):
    """Everything may be left out: then it is everybody from “volgen” on."""

    group = forms.ChoiceField(label=_("Groep"), required=False)
    level = forms.ChoiceField(label=_("Vanaf"), choices=LEVELS, required=False)
    order = forms.ChoiceField(label=_("Volgorde"), choices=ORDERS, required=False)
    quiet = forms.BooleanField(label=_("Alleen wie stil is of wie lang niemand zag"), required=False)

    def __init__(self, *args: Any, groups: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("alle groepen")), *((str(key), name) for key, name in groups)]  # type: ignore[attr-defined]
        self.initial = {"level": str(int(Level.FOLLOW)), "order": "inward", **self.initial}

    def wanted(self) -> Wanted:
        """What cannot be read is left out."""
        said = self.cleaned_data if self.is_valid() else {}
        group, level = said.get("group"), said.get("level")
        return Wanted(
            UUID(group) if group else None,
            int(level) if level else Level.FOLLOW,
            quiet=bool(said.get("quiet")),
            order=said.get("order") or "inward",
        )
