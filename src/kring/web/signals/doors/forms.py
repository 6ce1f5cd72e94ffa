"""The name of a door; and what somebody before it fills in."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.signals.doors.rows import Brought
from kring.web.signals.noting.forms import SeenForm, fact_field

CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "go"}


class NewDoorForm(forms.Form):
    """Where it hangs, or for whom it is."""

    name = forms.CharField(
        label=_("Waar hangt het, of voor wie is het?"), max_length=60, help_text=_("Bijvoorbeeld: kantine, sportclub of conciërge.")
    )


class KnockForm(forms.Form):
    """The code on the paper."""

    code = forms.CharField(label=_("De code op het papier"), max_length=40, required=False, widget=forms.TextInput(attrs=CODE))


class DoorForm(SeenForm):
    """One screen, and no list of names."""

    about = forms.CharField(
        label=_("Over wie gaat het?"), max_length=200, help_text=_("Een naam als u die weet, een klas, of hoe het kind eruitziet.")
    )
    fact = fact_field(required=True)
    handed_in_by = forms.CharField(label=_("Uw naam"), max_length=80, required=False)
    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    field_order = ("about", "fact", "place", "day", "clock", "handed_in_by")

    def brought(self) -> Brought:
        """As the door takes it in."""
        said = self.cleaned_data
        return Brought(said["about"], said["handed_in_by"], str(said["once"]), self.seen())


class ReceiptForm(forms.Form):
    """The receipt of something that was handed in before."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    receipt = forms.CharField(label=_("Uw ontvangstcode"), max_length=40, widget=forms.TextInput(attrs=CODE))
