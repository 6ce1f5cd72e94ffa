"""What people fill in about a deepened cycle."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.deepening import Setting
from kring.web.day_fields import day_field
from kring.web.edited import ReadField
from kring.web.plans.deepened.actions import PARTS, Written
from kring.web.plans.first_steps import StepsForm
from kring.web.plans.models import Plan
from kring.web.plans.trials.forms import TrialForm, long_text
from kring.web.schools.models import Guardian
from kring.web.templatetags.opp import METHODS

SETTINGS = ((Setting.CLASS.value, _("in de klas")), (Setting.PLAYGROUND.value, _("op het plein")), (Setting.HOME.value, _("thuis")))


class OpenForm(StepsForm):
    """Begin: what it is about, and when."""

    always_asked = ("because",)  # the rule itself says so, in its own words
    title = forms.CharField(label=_("Waar gaat het om, in een paar woorden?"), max_length=120)
    because = forms.CharField(
        label=_("Waarom zonder korte interventie vooraf?"),
        max_length=300,
        required=False,
        help_text=_("Gewoonlijk probeert u eerst iets kleins. Sla u dat over, schrijf dan op waarom."),
    )
    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Wanneer kijkt u of het hielp?"))

    def __init__(self, *args: Any, has_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_first:
            del self.fields["because"]

    def opening(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        said = {name: given[name] for name in ("title", "starts_on", "ends_on")}
        return {**said, "because": given.get("because", ""), "steps": self.said_steps()}


class DocumentForm(forms.Form):
    """The growing document: overview, insight, outlook, and what may not be forgotten."""

    always_asked = ("outside", "outside_because")  # before it is agreed upon
    title = forms.CharField(label=_("Waar gaat het om?"), max_length=120)
    overview = long_text(_("Overzicht: wat gaat goed, wat zien wij, wat probeerden wij?"), required=False)
    insight = long_text(_("Inzicht: hoe komt het, denken wij samen?"), required=False)
    outlook = long_text(_("Uitzicht: wat willen leerling, ouders en school?"), required=False)
    others = forms.CharField(
        label=_("Gaan alle doelen over de leerling? Waarom is dat zo?"),
        max_length=300,
        required=False,
        help_text=_("Alleen nodig als u geen doel voor de klas, de school of thuis hebt."),
    )
    outside = forms.ChoiceField(
        label=_("Is hulp van buiten gewenst?"), choices=(("yes", _("ja")), ("no", _("nee"))), required=False, widget=forms.RadioSelect
    )
    outside_because = forms.CharField(label=_("Waarom wel of niet?"), max_length=300, required=False)
    transfer = long_text(
        _("Waar moet het straks ook lukken, en wie helpt daarbij herinneren?"),
        required=False,
        help_text=_("In de klas, op het plein en thuis. Anders blijft het bij de oefening."),
    )
    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Wanneer kijkt u of het hielp?"))
    read = ReadField()

    def written(self) -> Written:
        given = self.cleaned_data
        parts = {name: given[name] for name in PARTS}
        return Written(title=given["title"], parts=parts, starts_on=given["starts_on"], ends_on=given["ends_on"])


def as_filled(plan: Plan) -> dict[str, Any]:
    """The document as it stands."""
    days = {"starts_on": plan.starts_on, "ends_on": plan.ends_on}
    return {"title": plan.title, **{name: plan.parts.get(name, "") for name in PARTS}, **days, "read": plan.edited_at}


class GoalForm(TrialForm):
    """A goal and what is done for it; the days are those of the document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("in_pupil", "in_surroundings", "starts_on", "ends_on", "because", "read"):
            del self.fields[name]

    @property
    def step_fields(self) -> list[forms.BoundField]:
        return self.part("what", "core_steps", "executor", "where", "times_a_week")


class FamilyForm(forms.Form):
    """What one of the guardians said to what the family does."""

    guardian = forms.ChoiceField(label=_("Wie gaf antwoord?"), widget=forms.RadioSelect)
    answer = forms.ChoiceField(
        label=_("Wat was het antwoord?"), choices=(("yes", _("akkoord")), ("no", _("niet akkoord"))), widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label=_("Hoe is dit gezegd?"),
        choices=[(key, words) for key, words in METHODS.items() if key != "account"],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Wat zei deze persoon erbij?"), max_length=300, required=False)

    def __init__(self, *args: Any, guardians: Sequence[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(one.pk): one for one in guardians}
        self.fields["guardian"].choices = [(key, str(one)) for key, one in self.guardians.items()]  # type: ignore[attr-defined]

    @property
    def who(self) -> Guardian:
        return self.guardians[self.cleaned_data["guardian"]]


class TransferForm(forms.Form):
    """Where it was used."""

    setting = forms.ChoiceField(label=_("Waar?"), choices=SETTINGS, widget=forms.RadioSelect)
    used = forms.ChoiceField(
        label=_("Gebruikte de leerling het daar?"), choices=(("yes", _("ja")), ("no", _("nee"))), widget=forms.RadioSelect
    )
    told_by = forms.CharField(label=_("Wie vertelde of zag het?"), max_length=120, required=False)
    on = day_field(_("Op welke dag?"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
