"""Which list, which groups, from when until when."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.instruments import Instrument
from kring.core.rounds import Window
from kring.web.days import spoken_month
from kring.web.schools.models import Group, School
from kring.web.schools.naming import group_label
from kring.web.surveys.opening.queries import Planned

LASTS = timedelta(days=11)  # from a Monday up to the Friday of the week after


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class RoundForm(forms.Form):
    """Everything in one page; the next one shows whom it asks."""

    instrument = forms.ChoiceField(label=_("Welke lijst?"), widget=forms.RadioSelect)
    groups = forms.MultipleChoiceField(label=_("Welke groepen?"), widget=forms.CheckboxSelectMultiple)
    opens_on = _day(_("Open vanaf"))
    closes_on = _day(_("Open tot en met"))
    title = forms.CharField(
        label=_("Hoe heet deze afname?"),
        max_length=120,
        required=False,
        help_text=_("Leeg: de naam van de lijst met de maand."),
    )

    def __init__(
        self, *args: Any, instruments: Sequence[Instrument], groups: Sequence[Group], school: School, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered_lists = {f"{one.key}:{one.version}": one for one in instruments}
        self.offered_groups = {str(group.pk): group for group in groups}
        self.fields["instrument"].choices = [(key, one.title) for key, one in self.offered_lists.items()]  # type: ignore[attr-defined]
        years = {group.year_id for group in groups}
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (key, group_label(group, school) + (f" ({group.year})" if len(years) > 1 else "")) for key, group in self.offered_groups.items()
        ]
        monday = today + timedelta(days=-today.weekday() % 7)
        self.fields["opens_on"].initial, self.fields["closes_on"].initial = monday, monday + LASTS
        self.fields["groups"].initial = list(self.offered_groups) if len(years) == 1 else []

    def planned(self) -> Planned:
        """What was filled in, as the action takes it. Raises RoundClosesBeforeItOpens."""
        given = self.cleaned_data
        window, instrument = Window(given["opens_on"], given["closes_on"]), self.offered_lists[given["instrument"]]
        title = given["title"] or f"{instrument.title}, {spoken_month(window.opens_on)}"
        return Planned(instrument, title[:120], window, tuple(self.offered_groups[key] for key in given["groups"]))
