"""The sheet without a name, an advice, and a seat at the table."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kring.core.access import Role
from kring.web.access_words import ROLES
from kring.web.consultations.actions import Sheet
from kring.web.consultations.models import Consultation
from kring.web.consultations.words import CONSULTED
from kring.web.people.dates import begins
from kring.web.schools.models import Membership


class SheetForm(forms.Form):
    """Nothing but this is asked."""

    sealed = True  # it may hold names until it was looked through: no draft that the server can read

    age_band = forms.ChoiceField(label=_("Hoe oud is het kind ongeveer?"), choices=Consultation.AgeBand.choices, widget=forms.RadioSelect)
    question = forms.CharField(label=_("Wat is uw vraag?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    situation = forms.CharField(
        label=_("Wat ziet u gebeuren?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Schrijf “het kind”, “de moeder”, “een klasgenoot”. Laat weg wat niet nodig is voor uw vraag."),
    )
    tried = forms.CharField(label=_("Wat hebt u al geprobeerd?"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def sheet(self) -> Sheet:
        return Sheet(**self.cleaned_data)


class AdviceForm(forms.Form):
    """What one advises."""

    sealed = True

    text = forms.CharField(
        label=_("Wat raadt u aan?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Noem geen namen, ook niet als u denkt te weten om wie het gaat."),
    )


class OutcomeForm(forms.Form):
    """With whom one looked along, what came of it and what happens next."""

    sealed = True

    asked = forms.MultipleChoiceField(
        label=_("Met wie hebt u overlegd?"),
        choices=[(one.value, word) for one, word in CONSULTED.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    outcome = forms.CharField(
        label=_("Wat leverde het op?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Noem ook hier geen namen."),
    )
    next_step = forms.CharField(
        label=_("Wat doet u nu?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ook “we doen nu niets en kijken over drie weken opnieuw” is een stap."),
    )


class _AdviserField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Membership) -> str:
        partner = getattr(obj, "partner", None)
        where = f", {partner.organisation}" if partner else ""
        return f"{obj.person}, {ROLES[Role(obj.role)]}{where}"


class SeatForm(forms.Form):
    """Who is asked, and until when."""

    whom = _AdviserField(label=_("Wie vraagt u om mee te denken?"), queryset=None, empty_label=_("Kies een collega of partner"))
    until_on = forms.DateField(
        label=_("Tot en met welke dag?"),
        required=False,
        help_text=_("Leeg: zolang het consult er is."),
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, advisers: "QuerySet[Membership]", at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["whom"].queryset = advisers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if (until := self.until()) and until <= self.at:
            self.add_error("until_on", _("Die dag is al voorbij. Kies een dag die nog moet komen."))
        return given

    def until(self) -> datetime | None:
        """The first moment that is no longer that day."""
        day = self.cleaned_data.get("until_on")
        return begins(day + timedelta(days=1)) if day else None
