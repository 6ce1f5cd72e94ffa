"""Thinking step by step: begin, write, pick what it rests on, ask somebody to look along, and settle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kring.core import understanding as rules
from kring.core.access import Record, Verb
from kring.core.edited import refuse_edited
from kring.core.understanding import Source, SourceKind
from kring.web.access import NotPermitted
from kring.web.action import action
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.tasks.intake import give_task
from kring.web.understanding import queries
from kring.web.understanding.models import Understanding, UnderstandingSource
from kring.web.understanding.thinking import queries as thinking

LOOK_WITHIN: Final = timedelta(days=14)
TEXTS: Final = ("goes_well", "can_be_better", "not_yet", "works_already", "in_pupil", "in_surroundings", "needs")


@dataclass(frozen=True, slots=True)
class Written:
    """The steps as somebody wrote them, and the answers about a class."""

    texts: Mapping[str, str]
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picked:
    """A row that is there, or a few words that stand nowhere else."""

    kind: SourceKind
    on: date
    row: UUID | None = None
    words: str = ""
    activity: str = ""


@action("understanding.begun", needs=Verb.WRITE, of=Record.UNDERSTANDING)
def begin(actor: Membership, about: Pupil | Group, written: Written, *, at: datetime) -> Understanding:
    """What goes well first. Raises GoesWellMissing, ThinkingAlready."""
    held = type(about)._default_manager.select_for_update().get(pk=about.pk)
    rules.refuse_without_good(written.texts.get("goes_well", ""))
    rules.refuse_thinking(is_open=queries.is_open(held))
    texts = {name: written.texts.get(name, "") for name in TEXTS}
    made = {"made_by": actor, "made_at": at, "edited_by": actor, "edited_at": at}
    return Understanding.objects.create(
        school_id=held.school_id, class_questions=dict(written.answers), **queries.about_of(held), **texts, **made
    )


@action("understanding.edited", needs=Verb.WRITE)
def edit(actor: Membership, found: Understanding, written: Written, *, read_at: datetime, at: datetime) -> None:
    """Raises UnderstandingSettled, EditedMeanwhile, GoesWellMissing."""
    held = _open(found, read_at)
    rules.refuse_without_good(written.texts.get("goes_well", ""))
    for name in TEXTS:
        setattr(held, name, written.texts.get(name, ""))
    held.class_questions = dict(written.answers)
    _edited(held, actor, at, *TEXTS, "class_questions")


@action("understanding.sources_picked", needs=Verb.WRITE)
def pick_sources(actor: Membership, found: Understanding, picked: Iterable[Picked], *, read_at: datetime, at: datetime) -> None:
    """These and no others, of what one may read. Raises UnderstandingSettled, EditedMeanwhile, SourceWithoutWords, SourceRetyped."""
    held, wanted = _open(found, read_at), list(picked)
    there = {(one.kind, one.row) for one in thinking.choices(actor, held, at=at)}
    for one in wanted:
        rules.refuse_bad_source(Source(one.kind, str(one.row or ""), one.words))
        if one.row and (one.kind, one.row) not in there:
            raise NotPermitted
    _visible(actor, held, at).delete()
    UnderstandingSource.objects.bulk_create(
        UnderstandingSource(
            school_id=held.school_id,
            understanding=held,
            kind=one.kind.value,
            row=one.row,
            words=one.words,
            activity=one.activity[:40],
            says_on=one.on,
        )
        for one in wanted
    )
    _edited(held, actor, at)


def _visible(actor: Membership, held: Understanding, at: datetime) -> QuerySet[UnderstandingSource]:
    """What this actor could pick or write; what a colleague linked and this one may not read, stays."""
    hidden = [one.row.pk for one in thinking.sources(actor, held, at=at) if one.is_hidden]
    return UnderstandingSource.objects.filter(understanding=held).exclude(pk__in=hidden)


@action("understanding.observer_asked", needs=Verb.WRITE)
def ask_observer(actor: Membership, found: Understanding, whom: Membership, *, at: datetime) -> None:
    """A colleague looks along at a class. Raises UnderstandingSettled."""
    rules.refuse_settled(found.settled_at)
    group = found.group
    if group is None or whom not in thinking.observers(actor, group, at=at):
        raise NotPermitted
    give_task(whom, "understanding.observe", due_on=timezone.localdate(at) + LOOK_WITHIN, at=at, about=found, group=group)


@action("understanding.settled", needs=Verb.WRITE)
def settle(actor: Membership, found: Understanding, *, read_at: datetime, at: datetime) -> None:
    """From now on it stays as it is, and a plan can rest on it. Raises what is not whole yet: `core.understanding`."""
    held = _open(found, read_at)
    thinking.refuse_unfinished(actor, held, at=at)
    held.settled_at = at
    held.save(update_fields=["settled_at"])


def _open(found: Understanding, read_at: datetime) -> Understanding:
    held = Understanding.objects.select_for_update(of=("self",)).select_related("pupil", "group").get(pk=found.pk)
    rules.refuse_settled(held.settled_at)
    refuse_edited(held.edited_at, read_at=read_at)
    return held


def _edited(held: Understanding, actor: Membership, at: datetime, *names: str) -> None:
    held.edited_by, held.edited_at = actor, at
    held.save(update_fields=[*names, "edited_by", "edited_at"])
