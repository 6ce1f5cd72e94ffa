"""The door for whoever asks pupils something: whether a list with questions that may hurt is asked, and how long the answers stay.

A list without such questions asks the database nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kring.core.calendar import Calendar
from kring.core.choice_policies import (
    OnlyBadDays,
    PolicyKind,
    check_asked,
    check_begins,
    follow_up_roles,
    has_bad_days,
    kinds_of,
    only_bad_days,
)
from kring.core.instruments import Instrument
from kring.core.rounds import Window
from kring.core.sociometry import NegativePolicy
from kring.core.sociometry.negatives import LONGEST
from kring.web.choice_policies.models import ChoicePolicy
from kring.web.people.dates import begins
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Membership, School, live


@dataclass(frozen=True, slots=True)
class Asks:
    """A list as it is asked: by which school, when, and what it is called."""

    school: School
    list: Instrument
    title: str
    window: Window


def check_may_open(asked: Asks, *, at: datetime) -> None:
    """Raises a SensitiveQuestions when the school did not do what such questions ask for."""
    _check_decided(asked, max(asked.window.opens_on, timezone.localdate(at)), at=at)


def check_may_begin(asked: Asks, *, at: datetime) -> None:
    """The same for a pupil who did not begin yet; and not at a bad moment, when there are better ones."""
    _check_decided(asked, timezone.localdate(at), at=at)
    if kinds_of(asked.list.questions):
        check_begins(calendar_of(asked.school), asked.window, timezone.localtime(at), title=asked.title)


def _check_decided(asked: Asks, day: date, *, at: datetime) -> None:
    kinds = sorted(kinds_of(asked.list.questions))
    policies = _in_force(asked.school, at) if kinds else {}
    for kind in kinds:
        check_asked(kind, policies.get(kind, NegativePolicy()), title=asked.title, day=day)


def needs_reason(asked: Asks, calendar: Calendar) -> OnlyBadDays | None:
    """When it is asked on bad days alone."""
    is_bad = kinds_of(asked.list.questions) and only_bad_days(calendar, asked.window)
    return OnlyBadDays(title=asked.title) if is_bad else None


def shuts_now_and_then(asked: Asks, calendar: Calendar) -> bool:
    """Whether at some moments nobody can begin."""
    return bool(kinds_of(asked.list.questions)) and has_bad_days(calendar, asked.window) and not only_bad_days(calendar, asked.window)


def _in_force(school: School, at: datetime) -> Mapping[PolicyKind, NegativePolicy]:
    rows = ChoicePolicy.objects.filter(live(at), school=school).select_related("follow_up__person")
    return {PolicyKind(row.kind): as_policy(row, at=at) for row in rows}


def as_policy(row: ChoicePolicy, *, at: datetime) -> NegativePolicy:
    """As the core judges it: who left follows nothing up."""
    by = str(row.follow_up.person) if can_follow_up(row.follow_up, PolicyKind(row.kind), at=at) else ""
    return NegativePolicy(switched_on=True, purpose=row.purpose, parents_informed_on=row.guardians_informed_on, follow_up_by=by)


def can_follow_up(hat: Membership, kind: PolicyKind, *, at: datetime) -> bool:
    """Whether this hat holds, and sees what there is to follow up."""
    is_here = hat.from_at <= at and (hat.until_at is None or at < hat.until_at) and hat.person.is_active
    return is_here and hat.role in {role.value for role in follow_up_roles(kind)}


def follow_up_of(school_id: UUID, kind: PolicyKind, *, at: datetime) -> Membership | None:
    """Who was appointed, as long as that one can."""
    row = ChoicePolicy.objects.filter(live(at), school=school_id, kind=kind.value).select_related("follow_up__person").first()
    return row.follow_up if row and can_follow_up(row.follow_up, kind, at=at) else None


def without_follow_up(school: School, *, at: datetime) -> Iterable[ChoicePolicy]:
    """The decisions that hold and that nobody can follow up any more."""
    rows = ChoicePolicy.objects.filter(live(at), school=school).select_related("follow_up__person")
    return [row for row in rows if not can_follow_up(row.follow_up, PolicyKind(row.kind), at=at)]


def kept_days(school_id: UUID, kind: PolicyKind, *, since: date) -> int:
    """How long raw answers of a round that opened on this day stay: the shortest that the school has decided since; it may be shortened."""
    later = ChoicePolicy.objects.filter(Q(until_at=None) | Q(until_at__gt=begins(since)), school=school_id, kind=kind.value)
    return min(later.values_list("kept_days", flat=True), default=LONGEST)
