"""Moving a list to the pupil it is about, making one pupil of two entries, and taking either back. Each is whole or not at all."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kring.core.access import Record, Verb
from kring.core.corrections import (
    ChoiceMissing,
    MergedAlready,
    NextStep,
    OtherClassOrRound,
    SightNotAgreed,
    TooLateToUndo,
    check_merge,
    check_move,
    check_reason,
    refuse_stale,
    refuse_undo,
)
from kring.web.access import NotPermitted, may
from kring.web.action import action
from kring.web.corrections import intake, queries
from kring.web.corrections.models import MergedPupil, MovedList
from kring.web.schools.models import Membership, Pupil
from kring.web.surveys.models import Invitation, Round, Submission
from kring.web.trace import record_event

FILLED = ("person_id", "birth_date")
"""What the entry that stays takes over when it has none."""


@action("list.moved", needs=Verb.WRITE, of=Record.MOVED_LIST)
def move_list(actor: Membership, invitation: Invitation, to: Invitation, reason: str, *, seen: str, at: datetime) -> MovedList:
    """Put this list with the other pupil; when that one has a list too, they change places. How precise the scales are stays the same.

    Raises WhyMissing, MovesNowhere, OtherClassOrRound, RoundAlreadyClosed, ListGone, ChangedSinceLooked.
    """
    why = check_reason(reason)
    Round.objects.select_for_update().get(pk=invitation.round_id)
    if not may(actor, Invitation, Verb.WRITE, of=Record.MOVED_LIST).filter(pk=to.pk).exists():
        raise OtherClassOrRound
    here, there = queries.list_of(actor, invitation), queries.list_of(actor, to)
    swapped = check_move(here.place(), there.place(), closed_at=here.closed_at)
    refuse_stale(queries.seal(here.submission, there.submission), seen=seen)
    assert here.submission is not None
    intake.exchange(there.submission, here.submission, to=there.invitation)
    return _moved(actor, here.invitation, there.invitation, why, swapped=swapped, at=at)


def _moved(actor: Membership, here: Invitation, there: Invitation, why: str, *, swapped: bool, at: datetime) -> MovedList:
    now = {one.invitation_id: one for one in Submission.objects.filter(invitation__in=[here, there])}
    record_event(actor, now[there.pk], "list.received")
    return MovedList.objects.create(
        school_id=here.school_id,
        round_id=here.round_id,
        group_id=here.group_id,
        pupil_id=here.pupil_id,
        to_pupil_id=there.pupil_id,
        swapped=swapped,
        seal=queries.seal(now.get(here.pk), now[there.pk]),
        reason=why,
        moved_by=actor,
        moved_at=at,
    )


@action("list.move_undone", needs=Verb.WRITE)
def undo_move(actor: Membership, move: MovedList, *, at: datetime) -> None:
    """Back to where it was. Raises UndoneAlready, TooLateToUndo."""
    Round.objects.select_for_update().get(pk=move.round_id)
    move.refresh_from_db(from_queryset=MovedList.objects.select_for_update())
    refuse_undo(move.undone_at, queries.after_move(move))
    if not queries.may_take_back(actor, move):
        raise NotPermitted
    places = {one.pupil_id: one for one in Invitation.objects.filter(round=move.round_id, pupil__in=[move.pupil_id, move.to_pupil_id])}
    back, away = places[move.pupil_id], places[move.to_pupil_id]
    intake.exchange(Submission.objects.filter(invitation=back).first(), Submission.objects.get(invitation=away), to=back)
    record_event(actor, away, "list.taken_back")
    move.undone_by, move.undone_at = actor, at
    move.save(update_fields=["undone_by", "undone_at"])


@action("pupil.merged", needs=Verb.WRITE, of=Record.MERGED_PUPIL)
def merge_pupils(
    actor: Membership,
    stays: Pupil,
    goes: Pupil,
    reason: str,
    *,
    agreed: bool,
    seen: str,
    group_of: UUID | None = None,
    lists_of: Collection[UUID] = (),
    at: datetime,
) -> MergedPupil:
    """Make one pupil of two entries. `lists_of` are the rounds of which the list of the entry that goes is kept; `group_of` says by whose
    group the pupil goes where they sit in two. Raises what `check_merge` refuses, SightNotAgreed, ChoiceMissing, ChangedSinceLooked.
    """
    why = check_reason(reason)
    held = {one.pk: one for one in Pupil.objects.select_for_update().filter(pk__in=[stays.pk, goes.pk]).order_by("pk")}
    here, there = held[stays.pk], held[goes.pk]
    check_merge(queries.entered(here, at=at), queries.entered(there, at=at, goes=True))
    _refuse_without_right(actor, there)
    one, other = (queries.side(actor, each, at=at) for each in (here, there))
    refuse_stale(queries.sight(one, other), seen=seen)
    if queries.newly_seeing(one, other) and not agreed:
        raise SightNotAgreed
    if queries.clashing_groups(one, other) and group_of not in held:
        raise ChoiceMissing
    filled = _fill(here, there, at)
    moved = intake.bring_over(here, there, group_of_going=group_of == there.pk, lists_of_going=lists_of, at=at)
    record_event(actor, there, "pupil.merged_away")
    return MergedPupil.objects.create(
        school_id=here.school_id, pupil=here, gone=there, reason=why, moved=moved, filled=filled, merged_by=actor, merged_at=at
    )


def _refuse_without_right(actor: Membership, goes: Pupil) -> None:
    if not may(actor, Pupil, Verb.WRITE, of=Record.MERGED_PUPIL).filter(pk=goes.pk).exists():
        raise MergedAlready


def _fill(stays: Pupil, goes: Pupil, at: datetime) -> list[str]:
    """What only the other has comes along; the account leaves it first, for one person is one pupil."""
    filled = [column for column in FILLED if getattr(stays, column) is None and getattr(goes, column) is not None]
    taken = {column: getattr(goes, column) for column in filled}
    left = {"person_id": None} if "person_id" in filled else {}
    Pupil.objects.filter(pk=goes.pk).update(merged_into=stays, merged_at=at, **left)
    Pupil.objects.filter(pk=stays.pk).update(**taken)
    return filled


@action("pupil.merge_undone", needs=Verb.WRITE)
def undo_merge(actor: Membership, merge: MergedPupil, *, at: datetime) -> None:
    """Two entries again, each with what it had. What was written since stays with the one that stayed.

    Raises UndoneAlready, TooLateToUndo.
    """
    held = {one.pk: one for one in Pupil.objects.select_for_update().filter(pk__in=[merge.pupil_id, merge.gone_id]).order_by("pk")}
    merge.refresh_from_db(from_queryset=MergedPupil.objects.select_for_update())
    refuse_undo(merge.undone_at, queries.after_merge(merge))
    if not intake.take_back(merge, at=at):
        raise TooLateToUndo(step=NextStep.CHANGED)
    stayed, gone = held[merge.pupil_id], held[merge.gone_id]
    given = {column: getattr(stayed, column) for column in merge.filled if column == "person_id"}
    as_filled = [one for one in merge.filled if one in given or getattr(stayed, one) == getattr(gone, one)]
    Pupil.objects.filter(pk=stayed.pk).update(**dict.fromkeys(as_filled))  # what was put right since stays
    Pupil.objects.filter(pk=merge.gone_id).update(merged_into=None, merged_at=None, **given)
    record_event(actor, held[merge.gone_id], "pupil.entered_again")
    merge.undone_by, merge.undone_at = actor, at
    merge.save(update_fields=["undone_by", "undone_at"])
