"""What is done with a round."""

from datetime import datetime

from kring.core import rounds
from kring.core.access import Verb
from kring.web.action import action
from kring.web.schools.models import Membership
from kring.web.surveys.intake import keep_precision
from kring.web.surveys.models import Round
from kring.web.tasks.intake import settle_about


@action("round.closed", needs=Verb.RUN)
def close_round(actor: Membership, round: Round, *, at: datetime) -> None:  # noqa: ARG001
    """Stop taking answers, and work out anew how precise the scales are."""
    round.refresh_from_db(from_queryset=Round.objects.select_for_update())
    round.closed_at = rounds.close(round.closed_at, at=at)
    round.save(update_fields=["closed_at"])
    keep_precision(round.school_id, round.offered)
    settle_about(round, "round.close_due", "round.lists_missing", at=at)
