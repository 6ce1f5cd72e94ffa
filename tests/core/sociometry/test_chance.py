"""What chance alone gives."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import (
    Chance,
    ImpossibleChoices,
    ImpossibleLevel,
    ImpossibleNumberOfChoices,
    Nominations,
    chosen_by_chance,
    classic_limits,
)
from kring.core.sociometry.chance import poisson_binomial
from tests.core.sociometry.classes import chosen, classes, full, in_other_order, patient, worked
from tests.core.sociometry.tables import padded


def of(nominations: Nominations) -> Chance:
    return chosen_by_chance(nominations.positive, nominations.nominators)


def test_the_distribution_of_two_coins() -> None:
    np.testing.assert_allclose(poisson_binomial(np.array([[0.5], [0.5]])).T, [[0.25, 0.5, 0.25]])
    np.testing.assert_allclose(poisson_binomial(np.array([[0.1], [0.3]])).T, [[0.63, 0.34, 0.03]])


@patient
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_probabilities_sum_to_one_and_the_mean_is_the_sum_of_the_rates(rates: list[float]) -> None:
    pmf = poisson_binomial(np.array(rates)[:, None])[:, 0]
    assert pmf.min() >= 0
    assert pmf.sum() == pytest.approx(1)
    assert pmf @ np.arange(len(rates) + 1) == pytest.approx(sum(rates), abs=1e-9)


def test_the_worked_class() -> None:
    found = of(worked())
    assert (found.expected[1], found.at_least[1], found.at_most[1]) == (1.0, 0.03125, 1.0)
    assert (found.observed.tolist(), found.n, found.n_valid) == ([1, 3, 1, 0, 0], 5, 5)


def by_hand(nominations: Nominations, pupil: int) -> tuple[float, float]:
    """P(X ≥ observed) and P(X ≤ observed), one nominator after the other."""
    pmf, others = np.array([1.0]), max(len(nominations.pupils) - 1, 1)
    for i in range(len(nominations.pupils)):
        if i != pupil and nominations.nominators[i]:
            p = nominations.positive[i].sum() / others
            pmf = np.convolve(pmf, [1 - p, p])
    count = nominations.positive[:, pupil].sum()
    return float(pmf[count:].sum()), float(pmf[: count + 1].sum())


@patient
@given(classes(smallest=1))
def test_every_probability_is_that_of_the_nominators_one_by_one(nominations: Nominations) -> None:
    found = of(nominations)
    expected = [by_hand(nominations, pupil) for pupil in range(len(nominations.pupils))]
    np.testing.assert_allclose(found.at_least, [high for high, _ in expected], atol=1e-12)
    np.testing.assert_allclose(found.at_most, [low for _, low in expected], atol=1e-12)


@patient
@given(classes(smallest=2))
def test_the_chance_band_holds_nine_tenths(nominations: Nominations) -> None:
    found = of(nominations)
    assert (found.low <= found.high).all()
    assert (found.low <= found.expected + 1).all()
    assert ((found.at_least >= 0) & (found.at_least <= 1)).all()
    assert (found.at_least + found.at_most >= 1 - 1e-9).all()


@patient
@given(classes(), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_no_bit(nominations: Nominations, dice: Random) -> None:
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    one, two = of(nominations), of(in_other_order(nominations, order))
    for name in ("expected", "at_least", "at_most", "low", "high"):
        assert getattr(one, name)[order].tobytes() == getattr(two, name).tobytes()


@patient
@given(st.lists(classes(largest=7), min_size=2, max_size=3))
def test_many_classes_at_once_give_what_each_gives(several: list[Nominations]) -> None:
    tables = padded(several)
    together = chosen_by_chance(tables.positive, tables.nominators, tables.listed)
    for k, nominations in enumerate(several):
        n, one = len(nominations.pupils), of(nominations)
        for name in ("expected", "at_least", "at_most", "low", "high"):
            assert getattr(together, name)[k, :n].tobytes() == getattr(one, name).tobytes()
        assert together.expected[k, n:].tolist() == [0.0] * (len(tables.listed[k]) - n)
        assert set(together.at_least[k, n:]) | set(together.at_most[k, n:]) <= {1.0}


def test_more_classes_than_fit_in_one_piece() -> None:
    one = full(3)
    choices, nominators = np.tile(one.positive, (2, 700, 1, 1)), np.ones((2, 700, 3), dtype=bool)
    found = chosen_by_chance(choices, nominators)
    assert (found.at_least.shape, found.n, set(found.at_most.ravel())) == ((2, 700, 3), 4200, {1.0})


def test_a_list_without_pupils_has_no_chance() -> None:
    assert chosen_by_chance(np.zeros((0, 0), dtype=bool), np.zeros(0, dtype=bool)).at_least.shape == (0,)
    assert chosen_by_chance(np.zeros((0, 3, 3), dtype=bool), np.zeros((0, 3), dtype=bool)).n == 0


def test_the_classic_version_takes_one_rate_for_all() -> None:
    found = chosen_by_chance(worked().positive, worked().nominators, choices_each=2)
    np.testing.assert_allclose(found.at_least[1], 0.5**3)
    np.testing.assert_allclose(found.expected, [1.5, 1.5, 1.5, 1.5, 2.0])


def test_the_limits_of_a_class_in_which_everybody_gives_three_choices() -> None:
    limits = classic_limits(26, choices_each=3)
    assert (limits.often_from, limits.seldom_up_to, limits.n, limits.n_valid) == (7, 0, 26, 26)
    assert classic_limits(26, choices_each=6).seldom_up_to == 2


def test_no_number_is_rare_when_everybody_chooses_everybody() -> None:
    limits = classic_limits(4, choices_each=3)
    assert (limits.often_from, limits.seldom_up_to) == (None, 2)


def test_at_another_level_more_is_rare() -> None:
    assert classic_limits(26, choices_each=3, level=0.10).often_from == 6
    found = of(chosen("ABCD", "AB CB"))
    assert found.at_least[1] == pytest.approx(1 / 9)
    assert found.rarely_more().tolist() == [False] * 4
    assert found.rarely_more(0.12).tolist() == [False, True, False, False]
    assert found.rarely_less(0.5).tolist() == [False, False, False, True]


@pytest.mark.parametrize(("listed", "choices_each"), [(4, 0), (4, 4), (1, 1), (0, 0)])
def test_refuses_a_number_of_choices_that_cannot_be(listed: int, choices_each: int) -> None:
    with pytest.raises(ImpossibleNumberOfChoices) as refusal:
        classic_limits(listed, choices_each=choices_each)
    assert (refusal.value.listed, refusal.value.choices_each) == (listed, choices_each)


@pytest.mark.parametrize("choices_each", [0, 5, float("nan")])
def test_refuses_choices_for_each_that_nobody_can_give(choices_each: int) -> None:
    """With more choices than classmates everybody would be chosen for certain, and all others would look neglected."""
    with pytest.raises(ImpossibleNumberOfChoices) as refusal:
        chosen_by_chance(worked().positive, worked().nominators, choices_each=choices_each)
    assert refusal.value.listed == 5


def test_the_smallest_class_that_chooses_limits_the_choices_for_each() -> None:
    listed = np.array([[True] * 4, [True, True, True, False], [True, False, False, False], [True, True, False, False]])
    nominators, choices = listed & np.array([True, True, True, False])[:, None], np.zeros((4, 4, 4), dtype=bool)
    assert chosen_by_chance(choices, nominators, listed, choices_each=2).n == 10
    with pytest.raises(ImpossibleNumberOfChoices) as refusal:
        chosen_by_chance(choices, nominators, listed, choices_each=3)
    assert refusal.value.listed == 3


def test_refuses_a_choice_of_oneself() -> None:
    with pytest.raises(ImpossibleChoices):
        chosen_by_chance(np.eye(2, dtype=bool), np.ones(2, dtype=bool))


@pytest.mark.parametrize("level", [0.0, 1.0, -0.1, float("nan")])
def test_refuses_a_level_that_is_no_probability(level: float) -> None:
    with pytest.raises(ImpossibleLevel):
        classic_limits(26, choices_each=3, level=level)
