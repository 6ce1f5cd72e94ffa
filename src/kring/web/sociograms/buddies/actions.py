"""Write down that two pupils were asked, and what they said; said anew, it takes the place of what was said before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kring.core.access import Record, Verb
from kring.core.buddies import check_asked
from kring.core.sociometry import PupilNotOnList
from kring.web.action import action
from kring.web.schools.models import Membership
from kring.web.sociograms.buddies.queries import can_be_asked
from kring.web.sociograms.models import Buddies, Sociogram


@dataclass(frozen=True, slots=True)
class Said:
    """Two pupils with what each said; None: not asked (yet)."""

    pupils: tuple[UUID, UUID]
    answers: tuple[bool | None, bool | None]


@action("buddies.asked", needs=Verb.WRITE, of=Record.BUDDIES)
def write_down(actor: Membership, row: Sociogram, said: Said, *, at: datetime) -> Buddies:
    """Only of pupils on its list. Raises PairOfOneself, NeitherWasAsked, AskedAfterNo and PupilNotOnList."""
    first, second = (str(one) for one in said.pupils)
    check_asked(first, second, said.answers)
    (one, says), (other, other_says) = sorted(zip(said.pupils, said.answers, strict=True))
    if not {one, other} <= can_be_asked(actor, row, at=at).keys():
        raise PupilNotOnList(from_pupil=first, to_pupil=second)
    pair = {"pupil_id": one, "other_id": other}
    kept = Buddies.objects.select_for_update().filter(sociogram=row, **pair).first()
    kept = kept or Buddies(school_id=row.school_id, sociogram=row, **pair)
    kept.pupil_asked_at, kept.other_asked_at = _asked(kept.pupil_asked_at, says, at), _asked(kept.other_asked_at, other_says, at)
    kept.pupil_says, kept.other_says, kept.asked_by = says, other_says, actor
    kept.save()
    return kept


def _asked(before: datetime | None, says: bool | None, at: datetime) -> datetime | None:  # noqa: FBT001
    return None if says is None else before or at
