"""Making a composition, moving pupils in it, wishes, and what happens to a proposal. Every change counts up the version that was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kring.core.access import Record, Verb
from kring.core.places import (
    NobodyMovedYet,
    NoPlaceToFix,
    Plan,
    PupilIsFixed,
    PupilNotInPlan,
    SittingChangedMeanwhile,
    after_move,
    after_swap,
    check_sitting,
    enough,
    kept_places,
    read_places,
)
from kring.core.seating import refuse_wish
from kring.web.action import action
from kring.web.compositions import queries
from kring.web.compositions.models import ComposedPupil, Composition, PlaceWish
from kring.web.schools.models import Group, Membership, Pupil

STEPS_BACK = 20  # so many changes can be undone


@dataclass(frozen=True, slots=True)
class NewComposition:
    """What somebody chose on the first page."""

    kind: Composition.Kind
    name: str
    plan: Plan
    asks: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Move:
    """One pupil to a place, to nowhere (""), or in the place of another."""

    pupil: str
    to: str = ""
    swap: str = ""


@dataclass(frozen=True, slots=True)
class NewWish:
    """About one pupil, or two; why is for the team alone."""

    kind: PlaceWish.Kind
    pupil: Pupil
    other: Pupil | None = None
    is_hard: bool = True
    reason: str = ""


@action("composition.made", needs=Verb.WRITE, of=Record.COMPOSITION)
def make_composition(actor: Membership, group: Group, new: NewComposition, *, at: datetime) -> Composition:
    """Everybody waits beside it. Raises PlacesDoNotFit."""
    made = Composition(school_id=group.school_id, group=group, year_id=group.year_id, made_by=actor, made_at=at)
    made.kind, made.name, made.places, made.asks = new.kind, new.name, kept_places(new.plan), dict(new.asks)
    people = queries.people_of(actor, made, at=at)
    enough(new.plan, len(people))
    made.save(force_insert=True)
    ComposedPupil.objects.bulk_create(ComposedPupil(school_id=made.school_id, composition=made, pupil=one.pupil) for one in people)
    return made


@action("composition.copied", needs=Verb.WRITE, of=Record.COMPOSITION)
def copy_composition(actor: Membership, row: Composition, *, name: str, at: datetime) -> Composition:
    """The same places and wishes under another name, to try something else beside it."""
    made = Composition(school_id=row.school_id, group_id=row.group_id, year_id=row.year_id, made_by=actor, made_at=at, name=name)
    made.kind, made.year_level, made.places, made.asks = row.kind, row.year_level, row.places, row.asks
    made.save(force_insert=True)
    people = queries.people_of(actor, row, at=at)
    ComposedPupil.objects.bulk_create(
        ComposedPupil(school_id=row.school_id, composition=made, pupil=one.pupil, place=one.place, is_fixed=one.is_fixed, mark=one.mark)
        for one in people
    )
    for wish in queries.wishes_of(actor, row, [one.pupil.pk for one in people]):
        wish.pk, wish.composition, wish.made_by = PlaceWish().pk, made, actor
        wish.save(force_insert=True)
    return made


@action("composition.changed", needs=Verb.WRITE)
def move_pupil(actor: Membership, row: Composition, move: Move, *, read: int, at: datetime) -> None:
    """Raises SittingChangedMeanwhile, PupilNotInPlan, PupilIsFixed, UnknownPlace and PlaceTaken."""
    held, version = _held(row, read)
    people = queries.people_of(actor, held, at=at)
    sitting, fixed = {one.key: one.place for one in people}, [one.key for one in people if one.is_fixed]
    if move.swap:
        moved = after_swap(sitting, move.pupil, move.swap, fixed=fixed)
    else:
        moved = after_move(read_places(held.places), sitting, move.pupil, move.to, fixed=fixed)
    _write(held, people, moved, version)


@action("composition.undone", needs=Verb.WRITE)
def undo(actor: Membership, row: Composition, *, read: int, at: datetime) -> None:
    """The last change of places, of one pupil or of all at once. Raises SittingChangedMeanwhile, NobodyMovedYet and PupilIsFixed."""
    held, version = _held(row, read)
    seated = list(ComposedPupil.objects.select_for_update().filter(composition=held))
    last = max((one.past[-1][0] for one in seated if one.past), default=None)
    if last is None:
        raise NobodyMovedYet
    changed = [one for one in seated if one.past and one.past[-1][0] == last]
    if any(one.is_fixed for one in changed):
        raise PupilIsFixed
    for one in changed:
        one.place = one.past.pop()[1]
    here = {str(one.pk) for one in queries.members(actor, held, at=at)}
    check_sitting(read_places(held.places), {str(one.pupil_id): one.place for one in seated if str(one.pupil_id) in here})
    ComposedPupil.objects.bulk_update(changed, ["place", "past"])
    Composition.objects.filter(pk=held.pk).update(version=version)


@action("composition.fixed", needs=Verb.WRITE)
def fix_pupil(actor: Membership, row: Composition, pupil: str, *, is_fixed: bool, read: int, at: datetime) -> None:
    """Stays here whatever is proposed, or not any more. Raises SittingChangedMeanwhile, PupilNotInPlan and NoPlaceToFix."""
    held, version = _held(row, read)
    person = next((one for one in queries.people_of(actor, held, at=at) if one.key == pupil), None)
    if person is None:
        raise PupilNotInPlan
    if is_fixed and not person.place:
        raise NoPlaceToFix
    ComposedPupil.objects.filter(composition=held, pupil=person.pupil).update(is_fixed=is_fixed)
    Composition.objects.filter(pk=held.pk).update(version=version)


@action("place_wish.added", needs=Verb.WRITE, of=Record.PLACE_WISH)
def add_wish(actor: Membership, row: Composition, new: NewWish, *, at: datetime) -> PlaceWish:
    """Raises PupilNotInPlan and what `refuse_wish` refuses."""
    held = Composition.objects.select_for_update().get(pk=row.pk)
    inside = {one.pk for one in queries.members(actor, held, at=at)}
    if not inside >= {one.pk for one in (new.pupil, new.other) if one}:
        raise PupilNotInPlan
    made = PlaceWish(school_id=held.school_id, composition=held, made_by=actor, kind=new.kind, pupil=new.pupil, other=new.other)
    made.is_hard, made.reason = new.is_hard, new.reason
    others = queries.wishes_of(actor, held, inside)
    refuse_wish(queries.core_wish(made), [queries.core_wish(one) for one in others], read_places(held.places))
    made.save(force_insert=True)
    return made


@action("place_wish.removed", needs=Verb.WRITE)
def remove_wish(actor: Membership, wish: PlaceWish) -> None:  # noqa: ARG001
    """It is not asked any more."""
    PlaceWish.objects.filter(pk=wish.pk).delete()


@action("composition.set", needs=Verb.WRITE)
def set_asks(actor: Membership, row: Composition, asks: Mapping[str, bool]) -> None:  # noqa: ARG001
    """What a proposal takes into account for everybody; what stands there beside these stays."""
    held = Composition.objects.select_for_update().get(pk=row.pk)
    Composition.objects.filter(pk=row.pk).update(asks={**held.asks, **asks})


@action("composition.used", needs=Verb.WRITE)
def use_composition(actor: Membership, row: Composition, *, used_from: date | None) -> None:  # noqa: ARG001
    """From this day they sit so; without a day they do not after all."""
    Composition.objects.filter(pk=row.pk).update(used_from=used_from)


@action("composition.removed", needs=Verb.WRITE)
def remove_composition(actor: Membership, row: Composition) -> None:  # noqa: ARG001
    """With its wishes and the reasons for them."""
    Composition.objects.filter(pk=row.pk).delete()


@action("composition.proposed", needs=Verb.WRITE)
def take_proposal(
    actor: Membership, row: Composition, sitting: Mapping[str, str] | None, outcome: Mapping[str, Any], *, read: int, at: datetime
) -> None:
    """Everybody to the proposed place, as one change that can be undone; nobody, when somebody moved a pupil meanwhile."""
    held = Composition.objects.select_for_update().get(pk=row.pk)
    overtaken = sitting is not None and held.version != read
    if sitting is not None and not overtaken:
        people = queries.people_of(actor, held, at=at)
        _write(held, people, {one.key: sitting.get(one.key, "") for one in people}, held.version + 1)
    Composition.objects.filter(pk=held.pk).update(
        outcome={"overtaken": True} if overtaken else {**outcome, "version": held.version + (sitting is not None)}
    )


def _held(row: Composition, read: int) -> tuple[Composition, int]:
    """The row until the transaction ends, and its next version. Raises SittingChangedMeanwhile."""
    held = Composition.objects.select_for_update().get(pk=row.pk)
    if read != held.version:
        raise SittingChangedMeanwhile
    return held, held.version + 1


def _write(held: Composition, people: tuple[queries.Person, ...], moved: Mapping[str, str], version: int) -> None:
    """The new places, and before each of them the old one, by the version that made the change."""
    seated = {one.pupil_id: one for one in ComposedPupil.objects.filter(composition=held)}
    changed = []
    for person in people:
        if moved[person.key] != person.place:
            row = seated.get(person.pupil.pk) or ComposedPupil(school_id=held.school_id, composition=held, pupil=person.pupil)
            row.past = [*row.past, [version, person.place]][-STEPS_BACK:]
            row.place, row.is_fixed = moved[person.key], person.is_fixed
            changed.append(row)
    known = {one.pk for one in seated.values()}
    ComposedPupil.objects.bulk_create([one for one in changed if one.pk not in known])
    ComposedPupil.objects.bulk_update([one for one in changed if one.pk in known], ["place", "past", "is_fixed"])
    Composition.objects.filter(pk=held.pk).update(version=version)
