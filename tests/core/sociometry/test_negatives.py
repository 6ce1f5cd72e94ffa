"""When negative questions may be asked, and how long their answers stay."""

from dataclasses import replace
from datetime import date

import pytest

from kring.core.sociometry import (
    Condition,
    KeptTooLong,
    NegativePolicy,
    negatives_allowed,
    negatives_kept_until,
)

POLICY = NegativePolicy(
    switched_on=True,
    purpose="een plan tegen pesten in groep 7",
    parents_informed_on=date(2026, 9, 1),
    follow_up_by="de intern begeleider",
)
TUESDAY = date(2026, 11, 17)


def test_allowed_when_all_is_done() -> None:
    found = negatives_allowed(POLICY, TUESDAY, afternoon=False)
    assert (found.allowed, found.missing, found.n, found.n_valid) == (True, (), 6, 6)


def test_off_by_default() -> None:
    found = negatives_allowed(NegativePolicy(), TUESDAY, afternoon=False)
    first_four = (Condition.SWITCHED_ON, Condition.PURPOSE, Condition.PARENTS_INFORMED, Condition.FOLLOW_UP)
    assert (found.allowed, found.missing, found.n_valid) == (False, first_four, 2)


@pytest.mark.parametrize(
    ("policy", "missing"),
    [
        (replace(POLICY, switched_on=False), Condition.SWITCHED_ON),
        (replace(POLICY, purpose="  "), Condition.PURPOSE),
        (replace(POLICY, parents_informed_on=TUESDAY), Condition.PARENTS_INFORMED),
        (replace(POLICY, follow_up_by=""), Condition.FOLLOW_UP),
    ],
)
def test_every_condition_counts(policy: NegativePolicy, missing: Condition) -> None:
    assert negatives_allowed(policy, TUESDAY, afternoon=True).missing == (missing,)


@pytest.mark.parametrize(
    ("day", "afternoon", "missing"),
    [
        (date(2026, 11, 20), False, ()),
        (date(2026, 11, 20), True, (Condition.NOT_FRIDAY_AFTERNOON,)),
        (date(2026, 12, 18), False, (Condition.NOT_BEFORE_HOLIDAY,)),
        (date(2026, 12, 18), True, (Condition.NOT_FRIDAY_AFTERNOON, Condition.NOT_BEFORE_HOLIDAY)),
        (date(2026, 12, 17), True, ()),
    ],
)
def test_not_on_a_friday_afternoon_or_before_a_holiday(day: date, afternoon: bool, missing: tuple[Condition, ...]) -> None:
    christmas = frozenset({date(2026, 12, 21), date(2026, 12, 22)})
    assert negatives_allowed(POLICY, day, afternoon=afternoon, school_free=christmas).missing == missing


def test_raw_negative_choices_stay_a_year_or_shorter() -> None:
    assert negatives_kept_until(date(2026, 11, 17)).until == date(2027, 11, 17)
    assert negatives_kept_until(date(2026, 11, 17), days=0).until == date(2026, 11, 17)
    for days in (366, -1):
        with pytest.raises(KeptTooLong) as refusal:
            negatives_kept_until(date(2026, 11, 17), days=days)
        assert refusal.value.days == days
