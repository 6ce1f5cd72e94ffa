"""What the school decided about questions that may hurt, now and before, and who could follow it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Verb
from kring.core.choice_policies import PolicyKind, follow_up_roles
from kring.web.access import may
from kring.web.choice_policies.intake import can_follow_up
from kring.web.choice_policies.models import ChoicePolicy
from kring.web.schools.models import Membership, live

NEWEST = 20


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of questions: the decision that holds, whether somebody can follow it up, and the decisions before it, newest first."""

    kind: PolicyKind
    now: ChoicePolicy | None
    has_follow_up: bool
    before: Sequence[ChoicePolicy]


def kind_lines(actor: Membership, *, at: datetime) -> list[KindLine]:
    """Each kind, in one question to the database."""
    rows = may(actor, ChoicePolicy, Verb.READ, at=at).select_related("follow_up__person", "decided_by__person", "ended_by__person")
    found = list(rows.order_by("-from_at"))
    return [_line(kind, [row for row in found if row.kind == kind.value], at) for kind in PolicyKind]


def _line(kind: PolicyKind, rows: Sequence[ChoicePolicy], at: datetime) -> KindLine:
    now = next((row for row in rows if row.until_at is None or row.until_at > at), None)
    before = [row for row in rows if row is not now][:NEWEST]
    return KindLine(kind, now, now is not None and can_follow_up(now.follow_up, kind, at=at), before)


def who_can_follow_up(actor: Membership, kind: PolicyKind, *, at: datetime) -> list[Membership]:
    """The hats of this school that may be appointed, by name."""
    roles = [role.value for role in follow_up_roles(kind)]
    here = Membership.objects.filter(live(at), school=actor.school_id, role__in=roles, person__is_active=True)
    return list(here.select_related("person", "school").order_by("person__given_name", "pk"))
