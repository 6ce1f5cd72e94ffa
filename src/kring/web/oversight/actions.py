"""Signing for a week of the log."""

from datetime import date, datetime

from django.utils import timezone

from kring.core.access import Record, Verb
from kring.core.review import refuse_broken_chain, refuse_sign_off
from kring.web.action import action
from kring.web.oversight import queries
from kring.web.oversight.models import Review
from kring.web.schools.models import Membership, School


@action("week.signed", needs=Verb.SIGN, of=Record.REVIEW)
def sign_week(actor: Membership, school: School, week: date, *, remark: Review.Remark, at: datetime) -> Review:
    """Say that the list of this week was looked through, with the head of the log as it stands."""
    School.objects.select_for_update().get(pk=school.pk)
    found = queries.week_list(actor, week, on=timezone.localdate(at))
    refuse_sign_off(week, on=timezone.localdate(at), signed=found.signed is not None, unreviewed_glasses=found.unreviewed_glasses)
    refuse_broken_chain(found.chain.first_fault)
    head = found.chain.verdict.head
    return Review.objects.create(
        school=school,
        week=week,
        signed_by=actor,
        signed_at=at,
        remark=remark.value,
        lines=len(found.lines),
        sequence=head.sequence,
        hash=head.hash,
    )
