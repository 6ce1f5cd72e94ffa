"""Writing a list of one's own, releasing it, and what comes after."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from kring.core.access import Record, Verb
from kring.core.sketches import (
    NothingToUndo,
    NotReady,
    Sketch,
    changes,
    check_draft,
    check_licence,
    check_newest,
    check_released,
    check_reworded,
)
from kring.core.versions import check_version
from kring.library import fingerprint, read_entry, written_entry
from kring.library.sketch_file import written_sketch
from kring.web.action import action
from kring.web.instruments.models import OwnInstrument
from kring.web.instruments.queries import OWN, previous_sketch, reasons_against, sketch_in
from kring.web.schools.models import Membership, School


@action("own_instrument.begun", needs=Verb.WRITE, of=Record.OWN_INSTRUMENT)
def begin_list(actor: Membership, school: School, sketch: Sketch, *, fills: str = "") -> OwnInstrument:  # noqa: ARG001
    """A draft, under a key that this school did not use yet. Nobody is asked it before it is released."""
    School.objects.select_for_update().get(pk=school.pk)
    begun = replace(sketch, key=_free_key(sketch.title, _keys(school.pk)), version=1, comparable_reason="")
    return _draft(school.pk, begun, fills=fills)


def _keys(school: UUID) -> set[str]:
    return set(OwnInstrument.objects.filter(school_id=school).values_list("key", flat=True))


def _free_key(title: str, taken: Iterable[str]) -> str:
    """Out of the title, so that a file that is handed over says what it is."""
    wanted = f"{OWN}{slugify(title)[:40].strip('-') or 'lijst'}"
    others = (f"{wanted}-x{number}" for number in range(2, 10_000))
    return next(key for key in (wanted, *others) if key not in taken)


def _draft(school: UUID, sketch: Sketch, *, fills: str) -> OwnInstrument:
    return OwnInstrument.objects.create(
        school_id=school, key=sketch.key, version=sketch.version, title=sketch.title, source=written_sketch(sketch), fills=fills
    )


@action("own_instrument.changed", needs=Verb.WRITE)
def change_list(actor: Membership, row: OwnInstrument, change: Callable[[Sketch], Sketch], *, read: int) -> None:  # noqa: ARG001
    """One change to a draft, over the edition that was read. Raises ChangedMeanwhile, AlreadyReleased, and what the change raises."""
    now = _locked(row)
    edition = check_version(read, now=now.edition)
    changed = change(sketch_in(now))
    _write(now, written_sketch(changed), edition, title=changed.title)


@action("own_instrument.undone", needs=Verb.WRITE)
def undo_change(actor: Membership, row: OwnInstrument, *, read: int) -> None:  # noqa: ARG001
    """As it was before the last change; once more brings that change back. Raises NothingToUndo, ChangedMeanwhile, AlreadyReleased."""
    now = _locked(row)
    if not now.before:
        raise NothingToUndo
    edition = check_version(read, now=now.edition)
    former = OwnInstrument(source=now.before, title=now.title)
    _write(now, now.before, edition, title=sketch_in(former).title)


def _locked(row: OwnInstrument) -> OwnInstrument:
    """The draft as it is now, for nobody else to change meanwhile. Raises AlreadyReleased."""
    now = OwnInstrument.objects.select_for_update().get(pk=row.pk)
    check_draft(released=not now.is_draft, title=now.title)
    return now


def _write(now: OwnInstrument, source: str, edition: int, *, title: str) -> None:
    OwnInstrument.objects.filter(pk=now.pk).update(source=source, before=now.source, edition=edition, title=title)


@action("own_instrument.reworded", needs=Verb.WRITE)
def say_reworded(actor: Membership, row: OwnInstrument, reason: str, *, read: int) -> None:  # noqa: ARG001
    """That only wording was put right, so that results go on in one line; empty takes it back. Raises MeaningChanged, ChangedMeanwhile."""
    now = _locked(row)
    edition = check_version(read, now=now.edition)
    sketch, before = sketch_in(now), previous_sketch(now)
    if reason and before is not None:
        check_reworded(changes(before, sketch))
    _write(now, written_sketch(replace(sketch, comparable_reason=reason)), edition, title=now.title)


@action("own_instrument.licensed", needs=Verb.WRITE)
def state_licence(actor: Membership, row: OwnInstrument, proof: str, until: date, *, at: datetime) -> None:
    """That the school may use a publisher's list: by which number or contract and until when. Also of a list that was released."""
    check_licence(until, on=timezone.localdate(at))
    said = {"licence_proof": proof, "licence_until": until, "licence_said_by": actor, "licence_said_at": at}
    OwnInstrument.objects.filter(pk=row.pk).update(**said)


@action("own_instrument.released", needs=Verb.APPLY)
def release_list(actor: Membership, row: OwnInstrument, *, read: int, at: datetime) -> None:  # noqa: ARG001
    """From now on this version never changes. Raises NotReady with every reason, ContentRefused, MeaningChanged, ChangedMeanwhile."""
    now = _locked(row)
    check_version(read, now=now.edition)
    sketch, before = sketch_in(now), previous_sketch(now)
    reasons = reasons_against(now, sketch, on=timezone.localdate(at))
    if reasons:
        raise NotReady(reasons=reasons)
    if sketch.comparable_reason and before is not None:
        check_reworded(changes(before, sketch))
    source = _as_file(now.source, title=now.title)
    OwnInstrument.objects.filter(pk=now.pk).update(
        source=source, fingerprint=fingerprint(source.encode()), released_at=at, before="", title=sketch.title
    )


def _as_file(source: str, *, title: str) -> str:
    """The draft as the file that it becomes, in the one form that files have. Raises ContentRefused."""
    return written_entry(read_entry(source, source=title))


@action("own_instrument.corrected", needs=Verb.WRITE, of=Record.OWN_INSTRUMENT)
def correct_list(actor: Membership, row: OwnInstrument) -> OwnInstrument:  # noqa: ARG001
    """A draft of the next version, the same in everything. Raises NotReleasedYet, NextVersionThere."""
    School.objects.select_for_update().get(pk=row.school_id)
    check_released(released=not row.is_draft, retired=False, title=row.title)
    versions = OwnInstrument.objects.filter(school_id=row.school_id, key=row.key).order_by("version").values_list("version", flat=True)
    check_newest(row.version, newest=max(versions), title=row.title)
    next_one = replace(sketch_in(row), version=row.version + 1, comparable_reason="")
    made = _draft(row.school_id, next_one, fills=row.fills)
    licence = ("licence_proof", "licence_until", "licence_said_by_id", "licence_said_at")
    OwnInstrument.objects.filter(pk=made.pk).update(**{name: getattr(row, name) for name in licence})
    return made


@action("own_instrument.discarded", needs=Verb.WRITE)
def discard_list(actor: Membership, row: OwnInstrument) -> None:  # noqa: ARG001
    """A draft that nobody needs any more. Raises AlreadyReleased."""
    OwnInstrument.objects.filter(pk=_locked(row).pk).delete()


@action("own_instrument.retired", needs=Verb.APPLY)
def retire_list(actor: Membership, row: OwnInstrument, *, at: datetime) -> None:  # noqa: ARG001
    """No new rounds with this version; what was asked with it stays. Raises NotReleasedYet, AlreadyRetired."""
    now = OwnInstrument.objects.select_for_update().get(pk=row.pk)
    check_released(released=not now.is_draft, retired=now.retired_at is not None, title=now.title)
    OwnInstrument.objects.filter(pk=now.pk).update(retired_at=at)
