"""A hundred thousand pupils twice: in one school, and over a hundred schools; and who searches among them."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kring.commands.bench import Measured, timed_runs

if TYPE_CHECKING:
    from kring.web.models import Enrolment, Group, Membership, Pupil, School

GOAL = 100.0
PUPILS, SCHOOLS, CLASS = 100_000, 100, 25
SINCE = datetime(2025, 8, 1, tzinfo=UTC)
QUESTIONS = {
    "one letter": "a",
    "a common name": "de Jong",
    "the other way round": "veenstra emma",
    "spelt otherwise": "Bleauw",
    "one slip": "Lieke Veensrta",
    "a slip in a short word": "Jnet",
    "another prefix and a slip": "van der Jogn",
    "nobody": "Qzwkvx Wqqx",
    "nobody, six words": "qa wb zc xd ke jf",
}


@dataclass(frozen=True, slots=True)
class Seekers:
    """Who asks, by what is measured."""

    coordinator: "Membership"
    teacher: "Membership"
    of_many: "Membership"


def searches(name: str, folder: Path, address: str) -> list[Measured]:
    """Every question on one database, in a process of its own; what it measured goes back."""
    with database(folder, address):
        return list(measured(name, made()))


@contextmanager
def database(folder: Path, address: str) -> Iterator[None]:
    os.environ.update(DJANGO_SETTINGS_MODULE="kring.settings", KRING_MODE="test", KRING_DATA=str(folder), KRING_DATABASE=address)
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    yield
    connections.close_all()


def measured(name: str, who: Seekers) -> Iterator[Measured]:
    for what, question in QUESTIONS.items():
        yield one(f"search among 100,000 pupils of one school, {name}: {what}", who.coordinator, question)
    yield one(f"search among 100,000 pupils by who may see {CLASS}, {name}: one letter", who.teacher, "a")
    yield one(f"search among 100,000 pupils by who may see {CLASS}, {name}: nobody", who.teacher, "Qzwkvx Wqqx")
    for what in ("one letter", "one slip", "nobody"):
        yield one(f"search among 100,000 pupils of 100 schools, {name}: {what}", who.of_many, QUESTIONS[what])


def one(what: str, actor: "Membership", text: str) -> Measured:
    from django.utils import timezone

    from kring.core.finding import asked
    from kring.web.finding.queries import everything
    from kring.web.wall import schools_open

    def search() -> int:
        with schools_open([actor.school_id]):
            return len(everything(actor, asked(text), at=timezone.now()).pupils)

    return Measured(what, timed_runs(search, times=9), GOAL, f"{search()} found")


def made() -> Seekers:
    from django.db import connection

    from kring.core.access import Role
    from kring.web.models import Assignment, Board, Group, School
    from kring.web.wall import schools_open

    board = Board.objects.create(name="Bestuur")
    schools = [School.objects.create(board=board, name=f"School {n}", type="po") for n in range(SCHOOLS + 1)]
    seeded = random.Random(2026)  # noqa: S311
    with schools_open([school.pk for school in schools]):
        filled(schools[0], PUPILS, seeded)
        for school in schools[1:]:
            filled(school, PUPILS // SCHOOLS, seeded)
        coordinator, teacher = (hat(schools[0], role) for role in (Role.COORDINATOR, Role.TEACHER))
        group = Group.objects.filter(school=schools[0]).latest("name")
        Assignment.objects.create(school=schools[0], membership=teacher, group=group, from_at=SINCE)
        of_many = hat(schools[SCHOOLS // 2], Role.COORDINATOR)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze" if connection.vendor == "postgresql" else "analyze")  # as both do by themselves in time
    return Seekers(coordinator, teacher, of_many)


def hat(school: "School", role: str) -> "Membership":
    from kring.web.models import Membership, Person

    person = Person.objects.create(username=f"{role} {school.name}", given_name="Wie", family_name="Zoekt")
    return Membership.objects.create(school=school, person=person, role=str(role), from_at=SINCE)


def filled(school: "School", pupils: int, seeded: random.Random) -> None:
    """Groups of twenty-five, each pupil with a name as in a class of today."""
    from kring.web.models import Enrolment, Group, Pupil, SchoolYear

    year = SchoolYear.objects.create(school=school, label="2025-2026", starts_on=date(2025, 8, 1), ends_on=date(2026, 7, 31))
    groups = Group.objects.bulk_create(
        Group(school=school, year=year, name=f"{n % 8 + 1}-{n:04d}", year_levels=[n % 8 + 1]) for n in range(pupils // CLASS)
    )
    rows = Pupil.objects.bulk_create([pupil(school, number, seeded) for number in range(pupils)], batch_size=5000)
    enrolments = [enrolment(row, groups[n // CLASS]) for n, row in enumerate(rows)]
    Enrolment.objects.bulk_create(enrolments, batch_size=5000)


def pupil(school: "School", number: int, seeded: random.Random) -> "Pupil":
    from kring.web.demo.names import ORIGINS
    from kring.web.models import Pupil
    from kring.web.schools.names import sort_name

    origin = seeded.choices(ORIGINS, [one.share for one in ORIGINS])[0]
    given = seeded.choice(seeded.choice((origin.girls, origin.boys)))
    prefix, _comma, family = seeded.choice(origin.families).rpartition(", ")
    if seeded.random() < 0.1:
        family = f"{family}-{seeded.choice(origin.families).rpartition(', ')[2]}"
    return Pupil(
        school=school, given_name=given, name_prefix=prefix, family_name=family, sort_name=sort_name(given, family), admin_key=str(number)
    )


def enrolment(of: "Pupil", group: "Group") -> "Enrolment":
    from kring.web.models import Enrolment

    return Enrolment(school_id=of.school_id, pupil=of, group=group, year_level=1, from_at=SINCE)
