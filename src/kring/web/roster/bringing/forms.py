"""The list of pupils as a file or pasted, and what a person says about doubtful lines."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kring.core.roster import Decision, Doubt, Doubtful, KnownPupil
from kring.web.schools.models import SchoolYear

DAY = {"type": "date"}
MOST_PASTED = 600_000
PASTED = _("geplakte lijst")
MOST_LEAVERS = 150
"""More pupils than this do not leave at once: then the list is of a part of the school."""


class RosterForm(forms.Form):
    """One list for a school year, from a day."""

    year = forms.ChoiceField(label=_("Voor welk schooljaar?"))
    from_on = forms.DateField(
        label=_("Vanaf welke dag zitten nieuwe leerlingen in hun groep?"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_(
            "Meestal de eerste dag van het schooljaar. Wie al in Kring staat, verhuist vanaf die dag, en nooit eerder dan vandaag."
        ),
    )
    file = forms.FileField(
        label=_("Het bestand (Excel of CSV)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv"}),
    )
    pasted = forms.CharField(
        label=_("Of plak de lijst hier"),
        required=False,
        strip=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Kopieer in Excel de hele tabel, met de kopregel, en plak die hier."),
    )

    def __init__(self, *args: Any, years: Sequence[SchoolYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = {str(year.pk): year for year in years}
        self.fields["year"].choices = [(key, str(year)) for key, year in self.years.items()]  # type: ignore[attr-defined]
        if years:
            self.fields["from_on"].initial = years[0].starts_on

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file, pasted = given.get("file"), (given.get("pasted") or "").strip()
        if file and pasted:
            self.add_error("pasted", _("Kies een bestand of plak de lijst, niet allebei."))
        elif not file and not pasted and not {"file", "pasted"} & {*self.errors}:
            self.add_error("file", _("Kies een bestand, of plak de lijst hieronder."))
        if file and file.size > settings.UPLOAD_LIMIT:
            most = settings.UPLOAD_LIMIT // 1_000_000
            self.add_error("file", _("Dit bestand is groter dan %(most)d MB. Kijk of het het goede is.") % {"most": most})
        return given

    def brought(self) -> tuple[str, bytes]:
        """The name of the list and its bytes."""
        file = self.cleaned_data["file"]
        return (file.name, file.read()) if file else (str(PASTED), self.cleaned_data["pasted"].encode())

    def wanted_year(self) -> SchoolYear:
        """The year that was chosen."""
        return self.years[self.cleaned_data["year"]]


SAYS = {
    Doubt.ANOTHER_NUMBER: (
        (Decision.SAME.value, _("Het is deze leerling. Neem het nieuwe nummer over.")),
        (Decision.SOMEBODY_NEW.value, _("Het is een ander kind. Maak een nieuwe leerling.")),
        (Decision.LEAVE.value, _("Ik weet het nog niet. Sla deze regel over.")),
    ),
    Doubt.ANOTHER_NAME: (
        (Decision.SAME.value, _("Het is deze leerling. Neem de nieuwe naam over.")),
        (Decision.LEAVE.value, _("Het nummer klopt niet, of ik weet het nog niet. Sla deze regel over.")),
    ),
}


class DecisionsForm(forms.Form):
    """A choice for every doubtful line, and a day for every pupil who leaves."""

    def __init__(
        self, *args: Any, doubts: Sequence[Doubtful], gone: Sequence[KnownPupil], years: tuple[date, date], leaves_on: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.doubts = doubts
        self.gone = gone if len(gone) <= MOST_LEAVERS else ()
        self.first, self.last = years
        for one in doubts:
            self.fields[f"line-{one.line.line}"] = forms.ChoiceField(
                label=_("Regel %(line)d: %(name)s (%(number)s)")
                % {"line": one.line.line, "name": one.line.name, "number": one.line.number},
                choices=SAYS[one.doubt],
                error_messages={"required": _("Kies wie dit is, of sla de regel over.")},
                widget=forms.RadioSelect,
                initial=one.decision.value if one.decision else None,
                help_text=_beside(one),
            )
        for pupil in self.gone:
            self.fields[f"gone-{pupil.key}"] = forms.DateField(
                label=str(pupil.name),
                required=False,
                initial=leaves_on.get(pupil.key),
                widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            )

    @property
    def doubtful(self) -> list[forms.BoundField]:
        return [self[f"line-{one.line.line}"] for one in self.doubts]

    @property
    def leavers(self) -> list[forms.BoundField]:
        return [self[f"gone-{pupil.key}"] for pupil in self.gone]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, day in [*given.items()]:
            if name.startswith("gone-") and day and not self.first <= day <= self.last:
                self.add_error(name, _("Die dag valt buiten het schooljaar. Kies een andere dag."))
        return given

    def lines(self) -> dict[int, Decision]:
        """What was said about doubtful lines."""
        said = {one.line.line: self.cleaned_data[f"line-{one.line.line}"] for one in self.doubts}
        return {line: Decision(word) for line, word in said.items() if word}

    def leaving(self) -> dict[str, date]:
        """Who leaves, and from which day."""
        days = {pupil.key: self.cleaned_data[f"gone-{pupil.key}"] for pupil in self.gone}
        return {key: day for key, day in days.items() if day}


def _beside(one: Doubtful) -> str:
    known = {"name": one.beside.name, "number": one.beside.number, "groups": ", ".join(seat.group for seat in one.beside.seats) or "–"}
    if one.doubt is Doubt.ANOTHER_NUMBER:
        return str(_("In Kring staat %(name)s met dezelfde geboortedatum, onder nummer %(number)s (groep %(groups)s).") % known)
    return str(_("In Kring is nummer %(number)s van %(name)s (groep %(groups)s).") % known)
