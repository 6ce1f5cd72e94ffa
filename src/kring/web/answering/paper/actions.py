"""Print sheets, type them in, tick off who filled in a sheet without a name."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Case, F, Value, When

from kring.core.access import Verb
from kring.core.answering import Kept
from kring.core.answering import Value as Answered
from kring.core.paper_sheets import SheetEmpty, TickedAlready, refuse_beyond
from kring.web.action import action
from kring.web.answering.handing_in.intake import codes, take_guardian_list, take_list, texts
from kring.web.answering.models import Filling
from kring.web.answering.paper import queries
from kring.web.schools.models import Group, Membership
from kring.web.surveys.intake import put_in_box, refuse_closed
from kring.web.surveys.models import GuardianInvitation, GuardianList, Invitation, Round, Submission

Answers = Mapping[str, Answered]


@action("sheets.printed", needs=Verb.MEASURE)
def print_sheets(actor: Membership, group: Group, round: Round, *, at: datetime) -> list[queries.SheetLine]:
    """Give each list that is waited for the number of its sheet; one that was printed before keeps it. Raises RoundAlreadyClosed."""
    refuse_closed(round)
    listed = queries.sheets(actor, round, group, at=at)
    found = [one for one in listed if one.waits]
    if not round.offered.anonymous:
        numbered = listed if round.offered.questions else found  # on a sheet of choices stand the names of all
        new = [one.asked for one in numbered if one.asked.sheet is None]
        for number, asked in enumerate(new, queries.last_number(round) + 1):
            asked.sheet = number
            asked.save(update_fields=["sheet"])
    return found


@action("paper_list.typed_in", needs=Verb.WRITE)
def type_in(actor: Membership, invitation: Invitation, answers: Answers, *, at: datetime) -> Submission:
    """What a pupil filled in on paper. Raises SheetEmpty, SheetTypedAlready, ListWithdrawn, RoundAlreadyClosed, RoundNotOpenYet.

    The pupil's own words are for who typed them in, as the sheet says: who else may read them, nobody was told.
    """
    refuse_closed(invitation.round)
    held = Invitation.objects.select_for_update(of=("self",)).select_related("round").get(pk=invitation.pk)
    is_in = held.answered or Submission.objects.filter(invitation=held).exists()
    queries.refuse_unasked(held.round, at=at, is_in=is_in, withdrawn=held.withdrawn_at is not None, number=held.sheet)
    kept = _kept(answers)
    Filling.objects.filter(invitation=held).delete()
    return take_list(held, kept, {item: [actor.pk.hex] for item in kept}, at=at, on_paper=True)


@action("paper_guardian_list.typed_in", needs=Verb.WRITE)
def type_in_for_guardian(actor: Membership, asked: GuardianInvitation, answers: Answers, *, at: datetime) -> GuardianList:  # noqa: ARG001
    """What a guardian filled in on paper. Raises what `type_in` raises."""
    refuse_closed(asked.round)
    held = GuardianInvitation.objects.select_for_update(of=("self",)).select_related("round").get(pk=asked.pk)
    withdrawn, is_in = held.withdrawn_at is not None, held.answered_at is not None
    queries.refuse_unasked(held.round, at=at, is_in=is_in, withdrawn=withdrawn, number=held.sheet)
    kept = _kept(answers)
    Filling.objects.filter(guardian_invitation=held).delete()
    return take_guardian_list(held, kept, at=at, on_paper=True)


@action("paper_lists.ticked", needs=Verb.MEASURE)
def tick(actor: Membership, group: Group, round: Round, who: Collection[UUID], *, at: datetime) -> int:
    """These pupils filled in a sheet without a name: they are done. How many. The mark of everybody is written again, as with the door."""
    refuse_closed(round)
    chosen = [one.asked.pk for one in queries.sheets(actor, round, group, at=at) if one.waits and one.asked.pk in who]
    _mark(round, group, chosen, is_ticked=True)
    return len(chosen)


def _mark(round: Round, group: Group, chosen: Collection[UUID], *, is_ticked: bool) -> None:
    """Of everybody in the group both marks are written, as when a list without a name comes in by the door."""
    of_these = When(pk__in=list(chosen), then=Value(value=is_ticked))
    beside = Invitation.objects.filter(round=round, group=group)
    beside.update(answered=Case(of_these, default=F("answered")), ticked=Case(of_these, default=F("ticked")))


@action("paper_list.unticked", needs=Verb.WRITE)
def untick(actor: Membership, invitation: Invitation, *, at: datetime) -> None:  # noqa: ARG001
    """Ticked off by mistake, and no sheet of the group was typed in; who answered on a device stays done, for that list is in the box.

    Raises RoundAlreadyClosed, TickedAlready.
    """
    round, group = invitation.round, invitation.group
    refuse_closed(round)
    done = Invitation.objects.select_for_update(of=("self",)).filter(round=round, group=group, answered=True)
    ticked = dict(done.values_list("pk", "ticked"))
    by_device = sum(not one for one in ticked.values())
    if not ticked.get(invitation.pk) or queries.came_in(round, group) > by_device:  # nobody knows whose sheet was typed in
        raise TickedAlready
    _mark(round, group, [invitation.pk], is_ticked=False)


@action("paper_nameless.typed_in", needs=Verb.MEASURE)
def type_in_nameless(actor: Membership, group: Group, round: Round, answers: Answers, *, at: datetime) -> None:
    """A sheet without a name goes into the box; never more of them than pupils were ticked off. Raises MoreThanAsked and SheetEmpty."""
    refuse_closed(round)
    queries.refuse_unasked(round, at=at, is_in=False, withdrawn=False)
    found = queries.nameless(round, group, queries.sheets(actor, round, group, at=at))
    refuse_beyond(ticked=len(found.ticked), came_in=found.came_in)
    kept = _kept(answers)
    put_in_box(round, group.pk, [codes(round.offered, kept)], texts(round.offered, kept).items())


def _kept(answers: Answers) -> dict[str, Kept]:
    """Paper knows no turns."""
    found = {item: Kept(value, 0) for item, value in answers.items() if value is not None}
    if not found:
        raise SheetEmpty
    return found
