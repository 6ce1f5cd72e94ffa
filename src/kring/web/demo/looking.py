"""What was seen and done in the demo school in the weeks before today, so that the log and the weekly review have something to show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kring.core.access import Role
from kring.core.purposes import purpose_of
from kring.web.audit.intake import append
from kring.web.audit.models import Entry
from kring.web.schools.models import Membership

HERE = ZoneInfo("Europe/Amsterdam")
THREE_WEEKS = 21


@dataclass(frozen=True, slots=True)
class Seeable:
    """A group of the demo with its pupils."""

    group: UUID
    pupils: Sequence[UUID]


def look_around(people: Mapping[str, Membership], groups: Mapping[str, Seeable], *, today: date) -> None:
    """Three weeks of work as usual, with a few things that deserve a look. In the order of time, as a log grows."""
    school = people["anna"].school_id
    days = [today - timedelta(days=ago) for ago in range(THREE_WEEKS, 0, -1)]
    done = [entry for day in days if day.weekday() < 5 for entry in _of_day(day, people, groups)]
    append(school, sorted(done, key=lambda entry: entry.at))


def _of_day(day: date, people: Mapping[str, Membership], groups: Mapping[str, Seeable]) -> Iterator[Entry]:
    for name, taught in (("anna", "6A"), ("carla", "6B")):
        own, number = groups[taught], day.toordinal()
        yield _entry(people[name], day, 8, 25, "home", "group", group=own.group)
        yield _entry(people[name], day, 12, 10, "group", "group", group=own.group)
        for n in range(3):
            yield _entry(people[name], day, 15, 20 + n, "pupil", "pupil", pupil=own.pupils[(number + n) % len(own.pupils)])
    pupils = groups["6A"].pupils
    yield _entry(people["bram"], day, 10, 5, "pupil", "pupil", pupil=pupils[day.day % len(pupils)])
    yield from _to_look_at(day, people, groups)


def _to_look_at(day: date, people: Mapping[str, Membership], groups: Mapping[str, Seeable]) -> Iterator[Entry]:
    """One thing on each day of the week: late work, a report, a page that was refused, a file, another group."""
    noor = groups["6A"].pupils[0]
    if day.weekday() == 0:
        yield _entry(people["anna"], day, 21, 15, "pupil", "pupil", pupil=noor)
    if day.weekday() == 1:
        yield _entry(people["bram"], day, 16, 0, "pupil_pdf", "pupil", pupil=noor, name="page.printed")
    if day.weekday() == 2:
        yield _entry(people["carla"], day, 9, 40, "pupil", "pupil", pupil=noor, name="page.refused", outcome="absent")
    if day.weekday() == 3:
        yield _entry(people["anna"], day, 14, 30, "upload_example", "group", group=groups["6A"].group, name="file.exported")


def _entry(
    actor: Membership,
    day: date,
    hour: int,
    minute: int,
    route: str,
    record: str,
    *,
    pupil: UUID | None = None,
    group: UUID | None = None,
    name: str = "page.read",
    outcome: str = "done",
) -> Entry:
    return Entry(
        at=datetime.combine(day, time(hour, minute), HERE),
        person_id=actor.person_id,
        actor_id=actor.pk,
        role=actor.role,
        purpose=purpose_of(Role(actor.role)).value,
        name=name,
        outcome=outcome,
        route=route,
        record=record,
        record_id=pupil or group,
        pupil_id=pupil,
        group_id=group,
    )
