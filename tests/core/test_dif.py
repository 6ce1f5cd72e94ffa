"""Differential item functioning: bad input, items that cannot be tested, laws, and how often chance alone raises a flag."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from kring.core.columns import BeyondMeasure, NotAColumn, UnequalColumns
from kring.core.dif import Dif, DifNotTested, MoreThanTwoGroups, NoDif, differential_item_functioning
from kring.core.proportional_odds import _derivatives, _log_likelihood, _step, null_log_likelihood, proportional_odds


def drawn(n: int = 500, k: int = 8, *, seed: int = 1, against: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Answers 1-4 of n persons, half of them focal; item 0 is `against` harder for them."""
    draw = np.random.default_rng(seed)
    focal = np.arange(n) % 2
    trait = draw.normal(size=(n, 1))
    raw = 2.5 + 0.7 * trait + 0.7 * draw.normal(size=(n, k))
    raw[:, 0] -= against * focal
    return np.clip(np.round(raw), 1, 4), focal.astype(float)


def test_a_large_difference_is_found_and_called_large() -> None:
    found = differential_item_functioning(*drawn(n=800, against=1.0))
    assert [each.dif for each in found.items] == [Dif.LARGE] + [Dif.NONE] * 7
    assert (found.flagged, found.stable, found.missing) == ((0,), True, None)
    assert found.items[0].smd is not None
    assert found.items[0].smd < -0.5


@pytest.mark.parametrize(("n", "missing"), [(0, "too few persons"), (1, "too few persons"), (398, "too few persons"), (400, None)])
def test_two_hundred_per_group(n: int, missing: str | None) -> None:
    found = differential_item_functioning(*drawn(n=n))
    assert (found.missing, len(found.items), found.n) == (missing, 0 if missing else 8, n)


def test_unknown_answers_and_groups_are_left_out_and_counted() -> None:
    answers, focal = drawn(n=420)
    answers[:6, 3] = np.nan
    focal[6:10] = np.nan
    found = differential_item_functioning(answers, focal)
    assert (found.n, found.n_valid, found.n_reference, found.n_focal) == (420, 410, 205, 205)
    assert found.items == differential_item_functioning(answers[10:], focal[10:]).items


def test_an_item_that_cannot_be_tested_says_why() -> None:
    answers, focal = drawn(n=500)
    answers[:, 1] = 3
    answers[:, 2] = np.arange(500) % 25
    answers[:, 4] = focal * 1000
    found = differential_item_functioning(answers, focal)
    why = [found.items[item].missing for item in (1, 2, 4)]
    assert why == [NoDif.NO_VARIANCE, NoDif.TOO_MANY_CATEGORIES, NoDif.SEPARATION]
    assert (found.items[1].dif, found.items[1].mantel, found.items[4].mantel) == (None, None, None)


def test_too_few_items_and_a_total_that_does_not_vary() -> None:
    answers, focal = drawn(n=500)
    answers[:, 2:] = 1
    assert differential_item_functioning(answers, focal).missing is DifNotTested.TOO_FEW_ITEMS
    answers, focal = drawn(n=500, k=4)
    answers[:, 3] = -answers[:, :3].sum(axis=1)
    assert {each.missing for each in differential_item_functioning(answers, focal).items} == {NoDif.NO_VARIANCE}


def test_an_answer_that_follows_perfectly_is_separation_but_mantel_still_speaks() -> None:
    total = np.repeat([0.0, 1.0, 2.0, 3.0], 125)
    focal = np.tile([0.0, 1.0], 250)
    answers = np.column_stack([total >= 2, total >= 1, total >= 3]).astype(float)
    found = differential_item_functioning(answers, focal)
    assert [each.missing for each in found.items] == [NoDif.SEPARATION] * 3
    assert [(each.mantel, each.smd) for each in found.items] == [(None, 0.0)] * 3


def test_bad_input_is_refused() -> None:
    answers, focal = drawn(n=400)
    with pytest.raises(UnequalColumns):
        differential_item_functioning(answers, focal[1:])
    with pytest.raises(NotAColumn):
        differential_item_functioning(focal, focal)
    with pytest.raises(MoreThanTwoGroups) as caught:
        differential_item_functioning(answers, focal + 1)
    assert caught.value.value == 2
    with pytest.raises(BeyondMeasure):
        differential_item_functioning(answers * np.inf, focal)


def test_the_order_of_persons_changes_nothing() -> None:
    answers, focal = drawn(n=600, against=0.6)
    mixed = np.random.default_rng(5).permutation(600)
    first, second = differential_item_functioning(answers, focal), differential_item_functioning(answers[mixed], focal[mixed])
    assert (first.items, first.flagged, first.provenance) == (second.items, second.flagged, second.provenance)


