"""Tasks of the demo schools: what people wrote down themselves, late, now, soon and done."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from kring.core.calendar import Calendar
from kring.core.tasks import due_day
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Membership, School
from kring.web.tasks.models import Task
from kring.web.tasks.words import OWN

Key = Callable[..., UUID]
DAY = timedelta(days=1)
TO_DO = (
    # who, what, due in so many days, put off so many times, done
    ("anna", "Terugbellen over de schoolreis", -3, 1, False),
    ("anna", "Nieuwe plattegrond voor de klas maken", 0, 0, False),
    ("anna", "Tussenevaluatie van het groepsplan voorbereiden", 2, 0, False),
    ("anna", "Boek over stille kinderen terugbrengen", 8, 0, False),
    ("anna", "Kring over pesten gehouden", -1, 0, True),
    ("bram", "Agenda voor het ondersteuningsteam rondsturen", 1, 0, False),
    ("rik", "Klimaat op het plein met het team bespreken", 4, 0, False),
)


def give_tasks(school: School, members: Mapping[str, Membership], *, key: Key, now: datetime) -> None:
    """Own words of a few people. What Kring itself asks comes by the schedule, a little later."""
    calendar = calendar_of(school)
    Task.objects.bulk_create(
        _own(members[who], what, calendar, now, days=days, put_off=put_off, is_done=is_done, key=key)
        for who, what, days, put_off, is_done in TO_DO
        if who in members and members[who].school_id == school.pk
    )


def _own(owner: Membership, what: str, calendar: Calendar, now: datetime, *, days: int, put_off: int, is_done: bool, key: Key) -> Task:
    today = now.date()
    due_on = due_day(calendar, today + days * DAY, on=today) if days >= 0 else calendar.school_days_before(today, -days)
    return Task(
        id=key(owner.school.name, "task", what),
        school=owner.school,
        owner=owner,
        kind=OWN,
        title=what,
        made_at=now - 7 * DAY,
        first_due_on=calendar.school_days_before(due_on, 2) if put_off else due_on,
        due_on=due_on,
        times_put_off=put_off,
        done_at=now - DAY if is_done else None,
    )
