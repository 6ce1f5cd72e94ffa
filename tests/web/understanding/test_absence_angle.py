"""What absence says, beside the other sides: a share of all days that were counted, and not of the weeks in which something was."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kring.core.absences import monday_of
from kring.core.triangulation import Angle, Says
from kring.web.models import AbsenceWeek, Membership, Pupil
from kring.web.understanding.triangulating.queries import Seen, card
from tests.cast import Cast
from tests.measurements import classmates

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 3, 27, 14, tzinfo=UTC)


def week(actor: Membership, pupil: Pupil, ago: int, **counts: int) -> None:
    monday = monday_of(timezone.localdate(FRIDAY)) - timedelta(weeks=ago)
    AbsenceWeek.objects.create(school=actor.school, pupil=pupil, week_on=monday, entered_by=actor, entered_at=FRIDAY, **counts)


def seen(cast: Cast) -> Seen:
    found = card(cast.anna, cast.pupil_noor, cast.group_6a, at=FRIDAY)
    return next(one for one in found.seen if one.angle is Angle.ABSENCE)


@pytest.fixture
def ill_twice(cast: Cast) -> None:
    """Two days in twelve weeks, and twice too late: four weeks with something in them."""
    for ago, counts in (
        (1, {"sick_days": 1, "sick_reports": 1}),
        (4, {"late": 1}),
        (7, {"sick_days": 1, "sick_reports": 1}),
        (9, {"late": 1}),
    ):
        week(cast.anna, cast.pupil_noor, ago, **counts)


@pytest.mark.usefixtures("ill_twice")
def test_a_week_without_a_row_is_a_week_at_school_when_the_class_was_counted(cast: Cast) -> None:
    [other] = classmates(cast.group_6a, 1)
    for ago in range(12):
        week(cast.anna, other, ago, late=1)
    found = seen(cast)
    assert (found.says, found.lines[0]) == (Says.WELL, "In 12 weken geteld.")


@pytest.mark.usefixtures("ill_twice")
def test_a_week_that_nobody_counted_is_none(cast: Cast) -> None:
    assert seen(cast).lines[0] == "In 4 weken geteld."
