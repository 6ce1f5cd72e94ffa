"""The reports that were shown to me, and what I said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kring.core.access import Verb
from kring.web.access import may
from kring.web.gatherings.models import Agreement, GatheringSeat, TalkReport, TalkResponse
from kring.web.gatherings.queries import seat_name
from kring.web.schools.models import Guardian, Membership


@dataclass(frozen=True, slots=True)
class Shown:
    """One report: who was there, what was agreed, and what I said."""

    row: TalkReport
    came: list[str]
    agreements: list[Agreement]
    said: list[TalkResponse]


def shown(actor: Membership, *, only: UUID | None = None) -> list[Shown]:
    """The newest talk first; four questions however many there are."""
    rows = (
        may(actor, TalkReport, Verb.READ).select_related("gathering", "gathering__pupil", "author__person").order_by("-gathering__held_at")
    )
    found = list(rows.filter(pk=only) if only else rows)
    talks = [row.gathering_id for row in found]
    seats = may(actor, GatheringSeat, Verb.READ).filter(gathering__in=talks, came=True)
    seated = list(seats.select_related("membership__person", "pupil", "guardian").order_by("name", "pk"))
    agreed = list(may(actor, Agreement, Verb.READ).filter(gathering__in=talks).order_by("by_on", "pk"))
    said = list(may(actor, TalkResponse, Verb.READ).filter(report__in=found).order_by("said_at"))
    return [_shown(row, seated, agreed, said) for row in found]


def _shown(row: TalkReport, seated: Sequence[GatheringSeat], agreed: Sequence[Agreement], said: Sequence[TalkResponse]) -> Shown:
    return Shown(
        row,
        [seat_name(seat) for seat in seated if seat.gathering_id == row.gathering_id],
        [one for one in agreed if one.gathering_id == row.gathering_id],
        [one for one in said if one.report_id == row.pk],
    )


def guardian_of(actor: Membership) -> Guardian | None:
    """Who this is as a guardian."""
    return may(actor, Guardian, Verb.READ).filter(person=actor.person_id).first()
