"""Calibration by marginal maximum likelihood: laws, bad input, outcomes with a name."""

from itertools import product

import numpy as np
import pytest

from kring.core.irt import (
    GradedItem,
    ImpossibleItem,
    ImpossiblePopulation,
    ItemNotDichotomous,
    ItemTwice,
    Reason,
    graded_response_model,
    rasch_by_mml,
    stored_items,
    two_parameter_model,
)
from kring.core.irt.calibration import form_of, start_of
from kring.core.irt.curves import NODES, places_of
from kring.core.irt.designs import designed
from kring.core.irt.marginal import Likelihood, Point, climbed, maximised, solved
from tests.core.irt.samples import dichotomous_item, graded_answers, yes_no

NAN = float("nan")
ALL_PATTERNS = np.repeat(np.array(list(product([0.0, 1.0], repeat=4))), 20, axis=0)
LADDER = np.repeat(np.tril(np.ones((6, 5)), -1), 100, axis=0)


def likelihood_of(answers: np.ndarray) -> Likelihood:
    form = form_of(answers, None)
    design = designed(form.places, start_of(form), np.zeros(form.places.total, dtype=bool))
    return Likelihood(form.places, design, form.patterns.indicators(form.places.sizes), form.patterns.counts.astype(float))


def prepared(likelihood: Likelihood, free: np.ndarray) -> Point:
    point = likelihood.at(free)
    point.prepare()
    return point


def test_the_order_of_the_persons_changes_nothing() -> None:
    answers = graded_answers(300)[:, :5]
    answers[::7, 2] = NAN
    one, other = graded_response_model(answers), graded_response_model(answers[::-1])
    assert (one.items, one.loglik, one.provenance) == (other.items, other.loglik, other.provenance)


def test_derivatives_are_those_of_the_likelihood() -> None:
    answers = graded_answers(200)[:, :4]
    answers[::5, 1] = NAN
    likelihood = likelihood_of(answers)
    free = likelihood.design.start + 0.05
    point, step = prepared(likelihood, free), 1e-5
    moves = step * np.eye(len(free))
    gradient = [(likelihood.at(free + move).loglik - likelihood.at(free - move).loglik) / (2 * step) for move in moves]
    assert point.gradient == pytest.approx(np.array(gradient), abs=1e-5)
    bends = [(prepared(likelihood, free - move).gradient - prepared(likelihood, free + move).gradient) / (2 * step) for move in moves]
    assert point.observed() == pytest.approx(np.array(bends), abs=1e-5)


def test_probabilities_add_up_and_stay_exact_far_out() -> None:
    places = places_of([4, 2])
    parameters = np.array([9.0, 3.0, 2.0, -40.0, 0.5, 0.0])
    chances = np.exp(places.log_probabilities(parameters, NODES))
    assert np.add.reduceat(chances, places.starts, axis=0) == pytest.approx(np.ones((2, 61)))
    assert np.isfinite(places.log_probabilities(parameters, np.array([-50.0, 50.0]))).all()


def test_turning_the_codes_round_turns_the_difficulties_round() -> None:
    answers = graded_answers(600)[:, :5]
    one, other = graded_response_model(answers), graded_response_model(5 - answers)
    for item, turned in zip(one.items, other.items):
        assert item.slope == pytest.approx(turned.slope, abs=1e-5)
        assert item.intercepts == pytest.approx([-each for each in reversed(turned.intercepts)], abs=1e-5)


def test_an_item_that_was_not_turned_gets_a_negative_slope() -> None:
    answers = graded_answers(600)[:, :5]
    answers[:, 0] = 5 - answers[:, 0]
    found = graded_response_model(answers)
    assert [item.slope > 0 for item in found.items] == [False, True, True, True, True]


def test_missing_answers_are_skipped_and_nobody_is_made_up() -> None:
    answers = graded_answers(600)[:, :5]
    answers[0], answers[1:300, 4] = NAN, NAN
    found = graded_response_model(answers)
    assert (found.n, found.n_valid, found.for_use) == (600, 599, True)
    without = graded_response_model(answers[1:])
    assert (found.items, found.loglik) == (without.items, without.loglik)


def test_an_empty_category_is_joined_and_recorded() -> None:
    answers = graded_answers(600)[:, :5]
    answers[answers[:, 1] == 3, 1] = 2
    found = graded_response_model(answers, categories=(1, 4))
    assert [item.collapsed for item in found.items] == [(), ((2, 3),), (), (), ()]
    assert len(found.items[1].intercepts) == 2


def test_a_column_without_variance_is_dropped_and_listed() -> None:
    answers = np.column_stack([np.full(600, 2.0), graded_answers(600)[:, :4], np.full(600, NAN)])
    found = graded_response_model(answers)
    assert (found.dropped, [item.column for item in found.items]) == ((0, 5), [1, 2, 3, 4])


@pytest.mark.parametrize(
    "answers", [np.zeros((0, 4)), np.zeros((4, 0)), np.full((5, 3), NAN), np.ones((600, 4))], ids=["0×4", "4×0", "missing", "equal"]
)
def test_nothing_to_calibrate(answers: np.ndarray) -> None:
    for model in (graded_response_model, two_parameter_model, rasch_by_mml):
        found = model(answers)
        assert (found.items, found.converged, found.for_use, found.loglik) == ((), False, False, None)
        assert (found.n, found.n_valid, found.reason) == (len(answers), 0, Reason.NOBODY)


def test_two_items_are_too_few_to_tell_slopes() -> None:
    assert two_parameter_model(yes_no(600, 2)).reason is Reason.TOO_FEW_ITEMS
    assert rasch_by_mml(yes_no(600, 1)).reason is Reason.TOO_FEW_ITEMS
    assert rasch_by_mml(yes_no(600, 2)).reason is None


