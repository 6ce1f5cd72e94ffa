"""What a child says, tapped by a grown-up: the names of classmates, or nobody."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kring.core.answering import Value
from kring.core.choice_sheets import heard_by_adult
from kring.core.instruments import Instrument
from kring.web.sociograms.collecting.queries import Classmate


class InterviewForm(forms.Form):
    """Per question the classmates, in the order of this child; what is left empty was skipped."""

    def __init__(self, data: Any, asked: Instrument, classmates: Sequence[Classmate]) -> None:
        super().__init__(data)
        self.questions = {f"who-{number}": one for number, one in enumerate(heard_by_adult(asked), 1)}
        self.classmates = classmates
        names = [(one.key, one.name) for one in classmates]
        for name, question in self.questions.items():
            self.fields[name] = forms.MultipleChoiceField(label=question.text, choices=names, required=False)
            self.fields[f"{name}-nobody"] = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, question in self.questions.items():
            chosen, nobody = given.get(name) or [], given.get(f"{name}-nobody")
            if chosen and nobody:
                self.add_error(name, _("Kies namen, of “niemand”. Niet allebei."))
            if question.limit is not None and len(chosen) > question.limit:
                most = ngettext("Kies hooguit %(n)s naam.", "Kies hooguit %(n)s namen.", question.limit) % {"n": question.limit}
                self.add_error(name, most)
        return given

    def answers(self) -> dict[str, Value]:
        """By question; “niemand” is an answer, nothing is none."""
        found: dict[str, Value] = {}
        for name, question in self.questions.items():
            chosen = sorted(self.cleaned_data[name])
            if chosen or self.cleaned_data[f"{name}-nobody"]:
                found[question.key] = {"who": chosen}
        return found

    def rows(self) -> list[dict[str, Any]]:
        """Each question with its names, and which of them are tapped: only after something was wrong with what was sent."""
        return [
            {
                "field": self[name],
                "question": question,
                "chosen": set(self[name].value() or ()),
                "nobody": self[f"{name}-nobody"],
            }
            for name, question in self.questions.items()
        ]
