"""Counts, rates and standard scores."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import (
    ImpossibleChoices,
    Nominations,
    UnevenTables,
    cd83,
    cdc82,
    chosen_by_chance,
    indices,
    nb_pb,
    positive_only,
    received,
    standardised,
    structures,
)
from kring.core.sociometry.rates import Bools, mutual, z_scores
from kring.core.sociometry.rates import given as choices_given
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
    assert (counted.n, counted.n_valid) == (5, 5)


def test_all_equal_is_zero_for_all() -> None:
    everybody = full(7)
    assert received(everybody.positive, everybody.nominators).z.tolist() == [0.0] * 7


def test_a_pupil_whom_nobody_could_choose_has_no_rate() -> None:
    alone = received(np.zeros((1, 1), dtype=bool), np.ones(1, dtype=bool))
    assert alone.possible.tolist() == [0]
    assert np.isnan(alone.rate).all()
    assert np.isnan(alone.z).all()
    assert (alone.n, alone.n_valid) == (1, 0)


def test_the_only_nominator_can_be_chosen_by_nobody() -> None:
    counted = received(np.array([[False, True], [False, False]]), np.array([True, False]))
    assert counted.possible.tolist() == [0, 1]
    assert np.isnan(counted.rate[0])
    assert counted.rate[1] == 1.0


def test_a_list_without_pupils_has_no_counts() -> None:
    nobody = received(np.zeros((0, 0), dtype=bool), np.zeros(0, dtype=bool))
    assert (nobody.count.shape, nobody.z.shape, nobody.n) == ((0,), (0,), 0)


TABLE, BOTH = np.zeros((2, 2), dtype=bool), np.ones(2, dtype=bool)


@pytest.mark.parametrize(
    ("choices", "nominators", "listed"),
    [
        (TABLE[0], BOTH, BOTH),
        (TABLE, BOTH[:1], BOTH[:1]),
        (TABLE, BOTH, BOTH[:1]),
        (TABLE[None], BOTH, BOTH),
        (TABLE[0, 0, ...], BOTH, BOTH),
    ],
)
def test_refuses_tables_that_do_not_fit(choices: Bools, nominators: Bools, listed: Bools) -> None:
    with pytest.raises(UnevenTables) as refusal:
        received(choices, nominators, listed)
    assert refusal.value.choices == choices.shape


@pytest.mark.parametrize(
    ("cell", "nominators", "listed", "of"),
    [
        ((0, 0), (1, 1), (1, 1), "a pupil for oneself"),
        ((0, 1), (0, 1), (1, 1), "somebody who took no part"),
        ((0, 1), (1, 0), (1, 0), "or for somebody who is not on the list"),
        ((0, 1), (1, 1), (0, 1), "or for somebody who is not on the list"),
    ],
)
def test_refuses_choices_that_nobody_can_have_made(
    cell: tuple[int, int], nominators: tuple[int, int], listed: tuple[int, int], of: str
) -> None:
    choices = TABLE.copy()
    choices[cell] = True
    with pytest.raises(ImpossibleChoices) as refusal:
        received(choices, np.array(nominators, dtype=bool), np.array(listed, dtype=bool))
    assert refusal.value.of == of


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
        assert together.z[k, :n].tobytes() == one.z.tobytes()
        assert not together.count[k, n:].any()


@patient
@given(classes(), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_the_order_only(nominations: Nominations, chance: Random) -> None:
    order = list(range(len(nominations.pupils)))
    chance.shuffle(order)
    other = in_other_order(nominations, order)
    one, two = received(nominations.positive, nominations.nominators), received(other.positive, other.nominators)
    assert two.count.tolist() == one.count[order].tolist()
    assert two.z.tobytes() == one.z[order].tobytes()
    assert one.count.sum() == choices_given(nominations.positive).sum()


@pytest.mark.parametrize(
    ("choices", "nominators", "listed"),
    [
        (TABLE.astype(np.int64), BOTH, BOTH),
        (TABLE.astype(np.float32), BOTH, BOTH),
        (TABLE.tolist(), BOTH, BOTH),
        (TABLE, BOTH.astype(np.int64) * 2, None),
        (TABLE, BOTH, [True, True]),
        (None, BOTH, BOTH),
    ],
)
def test_refuses_what_is_no_array_of_yes_and_no(choices: Any, nominators: Any, listed: Any) -> None:
    of_two: list[Callable[..., object]] = [nb_pb, cd83, cdc82, standardised, indices]
    methods: list[Callable[..., object]] = [
        received,
        chosen_by_chance,
        positive_only,
        structures,
        *(partial(each, choices) for each in of_two),
    ]
    for method in methods:
        with pytest.raises(ImpossibleChoices) as refusal:
            method(choices, nominators, listed)
        assert refusal.value.of == "something else than an array of yes and no"
