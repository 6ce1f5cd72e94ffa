"""A colleague as somebody types one in."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.access import Role
from kring.web.day_fields import day_field
from kring.web.people.colleagues.actions import NewPerson, Wanted
from kring.web.people.colleagues.forms import role_choices
from kring.web.people.dates import begins, ends_after
from kring.web.schools.models import Group


class ColleagueForm(forms.Form):
    """Name, role, days and groups. A user name is chosen by its owner, at the first visit."""

    given_name = forms.CharField(label=_("Voornaam"), max_length=60)
    name_prefix = forms.CharField(label=_("Tussenvoegsel"), max_length=20, required=False)
    family_name = forms.CharField(label=_("Achternaam"), max_length=80)
    is_other = forms.BooleanField(label=_("Dit is een andere collega met dezelfde naam"), required=False)
    role = forms.ChoiceField(label=_("Welke rol?"))
    groups = forms.MultipleChoiceField(
        label=_("Welke groepen?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Alleen voor een leerkracht of mentor."),
    )
    from_on = day_field(_("Vanaf"))
    until_on = day_field(_("Tot en met"), required=False, help_text=_("Leeg: zonder einddatum."))

    def __init__(self, *args: Any, groups: Sequence[Group], names: Collection[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(group.pk): group for group in groups}
        self.names = {name.casefold() for name in names}
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]
        self.fields["groups"].choices = [(key, f"{group} ({group.year})") for key, group in self.known.items()]  # type: ignore[attr-defined]
        self.fields["from_on"].initial = today
        if not self._is_known():
            del self.fields["is_other"]

    def _is_known(self) -> bool:
        parts = [str(self.data.get(name, "")).strip() for name in ("given_name", "name_prefix", "family_name")]
        return self.is_bound and " ".join(part for part in parts if part).casefold() in self.names

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "is_other" in self.fields and not given.get("is_other"):
            self.add_error("is_other", _("Er is al een collega met deze naam. Geef die een rol bij “Rol voorstellen”, of kruis dit aan."))
        return given

    def wanted(self) -> Wanted:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        who = NewPerson(given["given_name"], given["name_prefix"], given["family_name"])
        return Wanted(who, Role(given["role"]), begins(given["from_on"]), ends_after(given["until_on"]))

    def chosen(self) -> list[Group]:
        """The groups that were ticked."""
        return [self.known[key] for key in self.cleaned_data["groups"]]
