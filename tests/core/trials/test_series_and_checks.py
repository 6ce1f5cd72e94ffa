"""What the graph shows, whether enough was measured, and the tests and simulations behind the rules."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import BeyondMeasure, NotYesOrNo, UnequalColumns
from kring.core.trials import (
    Measurement,
    MeasurementCheck,
    Mixed,
    NotASimulation,
    NotAStart,
    Phase,
    PhaseName,
    Tempo,
    VisualCheck,
    WithinTarget,
    measurement_check,
    operating_characteristics,
    phase_series,
    randomisation_test,
    visual_checks,
)
from kring.core.trials.series import Better, median, theil_sen, towards_better

MONDAY = date(2026, 3, 2)
A, B = np.array([2.0, 3, 3, 4]), np.array([4.0, 5, 6, 5, 6])


# ---- the graph ----------------------------------------------------------------------------------------------------


def test_there_are_six_checks() -> None:
    assert [each.value for each in VisualCheck] == ["level", "trend", "variability", "immediacy", "overlap", "fidelity"]


def test_the_phases_as_they_are_drawn() -> None:
    found = visual_checks(A, B)
    assert found.baseline == Phase(4, 3.0, 0.5833333333333333, 2.125, 2.0, 4.0, 2.75, 3.25)
    assert (found.support.points, found.support.low, found.support.high, found.support.range, found.support.iqr) == (5, 4.0, 6.0, 2.0, 1.0)
    assert (found.n, found.n_valid, found.target, found.not_held, found.held_median) == (9, 9, None, (), None)


def test_lower_is_better_keeps_the_unit_and_turns_the_changes() -> None:
    found = visual_checks(np.array([8.0, 9, 7]), np.array([5.0, np.nan, 4, 3]), better=Better.LOWER, target=4)
    assert (found.baseline.median, found.support.median, found.level_change) == (8.0, 4.0, 4.0)
    assert (found.immediacy.before, found.immediacy.after, found.immediacy.change) == (8.0, 4.0, 4.0)
    assert found.support.slope == pytest.approx(-2 / 3)
    assert found.target == WithinTarget(reached=2, of=3, last_three=False)


def test_too_few_for_the_phase_line_and_for_the_target() -> None:
    found = visual_checks(np.array([2.0, 3]), np.array([6.0]), target=5)
    assert (found.immediacy.before, found.immediacy.after, found.immediacy.change) == (None, None, None)
    assert found.target == WithinTarget(reached=1, of=1, last_three=None)
    assert (found.support.slope, found.support.at_start, found.support.median) == (None, None, 6.0)


def test_nothing_measured_is_nothing_to_draw() -> None:
    found = visual_checks(np.full(3, np.nan), np.array([]), held=np.array([], dtype=bool))
    assert found.baseline == found.support == Phase(0, None, None, None, None, None, None, None)
    assert (found.baseline.range, found.baseline.iqr, found.level_change, found.nap) == (None, None, None, None)
    assert (found.held_median, found.not_held_median, found.n, found.n_valid) == (None, None, 3, 0)


def test_sessions_that_were_not_held_are_marked() -> None:
    found = visual_checks(A, B, held=np.array([True, False, True, True, False]))
    assert (found.not_held, found.held_median, found.not_held_median) == ((1, 4), 5.0, 5.5)


@pytest.mark.parametrize("target", [np.nan, np.inf])
def test_a_target_is_a_number(target: float) -> None:
    with pytest.raises(BeyondMeasure):
        visual_checks(A, B, target=target)


def test_a_log_covers_the_support() -> None:
    with pytest.raises(UnequalColumns) as caught:
        visual_checks(A, B, held=np.ones(4, dtype=bool))
    assert caught.value.facts() == {"lengths": {"support": 5, "held": 4}}


def test_a_log_is_yes_or_no() -> None:
    with pytest.raises(NotYesOrNo):
        visual_checks(A, B, held=np.array([1.0, 0, np.nan, 1, 1]))


@given(st.integers(-3, 3), st.integers(-5, 5), st.integers(2, 12))
def test_a_straight_line_has_its_own_slope(slope: int, start: int, n: int) -> None:
    found = visual_checks(start + slope * np.arange(n, dtype=float), np.array([]))
    assert (found.baseline.slope, found.baseline.at_start) == (slope, start)


def test_the_parts_of_a_series() -> None:
    assert (median(np.array([np.nan])), theil_sen(np.array([np.nan, 2.0]))) == (None, None)
    assert str(median(towards_better(np.zeros(3), Better.LOWER))) == "0.0"


# ---- enough measured ----------------------------------------------------------------------------------------------


def measured(phase: PhaseName, days: list[int], **how: str) -> list[Measurement]:
    return [
        Measurement(MONDAY + timedelta(days=day), phase, float(day), how.get("observer", "juf Els"), how.get("situation", "kring"))
        for day in days
    ]


def test_nothing_measured_is_short_of_everything() -> None:
    found = measurement_check([])
    assert (found.baseline_short, found.support_short, found.effect_short) == (3, 5, 5)
    assert (found.baseline_tempo, found.support_tempo, found.mixed, found.in_order) == (Tempo.UNKNOWN, Tempo.UNKNOWN, (), True)


def test_enough_and_all_in_the_same_way() -> None:
    plan = (
        measured(PhaseName.BASELINE, [0, 3, 7, 10, 14])
        + measured(PhaseName.SUPPORT, [21, 28, 35, 42, 49])
        + measured(PhaseName.FADE_OUT, [60])
    )
    found = measurement_check(plan)
    assert (found.baseline_points, found.support_points, found.fade_out_points) == (5, 5, 1)
    assert (found.baseline_short, found.support_short, found.effect_short) == (0, 0, 0)
    assert (found.baseline_tempo, found.support_tempo, found.mixed, found.in_order) == (Tempo.GOOD, Tempo.GOOD, (), True)


@pytest.mark.parametrize(
    ("days", "tempo"), [([0, 1, 2], Tempo.GOOD), ([0, 1, 2, 3], Tempo.DENSE), ([0, 20], Tempo.SPARSE), ([0, 13], Tempo.GOOD)]
)
def test_one_to_three_a_week(days: list[int], tempo: Tempo) -> None:
    assert measurement_check(measured(PhaseName.BASELINE, days)).baseline_tempo is tempo


def test_what_differs_is_named() -> None:
    plan = [
        Measurement(MONDAY, PhaseName.BASELINE, 1.0, "a", "kring", "ochtend"),
        Measurement(MONDAY, PhaseName.BASELINE, 1.0, "b", "gym", "middag"),
        Measurement(MONDAY, PhaseName.BASELINE, None, "c", "kring", "ochtend"),
    ]
    found = measurement_check(plan)
    assert found.mixed == (Mixed.OBSERVER, Mixed.SITUATION, Mixed.MOMENT)
    assert (found.n, found.n_valid) == (3, 2)


def test_phases_that_overlap_are_out_of_order() -> None:
    plan = measured(PhaseName.BASELINE, [0, 9]) + measured(PhaseName.SUPPORT, [7])
    assert not measurement_check(plan).in_order


def test_the_series_of_a_phase_is_in_the_order_of_time_with_its_holes() -> None:
    plan = [*measured(PhaseName.BASELINE, [9, 0]), Measurement(MONDAY + timedelta(days=4), PhaseName.BASELINE, None, "juf Els")]
    np.testing.assert_array_equal(phase_series(plan, PhaseName.BASELINE), [0.0, np.nan, 9.0])
    assert phase_series(plan, PhaseName.SUPPORT).shape == (0,)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e12])
def test_a_measurement_is_a_number_or_was_not_taken(value: float) -> None:
    with pytest.raises(BeyondMeasure):
        Measurement(MONDAY, PhaseName.BASELINE, value, "juf Els")


@given(st.permutations(measured(PhaseName.BASELINE, [0, 3, 7]) + measured(PhaseName.SUPPORT, [9, 10])))
def test_the_order_of_the_rows_means_nothing(plan: list[Measurement]) -> None:
    def known(found: MeasurementCheck) -> object:
        return found, found.provenance

    assert known(measurement_check(plan)) == known(measurement_check(sorted(plan, key=lambda each: each.on)))


# ---- a start by lot -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "allowed"), [(3, [1, 2]), (1, [1, 1]), (0, [0, 1]), (4, [2, 4]), (1, [])])
def test_the_start_is_one_of_the_allowed_ones(start: int, allowed: list[int]) -> None:
    with pytest.raises(NotAStart):
        randomisation_test(A, start=start, allowed=allowed)


def test_a_start_with_an_empty_phase_takes_no_part() -> None:
    values = np.array([np.nan, 1.0, 2.0, 3.0])
    found = randomisation_test(values, start=2, allowed=[1, 2, 3])
    assert (found.differences, found.p, found.n, found.n_valid) == ((None, 1.5, 1.5), 1.0, 4, 3)
    assert found.smallest_p == 0.5
    assert randomisation_test(values, start=1, allowed=[1, 2]).p is None
    nothing = randomisation_test(values, start=1, allowed=[1])
    assert (nothing.p, nothing.smallest_p) == (None, None)


# ---- the long run -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"baseline_points": 0},
        {"support_points": 101},
        {"draws": 0},
        {"draws": 200_001},
        {"autocorrelation": 1.0},
        {"shift": np.inf},
        {"seed": -1},
    ],
)
def test_what_cannot_be_simulated_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(NotASimulation):
        operating_characteristics(**({"baseline_points": 3, "support_points": 6} | wrong))  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_and_another_one_another() -> None:
    one, same, other = (operating_characteristics(baseline_points=5, support_points=8, draws=21_000, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one.provenance == same.provenance
    assert one.nap.count != other.nap.count
    assert (one.n, one.n_valid) == (21_000, 21_000)


def test_both_is_never_more_often_than_either() -> None:
    found = operating_characteristics(baseline_points=1, support_points=4, draws=500, shift=1.0)
    assert found.both.count <= min(found.nap.count, found.tau_u.count)
    assert found.nap.interval.low <= found.nap.share <= found.nap.interval.high
