"""Letters found by their code, before it is known of which school they are; a wrong try is counted on the letter that it was for."""

import hmac
from uuid import UUID

from django.db.models import F

from kring.core.list_letters import MOST_WRONG
from kring.core.paper_codes import tidied
from kring.web.surveys.guardian_lists.codes import code_hash, front_hash
from kring.web.surveys.models import GuardianInvitation, ListLetter
from kring.web.wall import between_walls, schools_open


def letter_typed(typed: str) -> ListLetter | None:
    """The letter of this code. Wrong, tried too often, replaced and never made are one and the same answer."""
    code = tidied(typed) or ""
    with between_walls():
        found = ListLetter.objects.filter(front_hash=front_hash(code)).first()
    right = hmac.compare_digest(code_hash(code), found.code_hash if found else front_hash(code))
    return found if found and _may_try(found) and _judged(found, right=right) else None


def _may_try(letter: ListLetter) -> bool:
    """Counted before it is judged, so that many at once are not more tries."""
    with schools_open([letter.school_id]):
        return bool(ListLetter.objects.filter(pk=letter.pk, wrong__lt=MOST_WRONG).update(wrong=F("wrong") + 1))


def _judged(letter: ListLetter, *, right: bool) -> bool:
    if right:
        with schools_open([letter.school_id]):
            ListLetter.objects.filter(pk=letter.pk).update(wrong=0)
    return right


def school_of(letter: UUID) -> UUID | None:
    """Behind which wall a letter lies that was opened in this browser; None when there is a newer one."""
    with between_walls():
        return ListLetter.objects.filter(pk=letter).values_list("school_id", flat=True).first()


def asked_with(letter: UUID) -> GuardianInvitation:
    """What is asked with this letter."""
    found = ListLetter.objects.get(pk=letter)
    return GuardianInvitation.objects.select_related("round", "guardian__person", "pupil__school").get(pk=found.guardian_invitation_id)
