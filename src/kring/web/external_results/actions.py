"""Bring scores of another system in: name its scales, check a file, take it over, take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import slugify
from django.utils.timezone import localdate

from kring.core.access import Record, Verb
from kring.core.external_scores import (
    OtherThanShown,
    ScaleNamedBefore,
    ScoreScale,
    plain,
    refuse_future,
    refuse_in_use,
    refuse_nothing,
    refuse_taking_back,
    refuse_youth_health,
)
from kring.core.uploads import refuse_applied
from kring.web.action import action
from kring.web.external_results import queries
from kring.web.external_results.models import ExternalFile, ExternalScale, ExternalScore
from kring.web.external_results.queries import OTHER, Proposal
from kring.web.files import intake as files
from kring.web.schools.models import Membership, School


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brought."""

    system: queries.System
    measured_on: date
    name: str
    data: bytes


@action("external_scale.named", needs=Verb.WRITE, of=Record.EXTERNAL_SCALE)
def name_scale(actor: Membership, school: School, system: queries.System | str, scale: ScoreScale) -> ExternalScale:
    """Say of a scale of another system, known here or by its own name, where its scores lie. Raises HealthOfOnePupil, ScaleNamedBefore."""
    title = system if isinstance(system, str) else system.title
    refuse_youth_health(title)
    key = f"{OTHER}{slugify(title)[:60]}" if isinstance(system, str) else system.key
    School.objects.select_for_update().get(pk=school.pk)
    known = queries.system_of(actor, key)
    if known is not None and plain(scale.name) in {name for one in known.scales for name in one.names}:
        raise ScaleNamedBefore(name=scale.name, title=title)
    made = ExternalScale(school=school, system=key, title=title, name=scale.name, plain=plain(scale.name))
    made.low, made.high, made.direction = scale.low, scale.high, scale.direction
    made.save(force_insert=True)
    return made


@action("external_scale.forgotten", needs=Verb.WRITE)
def forget_scale(actor: Membership, scale: ExternalScale) -> None:  # noqa: ARG001
    """Take back what was said of a scale, as long as no score hangs on it. Raises ScaleInUse."""
    School.objects.select_for_update().get(pk=scale.school_id)
    refuse_in_use(scale.name, scores=ExternalScore.objects.filter(scale=scale).count())
    ExternalScale.objects.filter(pk=scale.pk).delete()


@action("external_file.checked", needs=Verb.WRITE, of=Record.EXTERNAL_FILE)
def check_scores(actor: Membership, school: School, brought: Brought, *, at: datetime) -> ExternalFile:
    """Read the file; keep it for a preview when it is good, and nothing when it is not. Raises FilesRefused, HealthOfOnePupil."""
    refuse_youth_health(brought.system.title)
    refuse_future(brought.measured_on, today=localdate(at))
    made = ExternalFile(school=school, author=actor, measured_on=brought.measured_on, brought_at=at)
    made.system, made.title = brought.system.key, brought.system.title
    queries.laid_beside(actor, made, brought.name, brought.data)
    made.file = files.keep(actor, brought.name, brought.data, content_type="application/octet-stream", at=at)
    made.save(force_insert=True)
    return made


@action("external_file.applied", needs=Verb.APPLY)
def apply_scores(actor: Membership, found: ExternalFile, *, shown: str, at: datetime) -> None:
    """Take over what was shown, all of it or nothing; the file itself is forgotten. Raises NothingNew, OtherThanShown, FilesGone."""
    _hold(found)
    refuse_applied(found.applied_at)
    proposal = queries.proposal_of(actor, found)
    refuse_nothing(proposal.found)
    if proposal.fingerprint != shown:
        raise OtherThanShown
    scales = _scales(found, proposal)
    ExternalScore.objects.bulk_create(
        ExternalScore(
            school_id=found.school_id, file=found, pupil_id=pupil, scale=scales[scale], measured_on=found.measured_on, value=one.value
        )
        for (pupil, scale), one in proposal.scores.items()
    )
    _forget_file(found)
    ExternalFile.objects.filter(pk=found.pk).update(applied_at=at, outcome=_outcome(proposal))


def _scales(found: ExternalFile, proposal: Proposal) -> Mapping[str, ExternalScale]:
    """The scales by their plain name; what the library knows of one stands with the school from now on."""
    rows = {row.plain: row for row in ExternalScale.objects.filter(school=found.school_id, system=found.system)}
    for one in {each.scale for each in proposal.scores.values()}:
        if plain(one.name) not in rows:
            row = ExternalScale(school_id=found.school_id, system=found.system, title=found.title, name=one.name, plain=plain(one.name))
            row.low, row.high, row.direction = one.low, one.high, one.direction
            row.save(force_insert=True)
            rows[row.plain] = row
    return rows


def _outcome(proposal: Proposal) -> dict[str, int]:
    found = proposal.found
    tally = {"new": len(found.new), "changed": len(found.changed), "same": len(found.same)}
    return {"pupils": proposal.pupils, "scales": len(proposal.scales), **tally}


@action("external_file.taken_back", needs=Verb.APPLY)
def take_back(actor: Membership, found: ExternalFile, *, at: datetime) -> None:  # noqa: ARG001
    """Take all scores of one file away again; what an earlier file said counts again. Raises NotTakenOver, TakenBackAlready."""
    _hold(found)
    refuse_taking_back(is_applied=found.applied_at is not None, is_taken_back=found.taken_back_at is not None)
    ExternalScore.objects.filter(file=found).delete()
    ExternalFile.objects.filter(pk=found.pk).update(taken_back_at=at)


@action("external_file.thrown_away", needs=Verb.APPLY)
def throw_away(actor: Membership, found: ExternalFile) -> None:  # noqa: ARG001
    """Forget a file that was not taken over."""
    _hold(found)
    refuse_applied(found.applied_at)
    ExternalFile.objects.filter(pk=found.pk).delete()
    _forget_file(found)


def _forget_file(found: ExternalFile) -> None:
    if found.file is not None:
        files.forget(found.file)


def _hold(found: ExternalFile) -> None:
    """The school and the file as they are now, until the transaction ends: whoever else brings scores comes before or after."""
    School.objects.select_for_update().get(pk=found.school_id)
    found.refresh_from_db(from_queryset=ExternalFile.objects.select_for_update(of=("self",)).select_related("file"))
