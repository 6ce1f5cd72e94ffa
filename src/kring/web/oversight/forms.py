"""What to look for in the log, and the remark under a week."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.web.oversight.models import Review
from kring.web.oversight.queries import Sought

EARLIEST, LATEST = date(2020, 1, 1), date(2100, 1, 1)
KINDS = [
    ("", gettext_lazy("alles")),
    ("seen", gettext_lazy("bekeken")),
    ("taken", gettext_lazy("opgehaald of afgedrukt")),
    ("changed", gettext_lazy("gedaan of veranderd")),
    ("refused", gettext_lazy("geweigerd")),
    ("signed_in", gettext_lazy("in- en uitloggen")),
]


class Day(forms.DateField):
    """A day that need not be filled in, and that a calendar can hold."""

    def __init__(self, *, label: Any = "") -> None:
        days = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(label=label, required=False, validators=days, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SearchForm(forms.Form):
    """Nothing filled in is the whole log."""

    person = forms.ChoiceField(label=gettext_lazy("Wie"), required=False)
    number = forms.CharField(label=gettext_lazy("Leerlingnummer"), required=False, max_length=60)
    from_on = Day(label=gettext_lazy("Vanaf"))
    until_on = Day(label=gettext_lazy("Tot en met"))
    kind = forms.ChoiceField(label=gettext_lazy("Wat"), required=False, choices=KINDS)

    def __init__(self, *given: Any, people: Sequence[tuple[UUID, str]], **how: Any) -> None:
        super().__init__(*given, **how)
        self.fields["person"].choices = [("", _("iedereen")), *((str(key), name) for key, name in people)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        found = super().clean() or {}
        first, last = found.get("from_on"), found.get("until_on")
        if first and last and last < first:
            raise ValidationError(_("De laatste dag ligt voor de eerste. Draai de dagen om."))
        return found

    def sought(self) -> Sought:
        """What was filled in."""
        said = self.cleaned_data
        return Sought(
            person=UUID(said["person"]) if said["person"] else None,
            number=said["number"].strip(),
            from_on=said["from_on"],
            until_on=said["until_on"],
            kind=said["kind"],
        )


class SignForm(forms.Form):
    """How the week is closed."""

    remark = forms.ChoiceField(
        label=gettext_lazy("Wat is uw bevinding?"),
        choices=Review.Remark.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies een bevinding. Zonder bevinding is er niet getekend."),
            "invalid_choice": gettext_lazy("Kies een van de bevindingen hieronder."),
        },
    )

    def said(self) -> Review.Remark:
        return Review.Remark(self.cleaned_data["remark"])


class UntilForm(forms.Form):
    """From which day one reads back."""

    until = Day()
