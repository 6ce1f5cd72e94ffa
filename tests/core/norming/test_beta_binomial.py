"""Norms over age by the beta-binomial distribution: refusals, what cannot be said, and laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.stats import betabinom

from kring.core.columns import BeyondMeasure, NotAColumn, NotNumbers, UnequalColumns
from kring.core.instruments import NumberOutsideBounds
from kring.core.norming.beta_binomial import NoNorms, NotASumScore, beta_binomial_norms, gathered, standardised
from kring.core.norming.likelihood import chances, derivatives, fitted, log_parameters, ranks
from kring.core.norming.tables import norm_table
from tests.core.norming.persons import growing


def test_the_parameters_come_back_from_many_persons() -> None:
    ages, raws = growing(20_000)
    norms = beta_binomial_norms(ages, raws, highest=20)
    logs = log_parameters(np.array(norms.log_alpha + norms.log_beta), norms.degrees, standardised(np.array([6.0, 9.0, 12.0]), norms))
    assert norms.degrees == (1, 1)
    assert np.concatenate(logs) == pytest.approx([0.4, 0.7, 1.0, 1.5, 1.2, 0.9], abs=0.06)


def test_slopes_and_bends_are_those_of_the_likelihood() -> None:
    ages, raws = growing(200)
    sample, degrees = gathered(ages, raws, np.linspace(0.5, 2, 200), 20), (2, 1)
    point = np.array([0.5, 0.2, -0.1, 0.9, 0.1])

    def likelihood(at: np.ndarray) -> float:
        log_a, log_b = log_parameters(at, degrees, sample.x)
        return float((sample.weights * betabinom.logpmf(sample.raw, 20, np.exp(log_a), np.exp(log_b))).sum())

    gradient, hessian = derivatives(sample, point, degrees)
    assert gradient == pytest.approx(approx_fprime(point, likelihood, 1e-6), abs=1e-2)
    for place in range(5):
        step = np.eye(5)[place] * 1e-5
        by_steps = (derivatives(sample, point + step, degrees)[0] - derivatives(sample, point - step, degrees)[0]) / 2e-5
        assert hessian[place] == pytest.approx(by_steps, abs=1e-4)
    top, _ = fitted(sample, point, degrees)
    assert np.abs(derivatives(sample, top, degrees)[0]).max() < 1e-3


def test_likelihood_and_bic_are_those_of_the_textbook() -> None:
    ages, raws = growing(300)
    norms = beta_binomial_norms(ages, raws, highest=20, degrees=(1, 0))
    log_a, log_b = log_parameters(np.array(norms.log_alpha + norms.log_beta), (1, 0), standardised(ages, norms))
    expected = betabinom.logpmf(raws, 20, np.exp(log_a), np.exp(log_b)).sum()
    assert norms.log_likelihood == pytest.approx(expected, abs=1e-8)
    assert norms.bic == pytest.approx(3 * np.log(300) - 2 * expected, abs=1e-8)


def test_chances_and_ranks_are_those_of_scipy() -> None:
    a, b = np.log([0.3, 4.0]), np.log([2.0, 1.5])
    raw = np.arange(11)
    for place in range(2):
        law = betabinom(10, np.exp(a[place]), np.exp(b[place]))
        assert chances(a, b, 10)[place] == pytest.approx(law.pmf(raw), abs=1e-12)
        assert ranks(a, b, 10)[place] == pytest.approx(law.cdf(raw - 1) + law.pmf(raw) / 2, abs=1e-12)


def test_a_weight_of_two_is_the_person_twice() -> None:
    ages, raws = growing(300)
    twice = beta_binomial_norms(np.repeat(ages, 2), np.repeat(raws, 2), highest=20, degrees=(1, 1))
    weighed = beta_binomial_norms(ages, raws, highest=20, degrees=(1, 1), weights=np.full(300, 2.0))
    at = [6.0, 8.0, 12.0]
    assert norm_table(weighed, at).percentile_rank == pytest.approx(norm_table(twice, at).percentile_rank, abs=1e-4)


def test_a_weight_of_nothing_is_nobody() -> None:
    ages, raws = growing(300)
    weights = np.where(np.arange(300) < 200, 3.0, 0.0)
    some = beta_binomial_norms(ages, raws, highest=20, weights=weights)
    alone = beta_binomial_norms(ages[:200], raws[:200], highest=20)
    assert (some.log_alpha, some.log_beta, some.n, some.n_valid) == (alone.log_alpha, alone.log_beta, 300, 200)


@given(st.integers(0, 10**6))
@settings(max_examples=10)
def test_the_order_of_persons_changes_nothing(seed: int) -> None:
    ages, raws = growing(400)
    mixed = np.random.default_rng(seed).permutation(400)
    first, second = beta_binomial_norms(ages, raws, highest=20), beta_binomial_norms(ages[mixed], raws[mixed], highest=20)
    assert (first.log_alpha, first.log_beta, first.log_likelihood, first.bic) == (
        second.log_alpha,
        second.log_beta,
        second.log_likelihood,
        second.bic,
    )
    assert first.provenance == second.provenance


def test_missing_ages_and_scores_are_counted_and_left_out() -> None:
    ages, raws = growing(300)
    norms = beta_binomial_norms([np.nan, 8.0, *ages], [5.0, None, *raws], highest=20)
    assert (norms.n, norms.n_valid, norms.log_alpha) == (302, 300, beta_binomial_norms(ages, raws, highest=20).log_alpha)


def test_a_single_age_gives_degree_nought_whatever_was_asked() -> None:
    _, raws = growing(300)
    found = beta_binomial_norms(np.full(300, 8.0), raws, highest=20)
    asked = beta_binomial_norms(np.full(300, 8.0), raws, highest=20, degrees=(3, 2))
    assert (found.degrees, found.age_sd, found.youngest, found.oldest) == ((0, 0), 1.0, 8.0, 8.0)
    assert (asked.log_alpha, asked.log_beta) == (found.log_alpha, found.log_beta)


def test_two_ages_give_no_more_than_a_line() -> None:
    ages, raws = growing(400)
    assert beta_binomial_norms(np.where(ages < 9, 7.0, 11.0), raws, highest=20, degrees=(3, 3)).degrees == (1, 1)


@pytest.mark.parametrize(
    ("ages", "raws", "why"),
    [
        ([], [], NoNorms.TOO_FEW_PERSONS),
        ([np.nan] * 200, [3.0] * 200, NoNorms.TOO_FEW_PERSONS),
        ([8.0, 9.0] * 49, [0.0, 5.0] * 49, NoNorms.TOO_FEW_PERSONS),
        ([8.0, 9.0] * 50, [0.0] * 100, NoNorms.NO_VARIANCE),
        ([8.0, 9.0] * 50, [20.0] * 100, NoNorms.NO_VARIANCE),
        ([8.0, 9.0] * 50, [7.0] * 100, NoNorms.NO_VARIANCE),
        ([8.0, 8.0, 9.0, 9.0] * 50, [9.0, 10.0] * 100, NoNorms.SPREAD_TOO_SMALL),
        ([8.0, 8.0, 9.0, 9.0] * 50, [0.0, 20.0] * 100, NoNorms.SPREAD_TOO_LARGE),
    ],
)
def test_what_makes_no_norms_says_why(ages: list[float], raws: list[float], why: NoNorms) -> None:
    found = beta_binomial_norms(ages, raws, highest=20)
    assert (found.missing, found.log_alpha, found.log_beta, found.bic, found.age_mean, found.youngest) == (why, (), (), None, None, None)


def test_a_hundred_persons_are_enough_and_one_who_weighs_all_is_no_fault() -> None:
    raws = np.tile([0.0, 3.0, 5.0, 9.0], 25)
    assert beta_binomial_norms(np.tile([8.0, 9.0], 50), raws, highest=10).missing is None
    lonely = beta_binomial_norms(np.tile([8.0, 9.0], 50), raws, highest=10, weights=[1e20] + [1e-20] * 99)
    assert lonely.missing in set(NoNorms)


def test_one_question_has_norms() -> None:
    norms = beta_binomial_norms(np.full(200, 8.0), np.repeat([0.0, 1.0], [50, 150]), highest=1)
    assert norm_table(norms, [8.0]).percentile_rank[0] == pytest.approx([12.5, 62.5], abs=1e-3)


@pytest.mark.parametrize("ages", [[8.0, 1e30], [0.0, 1e-200], [8.0, 8.0 + 1e-9]])
def test_strange_ages_are_taken_as_they_are(ages: list[float]) -> None:
    assert beta_binomial_norms(np.tile(ages, 60), np.tile([0.0, 3.0, 5.0, 9.0], 30), highest=10).missing is None


@pytest.mark.parametrize("wrong", [-1.0, 2.5, 21.0])
def test_a_score_that_is_no_sum_score_is_refused(wrong: float) -> None:
    with pytest.raises(NotASumScore) as caught:
        beta_binomial_norms([8.0, 9.0], [3.0, wrong], highest=20)
    assert (caught.value.value, caught.value.highest) == (wrong, 20)


@pytest.mark.parametrize(
    ("field", "value", "given"),
    [
        ("highest", 0, {"highest": 0}),
        ("highest", 1001, {"highest": 1001}),
        ("highest", 9.5, {"highest": 9.5}),
        ("degree", 4, {"highest": 9, "degrees": (0, 4)}),
        ("degree", -1, {"highest": 9, "degrees": (-1, 0)}),
        ("weight", -1.0, {"highest": 9, "weights": [1.0, -1.0]}),
    ],
)
def test_numbers_outside_their_bounds_are_refused(field: str, value: float, given: dict[str, object]) -> None:
    with pytest.raises(NumberOutsideBounds) as caught:
        beta_binomial_norms([8.0, 9.0], [3.0, 4.0], **given)  # type: ignore[arg-type]
    assert (caught.value.field, caught.value.value) == (field, value)


def test_what_is_no_column_of_numbers_is_refused() -> None:
    with pytest.raises(NotNumbers):
        beta_binomial_norms(["eight"], [3.0], highest=9)
    with pytest.raises(NotAColumn):
        beta_binomial_norms([[8.0]], [[3.0]], highest=9)
    with pytest.raises(UnequalColumns):
        beta_binomial_norms([8.0, 9.0], [3.0], highest=9)
    with pytest.raises(BeyondMeasure):
        beta_binomial_norms([np.inf], [3.0], highest=9)
    with pytest.raises(UnequalColumns):
        beta_binomial_norms([8.0], [3.0], highest=9, weights=[1.0, 1.0])
