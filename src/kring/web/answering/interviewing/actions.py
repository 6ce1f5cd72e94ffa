"""Keep what a child said in a talk, by the same rules as when the child taps it alone."""

from collections.abc import Mapping
from datetime import datetime

from kring.core.access import Verb
from kring.core.answering import Kept, Value
from kring.core.paper_sheets import SheetEmpty
from kring.web.action import action
from kring.web.answering.handing_in.intake import take_list
from kring.web.answering.models import Filling
from kring.web.answering.paper.queries import refuse_unasked
from kring.web.schools.models import Membership
from kring.web.surveys.intake import refuse_closed
from kring.web.surveys.models import Invitation, Submission


@action("interview.taken", needs=Verb.WRITE)
def take_interview(actor: Membership, invitation: Invitation, answers: Mapping[str, Value], *, at: datetime) -> Submission:  # noqa: ARG001
    """Hand in what the child said. Raises SheetEmpty, SheetTypedAlready, ListWithdrawn, RoundAlreadyClosed, RoundNotOpenYet."""
    if not answers:
        raise SheetEmpty
    return _hand_in(invitation, answers, at)


@action("interview.declined", needs=Verb.WRITE)
def decline(actor: Membership, invitation: Invitation, *, at: datetime) -> Submission:  # noqa: ARG001
    """The child said that it would rather not; nobody waits for it any more. Raises what `take_interview` raises."""
    return _hand_in(invitation, {}, at)


def _hand_in(invitation: Invitation, answers: Mapping[str, Value], at: datetime) -> Submission:
    refuse_closed(invitation.round)
    held = Invitation.objects.select_for_update(of=("self",)).select_related("round").get(pk=invitation.pk)
    is_in = held.answered or Submission.objects.filter(invitation=held).exists()
    refuse_unasked(held.round, at=at, is_in=is_in, withdrawn=held.withdrawn_at is not None, number=held.sheet)
    Filling.objects.filter(invitation=held).delete()
    made = take_list(held, {key: Kept(value, 0) for key, value in answers.items()}, {}, at=at, on_paper=True)
    made.in_talk = True
    made.save(update_fields=["in_talk"])
    return made
