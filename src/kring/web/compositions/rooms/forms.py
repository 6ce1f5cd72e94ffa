"""A room as it is sent: a mark for each desk, and for each corner with a door."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.floor_plans import ROOM, Shape
from kring.core.places import MOST_COLUMNS, MOST_ROWS, Door, FloorPlan, key_of
from kring.core.sociometry.composing import Seat

AROUND = 2  # rows and columns to grow into
LEAST_ROWS, LEAST_COLUMNS = 6, 8

SHAPES = {
    Shape.PAIRS: _("Tweetallen in rijen"),
    Shape.THREES: _("Drietallen in rijen"),
    Shape.SINGLE: _("Losse tafels, zoals bij een toets"),
    Shape.TABLES_OF_4: _("Tafelgroepen van 4"),
    Shape.TABLES_OF_6: _("Tafelgroepen van 6"),
    Shape.HORSESHOE: _("Hoefijzer"),
}
DOORS = {
    Door.FRONT_LEFT: _("Links voor, naast het bord"),
    Door.FRONT_RIGHT: _("Rechts voor, naast het bord"),
    Door.BACK_LEFT: _("Links achter"),
    Door.BACK_RIGHT: _("Rechts achter"),
}


class ShapeForm(forms.Form):
    """An example to begin with."""

    shape = forms.ChoiceField(label=_("Hoe staan de tafels?"), choices=[(shape.value, words) for shape, words in SHAPES.items()])
    seats = forms.IntegerField(label=_("Hoeveel plaatsen?"), min_value=1, max_value=ROOM)


class RoomForm(forms.Form):
    """The desks that were marked; `read` is the version that was looked at."""

    read = forms.IntegerField(widget=forms.HiddenInput)
    doors = forms.MultipleChoiceField(
        label=_("Waar zijn de deuren?"),
        required=False,
        choices=[(door.value, words) for door, words in DOORS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, room: FloorPlan, version: int) -> None:
        super().__init__(data, initial={"read": version, "doors": [door.value for door in room.doors]})
        self.marked = self._marked(data) if data is not None else room.seats

    def _marked(self, data: Any) -> tuple[Seat, ...]:
        """Every desk of the room that can be, and was sent."""
        sent = set(data.getlist("seat"))
        every = (Seat(row, column) for row in range(MOST_ROWS) for column in range(MOST_COLUMNS))
        return tuple(seat for seat in every if key_of(seat) in sent)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.marked:
            self.add_error(None, _("Zet minstens één tafel neer."))
        return given

    def room(self) -> FloorPlan:
        """As it was sent."""
        return FloorPlan(self.marked, tuple(Door(door) for door in self.cleaned_data["doors"]))

    def grid(self, sitting: Mapping[str, str]) -> list[list["Cell"]]:
        """The room with space around it; who sits where by name."""
        rows = min(MOST_ROWS, max(LEAST_ROWS, AROUND + 1 + max((seat.row for seat in self.marked), default=0)))
        columns = min(MOST_COLUMNS, max(LEAST_COLUMNS, AROUND + 1 + max((seat.column for seat in self.marked), default=0)))
        marked = set(self.marked)
        return [[_cell(Seat(row, column), marked, sitting) for column in range(columns)] for row in range(rows)]


@dataclass(frozen=True, slots=True)
class Cell:
    """A spot in the room."""

    key: str
    label: str
    is_desk: bool
    name: str


def _cell(seat: Seat, marked: Iterable[Seat], sitting: Mapping[str, str]) -> Cell:
    key = key_of(seat)
    label = gettext("rij %(row)s, plaats %(column)s") % {"row": seat.row + 1, "column": seat.column + 1}
    return Cell(key, label, seat in marked, sitting.get(key, ""))
