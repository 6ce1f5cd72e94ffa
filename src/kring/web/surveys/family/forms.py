"""Which list, and what came on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ListForm(forms.Form):
    """Which of the lists on the page."""

    instrument = forms.ChoiceField()

    def __init__(self, *args: Any, keys: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class PaperObjectionForm(forms.Form):
    """Who said it, and about which list."""

    who = forms.ChoiceField(label=_("Wie heeft dit gezegd of getekend?"), widget=forms.RadioSelect)
    instrument = forms.ChoiceField(label=_("Aan welke lijst doet deze leerling niet mee?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[tuple[str, str]], lists: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = people  # type: ignore[attr-defined]
        self.fields["instrument"].choices = lists  # type: ignore[attr-defined]
