"""What somebody types in an activity plan: what the class needs, and an action."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.day_fields import day_field
from kring.web.plans.activities.actions import NewStep, Question, Seen
from kring.web.plans.groups.forms import EvaluationForm as GroupEvaluationForm
from kring.web.plans.models import Goal
from kring.web.schools.models import Membership

WEEKS = 8
LEVELS = (
    (Goal.Level.GROUP, _("met de hele groep")),
    (Goal.Level.FAMILY, _("met de ouders")),
    (Goal.Level.STAFF_SCHOOL, _("in het team of de school")),
    (Goal.Level.PUPIL, _("met een paar leerlingen")),
)


class QuestionForm(forms.Form):
    """What it is about, as a need."""

    title = forms.CharField(label=_("Hoe heet het plan?"), max_length=100, help_text=_("Bijvoorbeeld: “Rust bij het naar buiten gaan”."))
    need = forms.CharField(
        label=_("Wat heeft deze groep nodig?"),
        max_length=1000,
        help_text=_("Schrijf wat nodig is, niet wat er mis is of van wie het komt."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_serious = forms.BooleanField(
        label=_("Het is ernstig: iemand is onveilig, of het duurt al weken"),
        required=False,
        help_text=_("Dan horen er meer acties bij die elkaar versterken, ook een met de ouders."),
    )
    ends_on = day_field(_("Wanneer kijkt u terug?"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"ends_on": today + timedelta(weeks=WEEKS)})

    def question(self) -> Question:
        return Question(**self.cleaned_data)


class StepForm(forms.Form):
    """One action."""

    text = forms.CharField(label=_("Wat gaat u doen?"), max_length=300)
    level = forms.ChoiceField(label=_("Met wie?"), choices=LEVELS)
    owner = forms.ChoiceField(label=_("Wie zorgt ervoor?"), help_text=_("Deze collega krijgt het als taak."))
    ends_on = day_field(_("Klaar op"))

    def __init__(self, data: Any = None, *, owners: Sequence[Membership], until: date | None) -> None:
        super().__init__(data, initial={"ends_on": until})
        self.owners = {str(one.pk): one for one in owners}
        self.fields["owner"].choices = [(key, str(one.person)) for key, one in self.owners.items()]  # type: ignore[attr-defined]

    def step(self) -> NewStep:
        return NewStep(**{**self.cleaned_data, "owner": self.owners[self.cleaned_data["owner"]]})


class EvaluationForm(GroupEvaluationForm):
    """As of a group plan."""

    def seen(self) -> Seen:
        return Seen(**self.cleaned_data)
