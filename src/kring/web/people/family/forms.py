"""Guardians, authority, where they are reached; a birth date."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kring.web.day_fields import day_field
from kring.web.people.dates import begins
from kring.web.people.family.actions import NewTie, Reached
from kring.web.schools.models import Contact, Guardian, Membership

ANOTHER = "another"
PHONE = RegexValidator(r"^[0-9 +()./-]*\Z", _("Gebruik cijfers, spaties en een plusteken."))


class AuthorityForm(forms.Form):
    """Whether somebody has authority, and from when."""

    has_authority = forms.TypedChoiceField(
        label=_("Heeft deze ouder of verzorger het gezag?"),
        choices=[("yes", _("Ja, met gezag")), ("no", _("Nee, zonder gezag"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        help_text=_("Zonder gezag ziet iemand in Kring niets over de leerling."),
    )
    from_on = day_field(_("Vanaf welke dag?"))
    court_note = forms.CharField(
        label=_("Wat een rechter besliste over het contact"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Alleen als de school die beslissing heeft gezien. De andere ouder ziet dit niet."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = today


class GuardianForm(AuthorityForm):
    """Somebody who cares for a pupil."""

    given_name = forms.CharField(label=_("Voornaam"), max_length=60, required=False)
    name_prefix = forms.CharField(label=_("Tussenvoegsel"), max_length=20, required=False)
    family_name = forms.CharField(label=_("Achternaam"), max_length=80, required=False)
    colleague = forms.ChoiceField(
        label=_("Werkt deze ouder zelf op deze school?"),
        required=False,
        help_text=_("Dan hoort het bij hetzelfde account. De naam hoeft u niet te typen."),
    )
    same_as = forms.ChoiceField(label=_("Is dit dezelfde persoon?"), required=False, widget=forms.RadioSelect)
    field_order = ("given_name", "name_prefix", "family_name", "same_as", "colleague", "has_authority", "from_on", "court_note")

    def __init__(self, *args: Any, colleagues: Sequence[Membership], known: Sequence[Guardian] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(hat.person_id): hat.person for hat in colleagues}
        self.known = {str(one.pk): one for one in known}
        named = [(key, str(person)) for key, person in self.colleagues.items()]
        self.fields["colleague"].choices = [("", _("Nee")), *named]  # type: ignore[attr-defined]
        if known:
            same = [(key, _known_as(one)) for key, one in self.known.items()]
            self.fields["same_as"].choices = [*same, (ANOTHER, _("Nee, dit is iemand anders met dezelfde naam"))]  # type: ignore[attr-defined]
        else:
            del self.fields["same_as"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("colleague"):
            for name, asked in (("given_name", _("Vul de voornaam in.")), ("family_name", _("Vul de achternaam in."))):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, asked)
        return given

    def new_tie(self) -> NewTie:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return NewTie(
            given_name=given["given_name"],
            name_prefix=given["name_prefix"],
            family_name=given["family_name"],
            has_authority=given["has_authority"],
            court_note=given["court_note"],
            from_at=begins(given["from_on"]),
            same_as=self.known.get(given.get("same_as", "")),
            is_other=given.get("same_as") == ANOTHER,
            colleague=self.colleagues.get(given["colleague"]),
        )


def _known_as(one: Guardian) -> str:
    children = ", ".join(sorted({str(tie.pupil) for tie in one.guardianships.all()}))
    return str(_("Ja: %(name)s, ouder of verzorger van %(children)s")) % {"name": one, "children": children}


class ContactForm(forms.Form):
    """Where somebody is reached; the version that was read goes along."""

    address = forms.CharField(label=_("Adres"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Telefoon"), max_length=30, required=False, validators=[PHONE], widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("E-mailadres"), required=False)
    language = forms.ChoiceField(
        label=_("In welke taal gaat een gesprek het beste?"),
        required=False,
        choices=[("", _("Niet gevraagd")), *Contact.Language.choices],
        help_text=_("De school gebruikt dit alleen om op tijd een tolk te vragen. Een kind tolkt nooit voor zijn ouders."),
    )
    is_secret = forms.BooleanField(label=_("Deze gegevens zijn geheim"), required=False)
    read = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @classmethod
    def filled(cls, contact: Contact | None) -> "ContactForm":
        """With what is known."""
        if contact is None:
            return cls(initial={"read": 0})
        known = {name: getattr(contact, name) for name in ("address", "phone", "email", "language", "is_secret")}
        return cls(initial={**known, "read": contact.version})

    def reached(self) -> Reached:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return Reached(given["address"], given["phone"], given["email"], given["is_secret"], given["language"])


class HomeForm(forms.Form):
    """The municipality where a pupil lives."""

    municipality = forms.CharField(
        label=_("Gemeente waar de leerling woont"),
        max_length=60,
        required=False,
        help_text=_("Leeg: dezelfde gemeente als de school. Woont een leerling op twee adressen, neem dan dat van de inschrijving."),
    )


class BirthDateForm(forms.Form):
    """The day on which somebody was born."""

    born_on = day_field(_("Geboortedatum"))
