"""A school with one class of so many pupils, with a list by its teachers and one on paper. A program, as large_school is."""

import sys
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from kring.core.access import Role
from kring.core.calendar import year_around
from kring.library import instrument
from kring.web.accounts.models import Person
from kring.web.demo.cast import PASSWORD
from kring.web.models import Assignment, Board, Enrolment, Group, Invitation, Membership, Pupil, Round, School, SchoolYear
from kring.web.surveys.models import asks_of
from kring.web.wall import schools_open

STARTED = datetime(2020, 8, 1, tzinfo=UTC)
LISTS = {"Over de klas": ("kring-leerkracht", 2), "Samen": ("kring-leerkracht", 2), "Op een blad": ("kring-leerling", 2)}


def main() -> None:
    """De Schrijver: ina and her duo partner bea teach class 6."""
    pupils, name = int(sys.argv[1]), sys.argv[2]
    school = School.objects.create(board=Board.objects.create(name=f"Stichting {name}"), name=name, type=School.Type.PRIMARY)
    with schools_open([school.pk]):
        now = year_around(timezone.localdate())
        year = SchoolYear.objects.create(school=school, label=now.label, starts_on=now.starts_on, ends_on=now.ends_on)
        group = Group.objects.create(school=school, year=year, name="6", year_levels=[6])
        for given in ("ina", "bea"):
            Assignment.objects.create(school=school, membership=_teacher(school, given, name), group=group, from_at=STARTED)
        made = [_pupil(group, number) for number in range(1, pupils + 1)]
        for title, (key, version) in LISTS.items():
            _round(year, group, made, title, key, version, today=timezone.localdate())


def _teacher(school: School, given: str, name: str) -> Membership:
    names = {"given_name": given.capitalize(), "family_name": "Schrijver"}
    person = Person.objects.create(username=f"{given}.{name.lower()}", password=make_password(PASSWORD), is_demo=True, **names)
    return Membership.objects.create(school=school, person=person, role=Role.TEACHER.value, from_at=STARTED)


def _pupil(group: Group, number: int) -> Pupil:
    names = {"given_name": f"Kind{number:02d}", "family_name": "Schrijver", "sort_name": f"schrijver kind {number:02d}"}
    made = Pupil.objects.create(school=group.school, admin_key=f"{number}", **names)
    Enrolment.objects.create(school=group.school, pupil=made, group=group, year_level=6, from_at=STARTED)
    return made


def _round(year: SchoolYear, group: Group, pupils: list[Pupil], title: str, key: str, version: int, *, today: date) -> None:
    days = {"opens_on": today - timedelta(days=1), "closes_on": today + timedelta(days=10)}
    asks = asks_of(instrument(key, version))
    made = Round.objects.create(school=group.school, year=year, instrument=key, version=version, title=title, asks=asks, **days)
    Invitation.objects.bulk_create(Invitation(school=group.school, round=made, group=group, pupil=one) for one in pupils)
