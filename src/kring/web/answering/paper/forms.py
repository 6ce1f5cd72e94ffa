"""A sheet of paper as it is typed in: one key for each answer, in the order of the paper."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.answering import LONGEST_TEXT, Value
from kring.core.choice_sheets import chosen_by_number, heard_by_adult
from kring.core.errors import BrokenRule
from kring.core.fast_entry import REASONS, SKIP, keys_of
from kring.core.instruments import Instrument, Item
from kring.web.answering.paper.queries import NumberedNames
from kring.web.surveys.models import Invitation
from kring.web.wording import sentence


class KeyField(forms.CharField):
    """The key of an answer, as it stands on the paper; nothing when it was skipped there."""

    def __init__(self, item: Item, offered: Instrument) -> None:
        codes: dict[str, Value] = {key: code for code, key in keys_of(item).items()}
        self.values = codes | {REASONS[reason]: reason.value for reason in offered.reasons} | {SKIP: None}
        widget = forms.TextInput(
            attrs={"maxlength": 1, "autocomplete": "off", "inputmode": "numeric", "class": "typed__key", "data-keys": "".join(self.values)}
        )
        super().__init__(required=False, label=item.text, widget=widget)

    def clean(self, value: Any) -> Value:
        typed = str(super().clean(value)).lower()
        if typed and typed not in self.values:
            raise forms.ValidationError(
                _("Deze toets hoort niet bij deze vraag: kies een van %(keys)s."), params={"keys": " ".join(self.values)}
            )
        return self.values.get(typed)


class NumberField(forms.IntegerField):
    """A number of a row that is too long for keys."""

    def __init__(self, item: Item) -> None:
        widget = forms.NumberInput(attrs={"class": "typed__number", "autocomplete": "off"})
        super().__init__(required=False, label=item.text, min_value=item.low, max_value=item.high, widget=widget)


class WordsField(forms.CharField):
    """What somebody wrote."""

    def __init__(self, item: Item) -> None:
        super().__init__(required=False, label=item.text, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self, value: Any) -> Value:
        text = super().clean(value)
        return {"text": text} if text else None


class SheetForm(forms.Form):
    """All of one sheet."""

    def __init__(self, data: Mapping[str, Any] | None, offered: Instrument) -> None:
        super().__init__(data)
        for number, item in enumerate(offered.items, 1):
            self.fields[f"answer-{number}"] = _field(item, offered)
        self.items = {f"answer-{number}": item for number, item in enumerate(offered.items, 1)}

    def answers(self) -> dict[str, Value]:
        return {item.key: self.cleaned_data.get(name) for name, item in self.items.items()}

    def rows(self) -> list[dict[str, Any]]:
        """Each question with its field and what its keys mean."""
        return [
            {"number": number, "field": self[name], "item": item, "keys": _legend(item)}
            for number, (name, item) in enumerate(self.items.items(), 1)
        ]


def _field(item: Item, offered: Instrument) -> forms.Field:
    if item.is_open:
        return WordsField(item)
    return KeyField(item, offered) if keys_of(item) else NumberField(item)


def _legend(item: Item) -> list[tuple[str, str]]:
    keys = keys_of(item)
    return [(keys[option.code], option.label) for option in item.options if option.code in keys]


class ChoicesForm(forms.Form):
    """All of one sheet of choices: at each question the numbers with a ring."""

    def __init__(self, data: Mapping[str, Any] | None, asked: Invitation, found: NumberedNames) -> None:
        super().__init__(data)
        self.oneself, self.numbers = str(asked.pupil_id), found.keys
        self.questions = {f"choice-{number}": one for number, one in enumerate(heard_by_adult(asked.round.offered), 1)}
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "typed__numbers", "data-numbers": True})
        for name, question in self.questions.items():
            self.fields[name] = forms.CharField(label=question.text, required=False, max_length=400, widget=widget)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.chosen: dict[str, list[str]] = {}
        for name, question in self.questions.items():
            try:
                who = chosen_by_number(given.get(name, ""), self.numbers, oneself=self.oneself, limit=question.limit)
            except BrokenRule as broken:
                self.add_error(name, sentence(broken))
            else:
                self.chosen |= {} if who is None else {question.key: who}
        return given

    def answers(self) -> dict[str, Value]:
        """By question; what was left empty was skipped."""
        return {key: {"who": sorted(who)} for key, who in self.chosen.items()}


class NumberForm(forms.Form):
    """Which sheet."""

    number = forms.CharField(
        label=_("Nummer van het blad"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True, "size": 8}),
    )


class TickForm(forms.Form):
    """Who filled in a sheet without a name."""

    who = forms.TypedMultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, listed: Mapping[Any, str]) -> None:
        super().__init__(data)
        field = self.fields["who"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(key), name) for key, name in listed.items()]
