"""Counts, rates and standard scores."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import Nominations, mutual, received
from kring.core.sociometry import given as choices_given
from kring.core.sociometry.rates import z_scores
from tests.core.sociometry.classes import classes, full, in_other_order, patient, worked


def test_the_worked_class() -> None:
    nominations = worked()
    counted = received(nominations.positive, nominations.nominators)
    assert counted.count.tolist() == [1, 3, 1, 0, 0]
    assert counted.possible.tolist() == [3, 3, 3, 3, 4]
    np.testing.assert_allclose(counted.rate, [1 / 3, 1, 1 / 3, 0, 0])
    np.testing.assert_allclose(counted.z, [0, 1.632993, 0, -0.816497, -0.816497], atol=1e-6)
    assert choices_given(nominations.positive).tolist() == [2, 1, 1, 1, 0]
    assert np.argwhere(mutual(nominations.positive)).tolist() == [[0, 1], [1, 0]]


def test_all_equal_is_zero_for_all() -> None:
    everybody = full(7)
    assert received(everybody.positive, everybody.nominators).z.tolist() == [0.0] * 7


def test_a_pupil_whom_nobody_could_choose_has_no_rate() -> None:
    alone = received(np.zeros((1, 1), dtype=bool), np.ones(1, dtype=bool))
    assert alone.possible.tolist() == [0]
    assert np.isnan(alone.rate).all()
    assert np.isnan(alone.z).all()


def test_one_value_is_its_own_mean() -> None:
    assert z_scores(np.array([3.0, np.nan]), np.array([True, True]))[0] == 0.0


@patient
@given(st.lists(classes(largest=9), min_size=1, max_size=4))
def test_many_classes_at_once_give_what_each_gives(several: list[Nominations]) -> None:
    size = max(len(c.pupils) for c in several)
    choices, took_part, listed = (np.zeros((len(several), *shape), dtype=bool) for shape in ((size, size), (size,), (size,)))
    for k, nominations in enumerate(several):
        n = len(nominations.pupils)
        choices[k, :n, :n], took_part[k, :n], listed[k, :n] = nominations.positive, nominations.nominators, True
    together = received(choices, took_part, listed)
    for k, nominations in enumerate(several):
        n, one = len(nominations.pupils), received(nominations.positive, nominations.nominators)
        assert together.count[k, :n].tolist() == one.count.tolist()
        assert together.possible[k, :n].tolist() == one.possible.tolist()
        np.testing.assert_allclose(together.z[k, :n], one.z, atol=1e-12)
        assert not together.count[k, n:].any()


@patient
@given(classes(), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_the_order_only(nominations: Nominations, chance: Random) -> None:
    order = list(range(len(nominations.pupils)))
    chance.shuffle(order)
    other = in_other_order(nominations, order)
    one, two = received(nominations.positive, nominations.nominators), received(other.positive, other.nominators)
    assert two.count.tolist() == one.count[order].tolist()
    np.testing.assert_allclose(two.z, one.z[order], atol=1e-12)
    assert one.count.sum() == choices_given(nominations.positive).sum()
