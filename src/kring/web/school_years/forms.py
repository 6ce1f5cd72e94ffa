"""A school year, and days off."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kring.core.calendar import SchoolYear as Year
from kring.web.school_years.actions import NewDays
from kring.web.school_years.models import Holiday
from kring.web.schools.models import Group, School
from kring.web.schools.naming import group_label

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day of our own time."""
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker, validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)], **more)


class YearForm(forms.Form):
    """The first and the last day."""

    starts_on = day_field(_("Eerste dag"), help_text=_("Meestal 1 augustus."))
    ends_on = day_field(_("Laatste dag"), help_text=_("Meestal 31 juli. De zomervakantie hoort erbij."))

    @classmethod
    def of(cls, year: Year) -> "YearForm":
        return cls(initial={"starts_on": year.starts_on, "ends_on": year.ends_on})

    def year(self) -> Year:
        """Raises YearEndsBeforeItBegins."""
        return Year(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class HolidayForm(forms.Form):
    """Days off, for everybody or for some groups."""

    name = forms.CharField(label=_("Hoe heet het?"), max_length=60, help_text=_("Bijvoorbeeld: herfstvakantie, studiedag, kamp."))
    kind = forms.ChoiceField(label=_("Wat is het?"), widget=forms.RadioSelect)
    first_on = day_field(_("Eerste vrije dag"))
    last_on = day_field(_("Laatste vrije dag"), required=False, help_text=_("Leeg: het is één dag."))
    groups = forms.MultipleChoiceField(
        label=_("Voor welke groepen?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kruis niets aan als de hele school vrij is."),
    )

    def __init__(self, *args: Any, groups: Sequence[Group], school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, capfirst(kind.label)) for kind in Holiday.Kind]  # type: ignore[attr-defined]
        self.fields["groups"].choices = [(str(group.pk), capfirst(group_label(group, school))) for group in groups]  # type: ignore[attr-defined]
        if not groups:
            del self.fields["groups"]

    @staticmethod
    def known(holiday: Holiday) -> dict[str, Any]:
        """What stands there now."""
        return {name: getattr(holiday, name) for name in ("name", "kind", "first_on", "last_on", "groups")}

    def new_days(self) -> NewDays:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return NewDays(given["name"], given["kind"], given["first_on"], given["last_on"] or given["first_on"], given.get("groups", []))
