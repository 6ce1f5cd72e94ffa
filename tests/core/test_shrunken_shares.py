"""Shrunken shares: edges and laws. The numbers of the twelve classes stand in tests/reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.instruments import NumberOutsideBounds
from kring.core.intervals import ImpossibleCount, NotAnInterval
from kring.core.shrunken_shares import NoShrinkage, shrunken_shares

X = [1, 10, 4, 2, 13, 0, 3, 9, 1, 12, 1, 6]
N = [24, 26, 22, 18, 28, 12, 25, 27, 20, 29, 15, 23]
CLASSES = st.lists(st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=14)


def test_from_ten_classes_on_they_are_shown() -> None:
    assert [shrunken_shares(X[:k], N[:k]).shown for k in (9, 10, 12)] == [False, True, True]


def test_a_class_without_pupils_stays_in_its_place() -> None:
    found, plain = shrunken_shares([*X, 0], [*N, 0]), shrunken_shares(X, N)
    assert found.shrunken[:-1].tolist() == plain.shrunken.tolist()
    assert np.isnan([found.shrunken[-1], found.low[-1], found.high[-1], found.p_above[-1]]).all()
    assert (found.classes, found.n, found.n_valid) == (12, 269, 269)


@pytest.mark.parametrize(
    ("x", "n", "share", "hindrance"),
    [
        ([], [], None, NoShrinkage.TOO_FEW_CLASSES),
        ([0], [0], None, NoShrinkage.TOO_FEW_CLASSES),
        ([3], [10], 0.3, NoShrinkage.TOO_FEW_CLASSES),
        ([0, 0], [10, 12], 0.0, NoShrinkage.NONE_OR_ALL),
        ([10, 12], [10, 12], 1.0, NoShrinkage.NONE_OR_ALL),
        ([0, 10, 10, 0], [10, 10, 10, 10], 0.5, NoShrinkage.NOTHING_BUT_DIFFERENCES),
    ],
)
def test_what_cannot_be_shrunken(x: list[int], n: list[int], share: float | None, hindrance: NoShrinkage) -> None:
    found = shrunken_shares(x, n)
    assert (found.share, found.strength, found.share_ml, found.hindrance, found.shown) == (share, None, None, hindrance, False)
    assert np.isnan([found.shrunken, found.low, found.high, found.p_above]).all()


@pytest.mark.parametrize("n", [[10] * 12, [1] * 12])
def test_classes_that_differ_no_more_than_chance_get_the_share_of_all(n: list[int]) -> None:
    x = [size // 2 if size > 1 else place % 2 for place, size in enumerate(n)]
    found = shrunken_shares(x, n)
    assert (found.rho, found.strength, found.hindrance, found.shown) == (0.0, None, NoShrinkage.NO_DIFFERENCES, False)
    assert found.shrunken.tolist() == [found.share] * 12
    assert np.isnan([found.low, found.high, found.p_above]).all()


def test_a_likelihood_without_a_top_gives_no_check() -> None:
    # By moments these three differ a very little, by likelihood not at all.
    found = shrunken_shares([1, 5, 2], [10, 14, 8])
    assert found.rho == pytest.approx(0.0030476190476190525)
    assert (found.hindrance, found.share_ml, found.strength_ml) == (None, None, None)


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (6, 5), (2.5, 5), (2, 5.5), (float("nan"), 5), (1, float("nan"))])
def test_a_count_lies_between_nothing_and_all(x: float, n: float) -> None:
    with pytest.raises(ImpossibleCount):
        shrunken_shares([1, x], [5, n])


def test_levels_and_limits_lie_between_0_and_1() -> None:
    with pytest.raises(NotAnInterval):
        shrunken_shares(X, N, level=1.0)
    with pytest.raises(NumberOutsideBounds):
        shrunken_shares(X, N, above=0.0)


@given(CLASSES)
def test_a_shrunken_share_lies_between_its_own_and_that_of_all(classes: list[tuple[int, int]]) -> None:
    x, n = np.array(classes, dtype=float).T
    found = shrunken_shares(x, n)
    if found.hindrance is None and found.share is not None:
        low, high = np.minimum(x / n, found.share), np.maximum(x / n, found.share)
        assert ((low - 1e-12 <= found.shrunken) & (found.shrunken <= high + 1e-12)).all()
        assert ((found.low >= 0) & (found.low <= found.high) & (found.high <= 1)).all()
        assert ((found.p_above >= 0) & (found.p_above <= 1)).all()


@given(CLASSES)
def test_no_order_of_the_classes_changes_a_bit(classes: list[tuple[int, int]]) -> None:
    x, n = np.array(classes, dtype=float).T
    found, back = shrunken_shares(x, n), shrunken_shares(x[::-1], n[::-1])
    assert found.shrunken.tobytes() == back.shrunken[::-1].tobytes()
    assert (found.rho, found.share_ml, found.strength_ml, found.provenance) == (back.rho, back.share_ml, back.strength_ml, back.provenance)
