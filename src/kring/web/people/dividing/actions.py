"""Who has which group, for the whole school at once."""

from collections.abc import Sequence
from datetime import datetime

from kring.core.access import Record, Verb
from kring.web.action import action
from kring.web.people.teaching.actions import WantedTurn, give_group, take_group
from kring.web.schools.models import Assignment, Group, Membership, School


@action("teaching.divided", needs=Verb.WRITE, of=Record.ASSIGNMENT)
def divide(
    actor: Membership,
    school: School,  # noqa: ARG001
    given: Sequence[tuple[Group, Membership]],
    taken: Sequence[Assignment],
    *,
    at: datetime,
) -> None:
    """From now on, all of it or nothing: groups that are given and groups that are taken, each as by hand."""
    for turn in taken:
        take_group(actor, turn, ends_at=at, at=at)
    for group, hat in given:
        give_group(actor, group, WantedTurn(hat, max(at, hat.from_at), hat.until_at), at=at)
