"""The upload form: files, the list they answer, the day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.class_files import Kind
from kring.core.instruments import Instrument
from kring.web.exchange.actions import Brought

FILES = {
    Kind.PUPILS: _("De leerlingen (pupils.csv)"),
    Kind.NOMINATIONS: _("Wie kiest wie (nominations.csv)"),
    Kind.PARTICIPATION: _("Wie deed mee (participation.csv)"),
    Kind.ANSWERS: _("De antwoorden op een vragenlijst (answers.csv)"),
}


class UploadForm(forms.Form):
    """At least the choices or the answers; the rest may stay away."""

    pupils = forms.FileField(label=FILES[Kind.PUPILS], required=False)
    nominations = forms.FileField(label=FILES[Kind.NOMINATIONS], required=False)
    participation = forms.FileField(label=FILES[Kind.PARTICIPATION], required=False)
    answers = forms.FileField(label=FILES[Kind.ANSWERS], required=False)
    instrument = forms.ChoiceField(label=_("Bij welke vragenlijst horen de antwoorden?"), required=False)
    held_on = forms.DateField(label=_("Op welke dag was dit?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    title = forms.CharField(
        label=_("Hoe heet deze afname?"), max_length=100, required=False, help_text=_("Bijvoorbeeld “herfst”. Leeg: de naam van de lijst.")
    )

    def __init__(self, *args: Any, today: date, lists: Sequence[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.lists = {f"{one.key}:{one.version}": one for one in lists}
        versions = Counter(one.key for one in lists)
        titles = [(mark, _titled(one) if versions[one.key] > 1 else one.title) for mark, one in self.lists.items()]
        self.fields["instrument"] = forms.ChoiceField(
            label=self.fields["instrument"].label, required=False, choices=[("", _("Geen antwoorden")), *titles]
        )
        self.fields["held_on"].initial = today
        for kind in FILES:
            self.fields[kind.value].widget.attrs["accept"] = ".csv,text/csv"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("nominations") and not given.get("answers") and not {*FILES} & {*self.errors}:
            self.add_error(None, _("Kies minstens het bestand met keuzes of het bestand met antwoorden."))
        if given.get("answers") and not given.get("instrument"):
            self.add_error("instrument", _("Kies de vragenlijst waar de antwoorden bij horen."))
        if given.get("held_on") and given["held_on"] > self.today:
            self.add_error("held_on", _("Die dag moet nog komen. Kies de dag waarop het was."))
        for kind in FILES:
            self._check_size(kind, given.get(kind.value))
        return given

    def _check_size(self, kind: Kind, file: "UploadedFile[Any] | None") -> None:
        if file and file.size and file.size > settings.UPLOAD_LIMIT:
            most = settings.UPLOAD_LIMIT // 1_000_000
            self.add_error(
                kind.value, _("Dit bestand is groter dan %(most)d MB. Dat is nooit één groep; kijk of het het goede is.") % {"most": most}
            )

    def brought(self) -> Brought:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return Brought(
            contents={kind.value: given[kind.value].read() for kind in FILES if given.get(kind.value)},
            instrument=self.lists[given["instrument"]] if given["instrument"] and given.get("answers") else None,
            title=given["title"],
            held_on=given["held_on"],
        )


def _titled(instrument: Instrument) -> str:
    return gettext("%(title)s, versie %(version)d") % {"title": instrument.title, "version": instrument.version}
