"""Doors for features above: hold an open case, and lay a version of a record on its table."""

from datetime import datetime

from kring.core.cases import CaseAlreadyClosed
from kring.web.cases.models import Case, CaseMember, Share
from kring.web.cases.queries import is_open
from kring.web.people.intake import tell
from kring.web.schools.models import Membership, live


def hold_open(case: Case, *, at: datetime) -> Case:
    """The case as it is now, until the transaction ends. Raises CaseAlreadyClosed."""
    held = Case.objects.select_for_update().get(pk=case.pk)
    if not is_open(held, at=at):
        raise CaseAlreadyClosed
    return held


def keep_share(actor: Membership, made: Share, *, at: datetime) -> Share:
    """Keep this version, and tell who sits at its case."""
    made.save(force_insert=True)
    seated = CaseMember.objects.filter(live(at), case=made.case_id).values("membership")
    tell(Membership.objects.filter(live(at), pk__in=seated).exclude(pk=actor.pk), "share.made", made, at=at)
    return made
