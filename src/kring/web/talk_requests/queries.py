"""Who a pupil may ask for a talk, what was asked, and who waits longer than was promised."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.dates import WEEKDAYS

from kring.core.access import Role, Verb
from kring.core.talks import Promised, is_too_late, promised
from kring.web.access import may
from kring.web.page import hat_label
from kring.web.people.rows import with_way_in
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Assignment, Enrolment, Membership, Pupil, live
from kring.web.talk_requests.models import TalkRequest, WalkInHour

FOR_EVERYBODY = (Role.COORDINATOR, Role.CONFIDENTIAL_CONTACT, Role.SAFETY_COORDINATOR)
RECENT = 20


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody whom a pupil may choose, by name and function."""

    hat: Membership
    name: str
    function: str


def listeners_for(pupil: Pupil, *, at: datetime) -> list[Listener]:
    """Who teaches the pupil now, and who is there for every pupil of the school; somebody with two hats once.

    Who cannot log in is left out, as long as anybody else is there.
    """
    groups = Enrolment.objects.filter(live(at), pupil=pupil).values("group")
    taught = Assignment.objects.filter(live(at), live(at, "membership__"), group__in=groups).values("membership")
    here = Membership.objects.filter(live(at), school=pupil.school_id, person__is_active=True).select_related("person", "school")
    teachers = here.filter(pk__in=taught).order_by("person__given_name", "pk")
    others = here.filter(role__in=[role.value for role in FOR_EVERYBODY])
    ordered = [*teachers, *sorted(others, key=lambda hat: (FOR_EVERYBODY.index(Role(hat.role)), hat.person.given_name))]
    once = list({hat.person_id: hat for hat in reversed(ordered)}.values())[::-1]
    able = with_way_in([hat.person_id for hat in once])
    return [_listener(hat) for hat in once if hat.person_id in able] or [_listener(hat) for hat in once]


def _listener(hat: Membership) -> Listener:
    return Listener(hat, str(hat.person), hat_label(hat))


def promise_now(pupil: Pupil, *, at: datetime) -> Promised:
    """What a pupil who asks at this moment can be promised."""
    group = Enrolment.objects.filter(live(at), pupil=pupil).order_by("from_at").values_list("group_id", flat=True).first()
    return promised(calendar_of(pupil.school), timezone.localtime(at), group=str(group) if group else None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A talk that was asked for, as the pupil and who was asked read it."""

    row: TalkRequest
    pupil: Pupil | None
    listener: str
    is_late: bool
    has_left: bool  # who was asked, while the pupil waited


def asked_by(actor: Membership, *, at: datetime) -> list[Asked]:
    """What I asked, the newest first."""
    rows = may(actor, TalkRequest, Verb.READ, at=at).select_related("receiver__person").order_by("-asked_at")[:RECENT]
    return [_asked(row, at=at) for row in rows]


def asked_of(actor: Membership, *, at: datetime) -> list[Asked]:
    """What pupils asked of me: those that wait first, by the day that was promised."""
    rows = may(actor, TalkRequest, Verb.READ, at=at).select_related("receiver__person", "pupil")
    waiting = rows.filter(answered_at=None).order_by("answer_by_on", "asked_at")
    had = rows.exclude(answered_at=None).order_by("-answered_at")[:RECENT]
    return [_asked(row, at=at, named=True) for row in [*waiting, *had]]


def _asked(row: TalkRequest, *, at: datetime, named: bool = False) -> Asked:
    waits = row.answered_at is None
    is_late = waits and is_too_late(row.answer_by_on, on=timezone.localdate(at))
    return Asked(row, row.pupil if named else None, str(row.receiver.person), is_late, waits and has_left(row.receiver, at=at))


def has_left(hat: Membership, *, at: datetime) -> bool:
    """Whether this person wears this hat no longer."""
    return not hat.person.is_active or (hat.until_at is not None and hat.until_at <= at)


def one_asked(row: TalkRequest, *, at: datetime) -> Asked:
    """One of those that were asked of me."""
    return _asked(row, at=at, named=True)


def late_elsewhere(actor: Membership, *, at: datetime) -> list[tuple[str, date]]:
    """With whom a pupil waits longer than was promised, and since which day: never which pupil. Of what is counted, not read."""
    rows = may(actor, TalkRequest, Verb.COUNT, at=at).filter(answered_at=None, answer_by_on__lt=timezone.localdate(at))
    others = rows.exclude(receiver=actor).select_related("receiver__person").order_by("answer_by_on")
    return [(str(row.receiver.person), row.answer_by_on) for row in others]


@dataclass(frozen=True, slots=True)
class WalkIn:
    """A walk-in hour as people say it."""

    row: WalkInHour
    day: str
    start: str
    end: str


def walk_ins(actor: Membership, *, at: datetime) -> list[WalkIn]:
    """From Monday on, the earliest first."""
    rows = may(actor, WalkInHour, Verb.READ, at=at).order_by("weekday", "starts_at", "pk")
    return [WalkIn(row, str(WEEKDAYS[row.weekday]), f"{row.starts_at:%H.%M}", f"{row.ends_at:%H.%M}") for row in rows]
