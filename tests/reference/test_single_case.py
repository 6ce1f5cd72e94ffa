"""Single case: numbers that others computed (R 4.2.2, SingleCaseES 0.7.4) and the worked examples of the methods."""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from kring.core.fidelity import fidelity
from kring.core.goals import goal_attainment
from kring.core.trials import Better, Effect, NonOverlap, nonoverlap, operating_characteristics, randomisation_test

DATA = Path(__file__).parent / "data" / "d11_singlecase.csv"

# NAP, Tau, Tau-U, Tau-BC, PND, PEM, SMD with Hedges' correction: SingleCaseES 0.7.4. Its Tau-BC of "rise" is .8125, because rounding makes
# two of three ties a loss (slope .2: 3.6 against 3.6 twice, 4.2 against 4.2); the exact 41 of 48 stands here.
INDICES = {
    "rise": (0.9895833333333, 0.9791666666667, 0.875, 41 / 48, 0.875, 1, 3.122957754273),
    "trend": (0.9791666666667, 0.9583333333333, 0.6875, -1, 0.875, 1, 2.317818452898),
    "none": (0.5625, 0.125, 0.08333333333333, 0.125, 0, 0.6875, 0.1358941524985),
    "decr": (0.9666666666667, 0.9333333333333, 0.9777777777778, 1, 0.8888888888889, 1, 2.304949050078),
}
# SingleCaseES stops its root finder at 5e-5
INTERVALS = {
    "rise": (0.7057968151589, 0.999673673196),
    "trend": (0.6906446636033, 0.998801802118),
    "none": (0.2825876078953, 0.8045603722162),
    "decr": (0.6600696505567, 0.9972589746628),
}
# Tau-U ≥ .6, NAP ≥ .85 and both in 20 000 simulations each, by the authors of the methods
OPERATING = {
    (3, 6, 0.0, 0.0): (0.1072, 0.0435, 0.0435),
    (3, 6, 0.0, 1.0): (0.5046, 0.3271, 0.3271),
    (3, 6, 0.0, 2.0): (0.8869, 0.7787, 0.7787),
    (3, 6, 0.3, 0.0): (0.1540, 0.0822, 0.0822),
    (3, 6, 0.3, 1.0): (0.5456, 0.3971, 0.3971),
    (3, 6, 0.3, 2.0): (0.8825, 0.7953, 0.7953),
    (5, 8, 0.0, 0.0): (0.0534, 0.0221, 0.0213),
    (5, 8, 0.0, 1.0): (0.4599, 0.3211, 0.3096),
    (5, 8, 0.0, 2.0): (0.9116, 0.8570, 0.8475),
    (5, 8, 0.3, 0.0): (0.0982, 0.0560, 0.0533),
    (5, 8, 0.3, 1.0): (0.4990, 0.3921, 0.3775),
    (5, 8, 0.3, 2.0): (0.8932, 0.8462, 0.8334),
    (6, 10, 0.0, 0.0): (0.0298, 0.0118, 0.0112),
    (6, 10, 0.0, 1.0): (0.4144, 0.2839, 0.2728),
    (6, 10, 0.0, 2.0): (0.9142, 0.8642, 0.8546),
    (6, 10, 0.3, 0.0): (0.0688, 0.0381, 0.0364),
    (6, 10, 0.3, 1.0): (0.4568, 0.3554, 0.3384),
    (6, 10, 0.3, 2.0): (0.8893, 0.8460, 0.8322),
}


def phases(case: str) -> tuple[np.ndarray, np.ndarray]:
    found: dict[str, list[float]] = defaultdict(list)
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["case"] == case:
                found[row["phase"]].append(float(row["y"]))
    return np.array(found["A"]), np.array(found["B"])


def indices(case: str) -> NonOverlap:
    return nonoverlap(*phases(case), better=Better.LOWER if case == "decr" else Better.HIGHER)


@pytest.mark.parametrize("case", INDICES)
def test_the_indices_of_four_series(case: str) -> None:
    found = indices(case)
    seen = (found.nap, found.tau, found.tau_u, found.tau_bc, found.pnd, found.pem, found.smd_corrected)
    assert seen == pytest.approx(INDICES[case], abs=1e-9)


@pytest.mark.parametrize("case", INTERVALS)
def test_the_intervals_of_nap(case: str) -> None:
    interval = indices(case).interval
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx(INTERVALS[case], abs=5e-5)


