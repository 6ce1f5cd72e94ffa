"""Somebody for a group."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.day_fields import day_field
from kring.web.page import role_label
from kring.web.people.dates import begins, ends_after
from kring.web.people.teaching.actions import WantedTurn
from kring.web.schools.models import Membership


class TurnForm(forms.Form):
    """Who, from when until when, instead of whom."""

    who = forms.ChoiceField(label=_("Wie?"))
    from_on = day_field(_("Vanaf"))
    until_on = day_field(_("Tot en met"), required=False, help_text=_("Leeg: zonder einddatum."))
    replaces = forms.ChoiceField(
        label=_("Vervangt deze collega iemand?"), required=False, help_text=_("Wie vervangt, doet dat tot en met een dag.")
    )

    def __init__(self, *args: Any, teachers: Sequence[Membership], present: Sequence[Membership], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teachers = {str(hat.pk): hat for hat in teachers}
        self.present = {str(hat.pk): hat for hat in present}
        named = [(key, f"{hat.person} ({role_label(hat.role)})") for key, hat in self.teachers.items()]
        self.fields["who"].choices = [("", _("Kies een collega")), *named]  # type: ignore[attr-defined]
        here = [(key, str(hat.person)) for key, hat in self.present.items()]
        self.fields["replaces"].choices = [("", _("Nee")), *here]  # type: ignore[attr-defined]
        self.fields["from_on"].initial = today

    def wanted(self) -> WantedTurn:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return WantedTurn(
            hat=self.teachers[given["who"]],
            from_at=begins(given["from_on"]),
            until_at=ends_after(given["until_on"]),
            replaces=self.present.get(given["replaces"]),
        )
