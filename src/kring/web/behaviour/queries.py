"""Analyses of one pupil, their records with the counts, and what earlier plans taught."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.function_analysis import Counts, Noted, count_records
from kring.documents.charts.canvas import Chart
from kring.documents.charts.tally import Tally, tally
from kring.web.access import may
from kring.web.behaviour import words
from kring.web.behaviour.models import BehaviourRecord, FunctionAnalysis
from kring.web.plans.models import Evaluation
from kring.web.schools.models import Membership, Pupil


@dataclass(frozen=True, slots=True)
class Line:
    """An analysis in the list. Who only writes records sees which behaviour it is about, and how often it was seen."""

    analysis: FunctionAnalysis
    records: int
    may_read: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A record in words."""

    row: BehaviourRecord

    @property
    def before(self) -> str:
        return _in_words(words.BEFORES, self.row.before_kind, self.row.before)

    @property
    def after(self) -> str:
        return _in_words(words.AFTERS, self.row.after_kind, self.row.after)

    @property
    def place(self) -> str:
        return str(words.WHERE.get(self.row.place, self.row.place))


def _in_words(said: Mapping[str, Promise], kind: str, more: str) -> str:
    picked = str(said.get(kind, kind))
    return f"{picked}: {more}" if more else picked


@dataclass(frozen=True, slots=True)
class Counted:
    """One way of counting: a small chart and the same as a table."""

    title: str
    rows: tuple[tuple[str, int], ...]
    chart: Chart


@dataclass(frozen=True, slots=True)
class Sheet:
    """An analysis with all that was written down."""

    analysis: FunctionAnalysis
    records: tuple[Told, ...]
    counts: Counts
    counted: tuple[Counted, ...]
    earlier: tuple[Evaluation, ...]

    @property
    def is_settled(self) -> bool:
        return self.analysis.settled_at is not None

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The four questions with what was answered."""
        return [(str(asked), getattr(self.analysis, name)) for name, asked in words.QUESTIONS.items()]


def lines_of(actor: Membership, pupil: Pupil) -> list[Line]:
    """What this person may add records to, the newest first. Three questions to the database."""
    rows = list(may(actor, FunctionAnalysis, Verb.WRITE, of=Record.BEHAVIOUR_RECORD).filter(pupil=pupil).order_by("-made_at", "pk"))
    readable = set(may(actor, FunctionAnalysis, Verb.READ).filter(pupil=pupil).values_list("pk", flat=True))
    seen = Counter(may(actor, BehaviourRecord, Verb.READ).filter(analysis__pupil=pupil).values_list("analysis_id", flat=True))
    return [Line(row, seen[row.pk], row.pk in readable) for row in rows]


def on_pupil_page(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Line] | None:  # noqa: ARG001
    """For the page of the pupil; None for who never reads such records."""
    return lines_of(actor, pupil) if rule_of(Role(actor.role), Record.BEHAVIOUR_RECORD, Verb.READ) else None


def to_watch(actor: Membership, key: UUID) -> FunctionAnalysis | None:
    """The analysis to which this person may add a record."""
    return may(actor, FunctionAnalysis, Verb.WRITE, of=Record.BEHAVIOUR_RECORD).filter(pk=key).select_related("pupil").first()


def counts_of(analysis: FunctionAnalysis) -> Counts:
    """Of all its records: for the rules, whoever asks."""
    return count_records([_noted(one) for one in BehaviourRecord.objects.filter(analysis=analysis)])


def sheet_of(actor: Membership, analysis: FunctionAnalysis) -> Sheet:
    """The same number of questions to the database however much was written down."""
    found = may(actor, BehaviourRecord, Verb.READ).filter(analysis=analysis)
    rows = list(found.select_related("observer__person").order_by("-seen_at", "pk"))
    counts = count_records([_noted(one) for one in rows])
    return Sheet(analysis, tuple(map(Told, rows)), counts, _counted(counts) if rows else (), tuple(learned_from(actor, analysis.pupil)))


def written_in(analysis: FunctionAnalysis) -> str:
    """All texts of the analysis itself, for the language mirror."""
    return "\n".join((analysis.behaviour, *(getattr(analysis, name) for name in words.QUESTIONS), analysis.hypothesis))


def learned_from(actor: Membership, pupil: Pupil) -> list[Evaluation]:
    """How earlier plans of this pupil ended, the newest first."""
    ended = may(actor, Evaluation, Verb.READ).filter(plan__pupil=pupil).select_related("plan")
    return list(ended.order_by("-evaluated_at")[:8])


def _noted(record: BehaviourRecord) -> Noted:
    at = timezone.localtime(record.seen_at)
    return Noted(record.before_kind, record.after_kind, record.place, at, record.observer_id)


def _counted(counts: Counts) -> tuple[Counted, ...]:
    return (
        _one(_("Wat eraan voorafging"), counts.befores, words.BEFORES),
        _one(_("Wat erop volgde"), counts.afters, words.AFTERS),
        _one(_("Waar"), counts.places, words.WHERE),
        _one(_("Wanneer"), counts.parts, words.PARTS),
    )


def _one(title: str, found: tuple[tuple[str, int], ...], said: Mapping[str, Promise]) -> Counted:
    rows = tuple((str(said.get(kind, kind)), number) for kind, number in found)
    return Counted(title, rows, tally(Tally(title, rows)))
