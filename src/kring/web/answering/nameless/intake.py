"""A list without names: it stands nowhere until it is handed in, whole; then it is in the box of its round and group, and nobody's.

That somebody is done is kept, never when. In the same transaction the marks of the whole group are written again, as the box is, so that
nothing in the database says which mark came with which list. No event, no reading and no key of the request is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Model, QuerySet, Value, When
from django.utils import timezone

from kring.core.answering import ASIDE, Fate, Given, Kept, Stands, latest
from kring.web.answering.handing_in.intake import Handed, codes, texts
from kring.web.answering.models import SetAside
from kring.web.answering.tickets import For, Ticket
from kring.web.classroom.models import Seat
from kring.web.schools.models import Membership, live
from kring.web.surveys.family.intake import objecting
from kring.web.surveys.intake import put_in_box
from kring.web.surveys.models import Invitation, Round, StaffInvitation
from kring.web.tasks.intake import settle_without_moment
from kring.web.wall import schools_open
from kring.web.writer import write

TO_FILL_IN = "staff_list.fill_in"


def hand_in_nameless(ticket: Ticket, given: Sequence[Given], *, at: datetime) -> Handed:
    """Put one list in the box; back when it is on disk. A second list of the same hand changes nothing. Raises NotWritten."""

    def work() -> Handed:
        with schools_open([ticket.school]), transaction.atomic():
            return _handed_in(ticket, {one.item: Kept(one.value, one.turn) for one in latest(given)}, at)

    return write(work, of=ticket.school.hex)


def _handed_in(ticket: Ticket, answers: Mapping[str, Kept], at: datetime) -> Handed:
    round = Round.objects.select_for_update().filter(pk=ticket.round).first()
    asked = _asked(ticket)
    if round is None or asked is None or _is_called_back(ticket):
        return Handed(Fate.REFUSED)
    if asked.answered:
        return Handed(Fate.KEPT)
    withdrawn = isinstance(asked, Invitation) and asked.withdrawn_at is not None
    fate = Stands(
        is_closed=round.closed_at is not None,
        is_withdrawn=withdrawn,
        is_refused=(withdrawn or round.closed_at is not None) and _objects(asked, round, at),
        is_live=ticket.is_live(at) and _is_here(asked, at),
    ).fate
    if fate is Fate.REFUSED:
        return Handed(fate)
    _mark(asked)
    if fate in ASIDE:
        _set_aside(round, asked, answers)
        return Handed(fate, is_aside=True)
    put_in_box(round, asked.group_id, [codes(round.offered, answers)], texts(round.offered, answers).items())
    return Handed(Fate.KEPT)


def _asked(ticket: Ticket) -> Invitation | StaffInvitation | None:
    kind: type[Invitation] | type[StaffInvitation] = StaffInvitation if ticket.what is For.STAFF else Invitation
    return kind._default_manager.filter(pk=ticket.of, round=ticket.round).first()


def _is_called_back(ticket: Ticket) -> bool:
    return ticket.seat is not None and Seat.objects.filter(pk=ticket.seat, called_back_at__isnull=False).exists()


def _objects(asked: Invitation | StaffInvitation, round: Round, at: datetime) -> bool:
    return isinstance(asked, Invitation) and bool(objecting(round.school, round.instrument, [asked.pupil_id], at))


def _is_here(asked: Invitation | StaffInvitation, at: datetime) -> bool:
    """Of a colleague: whether the role in which the list was asked still holds."""
    if isinstance(asked, Invitation):
        return True
    return Membership.objects.filter(live(at), pk=asked.membership_id, person__is_active=True).exists()


def _mark(asked: Invitation | StaffInvitation) -> None:
    """Done: of everybody in the group the mark is written, of this one another."""
    beside: QuerySet[Model] = type(asked)._default_manager.filter(round=asked.round_id, group=asked.group_id)
    beside.update(answered=Case(When(pk=asked.pk, then=Value(value=True)), default=F("answered")))
    if isinstance(asked, StaffInvitation):
        settle_without_moment(asked, TO_FILL_IN)


def _set_aside(round: Round, asked: Invitation | StaffInvitation, answers: Mapping[str, Kept]) -> None:
    """As the box: all that was set aside of this round and group is written again, and nothing says whose it is or when it came."""
    of_box = {"school_id": round.school_id, "round": round, "group_id": asked.group_id}
    beside = SetAside.objects.filter(**of_box, invitation=None, guardian_invitation=None, thrown_at=None)
    new = {item: one.value for item, one in answers.items()}
    kept = [*beside.values_list("answers", flat=True), {item.key: new[item.key] for item in round.offered.items if item.key in new}]
    beside.delete()
    moment = round.closed_at or _last_day(round)
    made = [SetAside(**of_box, answers=one, handed_in=True, came_at=moment) for one in kept]
    SetAside.objects.bulk_create(sorted(made, key=lambda row: row.pk))


def _last_day(round: Round) -> datetime:
    """The beginning of the last day of a round: a moment that says nothing of anybody."""
    return timezone.make_aware(datetime.combine(round.closes_on, datetime.min.time()))
