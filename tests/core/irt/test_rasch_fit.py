"""Low against high scorers, infit and outfit."""

import numpy as np
import pytest

from kring.core.irt import (
    NoAndersenTest,
    NothingCalibrated,
    andersen_test,
    partial_credit_item_fits,
    partial_credit_model,
    rasch_by_cml,
)
from tests.core.irt.samples import DIFFICULTIES, graded_answers, yes_no

NAN = float("nan")


def test_over_samples_the_test_keeps_its_level() -> None:
    found = [andersen_test(yes_no(800, 6, seed=seed)) for seed in range(100)]
    assert {each.df for each in found} == {5}
    assert np.mean([each.value or 0.0 for each in found]) == pytest.approx(5, abs=3 * np.sqrt(10 / 100))
    assert np.mean([(each.p or 0.0) < 0.05 for each in found]) <= 0.12


def test_items_that_do_not_weigh_the_same_are_found() -> None:
    answers = graded_answers(2000, np.array([0.3, 0.3, 1.0, 3.0, 3.0]), np.zeros((5, 1)))
    found = andersen_test(answers)
    assert found.p is not None
    assert found.p < 1e-6
    fits = partial_credit_item_fits(answers, rasch_by_cml(answers)).items
    assert fits[0].infit > 1.1 > 0.9 > fits[4].infit


def test_thresholds_count_one_by_one() -> None:
    found = andersen_test(graded_answers(2000, np.ones(4), DIFFICULTIES[:4]))
    assert found.df == 4 * 3 - 1


def test_an_answer_that_one_group_never_gave_leaves_its_item_out() -> None:
    """Who has the last item right has all others right too: nobody of the low scorers has."""
    answers = yes_no(600, 5)
    answers = np.column_stack([answers, (answers.sum(axis=1) >= 4) * 1.0])
    found = andersen_test(answers)
    assert (found.items, found.df, found.n) == ((0, 1, 2, 3, 4), 4, 600)


@pytest.mark.parametrize("answers", [np.zeros((0, 4)), np.zeros((4, 0)), np.full((5, 3), NAN), np.ones((300, 3)), np.eye(3)])
def test_nothing_to_compare(answers: np.ndarray) -> None:
    found = andersen_test(answers)
    assert (found.value, found.p, found.why_not, found.n) == (None, None, NoAndersenTest.TOO_FEW_ITEMS, len(answers))


def test_items_that_run_away_in_one_group_are_not_compared() -> None:
    """Of the high scorers, all have the first three items right before any of the last three."""
    low, high = np.eye(6), np.repeat([[1.0, 1, 1, 0, 0, 0]], 6, axis=0)
    high[:3, :3] -= np.eye(3)
    high[3:, 3:] += np.eye(3)
    found = andersen_test(np.repeat(np.concatenate([low, high]), [60] * 6 + [40] * 6, axis=0))
    assert (found.value, found.why_not, found.items) == (None, NoAndersenTest.NOT_CONVERGED, (0, 1, 2, 3, 4, 5))


def test_rows_that_say_nothing_do_not_count() -> None:
    answers = yes_no(400, 4)
    model = rasch_by_cml(answers)
    more = np.concatenate([answers, np.ones((5, 4)), np.zeros((5, 4)), [[1.0, NAN, 0.0, 1.0]]])
    one, other = partial_credit_item_fits(answers, model), partial_credit_item_fits(more, model)
    assert (one.items, other.n) == (other.items, 411)
    assert one.n_valid == other.n_valid == model.n_valid
    nobody = partial_credit_item_fits(np.ones((5, 4)), model)
    assert (nobody.items, nobody.n, nobody.n_valid) == ((), 5, 0)
    with pytest.raises(NothingCalibrated):
        partial_credit_item_fits(answers, partial_credit_model(np.zeros((0, 4))))
