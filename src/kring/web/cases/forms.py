"""Opening a case, and asking people to it."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kring.core.access import PARTNERS, Role
from kring.core.cases import SHORTEST_PURPOSE
from kring.web.access_words import ROLES
from kring.web.cases.actions import Newcomer
from kring.web.catalogue.models import Organisation, Partner
from kring.web.page import role_label
from kring.web.schools.models import Membership

SHORTER = _("Leeg: zolang de casus loopt.")


def day_widget() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CaseForm(forms.Form):
    """What for, and until when."""

    purpose = forms.CharField(
        label=_("Waarvoor werkt u samen?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In gewone woorden die ouders begrijpen, minstens %(least)d tekens. Iedereen die meedoet leest dit.")
        % {"least": SHORTEST_PURPOSE},
    )
    until = forms.DateField(
        label=_("Tot en met welke dag?"), required=True, widget=day_widget(), help_text=_("Hooguit een jaar. Daarna kijkt u opnieuw.")
    )


class MemberLabel(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague by name and function."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person}, {role_label(obj.role)}"


class PartnerLabel(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody of an organisation."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organisation}: {obj.membership.person}, {role_label(obj.membership.role)}"


class ColleagueForm(forms.Form):
    """Who of the school."""

    until = forms.DateField(label=_("Tot en met"), required=False, widget=day_widget(), help_text=SHORTER)
    field_order = ("colleague", "until")

    def __init__(self, *args: Any, choices: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"] = MemberLabel(label=_("Wie vraagt u?"), queryset=choices)
        self.order_fields(self.field_order)


class PartnerForm(forms.Form):
    """Somebody who has been here before."""

    until = forms.DateField(label=_("Tot en met"), required=False, widget=day_widget(), help_text=SHORTER)
    field_order = ("partner", "until")

    def __init__(self, *args: Any, choices: QuerySet[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"] = PartnerLabel(label=_("Wie vraagt u?"), queryset=choices)
        self.order_fields(self.field_order)


class NewcomerForm(forms.Form):
    """Somebody from outside who has no account here yet."""

    given_name = forms.CharField(label=_("Voornaam"), max_length=60)
    name_prefix = forms.CharField(label=_("Tussenvoegsel"), max_length=20, required=False)
    family_name = forms.CharField(label=_("Achternaam"), max_length=80)
    role = forms.ChoiceField(label=_("Functie"), choices=[(role.value, ROLES[role]) for role in Role if role in PARTNERS])
    position = forms.CharField(label=_("Hoe noemt deze persoon zichzelf?"), max_length=80, required=False)
    until = forms.DateField(label=_("Tot en met"), required=False, widget=day_widget(), help_text=SHORTER)
    field_order = ("organisation", "given_name", "name_prefix", "family_name", "role", "position", "until")

    def __init__(self, *args: Any, choices: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ModelChoiceField(label=_("Organisatie"), queryset=choices)
        self.order_fields(self.field_order)

    def newcomer(self) -> Newcomer:
        given = self.cleaned_data
        names = {name: given[name] for name in ("given_name", "name_prefix", "family_name", "organisation", "position")}
        return Newcomer(role=Role(given["role"]), **names)

    def until_day(self) -> date | None:
        found: date | None = self.cleaned_data["until"]
        return found
