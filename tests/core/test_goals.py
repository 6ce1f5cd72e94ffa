"""Goal attainment and fidelity: bad input, borders and laws."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import BeyondMeasure, NotAColumn, NotNumbers, NotYesOrNo, UnequalColumns
from kring.core.fidelity import CarriedOut, ImpossibleLog, fidelity
from kring.core.goals import (
    GoalScaleCheck,
    NotACorrelationOfGoals,
    NotAGoalLevel,
    NotAGoalWeight,
    goal_attainment,
    goal_scale_check,
)

goals = st.lists(st.tuples(st.integers(-2, 2), st.integers(1, 5)), min_size=1, max_size=6)
MONDAY = date(2026, 3, 2)
FIVE = {-2: "nooit", -1: "1 keer", 0: "3 keer", 1: "4 keer", 2: "elke dag"}


@pytest.mark.parametrize("scores", [np.array([]), np.full(3, np.nan)])
def test_without_scored_goals_nothing_is_said(scores: np.ndarray) -> None:
    found = goal_attainment(scores)
    assert (found.t, found.start_t, found.gain, found.lowest, found.as_expected, found.scored_by_other) == (
        None,
        None,
        None,
        None,
        None,
        False,
    )
    assert (found.n, found.n_valid) == (len(scores), 0)


def test_a_goal_that_was_not_scored_is_left_out_of_everything() -> None:
    found = goal_attainment(np.array([1.0, np.nan]), np.array([1.0, 9.0]), np.array([-2.0, -1.0]), np.array([False, True]))
    assert (found.t, found.start_t, found.gain, found.lowest, found.scored_by_other) == (60, 30, 30, 1, False)
    assert (found.n, found.n_valid) == (2, 1)


def test_a_goal_without_a_start_leaves_the_gain_unknown() -> None:
    found = goal_attainment(np.array([1.0, 0.0]), starts=np.array([-1.0, np.nan]))
    assert (found.t is not None, found.start_t, found.gain) == (True, None, None)
    assert goal_attainment(np.array([1.0, np.nan]), starts=np.array([-1.0, np.nan])).gain == 20


@pytest.mark.parametrize("weights", [[0.3, 0.1, 0.2], [0.1, 0.2, 0.3]])
def test_weights_that_are_equal_but_for_rounding(weights: list[float]) -> None:
    heaviest_against_the_others = np.where(np.array(weights) == 0.3, -1.0, 1.0)
    for levels in (heaviest_against_the_others, -heaviest_against_the_others):
        assert goal_attainment(levels, np.array(weights)).as_expected


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"scores": np.zeros((2, 2))}, NotAColumn),
        ({"scores": np.array(["a"])}, NotNumbers),
        ({"scores": np.array([np.inf])}, BeyondMeasure),
        ({"scores": np.zeros(2), "by_other": np.array([1.0, np.nan])}, NotYesOrNo),
        ({"scores": np.zeros(2), "by_other": np.ones((2, 1), dtype=bool)}, NotAColumn),
        ({"scores": np.zeros(2), "by_other": [[True], [True, False]]}, NotYesOrNo),
    ],
)
def test_columns_of_another_kind_are_refused(arguments: dict[str, np.ndarray], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        goal_attainment(**arguments)  # type: ignore[arg-type]


def test_somebody_else_scored_one_of_the_goals() -> None:
    assert goal_attainment(np.zeros(2), by_other=np.array([False, True])).scored_by_other


@pytest.mark.parametrize("level", [3.0, -2.5, 0.5])
def test_a_goal_stands_at_one_of_five_levels(level: float) -> None:
    with pytest.raises(NotAGoalLevel):
        goal_attainment(np.array([level]))
    with pytest.raises(NotAGoalLevel):
        goal_attainment(np.zeros(1), starts=np.array([level]))


@pytest.mark.parametrize("weight", [0.0, -1.0, 1e-200, 1001.0, np.nan])
def test_a_goal_weighs_something(weight: float) -> None:
    with pytest.raises(NotAGoalWeight):
        goal_attainment(np.zeros(1), np.array([weight]))


@pytest.mark.parametrize("correlation", [-0.1, 1.1, float("nan")])
def test_the_correlation_lies_between_0_and_1(correlation: float) -> None:
    with pytest.raises(NotACorrelationOfGoals):
        goal_attainment(np.zeros(1), correlation=correlation)


def test_every_goal_has_one_of_everything() -> None:
    with pytest.raises(UnequalColumns) as caught:
        goal_attainment(np.zeros(2), np.ones(3))
    assert caught.value.facts() == {"lengths": {"scores": 2, "weights": 3, "starts": 2, "by_other": 2}}


@given(goals, st.data())
def test_a_higher_level_never_lowers_t(chosen: list[tuple[int, int]], data: st.DataObject) -> None:
    levels, weights = (np.array(column, dtype=float) for column in zip(*chosen))
    which = data.draw(st.integers(0, len(chosen) - 1))
    higher = levels.copy()
    higher[which] = data.draw(st.integers(int(levels[which]), 2))
    before, after = goal_attainment(levels, weights).t, goal_attainment(higher, weights).t
    assert before is not None
    assert after is not None
    assert (after > before) is bool(higher[which] > levels[which])


@given(goals)
def test_as_expected_is_t_of_50_and_the_order_means_nothing(chosen: list[tuple[int, int]]) -> None:
    levels, weights = (np.array(column, dtype=float) for column in zip(*chosen))
    found, turned = goal_attainment(levels, weights), goal_attainment(levels[::-1], weights[::-1])
    assert found.t is not None
    assert found.as_expected is (found.t >= 50)
    assert (found, found.provenance) == (turned, turned.provenance)


def test_five_levels_written_in_time_may_be_used() -> None:
    found = goal_scale_check(FIVE, agreed_on=MONDAY, start_on=MONDAY)
    assert found == GoalScaleCheck(missing=(), same=(), late=False, unusual_start=False, n=5, n_valid=5)
    assert found.usable


@pytest.mark.parametrize(
    ("texts", "agreed_on", "start_level", "expected"),
    [
        (FIVE | {2: "  "}, MONDAY, -1, ((2,), (), False, False, 4)),
        (FIVE | {2: " 4  KEER "}, MONDAY, -1, ((), (1, 2), False, False, 5)),
        (FIVE, date(2026, 3, 3), -2, ((), (), True, False, 5)),
        (FIVE, MONDAY, 0, ((), (), False, True, 5)),
        ({}, MONDAY, -1, ((-2, -1, 0, 1, 2), (), False, False, 0)),
    ],
)
def test_what_keeps_a_scale_from_use(texts: dict[int, str], agreed_on: date, start_level: int, expected: tuple[object, ...]) -> None:
    found = goal_scale_check(texts, agreed_on=agreed_on, start_on=MONDAY, start_level=start_level)
    assert (found.missing, found.same, found.late, found.unusual_start, found.n_valid) == expected
    assert not found.usable


def test_a_sixth_level_is_refused() -> None:
    with pytest.raises(NotAGoalLevel):
        goal_scale_check({3: "meer"}, agreed_on=MONDAY, start_on=MONDAY)


# ---- fidelity -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "planned", "steps_done", "steps", "value", "carried_out"),
    [
        (8, 10, 10, 10, 0.8, CarriedOut.WELL),
        (79, 100, 10, 10, 0.79, CarriedOut.PARTLY),
        (6, 10, 10, 10, 0.6, CarriedOut.PARTLY),
        (59, 100, 10, 10, 0.59, CarriedOut.POORLY),
        (0, 10, 0, 0, 0.0, CarriedOut.POORLY),
        (10, 10, 0, 5, 0.0, CarriedOut.POORLY),
        (0, 0, 0, 0, None, CarriedOut.UNKNOWN),
        (3, 0, 5, 5, None, CarriedOut.UNKNOWN),
        (3, 10, 0, 0, None, CarriedOut.UNKNOWN),
        (12, 10, 6, 10, 0.6, CarriedOut.PARTLY),
    ],
)
def test_how_far_it_was_carried_out(
    held: int, planned: int, steps_done: int, steps: int, value: float | None, carried_out: CarriedOut
) -> None:
    found = fidelity(held=held, planned=planned, steps_done=steps_done, steps=steps)
    assert (found.value, found.carried_out, found.n, found.n_valid) == (
        value,
        carried_out,
        planned,
        min(held, planned),
    )
    assert found.effect_may_be_judged is (carried_out in (CarriedOut.WELL, CarriedOut.PARTLY))
    assert (found.quality, found.involvement) == (None, None)


def test_sessions_beyond_the_plan_are_named_and_do_not_count() -> None:
    found = fidelity(held=12, planned=10, steps_done=6, steps=10)
    assert (found.dose, found.extra) == (1.0, 2)
    assert fidelity(held=1, planned=0, steps_done=0, steps=0).dose is None


def test_quality_and_involvement_stand_beside_it() -> None:
    found = fidelity(held=1, planned=1, steps_done=1, steps=1, quality=[1, 4, 4], involved=[True])
    assert (found.quality, found.involvement) == pytest.approx((2 / 3, 1.0))


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"held": -1}, "held"),
        ({"steps": 0}, "steps not done"),
        ({"held": 0}, "steps without sessions"),
        ({"quality": [5]}, "quality"),
        ({"quality": [0]}, "quality"),
        ({"planned": -2}, "planned"),
    ],
)
def test_a_log_that_cannot_be_is_refused(wrong: dict[str, int], part: str) -> None:
    with pytest.raises(ImpossibleLog) as caught:
        fidelity(**({"held": 1, "planned": 1, "steps_done": 1, "steps": 1} | wrong))  # type: ignore[arg-type]
    assert caught.value.part == part
