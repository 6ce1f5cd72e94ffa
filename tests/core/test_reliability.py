"""Alpha and the standard error: worked examples, edges and laws. Numbers computed in R stand in tests/reference."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.answers import Answers, Missing
from kring.core.columns import BeyondMeasure, NotAColumn, NotNumbers
from kring.core.instruments import Instrument, NumberOutsideBounds, Scale
from kring.core.omega import Omega, omega
from kring.core.reliability import (
    Alpha,
    MeasurementError,
    NoError,
    Origin,
    StatedError,
    WhyNot,
    alpha,
    instrument_alphas,
    listwise_alpha,
    measurement_error,
    scale_alpha,
)
from kring.core.scoring import keyed_answers
from tests.cast_instruments import instrument, scale
from tests.core.drawn import one_factor

WORKED = np.array([(3, 4, 3), (2, 2, 1), (4, 4, 4), (3, 3, 4), (1, 2, 2)], dtype=float)


def submissions(values: np.ndarray) -> tuple[Answers, Instrument]:
    part = scale("a", " ".join(f"q{number}" for number in range(values.shape[1])))
    meant = instrument(part)
    reasons = np.where(np.isnan(values), Missing.NOT_ANSWERED, Missing.ANSWERED).astype(np.int8)
    return Answers(tuple(item.key for item in meant.items), values, reasons), meant


def error_of(values: np.ndarray, *, assumed: float | None = None, retest: float | None = None) -> MeasurementError | None:
    return stated(values, assumed=assumed, retest=retest).error


def stated(values: np.ndarray, *, assumed: float | None = None, retest: float | None = None) -> StatedError:
    answers, meant = submissions(values)
    part: Scale = replace(meant.scales[0], assumed_reliability=assumed, retest_reliability=retest)
    return measurement_error(answers, part, replace(meant, scales=(part,)))


def number(found: Alpha | Omega) -> float:
    assert found.value is not None
    return found.value


def test_worked_alpha() -> None:
    found = alpha(WORKED)
    assert found.value == pytest.approx(0.9174757281553397, abs=1e-12)
    assert (found.n, found.n_valid, found.items, found.dropped, found.why_not) == (5, 5, (0, 1, 2), (), None)
    assert WORKED.var(axis=0, ddof=1).tolist() == pytest.approx([1.3, 1.0, 1.7])
    assert found.interval is not None
    assert found.interval.low < number(found) < found.interval.high
    assert (found.shown, found.conclusive, found.check_key) == (False, False, False)


def test_an_item_without_variance_is_dropped_and_listed() -> None:
    found = alpha(np.column_stack([WORKED, np.full(5, 2.0)]))
    assert found.value == pytest.approx(0.9174757281553397, abs=1e-12)
    assert (found.items, found.dropped) == ((0, 1, 2), (3,))


def test_two_items_have_no_alpha_without_one() -> None:
    assert alpha(WORKED[:, :2]).without_item == (None, None)


def test_item_statistics_are_those_of_the_plain_correlation() -> None:
    for j, value in enumerate(alpha(WORKED).item_rest):
        assert value == pytest.approx(np.corrcoef(WORKED[:, j], np.delete(WORKED, j, axis=1).sum(axis=1))[0, 1])
        assert alpha(WORKED).without_item[j] == pytest.approx(alpha(np.delete(WORKED, j, axis=1)).value)


def test_a_negative_alpha_is_shown_as_it_is() -> None:
    found = alpha(np.array([(1, 4), (2, 3), (3, 3), (4, 1.5), (1, 3)]))
    assert number(found) < 0
    assert found.check_key
    assert found.standardised is not None


@pytest.mark.parametrize(
    ("values", "why_not", "n_valid"),
    [
        (np.empty((0, 3)), WhyNot.TOO_FEW_PERSONS, 0),
        (np.array([[1.0, 2.0, 3.0]]), WhyNot.TOO_FEW_PERSONS, 0),
        (np.full((10, 3), np.nan), WhyNot.TOO_FEW_PERSONS, 0),
        (np.array([[1, np.nan], [2, np.nan], [np.nan, 1], [np.nan, 2]]), WhyNot.TOO_FEW_PERSONS, 0),
        (np.full((10, 3), 2.0), WhyNot.NO_VARIANCE, 0),
        (np.full((10, 3), 0.1), WhyNot.NO_VARIANCE, 0),
        (np.column_stack([WORKED[:, :1], np.full(5, 2.0)]), WhyNot.NO_VARIANCE, 0),
        (WORKED[:, :1], WhyNot.TOO_FEW_ITEMS, 0),
        (np.empty((5, 0)), WhyNot.TOO_FEW_ITEMS, 0),
    ],
    ids=["nobody", "one", "all missing", "no complete row", "no variance", "no variance at .1", "one varies", "one item", "no item"],
)
def test_nothing_to_say_has_a_reason(values: np.ndarray, why_not: WhyNot, n_valid: int) -> None:
    for found in (alpha(values), omega(values)):
        assert (found.value, found.why_not, found.n, found.n_valid) == (None, why_not, len(values), n_valid)
        assert (found.shown, found.conclusive) == (False, False)


def test_items_that_cancel_out_have_no_alpha() -> None:
    found = alpha(np.array([(1.0, 4.0), (2.0, 3.0), (4.0, 1.0)]))
    assert (found.value, found.why_not, found.items) == (None, WhyNot.NOT_POSITIVE, (0, 1))


def test_what_is_not_a_table_of_numbers_is_refused() -> None:
    with pytest.raises(NotAColumn) as shaped:
        alpha(np.array([1.0, 2.0]))
    assert shaped.value.facts() == {"name": "values", "shape": (2,)}
    with pytest.raises(BeyondMeasure) as infinite:
        omega(np.array([[1.0, 2.0], [1.0, np.inf]]))
    assert infinite.value.facts() == {"name": "values", "value": np.inf}
    with pytest.raises(NotNumbers):
        alpha([["ja", "nee"], ["nee", "ja"]])


def test_differences_too_small_to_square_are_none() -> None:
    tiny = np.random.default_rng(1).normal(size=(60, 4)) * 1e-160
    assert (alpha(tiny).why_not, omega(tiny).why_not) == (WhyNot.NO_VARIANCE, WhyNot.NO_VARIANCE)


def test_a_table_may_be_rows_in_lists() -> None:
    rows: list[list[float]] = [[3, 4, 3], [2, 2, 1], [4, 4, 4], [3, 3, 4], [1, 2, np.nan]]
    assert alpha(rows).value == alpha(np.array(rows)).value


@pytest.mark.parametrize(("n", "shown", "conclusive"), [(29, False, False), (30, True, False), (99, True, False), (100, True, True)])
def test_shown_from_30_and_conclusive_from_100(n: int, shown: bool, conclusive: bool) -> None:
    for found in (alpha(one_factor(n, 4)), omega(one_factor(n, 4))):
        assert (found.shown, found.conclusive) == (shown, conclusive)


def test_a_rest_without_variance_has_no_correlation() -> None:
    # The last two cancel each other out exactly, so what is left beside the first item does not vary.
    values = np.array([(1, 1, 4), (2, 2, 3), (3, 3, 2), (4, 4, 1), (1, 2, 3)], dtype=float)
    found = alpha(values)
    assert found.item_rest[0] is None
    assert found.without_item[0] is None


def test_items_that_mirror_each_other_leave_the_standardised_coefficients_undefined() -> None:
    found = alpha(np.array([(1, 8), (2, 6), (3, 4), (4, 2)], dtype=float))
    assert found.value == pytest.approx(-8)
    assert (found.standardised, found.lambda2) == (None, None)


def test_few_pairs_are_taken_by_complete_rows() -> None:
    values = np.vstack([WORKED, [(np.nan, 1, 4), (4, np.nan, 1)]])
    found = alpha(values)
    assert found.value == pytest.approx(0.9174757281553397, abs=1e-12)
    assert listwise_alpha(values).value == found.value
    assert (found.n, found.n_valid) == (7, 5)


def test_complete_rows_may_lose_another_item() -> None:
    values = np.vstack([np.column_stack([WORKED, np.full(5, 2.0)]), [(np.nan, 1, 4, 1), (4, np.nan, 1, 4)]])
    found = alpha(values)
    assert (found.items, found.dropped) == ((0, 1, 2), (3,))


def test_many_pairs_are_used_all() -> None:
    values = one_factor(200, 4)
    values[:60, 0] = np.nan
    values[60:120, 1] = np.nan
    found = alpha(values)
    assert (found.n, found.n_valid) == (200, 80)
    assert (listwise_alpha(values).n, listwise_alpha(values).n_valid) == (200, 80)
    assert listwise_alpha(values).value != found.value


def test_pairs_enough_but_no_complete_row_leaves_listwise_open() -> None:
    values = one_factor(90, 3)
    for j in range(3):
        values[30 * j : 30 * (j + 1), j] = np.nan
    assert alpha(values).n_valid == 30
    assert listwise_alpha(values).why_not is WhyNot.TOO_FEW_PERSONS


@given(st.integers(0, 10_000), st.integers(-500, 500))
def test_neither_a_constant_nor_the_order_nor_turning_all_items_changes_a_bit_of_alpha(seed: int, constant: int) -> None:
    values = one_factor(40, 4, seed=seed)
    values[seed % 40, seed % 4] = np.nan
    found = alpha(values)
    assert number(found) <= 1
    assert found == alpha(values + constant) == alpha(values[::-1]) == alpha(5 - values)


@given(st.integers(0, 10_000))
def test_of_numbers_that_are_not_whole_the_order_changes_no_bit(seed: int) -> None:
    draw = np.random.default_rng(seed)
    values = draw.normal(size=(50, 3)) + draw.normal(size=(50, 1)) + 100
    values[:3, 0] = np.nan
    shuffled = values[draw.permutation(50)]
    assert alpha(values) == alpha(shuffled)
    assert omega(values) == omega(shuffled)


def test_all_scales_at_once_give_what_each_gives_alone_and_what_its_keyed_answers_give() -> None:
    draw = np.random.default_rng(4)
    codes = np.hstack([one_factor(3000, 4), one_factor(3000, 4, seed=2)]).astype(int)
    codes[:, 2] = 5 - codes[:, 2]
    reasons = np.where(draw.random(codes.shape) < 0.05, Missing.NOT_ANSWERED, 0)
    one, other, single = scale("a", "q0 q1 q2 q3", signs="++-+"), scale("b", "q4 q5 q6 q7 q0"), scale("c", "q1")
    meant = instrument(one, other, single)
    answers = Answers(tuple(f"q{j}" for j in range(8)), codes, reasons)
    together = instrument_alphas(answers, meant)
    assert (list(together.scales), together.n, together.n_valid) == (["a", "b", "c"], 3000, answers.respondents)
    for part in (one, other, single):
        alone = scale_alpha(answers, part, meant)
        assert together.scales[part.key] == alone == alpha(keyed_answers(answers, part, meant))
        assert together.scales[part.key].provenance == alone.provenance
    assert together.scales["c"].why_not is WhyNot.TOO_FEW_ITEMS


def test_a_scale_answered_by_few_together_is_taken_by_complete_rows() -> None:
    values = np.vstack([WORKED, [(np.nan, 1, 4), (4, np.nan, 1)]])
    answers, meant = submissions(values)
    assert scale_alpha(answers, meant.scales[0], meant) == alpha(values)
    assert scale_alpha(answers, meant.scales[0], meant).n_valid == 5


def test_from_100_scores_on_omega_gives_the_error() -> None:
    values = one_factor(100, 5)
    found, expected = error_of(values, assumed=0.5), omega(values)
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
    ("values", "assumed", "why_not", "n_valid"),
    [
        (one_factor(29, 5), 0.7, NoError.TOO_FEW_PERSONS, 29),
        (one_factor(99, 5), None, NoError.RELIABILITY_UNKNOWN, 99),
        (np.full((200, 5), 3.0), 0.7, NoError.NO_VARIANCE, 200),
        (one_factor(200, 1), 0.7, NoError.ONE_ITEM, 200),
        (np.full((200, 5), np.nan), 0.7, NoError.TOO_FEW_PERSONS, 0),
        (np.empty((0, 5)), 0.7, NoError.TOO_FEW_PERSONS, 0),
    ],
    ids=["too few", "nothing assumed", "no variance", "one item", "all missing", "nobody"],
)
def test_why_no_error_can_be_stated(values: np.ndarray, assumed: float | None, why_not: NoError, n_valid: int) -> None:
    found = stated(values, assumed=assumed)
    assert (found.error, found.why_not, found.n, found.n_valid) == (None, why_not, len(values), n_valid)


def test_a_negative_reliability_is_no_ground_for_an_error() -> None:
    draw = np.random.default_rng(5)
    first = draw.integers(1, 5, 200).astype(float)
    values = np.column_stack([first, np.clip(5 - first + draw.integers(-1, 2, 200), 1, 4)])
    assert alpha(values).check_key
    assert stated(values, assumed=0.7).why_not is NoError.RELIABILITY_IMPOSSIBLE


def test_an_error_is_positive_and_its_reliability_possible() -> None:
    with pytest.raises(NumberOutsideBounds):
        MeasurementError(0.3, 1.0, 0.6, 100, Origin.OMEGA)
    with pytest.raises(NumberOutsideBounds):
        MeasurementError(0.0, 0.8, 0.6, 100, Origin.OMEGA)


def test_worked_error_of_a_score() -> None:
    found = MeasurementError(10 * np.sqrt(0.17), 0.83, 10.0, 240, Origin.RETEST)
    assert found.sem == pytest.approx(4.1231056256176615)
    estimate, band = found.regressed(42, mean=50, level=0.95)
    assert estimate == pytest.approx(43.36, abs=1e-9)
    assert (band.high - band.low) / (2 * 1.959963984540054) == pytest.approx(3.75632799419859, abs=1e-9)
