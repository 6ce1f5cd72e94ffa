"""Making classes of a coming year, and what holds for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kring.core.access import Record, Verb
from kring.core.next_classes import LETTERS, check_classes, check_marks
from kring.core.places import NOWHERE, GroupPlan, Part, check_sitting, enough, kept_places
from kring.core.versions import check_version
from kring.web.action import action
from kring.web.compositions import queries as compositions
from kring.web.compositions.classes import queries
from kring.web.compositions.models import ComposedPupil, Composition
from kring.web.schools.models import Membership, Pupil, SchoolYear


@dataclass(frozen=True, slots=True)
class NewClasses:
    """From which streams, which classes there will be, and how many pupils come in each at most."""

    name: str
    streams: Sequence[str]
    classes: Sequence[str]
    most: int


@dataclass(frozen=True, slots=True)
class Marks:
    """By pupil the letters, and how many pupils with a letter come in a class at most; a letter without a number is spread evenly."""

    letters: Mapping[str, str]
    most: Mapping[str, int] = field(default_factory=dict)


@action("classes.made", needs=Verb.WRITE, of=Record.COMPOSITION)
def make_classes(actor: Membership, year: SchoolYear, new: NewClasses, *, at: datetime) -> Composition:
    """Everybody of these streams waits beside it. Raises TooManyClasses, ClassNamedTwice and PlacesDoNotFit."""
    pupils = list(queries.pupils_in(actor, new.streams, at=at))
    check_classes(new.classes, most=new.most, pupils=len(pupils))
    levels = {int(one.partition(":")[2]) for one in new.streams}
    made = Composition.objects.create(
        school_id=actor.school_id,
        year=year,
        kind=Composition.Kind.CLASSES,
        year_level=next(iter(levels)) if len(levels) == 1 else None,
        name=new.name,
        places=_places(new.classes, new.most),
        asks={"choices": True, "origins": True, "levels": len(levels) > 1, "streams": [*new.streams]},
        made_by=actor,
        made_at=at,
    )
    _wait(made, pupils)
    return made


@action("classes.changed", needs=Verb.WRITE)
def change_classes(actor: Membership, row: Composition, names: Sequence[str], *, most: int, read: int, at: datetime) -> None:
    """Other names, another size, more or fewer classes; whose class is gone waits.

    Raises ChangedMeanwhile, TooManyClasses, ClassNamedTwice, PlacesDoNotFit, and PlaceTaken when more sit in a class than it would hold.
    """
    held, version = _held(row, read)
    people = compositions.people_of(actor, held, at=at)
    check_classes(names, most=most, pupils=len(people))
    plan = GroupPlan(tuple(Part(name.strip(), most) for name in names))
    check_sitting(plan, {one.key: one.place for one in people if one.place in plan.sizes})
    seated = ComposedPupil.objects.filter(composition=held)
    seated.exclude(place__in=plan.sizes).update(place=NOWHERE, is_fixed=False)
    seated.update(past=[])
    held.places, held.version, held.outcome = kept_places(plan), version, {}
    held.save(update_fields=["places", "version", "outcome"])


@action("classes.marked", needs=Verb.WRITE)
def mark_pupils(actor: Membership, row: Composition, marks: Marks, *, read: int, at: datetime) -> None:
    """What a letter means, stands nowhere. Raises ChangedMeanwhile and MarkDoesNotFit."""
    held, version = _held(row, read)
    letters = {one.key: _letters(marks.letters.get(one.key, "")) for one in compositions.people_of(actor, held, at=at)}
    counted = {letter: sum(letter in borne for borne in letters.values()) for letter in LETTERS}
    most = {letter: number for letter, number in marks.most.items() if letter in LETTERS}
    check_marks(counted, most, classes=len(queries.class_names(held)))
    seated = list(ComposedPupil.objects.filter(composition=held))
    for one in seated:
        one.mark = letters.get(str(one.pupil_id), "")
    ComposedPupil.objects.bulk_update(seated, ["mark"])
    Composition.objects.filter(pk=held.pk).update(asks={**held.asks, "most": most}, version=version)


@action("classes.completed", needs=Verb.WRITE)
def bring_in(actor: Membership, row: Composition, *, at: datetime) -> int:
    """Who came to these groups since, waits beside the classes. Raises PlacesDoNotFit."""
    held = Composition.objects.select_for_update().get(pk=row.pk)
    new = list(queries.newcomers(actor, held, at=at))
    sizes = GroupPlan(tuple(Part(str(one["name"]), int(one["size"])) for one in held.places["groups"]))
    enough(sizes, len(compositions.people_of(actor, held, at=at)) + len(new))
    _wait(held, new)
    Composition.objects.filter(pk=held.pk).update(version=held.version + 1)
    return len(new)


def _letters(given: str) -> str:
    """Each once, in their order."""
    return "".join(letter for letter in LETTERS if letter in given)


def _places(names: Sequence[str], most: int) -> dict[str, object]:
    return kept_places(GroupPlan(tuple(Part(name.strip(), most) for name in names)))


def _wait(row: Composition, pupils: Sequence[Pupil]) -> None:
    ComposedPupil.objects.bulk_create(ComposedPupil(school_id=row.school_id, composition=row, pupil=pupil) for pupil in pupils)


def _held(row: Composition, read: int) -> tuple[Composition, int]:
    """The row until the transaction ends, and its next version. Raises ChangedMeanwhile."""
    held = Composition.objects.select_for_update().get(pk=row.pk)
    return held, check_version(read, now=held.version)
