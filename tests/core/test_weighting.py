"""Raking, trimming and effective n: worked examples, refusals and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.class_sums import ClassLabelsOfNoKind
from kring.core.columns import NotNumbers, UnequalColumns
from kring.core.instruments import NumberOutsideBounds
from kring.core.weighting import NobodyToWeigh, SharesThatDoNotAddUp, UnknownCategory, effective_sample_size, rake


def members(n: int, seed: int) -> np.ndarray:
    draw = np.random.default_rng(seed)
    return np.column_stack([draw.choice(3, n, p=(0.5, 0.3, 0.2)), draw.choice(2, n, p=(0.4, 0.6))]).astype(float)


@given(st.integers(60, 400), st.integers(0, 10**6))
def test_raking_reaches_the_shares(n: int, seed: int) -> None:
    found = rake(members(n, seed), [(0.3, 0.3, 0.4), (0.5, 0.5)], trim=1e6)
    assert (found.reached, found.trimmed) == (True, 0)
    for stratum in found.strata:
        assert stratum.weighted == pytest.approx(stratum.population, abs=1e-9)
    assert found.weights.mean() == pytest.approx(1)
    assert found.efficiency is not None
    assert 1 / n <= found.efficiency <= 1


def test_a_sample_that_is_right_keeps_its_weights() -> None:
    found = rake(np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float), [(0.5, 0.5), (0.5, 0.5)])
    assert (found.weights.tolist(), found.efficiency, found.largest_gap) == ([1.0] * 4, 1.0, 0.0)
    assert [(each.characteristic, each.category, each.n, each.sample) for each in found.strata] == [
        (0, 0, 2, 0.5),
        (0, 1, 2, 0.5),
        (1, 0, 2, 0.5),
        (1, 1, 2, 0.5),
    ]


def test_no_weight_is_more_than_five_times_the_median() -> None:
    """One of a hundred stands for a third of the country: its weight of 49.5 is held at 5, and the gap is told."""
    found = rake(np.array([[0.0]] * 99 + [[1.0]]), [(2 / 3, 1 / 3)])
    assert found.weights[-1] / np.median(found.weights) == pytest.approx(5)
    assert (found.trimmed, found.reached) == (1, False)
    assert found.largest_gap == pytest.approx(1 / 3 - 5 / 104)


def test_trimming_leaves_room_for_the_others_to_make_up() -> None:
    """The cell that is too heavy shares both its characteristics with others, who can carry what it may not."""
    rows = [[0, 0]] * 60 + [[0, 1]] * 25 + [[1, 0]] * 25 + [[1, 1]] * 1
    heavy = rake(np.array(rows, dtype=float), [(0.32, 0.68), (0.32, 0.68)], trim=1e6)
    trimmed = rake(np.array(rows, dtype=float), [(0.32, 0.68), (0.32, 0.68)])
    assert heavy.weights.max() > 5 * np.median(heavy.weights)
    assert trimmed.weights.max() <= 5 * np.median(trimmed.weights) * (1 + 1e-9)
    assert trimmed.largest_gap is not None


def test_an_unknown_category_is_left_out_and_counted() -> None:
    found = rake(np.array([[0.0], [1.0], [np.nan]]), [(0.5, 0.5)])
    assert (found.n, found.n_valid, np.isnan(found.weights).tolist()) == (3, 2, [False, False, True])
    nobody = rake(np.array([[np.nan]]), [(0.5, 0.5)])
    assert (nobody.n_valid, nobody.efficiency, nobody.largest_gap, nobody.strata) == (0, None, None, ())


def test_without_characteristics_everybody_weighs_the_same() -> None:
    assert rake(np.zeros((3, 0)), []).weights.tolist() == [1.0, 1.0, 1.0]


def test_shares_that_contradict_each_other_are_told_as_a_gap() -> None:
    """Both characteristics are the same column, but are to have other shares."""
    found = rake(np.array([[0, 0], [1, 1]], dtype=float), [(0.5, 0.5), (0.25, 0.75)])
    assert found.reached is False
    assert found.largest_gap == pytest.approx(0.25)


def test_the_order_of_persons_changes_nothing() -> None:
    rows, mixed = members(300, 1), np.random.default_rng(2).permutation(300)
    first, second = rake(rows, [(0.3, 0.3, 0.4), (0.5, 0.5)]), rake(rows[mixed], [(0.3, 0.3, 0.4), (0.5, 0.5)])
    assert (first.weights[mixed].tobytes(), first.strata, first.provenance) == (second.weights.tobytes(), second.strata, second.provenance)


@pytest.mark.parametrize("shares", [(0.5, 0.6), (0.0, 1.0), (1.5, -0.5), (0.5, np.nan)])
def test_shares_add_up(shares: tuple[float, float]) -> None:
    with pytest.raises(SharesThatDoNotAddUp):
        rake(np.array([[0.0], [1.0]]), [shares])


def test_bad_input_is_refused() -> None:
    rows = np.array([[0.0], [1.0]])
    with pytest.raises(NobodyToWeigh) as nobody:
        rake(rows, [(0.2, 0.2, 0.6)])
    assert (nobody.value.characteristic, nobody.value.category) == (0, 2)
    for category in (2.0, 0.5, -1.0):
        with pytest.raises(UnknownCategory):
            rake(np.array([[0.0], [category]]), [(0.5, 0.5)])
    with pytest.raises(UnequalColumns):
        rake(rows, [(0.5, 0.5), (0.5, 0.5)])
    with pytest.raises(NumberOutsideBounds):
        rake(rows, [(0.5, 0.5)], trim=0.5)
    with pytest.raises(NotNumbers):
        rake(rows, [("a", "b")])  # type: ignore[list-item]


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0.1, 10)), min_size=1, max_size=60), st.floats(0, 1))
def test_nobody_is_worth_more_than_one(rows: list[tuple[int, float]], icc: float) -> None:
    found = effective_sample_size([school for school, _ in rows], [weight for _, weight in rows], icc=icc)
    assert found.value is not None
    assert 0 < found.value <= len(rows) * (1 + 1e-12)


def test_effective_sample_size_of_weighted_clusters() -> None:
    found = effective_sample_size(["a", "a", "b", "b", "b"], [1.0, 3.0, 1.0, 0.0, np.nan], icc=0.5)
    assert (found.n, found.n_valid) == (5, 3)
    assert found.efficiency == pytest.approx(25 / 33)
    assert found.design_effect == pytest.approx(1 + (5 / 3 - 1) * 0.5)
    assert found.value == pytest.approx(3 * 25 / 33 / (4 / 3))


def test_weights_of_any_size_are_worth_the_same() -> None:
    for size in (1e-200, 1e-30, 1.0, 1e29):
        assert effective_sample_size(["a", "b", "c"], [size, size, 2 * size], icc=0.0).value == pytest.approx(16 / 6)


def test_clusters_are_named_by_numbers_and_words() -> None:
    assert effective_sample_size([1, 1, "a"], icc=0.5).design_effect == pytest.approx(1 + (5 / 3 - 1) * 0.5)


def test_effective_sample_size_of_nobody_and_of_bad_input() -> None:
    found = effective_sample_size([], icc=0.1)
    assert (found.value, found.efficiency, found.design_effect, found.n) == (None, None, None, 0)
    assert effective_sample_size(["a"], [0.0], icc=0.1).value is None
    with pytest.raises(UnequalColumns):
        effective_sample_size(["a"], [1.0, 1.0], icc=0.1)
    for labels in ([None, "a"], [1.5, 2.5], [[1, 2], [1, 2]], "abc"):
        with pytest.raises(ClassLabelsOfNoKind):
            effective_sample_size(labels, icc=0.1)  # type: ignore[arg-type]
    with pytest.raises(NumberOutsideBounds):
        effective_sample_size(["a"], [-1.0], icc=0.1)
    with pytest.raises(NumberOutsideBounds):
        effective_sample_size(["a"], icc=1.5)
