"""The condition that is written in SQL says what nested querysets say, for ties that begin, end, overlap and gave way to a next year."""

from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from django.db.models import Exists, OuterRef, QuerySet

from kring.web.models import Assignment, Enrolment, Group, Membership, Pupil, YearChange
from kring.web.schools.models import live
from kring.web.taught import teaches_group, teaches_pupil
from tests.cast import START, Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = START + 400 * DAY


def assigned(to: Membership, at: datetime) -> "QuerySet[Assignment]":
    past = YearChange.objects.filter(from_year=OuterRef("group__year"), minute__lte=at)
    return Assignment.objects.filter(live(at), membership=to).exclude(Exists(past))


def seats(of: Membership, at: datetime) -> "QuerySet[Enrolment]":
    return Enrolment.objects.filter(live(at), Exists(assigned(of, at).filter(group=OuterRef("group"))))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_taught_is_what_the_ties_say(cast: Cast, seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    make_ties(cast, chance)
    moments = [START - DAY, START, *(LATER + chance.randrange(40) * DAY for _ in range(6)), datetime(2031, 1, 1, tzinfo=UTC)]
    found = 0
    for teacher, at in product((cast.anna, cast.carla, cast.bram), moments):
        groups = Group.objects.filter(Exists(assigned(teacher, at).filter(group=OuterRef("pk"))))
        pupils = Pupil.objects.filter(Exists(seats(teacher, at).filter(pupil=OuterRef("pk"))))
        assert set(Group.objects.filter(teaches_group("id", by=teacher.pk, at=at))) == set(groups)
        assert set(Pupil.objects.filter(teaches_pupil("id", by=teacher.pk, at=at))) == set(pupils)
        assert set(Pupil.objects.exclude(teaches_pupil("id", by=teacher.pk, at=at))) == set(Pupil.objects.all()) - set(pupils)
        found += len(pupils)
    assert found > 0


def make_ties(cast: Cast, chance: Random) -> None:
    """Random assignments and stays around one month, some without end."""

    def stay() -> dict[str, datetime | None]:
        begin = LATER + chance.randrange(30) * DAY
        return {"from_at": begin, "until_at": chance.choice([None, begin + chance.randrange(1, 20) * DAY])}

    groups = [cast.group_6a, cast.group_6b]
    for _ in range(8):
        Assignment.objects.create(
            school=cast.beuk, membership=chance.choice([cast.anna, cast.carla]), group=chance.choice(groups), **stay()
        )
    for pupil in (cast.pupil_noor, cast.pupil_sem, cast.pupil_lot):
        pupil.enrolments.update(until_at=LATER - DAY)
        Enrolment.objects.create(school=cast.beuk, pupil=pupil, group=chance.choice(groups), year_level=6, **stay())


def test_a_group_of_a_year_that_gave_way_is_taught_by_nobody(cast: Cast) -> None:
    at = START + DAY
    assert Group.objects.filter(teaches_group("id", by=cast.anna.pk, at=at)).exists()
    next_year = cast.year.__class__.objects.create(school=cast.beuk, label="2026-2027", starts_on="2026-08-01", ends_on="2027-07-31")
    made = {"made_by": cast.bram, "made_at": at, "changed_by": cast.bram, "changed_at": at}
    YearChange.objects.create(school=cast.beuk, from_year=cast.year, to_year=next_year, minute=at, **made)
    assert not Group.objects.filter(teaches_group("id", by=cast.anna.pk, at=at)).exists()
    assert not Pupil.objects.filter(teaches_pupil("id", by=cast.anna.pk, at=at)).exists()
    assert Pupil.objects.filter(teaches_pupil("id", by=cast.anna.pk, at=at - timedelta(minutes=1))).exists()