@pytest.mark.parametrize("case", INTERVALS)
def test_the_ends_of_the_interval_solve_the_equation(case: str) -> None:
    found, z = indices(case), 1.959963984540054
    assert found.interval is not None
    assert found.nap is not None
    m, n, h = found.baseline_points, found.support_points, (found.baseline_points + found.support_points) / 2 - 1
    for theta in (found.interval.low, found.interval.high):
        left = m * n * (found.nap - theta) ** 2 * (2 - theta) * (1 + theta)
        right = z**2 * theta * (1 - theta) * (2 + h + (1 + 2 * h) * theta * (1 - theta))
        assert left == pytest.approx(right, abs=1e-9)


def test_the_worked_example() -> None:
    found = nonoverlap(np.array([2.0, 3, 3, 4]), np.array([4.0, 5, 6, 5, 6]))
    assert (found.pairs, found.above, found.ties, found.s_aa) == (20, 19, 1, 5)
    assert (found.nap, found.tau, found.pnd, found.pem) == pytest.approx((0.975, 0.95, 0.8, 1.0), abs=1e-9)
    assert (found.tau_u, found.smd) == pytest.approx((0.70, 2.6944387170614963), abs=1e-9)
    assert (found.effect, found.may_say_effect) == (Effect.LARGE, False)


def test_the_example_of_the_package_in_which_indices_disagree() -> None:
    found = nonoverlap(np.array([20.0, 20, 26, 25, 22, 23]), np.array([28.0, 25, 24, 27, 30, 30, 29]))
    seen = (found.nap, found.tau, found.tau_u, found.tau_bc, found.pnd)
    assert seen == pytest.approx((0.9166666666667, 0.8333333333333, 0.7380952380952, 0.2857142857143, 0.7142857142857), abs=1e-9)


def test_the_exact_corrected_tau_where_the_package_rounds() -> None:
    a, b = ([Fraction(value) for value in phase.tolist()] for phase in phases("rise"))
    slopes = sorted((a[j] - a[i]) / (j - i) for i in range(6) for j in range(i + 1, 6))
    slope = slopes[7]
    left = [value - slope * t for t, value in enumerate([*a, *b])]
    signs = [(late > early) - (late < early) for early in left[:6] for late in left[6:]]
    assert (slope, Fraction(sum(signs), 48)) == (Fraction(1, 5), Fraction(41, 48))


def test_the_test_on_a_drawn_start() -> None:
    found = randomisation_test(np.concatenate(phases("rise")), start=6, allowed=range(4, 10))
    assert found.differences == pytest.approx((2.35, 2.533333333333, 2.791666666667, 2.857142857143, 2.75, 2.755555555556), abs=1e-9)
    assert (found.p, found.smallest_p) == pytest.approx((0.3333333333333, 1 / 6), abs=1e-9)


@pytest.mark.parametrize("setting", OPERATING)
def test_false_alarms_and_hits_within_chance_of_the_simulation(setting: tuple[int, int, float, float]) -> None:
    baseline, support, autocorrelation, shift = setting
    found = operating_characteristics(baseline_points=baseline, support_points=support, autocorrelation=autocorrelation, shift=shift)
    for seen, expected in zip((found.tau_u.share, found.nap.share, found.both.share), OPERATING[setting]):
        assert abs(seen - expected) <= 4 * (2 * expected * (1 - expected) / 20_000) ** 0.5


@pytest.mark.parametrize(
    ("scores", "weights", "t"),
    [
        ([1], None, 60),
        ([1, 0, -1], None, 50),
        ([1, 1, 0], [3, 2, 1], 61.01631623098079),
        ([1, 2, 0], None, 63.693063937629),
        ([1, 1, 0, -1], [3, 2, 1, 1], 57.968190728896),
        ([2, 2, 2], None, 77.386127875258),
    ],
)
def test_goal_attainment(scores: list[float], weights: list[float] | None, t: float) -> None:
    found = goal_attainment(np.array(scores, dtype=float), None if weights is None else np.array(weights, dtype=float))
    assert found.t == pytest.approx(t, abs=1e-9)


def test_goal_attainment_at_the_start() -> None:
    found = goal_attainment(np.zeros(3), starts=np.array([-1.0, -2, -1]))
    assert (found.t, found.start_t) == pytest.approx((50, 31.742581416494463), abs=1e-9)


def test_fidelity_is_dose_times_adherence() -> None:
    found = fidelity(held=8, planned=10, steps_done=18, steps=24)
    assert (found.dose, found.adherence, found.value) == pytest.approx((0.8, 0.75, 0.6), abs=1e-12)
    assert found.effect_may_be_judged
