"""Somebody else sat in the seat of a pupil."""

from datetime import datetime

from kring.core.access import Verb
from kring.core.answering import PLACES, sitting_at
from kring.web.action import action
from kring.web.answering.models import Answer
from kring.web.classroom.models import Seat
from kring.web.schools.models import Membership
from kring.web.surveys.models import Invitation, Submission


@action("seat.called_back", needs=Verb.WRITE)
def call_back(actor: Membership, seat: Seat, *, at: datetime) -> int:  # noqa: ARG001
    """What was filled in there and is not handed in goes, and what a tablet still sends from there is refused.

    How many lists were handed in from there: these stay, for who handed them in is to be found out first.
    """
    lists = Invitation.objects.filter(pupil=seat.pupil_id)
    list(lists.select_for_update().order_by("pk").values_list("pk"))  # as who saves them does: after this nobody does from there
    Seat.objects.filter(pk=seat.pk, left_at=None).update(left_at=at)
    Seat.objects.filter(pk=seat.pk, called_back_at=None).update(called_back_at=at)
    since, until = sitting_at(seat.taken_at) * PLACES, _end(seat, at) * PLACES
    Answer.objects.filter(filling__invitation__in=lists, given_by=None, turn__gte=since, turn__lt=until).delete()
    return Submission.objects.filter(invitation__in=lists, submitted_at__gte=seat.taken_at, submitted_at__lte=at, on_paper=False).count()


def _end(seat: Seat, at: datetime) -> int:
    """The first sitting that was not in this seat: in the second in which it was left, another may have begun."""
    return sitting_at(seat.left_at) if seat.left_at else sitting_at(at) + 1
