"""Hand in a suspicion, add to its file, let somebody in or out, say about which pupil it is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.reporting_code import NoteKind, NotToLetIn, StepTaken, check_pupil, check_seen, check_stays, check_step
from kring.web.action import action
from kring.web.people.dates import begins
from kring.web.people.intake import tell
from kring.web.reporting_code import intake, queries
from kring.web.reporting_code.models import ReportingCodeFile, ReportingCodeNote, ReportingCodeSeat, ReportingCodeStep
from kring.web.schools.models import Membership, Pupil, School, live


@dataclass(frozen=True, slots=True)
class Note:
    """What was seen or heard, on which day, from whom; what one thinks of it stands apart."""

    fact: str
    source: str
    interpretation: str
    seen_on: date
    kind: NoteKind = NoteKind.NOTED


@dataclass(frozen=True, slots=True)
class About:
    """The pupil, or how somebody calls who may not look pupils up."""

    pupil: Pupil | None = None
    called: str = ""


@action("suspicion.handed_in", needs=Verb.MEASURE, of=Record.REPORTING_CODE_FILE)
def hand_in(actor: Membership, school: School, about: About, note: Note, *, at: datetime) -> ReportingCodeFile:
    """A file apart, with seats for who hands it in and for the first readers; they hear of it at once."""
    check_pupil(is_chosen=about.pupil is not None, called=about.called)
    called = "" if about.pupil else " ".join(about.called.split())
    made = ReportingCodeFile.objects.create(school=school, pupil=about.pupil, called=called, opened_by=actor, opened_at=at)
    readers = queries.who_reads_first(school.pk, at=at, about=about.pupil).hats
    for hat in {actor.pk: actor, **{one.pk: one for one in readers}}.values():
        ReportingCodeSeat.objects.create(school=school, file=made, membership=hat, from_at=at)
    _write(actor, made, note, at=at)
    tell([hat for hat in readers if hat.pk != actor.pk], "suspicion.handed_in", made, at=at)
    return made


@action("suspicion.added_to", needs=Verb.WRITE, of=Record.REPORTING_CODE_NOTE)
def add_note(actor: Membership, file: ReportingCodeFile, note: Note, *, at: datetime) -> ReportingCodeNote:
    """Added; it is never changed, only added to."""
    return _write(actor, file, note, at=at)


def _write(actor: Membership, file: ReportingCodeFile, note: Note, *, at: datetime) -> ReportingCodeNote:
    check_seen(note.seen_on, on=timezone.localdate(at))
    return ReportingCodeNote.objects.create(
        school_id=file.school_id,
        file=file,
        author=actor,
        kind=note.kind.value,
        fact=note.fact,
        source=note.source,
        interpretation=note.interpretation,
        seen_at=begins(note.seen_on),
        made_at=at,
    )


@action("suspicion.step_taken", needs=Verb.WRITE, of=Record.REPORTING_CODE_STEP)
def take_step(actor: Membership, file: ReportingCodeFile, taken: StepTaken, who: str, advice: str, *, at: datetime) -> ReportingCodeStep:
    """One of the five, done or passed over with a reason; what was written before stays beside it. Raises what check_step raises."""
    ReportingCodeFile.objects.select_for_update().get(pk=file.pk)
    check_step(taken, queries.steps_before(file), on=timezone.localdate(at))
    done = not taken.is_skipped
    return ReportingCodeStep.objects.create(
        school_id=file.school_id,
        file=file,
        number=taken.step.value,
        done_on=taken.done_on,
        who=who,
        weighed=taken.weighed if done else "",
        skipped_because="" if done else taken.skipped_because,
        asked=taken.asked if done else "",
        advice=advice if done else "",
        is_safe_now=taken.is_safe_now,
        can_help_ourselves=taken.can_help_ourselves,
        decision=taken.decision.value if taken.decision else "",
        author=actor,
        made_at=at,
    )


@action("suspicion.let_in", needs=Verb.WRITE, of=Record.REPORTING_CODE_SEAT)
def let_in(actor: Membership, file: ReportingCodeFile, whom: Membership, *, at: datetime) -> ReportingCodeSeat:
    """A colleague reads along from now on. Raises NotToLetIn."""
    ReportingCodeFile.objects.select_for_update().get(pk=file.pk)
    if not queries.to_let_in(actor, file, at=at).filter(pk=whom.pk).exists():
        raise NotToLetIn
    seat = ReportingCodeSeat.objects.create(school_id=file.school_id, file=file, membership=whom, from_at=at)
    tell([whom], "suspicion.let_in", file, at=at)
    return seat


@action("suspicion.let_out", needs=Verb.WRITE)
def let_out(actor: Membership, seat: ReportingCodeSeat, *, at: datetime) -> None:  # noqa: ARG001
    """Somebody reads it no longer. Raises NobodyLeftAtFile."""
    ReportingCodeFile.objects.select_for_update().get(pk=seat.file_id)
    staying = ReportingCodeSeat.objects.filter(live(at), live(at, "membership__"), file=seat.file_id).exclude(pk=seat.pk)
    check_stays([Role(role) for role in staying.values_list("membership__role", flat=True)])
    until_at = intake.end_of(seat, at)
    ReportingCodeSeat.objects.filter(live(at), pk=seat.pk).update(until_at=until_at)


@action("suspicion.tied", needs=Verb.WRITE)
def tie_to_pupil(actor: Membership, file: ReportingCodeFile, pupil: Pupil, *, at: datetime) -> None:  # noqa: ARG001
    """Who was only called by name is this pupil; what was typed stays to be read. Who turns out to be a parent reads it no longer, and
    then it goes to who would have read it first. Raises NobodyLeftAtFile.
    """
    row = ReportingCodeFile.objects.select_for_update().get(pk=file.pk)
    if row.pupil_id is not None:
        return
    row.pupil = pupil
    row.save(update_fields=["pupil"])
    if intake.end_seats_at_home(row, at=at):
        check_stays(intake.seat_first_readers(row, at=at))
