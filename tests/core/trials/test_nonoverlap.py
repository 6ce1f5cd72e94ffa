"""Non-overlap of a single case: bad input, edges and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import BeyondMeasure, NotAColumn, NotNumbers
from kring.core.intervals import NotAnInterval
from kring.core.trials import Better, Effect, nonoverlap

NOTHING = np.array([])
phase = st.lists(st.integers(0, 10), min_size=1, max_size=12).map(lambda values: np.array(values, dtype=float))
both = st.tuples(phase, phase)


@pytest.mark.parametrize(
    "pair", [(NOTHING, NOTHING), (NOTHING, np.array([1.0])), (np.array([1.0]), NOTHING), (np.full(4, np.nan), np.ones(5))]
)
def test_without_one_of_the_phases_nothing_is_said(pair: tuple[np.ndarray, np.ndarray]) -> None:
    found = nonoverlap(*pair)
    assert {found.nap, found.interval, found.tau, found.tau_u, found.tau_bc, found.pnd, found.pem, found.smd, found.smd_corrected} == {None}
    assert (found.pairs, found.effect, found.may_say_effect) == (0, Effect.UNKNOWN, False)
    assert found.n == sum(map(len, pair))


def test_days_without_measurement_are_left_out_but_keep_their_place() -> None:
    found = nonoverlap(np.array([1.0, np.nan, 3.0]), np.array([4.0, np.nan, 6.0]))
    assert (found.n, found.n_valid, found.baseline_points, found.support_points) == (6, 4, 2, 2)
    assert found.tau_bc == 0  # everything lies on the line 1 + t
    assert nonoverlap(np.array([1.0, 3.0]), np.array([4.0, 6.0])).tau_bc == -1


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        (np.ones((2, 2)), NotAColumn),
        (np.array(3.0), NotAColumn),
        (np.array([1.0, np.inf]), BeyondMeasure),
        (np.array([np.nan, -1e12]), BeyondMeasure),
        (np.array(["a"]), NotNumbers),
    ],
)
def test_what_is_no_series_is_refused(values: np.ndarray, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        nonoverlap(values, np.ones(3))
    with pytest.raises(refusal):
        nonoverlap(np.ones(3), values, better=Better.LOWER)


@pytest.mark.parametrize("level", [1 - 2**-53, 5e-324])
def test_a_level_next_to_0_or_1_still_gives_an_interval(level: float) -> None:
    found = nonoverlap(np.array([1.0, 2, 3]), np.array([2.0, 3, 4, 5]), level=level)
    assert found.interval is not None
    assert found.nap is not None
    assert 0 <= found.interval.low <= found.nap <= found.interval.high <= 1


def test_what_is_missing_or_of_another_type_gives_the_same() -> None:
    one = nonoverlap(np.array([2.0, np.nan, 3]), np.array([4.0, 5]))
    listed = nonoverlap([2, None, 3], (4, 5))  # type: ignore[arg-type]
    small = nonoverlap(np.array([2, np.nan, 3], dtype=np.float32), np.array([4, 5], dtype=np.int8))
    assert one == listed == small


@pytest.mark.parametrize("level", [0.0, 1.0, 1.5])
def test_a_level_lies_between_0_and_1(level: float) -> None:
    with pytest.raises(NotAnInterval):
        nonoverlap(np.ones(3), np.ones(3), level=level)


def test_a_flat_baseline_has_no_unit_for_a_difference_in_means() -> None:
    found = nonoverlap(np.array([4.0, 4, 4]), np.array([5.0, 5, 5, 5, 5]))
    assert (found.smd, found.smd_corrected, found.nap, found.effect) == (None, None, 1.0, Effect.LARGE)


def test_a_baseline_that_differs_by_rounding_alone_is_flat() -> None:
    assert nonoverlap(np.array([0.1 + 0.2, 0.3, 0.3]), np.array([0.5, 0.6])).smd is None


def test_two_baseline_points_are_too_few_for_the_correction_of_hedges() -> None:
    found = nonoverlap(np.array([4.0, 5]), np.array([6.0]))
    assert (found.smd is not None, found.smd_corrected) == (True, None)


def test_a_slope_needs_two_measurements() -> None:
    found = nonoverlap(np.array([4.0]), np.array([5.0]))
    assert (found.tau_bc, found.s_aa, found.tau_u, found.tau) == (None, None, None, 1.0)


def test_the_interval_at_the_ends_and_against_the_roots_of_the_polynomial() -> None:
    """Every pair of sizes up to 8 with NAP 0, 1 and in between; roots by the eigenvalues of the companion matrix."""
    z, theta = 1.959963984540054, np.polynomial.Polynomial([0, 1])
    for m, n in [(1, 1), (1, 8), (2, 5), (3, 5), (5, 8), (8, 1)]:
        for above in range(m * n + 1):
            shares = np.zeros((m, n))
            shares.flat[:above] = 1
            b = shares.sum(axis=0)  # so many of the baseline 0.5, 1.5, … lie below each
            found, h = nonoverlap(np.arange(m, dtype=np.float64) + 0.5, b.astype(np.float64)), (m + n) / 2 - 1
            assert found.nap is not None
            assert found.interval is not None
            spread = z * z * theta * (2 + h + (1 + 2 * h) * theta * (1 - theta))
            off = m * n * (found.nap - theta) ** 2 * (2 - theta) * (1 + theta) - (1 - theta) * spread
            found_roots: list[complex] = np.asarray(off.roots(), dtype=np.complex128).tolist()
            roots = sorted(root.real for root in found_roots if abs(root.imag) < 1e-6 and -1e-9 <= root.real <= 1 + 1e-9)
            low = roots[0] if found.nap > 0 else 0.0
            high = roots[-1] if found.nap < 1 else 1.0
            assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=1e-6)


def test_tau_u_beyond_one_is_printed_as_it_is() -> None:
    found = nonoverlap(np.array([5.0, 4, 3, 2]), np.array([6.0, 7, 8]))
    assert (found.tau, found.s_aa, found.tau_u) == (1.0, -6, 1.5)


@pytest.mark.parametrize(
    ("ties_of_20", "above_of_20", "effect"),
    [
        (0, 13, Effect.NONE),
        (1, 13, Effect.MODERATE),
        (1, 18, Effect.MODERATE),
        (0, 19, Effect.LARGE),
        (2, 12, Effect.NONE),
        (0, 0, Effect.NONE),
    ],
)
def test_words_at_their_borders(ties_of_20: int, above_of_20: int, effect: Effect) -> None:
    """Twenty measurements against each of five equal ones before: NAP in steps of a fortieth."""
    support = np.array([2.0] * above_of_20 + [1.0] * ties_of_20 + [0.0] * (20 - above_of_20 - ties_of_20))
    found = nonoverlap(np.ones(5), support)
    assert found.nap == pytest.approx((above_of_20 + ties_of_20 / 2) / 20)
    assert (found.effect, found.may_say_effect) == (effect, True)


@pytest.mark.parametrize(
    ("m", "n", "said", "word"), [(2, 5, False, False), (3, 4, False, False), (3, 5, True, False), (5, 5, True, True), (5, 4, False, False)]
)
def test_how_many_measurements_the_words_need(m: int, n: int, said: bool, word: bool) -> None:
    found = nonoverlap(np.zeros(m), np.ones(n))
    assert (found.effect is Effect.LARGE, found.may_say_effect) == (said, word)


@given(both)
def test_the_phases_exchanged_give_the_complement(pair: tuple[np.ndarray, np.ndarray]) -> None:
    one, other = nonoverlap(*pair), nonoverlap(pair[1], pair[0])
    assert one.nap is not None
    assert other.nap is not None
    assert one.nap + other.nap == pytest.approx(1, abs=1e-12)


@given(both)
def test_lower_is_better_mirrors_the_series(pair: tuple[np.ndarray, np.ndarray]) -> None:
    one, other = nonoverlap(*pair), nonoverlap(10 - pair[0], 10 - pair[1], better=Better.LOWER)
    for name in ("nap", "tau", "tau_u", "tau_bc", "pnd", "pem", "s_aa", "above", "ties"):
        assert getattr(one, name) == getattr(other, name)


@given(both, st.floats(0.5, 0.999))
def test_the_interval_holds_nap_and_lies_within_0_and_1(pair: tuple[np.ndarray, np.ndarray], level: float) -> None:
    found = nonoverlap(*pair, level=level)
    assert found.interval is not None
    assert found.nap is not None
    assert 0 <= found.interval.low <= found.nap + 1e-12
    assert found.nap - 1e-12 <= found.interval.high <= 1


@given(both)
def test_tau_is_twice_nap_minus_one_and_the_shares_are_shares(pair: tuple[np.ndarray, np.ndarray]) -> None:
    found = nonoverlap(*pair)
    assert found.nap is not None
    assert found.tau == pytest.approx(2 * found.nap - 1, abs=1e-12)
    assert found.pnd is not None
    assert found.pem is not None
    assert 0 <= found.pnd <= found.pem <= 1
    assert found.pnd <= found.nap + 1e-12


@given(both, st.integers(-5, 5))
def test_a_shift_of_everything_changes_nothing(pair: tuple[np.ndarray, np.ndarray], by: int) -> None:
    one, other = nonoverlap(*pair), nonoverlap(pair[0] + by, pair[1] + by)
    assert (one.nap, one.tau_u, one.tau_bc, one.pnd, one.pem) == (other.nap, other.tau_u, other.tau_bc, other.pnd, other.pem)


def test_the_order_in_time_belongs_to_what_came_in() -> None:
    one, other = nonoverlap(np.array([1.0, 2, 3]), np.ones(5)), nonoverlap(np.array([3.0, 2, 1]), np.ones(5))
    assert one.provenance.input != other.provenance.input
    assert (one.provenance.method, one.provenance.parameters) == ("nonoverlap/1", other.provenance.parameters)
