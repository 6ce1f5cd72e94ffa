"""Which list, of which guardians, why, until when."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.guardian_lists import LEAST_REASON
from kring.core.instruments import Instrument
from kring.core.rounds import Window
from kring.web.schools.models import Guardianship
from kring.web.surveys.guardian_lists.actions import ForGuardians


class GuardianListForm(forms.Form):
    """Everything on one page."""

    instrument = forms.ChoiceField(label=_("Welke lijst?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Waarom vraagt u dit?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In gewone woorden, minstens %(least)d letters. De ouders lezen deze zin precies zo."),
    )
    guardians = forms.MultipleChoiceField(
        label=_("Aan wie?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Alleen wie gezag heeft, staat hier. Ieder vult een eigen lijst in en ziet die van de ander niet."),
    )
    closes_on = forms.DateField(
        label=_("Invullen kan tot en met"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Voorgesteld: twee weken school."),
    )

    def __init__(
        self, *args: Any, lists: Sequence[Instrument], ties: Sequence[Guardianship], window: Window, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.has_guardians = today, bool(ties)
        self.fields["reason"].help_text = self.fields["reason"].help_text % {"least": LEAST_REASON}  # in the language of now
        self.lists = {f"{one.key}:{one.version}": one for one in lists}
        self.fields["instrument"].choices = [(key, one.title) for key, one in self.lists.items()]  # type: ignore[attr-defined]
        self.fields["instrument"].initial = next(iter(self.lists), None)
        self.fields["guardians"].choices = [(str(tie.guardian_id), str(tie.guardian)) for tie in ties]  # type: ignore[attr-defined]
        self.fields["guardians"].initial = [str(tie.guardian_id) for tie in ties]
        self.fields["closes_on"].initial = window.closes_on

    def wanted(self) -> ForGuardians:
        """As the action takes it. Raises RoundClosesBeforeItOpens."""
        given = self.cleaned_data
        guardians = tuple(UUID(key) for key in given["guardians"])
        return ForGuardians(self.lists[given["instrument"]], guardians, given["reason"], Window(self.today, given["closes_on"]))
