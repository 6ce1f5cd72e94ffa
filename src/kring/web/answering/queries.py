"""What is on its way, for who fills it in and nobody else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.answering import PLACES
from kring.web.access import may
from kring.web.answering.models import Answer, Filling
from kring.web.schools.models import Assignment, Enrolment, Group, Membership, live
from kring.web.surveys.models import GuardianInvitation, Invitation, Round, StaffInvitation, Submission

Asked = Invitation | GuardianInvitation | StaffInvitation
Kept = dict[UUID, dict[str, tuple[Any, int, UUID | None]]]
OF_A_GROUP = (Role.TEACHER, Role.MENTOR)


def is_handed_in(asked: Asked) -> bool:
    """Whether its answers are in."""
    if isinstance(asked, GuardianInvitation):
        return asked.answered_at is not None
    if isinstance(asked, StaffInvitation):
        return asked.answered
    return asked.answered or Submission.objects.filter(invitation=asked).exists()


def kept_answers(asked: Asked) -> dict[str, Any]:
    """By item, each as it is sent; what was taken back is not among them."""
    filling = getattr(asked, "filling", None)
    return {} if filling is None else dict(filling.answers.exclude(value__isnull=True).values_list("item", "value"))


def kept_of_class(actor: Membership, round: Round, group: Group, *, at: datetime) -> Kept:
    """Per list that this teacher may fill in: by item the value, the turn and who gave it."""
    mine = _lists(actor, at).filter(round=round, group=group)
    rows = Answer.objects.filter(filling__invitation__in=mine).values_list("filling__invitation_id", "item", "value", "turn", "given_by_id")
    found: Kept = {}
    for invitation, item, value, turn, by in rows:
        found.setdefault(invitation, {})[item] = (value, turn, by)
    return found


def latest_sitting(kept: Mapping[UUID, Mapping[str, tuple[Any, int, UUID | None]]]) -> int:
    """The highest sitting among these answers."""
    return max((turn // PLACES for rows in kept.values() for _value, turn, _by in rows.values()), default=0)


def handed_in_of_class(actor: Membership, round: Round, group: Group, *, at: datetime) -> dict[UUID, dict[str, Any]]:
    """The answers of the lists that are in."""
    found = Submission.objects.filter(invitation__in=_lists(actor, at).filter(round=round, group=group))
    return {one.invitation_id: {**one.answers, **{key: {"text": text} for key, text in one.texts.items()}} for one in found}


def _lists(actor: Membership, at: datetime) -> Any:
    return may(actor, Invitation, Verb.WRITE, of=Record.TEACHER_LIST, at=at)


def busy(round: Round) -> int:
    """How many lists of a round somebody began and did not hand in."""
    return Filling.objects.filter(invitation__round=round).count()


def possible_readers(asked: Invitation, *, at: datetime) -> QuerySet[Membership]:
    """Whom a pupil may let read what the pupil wrote: who can be chosen by the table; of teachers those of the pupil's own groups."""
    roles = [role.value for role in roles_that(Record.OPEN_ANSWER, Verb.READ) - {Role.PUPIL}]
    sits_in = Enrolment.objects.filter(live(at), pupil=asked.pupil_id).values("group")
    teaches = Assignment.objects.filter(live(at), Q(group=asked.group_id) | Q(group__in=sits_in), membership=OuterRef("pk"))
    here = Membership.objects.filter(live(at), school=asked.school_id, role__in=roles, person__is_active=True)
    of_the_pupil = ~Q(role__in=[role.value for role in OF_A_GROUP]) | Q(Exists(teaches))
    return here.filter(of_the_pupil).select_related("person").order_by("person__family_name", "pk")
