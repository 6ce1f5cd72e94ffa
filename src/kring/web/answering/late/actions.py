"""What came too late: taken in when the round is open again, or thrown away with a reason."""

from datetime import datetime

from kring.core.access import Record, Verb
from kring.core.answering import throwing_reason
from kring.web.action import action
from kring.web.answering.late.intake import TO_LOOK_AT, take_in_all
from kring.web.answering.models import SetAside
from kring.web.schools.models import Membership
from kring.web.surveys.intake import refuse_closed
from kring.web.surveys.models import Round
from kring.web.tasks.intake import settle_about


@action("late_answers.taken_in", needs=Verb.RUN, of=Record.SET_ASIDE)
def take_in_late(actor: Membership, round: Round, *, at: datetime) -> int:  # noqa: ARG001
    """They count after all, as if they had been in time; how many lists. Raises RoundAlreadyClosed: the round is opened again first."""
    refuse_closed(round)
    taken = take_in_all(round, at=at)
    if not SetAside.objects.filter(round=round, thrown_at=None).exists():
        settle_about(round, TO_LOOK_AT, at=at)
    return taken


@action("late_answers.thrown_away", needs=Verb.RUN, of=Record.SET_ASIDE)
def throw_away_late(actor: Membership, round: Round, reason: str, *, at: datetime) -> int:
    """Their answers go; that they were there, and why they went, stays. Raises ThrowingReasonMissing."""
    words = throwing_reason(reason)
    settle_about(round, TO_LOOK_AT, at=at)
    waiting = SetAside.objects.select_for_update().filter(round=round, thrown_at=None)
    return waiting.update(answers={}, readers={}, thrown_at=at, thrown_by=actor, reason=words)
