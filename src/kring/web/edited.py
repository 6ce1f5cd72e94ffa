"""Two people in one form: it carries when the row was last edited; who comes second gets both texts, with the own ones in the fields.

A form has `read = ReadField()` and is made with `initial={"read": row.edited_at}`; its action calls `refuse_edited` on the locked row
(`core.edited`); the view that catches EditedMeanwhile shows `parts/both_texts.html` with `both_texts(form, said(row))`, and the form of
`sent_again(request.POST, row.edited_at)`: saving once more is then a choice made with both texts in sight.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from kring.core.edited import differing

READ = "read"


class ReadField(forms.CharField):
    """When the row that somebody read was last edited; hidden, to the microsecond."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> Any:
        return _moment(super().to_python(value))


def _moment(text: str | None) -> datetime | None:
    """Raises ValidationError."""
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValidationError("")
    return found


@dataclass(frozen=True, slots=True)
class Both:
    """One field as two people wrote it."""

    label: str
    mine: str
    theirs: str


def both_texts(form: forms.Form, theirs: Mapping[str, Any]) -> list[Both]:
    """Per field in which the form and the row differ; `theirs` holds what the row says now by the name of the field."""
    mine = {name: _spoken(form[name], form[name].value()) for name in theirs}
    said = {name: _spoken(form[name], value) for name, value in theirs.items()}
    return [Both(str(form[one.name].label), one.mine, one.theirs) for one in differing(theirs, mine=mine, theirs=said)]


def sent_again(data: QueryDict, edited_at: datetime, *, prefix: str = "") -> QueryDict:
    """What somebody typed, now with the row in sight as it is."""
    copied = data.copy()
    copied[f"{prefix}-{READ}" if prefix else READ] = edited_at.isoformat()
    return copied


def _spoken(field: forms.BoundField, value: Any) -> str:
    """As it is read: the words of a choice, days as they are typed."""
    choices = dict(getattr(field.field, "choices", ()))
    several = value if isinstance(value, list | tuple) else [value]
    return ", ".join(_word(one, choices) for one in several)


def _word(value: Any, choices: Mapping[Any, Any]) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    return str(choices.get(value, "" if value is None else value))