def test_totals_that_are_equal_but_for_rounding_are_equal() -> None:
    answers, focal = drawn(n=600, against=0.6)
    codes, thirds = differential_item_functioning(answers, focal), differential_item_functioning((answers - 1) / 3, focal)
    assert [each.mantel for each in codes.items] == pytest.approx([each.mantel for each in thirds.items], rel=1e-9)
    assert [each.delta_r2 for each in codes.items] == pytest.approx([each.delta_r2 for each in thirds.items], abs=1e-9)


def test_scores_of_the_groups_with_and_without_what_was_flagged() -> None:
    answers, focal = drawn(n=800, against=1.0)
    found = differential_item_functioning(answers, focal)
    of_focal, of_reference = answers[focal == 1], answers[focal == 0]
    assert found.flagged == (0,)
    assert found.difference == pytest.approx(of_focal.mean() - of_reference.mean(), abs=1e-12)
    assert found.difference_without == pytest.approx(of_focal[:, 1:].mean() - of_reference[:, 1:].mean(), abs=1e-12)
    nothing = differential_item_functioning(answers[:10], focal[:10])
    assert (nothing.difference, nothing.difference_without) == (None, None)


def test_groups_that_change_places_give_the_same_verdict() -> None:
    answers, focal = drawn(n=600, against=0.6)
    first, second = differential_item_functioning(answers, focal), differential_item_functioning(answers, 1 - focal)
    assert [each.dif for each in first.items] == [each.dif for each in second.items]
    assert [each.delta_r2 for each in first.items] == pytest.approx([each.delta_r2 for each in second.items], abs=1e-9)
    assert [each.mantel for each in first.items] == pytest.approx([each.mantel for each in second.items], rel=1e-9)


def test_purification_stops_when_it_may_not_go_on() -> None:
    found = differential_item_functioning(*drawn(n=800, against=1.0), most_rounds=0)
    assert (found.rounds, found.stable) == (0, False)


def test_chance_alone_seldom_raises_a_flag() -> None:
    """40 sets of 8 items without any difference, 600 persons each: no flag at all (one of 320 would still be fine)."""
    flags = [differential_item_functioning(*drawn(n=600, seed=seed)).flagged for seed in range(100, 140)]
    assert sum(map(len, flags)) == 0
    p = np.array([each.p for seed in range(100, 120) for each in differential_item_functioning(*drawn(n=600, seed=seed)).items])
    assert 0.01 < (p < 0.05).mean() < 0.10


@given(st.integers(0, 10**6))
@settings(max_examples=25)
def test_the_derivatives_are_those_of_the_likelihood(seed: int) -> None:
    draw = np.random.default_rng(seed)
    x, counts = draw.normal(size=(9, 2)), draw.integers(0, 6, size=(9, 4)).astype(float) + 1
    point = np.concatenate([np.sort(draw.normal(size=3))[::-1] + np.array([0.2, 0.0, -0.2]), draw.normal(size=2)])
    gradient, hessian = _derivatives(point, x, counts)
    assert approx_fprime(point, _log_likelihood, 1e-7, x, counts) == pytest.approx(gradient, rel=1e-3, abs=1e-2)
    numeric = np.column_stack([approx_fprime(point, lambda at, row=row: _derivatives(at, x, counts)[0][row], 1e-7) for row in range(5)])
    assert numeric == pytest.approx(hessian, rel=1e-3, abs=1e-2)


def test_a_model_says_at_least_as_much_as_none() -> None:
    draw = np.random.default_rng(3)
    x, counts = draw.normal(size=(30, 1)), draw.integers(0, 9, size=(30, 3)).astype(float)
    fitted = proportional_odds(x, counts)
    assert fitted.log_likelihood >= null_log_likelihood(counts)
    assert np.abs(_derivatives(np.concatenate([fitted.thresholds, fitted.slopes]), x, counts)[0]).max() < 1e-4
    assert proportional_odds(np.zeros((30, 1)), counts).separated


def test_a_step_that_is_too_long_is_halved() -> None:
    x, counts = np.array([[0.0], [1.0]]), np.array([[9.0, 5, 2], [2, 5, 9]])
    point = np.array([0.5, 0.4, 0.0])
    value = _log_likelihood(point, x, counts)
    step, better = _step(point, value, np.array([-8.0, 8.0, 0.0]), x, counts)
    assert (better, step.tolist()) == (value, [0.0, 0.0, 0.0])
    step, better = _step(point, value, np.array([0.0, -4.0, 0.0]), x, counts)
    assert better > value
    assert step.tolist() != [0.0, -4.0, 0.0]
