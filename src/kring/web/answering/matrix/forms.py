"""Whose lists are handed in."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from kring.web.answering.matrix.queries import ListLine


class HandInForm(forms.Form):
    """Lists by the key of their invitation."""

    lists = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, listed: Iterable[ListLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lists"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(line.invitation.pk), line.pupil.name) for line in listed]

    def chosen(self) -> set[UUID]:
        return {UUID(key) for key in self.cleaned_data["lists"]}
