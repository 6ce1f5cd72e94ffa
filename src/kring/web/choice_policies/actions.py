"""Deciding that pupils may be asked what may hurt, and that they may not any more."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from kring.core import choice_policies
from kring.core.access import Record, Verb
from kring.core.choice_policies import FollowUpNotPossible, PolicyKind
from kring.web.action import action
from kring.web.choice_policies.intake import can_follow_up
from kring.web.choice_policies.models import ChoicePolicy
from kring.web.schools.models import Membership, School, live
from kring.web.tasks.intake import lapse_about

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a school writes down before it asks such questions."""

    kind: PolicyKind
    purpose: str
    guardians_informed_on: date
    follow_up: Membership
    kept_days: int


@action("choice_policy.decided", needs=Verb.WRITE, of=Record.CHOICE_POLICY)
def decide(actor: Membership, school: School, decision: Decision, *, at: datetime) -> ChoicePolicy:
    """Switch these questions on; what was decided before ends, and stays to be read.

    Raises PolicyPurposeTooShort, GuardiansNotToldYet, KeptLongerThanAllowed and FollowUpNotPossible.
    """
    on = timezone.localdate(at)
    purpose = choice_policies.check_decision(decision.purpose, told_on=decision.guardians_informed_on, kept_days=decision.kept_days, on=on)
    if decision.follow_up.school_id != school.pk or not can_follow_up(decision.follow_up, decision.kind, at=at):
        raise FollowUpNotPossible
    School.objects.select_for_update().get(pk=school.pk)  # one at a time
    for before in ChoicePolicy.objects.filter(live(at), school=school, kind=decision.kind.value):
        _end(actor, before, at=at)
    return ChoicePolicy.objects.create(
        school=school,
        kind=decision.kind.value,
        purpose=purpose,
        guardians_informed_on=decision.guardians_informed_on,
        follow_up=decision.follow_up,
        kept_days=decision.kept_days,
        decided_by=actor,
        from_at=at,
    )


@action("choice_policy.ended", needs=Verb.WRITE)
def switch_off(actor: Membership, policy: ChoicePolicy, *, at: datetime) -> None:
    """From now on nobody begins with such a list; who is at it may finish. Raises PolicyOver."""
    policy.refresh_from_db(from_queryset=ChoicePolicy.objects.select_for_update())
    choice_policies.refuse_over(policy.until_at, at=at)
    _end(actor, policy, at=at)


def _end(actor: Membership, policy: ChoicePolicy, *, at: datetime) -> None:
    policy.until_at, policy.ended_by = max(at, policy.from_at + A_MOMENT), actor
    policy.save(update_fields=["until_at", "ended_by"])
    lapse_about(policy, at=at)
