"""Which children were asked already. What they said is nowhere here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kring.core.choice_sheets import heard_by_adult
from kring.web.answering.paper.queries import SheetLine, sheets
from kring.web.photos.queries import pictures
from kring.web.schools.models import Group, Membership
from kring.web.surveys.models import Invitation, Round, Submission


@dataclass(frozen=True, slots=True)
class Child:
    """One child in the row, and how it stands."""

    line: SheetLine
    photo: str
    was_talk: bool


def is_talk(round: Round) -> bool:
    """Whether there is something in it that a grown-up may hear."""
    return round.asks == Round.Asks.PUPILS and bool(heard_by_adult(round.offered))


def children(actor: Membership, round: Round, group: Group, *, at: datetime) -> list[Child]:
    """Everybody on the list, in the order of the names."""
    lines = sheets(actor, round, group, at=at)
    photos, talked = pictures(_pupils(lines)), _talked(lines)
    return [Child(line, photos.get(_asked(line).pupil_id, ""), line.asked.pk in talked) for line in lines]


def _talked(lines: Sequence[SheetLine]) -> set[UUID]:
    told = Submission.objects.filter(invitation__in=[line.asked.pk for line in lines], in_talk=True)
    return set(told.values_list("invitation_id", flat=True))


def _pupils(lines: Sequence[SheetLine]) -> list[UUID]:
    return [_asked(line).pupil_id for line in lines]


def _asked(line: SheetLine) -> Invitation:
    assert isinstance(line.asked, Invitation)
    return line.asked
