"""Put somebody on a group, and take somebody off it."""

from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Record, Role, Verb
from kring.core.appointing import Held, RoleForOneself, check_dates
from kring.core.authority import check_goes_on
from kring.core.teaching import check_substitute, check_teaching
from kring.web.action import action
from kring.web.people.intake import tell
from kring.web.people.teaching import queries
from kring.web.schools.models import Assignment, Group, Membership


@dataclass(frozen=True, slots=True)
class WantedTurn:
    """Who, from when until when, and for whom when it is a substitute."""

    hat: Membership
    from_at: datetime
    until_at: datetime | None
    replaces: Membership | None = None


@action("group.given", needs=Verb.WRITE, of=Record.ASSIGNMENT)
def give_group(actor: Membership, group: Group, wanted: WantedTurn, *, at: datetime) -> Assignment:
    """From this moment the group is theirs too. They and who has the group now are told."""
    check_dates(wanted.from_at, wanted.until_at, at=at)
    if wanted.hat.person_id == actor.person_id:
        raise RoleForOneself
    hat = Membership.objects.select_for_update().get(pk=wanted.hat.pk, school_id=group.school_id)
    from_at, until_at = wanted.from_at, wanted.until_at
    held = Held(Role(hat.role), hat.from_at, hat.until_at)
    check_teaching(held, queries.turns_of(hat, group), from_at=from_at, until_at=until_at)
    if wanted.replaces is not None:
        is_oneself = wanted.replaces.person_id == hat.person_id
        check_substitute(queries.turns_of(wanted.replaces, group), is_oneself=is_oneself, from_at=from_at, until_at=until_at)
    made = Assignment.objects.create(
        school_id=group.school_id, group=group, membership=hat, replaces=wanted.replaces, from_at=from_at, until_at=until_at
    )
    tell([hat], "group.yours", group, at=at)
    tell(queries.others_on(group, hat, at=at), "group.shared", group, at=at)
    return made


@action("group.taken", needs=Verb.WRITE)
def take_group(actor: Membership, turn: Assignment, *, ends_at: datetime, at: datetime) -> None:  # noqa: ARG001
    """From this moment the group is no longer theirs; that it was, stays."""
    turn.refresh_from_db(from_queryset=Assignment.objects.select_for_update())
    check_goes_on(turn.until_at, at=at)
    ends_at = max(ends_at, at)
    if turn.from_at >= ends_at:  # it never began: nothing to remember
        Assignment.objects.filter(pk=turn.pk).delete()
        return
    turn.until_at = ends_at
    turn.save(update_fields=["until_at"])
