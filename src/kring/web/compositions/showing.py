"""A composition as its page shows it: the room or the groups with names in them, and in words what is reached and what is not."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.places import NOWHERE, FloorPlan, GroupPlan, Plan, key_of
from kring.core.seating import near_choices, unkept
from kring.core.sociometry.composing import Seat
from kring.documents.scales import listed
from kring.web.compositions import queries
from kring.web.compositions.models import PlaceWish
from kring.web.compositions.queries import Person, Sheet
from kring.web.wording import SENTENCES


@dataclass(frozen=True, slots=True)
class Card:
    """One pupil; `near` are the chosen classmates who sit close, of `chosen`. None: chose nobody, or sits nowhere."""

    person: Person
    where: str
    near: tuple[str, ...] = ()
    chosen: int | None = None

    @property
    def says(self) -> str:
        """For the list beside the plan."""
        if self.chosen is None:
            return ""
        facts = {"near": len(self.near), "chosen": self.chosen}
        said = ngettext(
            "bij %(near)s van de %(chosen)s gekozen klasgenoot", "bij %(near)s van de %(chosen)s gekozen klasgenoten", self.chosen
        )
        return f"{said % facts}: {listed(self.near)}" if self.near else said % facts


@dataclass(frozen=True, slots=True)
class Spot:
    """A seat of the room; who sits there."""

    place: str
    label: str
    card: Card | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the room."""

    number: int
    spots: tuple[Spot | None, ...]  # None: nothing stands there
    is_walk: bool  # nothing stands in it


