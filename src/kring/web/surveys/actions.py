"""Closing a round: whole, in one transaction."""

from datetime import datetime

from kring.core import rounds
from kring.core.access import Verb
from kring.web.action import action
from kring.web.schools.models import Membership
from kring.web.surveys.closing import work_out
from kring.web.surveys.intake import keep_precision, make_baseline_if_first
from kring.web.surveys.models import Round, StaffInvitation
from kring.web.tasks.intake import settle_about


@action("round.closed", needs=Verb.RUN)
def close_round(actor: Membership, round: Round, *, at: datetime) -> None:
    """Stop taking answers, say who did and when, and work out what follows: how precise the scales are, who was chosen.

    Raises RoundAlreadyClosed.
    """
    round.refresh_from_db(from_queryset=Round.objects.select_for_update())
    round.closed_at, round.closed_by = rounds.close(round.closed_at, at=at), actor
    round.save(update_fields=["closed_at", "closed_by"])
    keep_precision(round.school_id, round.offered)
    make_baseline_if_first(round)
    work_out(round, at=at)
    settle_about(round, "round.close_due", "round.lists_missing", at=at)
    for asked in StaffInvitation.objects.filter(round=round):
        settle_about(asked, "staff_list.fill_in", at=at)
