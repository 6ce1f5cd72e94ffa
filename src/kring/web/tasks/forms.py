"""A task in one line; another day; and why it is not needed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.tasks import LONGEST_TITLE
from kring.web.schools.models import Group, School
from kring.web.schools.naming import group_label
from kring.web.tasks.actions import Typed

BACK = ("home", "tasks")
"""The pages from which one ticks off, and to which one comes back."""


class TaskForm(forms.Form):
    """One line; the day may stand apart, and a group goes along with whoever comes after. The first page has the line alone."""

    line = forms.CharField(
        label=_("Nieuwe taak"),
        max_length=LONGEST_TITLE + 60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Eén regel. Eindig met een komma en een dag: “bellen met de GGD, vr” of “, 12 maart”. "
            "Zonder dag is het voor vandaag, of voor de eerste schooldag."
        ),
    )

    due_on = forms.DateField(label=_("Uiterlijk op"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    group = forms.ChoiceField(
        label=_("Hoort bij een groep"),
        required=False,
        help_text=_(
            "Hebt u de groep niet meer, dan leest en doet een collega deze taak: wie de groep krijgt, of wie alle groepen overziet. "
            "Zonder groep blijft de taak van u."
        ),
    )

    def __init__(self, *args: Any, groups: Sequence[Group], school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        named = [(key, group_label(group, school)) for key, group in self.groups.items()]
        self.fields["group"].choices = [("", _("Nee")), *named]  # type: ignore[attr-defined]
        if not groups:
            del self.fields["group"]

    def typed(self) -> Typed:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return Typed(given["line"], given["due_on"], self.groups.get(given.get("group", "")))


class LaterForm(forms.Form):
    """Another day."""

    to = forms.DateField(label=_("Uitstellen tot"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class DropForm(forms.Form):
    """Why it need not be done."""

    reason = forms.CharField(label=_("Waarom is deze taak niet nodig?"), max_length=200, required=False)
