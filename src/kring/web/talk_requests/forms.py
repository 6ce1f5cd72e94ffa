"""A walk-in hour, as pupils read it."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kring.web.talk_requests.actions import Hour


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class WalkInHourForm(forms.Form):
    """Who, when and where."""

    name = forms.CharField(label=_("Wie is er?"), max_length=80)
    profession = forms.CharField(
        label=_("Wat doet die persoon?"), max_length=80, help_text=_("Bijvoorbeeld: jeugdverpleegkundige of schoolmaatschappelijk werker.")
    )
    weekday = forms.TypedChoiceField(label=_("Op welke dag?"), choices=[(n, capfirst(WEEKDAYS[n])) for n in range(5)], coerce=int)
    starts_at = _clock(_("Van"))
    ends_at = _clock(_("Tot"))
    place = forms.CharField(label=_("Waar?"), max_length=80)
    for_whom = forms.CharField(label=_("Voor welke groepen?"), max_length=80, required=False, help_text=_("Leeg: voor iedereen."))
    text = forms.CharField(
        label=_("Wat wilt u er nog bij zeggen?"),
        max_length=300,
        required=False,
        help_text=_("Eén zin voor leerlingen, zoals: “Je mag ook samen met een vriend komen.”"),
    )

    def hour(self) -> Hour:
        return Hour(**self.cleaned_data)
