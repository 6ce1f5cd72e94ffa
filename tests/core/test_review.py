"""Which readings deserve a look: every rule at its edge, and the weeks that wait for a signature."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kring.core.access import Role
from kring.core.review import (
    MANY_FILES,
    Act,
    ChainBroken,
    GlassNotReviewed,
    Reason,
    WeekAlreadySigned,
    WeekNotOver,
    alarms,
    busiest_hour,
    lines,
    refuse_broken_chain,
    refuse_sign_off,
    unsigned_weeks,
)

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)  # a Tuesday
OWN = Act(NOON, "anna", Role.TEACHER, "page.read", "pupil", "noor", about_pupils=True, teaches=True)
SCHOOL_WIDE = replace(OWN, person="bram", role=Role.COORDINATOR, teaches=False)


def reasons(*acts: Act) -> list[Reason]:
    return [line.reason for line in lines(acts)]


def test_a_teacher_with_the_own_group_at_noon_is_not_on_the_list() -> None:
    assert reasons(OWN, replace(OWN, name="page.printed"), replace(OWN, name="round.closed")) == []


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (replace(OWN, teaches=False), [Reason.OUTSIDE_OWN_GROUP]),
        (replace(OWN, teaches=False, role=Role.MENTOR), [Reason.OUTSIDE_OWN_GROUP]),
        (SCHOOL_WIDE, []),  # who guides the whole school has no group of their own
        (replace(OWN, at=NOON.replace(hour=6, minute=59)), [Reason.OUTSIDE_HOURS]),
        (replace(OWN, at=NOON.replace(hour=7)), []),
        (replace(OWN, at=NOON.replace(hour=18, minute=59)), []),
        (replace(OWN, at=NOON.replace(hour=19)), [Reason.OUTSIDE_HOURS]),
        (replace(OWN, at=NOON.replace(day=21)), [Reason.OUTSIDE_HOURS]),  # a Saturday
        (replace(OWN, at=NOON.replace(hour=22), about_pupils=False), []),
        (replace(OWN, at=NOON.replace(hour=22), role=Role.GUARDIAN), []),  # at home it is evening
        (replace(OWN, own_child=True), [Reason.OWN_CHILD]),
        (replace(OWN, colleagues_child=True), []),  # who teaches the child of a colleague reads about it
        (replace(SCHOOL_WIDE, colleagues_child=True), [Reason.COLLEAGUES_CHILD]),
        (replace(OWN, in_emergency=True), [Reason.BREAK_GLASS]),
        (replace(OWN, name="file.exported", record="upload"), [Reason.EXPORT]),
        (replace(OWN, name="file.exported", record="job"), [Reason.EXPORT]),  # the own groups
        (replace(SCHOOL_WIDE, name="file.exported", record="job"), [Reason.FULL_EXPORT]),
        (replace(SCHOOL_WIDE, name="file.exported", record="fullexport"), [Reason.FULL_EXPORT]),
        (replace(SCHOOL_WIDE, name="role.approved", about_pupils=False), [Reason.RIGHTS_CHANGED]),
        (replace(SCHOOL_WIDE, name="group.given", role=Role.ADMINISTRATOR), [Reason.RIGHTS_CHANGED]),
        (replace(SCHOOL_WIDE, name="role.approved", role=Role.PUPIL), []),
        (replace(OWN, name="login.alarm", role=None, about_pupils=False), [Reason.SIGN_IN_ALARM]),
        (replace(OWN, name="login.failed", role=None, about_pupils=False), []),
        (replace(SCHOOL_WIDE, name="upload.applied"), []),
    ],
)
def test_each_rule_at_its_edge(act: Act, expected: list[Reason]) -> None:
    assert reasons(act) == expected


def test_ten_refusals_in_a_week_are_many() -> None:
    refused = replace(OWN, name="page.refused")
    assert reasons(*[refused] * 9) == []
    assert reasons(*[refused] * 10) == [Reason.MANY_REFUSALS]
    assert reasons(*[refused] * 5, *[replace(refused, person="carla")] * 5) == []


def hurry(pupils: int, *, every: timedelta = timedelta(seconds=59)) -> list[Act]:
    return [replace(OWN, at=NOON + every * number, pupil=f"pupil {number}") for number in range(pupils)]


def test_more_than_sixty_files_in_an_hour_are_many() -> None:
    assert reasons(*hurry(60)) == []
    assert reasons(*hurry(61)) == [Reason.MANY_FILES]
    assert reasons(*[replace(one, pupil="noor") for one in hurry(61)]) == []
    assert reasons(*hurry(120, every=timedelta(minutes=1))) == []  # sixty in any sixty minutes, and no more
    assert reasons(*[replace(one, name="page.refused", role=Role.TEACHER) for one in hurry(9)]) == []


def test_names_in_a_list_of_the_school_are_no_files() -> None:
    assert reasons(*[replace(one, record="guardianship") for one in hurry(61)]) == []


def test_the_busiest_hour_is_the_one_that_is_told() -> None:
    calm = [replace(one, at=one.at - timedelta(hours=3)) for one in hurry(61)]
    busy = hurry(MANY_FILES + 20, every=timedelta(seconds=10))
    assert busiest_hour([*calm, *busy]) == busy
    assert busiest_hour([]) == []


def test_only_haste_whole_exports_and_floods_are_told_at_once() -> None:
    whole = replace(SCHOOL_WIDE, name="file.exported", record="job")
    flood = replace(OWN, name="login.alarm", role=None)
    told = alarms([*hurry(61), whole, flood, replace(OWN, teaches=False)])
    assert [(line.reason, line.person) for line in told] == [
        (Reason.MANY_FILES, "anna"),
        (Reason.FULL_EXPORT, "bram"),
        (Reason.SIGN_IN_ALARM, "anna"),
    ]


def test_a_line_counts_acts_and_pupils_and_says_from_when_to_when() -> None:
    late = [replace(OWN, at=NOON.replace(hour=20, minute=minute), pupil=pupil) for minute, pupil in ((5, "sem"), (1, "noor"), (9, "noor"))]
    (line,) = lines(late)
    assert (line.acts, line.pupils, line.first_at.minute, line.last_at.minute) == (3, 2, 1, 9)


def test_the_gravest_comes_first() -> None:
    late = replace(OWN, at=NOON.replace(hour=20))
    acts = [late, replace(late, person="carla"), replace(late, person="carla"), replace(OWN, own_child=True)]
    assert [(line.reason, line.person) for line in lines(acts)] == [
        (Reason.OWN_CHILD, "anna"),
        (Reason.OUTSIDE_HOURS, "carla"),
        (Reason.OUTSIDE_HOURS, "anna"),
    ]


WEEK = date(2026, 11, 9)


def test_weeks_that_nobody_signed_pile_up() -> None:
    first = date(2026, 10, 29)
    assert unsigned_weeks(first, on=date(2026, 11, 15), signed=set()) == (date(2026, 10, 26), date(2026, 11, 2))
    assert unsigned_weeks(first, on=date(2026, 11, 16), signed={date(2026, 11, 2)}) == (date(2026, 10, 26), WEEK)
    assert unsigned_weeks(first, on=first, signed=set()) == ()


def test_a_week_that_is_over_can_be_signed_once() -> None:
    refuse_sign_off(WEEK, on=date(2026, 11, 16), signed=False, unreviewed_glasses=0)
    with pytest.raises(WeekNotOver):
        refuse_sign_off(WEEK, on=date(2026, 11, 15), signed=False, unreviewed_glasses=0)
    with pytest.raises(WeekAlreadySigned):
        refuse_sign_off(WEEK, on=date(2026, 11, 16), signed=True, unreviewed_glasses=0)


def test_a_glass_that_nobody_judged_blocks_the_signature() -> None:
    with pytest.raises(GlassNotReviewed) as refused:
        refuse_sign_off(WEEK, on=date(2026, 11, 16), signed=False, unreviewed_glasses=2)
    assert refused.value.glasses == 2


def test_nobody_signs_for_a_log_that_was_tampered_with() -> None:
    refuse_broken_chain(None)
    with pytest.raises(ChainBroken) as refused:
        refuse_broken_chain(7)
    assert refused.value.sequence == 7
