"""A file with scores, and what a school says of a scale."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kring.core.external_scores import LONGEST_NAME, score_of
from kring.web.external_results.actions import Brought
from kring.web.external_results.queries import System

DIRECTIONS = (
    ("1", _("Een hogere uitslag is gunstiger.")),
    ("-1", _("Een hogere uitslag betekent meer problemen.")),
    ("0", _("Dat weet ik niet, of het is geen van beide.")),
)


class ScoresForm(forms.Form):
    """One file of one system and one day."""

    system = forms.ChoiceField(label=_("Uit welk systeem komen de uitslagen?"))
    measured_on = forms.DateField(label=_("Op welke dag is er gemeten?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    file = forms.FileField(
        label=_("Het bestand (Excel of CSV)"),
        help_text=_("Een kolom “leerlingnummer”, en een kolom per schaal."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv"}),
    )

    def __init__(self, *args: Any, systems: Sequence[System], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.systems = {one.key: one for one in systems}
        self.fields["system"].choices = [("", _("Kies een systeem")), *((one.key, one.title) for one in systems)]  # type: ignore[attr-defined]
        self.fields["measured_on"].widget.attrs["max"] = today.isoformat()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            most = settings.UPLOAD_LIMIT // 1_000_000
            raise ValidationError(_("Dit bestand is groter dan %(most)d MB. Kijk of het het goede is.") % {"most": most})
        return file

    def brought(self) -> Brought:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return Brought(self.systems[given["system"]], given["measured_on"], given["file"].name, given["file"].read())


class ScaleForm(forms.Form):
    """Where the scores of one scale lie."""

    system = forms.ChoiceField(label=_("Van welk systeem?"), required=False)
    title = forms.CharField(
        label=_("Hoe heet dat andere systeem?"),
        max_length=120,
        required=False,
        help_text=_("Alleen invullen als het systeem hierboven niet in de lijst staat."),
    )
    name = forms.CharField(
        label=_("Hoe heet de schaal?"), max_length=LONGEST_NAME, help_text=_("Precies zoals de kolom in het bestand heet.")
    )
    low = forms.CharField(label=_("Wat is de laagste uitslag die kan?"), max_length=20)
    high = forms.CharField(label=_("Wat is de hoogste uitslag die kan?"), max_length=20)
    direction = forms.ChoiceField(label=_("Wat zegt een hogere uitslag?"), choices=DIRECTIONS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, systems: Sequence[System], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.systems = {one.key: one for one in systems}
        self.fields["system"].choices = [("", _("Een ander systeem")), *((one.key, one.title) for one in systems)]  # type: ignore[attr-defined]

    def clean_low(self) -> float:
        return _number(self.cleaned_data["low"])

    def clean_high(self) -> float:
        return _number(self.cleaned_data["high"])

    def clean_direction(self) -> int:
        return int(self.cleaned_data["direction"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("system") and not given.get("title") and not {"system", "title"} & {*self.errors}:
            self.add_error("title", _("Kies een systeem uit de lijst, of schrijf hier hoe het heet."))
        if given.get("system") and given.get("title"):
            self.add_error("title", _("Kies een systeem uit de lijst of schrijf een naam, niet allebei."))
        return given

    def of(self) -> System | str:
        """The system that was chosen, or the name that was written."""
        return self.systems.get(self.cleaned_data["system"]) or self.cleaned_data["title"]


def _number(text: str) -> float:
    number = score_of(text)
    if number is None:
        raise ValidationError(_("Schrijf een getal, bijvoorbeeld 10 of 3,5."))
    return number
