"""A new edition of the words of the region; what was, stays as it was."""

from dataclasses import dataclass
from datetime import date, datetime

from kring.core.access import Record, Verb
from kring.core.region import Terms, check_edition
from kring.web.action import action
from kring.web.school_years.models import RegionalTerms
from kring.web.school_years.region.queries import as_terms, written
from kring.web.schools.models import Membership, School


@dataclass(frozen=True, slots=True)
class NewEdition:
    """From which day, whose, out of which pack, and what it says."""

    from_on: date
    partnership: str
    pack: str
    terms: Terms


@action("regional_terms.made", needs=Verb.WRITE, of=Record.REGIONAL_TERMS)
def make_edition(actor: Membership, school: School, new: NewEdition, *, at: datetime) -> RegionalTerms:
    """Raises EditionBeforeLast and EditionSaysNothingNew."""
    School.objects.select_for_update().get(pk=school.pk)
    last = RegionalTerms.objects.filter(school=school).order_by("made_at", "pk").last()
    check_edition(new.from_on, new.terms, last=(last.from_on, as_terms(last.terms)) if last else None)
    return RegionalTerms.objects.create(
        school=school,
        from_on=new.from_on,
        partnership=new.partnership,
        pack=new.pack,
        terms=written(new.terms),
        made_at=at,
        made_by=actor,
    )
