"""Who may have a group, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from kring.core.access import STAFF, Role
from kring.core.appointing import Held
from kring.core.teaching import (
    TEACHES,
    LongerThanRole,
    NobodyToReplace,
    SubstituteWithoutEnd,
    TeachesAlready,
    TeachesNoGroup,
    check_substitute,
    check_teaching,
)

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def hat(role: Role = Role.TEACHER, from_at: datetime = NOW - 30 * DAY, until_at: datetime | None = None) -> Held:
    return Held(role, from_at, until_at)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_teacher_or_a_mentor_has_a_group(role: Role) -> None:
    if role in TEACHES:
        check_teaching(hat(role), [], from_at=NOW, until_at=None)
        return
    with pytest.raises(TeachesNoGroup):
        check_teaching(hat(role), [], from_at=NOW, until_at=None)


@pytest.mark.parametrize(
    ("from_at", "until_at", "fits"),
    [
        (NOW, NOW + DAY, True),
        (NOW, None, False),
        (NOW, NOW + 11 * DAY, False),
        (NOW - 31 * DAY, NOW + DAY, False),
        (NOW, NOW + 10 * DAY, True),
    ],
)
def test_a_group_is_held_within_the_role(from_at: datetime, until_at: datetime | None, fits: bool) -> None:
    def check() -> None:
        check_teaching(hat(until_at=NOW + 10 * DAY), [], from_at=from_at, until_at=until_at)

    if fits:
        check()
    else:
        with pytest.raises(LongerThanRole):
            check()


def test_somebody_has_a_group_once_at_a_time() -> None:
    with pytest.raises(TeachesAlready):
        check_teaching(hat(), [hat(from_at=NOW - DAY)], from_at=NOW, until_at=None)
    check_teaching(hat(), [hat(until_at=NOW)], from_at=NOW, until_at=None)


def test_a_substitute_stands_in_for_who_has_the_group_until_a_day() -> None:
    check_substitute([hat()], is_oneself=False, from_at=NOW, until_at=NOW + DAY)
    with pytest.raises(SubstituteWithoutEnd):
        check_substitute([hat()], is_oneself=False, from_at=NOW, until_at=None)
    for replaced, is_oneself in (([], False), ([hat(until_at=NOW)], False), ([hat()], True)):
        with pytest.raises(NobodyToReplace):
            check_substitute(replaced, is_oneself=is_oneself, from_at=NOW, until_at=NOW + DAY)
