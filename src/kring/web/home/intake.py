"""What Kring itself asks of people, looked at again and again: who must do what, as things stand at this moment.

No event is recorded here: a task says that something has still to happen. Doing it is an action.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kring.core.access import STAFF, Role
from kring.core.ages import OF_AGE, RIGHTS_HOLDER, born_by
from kring.core.authority import WARNED_DAYS, turns_within
from kring.core.calendar import Calendar
from kring.core.idleness import DRAFT_FADES
from kring.web.answering.late.intake import TO_LOOK_AT, waiting_rounds
from kring.web.arrangements.intake import RESULT, results_due
from kring.web.cases.models import Case
from kring.web.choice_policies.intake import without_follow_up
from kring.web.consents.models import ConsentRequest, holding
from kring.web.consultations.intake import OUTCOME, outcomes_due
from kring.web.days import last_day
from kring.web.drafts.models import Draft
from kring.web.drafts.seal import LOCKED
from kring.web.expert_requests.intake import UNANSWERED, unanswered
from kring.web.home.rows import pass_tasks_on
from kring.web.people.models import Appointment
from kring.web.plans.development.intake import ADOPT, CHECK, REVIEW, clocks_due
from kring.web.plans.trials.intake import DECIDE, decisions_due
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Assignment, Enrolment, Membership, School, live
from kring.web.sociograms.bullying.intake import TO_TALK, WAITS_TOO_LONG, late_talks, talks_wanted
from kring.web.surveys.models import Round, StaffInvitation
from kring.web.surveys.running.intake import groups_missing, remind, rounds_with_answers
from kring.web.tasks.intake import Wanted, bring_in_step
from kring.web.wall import schools_open

CONSENT_WARNED, CASE_WARNED = timedelta(days=30), timedelta(days=14)
LATE_WAITS = timedelta(days=7)  # of the fourteen after which it goes (kring.web.answering.intake)
PROPOSAL_WAITS = 5  # in school days

DONE_WHEN_GONE = (
    *("round.close_due", "round.lists_missing", "case.close_due", "role.proposal_waits", "staff_list.fill_in"),
    *(DECIDE, ADOPT, REVIEW, CHECK),
    *(WAITS_TOO_LONG, "choice_policy.follow_up_gone"),
    *(RESULT, UNANSWERED, OUTCOME),
)
LAPSED_WHEN_GONE = (TO_LOOK_AT, "draft.fading", "consent.expiring", "pupil.turning_16", "pupil.turning_18", TO_TALK)


@dataclass(frozen=True, slots=True)
class Now:
    """A school as it stands: the moment, its days, who holds which role, and who teaches which group."""

    school: School
    at: datetime
    on: date
    calendar: Calendar
    holders: Mapping[str, list[UUID]]
    teachers: Mapping[UUID, list[UUID]]

    def holding(self, role: Role) -> list[UUID]:
        return self.holders.get(role.value, [])


def make_due_tasks(*, at: datetime) -> None:
    """Give, pass on and settle the tasks of every school. However often it is asked, everybody has each task once."""
    _in_every_school(lambda school: _bring_in_step(school, at))


def pass_on_tasks(*, at: datetime) -> None:
    """Only that: what somebody may do no longer goes to whoever comes after, at the minute."""
    _in_every_school(lambda school: pass_tasks_on(school, at=at))


def _bring_in_step(school: School, at: datetime) -> None:
    pass_tasks_on(school, at=at)
    now = _now(school, at)
    remind(school, now.calendar, now.teachers, at=at)
    wanted = [one for part in _PARTS for one in part(now)]
    bring_in_step(school, DONE_WHEN_GONE, (one for one in wanted if one.kind in DONE_WHEN_GONE), at=at)
    bring_in_step(school, LAPSED_WHEN_GONE, (one for one in wanted if one.kind in LAPSED_WHEN_GONE), lapses=True, at=at)


def _in_every_school(do: Callable[[School], None]) -> None:
    """Each by itself: a school where it breaks stops no other, and is told afterwards."""
    broken: list[Exception] = []
    for school in School.objects.order_by("pk"):
        try:
            with schools_open([school.pk]), transaction.atomic():
                do(school)
        except Exception as one:  # noqa: BLE001 (told to the schedule below)
            broken.append(one)
    if broken:
        raise broken[0]


def _now(school: School, at: datetime) -> Now:
    holders, teachers = defaultdict(list), defaultdict(list)
    hats = Membership.objects.filter(live(at), school=school, person__is_active=True)
    for key, role in hats.order_by("from_at", "pk").values_list("pk", "role"):
        holders[role].append(key)
    taught = Assignment.objects.filter(live(at), live(at, "membership__"), school=school, membership__person__is_active=True)
    for group, hat in taught.order_by("from_at", "pk").values_list("group_id", "membership_id"):
        teachers[group].append(hat)
    return Now(school, at, timezone.localdate(at), calendar_of(school), holders, teachers)


# ---- what is wanted ---------------------------------------------------------------------------------------------


def _rounds(now: Now) -> Iterator[Wanted]:
    """Of coordinators that a round is closed; of teachers, from the moment it is opened, that the lists of their group come in."""
    found = Round.objects.filter(school=now.school, closed_at=None, asks__in=Round.OF_GROUPS)
    closes = dict(found.values_list("pk", "closes_on"))
    missing = groups_missing(closes, at=now.at)
    waiting, answered = {key for key, _group in missing}, rounds_with_answers(closes)
    for key, closes_on in closes.items():
        if closes_on < now.on or (key in answered and key not in waiting):
            for coordinator in now.holding(Role.COORDINATOR):
                yield Wanted(coordinator, "round.close_due", "round", key, closes_on)
    for key, group in missing:
        for teacher in now.teachers.get(group, []):
            yield Wanted(teacher, "round.lists_missing", "round", key, closes[key], group_id=group)


def _staff_lists(now: Now) -> Iterator[Wanted]:
    """Of every colleague who was asked for a list of the team, as long as it is open."""
    asked = StaffInvitation.objects.filter(school=now.school, answered=False, round__closed_at=None, round__opens_on__lte=now.on)
    for key, hat, closes_on in asked.filter(live(now.at, "membership__")).values_list("pk", "membership_id", "round__closes_on"):
        yield Wanted(hat, "staff_list.fill_in", "staffinvitation", key, closes_on)


def _late(now: Now) -> Iterator[Wanted]:
    """Of coordinators that what came too late is taken in or thrown away, before it goes by itself."""
    for key, came_at in waiting_rounds(now.school):
        for coordinator in now.holding(Role.COORDINATOR):
            yield Wanted(coordinator, TO_LOOK_AT, "round", key, timezone.localdate(came_at + LATE_WAITS))


def _drafts(now: Now) -> Iterator[Wanted]:
    """Of whoever was typing something that will be gone; not what may lie behind the lock of another browser."""
    fading = Draft.objects.filter(school=now.school, expires_at__gt=now.at, expires_at__lte=now.at + DRAFT_FADES)
    fading = fading.filter(author__role__in=[role.value for role in STAFF]).exclude(fields__has_key=LOCKED)
    for key, author, expires_at in fading.values_list("pk", "author_id", "expires_at"):
        yield Wanted(author, "draft.fading", "draft", key, timezone.localdate(expires_at))


def _consents(now: Now) -> Iterator[Wanted]:
    """Of coordinators that consent is asked anew before it ends."""
    ending = ConsentRequest.objects.filter(holding(now.at), school=now.school, until_at__lte=now.at + CONSENT_WARNED)
    for key, pupil, until_at in ending.values_list("pk", "pupil_id", "until_at"):
        for coordinator in now.holding(Role.COORDINATOR):
            yield Wanted(coordinator, "consent.expiring", "consentrequest", key, last_day(until_at) or now.on, pupil_id=pupil)


def _cases(now: Now) -> Iterator[Wanted]:
    """Of coordinators that a case is looked at before it closes by itself."""
    closing = Case.objects.filter(live(now.at), school=now.school, until_at__lte=now.at + CASE_WARNED)
    for key, pupil, until_at in closing.values_list("pk", "pupil_id", "until_at"):
        for coordinator in now.holding(Role.COORDINATOR):
            yield Wanted(coordinator, "case.close_due", "case", key, last_day(until_at) or now.on, pupil_id=pupil)


def _turning(now: Now) -> Iterator[Wanted]:
    """Of teachers that who turns 16 or 18 hears in time what that changes."""
    for years in (RIGHTS_HOLDER, OF_AGE):
        born = Q(
            pupil__birth_date__gt=born_by(years, on=now.on),
            pupil__birth_date__lte=born_by(years, on=now.on + timedelta(days=WARNED_DAYS)),
        )
        sits = Enrolment.objects.filter(live(now.at), born, school=now.school)
        for pupil, group, born_on in sits.values_list("pupil_id", "group_id", "pupil__birth_date"):
            day = turns_within(years, born_on=born_on, on=now.on) if born_on else None
            for teacher in now.teachers.get(group, []) if day else []:
                yield Wanted(teacher, f"pupil.turning_{years}", "pupil", pupil, day or now.on, group_id=group, pupil_id=pupil)


def _proposals(now: Now) -> Iterator[Wanted]:
    """Of leaders that a role which was proposed is decided about."""
    waiting = Appointment.objects.filter(school=now.school, decided_at=None).select_related("proposed_by")
    persons = dict(Membership.objects.filter(pk__in=now.holding(Role.LEADER)).values_list("pk", "person_id"))
    for one in waiting:
        if now.calendar.school_days_after(timezone.localdate(one.proposed_at), PROPOSAL_WAITS) > now.on:
            continue
        for leader, person in persons.items():
            if person not in {one.person_id, one.proposed_by.person_id}:
                yield Wanted(leader, "role.proposal_waits", "appointment", one.pk, now.on)


def _bullied(now: Now) -> Iterator[Wanted]:
    """Of who follows it up, a talk with each pupil who says to be bullied often; of colleagues, to ask after one that waits too long."""
    yield from talks_wanted(now.school, now.calendar, at=now.at)
    yield from late_talks(now.school, at=now.at)


def _policies(now: Now) -> Iterator[Wanted]:
    """Of coordinators, or the leader, that somebody follows up what pupils are asked."""
    for policy in without_follow_up(now.school, at=now.at):
        for hat in now.holding(Role.COORDINATOR) or now.holding(Role.LEADER):
            yield Wanted(hat, "choice_policy.follow_up_gone", "choicepolicy", policy.pk, now.on)


def _plans(now: Now) -> Iterable[Wanted]:
    """Of teachers, that people decide about a plan whose last day is near or over."""
    return decisions_due(now.school, now.teachers, on=now.on, at=now.at)


def _support_plans(now: Now) -> Iterable[Wanted]:
    """Of coordinators, that a support plan is adopted, looked at in between and evaluated in time."""
    return clocks_due(now.school, now.holding(Role.COORDINATOR), on=now.on)


def _help_from_outside(now: Now) -> Iterator[Wanted]:
    """Of who asked an expert, to ask again; of coordinators and who asked advice without a name, to write down what it came to."""
    yield from outcomes_due(now.school, at=now.at)
    yield from unanswered(now.school, on=now.on, at=now.at)
    yield from results_due(now.school, now.holding(Role.COORDINATOR), on=now.on)


_PARTS: tuple[Callable[[Now], Iterable[Wanted]], ...] = (
    *(_rounds, _staff_lists, _late, _drafts, _consents, _cases, _turning, _proposals),
    *(_bullied, _policies, _help_from_outside, _support_plans),
    _plans,
)
