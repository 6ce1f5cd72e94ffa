"""A role for somebody, and the end of one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kring.core.access import APPROVED_BY_SECOND, STAFF, Role
from kring.web.access_words import ROLES
from kring.web.accounts.models import Person
from kring.web.day_fields import day_field
from kring.web.people.colleagues.actions import NewPerson, Wanted
from kring.web.people.dates import begins, ends_after
from kring.web.single_sign_on.rows import account_with_code

NOBODY_YET = "new"


def role_choices() -> list[tuple[Any, Any]]:
    """In two groups: those that hold at once, and those that wait for a leader."""
    ordered = [role for role in Role if role in STAFF]
    at_once = [(role.value, capfirst(str(ROLES[role]))) for role in ordered if role not in APPROVED_BY_SECOND]
    waiting = [(role.value, capfirst(str(ROLES[role]))) for role in ordered if role in APPROVED_BY_SECOND]
    return [("", _("Kies een rol")), (_("Geldt meteen"), at_once), (_("Geldt na akkoord van de schoolleider"), waiting)]


class RoleForm(forms.Form):
    """Somebody whom the school knows, or somebody new; a role; from when until when."""

    person = forms.ChoiceField(label=_("Voor wie?"))
    given_name = forms.CharField(label=_("Voornaam"), max_length=60, required=False, help_text=_("Alleen voor iemand die nieuw is."))
    name_prefix = forms.CharField(label=_("Tussenvoegsel"), max_length=20, required=False)
    family_name = forms.CharField(label=_("Achternaam"), max_length=80, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        required=False,
        help_text=_("Alleen voor iemand die al inlogde via het bestuur en een code kreeg. De schoolleider geeft dan altijd eerst akkoord."),
    )
    role = forms.ChoiceField(label=_("Welke rol?"))
    from_on = day_field(_("Vanaf"))
    until_on = day_field(_("Tot en met"), required=False, help_text=_("Leeg: zonder einddatum."))

    def __init__(self, *args: Any, persons: Sequence[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {str(person.pk): person for person in persons}
        known = [(key, str(person)) for key, person in self.persons.items()]
        self.fields["person"].choices = [(NOBODY_YET, _("Iemand die nieuw is")), *known]  # type: ignore[attr-defined]
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]
        self.fields["from_on"].initial = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("person") == NOBODY_YET:
            for name, asked in (("given_name", _("Vul de voornaam in.")), ("family_name", _("Vul de achternaam in."))):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, asked)
            if given.get("code") and account_with_code(given["code"]) is None:
                self.add_error("code", _("Er is geen nieuw account met deze code. Kijk of u hem goed hebt overgenomen."))
        return given

    def wanted(self) -> Wanted:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        new = NewPerson(given["given_name"], given["name_prefix"], given["family_name"], code=given["code"])
        who = new if given["person"] == NOBODY_YET else self.persons[given["person"]]
        return Wanted(who, Role(given["role"]), begins(given["from_on"]), ends_after(given["until_on"]))


class EndForm(forms.Form):
    """The last day of a role or a group; empty means now."""

    until_on = day_field(_("Laatste dag"), required=False, help_text=_("Leeg: het eindigt nu meteen."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until_on(self) -> date | None:
        day: date | None = self.cleaned_data["until_on"]
        if day and day < self.today:
            raise forms.ValidationError(_("Die dag is al voorbij. Kies een dag vanaf vandaag, of laat het leeg."))
        return day
