"""What was talked over with the pupil, and that the parents were told. What is typed here leaves the browser locked, or when it is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.telling import Says
from kring.web.cards.actions import Talked
from kring.web.cards.models import ParentTelling
from kring.web.day_fields import day_field


class TalkedForm(forms.Form):
    """That and when it was talked over, and what the pupil said."""

    sealed = True

    talked_on = day_field(_("Op welke dag praatte u met de leerling?"))
    said = forms.ChoiceField(
        label=_("Wat zei de leerling over vertellen aan de ouders?"), choices=ParentTelling.Said.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Wat spraken jullie af?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bijvoorbeeld wie het vertelt, wanneer, en wat niet. Alleen u en de intern begeleider lezen dit."),
    )

    def talked(self, card: str) -> Talked:
        given = self.cleaned_data
        return Talked(given["talked_on"], Says(given["said"]), given["note"], card)


class ToldForm(forms.Form):
    """When the parents were told, and why if the pupil did not agree."""

    sealed = True

    told_on = day_field(_("Op welke dag hoorden de ouders het?"))
    because = forms.CharField(
        label=_("Zei de leerling geen ja? Waarom kon het niet wachten?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
