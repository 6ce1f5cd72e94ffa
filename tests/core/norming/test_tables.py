"""Reading norms over age, and whether they fit."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import UnequalColumns
from kring.core.norming.beta_binomial import NormsThatAreMissing, NotASumScore, beta_binomial_norms
from kring.core.norming.tables import age_norm_scores, norm_fit, norm_table
from tests.core.norming.persons import growing

AGES, RAWS = growing(1000)
NORMS = beta_binomial_norms(AGES, RAWS, highest=20)
NONE = beta_binomial_norms([], [], highest=20)
logs = st.lists(st.floats(-3, 3), min_size=1, max_size=4).map(tuple)


@given(logs, logs)
def test_ranks_rise_with_the_raw_score_at_every_age(log_alpha: tuple[float, ...], log_beta: tuple[float, ...]) -> None:
    found = norm_fit(replace(NORMS, log_alpha=log_alpha, log_beta=log_beta), AGES, RAWS)
    assert found.rising
    assert found.deciles.sum() == pytest.approx(1)


def test_a_table_says_the_same_as_the_scores() -> None:
    table = norm_table(NORMS, [6.0, 9.5, 12.0, 13.0, np.nan])
    scores = age_norm_scores(NORMS, np.repeat([6.0, 9.5, 12.0], 21), np.tile(np.arange(21.0), 3))
    assert table.percentile_rank[:3].ravel() == pytest.approx(scores.percentile_rank)
    assert table.t[:3].ravel() == pytest.approx(scores.t)
    assert np.isnan(table.percentile_rank[3:]).all()
    assert (table.n, table.n_valid, table.raws.tolist()) == (5, 3, list(range(21)))


def test_t_is_held_within_twenty_and_eighty() -> None:
    steep = replace(NORMS, log_alpha=(5.0,), log_beta=(5.0,))
    found = age_norm_scores(steep, [9.0, 9.0, 9.0], [0.0, 10.0, 20.0])
    assert found.t == pytest.approx([20.0, 50.0, 80.0])
    assert found.percentile_rank[[0, 2]] == pytest.approx([0.0, 100.0], abs=0.01)


def test_nothing_is_said_without_a_score_or_outside_the_ages() -> None:
    found = age_norm_scores(NORMS, [9.0, np.nan, 9.0, 5.9, 12.1], [4.0, 4.0, np.nan, 4.0, 4.0])
    assert np.isnan(found.t).tolist() == [False, True, True, True, True]
    assert (found.n, found.n_valid, found.outside_ages) == (5, 1, 2)
    nobody = age_norm_scores(NORMS, [], [])
    assert (nobody.n, nobody.n_valid, nobody.t.tolist()) == (0, 0, [])


def test_the_sample_fits_its_own_norms() -> None:
    found = norm_fit(NORMS, AGES, RAWS)
    assert (found.deciles_right, found.rising, found.turns, found.n, found.n_valid) == (True, True, 0, 1000, 1000)
    assert found.deciles.sum() == pytest.approx(1)
    assert (found.ages[0], found.ages[-1]) == (6.0, 12.0)
    assert (np.diff(found.expected) > 0).all()


def test_another_sample_does_not_fit_and_a_waving_expectation_is_seen() -> None:
    assert norm_fit(NORMS, AGES, np.minimum(RAWS + 4, 20)).deciles_right is False
    assert norm_fit(replace(NORMS, log_alpha=(0.5, -1.0, 0.0, 1.0), log_beta=(1.0,)), AGES, RAWS).turns == 2
    assert norm_fit(replace(NORMS, log_alpha=(0.5, 0.3), log_beta=(1.0, 0.3)), AGES, RAWS).turns == 0


def test_who_weighs_double_counts_double_in_the_tenths() -> None:
    weighed = norm_fit(NORMS, AGES, RAWS, weights=np.where(RAWS > 10, 2.0, 1.0))
    twice = norm_fit(NORMS, np.concatenate([AGES, AGES[RAWS > 10]]), np.concatenate([RAWS, RAWS[RAWS > 10]]))
    assert weighed.deciles == pytest.approx(twice.deciles)


def test_nobody_to_hold_the_norms_against() -> None:
    found = norm_fit(NORMS, [3.0, np.nan], [4.0, 4.0])
    assert found.deciles_right is None
    assert (bool(np.isnan(found.deciles).all()), found.n, found.n_valid) == (True, 2, 0)


def test_a_chance_that_vanishes_is_no_fault() -> None:
    """Where the model sees no chance at all for a score, the score still counts in one tenth."""
    sure = replace(NORMS, highest=1000, log_alpha=(12.0,), log_beta=(12.0,))
    assert norm_fit(sure, [9.0, 9.0], [0.0, 1000.0]).deciles == pytest.approx([0.5, *[0.0] * 8, 0.5])


@pytest.mark.parametrize("read", [age_norm_scores, norm_fit])
def test_norms_that_are_missing_cannot_be_read(read: Callable[..., object]) -> None:
    with pytest.raises(NormsThatAreMissing) as caught:
        read(NONE, [8.0], [3.0])
    assert caught.value.why == "too few persons"


def test_no_norms_and_nobody_to_hold_them_against() -> None:
    with pytest.raises(NormsThatAreMissing):
        norm_fit(NONE, [], [])
    with pytest.raises(NormsThatAreMissing):
        norm_table(NONE, [8.0])


def test_scores_that_cannot_be_are_refused() -> None:
    with pytest.raises(NotASumScore):
        age_norm_scores(NORMS, [8.0], [20.5])
    with pytest.raises(UnequalColumns):
        age_norm_scores(NORMS, [8.0], [])


def test_the_order_of_pupils_changes_nothing() -> None:
    mixed = np.random.default_rng(1).permutation(1000)
    first, second = norm_fit(NORMS, AGES, RAWS), norm_fit(NORMS, AGES[mixed], RAWS[mixed])
    assert (first.deciles.tobytes(), first.provenance) == (second.deciles.tobytes(), second.provenance)
