"""Whom one asks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """One adult of the school."""

    adult = forms.ChoiceField(label=_("Wie is het?"))

    def __init__(self, *args: Any, adults: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adult"].choices = [("", _("Kies iemand van school")), *adults]  # type: ignore[attr-defined]
