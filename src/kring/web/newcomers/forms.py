"""What is filled in about the first weeks. Why somebody left the last school is asked nowhere."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kring.core.newcomers import Step
from kring.web.schools.models import Pupil


class _ClassmateField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """By name."""


class BuddyForm(forms.Form):
    """Somebody of the class beside the new pupil."""

    buddy = _ClassmateField(label=_("Wie loopt de eerste weken mee?"), queryset=None, empty_label=_("Kies een klasgenoot"))
    both_said_yes = forms.BooleanField(label=_("Ik heb het beiden gevraagd, en beiden zeiden ja."), required=False)

    def __init__(self, *args: Any, classmates: "QuerySet[Pupil]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["buddy"].queryset = classmates  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """Something was done on this day."""

    step = forms.ChoiceField(choices=[(step.value, step.value) for step in Step if step is not Step.BUDDY], widget=forms.HiddenInput)
    done_on = forms.DateField(label=_("Op welke dag?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class EndForm(forms.Form):
    """How it went."""

    words = forms.CharField(
        label=_("Hoe gaat het nu?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Is het gesprek niet gehouden? Schrijf dan op waarom u toch stopt."),
    )
