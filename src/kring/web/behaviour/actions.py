"""What people do with an analysis: begin it, each add what they saw, write the four answers, settle it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kring.core import function_analysis as rules
from kring.core.access import Record, Verb
from kring.core.edited import refuse_edited
from kring.core.small_trials import tidy
from kring.web.action import action
from kring.web.behaviour.models import BehaviourRecord, FunctionAnalysis
from kring.web.behaviour.queries import counts_of
from kring.web.schools.models import Membership, Pupil


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One record as it was filled in."""

    before_kind: str
    before: str = ""
    behaviour: str
    after_kind: str
    after: str = ""
    place: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The four answers by name, and the guess."""

    answers: Mapping[str, str]
    function: str = ""
    hypothesis: str = ""


@action("behaviour.analysis_begun", needs=Verb.WRITE, of=Record.FUNCTION_ANALYSIS)
def begin(actor: Membership, pupil: Pupil, behaviour: str, *, at: datetime) -> FunctionAnalysis:
    """Of one kind of behaviour, in words that everybody sees the same way."""
    made = FunctionAnalysis(school_id=pupil.school_id, pupil=pupil, behaviour=tidy(behaviour), made_by=actor, made_at=at, edited_at=at)
    made.save(force_insert=True)
    return made


@action("behaviour.record_added", needs=Verb.WRITE, of=Record.BEHAVIOUR_RECORD)
def add_record(actor: Membership, analysis: FunctionAnalysis, seen: Seen, *, at: datetime) -> BehaviourRecord:
    """Each adds the own; nobody changes another's. Raises AnalysisSettled, RecordNotSeenYet, RecordTooOld, OtherWithoutWords."""
    _open(analysis)
    rules.check_record(seen.seen_at, at=at, before=(seen.before_kind, seen.before), after=(seen.after_kind, seen.after))
    made = BehaviourRecord(school_id=analysis.school_id, analysis=analysis, observer=actor, made_at=at, seen_at=seen.seen_at)
    made.before_kind, made.before, made.behaviour = seen.before_kind, tidy(seen.before), tidy(seen.behaviour)
    made.after_kind, made.after, made.place = seen.after_kind, tidy(seen.after), seen.place
    made.save(force_insert=True)
    return made


@action("behaviour.analysis_written", needs=Verb.WRITE)
def write_analysis(actor: Membership, analysis: FunctionAnalysis, written: Written, *, read_at: datetime, at: datetime) -> None:  # noqa: ARG001
    """Raises EditedMeanwhile, AnalysisSettled, TooFewRecords, OneObserver, GuessHalf."""
    row = _open(analysis)
    refuse_edited(row.edited_at, read_at=read_at)
    rules.check_guess(written.function, written.hypothesis, counts_of(row))
    for one in rules.Question:
        setattr(row, one.value, written.answers.get(one.value, "").strip())
    row.function, row.hypothesis, row.edited_at = written.function, written.hypothesis.strip(), at
    row.save()


@action("behaviour.analysis_settled", needs=Verb.WRITE)
def settle(actor: Membership, analysis: FunctionAnalysis, *, at: datetime) -> None:  # noqa: ARG001
    """Raises AnalysisSettled, QuestionsOpen, TooFewRecords, OneObserver."""
    row = _open(analysis)
    rules.check_settled({one.value: getattr(row, one.value) for one in rules.Question}, counts_of(row))
    row.settled_at = row.edited_at = at
    row.save(update_fields=["settled_at", "edited_at"])


def _open(analysis: FunctionAnalysis) -> FunctionAnalysis:
    """The row until the transaction ends. Raises AnalysisSettled."""
    row: FunctionAnalysis = FunctionAnalysis.objects.select_for_update().get(pk=analysis.pk)
    if row.settled_at is not None:
        raise rules.AnalysisSettled
    return row