@dataclass(frozen=True, slots=True)
class Table:
    """A group with who is in it."""

    place: str
    name: str
    cards: tuple[Card, ...]
    free: int


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish in words, and whether it is kept now."""

    row: PlaceWish
    text: str
    is_kept: bool


def label_of(plan: Plan, place: str) -> str:
    """Where it is, in words: rows and desks as one counts them in the room, without the aisles."""
    if place == NOWHERE:
        return _("nog geen plaats")
    if isinstance(plan, GroupPlan):
        return plan.groups[int(place) - 1].name
    row, column = (int(part) - 1 for part in place.split("-"))
    before = {seat.row for seat in plan.seats if seat.row < row}
    beside = sum(seat.row == row and seat.column <= column for seat in plan.seats)
    return _("rij %(row)s, plaats %(column)s") % {"row": len(before) + 1, "column": beside}


def cards(sheet: Sheet) -> list[Card]:
    """Everybody, in the order of the names."""
    near = near_choices(sheet.plan, sheet.sitting, sheet.chosen)
    return [_card(sheet, person, near.get(person.key)) for person in sheet.people]


def _card(sheet: Sheet, person: Person, near: tuple[frozenset[str], int] | None) -> Card:
    where = label_of(sheet.plan, person.place)
    if near is None:
        return Card(person, where)
    close, chosen = near
    return Card(person, where, tuple(sorted(sheet.names[key] for key in close)), chosen)


def rows(plan: FloorPlan, placed: Iterable[Card]) -> list[Line]:
    """The room from the board to the back."""
    at = {card.person.place: card for card in placed}
    standing = set(plan.seats)

    def spot(seat: Seat) -> Spot | None:
        key = key_of(seat)
        return Spot(key, label_of(plan, key), at.get(key)) if seat in standing else None

    lines = [tuple(spot(Seat(row, column)) for column in range(plan.columns)) for row in range(plan.rows)]
    return [Line(sum(map(any, lines[: number + 1])), line, not any(line)) for number, line in enumerate(lines)]


def aisles(plan: FloorPlan) -> list[bool]:
    """For each column whether nothing stands in it."""
    standing = {seat.column for seat in plan.seats}
    return [column not in standing for column in range(plan.columns)]


def alone(placed: Iterable[Card]) -> list[str]:
    """Who chose somebody and sits near none of them now, by name."""
    return [card.person.name for card in placed if card.chosen and not card.near]


def tables(plan: GroupPlan, placed: Iterable[Card]) -> list[Table]:
    """The groups with who is in them."""
    at: dict[str, list[Card]] = {}
    for card in placed:
        at.setdefault(card.person.place, []).append(card)
    return [
        Table(place, part.name, tuple(at.get(place, ())), part.size - len(at.get(place, ())))
        for place, part in zip(plan.sizes, plan.groups)
    ]


def free_places(plan: Plan, people: Iterable[Person]) -> list[tuple[str, str]]:
    """Where one can go, for the menu."""
    taken: dict[str, int] = {}
    for person in people:
        taken[person.place] = taken.get(person.place, 0) + 1
    return [(place, label_of(plan, place)) for place, size in plan.sizes.items() if taken.get(place, 0) < size]


def wish_lines(sheet: Sheet) -> list[WishLine]:
    """In words, those that are not kept now first."""
    broken = {(wish.kind, wish.pupils) for wish in unkept(sheet.plan, sheet.sitting, [queries.core_wish(one) for one in sheet.wishes])}
    lines = [
        WishLine(one, wish_text(sheet, one), (queries.core_wish(one).kind, queries.core_wish(one).pupils) not in broken)
        for one in sheet.wishes
    ]
    return sorted(lines, key=lambda line: line.is_kept)


def wish_text(sheet: Sheet, one: PlaceWish) -> str:
    """Who and what; never why."""
    names = {"one": sheet.names[str(one.pupil_id)], "other": sheet.names.get(str(one.other_id), "")}
    if one.kind == PlaceWish.Kind.FRONT:
        return _("%(one)s vooraan") % names
    if one.kind == PlaceWish.Kind.TOGETHER:
        return _("%(one)s en %(other)s bij elkaar") % names
    return (_("%(one)s en %(other)s niet bij elkaar") if one.is_hard else _("%(one)s en %(other)s liever niet bij elkaar")) % names


def outcome_lines(sheet: Sheet) -> list[str]:
    """How good the last proposal is, or why there is none."""
    outcome = sheet.row.outcome
    if outcome.get("overtaken"):
        return [_("Tijdens het zoeken is er iets verschoven. Er is niets overschreven. Vraag het voorstel opnieuw.")]
    if "refused" in outcome:
        return [str(SENTENCES[outcome["refused"]]) % outcome["facts"]]
    return _reached(sheet) if "proven" in outcome else []


def _reached(sheet: Sheet) -> list[str]:
    outcome, lines = sheet.row.outcome, []
    if outcome["proven"]:
        lines.append(_("Dit voorstel is bewezen het beste voor deze keuzes en wensen."))
    elif outcome["percent"] is not None:
        lines.append(
            _("Een goed voorstel: hooguit %(percent)s %% beter is mogelijk.") % {"percent": str(outcome["percent"]).replace(".", ",")}
        )
    else:
        lines.append(_("Een goed voorstel. Of het nog beter kan, is niet bewezen."))
    alone, again = outcome["without_chosen"], outcome["met_before"]
    if alone:
        lines.append(
            ngettext(
                "%(n)s leerling zit niet bij een klasgenoot van eigen keuze; dat kon binnen de wensen niet anders gevonden worden.",
                "%(n)s leerlingen zitten niet bij een klasgenoot van eigen keuze; dat kon binnen de wensen niet anders gevonden worden.",
                alone,
            )
            % {"n": alone}
        )
    if again:
        lines.append(
            ngettext("%(n)s tweetal zat al eerder bij elkaar.", "%(n)s tweetallen zaten al eerder bij elkaar.", again) % {"n": again}
        )
    if outcome.get("version") != sheet.row.version:
        lines.append(_("Daarna is er met de hand iets verschoven."))
    return lines


def clashing(sheet: Sheet) -> list[str]:
    """The wishes that contradict each other, in words."""
    outcome = sheet.row.outcome
    named = [wish_text(sheet, one) for one in sheet.wishes if str(one.pk) in outcome.get("clash", ())]
    fixed = [
        _("%(name)s vast op %(where)s") % {"name": one.name, "where": label_of(sheet.plan, one.place)}
        for one in sheet.people
        if one.row and str(one.row) in outcome.get("fixed", ()) and one.place
    ]
    return [*named, *fixed, *([_("een gelijke verdeling over de groepjes")] if outcome.get("spread") else [])]
