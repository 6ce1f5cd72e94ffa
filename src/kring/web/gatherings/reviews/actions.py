"""A group review: the class first, then pupil by pupil a decision with a name and a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kring.core import gatherings as rules
from kring.core.access import Record, Verb
from kring.core.edited import refuse_edited
from kring.core.gatherings import Decision
from kring.web.access import NotPermitted
from kring.web.action import action
from kring.web.gatherings.models import DiscussedPupil, Gathering, GatheringSeat
from kring.web.gatherings.reviews import queries
from kring.web.schools.models import Group, Membership
from kring.web.tasks.intake import give_task, lapse_about

DECIDED = "review.decided"
SOON = timedelta(days=7)


@action("review.planned", needs=Verb.WRITE, of=Record.GATHERING)
def make_review(
    actor: Membership,
    group: Group,
    pupils: Mapping[UUID, Sequence[str]],
    *,
    planned_at: datetime,
    colleagues: Sequence[Membership] = (),
    at: datetime,
) -> Gathering:
    """Put these pupils of the group on the agenda, each with the reasons why (`words.REASONS`). Raises NobodyOnAgenda."""
    rules.refuse_agenda(pupils)
    here = {one.pk for one in queries.pupils_of(actor, group, at=at)}
    if not set(pupils) <= here or any(one.school_id != actor.school_id for one in colleagues):
        raise NotPermitted
    kept = {"school_id": group.school_id, "group": group, "kind": Gathering.Kind.GROUP_REVIEW.value, "planned_at": planned_at}
    made = Gathering.objects.create(**kept, made_by=actor, made_at=at, edited_at=at)
    rows = (DiscussedPupil(school_id=group.school_id, gathering=made, pupil_id=key, because=list(why)) for key, why in pupils.items())
    DiscussedPupil.objects.bulk_create(rows)
    seats = (GatheringSeat(school_id=group.school_id, gathering=made, membership=one) for one in colleagues)
    GatheringSeat.objects.bulk_create(seats)
    return made


@action("review.class_discussed", needs=Verb.WRITE)
def write_class(actor: Membership, review: Gathering, last_plan: str, about_class: str, *, read_at: datetime, at: datetime) -> None:  # noqa: ARG001
    """How the last plan went and what the class needs. Raises HeldAlready, CalledOff, EditedMeanwhile, ClassFirst."""
    row = _open(review)
    refuse_edited(row.edited_at, read_at=read_at)
    rules.refuse_class_passed_over(about_class, last_plan)
    Gathering.objects.filter(pk=row.pk).update(last_plan=last_plan.strip(), about_class=about_class.strip(), edited_at=at)


@dataclass(frozen=True, slots=True)
class Decided:
    """What is done, why, by whom and by when."""

    decision: Decision
    reason: str
    who: Membership | None
    by_on: date | None


@action("review.pupil_decided", needs=Verb.WRITE)
def decide(actor: Membership, discussed: DiscussedPupil, new: Decided, *, at: datetime) -> None:
    """For who does it, it becomes a task. Raises HeldAlready, CalledOff, ClassFirst, DecisionUnexplained, NoDayToWatchUntil."""
    row = DiscussedPupil.objects.select_for_update(of=("self",)).get(pk=discussed.pk)
    review, today = _open(row.gathering), timezone.localdate(at)
    rules.refuse_class_passed_over(review.about_class, review.last_plan)
    rules.refuse_decision(new.decision, new.reason, by_on=new.by_on, on=today)
    if new.who and new.who.school_id != actor.school_id:
        raise NotPermitted
    if row.who_id and row.who_id != (new.who.pk if new.who else None):
        lapse_about(row, at=at)
    chosen = {"decision": new.decision.value, "reason": new.reason.strip(), "who": new.who, "by_on": new.by_on}
    DiscussedPupil.objects.filter(pk=row.pk).update(**chosen, discussed_at=at)
    if new.who:
        give_task(new.who, DECIDED, due_on=new.by_on or today + SOON, at=at, about=row, pupil=row.pupil_id)


@action("review.closed", needs=Verb.WRITE)
def close_review(actor: Membership, review: Gathering, *, at: datetime) -> None:  # noqa: ARG001
    """Who was not reached stands on the next agenda. Raises HeldAlready, CalledOff, ClassFirst, NotHeldYet."""
    row = _open(review)
    rules.refuse_class_passed_over(row.about_class, row.last_plan)
    if not queries.is_there_today(row, at=at):
        raise rules.NotHeldYet
    Gathering.objects.filter(pk=row.pk).update(held_at=min(row.planned_at, at), edited_at=at)
    GatheringSeat.objects.filter(gathering=row).update(came=True)


def _open(review: Gathering) -> Gathering:
    row = Gathering.objects.select_for_update(of=("self",)).get(pk=review.pk)
    rules.refuse_over(row.held_at, row.called_off_at)
    return row
