"""A school of 800 pupils with combination groups, beside the demo schools. A program: it fills the database of the settings."""

from datetime import UTC, datetime

import numpy as np
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from kring.core.access import Role
from kring.web.accounts.models import Person
from kring.web.demo.cast import PASSWORD
from kring.web.demo.years import years
from kring.web.schools.models import Assignment, Board, Enrolment, Group, Membership, Pupil, School, SchoolYear
from kring.web.wall import schools_open

SEED = 20261122
PUPILS = 800
STARTED = datetime(2020, 8, 1, tzinfo=UTC)
GROUPS = (
    *(("1/2A", (1, 2)), ("1/2B", (1, 2)), ("1/2C", (1, 2)), ("1/2D", (1, 2)), ("1/2E", (1, 2)), ("1/2F", (1, 2)), ("1/2G", (1, 2))),
    *((f"{level}{letter}", (level,)) for level in (3, 4, 5, 6, 7, 8) for letter in "ABC"),
    *(("4/5D", (4, 5)), ("6/7D", (6, 7)), ("7/8D", (7, 8)), ("3/4D", (3, 4)), ("5/6D", (5, 6))),
)


def main() -> None:
    """De Toren: a coordinator who can log in, teachers, and everybody in a group."""
    school = School.objects.create(board=Board.objects.create(name="Stichting Toren"), name="De Toren", type=School.Type.PRIMARY)
    chance = np.random.default_rng(SEED)
    with schools_open([school.pk]):
        running = years(timezone.localdate())[1]
        year = SchoolYear.objects.create(school=school, label=running.label, starts_on=running.starts_on, ends_on=running.ends_on)
        first = running.starts_on.year + 1
        SchoolYear.objects.create(
            school=school,
            label=f"{first}-{first + 1}",
            starts_on=running.starts_on.replace(year=first),
            ends_on=running.ends_on.replace(year=first + 1),
        )
        groups = Group.objects.bulk_create(Group(school=school, year=year, name=name, year_levels=[*levels]) for name, levels in GROUPS)
        pupils = Pupil.objects.bulk_create(
            Pupil(school=school, given_name=f"Kind {number}", sort_name=f"kind {number:04}", admin_key=f"t{number}")
            for number in range(PUPILS)
        )
        Enrolment.objects.bulk_create(
            Enrolment(school=school, pupil=pupil, group=group, year_level=int(chance.choice(group.year_levels)), from_at=STARTED)
            for number, pupil in enumerate(pupils)
            for group in [groups[number % len(groups)]]
        )
        _people(school, groups)


def _people(school: School, groups: list[Group]) -> None:
    password = make_password(PASSWORD)
    for number, name in enumerate(("toos", *(f"juf{number}" for number in range(len(groups))))):
        person = Person.objects.create(username=name, given_name=name.capitalize(), family_name="Toren", password=password, is_demo=True)
        role = Role.TEACHER if number else Role.COORDINATOR
        hat = Membership.objects.create(school=school, person=person, role=role.value, from_at=STARTED)
        if number:
            Assignment.objects.create(school=school, membership=hat, group=groups[number - 1], from_at=STARTED)
