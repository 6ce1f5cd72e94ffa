"""Saying what the school wants to reach."""

from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Record, Verb
from kring.core.ambitions.share import refuse_no_ambition
from kring.web.action import action
from kring.web.school_results.models import Ambition
from kring.web.school_results.queries import CARE, wishes
from kring.web.schools.models import Membership, School


@dataclass(frozen=True, slots=True)
class Wanted:
    """The highest care score in percents and how it is counted; of all parts those that must be green."""

    percent: int
    reds_needed: int
    green: frozenset[str]
    parts: frozenset[str]


@action("ambition.set", needs=Verb.WRITE, of=Record.AMBITION)
def set_ambitions(actor: Membership, school: School, wanted: Wanted, *, at: datetime) -> Ambition:
    """Keep what was changed, with who and when; the care score is counted by it from the next closing on. Raises ShareNotAnAmbition."""
    refuse_no_ambition(wanted.percent)
    dropped = wishes(actor).dropped
    changed = [part for part in sorted(wanted.parts) if (part in dropped) == (part in wanted.green)]
    said = {"school": school, "set_by": actor, "set_at": at}
    Ambition.objects.bulk_create(Ambition(part=part, is_dropped=part not in wanted.green, **said) for part in changed)
    return Ambition.objects.create(part=CARE, highest_share=wanted.percent / 100, reds_needed=wanted.reds_needed, **said)
