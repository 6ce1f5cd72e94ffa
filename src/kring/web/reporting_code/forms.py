"""A suspicion, a note and a seat. What is typed here leaves the browser locked, or when it is sent."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kring.core.reporting_code import CodeDecision, CodeStep, NoteKind, StepTaken
from kring.web.day_fields import day_field
from kring.web.page import hat_label
from kring.web.reporting_code.actions import About, Note
from kring.web.schools.models import Membership, Pupil

KINDS = {
    NoteKind.NOTED: _("iets wat is gezien of gehoord"),
    NoteKind.CONSULTED: _("overleg met iemand die weet om wie het gaat"),
    NoteKind.CONSULTED_WITHOUT_NAME: _("overleg zonder naam, bijvoorbeeld met Veilig Thuis"),
}


class _PupilField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """By name."""


class FactsForm(forms.Form):
    """Facts, source and what one thinks, each apart."""

    sealed = True

    fact = forms.CharField(
        label=_("Wat hebt u gezien of gehoord?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Schrijf precies op wat u zag of wat er werd gezegd, het liefst woordelijk. Nog niet wat u ervan denkt."),
    )
    source = forms.CharField(
        label=_("Van wie of waar weet u dit?"),
        max_length=200,
        help_text=_("Bijvoorbeeld: zelf gezien op het plein, of verteld door het kind."),
    )
    seen_on = day_field(_("Op welke dag was dat?"))
    interpretation = forms.CharField(
        label=_("Wat denkt u dat er aan de hand is?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dit staat apart van de feiten. U hoeft niets te bewijzen."),
    )

    def note(self) -> Note:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        kind = NoteKind(given.get("kind") or NoteKind.NOTED)
        return Note(given["fact"], given["source"], given["interpretation"], given["seen_on"], kind)


class SuspicionForm(FactsForm):
    """About which pupil as well."""

    pupil = _PupilField(
        label=_("De leerling, als die in deze lijst staat"), queryset=None, required=False, empty_label=_("Kies een leerling")
    )
    called = forms.CharField(
        label=_("Staat de leerling er niet bij? Typ dan de naam"),
        max_length=120,
        required=False,
        help_text=_("Wie dit leest, zoekt op om welke leerling het gaat."),
    )

    def __init__(self, *args: Any, pupils: "QuerySet[Pupil]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pupil"].queryset = pupils  # type: ignore[attr-defined]
        if not pupils.exists():
            del self.fields["pupil"]
            self.fields["called"].label = _("Hoe heet de leerling, en in welke groep zit het kind?")
        self.order_fields(["pupil", "called", "fact", "source", "seen_on", "interpretation"])

    def about(self) -> About:
        return About(self.cleaned_data.get("pupil"), self.cleaned_data["called"])


class NoteForm(FactsForm):
    """Something more: also whom one consulted."""

    kind = forms.ChoiceField(label=_("Wat legt u vast?"), choices=list(KINDS.items()), widget=forms.RadioSelect, initial=NoteKind.NOTED)

    field_order = ("kind", "fact", "source", "seen_on", "interpretation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].label = _("Wat is er gezien, gehoord of geadviseerd?")
        self.fields["source"].label = _("Door wie, of met wie hebt u overlegd?")
        self.fields["source"].help_text = ""


class _ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.person}, {hat_label(obj)}"


class SeatForm(forms.Form):
    """Who is let in."""

    whom = _ColleagueField(label=_("Wie laat u meelezen?"), queryset=None, empty_label=_("Kies een collega"))

    def __init__(self, *args: Any, colleagues: "QuerySet[Membership]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].queryset = colleagues  # type: ignore[attr-defined]


class TieForm(forms.Form):
    """Which pupil was meant."""

    pupil = _PupilField(label=_("Om welke leerling gaat het?"), queryset=None, empty_label=_("Kies een leerling"))

    def __init__(self, *args: Any, pupils: "QuerySet[Pupil]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pupil"].queryset = pupils  # type: ignore[attr-defined]


STEPS = {
    CodeStep.SIGNS: _("Breng de signalen in kaart"),
    CodeStep.ADVICE: _("Overleg met een collega, en vraag advies aan Veilig Thuis"),
    CodeStep.TALK: _("Praat met de ouders, en met het kind"),
    CodeStep.WEIGH: _("Weeg af hoe ernstig het is"),
    CodeStep.DECIDE: _("Besluit met de twee vragen"),
}
HINTS = {
    CodeStep.SIGNS: _("Wat zag en hoorde u, wanneer? Schrijf feiten op, en apart wat u ervan denkt."),
    CodeStep.ADVICE: _("Zonder naam mag altijd. Schrijf op met wie u sprak en wat die u aanraadde."),
    CodeStep.TALK: _("Zeg wat u zag en vraag wat zij ervan vinden. Is praten niet veilig? Overleg eerst met Veilig Thuis."),
    CodeStep.WEIGH: _("Weeg samen met de aandachtsfunctionaris. Twijfelt u? Bel Veilig Thuis."),
    CodeStep.DECIDE: _("U besluit samen en schrijft de antwoorden in eigen woorden op. Kring geeft geen oordeel."),
}
DECISIONS = {
    CodeDecision.REPORT: _("wij melden bij Veilig Thuis"),
    CodeDecision.REPORT_AND_HELP: _("wij melden bij Veilig Thuis en helpen zelf mee"),
    CodeDecision.HELP: _("wij melden niet; wij zorgen voor hulp en spreken af wanneer wij weer kijken"),
    CodeDecision.NOTHING_NEEDED: _("het vermoeden is weggenomen"),
}


class StepForm(forms.Form):
    """One of the five steps: done, or passed over and why."""

    sealed = True

    done_on = day_field(_("Op welke dag?"))
    who = forms.CharField(label=_("Wie deden dit?"), max_length=200)
    asked = forms.CharField(
        label=_("Met wie overlegde u?"),
        max_length=200,
        required=False,
        help_text=_("Een collega, de aandachtsfunctionaris, of iemand van Veilig Thuis."),
    )
    advice = forms.CharField(label=_("Wat was het advies?"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    weighed = forms.CharField(
        label=_("Wat is er gedaan en afgewogen?"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    is_safe_now = forms.CharField(
        label=_("Vraag 1. Is het nu onveilig, of steeds opnieuw?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    can_help_ourselves = forms.CharField(
        label=_("Vraag 2. Kunnen wij zelf, of met anderen, genoeg hulp bieden?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decision = forms.ChoiceField(label=_("Wat besluit u samen?"), choices=list(DECISIONS.items()), widget=forms.RadioSelect, required=False)
    is_skipped = forms.BooleanField(label=_("Wij slaan deze stap over"), required=False)
    skipped_because = forms.CharField(
        label=_("Waarom slaat u deze stap over?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, step: CodeStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        gone = {"is_skipped", "skipped_because"} if step is CodeStep.DECIDE else {"is_safe_now", "can_help_ourselves", "decision"}
        for name in gone if step is CodeStep.ADVICE else gone | {"asked", "advice"}:
            del self.fields[name]

    def taken(self) -> StepTaken:
        """What was filled in, as the rule takes it."""
        given = self.cleaned_data
        decision = given.get("decision")
        return StepTaken(
            self.step,
            given["done_on"],
            weighed=given["weighed"],
            skipped_because=given.get("skipped_because", ""),
            is_skipped=given.get("is_skipped", False),
            asked=given.get("asked", ""),
            is_safe_now=given.get("is_safe_now", ""),
            can_help_ourselves=given.get("can_help_ourselves", ""),
            decision=CodeDecision(decision) if decision else None,
        )
