"""Norms over age by a Taylor polynomial: refusals, what cannot be said, and laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from scipy.stats import rankdata

from kring.core.columns import BeyondMeasure, NotAColumn, NotNumbers, UnequalColumns
from kring.core.instruments import NumberOutsideBounds
from kring.core.norming.beta_binomial import NoNorms, NormsThatAreMissing
from kring.core.norming.polynomial import by_power, inverted, located, models, predicted
from kring.core.norming.taylor import TaylorNorms, taylor_norm_scores, taylor_norm_table, taylor_norms

GRADES = np.repeat([6.5, 7.5, 8.5, 9.5], 60)
EVEN = np.tile(ndtri((np.arange(60) + 0.5) / 60), 4)


def skewed(seed: int = 1) -> np.ndarray:
    """Scores that are negative for many and reach far up, further with age."""
    draw = np.random.default_rng(seed)
    scores: np.ndarray = np.round(np.exp(0.5 * draw.normal(size=240)) * (GRADES + 3) - 12, 1)
    return scores


def test_a_score_that_is_linear_in_location_and_age_comes_back() -> None:
    norms = taylor_norms(GRADES, 2 * EVEN - GRADES)
    found = taylor_norm_scores(norms, [6.0, 7.25, 10.0, 8.0, 8.0], [-6.0, -9.25, -8.0, -99.0, 99.0])
    assert found.t == pytest.approx([50.0, 40.0, 60.0, 20.0, 80.0], abs=1e-6)
    assert found.percentile_rank == pytest.approx(100 * ndtr([0.0, -1.0, 1.0, -3.0, 3.0]), abs=1e-5)
    assert norms.adjusted_r2 == pytest.approx(1.0)


def test_location_is_by_rank_within_the_grade_with_ties_averaged() -> None:
    raws = np.random.default_rng(2).integers(-3, 4, 240).astype(float)
    sample = located(GRADES, raws, np.ones(240))
    for grade in np.unique(GRADES):
        mine = np.sort(raws[grade == GRADES])
        expected = 50 + 10 * ndtri((rankdata(mine) - 0.5) / 60)
        assert sample.location[sample.age == grade] == pytest.approx(expected, abs=1e-9)


def test_the_best_models_are_the_best_and_in_order() -> None:
    """Against the least squares of the whole sample, for the best, the last and one between."""
    sample = located(GRADES, skewed(), np.ones(240))
    every = list(models(sample, 3))
    adjusted = [each[1] for each in every]
    assert adjusted == sorted(adjusted, reverse=True)
    assert len(every) == 19 + 171 + 969 + 3876 + 11628
    for terms, value, slopes in (every[0], every[8000], every[-1]):
        whole = np.column_stack([np.ones(240), *(sample.location**i * sample.age**j for i, j in terms)])
        sizes = np.abs(whole).max(axis=0)
        point = np.linalg.lstsq(whole / sizes, sample.raw, rcond=None)[0] / sizes
        rest = ((sample.raw - whole @ point) ** 2).sum() / ((sample.raw - sample.raw.mean()) ** 2).sum()
        assert value == pytest.approx(1 - rest * 239 / (239 - len(terms)), abs=1e-9)
        assert slopes == pytest.approx(point[1:], rel=1e-4)


@given(st.integers(0, 10**6))
@settings(max_examples=15)
def test_what_is_read_backwards_comes_back_and_rises(seed: int) -> None:
    norms = taylor_norms(GRADES, skewed(seed))
    assert norms.missing is None
    point = np.array([norms.intercept, *norms.coefficients])
    age, t = np.linspace(6.0, 10.0, 7)[:, None], np.linspace(20.0, 80.0, 31)
    raw = predicted(by_power(norms.terms, point, age), t)
    assert (np.diff(raw, axis=1) > 0).all()
    assert inverted(norms.terms, point, age, raw) == pytest.approx(np.broadcast_to(t, (7, 31)), abs=1e-6)


@given(st.integers(0, 10**6))
@settings(max_examples=5)
def test_the_order_of_persons_changes_nothing(seed: int) -> None:
    mixed, raws, weights = np.random.default_rng(seed).permutation(240), skewed(), np.linspace(0.5, 2, 240)
    first, second = taylor_norms(GRADES, raws, weights=weights), taylor_norms(GRADES[mixed], raws[mixed], weights=weights[mixed])
    assert (first.terms, first.intercept, first.coefficients, first.adjusted_r2, first.provenance) == (
        second.terms,
        second.intercept,
        second.coefficients,
        second.adjusted_r2,
        second.provenance,
    )


def test_a_weight_of_two_is_the_person_twice() -> None:
    double = np.arange(240) % 3 == 0
    weighed = taylor_norms(GRADES, skewed(), weights=np.where(double, 2.0, 1.0))
    twice = taylor_norms(np.concatenate([GRADES, GRADES[double]]), np.concatenate([skewed(), skewed()[double]]))
    at = ([6.5, 8.0, 9.5], [-6.0, -2.0, 4.0])
    assert weighed.terms == twice.terms
    assert taylor_norm_table(weighed, *at).t == pytest.approx(taylor_norm_table(twice, *at).t, abs=1e-6)


def test_a_table_says_the_same_as_the_scores() -> None:
    norms = taylor_norms(GRADES, skewed())
    table = taylor_norm_table(norms, [6.5, 8.0, 12.0, np.nan], [-6.0, 2.5])
    scores = taylor_norm_scores(norms, [6.5, 6.5, 8.0, 8.0], [-6.0, 2.5, -6.0, 2.5])
    assert table.t[:2].ravel().tolist() == scores.t.tolist()
    assert table.percentile_rank[:2].ravel().tolist() == scores.percentile_rank.tolist()
    assert np.isnan(table.t[2:]).all()
    assert (table.n, table.n_valid, table.raws.tolist()) == (4, 2, [-6.0, 2.5])


def test_nothing_is_said_without_a_score_or_outside_the_ages() -> None:
    norms = taylor_norms(GRADES, skewed())
    assert (norms.youngest, norms.oldest) == (6.0, 10.0)
    found = taylor_norm_scores(norms, [8.0, np.nan, 8.0, 5.9, 10.1], [0.0, 0.0, np.nan, 0.0, 0.0])
    assert np.isnan(found.percentile_rank).tolist() == [False, True, True, True, True]
    assert (found.n, found.n_valid, found.outside_ages) == (5, 1, 2)


def test_missing_scores_and_small_grades_are_counted_and_left_out() -> None:
    norms = taylor_norms([*GRADES, 8.5, np.nan, *[10.5] * 9], [*skewed(), np.nan, 3.0, *range(9)])
    assert (norms.n, norms.n_valid, norms.oldest) == (251, 240, 10.0)
    assert norms.coefficients == taylor_norms(GRADES, skewed()).coefficients


def test_a_single_grade_has_norms_for_its_own_age() -> None:
    norms = taylor_norms(np.full(240, 8.5), skewed())
    assert {power for _, power in norms.terms} == {0}
    assert (norms.youngest, norms.oldest) == (8.5, 8.5)
    assert taylor_norm_scores(norms, [8.5, 8.6], [0.0, 0.0]).outside_ages == 1


def test_two_grades_give_no_more_than_a_line_in_age() -> None:
    norms = taylor_norms(np.where(GRADES < 8, 7.0, 9.0), skewed())
    assert max(power for _, power in norms.terms) == 1


@pytest.mark.parametrize(
    ("grades", "raws", "why"),
    [
        ([], [], NoNorms.TOO_FEW_PERSONS),
        ([np.nan] * 200, list(range(200)), NoNorms.TOO_FEW_PERSONS),
        ([8.5] * 99, list(range(99)), NoNorms.TOO_FEW_PERSONS),
        (list(range(200)), list(range(200)), NoNorms.TOO_FEW_PERSONS),
        (GRADES, [0.0] * 240, NoNorms.NO_VARIANCE),
        (GRADES, GRADES, NoNorms.NO_VARIANCE),
        ([0.0] * 100, [0.0] * 99 + [1e-40], NoNorms.NO_VARIANCE),
    ],
)
def test_what_makes_no_norms_says_why(grades: list[float], raws: list[float], why: NoNorms) -> None:
    found = taylor_norms(grades, raws)
    assert (found.missing, found.terms, found.intercept, found.coefficients, found.youngest) == (why, (), None, (), None)


def test_grades_that_jump_up_and_down_may_have_no_model_that_rises() -> None:
    """In the high grades nearly all have the top score and so a location below 50, in the low ones the bottom score and one above."""
    grades = np.repeat(np.arange(5.0), 20)
    high, first = np.repeat(np.arange(5) % 2 == 1, 20), np.tile(np.arange(20) < 2, 5)
    raws = np.where(high, np.where(first, 999.0, 1000.0), np.where(first, 1.0, 0.0))
    assert taylor_norms(grades, raws).missing is NoNorms.NOT_INCREASING


def test_two_scores_have_a_line() -> None:
    """Each grade knows two locations: powers of L say nothing that L does not say."""
    norms = taylor_norms(GRADES, np.tile([0.0, 1.0], 120))
    assert norms.missing is None
    assert taylor_norm_scores(norms, [8.0], [0.5]).t == pytest.approx([50.0], abs=5)


@pytest.mark.parametrize("grades", [GRADES * 1e28, GRADES * 1e-200, GRADES - 8.0])
@pytest.mark.parametrize("raws", [skewed() * 1e28, skewed() * 1e-20, skewed() + 1e9])
def test_strange_ages_and_scores_are_taken_as_they_are(grades: np.ndarray, raws: np.ndarray) -> None:
    assert isinstance(taylor_norms(grades, raws), TaylorNorms)


def test_norms_that_are_missing_cannot_be_read() -> None:
    with pytest.raises(NormsThatAreMissing) as caught:
        taylor_norm_scores(taylor_norms([], []), [8.0], [3.0])
    assert caught.value.why == "too few persons"
    with pytest.raises(NormsThatAreMissing):
        taylor_norm_table(taylor_norms([], []), [8.0], [3.0])


def test_what_is_no_column_of_numbers_is_refused() -> None:
    with pytest.raises(NotNumbers):
        taylor_norms(["eight"], [3.0])
    with pytest.raises(NotAColumn):
        taylor_norms([[8.0]], [[3.0]])
    with pytest.raises(UnequalColumns):
        taylor_norms([8.0, 9.0], [3.0])
    with pytest.raises(BeyondMeasure):
        taylor_norms([8.0], [np.inf])
    with pytest.raises(NumberOutsideBounds):
        taylor_norms([8.0], [3.0], weights=[-1.0])
