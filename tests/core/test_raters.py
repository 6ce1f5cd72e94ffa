"""Raters: edges and laws. Numbers computed in R stand in tests/reference."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.core.columns import NotAColumn, UnequalColumns
from kring.core.intervals import NotAnInterval
from kring.core.raters import CategoryUnknown, IccForm, Measure, NoCoefficient, Weights, iccs, kappa, krippendorff


def test_raters_must_rate_the_same_pupils() -> None:
    with pytest.raises(UnequalColumns):
        kappa(np.ones(2), np.ones(3))
    with pytest.raises(NotAColumn):
        kappa(np.ones((2, 2)), np.ones((2, 2)))
    with pytest.raises(NotAColumn):
        iccs(np.ones(3))


@pytest.mark.parametrize("level", [0.0, 1.0, -1.0, nan])
def test_a_level_lies_between_0_and_1(level: float) -> None:
    with pytest.raises(NotAnInterval):
        iccs([[1, 2], [2, 3]], level=level)


def test_intraclass_correlations_need_two_pupils_and_two_raters() -> None:
    assert iccs(np.array([[1, 2], [nan, 3]])).why_not is NoCoefficient.TOO_FEW
    assert iccs(np.array([[1], [2]])).why_not is NoCoefficient.TOO_FEW
    assert iccs(np.empty((4, 0))).why_not is NoCoefficient.TOO_FEW
    assert iccs(np.full((4, 2), 3)).why_not is NoCoefficient.NO_VARIANCE
    assert iccs(np.array([[1.0, 2.0], [3.0, 4.0]]) * 1e-170).why_not is NoCoefficient.NO_VARIANCE


def test_raters_who_agree_wholly_have_correlations_of_1_without_interval() -> None:
    forms = iccs(np.array([[1, 1], [2, 2], [3, 3]])).forms
    assert [one.value for one in forms.values()] == [1] * 6
    assert [(one.f, one.p, one.interval) for one in forms.values()] == [(inf, 0.0, None)] * 6


def test_raters_who_differ_by_a_step_agree_in_order_alone() -> None:
    forms = iccs(np.array([[1, 2], [2, 3], [3, 4]])).forms
    assert (forms[IccForm.ICC3].value, forms[IccForm.ICC3].f) == (1, inf)
    assert forms[IccForm.ICC2].value == pytest.approx(2 / 3)
    interval = forms[IccForm.ICC2].interval
    assert interval is not None
    assert interval.low < 2 / 3 < interval.high <= 1 + 1e-12


def test_pupils_who_do_not_differ_leave_forms_undefined() -> None:
    forms = iccs(np.array([[1, 2], [2, 1]])).forms
    assert (forms[IccForm.ICC2].value, forms[IccForm.ICC2].interval) == (None, None)
    assert (forms[IccForm.ICC1K].value, forms[IccForm.ICC1K].f, forms[IccForm.ICC1K].interval) == (None, 0.0, None)
    assert forms[IccForm.ICC1].value == -1
    only_raters = iccs(np.array([[1, 2], [1, 2], [1, 2]])).forms
    assert (only_raters[IccForm.ICC3].value, only_raters[IccForm.ICC3].f, only_raters[IccForm.ICC3].p) == (None, None, None)
    assert (only_raters[IccForm.ICC2].value, only_raters[IccForm.ICC2].interval) == (0, None)


def test_kappa_by_hand() -> None:
    first, second = np.array([1, 1, 2, 2, 3, 3, nan]), np.array([1, 2, 2, 2, 3, 1, 3])
    assert kappa(first, second, weights=Weights.NONE).value == pytest.approx(1 - (2 / 6) / (1 - (2 * 2 + 2 * 3 + 2 * 1) / 36))
    found = kappa(first, second)
    assert found.agree == pytest.approx(4 / 6)
    assert (found.n, found.n_valid) == (7, 6)
    assert found.value == pytest.approx(1 - 5 / ((2 * (3 * 1 + 1 * 4) + 2 * (2 * 1 + 1 * 1) + 2 * (2 * 4 + 3 * 1)) / 6))


def test_kappa_without_pairs_or_differences_stays_open() -> None:
    empty = kappa(np.array([1.0, nan]), np.array([nan, 2.0]))
    assert (empty.value, empty.why_not, empty.agree, empty.n, empty.n_valid) == (None, NoCoefficient.TOO_FEW, None, 2, 0)
    alike = kappa(np.full(3, 2), np.full(3, 2), categories=[1, 2, 3])
    assert (alike.value, alike.why_not, alike.agree) == (None, NoCoefficient.NO_VARIANCE, 1.0)
    assert kappa(np.full(3, 1), np.full(3, 2)).value == 0


def test_categories_say_how_far_apart_ratings_are() -> None:
    first, second = np.array([1, 4, 1, 4]), np.array([1, 4, 4, 4])
    assert kappa(first, second).value == kappa(first, second, categories=[1, 2, 3, 4]).value
    three = np.array([1, 2, 4, 4])
    assert kappa(first, three).value != kappa(first, three, categories=[4, 3, 2, 1]).value
    with pytest.raises(CategoryUnknown) as caught:
        kappa(first, second, categories=[1, 2, 3])
    assert caught.value.facts() == {"rating": 4.0, "categories": (1.0, 2.0, 3.0)}


def test_krippendorff_without_pairs_or_differences_stays_open() -> None:
    assert krippendorff(np.array([[1.0, nan], [nan, 2.0]])).why_not is NoCoefficient.TOO_FEW
    assert krippendorff(np.empty((0, 3))).why_not is NoCoefficient.TOO_FEW
    alike = krippendorff(np.full((4, 3), 2.0))
    assert (alike.value, alike.why_not, alike.n, alike.n_valid) == (None, NoCoefficient.NO_VARIANCE, 4, 4)


def test_krippendorff_by_hand_with_three_raters_and_gaps() -> None:
    ratings = np.array([[1, 1, 2], [2, nan, 2], [3, 3, nan], [nan, 1, nan], [4, 3, 4]])
    margins = {1: 2, 2: 3, 3: 3, 4: 2}
    observed = 2 * (2 * 1 / 2) + 2 * (2 * 1 / 2)  # 1-1-2 and 4-3-4: each two unequal pairs, both ways, over two others
    expected = sum(margins[a] * margins[b] * (a - b) ** 2 for a in margins for b in margins) / 9
    assert krippendorff(ratings, measure=Measure.INTERVAL).value == pytest.approx(1 - observed / expected)
    assert (krippendorff(ratings).n, krippendorff(ratings).n_valid) == (5, 4)


ratings = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=15)


@settings(max_examples=40)
@given(ratings)
def test_the_order_of_raters_and_of_pupils_changes_no_bit(rows: list[tuple[int, int]]) -> None:
    table = np.array(rows, dtype=float)
    first, second = table.T
    for weights in Weights:
        assert kappa(first, second, weights=weights) == kappa(second[::-1], first[::-1], weights=weights)
    for measure in Measure:
        assert krippendorff(table, measure=measure) == krippendorff(table[::-1, ::-1], measure=measure)
    one, other = iccs(table), iccs(table[::-1])
    assert (one.forms, one.why_not, one.provenance) == (other.forms, other.why_not, other.provenance)


@settings(max_examples=40)
@given(ratings)
def test_perfect_agreement_is_1_and_nothing_is_more(rows: list[tuple[int, int]]) -> None:
    table = np.array(rows, dtype=float)
    first, second = table.T
    constant = len(set(first)) == 1
    for weights in Weights:
        assert kappa(first, first, weights=weights).value == (None if constant else 1)
        assert (kappa(first, second, weights=weights).value or 0) <= 1
    for measure in Measure:
        assert krippendorff(np.column_stack([first] * 3), measure=measure).value == (None if constant else 1)
        assert (krippendorff(table, measure=measure).value or 0) <= 1
    for one in iccs(table).forms.values():
        assert one.value is None or one.value <= 1 + 1e-12
        assert one.interval is None or one.interval.low <= one.interval.high


@settings(max_examples=40)
@given(ratings)
def test_a_missing_rating_says_nothing(rows: list[tuple[int, int]]) -> None:
    table = np.array(rows, dtype=float)
    more = np.vstack([table, [nan, 3], [2, nan], [nan, nan]])
    for measure in Measure:
        assert krippendorff(more, measure=measure).value == krippendorff(table, measure=measure).value
    assert kappa(*more.T).value == kappa(*table.T).value
    assert iccs(more).forms == iccs(table).forms
