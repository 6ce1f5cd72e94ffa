"""Bringing in the files of a class: check, then apply or throw away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kring.core.access import Verb
from kring.core.answers import Missing
from kring.core.instruments import Instrument, Question
from kring.core.sociometry.nominations import NEGATIVE, POSITIVE, Bools, Participation
from kring.core.uploads import DayOutsideYear, refuse_applied, refuse_repetition
from kring.web.action import action
from kring.web.exchange import queries
from kring.web.exchange.models import Upload, UploadedFile
from kring.web.exchange.proposal import Proposal, WaveProposal
from kring.web.files import intake as files
from kring.web.newcomers.intake import watch_arrivals
from kring.web.schools.models import Enrolment, Group, Membership, Pupil
from kring.web.schools.names import sort_name
from kring.web.sociograms.collecting.intake import freeze
from kring.web.sociograms.intake import Choice, take_sociogram
from kring.web.surveys.intake import Incoming, take_submissions
from kring.web.surveys.models import Round, asks_of


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody filled in on the upload page: the files by kind, and what they are."""

    contents: Mapping[str, bytes]
    instrument: Instrument | None
    title: str
    held_on: date


@action("upload.checked", needs=Verb.MEASURE)
def check_upload(actor: Membership, group: Group, brought: Brought, *, at: datetime) -> Upload:
    """Read the files; keep them for a preview when they are good, and nothing when they are not."""
    if not group.year.starts_on <= brought.held_on <= group.year.ends_on:
        raise DayOutsideYear(year=group.year.label)
    named = {f"{kind}.csv": data for kind, data in brought.contents.items()}
    queries.laid_beside(actor, group, queries.read(named, brought.instrument), on=brought.held_on)
    upload = Upload.objects.create(
        school_id=group.school_id,
        group=group,
        author=actor,
        title=brought.title,
        instrument=brought.instrument.key if brought.instrument else "",
        version=brought.instrument.version if brought.instrument else None,
        held_on=brought.held_on,
        created_at=at,
    )
    for kind, data in brought.contents.items():
        kept = files.keep(actor, f"{kind}.csv", data, content_type="text/csv", at=at)
        UploadedFile.objects.create(school_id=group.school_id, upload=upload, file=kept, sha256=kept.sha256, kind=kind)
    return upload


@action("upload.applied", needs=Verb.APPLY)
def apply_upload(actor: Membership, upload: Upload, *, at: datetime) -> None:
    """Make real what the preview showed: new pupils, a round for the answers and one for the choices of every round in the files.

    Files of one round go to the round that is open for this group on that day, when there is one.

    The files themselves are forgotten then; their hashes stay, so that nobody applies them twice.
    """
    _hold(upload)
    refuse_applied(upload.applied_at)
    refuse_repetition(queries.fingerprints(upload), queries.applied_before(upload.group))
    change = queries.proposal_of(actor, upload)
    _enrol(upload.group, change, at=min(at, queries.noon(upload.held_on)))
    watch_arrivals(upload.school, at=at)
    pupils = _pupils_by_key(upload.group, {*change.known, *change.new})
    for wave in change.waves:
        _take_answers(upload, change.instrument, wave, pupils, is_only=len(change.waves) == 1, at=at)
        _take_choices(upload, wave, pupils, is_only=len(change.waves) == 1, at=at)
    _forget_files(upload)
    upload.applied_at = at
    upload.save(update_fields=["applied_at"])


@action("upload.thrown_away", needs=Verb.APPLY)
def throw_away(actor: Membership, upload: Upload) -> None:  # noqa: ARG001
    """Forget the files; what was applied stays."""
    _hold(upload)
    refuse_applied(upload.applied_at)
    _forget_files(upload)
    Upload.objects.filter(pk=upload.pk).delete()


def _forget_files(upload: Upload) -> None:
    for one in upload.files.select_related("file"):
        if one.file is not None:
            files.forget(one.file)


