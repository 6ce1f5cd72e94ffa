"""Rasch and partial credit model by conditional maximum likelihood: laws, bad input, outcomes with a name."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.irt import (
    ItemNotDichotomous,
    NothingCalibrated,
    Reason,
    partial_credit_abilities,
    partial_credit_model,
    rasch_by_cml,
    rasch_by_mml,
)
from kring.core.irt.coding import patterns
from kring.core.irt.conditional import (
    Booklet,
    ConditionalData,
    booklets_of,
    climbed,
    conditionally_maximised,
    derivatives,
    likelihood,
    log_symmetric,
    stopped,
)
from tests.core.irt.samples import DIFFICULTIES, graded_answers, yes_no

NAN = float("nan")
SEPARATED = np.repeat([[1.0, 0, 0, 0], [0, 1, 0, 0], [1, 1, 1, 0], [1, 1, 0, 1]], 100, axis=0)


def data_of(categories: np.ndarray, size: int) -> ConditionalData:
    different = patterns(categories)
    every = np.arange(size)
    chosen = ((different.categories[:, :, None] == every) * different.counts[:, None, None]).sum(axis=0).astype(float)
    offered = np.ones((categories.shape[1], size), dtype=bool)
    return ConditionalData(chosen, offered, booklets_of(different.categories, different.counts))


@given(st.lists(st.lists(st.floats(-5, 5), min_size=2, max_size=2), min_size=1, max_size=5))
def test_symmetric_functions_sum_over_all_ways(drawn: list[list[float]]) -> None:
    easiness = np.array([[0.0, *each] for each in drawn])
    sums = np.zeros(2 * len(drawn) + 1)
    for way in product(range(3), repeat=len(drawn)):
        sums[sum(way)] += np.exp(sum(easiness[j, c] for j, c in enumerate(way)))
    assert log_symmetric(easiness) == pytest.approx(np.log(sums))


def test_symmetric_functions_of_many_far_items_stay_finite() -> None:
    easiness = np.column_stack([np.zeros(200), np.repeat([-20.0, 20.0], 100)])
    found = log_symmetric(easiness)
    assert np.isfinite(found).all()
    assert (found[0], found[100], found[200]) == pytest.approx((0.0, 2000.0, 0.0), abs=1e-6)


def test_derivatives_are_those_of_the_likelihood() -> None:
    categories = (graded_answers(80, np.ones(4), DIFFICULTIES[:4, :2]) - 1).astype(int)
    categories[::6, 2] = -1
    data = data_of(categories, 3)
    draw = np.random.Generator(np.random.PCG64(2))
    easiness = np.column_stack([np.zeros(4), draw.normal(size=(4, 2))])
    gradient, information = derivatives(data, easiness)
    step = 1e-5
    for j, c in product(range(4), (1, 2)):
        move = np.zeros((4, 3))
        move[j, c] = step
        slope = (likelihood(data, easiness + move) - likelihood(data, easiness - move)) / (2 * step)
        assert gradient[j, c] == pytest.approx(slope, abs=1e-5)
        bend = (derivatives(data, easiness - move)[0] - derivatives(data, easiness + move)[0]) / (2 * step)
        assert information[j, c] == pytest.approx(bend, abs=1e-5)


def test_persons_who_answered_the_same_items_stand_together() -> None:
    found = booklets_of(np.array([[0, 1, -1], [1, 1, 1], [1, 0, -1]]), np.array([2, 3, 4]))
    assert [(each.items.tolist(), each.scores.tolist()) for each in found] == [([0, 1], [0, 6]), ([0, 1, 2], [0, 0, 0, 3])]


def test_two_items_are_solved_by_hand() -> None:
    """β2 - β1 = ln(n10/n01)."""
    found = rasch_by_cml(np.repeat([[1.0, 0.0], [0.0, 1.0]], [150, 50], axis=0))
    assert [item.location for item in found.items] == pytest.approx([-np.log(3) / 2, np.log(3) / 2])
    assert found.loglik == pytest.approx(150 * np.log(0.75) + 50 * np.log(0.25))
    assert [item.location_se for item in found.items] == pytest.approx([np.sqrt(1 / 150 + 1 / 50) / 2] * 2)


def test_the_order_of_the_persons_changes_nothing() -> None:
    answers = graded_answers(400)[:, :4]
    answers[::9, 1] = NAN
    one, other = partial_credit_model(answers), partial_credit_model(answers[::-1])
    assert (one.items, one.loglik, one.provenance) == (other.items, other.loglik, other.provenance)


def test_sums_of_thresholds_add_up_to_nothing() -> None:
    found = partial_credit_model(graded_answers(500)[:, :5])
    assert sum(float(np.cumsum(item.thresholds).sum()) for item in found.items) == pytest.approx(0, abs=1e-9)


def test_conditional_and_marginal_difficulties_agree() -> None:
    answers = yes_no(3000, 6)
    conditional, marginal = rasch_by_cml(answers), rasch_by_mml(answers)
    other = np.array([-item.intercepts[0] for item in marginal.items])
    assert [item.location for item in conditional.items] == pytest.approx(other - other.mean(), abs=0.02)


def test_an_item_that_all_have_right_drops_out_with_the_persons_who_then_say_nothing() -> None:
    answers = np.column_stack([yes_no(400, 4), np.ones(400)])
    found, without = rasch_by_cml(answers), rasch_by_cml(answers[:, :4])
    assert (found.dropped, found.items, found.n_valid) == ((4,), without.items, without.n_valid)
    assert found.extreme + found.n_valid == 400


def test_an_empty_category_is_joined() -> None:
    answers = graded_answers(500)[:, :4]
    answers[answers[:, 1] == 3, 1] = 2
    found = partial_credit_model(answers, categories=(1, 4))
    assert [item.codes for item in found.items][1] == ((1,), (2, 3), (4,))
    assert [len(item.thresholds) for item in found.items] == [3, 2, 3, 3]
    assert found.for_use


def test_codes_that_only_extreme_persons_gave_join_their_neighbour() -> None:
    answers = np.repeat([[0.0, 1, 0], [1, 0, 1], [1, 1, 0], [0, 0, 1], [2, 2, 2]], [60, 80, 50, 70, 10], axis=0)
    found = partial_credit_model(answers)
    assert ([item.codes for item in found.items], found.extreme) == ([((0,), (1, 2))] * 3, 10)


@pytest.mark.parametrize(
    "answers",
    [np.zeros((0, 4)), np.zeros((4, 0)), np.full((5, 3), NAN), np.ones((300, 3)), np.repeat(np.tril(np.ones((6, 5)), -1), 50, axis=0)],
    ids=["0×4", "4×0", "missing", "full score", "ladder"],
)
def test_nobody_says_anything(answers: np.ndarray) -> None:
    for model in (rasch_by_cml, partial_credit_model):
        found = model(answers)
        assert (found.items, found.n_valid, found.loglik, found.reason, found.for_use) == ((), 0, None, Reason.NOBODY, False)


def test_one_answer_per_person_compares_nothing() -> None:
    answers = np.full((300, 3), NAN)
    answers[np.arange(300), np.arange(300) % 3] = np.arange(300) % 2
    found = rasch_by_cml(answers)
    assert (found.reason, found.extreme) == (Reason.NOBODY, 0)


def test_below_200_persons_not_for_use() -> None:
    answers = np.repeat([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [150, 50, 30], axis=0)
    assert (rasch_by_cml(answers).reason, rasch_by_cml(answers[1:]).reason) == (None, Reason.TOO_FEW_PERSONS)
    assert (rasch_by_cml(answers[1:]).converged, rasch_by_cml(answers[1:]).for_use) == (True, False)


def test_three_answers_are_not_for_the_rasch_model() -> None:
    with pytest.raises(ItemNotDichotomous):
        rasch_by_cml(graded_answers(50)[:, :3])


def test_separated_items_diverge() -> None:
    found = rasch_by_cml(SEPARATED)
    assert (found.reason, found.converged, found.for_use) == (Reason.DIVERGES, False, False)
    assert [item.threshold_ses for item in found.items] == [None] * 4


def test_forms_without_a_common_item_are_not_identified() -> None:
    answers = np.full((600, 6), NAN)
    answers[:300, :3], answers[300:, 3:] = yes_no(300, 3, seed=1), yes_no(300, 3, seed=2)
    assert rasch_by_cml(answers).reason is Reason.NOT_IDENTIFIED


def test_forms_with_a_common_item_are_one_scale() -> None:
    answers = yes_no(4000, 7)
    whole = rasch_by_cml(answers)
    answers[:2000, 4:], answers[2000:, :3] = NAN, NAN
    found = rasch_by_cml(answers)
    assert [item.location for item in found.items] == pytest.approx([item.location for item in whole.items], abs=0.25)


def test_a_search_that_is_cut_short_says_so() -> None:
    data = data_of(yes_no(100, 4).astype(int), 2)
    cut = conditionally_maximised(data, most_steps=1)
    assert (cut.reason, cut.covariance) == (Reason.UNFINISHED, None)
    free = np.array([[False, True]] * 4)
    assert (stopped(1, None), stopped(9, np.zeros(1))) == (Reason.NOT_IDENTIFIED, Reason.UNFINISHED)
    assert climbed(data, free, np.zeros(4), np.array([1e9, -1e9, 1e9, -1e9]), 0.0) is None


def test_an_answer_that_nobody_gave_runs_away() -> None:
    data = data_of((graded_answers(200, np.ones(3), DIFFICULTIES[:3, :2]) - 1).astype(int), 4)
    assert conditionally_maximised(data).reason is Reason.DIVERGES


def test_one_booklet_of_one_item_says_nothing() -> None:
    data = ConditionalData(np.array([[1.0, 1.0]]), np.ones((1, 2), dtype=bool), (Booklet(np.array([0]), np.array([1, 1])),))
    assert likelihood(data, np.array([[0.0, 0.7]])) == pytest.approx(0.0)


def test_abilities_expect_their_own_score() -> None:
    found = partial_credit_abilities(partial_credit_model(graded_answers(500)[:, :4]))
    assert found.scores.tolist() == list(range(13))
    assert np.isnan(found.theta).tolist() == np.isnan(found.se).tolist() == [True, *[False] * 11, True]
    assert (np.diff(found.theta[1:-1]) > 0).all()
    with pytest.raises(NothingCalibrated):
        partial_credit_abilities(partial_credit_model(np.zeros((0, 3))))
