"""Writing what the next teacher should know, showing it at home, the answer, and keeping it on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.consents import NotYoursToAnswer, refuse_future_hearing
from kring.core.handovers import (
    Part,
    Said,
    check_change,
    check_not_passed,
    check_passed,
    check_shown,
    check_written,
)
from kring.core.versions import check_version
from kring.web.access import NotPermitted
from kring.web.action import action
from kring.web.people.dates import ends_after
from kring.web.people.intake import tell
from kring.web.schools.models import Group, Guardian, Membership, Pupil
from kring.web.tasks.intake import give_task
from kring.web.year_change.handovers import queries
from kring.web.year_change.handovers.rows import settle_passing
from kring.web.year_change.models import Handover, HandoverAnswer


@dataclass(frozen=True, slots=True)
class Written:
    """The three parts over the version that was read; 0 is none."""

    texts: Mapping[Part, str] = field(hash=False)
    read: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says of each part of the version that was read, and which words it should be."""

    said: Mapping[Part, Said] = field(hash=False)
    read: int
    remark: str = ""
    talked_on: date | None = None


@action("handover.written", needs=Verb.WRITE, of=Record.HANDOVER)
def write_handover(actor: Membership, pupil: Pupil, written: Written, *, at: datetime) -> Handover:
    """Write it or change it. After a change nobody has agreed yet, and it must be shown anew."""
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    check_written(written.texts)
    group = queries.group_now(pupil, at=at)
    if group is None:
        raise NotPermitted
    row = Handover.objects.filter(pupil=pupil, group=group).first()  # who moved in the middle of a year, has one of each team
    row = row or Handover(school_id=pupil.school_id, pupil=pupil, group=group, year=group.year, version=0)
    check_not_passed(row.passes_at, at=at)
    row.version = check_version(written.read, now=row.version)
    row.works, row.watch, row.wish = (written.texts.get(part, "") for part in Part)
    row.written_by, row.written_at = actor, at
    row.shown_at = row.shown_to_pupil_at = row.passes_at = row.until_at = None
    row.save()
    settle_passing(row, at=at)
    return row


@action("handover.shown", needs=Verb.WRITE)
def show_handover(actor: Membership, handover: Handover, *, at: datetime) -> None:  # noqa: ARG001
    """From this moment the guardians read it, and from twelve the pupil."""
    row = _held(handover)
    check_not_passed(row.passes_at, at=at)
    _show(row, at=at)
    tell(queries.readers_at_home(row, at=at), "handover.shown", row, at=at)


@action("handover.answered", needs=Verb.ANSWER)
def answer_handover(actor: Membership, handover: Handover, answer: Answer, *, at: datetime) -> HandoverAnswer:
    """Part by part: it may go on, it should say something else, or it stays here. Whoever changes their mind says it anew."""
    who = queries.speaker(actor)
    if who is None and actor.role != Role.PUPIL.value:
        raise NotYoursToAnswer
    return _say(actor, _held(handover), who, answer, at=at)


@action("handover.recorded_in_talk", needs=Verb.WRITE)
def record_talk(actor: Membership, handover: Handover, who: Guardian | None, answer: Answer, *, at: datetime) -> HandoverAnswer:
    """Write down what a guardian, or (without a guardian) the pupil, said in a talk, and on which day."""
    if answer.talked_on:
        refuse_future_hearing(answer.talked_on, today=timezone.localdate(at))
    row = _held(handover)
    check_not_passed(row.passes_at, at=at)
    if who is not None and who not in queries.guardians_of(row.pupil, at=at):
        raise NotYoursToAnswer
    _show(row, at=at)
    return _say(actor, row, who, answer, at=at)


@action("handover.kept", needs=Verb.READ)
def keep_handover(actor: Membership, handover: Handover, *, at: datetime) -> None:
    """The new teacher needs it longer: until the end of the school year in which it came."""
    row = _held(handover)
    check_passed(row.passes_at, at=at)
    group = queries.group_now(row.pupil, at=at)
    if group is None or actor.role not in {Role.TEACHER.value, Role.MENTOR.value}:
        raise NotPermitted
    row.until_at = max(row.until_at or at, ends_after(group.year.ends_on) or at)
    row.kept_at, row.kept_by = at, actor
    row.save(update_fields=["until_at", "kept_at", "kept_by"])


@action("handover.reminded", needs=Verb.WRITE, of=Record.HANDOVER)
def remind(actor: Membership, group: Group, *, due_on: date, at: datetime) -> None:  # noqa: ARG001
    """Who teaches this group gets a task for the whole of it, once."""
    for hat in queries.teachers_of(group, at=at):
        give_task(hat, "handover.due", due_on=due_on, at=at, about=group, group=group)


def _show(row: Handover, *, at: datetime) -> None:
    row.shown_at = row.shown_at or at
    if queries.is_heard(row.pupil, at=at):
        row.shown_to_pupil_at = row.shown_to_pupil_at or at
    row.save(update_fields=["shown_at", "shown_to_pupil_at"])


def _held(handover: Handover) -> Handover:
    """As it is now; two at the same moment come one after the other."""
    return Handover.objects.select_for_update(of=("self",)).select_related("pupil__school", "group").get(pk=handover.pk)


def _say(actor: Membership, row: Handover, who: Guardian | None, answer: Answer, *, at: datetime) -> HandoverAnswer:
    check_shown(row.shown_at)
    check_version(answer.read, now=row.version)
    said = {part: word for part, word in answer.said.items() if part in row.texts}
    check_change(said, answer.remark)
    made = HandoverAnswer.objects.create(
        school_id=row.school_id,
        handover=row,
        guardian=who,
        version=row.version,
        remark=answer.remark if Said.CHANGE in said.values() else "",
        answered_at=at,
        recorded_by=actor,
        talked_on=answer.talked_on,
        **{part.value: word.value for part, word in said.items()},
    )
    settle_passing(row, at=at)
    if Said.CHANGE in said.values():
        tell(queries.team_hats(row, at=at), "handover.change_asked", row, at=at)
    return made
