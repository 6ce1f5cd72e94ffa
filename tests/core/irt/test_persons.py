"""Abilities, sum scores and information of calibrated items."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import BeyondMeasure, NotAColumn
from kring.core.irt import (
    AbilityUnknown,
    GradedItem,
    NothingCalibrated,
    abilities,
    graded_response_model,
    item_information,
    rasch_by_mml,
    stored_items,
    sum_score_abilities,
)
from tests.core.irt.samples import dichotomous_item, graded_answers, yes_no

NAN = float("nan")
THREE = stored_items([dichotomous_item(j, difficulty=b) for j, b in enumerate((-1.0, 0.0, 1.0))])


def test_nobody_without_an_answer_gets_an_ability() -> None:
    found = abilities(np.array([[NAN, NAN, NAN], [1.0, NAN, NAN], [0.0, 1.0, NAN]]), THREE)
    assert np.isnan(found.theta).tolist() == [True, False, False]
    assert np.isnan(found.sd).tolist() == [True, False, False]
    assert (found.n, found.n_valid) == (3, 2)


def test_reliability_needs_persons_who_differ() -> None:
    for answers in (np.ones((5, 3)), np.ones((1, 3)), np.full((4, 3), NAN), np.zeros((0, 3))):
        assert abilities(answers, THREE).reliability is None


def test_the_order_of_the_persons_changes_nothing() -> None:
    answers = graded_answers(400)[:, :6]
    model = graded_response_model(answers)
    one, other = abilities(answers, model), abilities(answers[::-1], model)
    assert one.theta.tolist() == other.theta[::-1].tolist()
    assert (one.reliability, one.provenance) == (other.reliability, other.provenance)


def test_more_answers_make_more_precise() -> None:
    found = abilities(np.array([[1.0, NAN, NAN], [1.0, 0.0, NAN], [1.0, 0.0, 1.0]]), THREE)
    assert (np.diff(found.sd) < 0).all()


def test_abilities_are_found_again() -> None:
    answers = graded_answers(2000, mean=0.5, sd=1.5)
    draw = np.random.Generator(np.random.PCG64(1))
    theta = 0.5 + 1.5 * draw.normal(size=2000)
    found = abilities(answers, graded_response_model(answers))
    assert np.corrcoef(found.theta, theta)[0, 1] ** 2 == pytest.approx(found.reliability, abs=0.03)


def test_a_population_elsewhere_moves_the_abilities_with_it() -> None:
    moved = stored_items([dichotomous_item(j, 0.5, 10 + 2 * b) for j, b in enumerate((-1.0, 0.0, 1.0))], mean=10.0, sd=2.0)
    answers = np.array([[1.0, 0.0, 1.0], [0.0, NAN, 0.0]])
    here, there = abilities(answers, THREE), abilities(answers, moved)
    assert there.theta == pytest.approx(10 + 2 * here.theta)
    assert there.sd == pytest.approx(2 * here.sd)
    assert sum_score_abilities(moved).theta == pytest.approx(10 + 2 * sum_score_abilities(THREE).theta)
    information = item_information(moved, np.array([10.0, 12.0]))
    assert information.test == pytest.approx(item_information(THREE, np.array([0.0, 1.0])).test / 4)
    assert information.reliability == pytest.approx(item_information(THREE, np.array([])).reliability)


def test_in_the_rasch_model_the_sum_says_all() -> None:
    answers = yes_no(400, 5)
    model = rasch_by_mml(answers)
    by_sum = sum_score_abilities(model)
    assert abilities(answers, model).theta == pytest.approx(by_sum.theta[answers.sum(axis=1).astype(int)])


def test_a_sum_that_cannot_be_is_unknown() -> None:
    item = GradedItem(0, ((1,), (2, 3), (4,)), 1.0, (1.0, -1.0))
    found = sum_score_abilities(stored_items([item]))
    assert found.scores.tolist() == [1, 2, 3, 4]
    assert np.isnan(found.theta).tolist() == np.isnan(found.share).tolist() == np.isnan(found.sd).tolist() == [False, False, True, False]
    assert (found.n, found.n_valid) == (1, 1)


@given(st.lists(st.tuples(st.floats(0.2, 3), st.floats(-3, 3)), min_size=1, max_size=6))
def test_a_higher_sum_is_a_higher_ability_and_the_shares_add_up(drawn: list[tuple[float, float]]) -> None:
    found = sum_score_abilities(stored_items([dichotomous_item(j, slope, b) for j, (slope, b) in enumerate(drawn)]))
    assert (np.diff(found.theta) > 0).all()
    assert found.share.sum() == pytest.approx(1.0)


def test_information_is_asked_at_numbers() -> None:
    for wrong, refusal in ((np.array([0.0, NAN]), AbilityUnknown), (np.array([np.inf]), BeyondMeasure), (np.zeros((2, 2)), NotAColumn)):
        with pytest.raises(refusal):
            item_information(THREE, wrong)


def test_nothing_calibrated_says_nothing() -> None:
    nothing = graded_response_model(np.zeros((0, 3)))
    for ask in (
        lambda: abilities(np.ones((2, 3)), nothing),
        lambda: sum_score_abilities(nothing),
        lambda: item_information(nothing, np.zeros(1)),
    ):
        with pytest.raises(NothingCalibrated):
            ask()