def test_below_500_persons_not_for_use_and_for_rasch_200() -> None:
    answers = yes_no(500, 5)
    assert (two_parameter_model(answers).reason, two_parameter_model(answers[:499]).reason) == (None, Reason.TOO_FEW_PERSONS)
    assert (rasch_by_mml(answers[:200]).reason, rasch_by_mml(answers[:199]).reason) == (None, Reason.TOO_FEW_PERSONS)
    assert (rasch_by_mml(answers[:199]).converged, rasch_by_mml(answers[:199]).for_use) == (True, False)


def test_three_answers_are_not_for_the_models_of_two() -> None:
    for model in (two_parameter_model, rasch_by_mml):
        with pytest.raises(ItemNotDichotomous):
            model(graded_answers(50)[:, :4])


@pytest.mark.parametrize("n", [1, 2, 3, 5, 8])
def test_fewer_persons_than_items_end_with_a_reason(n: int) -> None:
    assert graded_response_model(graded_answers(n)).for_use is False


def test_separated_answers_diverge() -> None:
    for found in (two_parameter_model(LADDER), rasch_by_mml(LADDER)):
        assert (found.converged, found.reason) == (False, Reason.DIVERGES)
        assert [item.slope_se for item in found.items] == [None] * 5


def test_items_that_say_nothing_identify_nothing() -> None:
    assert two_parameter_model(ALL_PATTERNS).reason is Reason.NOT_IDENTIFIED
    assert rasch_by_mml(ALL_PATTERNS).reason is Reason.NO_SPREAD


def test_answers_by_chance_come_to_rest_too() -> None:
    answers = np.random.Generator(np.random.PCG64(1)).integers(1, 5, size=(3000, 6)).astype(float)
    found = graded_response_model(answers)
    assert (found.converged or found.reason is Reason.NOT_IDENTIFIED, found.steps < 60) == (True, True)


def test_the_rasch_model_has_slopes_of_one_and_a_spread() -> None:
    found = rasch_by_mml(yes_no(2000, 6))
    assert ([item.slope for item in found.items], found.common_slope, found.fixed) == ([1.0] * 6, True, ())
    assert [item.slope_se for item in found.items] == [None] * 6
    assert found.sd_se
    assert abs(found.sd - 1) < 3 * found.sd_se
    assert (found.mean, found.mean_se) == (0.0, None)


def test_standard_errors_cover_what_made_the_answers() -> None:
    found = [rasch_by_mml(yes_no(300, 4, seed=seed)) for seed in range(60)]
    inside = [
        abs(-item.intercepts[0] - truth) < 1.96 * (item.intercept_ses or (0.0,))[0]
        for each in found
        for item, truth in zip(each.items, np.linspace(-1, 1, 4))
    ]
    assert 0.91 < np.mean(inside) < 0.99


def test_a_search_that_is_cut_short_says_so() -> None:
    cut = maximised(likelihood_of(graded_answers(300)[:, :4]), most_steps=2)
    assert (cut.reason, cut.covariance, cut.steps) == (Reason.UNFINISHED, None, 2)


def test_without_persons_there_is_no_way_up() -> None:
    likelihood = likelihood_of(graded_answers(50)[:, :4])
    nobody = Likelihood(likelihood.places, likelihood.design, likelihood.chosen, np.zeros(len(likelihood.chosen)))
    assert maximised(nobody).reason is Reason.UNFINISHED


def test_steps_that_are_none() -> None:
    assert solved(np.array([[1.0, 2.0], [2.0, 1.0]]), np.ones(2)) is None  # curved upwards
    assert solved(np.zeros((2, 2)), np.ones(2)) is None
    likelihood = likelihood_of(graded_answers(100)[:, :4])
    point = prepared(likelihood, likelihood.design.start)
    assert climbed(point, -1e9 * point.gradient) is None


def test_items_from_elsewhere() -> None:
    found = stored_items([dichotomous_item(0, 2.0, -1.5)], mean=0.2, sd=1.1)
    assert (found.n, found.mean, found.sd, found.for_use, found.items[0].difficulties) == (0, 0.2, 1.1, True, (-1.5,))
    assert stored_items([]).reason is Reason.TOO_FEW_ITEMS
    for mean, sd in ((NAN, 1.0), (0.0, 0.0), (0.0, NAN), (np.inf, 1.0), (0.0, 1e300), (0.0, 1e-300)):
        with pytest.raises(ImpossiblePopulation):
            stored_items([dichotomous_item(0)], mean=mean, sd=sd)


def test_an_item_counts_once() -> None:
    with pytest.raises(ItemTwice) as refusal:
        stored_items([dichotomous_item(0), dichotomous_item(1), dichotomous_item(1, 2.0)])
    assert refusal.value.column == 1


def test_a_flat_item_has_no_difficulty() -> None:
    assert dichotomous_item(0, 0.0).difficulties == (None,)


@pytest.mark.parametrize(
    ("codes", "slope", "intercepts"),
    [
        (((0,), (1,)), NAN, (0.0,)),
        (((0,), (1,)), 1.0, (NAN,)),
        (((0,), (1,)), 1e300, (0.0,)),
        (((0,), (1,)), 1.0, (-1e300,)),
        (((0,), (1,), (2,)), 1.0, (0.0, 1.0)),
        (((0,), (1,), (2,)), 1.0, (0.0,)),
        (((0,),), 1.0, ()),
        (((1,), (0,)), 1.0, (0.0,)),
        (((1,), ()), 1.0, (0.0,)),
    ],
)
def test_impossible_items_are_refused(codes: tuple[tuple[int, ...], ...], slope: float, intercepts: tuple[float, ...]) -> None:
    with pytest.raises(ImpossibleItem):
        GradedItem(0, codes, slope, intercepts)
