"""Of every pupil on the list: often, perhaps not at all, or nothing in particular."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.core.prediction import Expected
from kring.web.schools.models import Pupil

CHOICES = (("", _("weet ik niet")), (Expected.OFTEN.value, _("vaak")), (Expected.NEVER.value, _("misschien niet")))


class ExpectForm(forms.Form):
    """One row of three per pupil."""

    def __init__(self, *args: Any, pupils: Sequence[Pupil], said: Mapping[str, Expected], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupils = [pupil.pk for pupil in pupils]
        for pupil in pupils:
            initial = said[str(pupil.pk)].value if str(pupil.pk) in said else ""
            self.fields[f"pupil-{pupil.pk}"] = forms.ChoiceField(
                label=str(pupil), choices=CHOICES, widget=forms.RadioSelect, required=False, initial=initial
            )

    def expected(self) -> dict[UUID, Expected]:
        """Of whom something was said."""
        given = {pupil: self.cleaned_data[f"pupil-{pupil}"] for pupil in self.pupils}
        return {pupil: Expected(said) for pupil, said in given.items() if said}
