"""Three steps of ordinary contact before a plan, and a night between what was seen and what is planned."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.first_steps import FirstStepsMissing, PlanRightAfterSignal, refuse_unready
from kring.core.signals import FirstStep

MONDAY = date(2026, 3, 2)
ALL = [step.value for step in FirstStep]


def test_all_three_steps_and_a_night_are_enough() -> None:
    refuse_unready(ALL, seen_since=MONDAY, on=MONDAY + timedelta(days=1))
    refuse_unready(ALL, seen_since=None, on=MONDAY)


@pytest.mark.parametrize("left_out", ALL)
def test_a_step_that_was_not_taken_is_asked_for(left_out: str) -> None:
    with pytest.raises(FirstStepsMissing):
        refuse_unready([step for step in ALL if step != left_out], "te kort", seen_since=None, on=MONDAY)


def test_a_plan_on_the_day_of_the_signal_is_refused() -> None:
    with pytest.raises(PlanRightAfterSignal):
        refuse_unready(ALL, seen_since=MONDAY, on=MONDAY)


@given(steps=st.lists(st.sampled_from(ALL)), days=st.integers(-3, 3))
def test_a_reason_always_opens_the_way(steps: list[str], days: int) -> None:
    refuse_unready(steps, "Wij kennen dit kind al drie jaar", seen_since=MONDAY, on=MONDAY + timedelta(days=days))
