"""Hand in the lists of a class, and open one again while the round runs."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from kring.core.access import Record, Verb
from kring.core.answering import sitting_at, turn
from kring.core.signing_off import NotHandedIn, refuse_empty
from kring.web.action import action
from kring.web.answering.matrix import queries
from kring.web.answering.models import Answer, Filling
from kring.web.schools.models import Group, Membership
from kring.web.surveys.intake import refuse_closed
from kring.web.surveys.models import Invitation, Round, Submission


@action("teacher_lists.handed_in", needs=Verb.MEASURE)
def hand_in(actor: Membership, group: Group, round: Round, chosen: Collection[UUID], *, at: datetime) -> int:
    """The lists about these pupils; how many. What was skipped, stays so. Raises RoundAlreadyClosed, NobodyChosen, NothingAnswered."""
    refuse_closed(round)
    fillings = list(Filling.objects.select_for_update(of=("self",)).filter(invitation__in=chosen, invitation__round=round))
    found = [one for one in queries.lines(actor, round, group, at=at) if one.is_open and one.invitation.pk in chosen]
    refuse_empty([{**one.answers, **one.texts} for one in found])  # type: ignore[dict-item]
    turns = queries.turns_in(fillings)
    Submission.objects.bulk_create(_submission(one, turns.get(one.invitation.pk, {}), at) for one in found)
    taken = {one.invitation.pk for one in found}
    Filling.objects.filter(pk__in=[one.pk for one in fillings if one.invitation_id in taken]).delete()
    return len(found)


@action("teacher_list.opened_again", needs=Verb.WRITE, of=Record.TEACHER_LIST)
def open_again(actor: Membership, invitation: Invitation, *, at: datetime) -> None:
    """A list that was handed in by mistake, or that is to be looked at once more. Raises RoundAlreadyClosed, NotHandedIn."""
    refuse_closed(invitation.round)
    handed_in = Submission.objects.select_for_update().filter(invitation=invitation).first()
    if handed_in is None:
        raise NotHandedIn
    sitting = sitting_at(at)
    filling = Filling.objects.create(school_id=invitation.school_id, invitation=invitation, sitting=sitting, begun_at=at)
    values = handed_in.answers | {item: {"text": text} for item, text in handed_in.texts.items()}
    Answer.objects.bulk_create(
        Answer(school_id=filling.school_id, filling=filling, item=item, value=value, turn=turn(sitting, 0), given_by=actor)
        for item, value in values.items()
    )
    handed_in.delete()


def _submission(line: queries.ListLine, turns: Mapping[str, int], at: datetime) -> Submission:
    asked = line.invitation
    return Submission(school_id=asked.school_id, invitation=asked, answers=line.answers, texts=line.texts, turns=turns, submitted_at=at)
