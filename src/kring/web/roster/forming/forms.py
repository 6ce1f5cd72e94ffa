"""Groups as people write them down, one group, and a bundle."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.class_files.roster import without_word
from kring.core.grouping import MOST_LEVELS, levels_in
from kring.web.roster.forming.actions import WantedGroup
from kring.web.schools.models import Group, SchoolYear

MOST_GROUPS = 100


class GroupsForm(forms.Form):
    """Names with commas or lines between them, as in “1/2A, 3, 4/5”; behind a colon the year levels when the name does not tell them."""

    year = forms.ChoiceField(label=_("Voor welk schooljaar?"))
    names = forms.CharField(
        label=_("Welke groepen zijn er?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Typ of plak de namen, bijvoorbeeld: 1/2A, 3, 4/5, 6A, 6B. Zegt de naam het leerjaar niet? Schrijf dan: Vlinders: 3."),
    )

    def __init__(self, *args: Any, years: Sequence[SchoolYear], known: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = {str(year.pk): year for year in years}
        self.known = known
        self.fields["year"].choices = [(key, str(year)) for key, year in self.years.items()]  # type: ignore[attr-defined]

    def clean_names(self) -> list[WantedGroup]:
        written = [part.strip() for part in re.split(r"[,;\t\r\n]", self.cleaned_data["names"]) if part.strip()]
        if len(written) > MOST_GROUPS:
            raise forms.ValidationError(_("Dit zijn meer dan %(most)d groepen. Kijk of dit klopt.") % {"most": MOST_GROUPS})
        return [self._group(one) for one in written]

    def _group(self, written: str) -> WantedGroup:
        name, colon, levels = written.partition(":")
        name = without_word(name.strip())
        if len(name) > 30:
            raise forms.ValidationError(_("“%(name)s” is langer dan 30 tekens. Maak de naam korter.") % {"name": name[:60]})
        numbers = re.findall(r"\d{1,3}", levels)[: MOST_LEVELS + 1]
        return WantedGroup(name, tuple(sorted({int(one) for one in numbers})) if colon else levels_in(name, self.known))

    def wanted_year(self) -> SchoolYear:
        """The year that was chosen."""
        return self.years[self.cleaned_data["year"]]


class GroupForm(forms.Form):
    """Name and year levels of one group."""

    name = forms.CharField(label=_("Naam van de groep"), max_length=30)
    levels = forms.TypedMultipleChoiceField(
        label=_("Leerjaar"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Een combinatiegroep heeft er meer dan een."),
        error_messages={"required": _("Kies minstens één leerjaar.")},
    )

    def __init__(self, *args: Any, group: Group, known: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"name": group.name, "levels": group.year_levels}
        self.fields["levels"].choices = [(level, str(level)) for level in known]  # type: ignore[attr-defined]

    def wanted(self) -> WantedGroup:
        """What was filled in, as the action takes it."""
        return WantedGroup(self.cleaned_data["name"], tuple(sorted(self.cleaned_data["levels"])))


class BundleForm(forms.Form):
    """A name for groups of one year and the same year levels."""

    name = forms.CharField(label=_("Hoe heten deze groepen samen?"), max_length=40, help_text=_("Bijvoorbeeld “groepen 6”."))
    groups = forms.MultipleChoiceField(
        label=_("Welke groepen?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Kies minstens twee groepen.")}
    )

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(group.pk): group for group in groups}
        self.fields["groups"].choices = [(key, str(group)) for key, group in self.known.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[Group]:
        """The groups that were ticked."""
        return [self.known[key] for key in self.cleaned_data["groups"]]
