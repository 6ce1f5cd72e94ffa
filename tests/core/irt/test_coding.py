"""From codes to categories: what is joined, what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import BeyondMeasure, NotAColumn, NotNumbers
from kring.core.irt import CodeNotOffered, CodeNotWhole, ItemWithoutColumn, TooManyCategories
from kring.core.irt.coding import checked, coded, offered, patterns

NAN = float("nan")


def column(*codes: float) -> np.ndarray:
    return np.array(codes)[:, None]


def test_codes_that_nobody_gave_join_their_neighbour() -> None:
    assert offered(column(1, 2, 4, NAN), 0, (1, 4)) == ((1,), (2, 3), (4,))
    assert offered(column(3, 5), 0, (1, 6)) == ((1, 2, 3, 4), (5, 6))
    assert offered(column(3, 5), 0, None) == ((3, 4), (5,))
    assert offered(column(-1, 1), 0, None) == ((-1, 0), (1,))
    assert offered(column(2, 2), 0, (1, 4)) == ((1, 2, 3, 4),)
    assert offered(column(NAN, NAN), 0, (1, 4)) == ()


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(NotAColumn):
        checked(np.zeros(3))
    for words in ([["a", "b"]], [[1, 2], [1]]):
        with pytest.raises(NotNumbers):
            checked(words)
    for wrong in (np.inf, -np.inf, 1e300):
        with pytest.raises(BeyondMeasure):
            checked(column(1, wrong))
    with pytest.raises(CodeNotWhole) as refusal:
        checked(column(1, 0.5))
    assert (refusal.value.column, refusal.value.code) == (0, 0.5)
    with pytest.raises(CodeNotOffered):
        offered(column(1, 5), 0, (1, 4))
    with pytest.raises(CodeNotOffered):
        offered(column(1, 5), 0, (2, 5))
    with pytest.raises(TooManyCategories):
        offered(column(0, 100), 0, None)


def test_items_are_found_in_their_columns() -> None:
    answers = np.array([[9.0, 1.0], [9.0, NAN], [9.0, 4.0]])
    assert coded(answers, [1], [((1,), (2, 3), (4,))]).tolist() == [[0], [-1], [2]]
    for outside in (2, -1):
        with pytest.raises(ItemWithoutColumn):
            coded(answers, [outside], [((1,), (2,))])
    with pytest.raises(CodeNotOffered) as refusal:
        coded(answers, [1], [((1,), (2, 3))])
    assert refusal.value.code == 4


def test_what_is_masked_is_missing() -> None:
    masked = np.ma.masked_array([[1.0, 2.0]], [[True, False]])
    assert np.isnan(checked(masked)).tolist() == [[True, False]]


@given(st.lists(st.lists(st.integers(-1, 3), min_size=3, max_size=3), min_size=1, max_size=30))
def test_patterns_hold_every_person_once(rows: list[list[int]]) -> None:
    found = patterns(np.array(rows))
    assert found.counts.sum() == len(rows)
    assert found.categories[found.of_person].tolist() == rows
    assert found.categories.tolist() == sorted(found.categories.tolist())
    assert found.indicators([4, 4, 4]).sum() == (found.categories >= 0).sum()
