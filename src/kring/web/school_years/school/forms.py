"""The school itself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kring.web.school_years.school.actions import Described
from kring.web.schools.models import School

BRIN = RegexValidator(r"^[0-9]{2}[A-Z]{2}([0-9]{2})?\Z", _("Een BRIN-nummer ziet eruit als 12AB, of met de locatie erbij als 12AB00."))


class SchoolForm(forms.Form):
    """Name, type and where it belongs."""

    board = forms.CharField(label=_("Naam van het bestuur"), max_length=120)
    name = forms.CharField(label=_("Naam van de school"), max_length=120)
    type = forms.ChoiceField(
        label=_("Soort onderwijs"),
        choices=[(kind.value, capfirst(kind.label)) for kind in School.Type],
        widget=forms.RadioSelect,
        help_text=_("Daarvan hangen de leerjaren, de woorden en de vragenlijsten af. In sbo, so en vso krijgt elke leerling een OPP."),
    )
    brin = forms.CharField(label=_("BRIN-nummer"), max_length=6, required=False, validators=[BRIN])
    region = forms.ChoiceField(
        label=_("Vakantieregio"),
        choices=[("", _("Kies een regio")), *School.Region.choices],
        help_text=_("Kring zet de vakanties van die regio klaar. U kunt ze daarna veranderen."),
    )
    municipality = forms.CharField(
        label=_("Gemeente"), max_length=60, help_text=_("Woont een leerling ergens anders, dan zet u dat bij die leerling.")
    )
    partnership = forms.CharField(label=_("Samenwerkingsverband"), max_length=120, required=False)

    def __init__(self, *args: Any, names_board: bool, partnerships: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not names_board:
            del self.fields["board"]
        if partnerships:
            known = ", ".join(partnerships)
            self.fields["partnership"].help_text = _("Kring heeft een streekpakket van: %(known)s.") % {"known": known}

    @staticmethod
    def known(school: School) -> dict[str, Any]:
        """What stands there now."""
        names = ("name", "type", "brin", "region", "municipality", "partnership")
        return {"board": school.board.name, **{name: getattr(school, name) for name in names}}

    def described(self) -> Described:
        """What was filled in, as the action takes it."""
        return Described(**self.cleaned_data)
