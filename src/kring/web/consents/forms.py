"""Asking, recording what came on paper, and a ground in law."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record
from kring.core.consents import LEAST_EXPLANATION, LEAST_PURPOSE, SHAREABLE, Answer
from kring.web.catalogue.models import Organisation
from kring.web.consents.actions import Ground, Wanted
from kring.web.consents.models import LegalGround
from kring.web.consents.queries import Voice, record_word
from kring.web.files.attachments import ACCEPT
from kring.web.people.dates import begins

ANSWERS = [(Answer.GIVEN.value, _("Ja")), (Answer.REFUSED.value, _("Nee"))]


def _day_field(label: Any) -> forms.DateField:
    """A day of our own time: at the end of all time there is no day after it."""
    return forms.DateField(
        label=label,
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class _ToSomebody(forms.Form):
    """A recipient out of the catalogue, and a last day."""

    recipient: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label=_("Met welke organisatie?"), queryset=None, empty_label=_("Kies een organisatie")
    )
    until_on = _day_field(_("Tot en met welke dag?"))

    def __init__(self, *args: Any, recipients: "QuerySet[Organisation]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = recipients  # type: ignore[attr-defined]


class RequestForm(_ToSomebody):
    """One purpose, one recipient, these records, until a day."""

    purpose = forms.CharField(
        label=_("Waarvoor wilt u iets delen?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Eén doel, in gewone woorden, minstens %(least)d letters. De ouders lezen deze zin precies zo.")
        % {"least": LEAST_PURPOSE},
    )
    records = forms.MultipleChoiceField(
        label=_("Wat wilt u delen?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Alleen wat voor dit doel nodig is. Wat hier niet staat, gaat nooit naar buiten."),
    )
    field_order = ["purpose", "recipient", "records", "until_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = [(one.value, record_word(one.value)) for one in SHAREABLE]  # type: ignore[attr-defined]
        self.fields["until_on"].help_text = _("Hooguit een jaar.")

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        records = tuple(Record(value) for value in given["records"])
        return Wanted(given["purpose"], given["recipient"], records, begins(given["until_on"] + timedelta(days=1)))


class GroundForm(_ToSomebody):
    """Which ground in law, and why."""

    ground = forms.ChoiceField(label=_("Welke grond in de wet?"), choices=LegalGround.Ground.choices, widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=_("Waarom moet dit zonder toestemming?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In hele zinnen, minstens %(least)d letters. Een tweede persoon leest dit en bevestigt het.")
        % {"least": LEAST_EXPLANATION},
    )
    record = forms.ChoiceField(label=_("Wat moet er worden gedeeld?"), widget=forms.RadioSelect)
    field_order = ["ground", "explanation", "recipient", "record", "until_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = [(one.value, record_word(one.value)) for one in SHAREABLE]  # type: ignore[attr-defined]
        self.fields["until_on"].help_text = _("Hooguit drie maanden.")

    def given(self) -> Ground:
        given = self.cleaned_data
        ground = LegalGround.Ground(given["ground"])
        return Ground(
            ground, given["explanation"], given["recipient"], Record(given["record"]), begins(given["until_on"] + timedelta(days=1))
        )


class PaperForm(forms.Form):
    """Who signed what, with the scan."""

    who = forms.ChoiceField(label=_("Wie heeft getekend?"), widget=forms.RadioSelect)
    answer = forms.ChoiceField(label=_("Wat staat er op het papier?"), choices=ANSWERS, widget=forms.RadioSelect)
    scan = forms.FileField(
        label=_("Scan of foto van het papier"),
        help_text=_("PDF, PNG, JPG of Word, hooguit 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )

    def __init__(self, *args: Any, voices: tuple[Voice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(one.key or "pupil", one.name) for one in voices if one.is_needed]  # type: ignore[attr-defined]


class HeardForm(forms.Form):
    """On which day the pupil was heard."""

    heard_on = _day_field(_("Op welke dag hebt u de leerling gesproken?"))


class AnswerForm(forms.Form):
    """Yes or no."""

    answer = forms.ChoiceField(choices=ANSWERS)
