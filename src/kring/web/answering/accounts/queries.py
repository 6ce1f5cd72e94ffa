"""What a pupil handed in with a name: the answers, what was written and who may read that, and how often the school opened it."""

from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Verb
from kring.web.access import may
from kring.web.answering.opened import times_opened
from kring.web.answering.sent import SentAnswer, sent_answers
from kring.web.schools.models import Membership, live
from kring.web.surveys.models import Invitation, OpenAnswer, OpenAnswerReader, Submission


@dataclass(frozen=True, slots=True)
class Written:
    """What I wrote at one question, and whom I let read it; nobody when I chose nobody."""

    question: str
    text: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentByPupil:
    """One list as I handed it in."""

    row: Submission
    answers: tuple[SentAnswer, ...]
    written: tuple[Written, ...]
    times_opened: int


def sent_by_me(actor: Membership, invitation: Invitation, *, at: datetime) -> SentByPupil | None:
    """None of a list that is not in, and of one without names: those answers nobody finds again."""
    row = may(actor, Submission, Verb.READ, at=at).filter(invitation=invitation).first()
    if row is None:
        return None
    asked = invitation.round.offered
    written = _written(actor, invitation, at)
    coded = [one for one in sent_answers(asked, row.answers, {}) if one.text not in {text.question for text in written}]
    opened = times_opened(actor, row.pk, since=row.submitted_at, at=at)
    return SentByPupil(row, tuple(coded), written, opened)


def _written(actor: Membership, invitation: Invitation, at: datetime) -> tuple[Written, ...]:
    rows = list(may(actor, OpenAnswer, Verb.READ, at=at).filter(invitation=invitation))
    seats = may(actor, OpenAnswerReader, Verb.READ, at=at).filter(live(at), open_answer__in=rows).select_related("membership__person")
    readers: dict[object, list[str]] = {}
    for seat in seats:
        readers.setdefault(seat.open_answer_id, []).append(str(seat.membership.person))
    texts = {item.key: item.text for item in invitation.round.offered.items}
    return tuple(Written(texts.get(one.item, one.item), one.text, tuple(readers.get(one.pk, ()))) for one in rows)
