"""Fit of the model and of its items: what fits is left alone, what does not is found."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.special import chndtr

from kring.core.irt import (
    NoFit,
    graded_response_model,
    item_fits,
    local_dependence,
    model_fit,
    rasch_by_mml,
    stored_items,
    two_parameter_model,
)
from kring.core.irt.curves import NODES, WEIGHTS, places_of
from kring.core.irt.designs import places_and_parameters
from kring.core.irt.item_fit import correlations, joined
from kring.core.irt.model_fit import Moments, compared, expected_moments, noncentrality, rmsea_interval, statistic
from tests.core.irt.samples import DIFFICULTIES, SLOPES, dichotomous_item, graded_answers, yes_no

NAN = float("nan")


def test_the_moments_are_those_of_all_answers() -> None:
    """Expected moments and their covariances, from every possible row of answers with its probability."""
    places, parameters = places_of([3, 2, 4]), np.array([1.2, 1.0, -0.5, 0.8, 0.3, 1.5, 1.0, 0.0, -1.0])
    found = expected_moments(places, parameters, NODES, WEIGHTS)
    chances, rows = np.exp(places.log_probabilities(parameters, NODES)), list(product(range(3), range(2), range(4)))
    weights = [float(np.prod([chances[at + x] for at, x in zip(places.starts, row)], axis=0) @ WEIGHTS) for row in rows]
    moments = np.array([[a == 1, a == 2, b == 1, c == 1, c == 2, c == 3, a * b, a * c, b * c] for a, b, c in rows], dtype=float)
    expected = weights @ moments
    assert found.expected == pytest.approx(expected)
    assert found.covariance == pytest.approx((moments.T * weights) @ moments - np.outer(expected, expected))
    step = 1e-6
    moved = [expected_moments(places, parameters + move, NODES, WEIGHTS).expected - found.expected for move in step * np.eye(9)]
    assert found.slopes == pytest.approx(np.array(moved).T / step, abs=1e-5)


def test_over_samples_c2_has_its_degrees_of_freedom() -> None:
    fits = [model_fit(answers, two_parameter_model(answers)) for answers in (yes_no(800, 5, seed=seed) for seed in range(60))]
    assert {each.df for each in fits} == {5}
    assert np.mean([each.c2 or 0.0 for each in fits]) == pytest.approx(5, abs=3 * np.sqrt(10 / 60))
    assert np.mean([(each.p or 0.0) < 0.05 for each in fits]) <= 0.12


def test_two_traits_are_no_one_trait() -> None:
    answers = np.column_stack([graded_answers(1000, seed=1)[:, :4], graded_answers(1000, seed=2)[:, :4]])
    found = model_fit(answers, graded_response_model(answers))
    assert found.rmsea_interval
    assert found.rmsea
    assert found.cfi
    assert found.tli
    assert (found.good, found.cfi < 0.9, found.tli < 0.9) == (False, True, True)
    assert found.rmsea_interval.low < found.rmsea < found.rmsea_interval.high


def test_when_nothing_can_be_said_of_fit() -> None:
    three, few = yes_no(600, 3), yes_no(600, 5)
    few[:, 4] = np.where(np.arange(600) < 300, few[:, 4], NAN)
    few[:300, 0] = NAN
    diverged = np.repeat(np.tril(np.ones((6, 5)), -1), 100, axis=0)
    assert model_fit(three, two_parameter_model(three)).why_not is NoFit.NO_DEGREES_OF_FREEDOM
    assert model_fit(diverged, two_parameter_model(diverged)).why_not is NoFit.NOT_CONVERGED
    nothing = model_fit(few, two_parameter_model(few))
    assert (nothing.why_not, nothing.c2, nothing.good, nothing.n, nothing.n_valid) == (NoFit.TOO_FEW_COMPLETE_ROWS, None, None, 600, 0)


def test_items_that_always_agree_make_fit_unsayable() -> None:
    steep = stored_items([dichotomous_item(j, 1e4, 0.1) for j in range(4)])
    assert model_fit(yes_no(100, 4), steep).why_not is NoFit.UNSTABLE
    flat = Moments(np.zeros(2), np.ones((2, 2)), np.zeros((2, 0)))
    assert statistic(np.zeros(2), flat, np.zeros((0, 0)), 10) is None


def test_of_stored_items_nothing_was_estimated() -> None:
    answers = graded_answers(1500)[:, :4]
    model = graded_response_model(answers)
    own, stored = model_fit(answers, model), model_fit(answers, stored_items(model.items))
    assert (own.df, stored.df) == (2, 18)
    assert (own.c2 or 0.0) <= (stored.c2 or 0.0) + 1e-9
    assert [each.df for each in item_fits(answers, stored_items(model.items)).items] == [
        each.df + 4 for each in item_fits(answers, model).items
    ]


def test_of_a_single_item_no_correlations_can_be_compared() -> None:
    found = model_fit(np.tile([[0.0], [1.0], [1.0]], (40, 1)), stored_items([dichotomous_item(0)]))
    assert (found.df, found.srmsr, found.why_not) == (1, None, None)


def test_an_answer_that_cannot_be_makes_fit_unsayable() -> None:
    assert model_fit(np.tile([[0.0], [1.0]], (50, 1)), stored_items([dichotomous_item(0, 1.0, 1e9)])).why_not is NoFit.UNSTABLE


def test_an_item_with_one_answer_in_the_complete_rows() -> None:
    """Its correlation is not there, and neither is the comparison with items that have nothing in common."""
    answers = yes_no(800, 5)
    answers[answers[:, 0] == 0, 1] = NAN
    found = model_fit(answers, two_parameter_model(answers))
    assert (found.srmsr, found.cfi, found.tli, found.c2 is None) == (None, None, None, False)


def test_comparison_with_items_that_have_nothing_in_common() -> None:
    assert compared(5.0, 5, 4.0, 6) == (None, None)
    assert compared(5.0, 5, 106.0, 6) == (1.0, 1.0)
    assert compared(15.0, 5, 106.0, 6) == pytest.approx((0.9, 1 - 2 / (100 / 6)))


def test_noncentrality_puts_the_value_at_its_percentile() -> None:
    assert noncentrality(1.0, 5, 0.95) == 0.0
    for chi2, df in ((20.0, 5), (500.0, 40), (20_000.0, 700)):
        assert chndtr(chi2, df, noncentrality(chi2, df, 0.05)) == pytest.approx(0.05, abs=1e-6)
    assert rmsea_interval(1.0, 5, 100).low == 0.0


def test_an_item_that_measures_something_else_is_found() -> None:
    answers = graded_answers(2000)[:, :6]
    folded = 4 - 2 * np.abs(answers[:, 0] - 2.5) + (answers[:, 0] > 2)  # the middle answers are the highest
    answers = np.column_stack([answers, np.round(folded)])
    found = item_fits(answers, graded_response_model(answers)).items
    assert [each.misfit for each in found][-1] is True
    assert (found[-1].rmsea or 0.0) > 0.06


def test_persons_of_one_sum_score_leave_no_degrees_of_freedom() -> None:
    answers = yes_no(300, 3)
    model = rasch_by_mml(answers)
    alike = item_fits(np.tile([[1.0, 0.0, 0.0]], (100, 1)), model)
    assert [(each.value, each.p, each.rmsea, each.misfit, each.df < 1) for each in alike.items] == [(None, None, None, None, True)] * 3
    assert (alike.n, alike.n_valid) == (100, 100)


def test_of_few_complete_rows_no_fit_is_said() -> None:
    answers = yes_no(300, 3)
    model = rasch_by_mml(answers)
    few = np.where(np.arange(300)[:, None] < 99, answers, NAN)
    assert (item_fits(few, model).items, item_fits(few, model).n_valid) == ((), 99)
    assert (model_fit(few, model).why_not, model_fit(few, model).n_valid) == (NoFit.TOO_FEW_COMPLETE_ROWS, 99)


def test_an_item_with_more_categories_than_the_rest_together() -> None:
    answers = np.column_stack([graded_answers(600, SLOPES[:1], DIFFICULTIES[:1]), yes_no(600, 2, seed=1)])
    found = item_fits(answers, graded_response_model(answers)).items
    assert (found[0].df, found[0].value) == (-4, None)


def test_a_model_that_did_not_converge_has_no_item_fit() -> None:
    diverged = np.repeat(np.tril(np.ones((6, 5)), -1), 100, axis=0)
    assert item_fits(diverged, two_parameter_model(diverged)).items == ()


def test_cells_are_joined_until_one_person_is_expected() -> None:
    cells = joined(np.array([1.0, 0.0, 5.0, 1.0]), np.array([0.4, 0.7, 5.5, 0.4]))
    assert [(each.observed, each.more) for each in cells] == [(1.0, 0), (6.0, 1)]
    assert [each.expected for each in cells] == pytest.approx([1.1, 5.9])
    assert joined(np.array([1.0, 0.0]), np.array([0.5, 0.4])) == []


def test_two_questions_in_the_same_words_depend_on_each_other() -> None:
    answers = graded_answers(1000)
    repeated = np.random.Generator(np.random.PCG64(3)).random(1000) < 0.4
    answers[repeated, 11] = answers[repeated, 2]
    answers[::9, 4] = NAN
    found = local_dependence(answers, graded_response_model(answers))
    assert [(pair.first, pair.second, pair.q3 > 0.2, pair.above_mean > 0.2) for pair in found.pairs] == [(2, 11, True, True)]
    assert found.mean is not None
    assert np.isnan(np.diag(found.q3)).all()
    assert (found.mean < 0, found.n, found.n_valid) == (True, 1000, 1000)


def test_dependence_of_persons_who_answered_both() -> None:
    answers = yes_no(600, 4)
    model = rasch_by_mml(answers)
    alone = answers.copy()
    alone[:300, 0], alone[300:, 1] = NAN, NAN
    q3 = local_dependence(alone, model).q3
    assert np.isnan(q3[0, 1])
    assert q3 == pytest.approx(q3.T, nan_ok=True)
    nobody = local_dependence(np.full((3, 4), NAN), model)
    assert (nobody.mean, nobody.pairs, nobody.n_valid) == (None, (), 0)


def test_correlations_are_the_plain_ones_where_all_answered() -> None:
    draw = np.random.Generator(np.random.PCG64(4))
    values = draw.normal(size=(50, 3))
    found = correlations(values, np.ones((50, 3), dtype=bool), np.ones(50, dtype=np.int64))
    assert found[0, 1] == pytest.approx(float(np.asarray(np.corrcoef(values.T))[0, 1]))


def test_a_calibration_elsewhere_fits_just_as_well() -> None:
    answers = graded_answers(800)[:, :4]
    model = graded_response_model(answers)
    moved = [replace(i, slope=i.slope / 2, intercepts=tuple(d - i.slope / 2 * 3 for d in i.intercepts)) for i in model.items]
    there = stored_items(moved, mean=3.0, sd=2.0)
    assert places_and_parameters(there)[1] == pytest.approx(places_and_parameters(model)[1])
    assert model_fit(answers, there).c2 == pytest.approx(model_fit(answers, stored_items(model.items)).c2)
