"""How it stands with one list: whether the family said no, and what of it came in before."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kring.core.access import Record, Verb
from kring.web.access import may
from kring.web.answering.models import Answer
from kring.web.answering.rows import OF_GUARDIANS, ListRow, Source
from kring.web.answering.tickets import For, Ticket
from kring.web.schools.models import Membership
from kring.web.surveys.family.intake import objecting, refusing
from kring.web.surveys.guardian_lists.queries import guardians_to_ask
from kring.web.surveys.models import GuardianInvitation, GuardianList, Invitation, Submission


def is_refused(source: Source, row: ListRow, *, is_closed: bool, at: datetime) -> bool:
    """Whether nothing of it may be kept: the family said no to this list, or this guardian has no say about this pupil any more.

    A no withdraws what is asked in an open round; a list of a closed one stands as it stood.
    """
    if source is OF_GUARDIANS:
        return _has_no_say(row.key, at)
    return (is_closed or row.withdrawn_at is not None) and _objects(Invitation.objects.select_related("round__school").get(pk=row.key), at)


def _has_no_say(key: UUID, at: datetime) -> bool:
    asked = GuardianInvitation.objects.select_related("round__school", "pupil").get(pk=key)
    if asked.guardian_id not in {tie.guardian_id for tie in guardians_to_ask(asked.pupil, at=at)}:
        return True
    return bool(refusing(asked.round.school, asked.round.instrument, asked.pupil_id, [asked.guardian_id], at))


def _objects(asked: Invitation, at: datetime) -> bool:
    return bool(objecting(asked.round.school, asked.round.instrument, [asked.pupil_id], at))


def turns_of(source: Source, row: ListRow) -> dict[str, int]:
    """By item the turn of what came in before; of a list that is in, those that it was handed in with."""
    if not row.is_in:
        return dict(Answer.objects.filter(filling=row.filling).values_list("item", "turn")) if row.filling else {}
    if source is OF_GUARDIANS:
        return dict(GuardianList.objects.values_list("turns", flat=True).get(guardian_invitation=row.key))
    return dict(Submission.objects.values_list("turns", flat=True).get(invitation=row.key))


def may_write(ticket: Ticket, keys: Collection[UUID], *, at: datetime) -> set[UUID]:
    """Which of these lists may be written with this ticket: of a teacher those that the table says at this moment; otherwise the one that
    the ticket is for."""
    if ticket.what is not For.CLASS:
        return {ticket.of}
    if ticket.by is None:
        return set()
    actor = Membership.objects.select_related("person").filter(pk=ticket.by, school=ticket.school, person__is_active=True).first()
    if actor is None:
        return set()
    mine = may(actor, Invitation, Verb.WRITE, of=Record.TEACHER_LIST, at=at)
    return set(mine.filter(pk__in=keys, round=ticket.round, group=ticket.of).values_list("pk", flat=True))
