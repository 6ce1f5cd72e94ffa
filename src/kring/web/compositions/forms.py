"""What somebody types about a composition: the first page, one move, a wish, what is asked of everybody."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.floor_plans import ROOM, Shape, even_groups, floor_plan
from kring.core.places import MOST_GROUPS, MOST_IN_GROUP, FloorPlan, Plan, read_places
from kring.web.compositions.actions import Move, NewComposition, NewWish
from kring.web.compositions.models import Composition, PlaceWish
from kring.web.compositions.queries import Person
from kring.web.compositions.rooms.forms import SHAPES

KINDS = (
    (Composition.Kind.SEATS, _("Plattegrond: iedereen een eigen plaats")),
    (Composition.Kind.TABLES, _("Tafelgroepen: wie zit met wie aan een tafel")),
    (Composition.Kind.GROUPS, _("Werkgroepjes: wie werkt met wie samen")),
)
NAMED = {Composition.Kind.TABLES: _("Tafel %(number)s"), Composition.Kind.GROUPS: _("Groepje %(number)s")}
SAME_ROOM = "same"


class NewForm(forms.Form):
    """What to make; a floor plan has a room, groups have a size or a number."""

    kind = forms.ChoiceField(label=_("Wat wilt u maken?"), choices=KINDS, widget=forms.RadioSelect, initial=Composition.Kind.SEATS)
    shape = forms.ChoiceField(label=_("Bij een plattegrond: hoe staan de tafels?"), help_text=_("U kunt tafels daarna nog verzetten."))
    size = forms.IntegerField(label=_("Bij groepjes: hoeveel leerlingen hooguit?"), min_value=1, max_value=MOST_IN_GROUP, initial=4)
    number = forms.IntegerField(
        label=_("Of: hoeveel groepjes?"), min_value=1, max_value=MOST_GROUPS, required=False, help_text=_("Leeg: zoveel als nodig zijn.")
    )
    name = forms.CharField(
        label=_("Hoe heet deze indeling?"),
        max_length=100,
        required=False,
        help_text=_("Bijvoorbeeld “na de herfstvakantie”. Leeg: de datum van vandaag."),
    )

    def __init__(self, data: Any = None, *, pupils: int, room: FloorPlan | None) -> None:
        super().__init__(data)
        self.pupils, self.room = pupils, room
        shapes = [(shape.value, words) for shape, words in SHAPES.items()]
        same = [(SAME_ROOM, _("Zoals in de vorige plattegrond"))] if room else []
        self.fields["shape"].choices = [*same, *shapes]  # type: ignore[attr-defined]

    def new(self, *, today: str) -> NewComposition:
        """As the action takes it. Raises PlacesNotUnderstood."""
        kind = Composition.Kind(self.cleaned_data["kind"])
        name = self.cleaned_data["name"] or gettext("%(kind)s van %(day)s") % {"kind": str(kind.label).capitalize(), "day": today}
        return NewComposition(kind, name, self._plan(kind), {"choices": True, "new_neighbours": True})

    def _plan(self, kind: Composition.Kind) -> Plan:
        given = self.cleaned_data
        if kind is Composition.Kind.SEATS:
            same = self.room if given["shape"] == SAME_ROOM else None
            return same or floor_plan(Shape(given["shape"]), min(self.pupils, ROOM))
        size = -(-self.pupils // given["number"]) if given["number"] else given["size"]
        return even_groups(self.pupils, name=str(NAMED[kind]), size=size)


class MoveForm(forms.Form):
    """`read` is the version of the plan that was looked at."""

    read = forms.IntegerField(min_value=0)
    pupil = forms.UUIDField()
    to = forms.CharField(required=False, max_length=20)
    swap = forms.UUIDField(required=False)

    def move(self) -> Move:
        given = self.cleaned_data
        return Move(str(given["pupil"]), given["to"], str(given["swap"] or ""))


class FixForm(forms.Form):
    """To stay there, or not any more."""

    read = forms.IntegerField(min_value=0)
    pupil = forms.UUIDField()
    is_fixed = forms.BooleanField(required=False)

    def fixed(self) -> dict[str, Any]:
        """As the action takes it."""
        return {**self.cleaned_data, "pupil": str(self.cleaned_data["pupil"])}


class UndoForm(forms.Form):
    """The version that was looked at."""

    read = forms.IntegerField(min_value=0)


WISHES = (
    ("apart", _("niet bij elkaar")),
    ("rather_apart", _("liever niet bij elkaar")),
    ("together", _("bij elkaar")),
    ("front", _("vooraan")),
)


class WishForm(forms.Form):
    """About one pupil, or two."""

    pupil = forms.ChoiceField(label=_("Leerling"))
    what = forms.ChoiceField(label=_("Wens"), choices=WISHES)
    other = forms.ChoiceField(label=_("Met wie"), required=False)
    reason = forms.CharField(
        label=_("Waarom"),
        required=False,
        max_length=300,
        help_text=_("Alleen voor het team van de groep. Dit staat op geen enkel blad en nooit op het bord."),
    )

    def __init__(self, data: Any = None, *, people: Sequence[Person], has_front: bool) -> None:
        super().__init__(data, auto_id="wish_%s")
        self.people = {one.key: one.pupil for one in people}
        named = [(one.key, one.name) for one in people]
        self.fields["pupil"].choices = [("", _("Kies een leerling")), *named]  # type: ignore[attr-defined]
        self.fields["other"].choices = [("", _("Niemand")), *named]  # type: ignore[attr-defined]
        if not has_front:
            self.fields["what"].choices = WISHES[:-1]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("what") != "front" and not given.get("other") and "other" not in self.errors:
            self.add_error("other", _("Kies ook de tweede leerling."))
        return given

    def wish(self) -> NewWish:
        given = self.cleaned_data
        kind = PlaceWish.Kind.APART if given["what"] == "rather_apart" else PlaceWish.Kind(given["what"])
        other = self.people[given["other"]] if kind is not PlaceWish.Kind.FRONT else None
        return NewWish(kind, self.people[given["pupil"]], other, given["what"] != "rather_apart", given["reason"])


class AsksForm(forms.Form):
    """What a proposal takes into account for everybody."""

    choices = forms.BooleanField(label=_("Wie kiest wie, uit het nieuwste sociogram"), required=False)
    new_neighbours = forms.BooleanField(label=_("Niet bij dezelfde als in de laatste drie indelingen"), required=False)
    levels = forms.BooleanField(label=_("De leerjaren gelijk verdeeld"), required=False)

    def __init__(self, data: Any = None, *, row: Composition, mixed: bool, remembers: bool) -> None:
        asked = {name: row.asks.get(name, name != "levels") for name in ("choices", "new_neighbours", "levels")}
        super().__init__(data, initial=asked, auto_id="asks_%s")
        if not mixed or not is_in_groups(row):
            del self.fields["levels"]
        if not remembers:
            del self.fields["new_neighbours"]


class UseForm(forms.Form):
    """The first day on which they sit so; empty: not in use."""

    used_from = forms.DateField(
        label=_("In gebruik vanaf"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, row: Composition, today: date) -> None:
        super().__init__(data, initial={"used_from": row.used_from or today}, auto_id="use_%s")


def is_in_groups(row: Composition) -> bool:
    return not isinstance(read_places(row.places), FloorPlan)
