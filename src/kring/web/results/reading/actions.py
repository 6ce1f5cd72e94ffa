"""Reading a result with care, before anything is decided about the pupil."""

from collections.abc import Mapping
from datetime import datetime

from kring.core.access import Record, Verb
from kring.core.acting import refuse_nothing, refuse_open, refuse_read, refuse_skipped
from kring.web.action import action
from kring.web.results.models import CriticalReading
from kring.web.results.queries import outcome_of
from kring.web.schools.models import Membership
from kring.web.surveys.models import Invitation


@action("result.read_with_care", needs=Verb.WRITE, of=Record.CRITICAL_READING)
def read_with_care(
    actor: Membership, invitation: Invitation, *, answers: Mapping[str, int], texts: Mapping[str, str], at: datetime
) -> CriticalReading:
    """Keep the answers to the four questions about this list. Raises RoundStillOpen, NothingToShow, QuestionSkipped, ReadAlready."""
    held = Invitation.objects.select_for_update(of=("self",)).select_related("round").get(pk=invitation.pk)
    refuse_open(held.round.closed_at)
    refuse_nothing(has_scores=outcome_of(actor, held) is not None)
    refuse_skipped(answers, texts)
    refuse_read(is_read=CriticalReading.objects.filter(invitation=held).exists())
    said = {key: text.strip() for key, text in texts.items() if text.strip()}
    return CriticalReading.objects.create(
        school_id=held.school_id, invitation=held, answers=dict(answers), texts=said, read_by=actor, read_at=at
    )
