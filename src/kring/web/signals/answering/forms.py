"""How a signal is answered, and whom it is about."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kring.core.signals import Answered
from kring.web.schools.models import Group, Pupil
from kring.web.signals.answering.actions import Answer
from kring.web.signals.models import SignalAnswer
from kring.web.signals.noting.forms import signs_field
from kring.web.signals.words import STEPS


class AnswerForm(forms.Form):
    """One of three, with a judgement and one reason."""

    kind = forms.ChoiceField(label=_("Wat doet u ermee?"), choices=SignalAnswer.Kind.choices, widget=forms.RadioSelect)
    until_on = forms.DateField(
        label=_("Tot welke dag kijkt u het aan?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Alleen bij aankijken, hooguit zes weken. Op die dag vraagt Kring het opnieuw."),
    )
    judgement = forms.ChoiceField(label=_("Klopt het?"), choices=SignalAnswer.Judgement.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Eén reden die een collega begrijpt. Een antwoord verandert niet meer; u kunt er later een nieuw bij zetten."),
    )
    first_steps = forms.MultipleChoiceField(
        label=_("Eerste stappen"),
        choices=[(step.value, word) for step, word in STEPS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Doet u iets? Zet deze stappen eerst. Zijn ze alle drie gezet, dan kunt u een plan beginnen."),
    )

    def answer(self) -> Answer:
        """As the action takes it."""
        said = self.cleaned_data
        return Answer(Answered(said["kind"]), said["judgement"], said["reason"], said["until_on"], tuple(said["first_steps"]))


class _PupilField(forms.ModelChoiceField):  # type: ignore[type-arg]
    pass


class _GroupField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Group) -> str:
        return obj.name


class TieForm(forms.Form):
    """A pupil or a class, among those that one may write about."""

    pupil = _PupilField(label=_("Welke leerling?"), queryset=None, required=False, empty_label=_("kies een leerling"))
    group = _GroupField(label=_("Of welke groep?"), queryset=None, required=False, empty_label=_("geen groep"))
    signs = signs_field(_("Wat herkent u hierin? Tik alleen aan wat er staat"))

    def __init__(self, *args: Any, pupils: "QuerySet[Pupil]", groups: "QuerySet[Group]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("pupil", pupils), ("group", groups)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        said = super().clean() or {}
        if bool(said.get("pupil")) == bool(said.get("group")):
            raise forms.ValidationError(_("Kies een leerling of een groep, en niet allebei."))
        return said

    def whom(self) -> Pupil | Group:
        """Who was meant."""
        whom: Pupil | Group = self.cleaned_data["pupil"] or self.cleaned_data["group"]
        return whom
