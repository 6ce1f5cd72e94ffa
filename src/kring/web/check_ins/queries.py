"""The card of one pupil with its days, what they come to, and what is asked today. Never two pupils in one answer with points."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.calendar import Calendar
from kring.core.check_in_cards import CardDay, Course, Fade, FadeProposal, course_of, fade_proposal, percent_of
from kring.core.plans import State
from kring.core.trials import PhaseName
from kring.documents.charts.canvas import Chart
from kring.documents.charts.support import SupportLine, SupportPoint, support
from kring.web.access import may
from kring.web.cases.models import CaseMember
from kring.web.check_ins.models import CheckInCard, CheckInDay
from kring.web.days import spoken_day
from kring.web.plans.models import Plan
from kring.web.plans.trials.queries import MEASURED
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, Membership, Pupil, live

LOOKED_BACK = 5  # so many school days somebody may still fill in with one tap
ON_A_CASE = (Role.BEHAVIOUR_SPECIALIST.value, Role.REMEDIAL_TEACHER.value)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day that was filled in; no percentage when only words were written."""

    row: CheckInDay
    percent: float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One card as it is on a day."""

    card: CheckInCard
    days: tuple[DayLine, ...]
    course: Course
    proposal: FadeProposal
    chart: Chart | None
    asks: tuple[date, ...]
    on: date

    @property
    def is_over(self) -> bool:
        return self.card.until_on < self.on or self.card.until_on < self.card.from_on

    @property
    def is_running(self) -> bool:
        return not self.is_over and self.card.from_on <= self.on

    @property
    def proposes_fewer(self) -> bool:
        return self.proposal.fade is Fade.FEWER

    @property
    def proposes_stop(self) -> bool:
        return self.proposal.fade is Fade.STOP


def cards_of(actor: Membership, pupil: Pupil) -> list[CheckInCard]:
    """Of one pupil, the newest first."""
    return list(may(actor, CheckInCard, Verb.READ).filter(pupil=pupil).select_related("with_whom__person").order_by("-from_on", "pk"))


@dataclass(frozen=True, slots=True)
class OnPage:
    """What the page of a pupil shows."""

    cards: tuple[CheckInCard, ...]
    on: date


def on_pupil_page(actor: Membership, pupil: Pupil, *, at: datetime) -> OnPage | None:
    """For the page of the pupil; None for who never reads such cards."""
    if rule_of(Role(actor.role), Record.CHECK_IN_CARD, Verb.READ) is None:
        return None
    return OnPage(tuple(cards_of(actor, pupil)[:2]), timezone.localdate(at))


def sheet_of(actor: Membership, card: CheckInCard, *, at: datetime) -> Sheet:
    """The same number of questions to the database however many days were filled in."""
    on = timezone.localdate(at)
    rows = may(actor, CheckInDay, Verb.READ).filter(card=card).select_related("entered_by__person").order_by("-on")
    days = tuple(DayLine(row, percent_of(row.points)) for row in rows)
    counted = [CardDay(one.row.on, one.percent) for one in days if one.percent is not None]
    course = course_of(counted, target=card.target)
    proposal = fade_proposal(counted, target=card.target, moments=len(card.moments))
    asks = _still_asked(actor, card, {one.row.on for one in days}, on, at)
    return Sheet(card, days, course, proposal, _drawn(card, counted, course), asks, on)


def _drawn(card: CheckInCard, days: list[CardDay], course: Course) -> Chart | None:
    if not days:
        return None
    points = tuple(SupportPoint(day.on, PhaseName.SUPPORT, day.percent) for day in reversed(days))
    first, last = points[0].on, points[-1].on
    return support(
        SupportLine(
            title=_("Hoeveel procent van de punten, per dag"),
            high=100.0,
            points=points,
            medians=((PhaseName.SUPPORT, course.middle),) if course.middle is not None else (),
            target=card.target,
            not_held=(),
            first=(first, spoken_day(first)),
            last=(last, spoken_day(last)),
            names_phases=False,
        )
    )


def _still_asked(actor: Membership, card: CheckInCard, filled: Collection[date], on: date, at: datetime) -> tuple[date, ...]:
    """The last school days of the card that nobody filled in, the newest first."""
    goes_to_school = school_days_of(actor, [card.pupil_id], at=at)[card.pupil_id]
    last = min(on, card.until_on)
    days = (last - timedelta(days=back) for back in range((last - card.from_on).days + 1))
    lately = islice((day for day in days if goes_to_school(day)), LOOKED_BACK)
    return tuple(day for day in lately if day not in filled)


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """On which days one pupil goes to school: those of any of the groups."""

    calendar: Calendar
    groups: tuple[str, ...]

    def __call__(self, day: date) -> bool:
        if not self.groups:
            return self.calendar.is_school_day(day)
        return any(self.calendar.is_school_day(day, group=group) for group in self.groups)


def school_days_of(actor: Membership, pupils: Collection[UUID], *, at: datetime) -> Mapping[UUID, SchoolDays]:
    """By pupil. Three questions to the database, whoever many."""
    groups: dict[UUID, list[str]] = {pupil: [] for pupil in pupils}
    sits = Enrolment.objects.filter(live(at), pupil__in=pupils).values_list("pupil_id", "group_id")
    for pupil, group in sits:
        groups[pupil].append(str(group))
    calendar = calendar_of(actor.school)
    return {pupil: SchoolDays(calendar, tuple(here)) for pupil, here in groups.items()}


def day_of(actor: Membership, card: CheckInCard, on: date) -> CheckInDay | None:
    """What was filled in on this day."""
    return may(actor, CheckInDay, Verb.READ).filter(card=card, on=on).select_related("entered_by__person").first()


def to_fill(actor: Membership, key: UUID) -> CheckInCard | None:
    """The card of which this person may fill in days."""
    return may(actor, CheckInCard, Verb.WRITE, of=Record.CHECK_IN_DAY).filter(pk=key).select_related("pupil").first()


def adults_for(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Membership]:
    """Who can open the card: who teaches the pupil, who coordinates, and who helps on a case."""
    sits = Enrolment.objects.filter(live(at), pupil=pupil).values("group")
    teaches = Q(assignments__group__in=sits) & live(at, "assignments__")
    on_case = CaseMember.objects.filter(live(at), live(at, "case__"), case__pupil=pupil, membership__role__in=ON_A_CASE).values(
        "membership"
    )
    found = may(actor, Membership, Verb.COUNT, at=at).filter(live(at), teaches | Q(role=Role.COORDINATOR.value) | Q(pk__in=on_case))
    people = list(found.select_related("person").distinct().order_by("person__given_name", "pk"))
    return people if actor in people else [actor, *people]


def running_plans(actor: Membership, pupil: Pupil) -> list[Plan]:
    """To which a card may belong."""
    return list(may(actor, Plan, Verb.READ).filter(pupil=pupil, state=State.RUNNING, kind__in=MEASURED).order_by("-made_at", "pk"))


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card on the first page of its adult: whose, and whether today was filled in; no points."""

    card: CheckInCard
    is_filled: bool


def week_cards(actor: Membership, *, at: datetime) -> list[CardLine]:
    """What is asked of me today: nothing in weekends and holidays."""
    on = timezone.localdate(at)
    mine = may(actor, CheckInCard, Verb.READ, at=at).filter(with_whom=actor, from_on__lte=on, until_on__gte=on)
    cards = list(mine.select_related("pupil").order_by("pupil__sort_name", "pk"))
    if not cards:
        return []
    goes = school_days_of(actor, [card.pupil_id for card in cards], at=at)
    filled = set(may(actor, CheckInDay, Verb.READ, at=at).filter(card__in=cards, on=on).values_list("card_id", flat=True))
    return [CardLine(card, card.pk in filled) for card in cards if goes[card.pupil_id](on)]
