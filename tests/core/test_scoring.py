"""Scale scores: the worked examples, the missing rule and the laws."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.answers import AnswerOutsideScale, Answers, Missing, answers_from
from kring.core.columns import NotNumbers
from kring.core.instruments import Instrument, Scale
from kring.core.scoring import (
    PRORATED,
    TWO_WAY,
    ItemMeansOfAnotherScale,
    ItemNotAsked,
    ScaleScores,
    instrument_scores,
    keyed_answers,
    scale_scores,
)
from tests.cast_instruments import instrument, item, scale, sociogram_instrument, worked_instrument

NAN = np.nan
GONE = (Missing.NOT_SHOWN, Missing.NOT_APPLICABLE)
ABSENT = (Missing.NOT_ANSWERED, Missing.DONT_KNOW, Missing.REFUSED, Missing.ABSENT)
cell: st.SearchStrategy[int] = st.sampled_from([1, 2, 3, 4]) | st.sampled_from([*GONE, *ABSENT])
tables = st.integers(1, 7).flatmap(lambda k: st.lists(st.lists(cell, min_size=k, max_size=k), min_size=1, max_size=12))


def of(rows: Sequence[Sequence[int | Missing | None]], part: Scale, means: Sequence[float] | None = None) -> ScaleScores:
    """Scores of rows in the item order of the scale, perhaps with the item means of a reference sample; None is not answered."""
    meant = instrument(part)
    keys = [item.key for item in meant.items]
    given_rows = [{key: Missing.NOT_ANSWERED if v is None else v for key, v in zip(keys, row)} for row in rows]
    return scale_scores(answers_from(meant, given_rows), part, meant, item_means=None if means is None else np.array(means))


def plain(k: int, *, signs: str = "", share_needed: float = 0.75) -> Scale:
    return scale("a", " ".join(f"q{number}" for number in range(k)), signs=signs, share_needed=share_needed)


def test_worked_example() -> None:
    scores = of([(4, 3, 2, 4, 1), (3, None, 2, 3, None), (2, None, 3, 2, 3)], plain(5, signs="++-+-"))
    np.testing.assert_allclose(scores.mean, [3.6, NAN, 2.0], atol=1e-12)
    np.testing.assert_allclose(scores.sum, [18, NAN, 10], atol=1e-12)
    np.testing.assert_allclose(scores.pomp, [86.666666666667, NAN, 33.333333333333], atol=1e-9)
    assert scores.answered.tolist() == [5, 3, 4]
    assert scores.shown.tolist() == [5, 5, 5]
    assert scores.method == PRORATED
    assert len(scores) == 3


def test_scores_cannot_be_changed_afterwards() -> None:
    scores = of([(4, 3)], plain(2))
    with pytest.raises(ValueError, match="read-only"):
        scores.mean[0] = 1


def test_keyed_answers_turn_only_the_reversed_items() -> None:
    meant = worked_instrument()
    answers = answers_from(meant, [{"q1": 4, "q2": 3, "q3": 2, "q4": 4, "q5": 1}])
    assert keyed_answers(answers, meant.scales[0], meant).tolist() == [[4, 3, 3, 4, 4]]
    assert answers.values.tolist() == [[4, 3, 2, 4, 1]]


@pytest.mark.parametrize(("k", "need"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (8, 6), (10, 8)])
def test_three_quarters_must_be_answered(k: int, need: int) -> None:
    rows = [(2,) * valid + (None,) * (k - valid) for valid in (need, need - 1)]
    assert np.isnan(of(rows, plain(k)).mean).tolist() == [False, True]


def test_an_instrument_may_be_content_with_half() -> None:
    rows = [(2, 2, None, None), (2, None, None, None)]
    assert np.isnan(of(rows, plain(4, share_needed=0.5)).mean).tolist() == [False, True]


@pytest.mark.parametrize("gone", GONE)
def test_what_does_not_apply_leaves_the_scale_as_long_as_half_remains(gone: Missing) -> None:
    rows = [(4, 4, 1, gone, gone, gone), (4, 4, gone, gone, gone, gone), (gone,) * 6, (4, 4, None, gone, gone, gone)]
    scores = of(rows, plain(6))
    np.testing.assert_allclose(scores.mean, [3, NAN, NAN, NAN])
    np.testing.assert_allclose(scores.sum, [9, NAN, NAN, NAN])
    assert scores.shown.tolist() == [3, 2, 0, 3]


@pytest.mark.parametrize("absent", ABSENT)
def test_every_other_reason_counts_as_missing(absent: Missing) -> None:
    scores = of([(4, 4, absent, absent)], plain(4))
    assert np.isnan(scores.mean).all()
    assert (scores.answered.tolist(), scores.shown.tolist()) == ([2], [4])


def test_all_missing_and_nobody_give_no_score() -> None:
    assert np.isnan(of([(None,) * 5], plain(5)).mean).all()
    assert of([], plain(5)).mean.shape == (0,)


def test_one_item_is_a_scale() -> None:
    assert of([(3,), (None,)], plain(1)).mean.tolist()[0] == 3


def test_an_item_counts_in_both_scales_it_sits_in() -> None:
    one, other = scale("a", "q1 q2"), scale("b", "q2 q3", signs="-+")
    meant = instrument(one, other)
    answers = answers_from(meant, [{"q1": 1, "q2": 4, "q3": 3}])
    assert [scale_scores(answers, part, meant).mean.tolist() for part in (one, other)] == [[2.5], [2.0]]


def test_answers_without_a_column_of_the_scale_are_refused() -> None:
    meant = worked_instrument()
    with pytest.raises(ItemNotAsked) as caught:
        scale_scores(Answers(("q1",), np.ones((1, 1)), np.zeros((1, 1), np.int8)), meant.scales[0], meant)
    assert caught.value.facts() == {"scale": "welbevinden", "item": "q2"}


FAR_APART = (3.75, 3.5, 3.25, 1.5)  # mean 3; the last lies 2.25 below the first, more than half of 1-4


def test_where_the_reference_says_that_items_lie_far_apart_they_are_filled_in_both_ways() -> None:
    scores = of([(4, 4, 4, None), (4, 4, 4, 1), (3, 2, None, 1)], plain(4), FAR_APART)
    assert scores.method == TWO_WAY
    np.testing.assert_allclose(scores.mean, [(12 + 4 + 1.5 - 3) / 4, 3.25, (6 + 2 + 3.25 - 3) / 4], rtol=1e-12)
    np.testing.assert_allclose(scores.sum, 4 * scores.mean, rtol=1e-12)
    assert scores.answered.tolist() == [3, 4, 3]


def test_without_a_reference_a_score_is_prorated_however_far_apart_the_items_lie() -> None:
    scores = of([(4, 4, 4, None), (4, 4, 4, 1), (4, 4, 4, 1)], plain(4))
    assert scores.method == PRORATED
    assert scores.mean.tolist() == [4, 3.25, 3.25]


def test_what_is_filled_in_stays_within_the_range() -> None:
    scores = of([(4, 4, None, 4), (1, 1, 1, None)], plain(4), FAR_APART)
    assert scores.mean.tolist() == [4, 1]


def test_filling_in_both_ways_leaves_out_what_does_not_apply() -> None:
    rows = [(4, 4, 4, None, Missing.NOT_APPLICABLE, 4), (Missing.NOT_SHOWN,) * 6, (4, None, None, None, None, None)]
    scores = of(rows, plain(6), (3.75, 3.5, 3.25, 1.5, 3, 3))
    np.testing.assert_allclose(scores.mean, [(16 + 4 + 1.5 - 3) / 5, NAN, NAN], rtol=1e-12)


def test_reference_means_are_those_of_the_items_after_reversal() -> None:
    straight = of([(4, 4, 4, None)], plain(4), FAR_APART)
    turned = of([(1, 4, 4, None)], plain(4, signs="-+++"), FAR_APART)
    assert turned.mean.tolist() == straight.mean.tolist()


@pytest.mark.parametrize(("means", "method"), [((2.6, 1.1), PRORATED), ((3.4, 1.9), PRORATED), ((2.61, 1.1), TWO_WAY)])
def test_item_means_exactly_half_the_range_apart_are_prorated(means: tuple[float, ...], method: str) -> None:
    assert of([(3, None)], plain(2), means).method == method


@pytest.mark.parametrize(
    "means", [(3.0, 2.0), (), (3.0, 2.0, 2.0, 1.0, 1.0), (3.0, 2.0, 2.0, NAN), (3.0, 2.0, 2.0, 0.9), (4.1, 2.0, 2.0, 1.0)]
)
def test_reference_means_that_cannot_be_of_these_items_are_refused(means: tuple[float, ...]) -> None:
    with pytest.raises(ItemMeansOfAnotherScale) as caught:
        of([(4, 4, 4, None)], plain(4), means)
    assert (caught.value.scale, caught.value.items, len(caught.value.means)) == ("a", 4, len(means))


@given(tables)
def test_the_order_of_rows_changes_no_bit(rows: list[list[int]]) -> None:
    part = plain(len(rows[0]), signs="+-+-+-+"[: len(rows[0])])
    one, other = of(rows, part), of(rows[::-1], part)
    assert one.method == other.method
    for name in ("mean", "sum", "pomp", "answered", "shown"):
        np.testing.assert_array_equal(getattr(one, name)[::-1], getattr(other, name))


@given(tables, tables, st.none() | st.lists(st.floats(1, 4), min_size=7, max_size=7))
def test_the_score_of_a_pupil_does_not_depend_on_the_others(
    rows: list[list[int]], others: list[list[int]], reference: list[float] | None
) -> None:
    k = min(len(rows[0]), len(others[0]))
    part, means = plain(k, signs="+-+-+-+"[:k]), None if reference is None else reference[:k]
    together = of([row[:k] for row in (*rows, *others)], part, means)
    for i, row in enumerate(rows):
        alone = of([row[:k]], part, means)
        assert alone.method == together.method
        for name in ("mean", "sum", "pomp", "answered", "shown"):
            np.testing.assert_array_equal(getattr(alone, name)[0], getattr(together, name)[i])


@given(tables)
def test_reversing_every_item_mirrors_the_score_and_twice_is_as_it_was(rows: list[list[int]]) -> None:
    k = len(rows[0])
    forward, backward = of(rows, plain(k)), of(rows, plain(k, signs="-" * k))
    np.testing.assert_allclose(backward.mean, 5 - forward.mean, atol=1e-12)
    mirrored = [[value if isinstance(value, Missing) else 5 - value for value in row] for row in rows]
    np.testing.assert_array_equal(of(mirrored, plain(k, signs="-" * k)).mean, forward.mean)


@given(tables)
def test_scores_stay_within_their_range(rows: list[list[int]]) -> None:
    scores = of(rows, plain(len(rows[0])))
    known = ~np.isnan(scores.mean)
    assert (np.isnan(scores.pomp) == ~known).all()
    assert ((scores.mean[known] >= 1) & (scores.mean[known] <= 4)).all()
    assert ((scores.pomp[known] >= 0) & (scores.pomp[known] <= 100)).all()
    assert (scores.answered <= scores.shown).all()


def mixed() -> Instrument:
    """A scale of items on 1-4, 0-10 and, reversed, 1-5: each is rescaled to 0-1."""
    part = scale("a", "q1 q2 q3", signs="++-", cuts={}, share_needed=0.5)
    return replace(instrument(part), items=(item("q1"), item("q2", low=0, high=10), item("q3", high=5)))


def test_items_of_different_ranges_are_rescaled_to_0_to_1_first() -> None:
    meant = mixed()
    answers = answers_from(meant, [{"q1": 4, "q2": 5, "q3": 2}, {"q1": 2, "q2": 0}, {"q1": 1, "q2": 0, "q3": 5}])
    scores = scale_scores(answers, meant.scales[0], meant)
    np.testing.assert_allclose(scores.mean, [(1 + 0.5 + 0.75) / 3, (1 / 3) / 2, 0], atol=1e-12)
    np.testing.assert_allclose(scores.pomp, 100 * scores.mean, atol=1e-12)
    np.testing.assert_allclose(scores.sum, 3 * scores.mean, atol=1e-12)
    assert scores.range == (0, 1)
    np.testing.assert_allclose(keyed_answers(answers, meant.scales[0], meant)[0], [1, 0.5, 0.75], atol=1e-12)
    filled = scale_scores(answers, meant.scales[0], meant, item_means=np.array([0.9, 0.5, 0.1]))
    assert filled.method == TWO_WAY
    np.testing.assert_allclose(filled.mean[1], (1 / 3 + 0) / 3, atol=1e-12)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 10), st.integers(1, 5)), min_size=1, max_size=5))
def test_the_top_of_every_range_is_1_and_the_bottom_0(rows: list[tuple[int, int, int]]) -> None:
    meant = mixed()
    scores = scale_scores(answers_from(meant, [dict(zip(("q1", "q2", "q3"), row)) for row in rows]), meant.scales[0], meant)
    assert ((scores.mean >= 0) & (scores.mean <= 1)).all()
    exact = [np.mean([(a - 1) / 3, b / 10, (5 - c) / 4]) for a, b, c in rows]
    np.testing.assert_allclose(scores.mean, exact, atol=1e-12)


def test_all_scales_at_once_give_what_each_gives_alone() -> None:
    one, other = scale("a", "q1 q2 q3"), scale("b", "q3 q4", signs="-+")
    meant = instrument(one, other)
    cells: list[int | Missing] = [1, 2, 3, 4, *Missing]
    draw = np.random.Generator(np.random.PCG64(1))
    rows = [
        {f"q{1 + j}": cells[c] for j, c in enumerate(row) if cells[c] is not Missing.ANSWERED} for row in draw.integers(0, 11, (9000, 4))
    ]
    answers = answers_from(meant, rows)
    together = instrument_scores(answers, meant)
    assert list(together.scales) == ["a", "b"]
    assert together.n == 9000
    scored = np.zeros(9000, bool)
    for part in (one, other):
        found, alone = together.scales[part.key], scale_scores(answers, part, meant)
        for name in ("mean", "sum", "pomp", "answered", "shown"):
            np.testing.assert_array_equal(getattr(found, name), getattr(alone, name))
        assert (found.provenance, found.n, found.n_valid, found.method) == (alone.provenance, alone.n, alone.n_valid, PRORATED)
        assert found.n_valid == np.count_nonzero(~np.isnan(found.mean))
        scored |= ~np.isnan(found.mean)
    assert together.n_valid == np.count_nonzero(scored)


def test_an_instrument_without_scales_has_no_scores() -> None:
    found = instrument_scores(answers_from(sociogram_instrument(), [{}]), sociogram_instrument())
    assert (found.scales, found.n, found.n_valid) == ({}, 1, 0)


@pytest.mark.parametrize(("wrong", "dtype"), [(0, np.int8), (5, np.int8), (300, np.int16), (-2, np.float64)])
def test_a_code_that_the_item_does_not_have_is_never_scored(wrong: int, dtype: type) -> None:
    meant = worked_instrument()
    codes: np.ndarray = np.ones((9_000, 5), dtype=dtype)
    codes[8_999, 1] = wrong
    given = Answers(tuple(each.key for each in meant.items), codes, np.zeros(codes.shape))
    with pytest.raises(AnswerOutsideScale) as caught:
        instrument_scores(given, meant)
    assert caught.value.facts() == {"row": 8_999, "item": "q2", "value": wrong, "low": 1, "high": 4}


def test_codes_of_an_item_that_no_scale_counts_are_left_alone() -> None:
    meant = worked_instrument()
    items = (*(each.key for each in meant.items), "q9")
    found = scale_scores(Answers(items, np.array([[1, 1, 1, 1, 1, 99]]), np.zeros((1, 6))), meant.scales[0], meant)
    assert found.n_valid == 1


def test_reference_means_may_be_a_list_but_not_words() -> None:
    meant = worked_instrument()
    given = answers_from(meant, [{"q1": 1, "q2": 2, "q3": 3, "q4": 4}])
    means = [1.0, 4.0, 1.0, 4.0, 2.0]
    found = scale_scores(given, meant.scales[0], meant, item_means=means)
    assert found.mean.tolist() == scale_scores(given, meant.scales[0], meant, item_means=np.array(means)).mean.tolist()
    with pytest.raises(NotNumbers):
        scale_scores(given, meant.scales[0], meant, item_means=["a"] * 5)


def test_large_codes_are_added_exactly() -> None:
    part = scale("a", "q1 q2", signs="+-", cuts={})
    meant = replace(instrument(part), items=(item("q1", low=0, high=40_001), item("q2", low=0, high=40_001)))
    assert scale_scores(answers_from(meant, [{"q1": 40_001, "q2": 0}]), part, meant).mean.tolist() == [40_001]
    assert scale_scores(answers_from(meant, [{"q1": 40_001, "q2": 2}]), part, meant).mean.tolist() == [40_000]
