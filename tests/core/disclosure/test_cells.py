"""One number at a time: what is shown, how coarsely, and when a published set may change."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.disclosure.cells import (
    K_ANONYMOUS,
    K_INTERNAL,
    K_STAFF,
    Bound,
    Filter,
    FilterNotOnList,
    NotShown,
    TooManyFilters,
    allowed_filters,
    frozen_set,
    shown_mean,
    shown_share,
    shown_texts,
)
from kring.core.intervals import ImpossibleCount


def test_the_least_numbers_of_people() -> None:
    assert (K_ANONYMOUS, K_INTERNAL, K_STAFF) == (10, 6, 5)


@pytest.mark.parametrize(
    ("x", "n", "value", "bound"),
    [
        (0, 20, Fraction(1, 20), Bound.AT_MOST),
        (1, 20, Fraction(1, 20), Bound.AT_MOST),
        (2, 20, Fraction(1, 10), None),
        (18, 20, Fraction(9, 10), None),
        (19, 20, Fraction(19, 20), Bound.AT_LEAST),
        (10, 10, Fraction(9, 10), Bound.AT_LEAST),
        (18, 19, Fraction(9, 10), Bound.AT_LEAST),
        (17, 19, Fraction(17, 19), None),
        (0, 12, Fraction(1, 10), Bound.AT_MOST),
        (1, 12, Fraction(1, 10), Bound.AT_MOST),
        (3, 59, Fraction(3, 59), None),
        (3, 60, Fraction(1, 20), Bound.AT_MOST),
        (5, 9, None, None),
        (0, 0, None, None),
    ],
)
def test_a_share_is_clipped_in_whole_numbers(x: int, n: int, value: Fraction | None, bound: Bound | None) -> None:
    found = shown_share(x, n, k=10)
    assert (found.value, found.bound, found.hidden) == (value, bound, None if value else NotShown.TOO_FEW)
    assert (found.n, found.n_valid) == (n, n if value else 0)


@given(st.integers(3, 60), st.integers(2, 12))
def test_a_bound_never_says_how_many(n: int, k: int) -> None:
    """Whoever knows n and the rule is left with two counts at least, behind each thing that may be shown of the ends."""
    shown = [shown_share(x, n, k=min(k, n)) for x in range(n + 1)]
    for end in (shown[0], shown[n]):
        assert end.bound is not None
        assert sum((each.value, each.bound) == (end.value, end.bound) for each in shown) >= 2


def test_a_share_that_is_not_sensitive_is_shown_whole() -> None:
    assert shown_share(20, 20, k=10, sensitive=False).value == 1
    assert shown_share(0, 20, k=10, sensitive=False).value == 0
    assert shown_share(0, 0, k=0).hidden is NotShown.TOO_FEW
    with pytest.raises(ImpossibleCount):
        shown_share(3, 2, k=10)


@pytest.mark.parametrize(
    ("values", "value", "hidden", "n_valid"),
    [
        ([1.0, 2, 3, 4, 4, 4], 3.0, None, 6),
        ([1.0, 2, 3, 4, 4, np.nan], None, NotShown.TOO_FEW, 5),
        ([4.0] * 6, None, NotShown.ALL_EQUAL, 6),
        ([], None, NotShown.TOO_FEW, 0),
        ([np.nan] * 7, None, NotShown.TOO_FEW, 0),
    ],
)
def test_a_mean(values: list[float], value: float | None, hidden: NotShown | None, n_valid: int) -> None:
    found = shown_mean(np.array(values), k=6)
    assert (found.value, found.hidden, found.n, found.n_valid) == (value, hidden, len(values), n_valid)
    assert shown_mean(np.array([3.0]), k=0).hidden is NotShown.ALL_EQUAL


def test_free_texts_come_from_many_and_in_no_order_of_answering() -> None:
    texts = ["Zo door", " ", "Leuk", "Meer gym"]
    assert shown_texts(texts, n=20, k=10, beside_background=False).texts == ("Leuk", "Meer gym", "Zo door")
    assert shown_texts(texts[::-1], n=20, k=10, beside_background=False) == shown_texts(texts, n=20, k=10, beside_background=False)
    assert shown_texts(texts, n=19, k=10, beside_background=False).hidden is NotShown.TOO_FEW
    assert shown_texts(texts, n=400, k=10, beside_background=True).hidden is NotShown.BESIDE_BACKGROUND
    assert shown_texts([], n=0, k=0, beside_background=False).hidden is NotShown.TOO_FEW
    with pytest.raises(ImpossibleCount):
        shown_texts(texts, n=3, k=10, beside_background=False)


def answers(count: int, code: int = 1) -> list[int]:
    return [code] * count


def test_a_published_set_changes_as_a_whole_or_not_at_all() -> None:
    published = {"4a": answers(12), "4b": answers(15), "all": answers(27)}
    one_more = {"4a": answers(13), "4b": answers(15), "all": answers(28)}
    ten_and_one = {"4a": answers(22), "4b": answers(16), "all": answers(38)}
    ten_more = {"4a": answers(22), "4b": answers(15), "all": answers(37)}
    assert frozen_set(published, published, k=10).renewed is False
    assert frozen_set(published, one_more, k=10).held_by == ("4a", "all")
    found = frozen_set(published, ten_and_one, k=10)
    assert (found.renewed, found.held_by, found.changed) == (False, ("4b",), {"4a": 10, "4b": 1, "all": 11})
    assert (frozen_set(published, ten_more, k=10).renewed, found.n, found.n_valid) == (True, 3, 3)
    assert frozen_set({}, published, k=10).renewed


def test_two_cells_that_changed_enough_may_differ_by_few() -> None:
    """Ten of class 7 and two of the combination class are twelve of year 7: only the smallest parts tell."""
    classes = {"7": answers(32), "7/8": answers(32), "year 7": answers(42), "year 8": answers(22)}
    published = {"7": answers(22), "7/8": answers(20), "year 7": answers(30), "year 8": answers(12)}
    assert frozen_set(published, classes, k=10).renewed
    parts = {"7/8 in year 7": answers(10), "7/8 in year 8": answers(22)}
    before = {"7/8 in year 7": answers(8), "7/8 in year 8": answers(12)}
    assert frozen_set(published | before, classes | parts, k=10).held_by == ("7/8 in year 7",)


def test_another_answer_counts_once() -> None:
    assert frozen_set({"a": [1, 1, 2]}, {"a": [1, 2, 2]}, k=2).changed == {"a": 1}
    assert frozen_set({"a": [1, 1, 2]}, {"b": [1]}, k=1).changed == {"a": 3, "b": 1}


@given(st.lists(st.integers(1, 4)), st.lists(st.integers(1, 4)), st.integers(2, 10))
def test_the_order_of_answers_changes_nothing(before: list[int], after: list[int], k: int) -> None:
    one, other = frozen_set({"a": before}, {"a": after}, k=k), frozen_set({"a": before[::-1]}, {"a": sorted(after)}, k=k)
    assert one == other
    assert one.renewed == (one.changed["a"] >= k)


def test_filters_come_from_a_list_and_cross_two_at_a_time() -> None:
    assert allowed_filters(["gender", "year_level"]) == {Filter.GENDER, Filter.YEAR_LEVEL}
    assert allowed_filters([]) == frozenset()
    with pytest.raises(TooManyFilters) as caught:
        allowed_filters(["gender", "year_level", "group"])
    assert caught.value.facts() == {"filters": ("gender", "group", "year_level"), "most": 2}
    with pytest.raises(FilterNotOnList):
        allowed_filters(["birthday"])
