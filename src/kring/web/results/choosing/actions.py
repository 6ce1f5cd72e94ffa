"""Taking up a direction, or declining it with the reason why; about one pupil only after the result was read with care."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kring.core.access import Record, Verb
from kring.core.acting import group_attention, refuse_nothing, refuse_open, refuse_unfit, refuse_unread, refuse_without_reason
from kring.core.instruments import Level
from kring.library import DirectionText
from kring.web.action import action
from kring.web.results.choosing.queries import fitting
from kring.web.results.models import Direction
from kring.web.results.queries import outcome_of
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.surveys.models import Invitation, Round
from kring.web.surveys.queries import group_rounds


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody says about one entry under one scale."""

    scale: str
    entry: str
    is_taken: bool
    reason: str = ""


@action("direction.chosen", needs=Verb.WRITE, of=Record.DIRECTION)
def choose_for_pupil(actor: Membership, invitation: Invitation, choice: Choice, *, at: datetime) -> Direction:
    """Raises RoundStillOpen, NothingToShow, NotReadWithCare, DirectionDoesNotFit, DeclinedWithoutReason."""
    held = Invitation.objects.select_for_update(of=("self",)).select_related("round", "group", "pupil").get(pk=invitation.pk)
    refuse_open(held.round.closed_at)
    outcome = outcome_of(actor, held)
    refuse_nothing(has_scores=outcome is not None)
    refuse_unread(is_read=outcome is not None and outcome.reading is not None)
    flagged = {one.scale.key for one in outcome.flagged} if outcome else set()
    return _choose(actor, held.round, held.group, held.pupil, choice, flagged, at=at)


@action("group_direction.chosen", needs=Verb.WRITE, of=Record.DIRECTION)
def choose_for_group(actor: Membership, group: Group, round: Round, choice: Choice, *, at: datetime) -> Direction:
    """Raises RoundStillOpen, DirectionDoesNotFit, DeclinedWithoutReason."""
    held = Group.objects.select_for_update().get(pk=group.pk)
    refuse_open(round.closed_at)
    taken = group_rounds(actor, round=round, group=held)
    flagged = {one.scale.key for each in taken for one in group_attention(each.results)}
    return _choose(actor, round, held, None, choice, flagged, at=at)


def _choose(
    actor: Membership, round: Round, group: Group, pupil: Pupil | None, choice: Choice, flagged: Collection[str], *, at: datetime
) -> Direction:
    """Who thinks again changes what was said; the log keeps both."""
    found = _entry(choice, group, Level.PUPIL if pupil else Level.GROUP)
    refuse_unfit(fits=found is not None and choice.scale in flagged)
    refuse_without_reason(choice.reason, is_taken=choice.is_taken)
    assert found is not None
    said: dict[str, Any] = {"is_taken": choice.is_taken, "reason": choice.reason.strip(), "chosen_by": actor, "chosen_at": at}
    about: dict[str, Any] = {"round": round, "group": group, "pupil": pupil, "scale": choice.scale, "entry": choice.entry}
    said["entry_version"] = found.version
    return Direction.objects.update_or_create(school_id=group.school_id, **about, defaults=said)[0]


def _entry(choice: Choice, group: Group, level: Level) -> DirectionText | None:
    return next((one for one in fitting(choice.scale, level, group) if one.key == choice.entry), None)
