"""The four questions as a form: nothing is filled in beforehand, and none can be skipped."""

from typing import Any

from django import forms
from django.utils.translation import get_language

from kring.core.acting import FOUR
from kring.core.instruments import Instrument, Item
from kring.library import instrument, translation

FORM = ("kring-vier-vragen", 1)
LONGEST = 1000


def four_questions() -> Instrument:
    """In the language of the reader, when there is a translation."""
    language = (get_language() or "nl").partition("-")[0]
    found = None if language == "nl" else translation(*FORM, language)
    return found.instrument if found else instrument(*FORM)


class ReadingForm(forms.Form):
    """Its fields are the items of the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in four_questions().items:
            self.fields[item.key] = _text(item) if item.is_open else _choice(item)

    @property
    def answers(self) -> dict[str, int]:
        """The codes that were chosen."""
        return {key: int(value) for key, value in self.cleaned_data.items() if value and not isinstance(self.fields[key], _Text)}

    @property
    def texts(self) -> dict[str, str]:
        """What was written."""
        return {key: value for key, value in self.cleaned_data.items() if value and isinstance(self.fields[key], _Text)}


class _Text(forms.CharField):
    pass


def _text(item: Item) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 3})
    return _Text(label=item.text, max_length=LONGEST, required=item.key in FOUR, widget=widget)


def _choice(item: Item) -> forms.Field:
    options = [(str(option.code), option.label) for option in item.options]
    return forms.ChoiceField(label=item.text, choices=options, required=item.key in FOUR, widget=forms.RadioSelect)
