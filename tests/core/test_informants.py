"""Informants: edges and laws. Numbers computed in R stand in tests/reference."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.core.columns import BeyondMeasure, UnequalColumns
from kring.core.informants import agreement, discrepancies, informant_line
from kring.core.instruments import Informant, NumberOutsideBounds

T, P, G = Informant.TEACHER, Informant.PUPIL, Informant.GUARDIAN
BOTH = {T: 0.85, P: 0.80}


def test_three_informants_stand_on_one_line_in_a_fixed_order_and_are_compared_two_by_two() -> None:
    line = informant_line({G: 50.0, P: 41.0, T: 58.0}, reliabilities=BOTH | {G: 0.85})
    assert line.points == ((T, 58.0), (P, 41.0), (G, 50.0))
    assert [(one.first, one.second, one.clear) for one in line.differences] == [(T, P, True), (T, G, False), (P, G, False)]
    assert (line.n, line.n_valid) == (3, 3)


@pytest.mark.parametrize("missing", [None, nan])
def test_an_informant_without_a_score_or_reliability_is_not_compared(missing: float | None) -> None:
    line = informant_line({T: 58.0, P: missing, G: 40.0}, reliabilities=BOTH)
    assert (line.points, line.differences, line.n, line.n_valid) == (((T, 58.0), (G, 40.0)), (), 3, 2)


@pytest.mark.parametrize(("second", "clear"), [(46.42, False), (46.40, True), (69.60, True), (69.58, False)])
def test_a_difference_is_clear_from_1_96_standard_errors_on(second: float, clear: bool) -> None:
    line = informant_line({T: 58.0, P: second}, reliabilities=BOTH)
    assert [one.clear for one in line.differences] == [clear]
    found = discrepancies(np.array([58.0, 50.0]), np.array([second, nan]), reliability_first=0.85, reliability_second=0.80)
    assert found.clear.tolist() == [clear, False]
    assert (found.n, found.n_valid, found.n_clear) == (2, 1, int(clear))
    assert np.isnan(found.z).tolist() == [False, True]


@pytest.mark.parametrize("reliability", [0.0, 1.0, -0.2, nan])
def test_a_reliability_lies_between_0_and_1(reliability: float) -> None:
    with pytest.raises(NumberOutsideBounds):
        informant_line({T: 58.0, P: 41.0}, reliabilities={T: 0.8, P: reliability})


def test_a_score_beyond_measure_is_refused() -> None:
    with pytest.raises(BeyondMeasure) as caught:
        informant_line({T: 58.0, P: inf}, reliabilities=BOTH)
    assert caught.value.facts() == {"name": "pupil", "value": inf}


def test_informants_must_be_about_the_same_pupils() -> None:
    with pytest.raises(UnequalColumns) as caught:
        agreement(np.ones(2), np.ones(3))
    assert caught.value.facts() == {"lengths": {"first": 2, "second": 3}}


def test_agreement_of_few_or_equal_scores_stays_open() -> None:
    few = agreement(np.array([1.0, 2.0, nan, 4.0]), np.array([1.0, 2.0, 3.0, nan]))
    assert (few.correlation, few.icc, few.mean_difference, few.sd_difference, few.limits) == (None,) * 5
    assert (few.n, few.n_valid) == (4, 2)
    equal = agreement(np.full(5, 50.0), np.full(5, 50.0))
    assert (equal.correlation, equal.icc, equal.mean_difference, equal.sd_difference) == (None, None, 0.0, 0.0)
    shifted = agreement(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.0]))
    assert shifted.correlation == pytest.approx(1)
    assert shifted.limits is not None
    assert (shifted.mean_difference, shifted.limits.low, shifted.limits.high) == (-1, -1, -1)


def test_differences_too_small_to_square_leave_agreement_open() -> None:
    tiny = np.array([1.0, 2.0, 4.0, 3.0]) * 1e-170
    assert (agreement(tiny, tiny[::-1]).correlation, agreement(tiny, tiny[::-1]).icc) == (None, None)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=15))
def test_the_order_of_pupils_changes_no_bit(rows: list[tuple[int, int]]) -> None:
    first, second = np.array(rows, dtype=float).T
    one, other = agreement(first, second), agreement(first[::-1], second[::-1])
    assert (one, one.provenance) == (other, other.provenance)
