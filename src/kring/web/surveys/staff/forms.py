"""Which list, of whom, when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.access import Role
from kring.core.instruments import Instrument
from kring.core.rounds import Window
from kring.web.access_words import ROLES
from kring.web.days import spoken_month
from kring.web.schools.models import Group, School
from kring.web.schools.naming import group_label
from kring.web.surveys.staff.actions import ForStaff
from kring.web.surveys.staff.queries import NOT_IN_THE_TEAM


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class StaffListForm(forms.Form):
    """Everything on one page."""

    instrument = forms.ChoiceField(label=_("Welke lijst?"), widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(label=_("Aan welke collega's?"), widget=forms.CheckboxSelectMultiple)
    group = forms.ChoiceField(label=_("Over welke groep?"), required=False, help_text=_("Alleen bij een lijst over een groep."))
    opens_on = _day(_("Open vanaf"))
    closes_on = _day(_("Open tot en met"))

    def __init__(
        self,
        *args: Any,
        lists: Sequence[Instrument],
        roles: Sequence[tuple[Role, int]],
        groups: Sequence[Group],
        school: School,
        window: Window,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lists = {f"{one.key}:{one.version}": one for one in lists}
        self.groups = {str(one.pk): one for one in groups}
        self.fields["instrument"].choices = [(key, one.title) for key, one in self.lists.items()]  # type: ignore[attr-defined]
        self.fields["roles"].choices = [(role.value, f"{ROLES[role]} ({count})") for role, count in roles]  # type: ignore[attr-defined]
        self.fields["roles"].initial = [role.value for role, _count in roles if role not in NOT_IN_THE_TEAM]
        named = [(key, group_label(one, school)) for key, one in self.groups.items()]
        self.fields["group"].choices = [("", _("Over de hele school")), *named]  # type: ignore[attr-defined]
        self.fields["opens_on"].initial, self.fields["closes_on"].initial = window.opens_on, window.closes_on

    def wanted(self) -> ForStaff:
        """As the action takes it. Raises RoundClosesBeforeItOpens."""
        given = self.cleaned_data
        instrument = self.lists[given["instrument"]]
        window = Window(given["opens_on"], given["closes_on"])
        title = f"{instrument.title}, {spoken_month(window.opens_on)}"[:120]
        return ForStaff(instrument, title, tuple(Role(one) for one in given["roles"]), window, self.groups.get(given["group"]))
