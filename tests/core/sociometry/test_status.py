"""Status groups and the chance behind them."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import Chosen, Nominations, Status, nb_pb, status_results
from kring.core.sociometry.chance import chance, poisson_binomial
from kring.core.sociometry.rates import given as choices_given
from tests.core.sociometry.classes import chosen, classes, full, in_other_order, patient
from tests.reference.class26 import class26


def test_the_distribution_of_two_coins() -> None:
    np.testing.assert_allclose(poisson_binomial(np.array([[0.5], [0.5]])), [[0.25, 0.5, 0.25]])
    np.testing.assert_allclose(poisson_binomial(np.array([[0.1], [0.3]])), [[0.63, 0.34, 0.03]])


@patient
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_probabilities_sum_to_one_and_the_mean_is_the_sum_of_the_rates(rates: list[float]) -> None:
    pmf = poisson_binomial(np.array(rates)[:, None])[0]
    assert pmf.sum() == pytest.approx(1)
    assert pmf @ np.arange(len(rates) + 1) == pytest.approx(sum(rates), abs=1e-9)


@pytest.mark.parametrize("nominations", [chosen("ABCDE", ""), full(6), chosen("A", "")])
def test_when_all_are_equal_nobody_stands_out(nominations: Nominations) -> None:
    assert set(status_results(nominations).positive_only) == {Chosen.ORDINARY}


def test_all_equal_with_rejections_is_average_for_all() -> None:
    found = status_results(chosen("ABCDE", "", negative=""))
    assert found.nb_pb == found.cd83 == (Status.AVERAGE,) * 5
    assert found.agree == (True,) * 5


def test_without_a_negative_question_only_the_positive_method_speaks() -> None:
    found = status_results(chosen("ABC", "AB"))
    assert (found.nb_pb, found.cd83, found.agree) == (None, None, None)


def test_often_and_seldom_chosen() -> None:
    pupils = "ABCDEFGHIJ"
    all_but_j = " ".join(f"{a}{b}" for i, a in enumerate(pupils) for b in (pupils[(i + k) % 10] for k in range(1, 7)) if b != "J")
    found = status_results(chosen(pupils, all_but_j)).positive_only
    assert found[9] is Chosen.SELDOM
    one_star = " ".join(f"{a}A" for a in pupils[1:])
    assert status_results(chosen(pupils, one_star)).positive_only[0] is Chosen.OFTEN


def test_with_few_choices_each_nobody_can_be_seldom_chosen() -> None:
    """Not chosen at all has probability .072 when 24 nominators give 2.6 choices each in a class of 26."""
    found = status_results(class26(1))
    assert found.chance.observed[3] == 0
    assert Chosen.SELDOM not in found.positive_only


def test_agreement_says_where_the_methods_say_the_same() -> None:
    pupils = "ABCDEFGHIJ"
    found = status_results(chosen(pupils, " ".join(f"{a}A" for a in pupils[1:]), negative=" ".join(f"{a}J" for a in pupils[:9])))
    assert found.nb_pb is not None
    assert found.cd83 is not None
    assert found.nb_pb[0] is found.cd83[0] is Status.POPULAR
    assert found.nb_pb[9] is found.cd83[9] is Status.REJECTED
    assert found.agree == tuple(a is b for a, b in zip(found.nb_pb, found.cd83))


@patient
@given(classes(negatives=True), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_the_order_only(nominations: Nominations, dice: Random) -> None:
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    one, two = status_results(nominations), status_results(in_other_order(nominations, order))
    assert one.nb_pb is not None
    assert one.cd83 is not None
    assert two.positive_only == tuple(one.positive_only[i] for i in order)
    assert two.nb_pb == tuple(one.nb_pb[i] for i in order)
    assert two.cd83 == tuple(one.cd83[i] for i in order)


@patient
@given(st.lists(classes(largest=7, negatives=True), min_size=2, max_size=3))
def test_many_classes_at_once_give_what_each_gives(several: list[Nominations]) -> None:
    size = max(len(c.pupils) for c in several)
    positive, negative = (np.zeros((len(several), size, size), dtype=bool) for _ in range(2))
    took_part, listed = (np.zeros((len(several), size), dtype=bool) for _ in range(2))
    for k, one in enumerate(several):
        n = len(one.pupils)
        assert one.negative is not None
        positive[k, :n, :n], negative[k, :n, :n], took_part[k, :n], listed[k, :n] = one.positive, one.negative, one.nominators, True
    together = nb_pb(positive, negative, took_part, listed)
    for k, one in enumerate(several):
        assert one.negative is not None
        assert together[k, : len(one.pupils)].tolist() == nb_pb(one.positive, one.negative, one.nominators).tolist()


@patient
@given(classes(smallest=2))
def test_the_chance_band_holds_nine_tenths(nominations: Nominations) -> None:
    found = chance(nominations.positive.sum(axis=0), choices_given(nominations.positive), nominations.nominators)
    assert (found.low <= found.high).all()
    assert (found.low <= found.expected + 1).all()
    assert ((found.at_least >= 0) & (found.at_least <= 1 + 1e-9)).all()
    assert (found.at_least + found.at_most >= 1 - 1e-9).all()


def test_blind_choosing_is_rarely_called_often_chosen() -> None:
    """Under chance alone at most one in twenty is "often chosen": the counts are whole, so in fact fewer."""
    generator = np.random.Generator(np.random.PCG64(20261122))
    n, k, repeats = 25, 5, 200
    order = np.argsort(generator.random((repeats, n, n)) + 2 * np.eye(n), axis=-1)[..., :k]
    choices = np.zeros((repeats, n, n), dtype=bool)
    np.put_along_axis(choices, order, np.bool_(1), axis=-1)
    found = chance(choices.sum(axis=-2), choices_given(choices), np.ones((repeats, n), dtype=bool))
    assert 0.01 < found.rarely_more.mean() <= 0.05
    assert found.rarely_less.mean() <= 0.05
