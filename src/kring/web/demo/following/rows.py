"""Absence of 6A in four weeks, somebody new, two worries, a suspicion, and what Anna needs: through the same doors as real ones."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from kring.core.absences import A_WEEK, monday_of, school_weeks
from kring.core.newcomers import Step, days_of
from kring.core.support_needs import Help
from kring.web.absences.actions import Line, type_week
from kring.web.concerns.intake import Told, put_down
from kring.web.newcomers.intake import TASKS
from kring.web.newcomers.models import NewcomerWatch
from kring.web.reporting_code.actions import About, Note, hand_in
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership, Pupil, School
from kring.web.support_needs.actions import Asked, answer, say_need
from kring.web.tasks.intake import give_task

DAY = timedelta(days=1)
FOUR = 4
HOURS = {0: "4.5", 1: "4", 2: "3.5", 3: "5"}
"""Of one pupil, week by week: together more than sixteen."""
TELLER, NEW_FOR = "Yara", timedelta(weeks=4)
NEED = "Ik wil leren rustig te blijven als drie kinderen tegelijk iets van mij willen."
REPLY = "Herkenbaar. Zal ik donderdag een uur meekijken? Dan kiezen we samen één ding om te proberen."


def follow(school: School, members: Mapping[str, Membership], *, now: datetime) -> None:
    """At the school of Anna alone."""
    anna, bram, carla = (members.get(name) for name in ("anna", "bram", "carla"))
    if anna is None or bram is None or carla is None or anna.school_id != school.pk:
        return
    group = Group.objects.filter(school=school, name="6A").select_related("school", "year").order_by("-year__starts_on")[0]
    pupils = list(Pupil.objects.filter(enrolments__group=group, enrolments__until_at=None, person=None).order_by("sort_name", "pk"))
    _absent(anna, group, pupils, now)
    _new(anna, group, pupils, now)
    _worried(pupils, anna, bram, now)
    _suspected(anna, pupils, now)
    need = say_need(anna, anna, Asked(NEED, Help.LOOK_IN_CLASS, carla), at=now - 5 * DAY)
    answer(carla, need, REPLY, at=now - 3 * DAY)


def _absent(anna: Membership, group: Group, pupils: Sequence[Pupil], now: datetime) -> None:
    """The last four school weeks that are over."""
    calendar, this = calendar_of(group.school), monday_of(timezone.localdate(now))
    for number, monday in enumerate(school_weeks(calendar, this - A_WEEK, FOUR, group=str(group.pk))):
        lines = [Line(pupils[2].pk, {"hours_not_allowed": Decimal(HOURS[number])})]
        lines += [Line(pupils[5].pk, {"sick_reports": 1, "sick_days": 1 + number % 2})] if number % 2 else []
        lines += [Line(pupils[9].pk, {"late": 1 + number})]
        type_week(anna, group, monday, lines, at=now)


def _new(anna: Membership, group: Group, pupils: Sequence[Pupil], now: datetime) -> None:
    """Somebody who came four weeks ago: a classmate walks along, home was spoken with, the talk is still to be held."""
    calendar, began = calendar_of(group.school), now - NEW_FOR
    days, pupil, buddy = days_of(calendar, _day(began)), pupils[-2], pupils[-5]
    watch = NewcomerWatch.objects.create(
        school=group.school,
        pupil=pupil,
        group=group,
        started_on=_day(began),
        buddy=buddy,
        buddy_asked_at=began + 2 * DAY,
        colleagues_asked_at=began + 2 * DAY,
        guardians_spoken_on=_day(began + 15 * DAY),
        talk_from_on=days.talk_from_on,
        talk_by_on=days.due[Step.TALK],
    )
    give_task(anna, TASKS[Step.TALK], due_on=watch.talk_by_on, at=began, about=watch, pupil=pupil, group=group)


def _worried(pupils: Sequence[Pupil], anna: Membership, bram: Membership, now: datetime) -> None:
    """One with a name, one without."""
    teller = next((one for one in pupils if one.given_name == TELLER), pupils[0])
    put_down(
        teller, Told(anna, "mijn vriendin in groep 6B", "Ze zit elke pauze alleen en zegt dat ze nergens zin in heeft."), key="", at=now
    )
    put_down(
        pupils[1],
        Told(bram, "", "Een jongen uit mijn klas slaapt bijna niet en is heel vaak boos. Thuis mag hij niets."),
        key="demo",
        at=now,
    )


def _suspected(anna: Membership, pupils: Sequence[Pupil], now: datetime) -> None:
    seen = Note(
        "Het kind wilde om kwart over drie niet naar huis en zei: “Ik wil hier slapen.”",
        "Zelf gehoord, bij het hek",
        "Ik weet niet waarom. Ik maak mij zorgen.",
        calendar_of(anna.school).school_days_before(_day(now), 2),
    )
    hand_in(anna, anna.school, About(pupils[7]), seen, at=now - DAY)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
