"""An edition of the words of the region, as lines that one can type."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kring.core.region import Layer, RequestField, Terms, Word
from kring.library import packs
from kring.web.school_years.forms import day_field
from kring.web.school_years.region.actions import NewEdition

WORDS = {
    Word.COORDINATOR: _("Wie de ondersteuning op school regelt"),
    Word.SUPPORT_TEAM: _("Het team dat over leerlingen overlegt"),
    Word.SUPPORT_PLAN: _("Het plan van een leerling"),
    Word.REQUEST: _("Een aanvraag van hulp"),
    Word.ADVISER: _("Wie vanuit het samenwerkingsverband adviseert"),
}
MUST = " *"


class EditionForm(forms.Form):
    """The words one by one; layers and questions as lines."""

    from_on = day_field(_("Vanaf welke dag geldt dit?"), help_text=_("Tot die dag blijft alles zoals het nu is."))
    partnership = forms.CharField(label=_("Samenwerkingsverband"), max_length=120)
    pack = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    layers = forms.CharField(
        label=_("Lagen van ondersteuning, van licht naar zwaar"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Eén laag per regel: de naam, een dubbele punt, en wat het is."),
    )
    request_fields = forms.CharField(
        label=_("Vragen op een aanvraag"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Eén vraag per regel. Zet een sterretje (*) achter een vraag die altijd beantwoord moet worden."),
    )
    procedure = forms.CharField(
        label=_("Hoe het gaat"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Wie doet wat, en hoe snel?"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for word, label in WORDS.items():
            self.fields[word.value] = forms.CharField(label=label, max_length=80)
        self.order_fields(["from_on", "partnership", *(word.value for word in Word), "layers", "request_fields", "procedure"])

    @staticmethod
    def known(terms: Terms, *, from_on: date, partnership: str, pack: str) -> dict[str, Any]:
        """What stands there now, or in a pack."""
        return {
            "from_on": from_on,
            "partnership": partnership,
            "pack": pack,
            "layers": "\n".join(f"{layer.name}: {layer.text}" for layer in terms.layers),
            "request_fields": "\n".join(asked.label + MUST * asked.is_required for asked in terms.request_fields),
            "procedure": terms.procedure,
            **{word.value: text for word, text in terms.words.items()},
        }

    def clean_pack(self) -> str:
        """Only where it truly came from."""
        known = {pack.mark for pack in packs()}
        return str(self.cleaned_data["pack"]) if self.cleaned_data["pack"] in known else ""

    def clean_layers(self) -> tuple[Layer, ...]:
        return tuple(_layers(self.cleaned_data["layers"].splitlines()))

    def clean_request_fields(self) -> tuple[RequestField, ...]:
        lines = [line.strip() for line in self.cleaned_data["request_fields"].splitlines() if line.strip()]
        return tuple(RequestField(f"q{number}", line.rstrip("* "), is_required=line.endswith("*")) for number, line in enumerate(lines, 1))

    def new_edition(self) -> NewEdition:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        words = {word: given[word.value] for word in Word}
        terms = Terms(words, given["layers"], given["request_fields"], given["procedure"])
        return NewEdition(given["from_on"], given["partnership"], given["pack"], terms)


def _layers(lines: Iterable[str]) -> Iterable[Layer]:
    for line in lines:
        name, colon, text = (part.strip() for part in line.partition(":"))
        if name and not (colon and text):
            raise forms.ValidationError(_("Zet achter “%(name)s” een dubbele punt en wat het is.") % {"name": capfirst(name)})
        if name:
            yield Layer(name, text)
