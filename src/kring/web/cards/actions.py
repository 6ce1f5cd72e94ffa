"""Note what a pupil said about telling the parents, and afterwards that they were told. Nothing here tells anybody anything."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from kring.core.access import Record, Verb
from kring.core.telling import AGREES, Says, check_talk, check_told
from kring.library import card
from kring.web.action import action
from kring.web.cards.models import ParentTelling
from kring.web.schools.models import Membership, Pupil


@dataclass(frozen=True, slots=True)
class Talked:
    """What was talked over with the pupil."""

    talked_on: date
    said: Says
    note: str = ""
    card: str = ""


@action("parent_telling.noted", needs=Verb.MEASURE, of=Record.PARENT_TELLING)
def note_talk(actor: Membership, pupil: Pupil, talked: Talked, *, at: datetime) -> ParentTelling:
    """Read by who writes it and the coordinator alone. Raises TalkedInFuture."""
    check_talk(talked.talked_on, on=timezone.localdate(at))
    return ParentTelling.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        card=talked.card if card(talked.card) else "",
        author=actor,
        talked_on=talked.talked_on,
        said=talked.said.value,
        note=talked.note,
        made_at=at,
    )


@action("parent_telling.told", needs=Verb.WRITE)
def note_told(actor: Membership, telling: ParentTelling, told_on: date, because: str, *, at: datetime) -> None:
    """Somebody of the school told the parents. Raises ToldAlready, ToldBeforeTalk, ToldAgainstUnexplained."""
    row = ParentTelling.objects.select_for_update().get(pk=telling.pk)
    says, on = Says(row.said), timezone.localdate(at)
    check_told(told_on, talked_on=row.talked_on, on=on, says=says, because=because, told_before=row.told_on)
    row.told_on, row.told_by, row.against_because = told_on, actor, "" if says in AGREES else because
    row.save(update_fields=["told_on", "told_by", "against_because"])
