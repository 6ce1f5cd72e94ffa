"""A small school with two combination groups and one group without a teacher, beside the demo schools. A program, as large_school is."""

from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from kring.core.access import Role
from kring.core.calendar import year_around
from kring.web.accounts.models import Person
from kring.web.demo.cast import PASSWORD
from kring.web.models import Assignment, Board, Enrolment, Group, Holiday, Membership, Pupil, School, SchoolYear
from kring.web.wall import schools_open

STARTED = datetime(2020, 8, 1, tzinfo=UTC)
GROUPS = {"3/4": (3, 4), "4/5": (4, 5), "8": (8,)}
EACH = 12


def main() -> None:
    """De Hooiberg: lot coordinates, jip teaches two of the groups, and of the third nobody knows yet who does."""
    school = School.objects.create(board=Board.objects.create(name="Stichting Hooi"), name="De Hooiberg", type=School.Type.PRIMARY)
    with schools_open([school.pk]):
        coming = year_around(timezone.localdate() + timedelta(days=21))
        year = SchoolYear.objects.create(school=school, label=coming.label, starts_on=coming.starts_on, ends_on=coming.ends_on)
        christmas = {"first_on": date(coming.starts_on.year, 12, 20), "last_on": date(coming.starts_on.year + 1, 1, 4)}
        Holiday.objects.create(school=school, year=year, kind="vacation", name="Kerstvakantie", **christmas)
        _member(school, "lot.h", Role.COORDINATOR)
        teacher = _member(school, "jip.h", Role.TEACHER)
        for name, levels in GROUPS.items():
            group = Group.objects.create(school=school, year=year, name=name, year_levels=[*levels])
            if name != "8":
                Assignment.objects.create(school=school, membership=teacher, group=group, from_at=STARTED)
            for number in range(EACH):
                _pupil(group, number, levels[number % len(levels)])


def _member(school: School, username: str, role: Role) -> Membership:
    names = {"given_name": username.partition(".")[0].capitalize(), "family_name": "Hooi"}
    person = Person.objects.create(username=username, password=make_password(PASSWORD), is_demo=True, **names)
    return Membership.objects.create(school=school, person=person, role=role.value, from_at=STARTED)


def _pupil(group: Group, number: int, level: int) -> None:
    names = {"given_name": f"Kind{number}", "family_name": f"Hooi {group.name}", "sort_name": f"hooi {group.name} kind {number:02d}"}
    made = Pupil.objects.create(school=group.school, admin_key=f"{group.name}-{number}", **names)
    Enrolment.objects.create(school=group.school, pupil=made, group=group, year_level=level, from_at=STARTED)
