"""Careless answering: every index, every limit on both sides, and what it does to a mean. Drawn lists stand in tests/reference."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.answers import AnswerNotWhole
from kring.core.careless import Careless, KeysOfOtherItems, NotADuration, careless_answering, favourable_signs, with_and_without
from kring.core.columns import BeyondMeasure, NotYesOrNo, UnequalColumns
from kring.core.instruments import NotASign
from tests.cast_instruments import instrument, item, scale

NAN = np.nan


def of(rows: Sequence[Sequence[float]], *, seconds: np.ndarray | None = None, both_ways: bool = False) -> Careless:
    values = np.array(rows, dtype=float)
    k = values.shape[1]
    signs = [-1 if both_ways and j == 0 else 1 for j in range(k)]
    return careless_answering(values, signs=signs, ranges=[(1, 5)] * k, seconds=seconds)


def test_the_longest_run_ends_at_another_code_and_at_a_missing_answer() -> None:
    rows: list[list[float]] = [[1, 1, 2, 2, 2, 1], [3, 3, NAN, 3, 3, 3], [1, 2, 3, 1, 2, 3], [NAN] * 6, [4] * 6]
    assert of(rows).longstring.tolist() == [3, 3, 1, 0, 6]


def test_a_run_counts_from_half_the_list_when_that_says_something() -> None:
    rows = [[3, 3, 3, 1, 2, 1], [3, 3, 1, 2, 1, 4]]
    assert of(rows, both_ways=True).long_run.tolist() == [True, False]
    assert of(rows).long_run.tolist() == [False, False]
    ten: list[list[float]] = [[3, 3, 3, 3, 3, 1, 2, 4, 1, 2], [3, 3, 3, 3, 1, 2, 4, 1, 2, 4], [NAN] * 10]
    assert of(ten).long_run.tolist() == [True, False, False]


def test_one_answer_is_no_run() -> None:
    assert of([[3, 1], [3, 3]], both_ways=True).long_run.tolist() == [False, True]


def test_deviation_of_ones_own_answers() -> None:
    found = of([[1, 2, 3, 4], [2, 2, 2, 2], [1, NAN, NAN, NAN], [1, 3, NAN, NAN], [2, 2, 2, 3]])
    np.testing.assert_allclose(found.irv, np.array([(5 / 3) ** 0.5, 0, NAN, 2**0.5, 0.5]))
    assert found.flat.tolist() == [False, True, False, False, False]
    high = of([[1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4], [1e9] * 4])
    np.testing.assert_allclose(high.irv, [(5 / 3) ** 0.5, 0])
    assert found.strong.tolist() == [False] * 5


def test_a_pattern_comes_back_after_two_to_six_items() -> None:
    for lag in range(2, 7):
        row = [float(1 + j % lag) for j in range(20)]
        assert of([row]).pattern.tolist() == [True]
    assert of([[1, 2, 3, 4, 5, 1, 2, 3, 4]]).repeat.tolist() == pytest.approx([NAN], nan_ok=True)
    assert of([[float(1 + j % 7) for j in range(20)]]).pattern.tolist() == [False]


def test_nine_tenths_is_a_pattern_and_less_is_not() -> None:
    broken = [1.0, 2.0] * 6
    broken[0] = 5
    assert (of([broken]).repeat.tolist(), of([broken]).pattern.tolist()) == ([0.9], [True])
    broken[1] = 5
    assert (of([broken]).repeat.tolist(), of([broken]).pattern.tolist()) == ([0.8], [False])


def test_a_pattern_is_looked_for_where_half_of_it_is_known() -> None:
    row = [1.0, 2.0] * 6
    assert of([[*row[:7], *[NAN] * 5]]).pattern.tolist() == [True]
    assert np.isnan(of([[*row[:4], *[NAN] * 8]]).repeat).tolist() == [True]


def test_time_per_answered_item() -> None:
    rows: list[list[float]] = [[1, 2, 1, 2], [1, 2, NAN, NAN], [NAN] * 4, [1, 2, 1, 2]]
    found = of(rows, seconds=np.array([8.0, 3.9, 5.0, NAN]))
    np.testing.assert_allclose(found.seconds, [2.0, 1.95, NAN, NAN])
    assert found.fast.tolist() == [False, True, False, False]
    assert found.strong.tolist() == [False, True, False, False]


def test_a_pause_on_a_page_is_cut_off_but_never_so_far_that_it_looks_fast() -> None:
    short, long = [[1, 2] * 5], [[1, 2] * 40]
    assert of(short, seconds=np.array([[5.0, 600.0]])).seconds.tolist() == [6.5]
    assert of(long, seconds=np.array([[600.0]])).seconds.tolist() == [2.0]
    assert of(short, seconds=np.array([600.0])).seconds.tolist() == [60.0]


def test_without_times_nobody_is_fast() -> None:
    assert of([[1, 2]]).fast.tolist() == [False]


def test_against_the_others_needs_fifty_persons_and_is_no_mark() -> None:
    rows = [[5.0, 4.0, 2.0, 1.0]] * 49
    assert np.isnan(of([*rows]).person_total).all()
    found = of([*rows, [1.0, 2.0, 4.0, 5.0]])
    np.testing.assert_allclose(found.person_total[[0, 49]], [np.corrcoef(rows[0], [4.917, 3.958, 2.042, 1.083])[0, 1], -1], atol=1e-3)
    assert (int(found.against.sum()), int(found.strong.sum())) == (1, 0)


def test_who_answers_all_alike_has_no_correlation_with_the_others() -> None:
    found = of([*[[5.0, 4.0, 2.0, 1.0]] * 50, [3.0] * 4, [NAN] * 4, [2.0, NAN, NAN, NAN]])
    assert np.isnan(found.person_total[50:]).tolist() == [True] * 3
    assert found.n_valid == 52


def test_an_item_that_only_one_person_answered_has_no_mean_of_others() -> None:
    rows = [[5.0, 4.0, 2.0, NAN]] * 60
    one = of([*rows, [5.0, 3.0, 2.0, 1.0]])
    assert one.person_total[60] == of([*rows, [5.0, 3.0, 2.0, NAN]]).person_total[60]


def test_a_distance_needs_ten_complete_lists_per_item_that_differ() -> None:
    draw = np.random.default_rng(1)
    values = draw.integers(1, 6, (31, 3)).astype(float)
    values[30, 0] = NAN
    found = of(values.tolist()).distance
    centred = values[:30] - values[:30].mean(axis=0)
    expected = [row @ np.linalg.inv(np.cov(values[:30].T)) @ row for row in centred]
    np.testing.assert_allclose(found, [*expected, NAN])
    assert np.isnan(of(values[:29].tolist()).distance).all()
    twice = np.column_stack([values[:30], values[:30, 0]])
    assert np.isnan(of(np.vstack([twice, twice]).tolist()).distance).all()
    assert np.isnan(of([[1.0, 2.0]] * 30).distance).all()


def test_nobody_is_careless_of_nobody() -> None:
    found = careless_answering(np.empty((0, 3)), signs=[1] * 3, ranges=[(1, 4)] * 3, seconds=np.empty((0, 2)))
    assert (found.n, found.n_valid, found.strong.tolist()) == (0, 0, [])


def test_what_does_not_belong_together_is_refused() -> None:
    values = np.ones((2, 3))
    with pytest.raises(KeysOfOtherItems) as keys:
        careless_answering(values, signs=[1, 1], ranges=[(1, 4)] * 3)
    assert keys.value.facts() == {"columns": 3, "signs": 2, "ranges": 3}
    with pytest.raises(NotASign) as sign:
        careless_answering(values, signs=[1, 0, -1], ranges=[(1, 4)] * 3)
    assert sign.value.facts() == {"of": "careless answering", "field": "signs", "value": 0}
    with pytest.raises(BeyondMeasure) as bound:
        careless_answering(values, signs=[1] * 3, ranges=[(1, 4), (1, 4), (1, 10**40)])
    assert bound.value.facts() == {"name": "ranges", "value": 10**40}
    for wrong in (1.5, 1e15):
        with pytest.raises(AnswerNotWhole) as code:
            of([[1.0, NAN, wrong]])
        assert code.value.facts() == {"value": wrong}
    for seconds in (np.ones(3), np.ones((3, 2))):
        with pytest.raises(UnequalColumns) as rows:
            of(values.tolist(), seconds=seconds)
        assert rows.value.facts() == {"lengths": {"values": 2, "seconds": 3}}
    with pytest.raises(NotADuration) as duration:
        of(values.tolist(), seconds=np.array([1.0, -2.0]))
    assert duration.value.facts() == {"row": 1, "seconds": -2.0}
    with pytest.raises(UnequalColumns):
        with_and_without(np.ones(2), np.zeros(3, bool))
    with pytest.raises(NotYesOrNo):
        with_and_without(np.ones(3), [0, 1, -7])


cells = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, NAN])


@given(st.lists(st.lists(cells, min_size=12, max_size=12), min_size=1, max_size=6), st.integers(0, 50))
def test_the_order_of_rows_changes_no_bit(few: list[list[float]], seed: int) -> None:
    draw = np.random.default_rng(seed)
    rows = np.vstack([np.array(few), draw.integers(1, 6, (130, 12))])
    order = draw.permutation(len(rows))
    one, other = of(rows.tolist()), of(rows[order].tolist())
    for name in ("longstring", "irv", "repeat", "person_total", "distance", "strong", "pattern", "long_run"):
        np.testing.assert_array_equal(getattr(one, name)[order], getattr(other, name))
    assert one.provenance == other.provenance


def test_a_mean_with_and_without_the_marked() -> None:
    marked = np.array([False, True, False, True])
    found = with_and_without(np.array([2.0, 4.0, 3.0, NAN]), marked)
    assert (found.with_all, found.without, found.marked, found.n, found.n_valid) == (3.0, 2.5, 1, 4, 3)
    assert found.difference == pytest.approx(0.5)
    assert found.worth_showing


@pytest.mark.parametrize(
    ("scores", "marked", "difference"),
    [([2.0, 3.0], [True, True], None), ([NAN], [False], None), ([2.0, 2.0], [True, False], 0.0), ([2.0], [False], 0.0)],
)
def test_where_nothing_is_left_or_differs_nothing_is_shown(scores: list[float], marked: list[bool], difference: float | None) -> None:
    found = with_and_without(np.array(scores), np.array(marked))
    assert found.difference == difference
    assert not found.worth_showing


def test_exactly_a_tenth_is_not_worth_showing() -> None:
    found = replace(with_and_without(np.array([1.0]), np.array([False])), difference=0.1)
    assert (found.worth_showing, replace(found, difference=-0.11).worth_showing) == (False, True)


def test_the_sign_of_an_item_is_that_of_the_first_scale_with_the_direction() -> None:
    meant = instrument(scale("a", "q1 q2", signs="+-"), scale("b", "q2 q3", cuts={}, direction=-1))
    meant = replace(meant, items=(*meant.items, item("q9")))
    assert favourable_signs(meant) == (1, -1, -1, 1)
