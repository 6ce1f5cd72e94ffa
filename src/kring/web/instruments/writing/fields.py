"""What the forms of a list are made of: words on one line, lines, choices, and the edition over which somebody typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from kring.library.foreign.plain import plain


class PlainField(forms.CharField):
    """Words on one line, without signs that nobody can see."""

    def clean(self, value: Any) -> str:
        return plain(str(super().clean(value)))


class LinesField(forms.CharField):
    """One on each line; empty lines do not count."""

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        super().__init__(max_length=most * (longest + 2), **kwargs)
        self.most, self.longest = most, longest

    def clean(self, value: Any) -> list[str]:
        lines = [line for line in map(plain, str(super().clean(value)).splitlines()) if line]
        if len(lines) > self.most:
            raise forms.ValidationError(gettext("Dit zijn meer dan %(most)d regels.") % {"most": self.most})
        long = next((line for line in lines if len(line) > self.longest), None)
        if long:
            raise forms.ValidationError(gettext("“%(line)s…” is langer dan %(most)d tekens.") % {"line": long[:40], "most": self.longest})
        return lines


def text_field(label: Any, *, rows: int, most: int, **more: Any) -> PlainField:
    return PlainField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def several(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **more)


def one_of(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class OverEdition(forms.Form):
    """What was typed, and the edition over which it was typed."""

    read = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
