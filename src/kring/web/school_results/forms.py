"""What the school wants to reach."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.school_results.actions import Wanted
from kring.web.school_results.drawing import Wishes


class AmbitionForm(forms.Form):
    """The three ambitions: green on every area, on every part of safety, and few pupils in the care zone."""

    percent = forms.IntegerField(
        label=_("Hoe hoog mag de zorgscore zijn, in procenten?"),
        min_value=1,
        max_value=99,
        help_text=_("Precies dit percentage is nog gehaald. Kring stelt 20 voor."),
    )
    reds_needed = forms.TypedChoiceField(
        label=_("Wanneer valt een leerling in de zorgzone?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (1, _("Minstens 1 gebied rood")),
            (2, _("Minstens 2 gebieden rood")),
            (3, _("Minstens 3 gebieden rood")),
        ],
        help_text=_(
            "Bij 1 gebied valt door toeval alleen al een derde tot de helft van de leerlingen in de zorgzone. "
            "Uw keuze geldt voor afnames die hierna worden afgesloten."
        ),
    )
    green = forms.MultipleChoiceField(
        label=_("Op welke gebieden wil de school gemiddeld groen zijn?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, parts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = frozenset(parts)
        self.fields["green"].choices = list(parts.items())  # type: ignore[attr-defined]
        if not parts:
            del self.fields["green"]

    @staticmethod
    def known(wishes: Wishes, parts: Mapping[str, str]) -> dict[str, Any]:
        """What stands there now."""
        green = [part for part in parts if part not in wishes.dropped]
        return {"percent": round(100 * wishes.highest), "reds_needed": wishes.reds_needed, "green": green}

    def wanted(self) -> Wanted:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return Wanted(given["percent"], given["reds_needed"], frozenset(given.get("green", ())), self.parts)
