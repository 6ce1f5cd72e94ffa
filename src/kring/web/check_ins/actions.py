"""What people do with a card: make it, fill in a day, stop it, go on with fewer moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from kring.core import check_in_cards as rules
from kring.core.access import Record, Verb
from kring.core.edited import EditedMeanwhile
from kring.core.small_trials import tidy
from kring.web.action import action
from kring.web.check_ins.models import CheckInCard, CheckInDay
from kring.web.check_ins.queries import school_days_of
from kring.web.plans.models import Plan
from kring.web.schools.models import Membership, Pupil


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCard:
    """A card as it was filled in."""

    goals: Sequence[str]
    moments: Sequence[str]
    with_whom: Membership
    target: int
    from_on: date
    until_on: date
    plan: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySaid:
    """What was given and said on one day; moments that nobody tapped are not in it."""

    points: rules.Points
    morning: str = ""
    evening: str = ""
    pupil_words: str = ""


@action("check_in.card_made", needs=Verb.WRITE, of=Record.CHECK_IN_CARD)
def make_card(actor: Membership, pupil: Pupil, new: NewCard, *, at: datetime) -> CheckInCard:
    """Raises CardGoals, CardGoalNotPositive, CardMoments, CardTarget, CardWithoutEnd, CardRunsAlready."""
    return _make(actor, pupil, new, at=at)


def _make(actor: Membership, pupil: Pupil, new: NewCard, *, at: datetime) -> CheckInCard:
    goals, moments = [tidy(one) for one in new.goals], [tidy(one) for one in new.moments]
    rules.check_card(goals, moments, new.target, (new.from_on, new.until_on))
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    others = CheckInCard.objects.filter(pupil=pupil).values_list("from_on", "until_on")
    rules.check_alone((new.from_on, new.until_on), [days for days in others if days[0] <= days[1]])
    made = CheckInCard(school_id=pupil.school_id, pupil=pupil, plan=new.plan, goals=goals, moments=moments, target=new.target)
    made.with_whom, made.from_on, made.until_on, made.made_by, made.made_at = new.with_whom, new.from_on, new.until_on, actor, at
    made.save(force_insert=True)
    return made


@action("check_in.day_filled", needs=Verb.WRITE, of=Record.CHECK_IN_DAY)
def fill_day(actor: Membership, card: CheckInCard, said: DaySaid, *, on: date, read_at: datetime | None, at: datetime) -> CheckInDay:
    """Points are only added. Raises EditedMeanwhile, DayNotOnCard, NoSchoolThatDay, PointsTaken."""
    held: CheckInCard = CheckInCard.objects.select_for_update().get(pk=card.pk)
    is_school_day = school_days_of(actor, [held.pupil_id], at=at)[held.pupil_id](on)
    rules.check_day(on, days=(held.from_on, held.until_on), today=timezone.localdate(at), is_school_day=is_school_day)
    row = CheckInDay.objects.filter(card=held, on=on).first()
    if row is not None and row.entered_at != read_at:
        raise EditedMeanwhile
    row = row or CheckInDay(school_id=held.school_id, card=held, on=on)
    row.points = rules.points_added(row.points, said.points, moments=len(held.moments), goals=len(held.goals))
    row.morning, row.evening, row.pupil_words = tidy(said.morning), tidy(said.evening), tidy(said.pupil_words)
    row.entered_by, row.entered_at = actor, at
    row.save()
    return row


@action("check_in.card_stopped", needs=Verb.WRITE)
def stop_card(actor: Membership, card: CheckInCard, *, at: datetime) -> None:  # noqa: ARG001
    """Today is the last day. Raises CardOver."""
    _end(card, timezone.localdate(at))


@action("check_in.moments_fewer", needs=Verb.WRITE)
def go_on_with_fewer(actor: Membership, card: CheckInCard, moments: Sequence[str], *, until_on: date, at: datetime) -> CheckInCard:
    """From tomorrow a card with some of the moments; the old one keeps its days. Raises CardOver, MomentsNotFewer and more."""
    today = timezone.localdate(at)
    rules.check_fewer(card.moments, moments)
    held = _end(card, today)
    same = {"goals": held.goals, "with_whom": held.with_whom, "target": held.target, "plan": held.plan}
    kept = [one for one in held.moments if one in moments]
    new = NewCard(**same, moments=kept, from_on=today + timedelta(days=1), until_on=until_on)
    return _make(actor, held.pupil, new, at=at)


def _end(card: CheckInCard, today: date) -> CheckInCard:
    held: CheckInCard = CheckInCard.objects.select_for_update(of=("self",)).select_related("pupil", "with_whom", "plan").get(pk=card.pk)
    if held.until_on < today:
        raise rules.CardOver
    held.until_on = today
    held.save(update_fields=["until_on"])
    return held
