"""What a child types, taps or shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.classroom import PICTURES


class DoorForm(forms.Form):
    """The code on the board; or the words of a device that was in before the hand-over."""

    code = forms.CharField(
        label=_("De code op het bord"),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "go", "data-code": ""}
        ),
    )
    device = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)
    ended = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)  # how the seat before ended


class TabletForm(forms.Form):
    """The number on the back of the tablet."""

    tablet = forms.RegexField(r"^[\w -]{1,12}\Z", label=_("Nummer van deze tablet"), strip=True)


class KeyForm(forms.Form):
    """Whose name, and what that child knows."""

    pupil = forms.UUIDField()
    pictures = forms.MultipleChoiceField(choices=[(one, one) for one in PICTURES], required=False)
    pin = forms.CharField(max_length=20, required=False)


class CardForm(forms.Form):
    """What stands in the QR code of a card."""

    card = forms.CharField(max_length=60)
