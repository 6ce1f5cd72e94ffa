"""What people fill in about an arrangement, and about what the school can do for others."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kring.core.access import Role
from kring.core.arrangements import MOST_PLACES, Cluster, GrantKind
from kring.web.access_words import ROLES
from kring.web.arrangements.actions import Granted, Offered
from kring.web.arrangements.models import Arrangement, SupportOffer
from kring.web.arrangements.words import CLUSTERS, KINDS
from kring.web.catalogue.models import Organisation
from kring.web.day_fields import day_field
from kring.web.days import last_day
from kring.web.edited import ReadField
from kring.web.schools.models import Membership

NUMBER = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})


class ArrangementForm(forms.Form):
    """What stands in the letter."""

    kind = forms.ChoiceField(label=_("Wat voor arrangement is het?"), choices=[(kind.value, word) for kind, word in KINDS.items()])
    grantor = forms.ModelChoiceField[Organisation](
        label=_("Van welke organisatie?"), queryset=None, required=False, empty_label=_("staat er niet bij")
    )
    goals = forms.CharField(label=_("Welke doelen horen erbij?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    hours = forms.DecimalField(
        label=_("Hoeveel uren, in totaal?"),
        required=False,
        max_digits=6,
        decimal_places=1,
        widget=NUMBER,
        help_text=_("Vul uren in, of euro’s, of allebei."),
    )
    euros = forms.DecimalField(label=_("Hoeveel euro, in totaal?"), required=False, max_digits=9, decimal_places=2, widget=NUMBER)
    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Laatste dag"))
    read = ReadField()

    def __init__(self, *args: Any, grantors: "QuerySet[Organisation]", is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grantor"].queryset = grantors  # type: ignore[attr-defined]
        if is_new:
            del self.fields["read"]

    def granted(self) -> Granted:
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"read", "kind"}}
        return Granted(kind=GrantKind(self.cleaned_data["kind"]), **given)


def as_filled(row: Arrangement) -> dict[str, Any]:
    """The arrangement as it stands."""
    named = {name: getattr(row, name) for name in ("kind", "goals", "hours", "euros", "starts_on", "ends_on")}
    return {**named, "grantor": row.grantor_id, "read": row.edited_at}


class ResultForm(forms.Form):
    """What came of it."""

    result = forms.CharField(
        label=_("Wat leverde het op?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wat is er gedaan, en wat ziet u nu bij de leerling? De ouders lezen dit ook."),
    )
    read = ReadField()


class _ContactField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.person}, {ROLES[Role(obj.role)]}"


class OfferForm(forms.Form):
    """What the school can do for others, with places and a last day."""

    cluster = forms.ChoiceField(label=_("Waar gaat het om?"), choices=[(one.value, word) for one, word in CLUSTERS.items()])
    title = forms.CharField(label=_("Hoe heet het?"), max_length=120)
    text = forms.CharField(
        label=_("Wat kunt u voor een andere school doen?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Bijvoorbeeld: een ruimte, mensen die ervoor geleerd hebben, meekijken in de klas. Noem geen leerlingen."),
    )
    places = forms.IntegerField(
        label=_("Voor hoeveel leerlingen of vragen is er plaats?"), required=False, widget=forms.NumberInput(attrs={"max": MOST_PLACES})
    )
    is_help_desk = forms.BooleanField(label=_("Andere scholen mogen ons hierover ook zomaar iets vragen (vraagbaak)"), required=False)
    contact = _ContactField(label=_("Bij wie kan een andere school terecht?"), queryset=None, empty_label=_("Kies een collega"))
    until = day_field(_("Tot en met welke dag geldt dit?"), required=False, help_text=_("Daarna kijkt u of het nog klopt."))
    read = ReadField()

    def __init__(self, *args: Any, contacts: "QuerySet[Membership]", is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = contacts  # type: ignore[attr-defined]
        if is_new:
            del self.fields["read"]

    def offered(self) -> Offered:
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"read", "cluster"}}
        return Offered(cluster=Cluster(self.cleaned_data["cluster"]), **given)


def offer_as_filled(row: SupportOffer) -> dict[str, Any]:
    """The offer as it stands."""
    named = {name: getattr(row, name) for name in ("cluster", "title", "text", "places", "is_help_desk")}
    return {**named, "contact": row.contact_id, "until": last_day(row.until_at), "read": row.edited_at}
