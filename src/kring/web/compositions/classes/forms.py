"""What a coordinator types about classes of a coming year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.next_classes import LETTERS, MOST_CLASSES
from kring.core.places import LONGEST_NAME, MOST_IN_GROUP
from kring.web.compositions.classes.actions import Marks, NewClasses
from kring.web.compositions.classes.queries import Stream, class_names
from kring.web.compositions.models import Composition
from kring.web.compositions.queries import Person

USUAL = 28  # pupils in a class


def _names_field(**more: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Hoe heten de klassen?"),
        max_length=MOST_CLASSES * (LONGEST_NAME + 2),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Eén naam op elke regel, bijvoorbeeld 5A en 5B."),
        **more,
    )


def _most_field(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Hoeveel leerlingen hooguit in een klas?"),
        min_value=1,
        max_value=MOST_IN_GROUP,
        help_text=_("Kring maakt de klassen zo gelijk als het kan. Wat u zelf verschuift, mag tot dit aantal."),
        **more,
    )


class _Named(forms.Form):
    """With classes by name, one on each line."""

    def clean_classes(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["classes"].splitlines() if line.strip()]
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(_("Houd een naam korter dan %(most)s tekens.") % {"most": LONGEST_NAME + 1})
        return names


class NewClassesForm(_Named):
    """From whom to what."""

    streams = forms.MultipleChoiceField(label=_("Welke leerlingen gaat u verdelen?"), widget=forms.CheckboxSelectMultiple)
    classes = _names_field()
    most = _most_field(initial=USUAL)
    name = forms.CharField(label=_("Hoe heet dit voorstel?"), max_length=100, initial=_("Eerste voorstel"))

    field_order = ("streams", "classes", "most", "name")

    def __init__(self, data: Any = None, *, streams: Iterable[Stream]) -> None:
        super().__init__(data)
        self.fields["streams"].choices = [(one.key, _said(one)) for one in streams]  # type: ignore[attr-defined]

    def new(self) -> NewClasses:
        given = self.cleaned_data
        return NewClasses(given["name"], given["streams"], given["classes"], given["most"])


def _said(one: Stream) -> str:
    said = {"group": one.group.name, "level": one.level, "n": one.pupils}
    return gettext("%(group)s, leerjaar %(level)s (%(n)s leerlingen)") % said


class ChangeClassesForm(_Named):
    """Other names, another size, and what a proposal takes into account."""

    read = forms.IntegerField(widget=forms.HiddenInput)
    classes = _names_field()
    most = _most_field()
    choices = forms.BooleanField(label=_("Houd rekening met wie elkaar kiezen (sociogram)"), required=False)
    origins = forms.BooleanField(label=_("Verdeel de groepen van nu gelijk over de klassen"), required=False)
    levels = forms.BooleanField(label=_("Verdeel de leerjaren gelijk over de klassen"), required=False)

    def __init__(self, data: Any = None, *, row: Composition) -> None:
        asked = {name: row.asks.get(name, False) for name in ("choices", "origins", "levels")}
        most = max((int(one["size"]) for one in row.places["groups"]), default=USUAL)
        super().__init__(data, initial={"read": row.version, "classes": "\n".join(class_names(row)), "most": most, **asked})

    @property
    def asks(self) -> dict[str, bool]:
        return {name: self.cleaned_data[name] for name in ("choices", "origins", "levels")}


@dataclass(frozen=True, slots=True)
class MarkRow:
    """The boxes of one pupil."""

    person: Person
    boxes: tuple[tuple[str, str, bool], ...]  # letter, value, ticked


class MarksForm(forms.Form):
    """A letter for a pupil, and how many with that letter a class can have. A box is named by the pupil and holds a letter."""

    read = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: Composition, people: Sequence[Person]) -> None:
        most = row.asks.get("most", {})
        super().__init__(data, initial={"read": row.version, **{f"most-{letter}": most.get(letter) for letter in LETTERS}})
        self.listed = people
        self.given = self._letters(data) if data is not None else {one.key: one.mark for one in people}
        for letter in LETTERS:
            label = gettext("Letter %(letter)s: hooguit hoeveel in een klas?") % {"letter": letter}
            self.fields[f"most-{letter}"] = forms.IntegerField(label=label, min_value=0, max_value=MOST_IN_GROUP, required=False)

    def _letters(self, data: Any) -> dict[str, str]:
        return {one.key: "".join(letter for letter in LETTERS if letter in data.getlist(f"mark-{one.key}")) for one in self.listed}

    @property
    def rows(self) -> list[MarkRow]:
        return [
            MarkRow(one, tuple((letter, f"mark-{one.key}", letter in self.given[one.key]) for letter in LETTERS)) for one in self.listed
        ]

    @property
    def limits(self) -> list[BoundField]:
        return [self[f"most-{letter}"] for letter in LETTERS]

    def marks(self) -> Marks:
        most = {letter: self.cleaned_data[f"most-{letter}"] for letter in LETTERS}
        return Marks(self.given, {letter: number for letter, number in most.items() if number is not None})
