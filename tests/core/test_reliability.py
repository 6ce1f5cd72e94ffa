"""Alpha, omega and the standard error: worked examples, edges and laws. Numbers computed in R stand in tests/reference."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.answers import Answers, Missing
from kring.core.instruments import Instrument, NumberOutsideBounds, Scale
from kring.core.reliability import Alpha, Fit, MeasurementError, Omega, Origin, alpha, measurement_error, omega
from tests.cast_instruments import instrument, scale

WORKED = np.array([(3, 4, 3), (2, 2, 1), (4, 4, 4), (3, 3, 4), (1, 2, 2)], dtype=float)


def one_factor(n: int, k: int, *, seed: int = 1, loading: float = 1.0) -> np.ndarray:
    """Answers 1-4 of n persons to k items that share one factor."""
    draw = np.random.default_rng(seed)
    raw = 2.5 + loading * draw.normal(size=(n, 1)) * 0.7 + draw.normal(size=(n, k)) * 0.6
    return np.clip(np.round(raw), 1, 4)


def submissions(values: np.ndarray) -> tuple[Answers, Instrument]:
    part = scale("a", " ".join(f"q{number}" for number in range(values.shape[1])))
    meant = instrument(part)
    reasons = np.where(np.isnan(values), Missing.NOT_ANSWERED, Missing.ANSWERED).astype(np.int8)
    return Answers(tuple(item.key for item in meant.items), values, reasons), meant


def error_of(values: np.ndarray, *, assumed: float | None = None, retest: float | None = None) -> MeasurementError | None:
    answers, meant = submissions(values)
    part: Scale = replace(meant.scales[0], assumed_reliability=assumed, retest_reliability=retest)
    return measurement_error(answers, part, replace(meant, scales=(part,)))


def some_alpha(values: np.ndarray) -> Alpha:
    found = alpha(values)
    assert found is not None
    return found


def some_omega(values: np.ndarray) -> Omega:
    found = omega(values)
    assert found is not None
    return found


def test_worked_alpha() -> None:
    found = some_alpha(WORKED)
    assert found.value == pytest.approx(0.9174757281553397, abs=1e-12)
    assert (found.n, found.items, found.dropped, found.listwise) == (5, (0, 1, 2), (), None)
    assert WORKED.var(axis=0, ddof=1).tolist() == pytest.approx([1.3, 1.0, 1.7])
    assert found.interval.low < found.value < found.interval.high


def test_an_item_without_variance_is_dropped_and_listed() -> None:
    found = some_alpha(np.column_stack([WORKED, np.full(5, 2.0)]))
    assert found.value == pytest.approx(0.9174757281553397, abs=1e-12)
    assert (found.items, found.dropped) == ((0, 1, 2), (3,))


def test_two_items_have_no_alpha_without_one() -> None:
    assert some_alpha(WORKED[:, :2]).without_item == (None, None)


def test_item_statistics_are_those_of_the_plain_correlation() -> None:
    for j, value in enumerate(some_alpha(WORKED).item_rest):
        assert value == pytest.approx(np.corrcoef(WORKED[:, j], np.delete(WORKED, j, axis=1).sum(axis=1))[0, 1])
        assert some_alpha(WORKED).without_item[j] == pytest.approx(some_alpha(np.delete(WORKED, j, axis=1)).value)


def test_a_negative_alpha_is_shown_as_it_is() -> None:
    found = some_alpha(np.array([(1, 4), (2, 3), (3, 3), (4, 1.5), (1, 3)]))
    assert found.value < 0
    assert found.standardised is not None


@pytest.mark.parametrize(
    "values",
    [
        np.empty((0, 3)),
        np.array([[1.0, 2.0, 3.0]]),
        np.full((10, 3), 2.0),
        np.full((10, 3), np.nan),
        WORKED[:, :1],
        np.array([(1.0, 4.0), (2.0, 3.0), (4.0, 1.0)]),
    ],
    ids=["nobody", "one pupil", "no variance", "all missing", "one item", "items cancel out"],
)
def test_nothing_to_say_is_none(values: np.ndarray) -> None:
    assert alpha(values) is None
    assert omega(values) is None


def test_a_rest_without_variance_has_no_correlation() -> None:
    # The last two cancel each other out exactly, so what is left beside the first item does not vary.
    values = np.array([(1, 1, 4), (2, 2, 3), (3, 3, 2), (4, 4, 1), (1, 2, 3)], dtype=float)
    found = some_alpha(values)
    assert found.item_rest[0] is None
    assert found.without_item[0] is None


def test_items_that_mirror_each_other_leave_the_standardised_coefficients_undefined() -> None:
    found = some_alpha(np.array([(1, 8), (2, 6), (3, 4), (4, 2)], dtype=float))
    assert found.value == pytest.approx(-8)
    assert (found.standardised, found.lambda2) == (None, None)


def test_few_pairs_are_taken_by_complete_rows() -> None:
    values = np.vstack([WORKED, [(np.nan, 1, 4), (4, np.nan, 1)]])
    found = some_alpha(values)
    assert found.value == pytest.approx(0.9174757281553397, abs=1e-12)
    assert found.listwise == pytest.approx(found.value)
    assert found.n == 5


def test_complete_rows_may_lose_another_item() -> None:
    values = np.vstack([np.column_stack([WORKED, np.full(5, 2.0)]), [(np.nan, 1, 4, 1), (4, np.nan, 1, 4)]])
    found = some_alpha(values)
    assert (found.items, found.dropped) == ((0, 1, 2), (3,))


def test_many_pairs_are_used_all() -> None:
    values = one_factor(200, 4)
    values[:60, 0] = np.nan
    values[60:120, 1] = np.nan
    found = some_alpha(values)
    assert found.n == 80
    assert found.listwise is not None
    assert found.listwise != found.value


def test_pairs_enough_but_no_complete_row_leaves_listwise_open() -> None:
    values = one_factor(90, 3)
    for j in range(3):
        values[30 * j : 30 * (j + 1), j] = np.nan
    found = some_alpha(values)
    assert (found.n, found.listwise) == (30, None)


@given(st.integers(0, 10_000), st.floats(-5, 5))
def test_alpha_does_not_change_with_a_constant_or_the_order(seed: int, constant: float) -> None:
    values = one_factor(40, 4, seed=seed)
    assert some_alpha(values + round(constant)).value == pytest.approx(some_alpha(values).value, abs=1e-9)
    assert some_alpha(values[::-1]) == some_alpha(values)
    assert some_alpha(values).value <= 1


@given(st.integers(0, 10_000))
def test_omega_is_a_share_and_does_not_depend_on_the_unit(seed: int) -> None:
    values = one_factor(60, 4, seed=seed)
    found = some_omega(values)
    assert 0 <= found.value < 1
    assert some_omega(values * 10).value == pytest.approx(found.value, abs=1e-6)
    assert some_omega(values[::-1]) == found


def test_three_items_have_omega_without_fit() -> None:
    found = some_omega(one_factor(300, 3))
    assert found.fit is None
    assert found.value == pytest.approx(some_alpha(one_factor(300, 3)).value, abs=0.02)


def test_two_items_have_no_omega() -> None:
    assert omega(one_factor(300, 2)) is None


def test_an_item_answered_twice_is_held_at_its_floor_and_marked() -> None:
    values = one_factor(300, 4)
    found = some_omega(np.column_stack([values, values[:, 0]]))
    assert {0, 4} & set(found.heywood)
    assert found.fit is None
    assert found.value < 1


def test_correlations_that_do_not_belong_together_have_no_omega() -> None:
    draw = np.random.default_rng(3)
    blocks = []
    for pair, sign in (((0, 1), 1), ((1, 2), 1), ((0, 2), -1)):
        block = np.full((40, 3), np.nan)
        first = draw.integers(1, 5, 40)
        block[:, pair[0]], block[:, pair[1]] = first, first if sign > 0 else 5 - first
        blocks.append(block)
    assert omega(np.vstack(blocks)) is None


def test_two_factors_do_not_fit_one() -> None:
    two = np.hstack([one_factor(400, 4, seed=1), one_factor(400, 4, seed=2)])
    fit, good = some_omega(two).fit, some_omega(one_factor(400, 8)).fit
    assert fit is not None
    assert good is not None
    assert not fit.one_thing
    assert fit.rmsea > 0.1
    assert good.one_thing


def test_items_without_any_relation_fit_any_model() -> None:
    corners = np.array(np.meshgrid([1, 4], [1, 4], [1, 4], [1, 4])).reshape(4, -1).T.astype(float)
    found = some_omega(np.vstack([corners, corners]))
    assert found.fit is not None
    assert [found.fit.cfi, found.fit.tli, found.fit.chi2] == pytest.approx([1, 1, 0], abs=1e-6)


def test_misfit_of_either_kind_is_two_things() -> None:
    good = Fit(1.0, 2, 0.95, 0.95, 0.0, 0.05)
    assert [good.one_thing, replace(good, cfi=0.89).one_thing, replace(good, srmr=0.09).one_thing] == [True, False, False]


def test_from_100_scores_on_omega_gives_the_error() -> None:
    values = one_factor(100, 5)
    found, expected = error_of(values, assumed=0.5), some_omega(values)
    assert found is not None
    assert (found.origin, found.reliability, found.n) == (Origin.OMEGA, expected.value, 100)
    assert found.sd == pytest.approx(values.mean(axis=1).std(ddof=1))
    assert found.sem == pytest.approx(found.sd * np.sqrt(1 - found.reliability))


def test_a_known_retest_reliability_goes_before_omega() -> None:
    found = error_of(one_factor(100, 5), retest=0.75)
    assert found is not None
    assert (found.origin, found.reliability) == (Origin.RETEST, 0.75)


def test_two_items_take_alpha() -> None:
    found = error_of(one_factor(100, 2))
    assert found is not None
    assert found.origin is Origin.ALPHA


def test_from_30_scores_on_the_assumed_reliability_serves_and_is_marked() -> None:
    found = error_of(one_factor(99, 5), assumed=0.7)
    assert found is not None
    assert (found.origin, found.reliability, found.n) == (Origin.ASSUMED, 0.7, 99)
    assert error_of(one_factor(30, 5), assumed=0.7) is not None


def test_persons_without_a_score_do_not_count() -> None:
    values = one_factor(100, 5)
    values[0] = np.nan
    found = error_of(values, assumed=0.7)
    assert found is not None
    assert (found.origin, found.n) == (Origin.ASSUMED, 99)


def test_when_nothing_can_be_computed_the_assumed_reliability_serves() -> None:
    values = np.full((100, 3), 2.0)
    values[:50, 0] = 3.0
    found = error_of(values, assumed=0.7)
    assert found is not None
    assert found.origin is Origin.ASSUMED
    assert error_of(values) is None


@pytest.mark.parametrize(
    ("values", "assumed"),
    [
        (one_factor(29, 5), 0.7),
        (one_factor(99, 5), None),
        (np.full((200, 5), 3.0), 0.7),
        (one_factor(200, 1), 0.7),
        (np.full((200, 5), np.nan), 0.7),
        (np.empty((0, 5)), 0.7),
    ],
    ids=["too few", "nothing assumed", "no variance", "one item", "all missing", "nobody"],
)
def test_no_error_can_be_stated(values: np.ndarray, assumed: float | None) -> None:
    assert error_of(values, assumed=assumed) is None


def test_a_negative_reliability_is_no_ground_for_an_error() -> None:
    draw = np.random.default_rng(5)
    first = draw.integers(1, 5, 200).astype(float)
    values = np.column_stack([first, np.clip(5 - first + draw.integers(-1, 2, 200), 1, 4)])
    assert some_alpha(values).value < 0
    assert error_of(values, assumed=0.7) is None


def test_an_error_is_positive_and_its_reliability_possible() -> None:
    with pytest.raises(NumberOutsideBounds):
        MeasurementError(0.3, 1.0, 0.6, 100, Origin.OMEGA)
    with pytest.raises(NumberOutsideBounds):
        MeasurementError(0.0, 0.8, 0.6, 100, Origin.OMEGA)


def test_worked_error_of_a_score() -> None:
    found = MeasurementError(10 * np.sqrt(0.17), 0.83, 10.0, 240, Origin.RETEST)
    assert found.sem == pytest.approx(4.1231056256176615)
    estimate, _ = found.regressed(42, mean=50)
    assert estimate == pytest.approx(43.36)
