"""For whom cards are made, and what stands on them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CardsForm(forms.Form):
    """Who gets a new card, and what stands on it beside the QR code."""

    knows = forms.ChoiceField(
        label=_("Wat komt er naast de QR-code op de kaart?"),
        choices=[("pictures", _("Drie plaatjes om aan te tikken (voor jonge kinderen)")), ("pin", _("Een pincode van zes cijfers"))],
        widget=forms.RadioSelect,
    )
    pupils = forms.MultipleChoiceField(label=_("Voor wie?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, pupils: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(pupils)
        self.fields["pupils"].choices = listed  # type: ignore[attr-defined]
        self.fields["pupils"].initial = [key for key, _label in listed]
