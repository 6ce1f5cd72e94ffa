"""A later day for one list; and why a round is opened again, until when."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class LaterForm(forms.Form):
    """Until which day this one list may come."""

    until = _day(_("Tot en met welke dag?"), _("Een schooldag na de laatste dag van de afname. Sluit u de afname eerder, dan geldt dat."))


class ReopenForm(forms.Form):
    """Both are read by everybody who sees the round."""

    reason = forms.CharField(
        label=_("Waarom gaat de afname weer open?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Iedereen die de afname ziet, leest dit. Noem geen namen."),
    )
    until = _day(_("Open tot en met"))

    def __init__(self, *args: Any, proposed: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = proposed
