"""What a form would show, as lines to read: for who typed the same while a colleague did."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Told:
    """One field with what stands in it now."""

    label: str
    text: str


def told(form: forms.Form) -> list[Told]:
    """Every field that a person sees and in which something stands."""
    shown = [Told(str(field.label), _text(field.field, form.initial.get(field.name))) for field in form.visible_fields()]
    return [one for one in shown if one.text]


def _text(field: forms.Field, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    return str(choices.get(value, "" if value is None else value))
