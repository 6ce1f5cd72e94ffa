"""What the next teacher should know, what the family says of it, and when to remind."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kring.core.handovers import LONGEST, Part, Said
from kring.web.schools.models import Guardian
from kring.web.year_change.handovers.actions import Answer, Written
from kring.web.year_change.handovers.words import HINTS, PARTS, SAID


class HandoverForm(forms.Form):
    """Three short parts, none of them needed by itself."""

    read = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Part:
            self.fields[part.value] = forms.CharField(
                label=str(PARTS[part]),
                help_text=str(HINTS[part]),
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def written(self) -> Written:
        return Written({part: self.cleaned_data[part.value].strip() for part in Part}, self.cleaned_data["read"])


class AnswerForm(forms.Form):
    """One choice for each part that was written, over the version that was read."""

    read = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, texts: Mapping[Part, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(texts)
        for part in self.parts:
            self.fields[part.value] = forms.ChoiceField(
                label=str(PARTS[part]), choices=[(said.value, SAID[said]) for said in Said], widget=forms.RadioSelect
            )
        self.fields["remark"] = forms.CharField(
            label=_("Wat moet er anders?"),
            max_length=300,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Alleen als u iets anders wilt. De leerkracht past de tekst aan en vraagt het opnieuw."),
        )

    def answer(self) -> Answer:
        given = self.cleaned_data
        said = {part: Said(given[part.value]) for part in self.parts}
        return Answer(said, given["read"], given["remark"].strip(), given.get("talked_on"))


class TalkForm(AnswerForm):
    """What was said in a talk at school, by whom and on which day."""

    def __init__(self, *args: Any, guardians: Iterable[Guardian], pupil: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(one.pk): one for one in guardians}
        choices = [*((key, str(one)) for key, one in self.guardians.items()), ("pupil", pupil)]
        self.fields["who"] = forms.ChoiceField(label=_("Met wie sprak u?"), choices=choices, widget=forms.RadioSelect)
        self.fields["talked_on"] = forms.DateField(
            label=_("Op welke dag was het gesprek?"),
            initial=today,
            validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        self.order_fields(["who", "talked_on", *(part.value for part in self.parts), "remark"])

    def who(self) -> Guardian | None:
        """None for the pupil."""
        return self.guardians.get(self.cleaned_data["who"])
