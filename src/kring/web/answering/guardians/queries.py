"""The list that one guardian is asked for, as long as this guardian has a say about the pupil; and what was handed in."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.guardian_lists import check_in_time
from kring.web.access import may
from kring.web.answering.opened import times_opened
from kring.web.answering.sent import SentAnswer, sent_answers
from kring.web.schools.models import Membership
from kring.web.surveys.guardian_lists.queries import guardians_to_ask
from kring.web.surveys.models import GuardianInvitation, GuardianList


def has_say(asked: GuardianInvitation, *, at: datetime) -> bool:
    """With authority, and of a pupil of 16 or older with the pupil's leave: asked again at every step, for it may have ended."""
    return asked.guardian_id in {tie.guardian_id for tie in guardians_to_ask(asked.pupil, at=at)}


def refuse_late(asked: GuardianInvitation, *, at: datetime) -> None:
    """Raises GuardianListOver; not of what was handed in or withdrawn, which tells more."""
    if asked.answered_at is None and asked.withdrawn_at is None:
        check_in_time(asked.round.closes_on, on=timezone.localdate(at))


@dataclass(frozen=True, slots=True)
class SentByGuardian:
    """What one guardian handed in, when, and how often the school opened it since: None for who has no say any more, and reads no log."""

    row: GuardianList
    answers: tuple[SentAnswer, ...]
    times_opened: int | None


def sent_by_me(actor: Membership, asked: GuardianInvitation, *, at: datetime) -> SentByGuardian | None:
    """Never the other parent's."""
    row = may(actor, GuardianList, Verb.READ, at=at).filter(guardian_invitation=asked).first()
    if row is None:
        return None
    opened = times_opened(actor, row.pk, since=row.submitted_at, at=at) if has_say(asked, at=at) else None
    return SentByGuardian(row, tuple(sent_answers(asked.round.offered, row.answers, row.texts)), opened)


def hat_of(asked: GuardianInvitation, *, at: datetime) -> Membership | None:
    """In whose name is asked with a letter: the guardian's own hat, that was made with the letter."""
    person = asked.guardian.person
    if person is None:
        return None
    hats = (hat for hat in person.memberships.filter(school_id=asked.school_id, role=Role.GUARDIAN.value).order_by("-from_at"))
    return next((hat for hat in hats if may(hat, GuardianInvitation, Verb.WRITE, of=Record.GUARDIAN_LIST, at=at).filter(pk=asked.pk)), None)