def _hold(upload: Upload) -> None:
    """The upload as it is now, and its group, until the transaction ends: what somebody else applies meanwhile comes before or after."""
    Group.objects.select_for_update().get(pk=upload.group_id)
    upload.refresh_from_db(from_queryset=Upload.objects.select_for_update())


def _enrol(group: Group, change: Proposal, *, at: datetime) -> None:
    pupils = [
        Pupil(school_id=group.school_id, admin_key=key, given_name=name, sort_name=sort_name(name)) for key, name in change.new.items()
    ]
    Pupil.objects.bulk_create(pupils)
    Enrolment.objects.bulk_create(
        Enrolment(school_id=group.school_id, pupil=pupil, group=group, year_level=group.year_levels[0], from_at=at) for pupil in pupils
    )


def _pupils_by_key(group: Group, keys: Iterable[str]) -> dict[str, UUID]:
    """The pupil whom each number means; of who was entered twice, both mean one."""
    found = Pupil.objects.filter(school_id=group.school_id, admin_key__in=list(keys))
    return {number: stays or pupil for number, pupil, stays in found.values_list("admin_key", "id", "merged_into")}


def _round(upload: Upload, instrument: Instrument, wave: WaveProposal) -> Round:
    title = " · ".join(part for part in (upload.title or instrument.title, wave.label) if part)
    return Round.objects.create(
        school_id=upload.school_id,
        year=upload.group.year,
        instrument=instrument.key,
        version=instrument.version,
        title=title[:120],
        opens_on=upload.held_on,
        closes_on=upload.held_on,
        asks=asks_of(instrument),
    )


def _take_answers(
    upload: Upload, instrument: Instrument | None, wave: WaveProposal, pupils: Mapping[str, UUID], *, is_only: bool, at: datetime
) -> None:
    answers = wave.wave.answers
    if instrument is None or answers is None:
        return
    rows = []
    for key, codes, reasons in zip(wave.wave.pupils, answers.codes.tolist(), answers.reasons.tolist()):
        given = {item: code if reason == Missing.ANSWERED else Missing(reason) for item, code, reason in zip(answers.items, codes, reasons)}
        absent = all(reason == Missing.ABSENT for reason in reasons)
        rows.append(Incoming(pupils[key], upload.group_id, given, None if absent else at))
    running = queries.open_round(upload, instrument, [row.pupil_id for row in rows]) if is_only else None
    made = running or _round(upload, instrument, wave)
    take_submissions(made, rows)
    if running is None:
        _close(made, at=at)


def _take_choices(upload: Upload, wave: WaveProposal, pupils: Mapping[str, UUID], *, is_only: bool, at: datetime) -> None:
    if not wave.wave.asked:
        return
    first = wave.wave.asked[0].nominations
    listed: dict[UUID, Participation | None] = {pupils[key]: status for key, status in zip(first.pupils, first.participation)}
    instrument = queries.sociogram_instrument(has_rejections=first.negative is not None)
    running = queries.open_round(upload, instrument, listed) if is_only else None
    made = running or _round(upload, instrument, wave)
    choices = [
        choice for one in wave.wave.asked for choice in _choices(one.question.key, POSITIVE, one.nominations.positive, first.pupils, pupils)
    ]
    if first.negative is not None:
        choices += _choices(_negative_question().key, NEGATIVE, first.negative, first.pupils, pupils)
    take_sociogram(made, upload.group, listed=listed, choices=choices, at=at)
    if running is None:
        _close(made, at=at)


def _negative_question() -> Question:
    """Rejections of a round are one table; they go by the library's negative question."""
    return next(one for one in queries.sociogram_questions() if one.polarity == NEGATIVE)


def _choices(question: str, polarity: int, chosen: Bools, listed: Sequence[str], pupils: Mapping[str, UUID]) -> Iterable[Choice]:
    for row, column in zip(*chosen.nonzero()):
        yield Choice(question, polarity, pupils[listed[row]], pupils[listed[column]])


def _close(made: Round, *, at: datetime) -> None:
    """Files tell of a round that is over."""
    made.closed_at = at
    made.save(update_fields=["closed_at"])
    freeze(made, at=at)
