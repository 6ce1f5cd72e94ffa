"""The organisations that one may see."""

from dataclasses import dataclass
from datetime import date

from kring.core.access import Verb
from kring.core.catalogue import is_outdated
from kring.web.access import may
from kring.web.catalogue.models import Organisation
from kring.web.schools.models import Membership


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation, and whether what stands here was looked after in the past year."""

    organisation: Organisation
    is_outdated: bool


def organisations(actor: Membership, *, on: date) -> list[OrganisationLine]:
    """By name."""
    return [OrganisationLine(one, is_outdated(one.checked_on, on=on)) for one in may(actor, Organisation, Verb.READ)]
