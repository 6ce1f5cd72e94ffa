"""After a prompt about illness: which prompts ask for steps, and what a step needs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.absence_steps import (
    AbsenceOutcomeMissing,
    AbsencePlannedInPast,
    AbsenceStepDone,
    AbsenceStepToCome,
    asks_for_steps,
    check_done,
    check_planned,
)
from kring.core.absences import Rule

ON, DAY = date(2026, 3, 2), timedelta(days=1)
SAID = "Wij praatten met moeder"


@pytest.mark.parametrize("rule", list(Rule))
def test_only_illness_asks_for_steps(rule: Rule) -> None:
    assert asks_for_steps(rule) is ("sick" in rule)


@given(st.integers(-50, 50))
def test_a_plan_is_for_today_or_later_and_a_deed_for_today_or_before(days: int) -> None:
    day = ON + days * DAY
    if days < 0:
        with pytest.raises(AbsencePlannedInPast):
            check_planned(day, on=ON)
        check_done(day, SAID, on=ON, done_before=None)
    if days > 0:
        check_planned(day, on=ON)
        with pytest.raises(AbsenceStepToCome):
            check_done(day, SAID, on=ON, done_before=None)


def test_a_step_is_done_once_with_what_came_of_it() -> None:
    with pytest.raises(AbsenceStepDone):
        check_done(ON, SAID, on=ON, done_before=ON)
    with pytest.raises(AbsenceOutcomeMissing):
        check_done(ON, "  goed   ", on=ON, done_before=None)
