"""Say that a notice was seen."""

from datetime import datetime

from kring.core.access import Verb
from kring.web.action import action
from kring.web.people.models import Notice
from kring.web.schools.models import Membership


@action("notice.seen", needs=Verb.READ)
def see_notice(actor: Membership, notice: Notice, *, at: datetime) -> None:  # noqa: ARG001
    """It does not come back; that it was told stays on record."""
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=at)
