"""Uploads and the group beside which they are laid."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kring.class_files import ClassFiles, class_files
from kring.core.access import Verb
from kring.core.instruments import Informant, Instrument, Question
from kring.core.school_types import SchoolType, year_of_school
from kring.core.uploads import FilesGone
from kring.library import instrument as from_library
from kring.library import instruments
from kring.web.access import may, may_do
from kring.web.exchange.models import Upload, UploadedFile
from kring.web.exchange.proposal import Proposal, Roster, proposal
from kring.web.files import intake as files
from kring.web.instruments.queries import instrument_in, instruments_of
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live
from kring.web.schools.naming import listed_names
from kring.web.surveys.models import Invitation, Round, Submission

OF_A_CLASS = frozenset([Informant.PUPIL, Informant.TEACHER])


def questionnaires(group: Group, *, on: date) -> list[Instrument]:
    """What the answers of a class may belong to: the lists that were asked here, the last one first; then every other by title, its newest
    version first. A list without names or scores, or that guardians fill in, does not come in with a class."""
    newest = instruments_of(group.school, on=on)
    older = [one for one in instruments() if any(one.key == new.key and one.version < new.version for new in newest)]
    found = {(one.key, one.version): one for one in (*_asked(group), *_by_title([*newest, *older]))}
    return [one for one in found.values() if one.scales and one.informant in OF_A_CLASS and not one.anonymous]


def _asked(group: Group) -> list[Instrument]:
    """In the rounds that still take answers of this group, the last opened first."""
    asks = Invitation.objects.filter(round=OuterRef("pk"), group=group)
    rounds = Round.objects.filter(Exists(asks), school_id=group.school_id, closed_at=None).order_by("-opens_on", "pk")
    return [one.offered for one in rounds]


def _by_title(found: Iterable[Instrument]) -> list[Instrument]:
    return sorted(found, key=lambda one: (one.title, one.key, -one.version))


def sociogram_instrument(*, has_rejections: bool = False) -> Instrument:
    """The library's own sociogram questions; with whom somebody would rather not is a list of its own."""
    return from_library("kring-sociogram-niet" if has_rejections else "kring-sociogram")


def sociogram_questions() -> list[Question]:
    """Every question that a file of choices may name, each key once."""
    known = {one.key: one for one in (*sociogram_instrument(has_rejections=True).questions, *sociogram_instrument().questions)}
    return list(known.values())


def members(group: Group, *, at: datetime) -> Iterable[Enrolment]:
    """Who sits in the group at this moment, in the order of their names."""
    return Enrolment.objects.filter(live(at), group=group).select_related("pupil").order_by("pupil__sort_name", "pupil_id")


def read(contents: dict[str, bytes], instrument: Instrument | None) -> ClassFiles:
    """The files as values, or FilesRefused."""
    return class_files(contents, instrument, questions=sociogram_questions())


def laid_beside(actor: Membership, group: Group, found: ClassFiles, *, on: date) -> Proposal:
    """What these files would change in this group, as it was on their day, if this person applied them. Raises FilesRefused."""
    pupils = [one.pupil for one in members(group, at=noon(on))]
    names = _under_old_numbers(_names(actor, pupils), pupils, {key for each in found.groups for key in each.names})
    others = Pupil.objects.filter(school_id=group.school_id).exclude(admin_key__in=names).values_list("admin_key", flat=True)
    enrols = {group.name} if may_do(actor, group, Verb.ENROL) else set()
    years = [year_of_school(SchoolType(actor.school.type), level) for level in group.year_levels]
    return proposal(found, Roster(group.name, names, frozenset(others), years), may_enrol=enrols)


def _names(actor: Membership, pupils: Sequence[Pupil]) -> dict[str, str]:
    """By key in the school's administration; who left since that day has a number for a name to those who may not read the pupil."""
    keys = [one.pk for one in pupils]
    named = listed_names(keys, may(actor, Pupil, Verb.READ).filter(pk__in=keys))
    return {one.admin_key: named[str(one.pk)].name for one in pupils}


def _under_old_numbers(names: dict[str, str], pupils: Sequence[Pupil], in_files: Collection[str]) -> dict[str, str]:
    """Whoever was entered twice may stand in a file under the number that went: it means the same pupil."""
    merged = Pupil.objects.filter(merged_into__in=[one.pk for one in pupils]).values_list("admin_key", "merged_into__admin_key")
    old = {now: went for went, now in merged if went in in_files and now not in in_files}
    return {old.get(number, number): name for number, name in names.items()}


def instrument_of(upload: Upload) -> Instrument | None:
    """The list to which the answers of this upload belong."""
    return instrument_in(upload.school_id, upload.instrument, upload.version or 1) if upload.instrument else None


def contents_of(upload: Upload) -> dict[str, bytes]:
    """The files again, as they were brought. Raises FilesGone when their days are over, or somebody applied them this very moment."""
    kept = {f"{one.kind}.csv": one.file for one in upload.files.select_related("file")}
    if None in kept.values():
        raise FilesGone(brought_at=upload.created_at)
    try:
        return {name: files.read(file) for name, file in kept.items() if file is not None}
    except FileNotFoundError:
        raise FilesGone(brought_at=upload.created_at) from None


def proposal_of(actor: Membership, upload: Upload) -> Proposal:
    """The preview: read again from the files themselves. Raises FilesRefused and FilesGone."""
    return laid_beside(actor, upload.group, read(contents_of(upload), instrument_of(upload)), on=upload.held_on)


def noon(on: date) -> datetime:
    """The middle of a school day."""
    return timezone.make_aware(datetime.combine(on, time(12)))


def applied_before(group: Group) -> list[tuple[frozenset[str], datetime]]:
    """The fingerprints of every upload that was applied to this group."""
    uploads = Upload.objects.filter(group=group, applied_at__isnull=False).prefetch_related("files")
    return [(frozenset(one.sha256 for one in upload.files.all()), upload.applied_at) for upload in uploads if upload.applied_at is not None]


def open_uploads(actor: Membership, group: Group) -> Iterable[Upload]:
    """What this person brought for this group and did not apply yet."""
    return may(actor, Upload, Verb.READ).filter(group=group, applied_at=None).order_by("-created_at")


def fingerprints(upload: Upload) -> list[str]:
    """The hashes of its files."""
    return list(UploadedFile.objects.filter(upload=upload).values_list("sha256", flat=True))


def open_round(upload: Upload, asked: Instrument, pupils: Collection[UUID]) -> Round | None:
    """The round of this list that is open for this group on the day of the files, and in which none of these pupils answered yet."""
    on, answered = upload.held_on, Submission.objects.filter(invitation__round=OuterRef("pk"), invitation__pupil__in=list(pupils))
    asks = Invitation.objects.filter(round=OuterRef("pk"), group=upload.group_id)
    found = Round.objects.filter(school_id=upload.school_id, instrument=asked.key, version=asked.version, closed_at=None)
    found = found.filter(Exists(asks), ~Exists(answered), opens_on__lte=on, closes_on__gte=on)
    return found.order_by("-opens_on", "pk").first()
