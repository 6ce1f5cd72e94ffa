"""One entry of the catalogue."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.catalogue.actions import Described
from kring.web.catalogue.models import Organisation


class OrganisationForm(forms.Form):
    """Who it is, what they do and where they are reached."""

    name = forms.CharField(label=_("Naam van de organisatie"), max_length=120)
    kind = forms.ChoiceField(label=_("Wat voor organisatie is het?"), choices=Organisation.Kind.choices)
    offer = forms.CharField(
        label=_("Wat doen zij voor een school?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact = forms.CharField(
        label=_("Waar bereikt u hen?"),
        max_length=200,
        required=False,
        help_text=_("Telefoon of e-mail van de organisatie, niet over een kind."),
    )

    @classmethod
    def of(cls, organisation: Organisation) -> "OrganisationForm":
        return cls(initial={name: getattr(organisation, name) for name in cls.base_fields})

    def described(self) -> Described:
        return Described(**self.cleaned_data)
