"""How sure a norm table is: whole schools drawn again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from kring.core.columns import UnequalColumns
from kring.core.instruments import NumberOutsideBounds
from kring.core.norming.beta_binomial import NormsThatAreMissing, NotASumScore, beta_binomial_norms
from kring.core.norming.bootstrap import NoBand, NormTableBand, norm_table_band, taylor_table_band
from kring.core.norming.polynomial import inverted, located, regressed
from kring.core.norming.tables import norm_table
from kring.core.norming.taylor import percentile_ranks, taylor_norm_table, taylor_norms
from tests.core.norming.persons import growing

AGES, RAWS = growing(600)
GRADES = np.floor(AGES)
SCHOOLS = [f"school {pupil % 15}" for pupil in range(600)]
NORMS, TAYLOR = beta_binomial_norms(AGES, RAWS, highest=20, degrees=(1, 1)), taylor_norms(GRADES, RAWS)
AT = [7.0, 9.5, 30.0]

Band = Callable[..., NormTableBand]
beta: Band = partial(norm_table_band, NORMS, at_ages=AT)
taylor: Band = partial(taylor_table_band, TAYLOR, at_ages=AT, at_raws=np.arange(21.0))
both = pytest.mark.parametrize(("band", "ages"), [(beta, AGES), (taylor, GRADES)], ids=["beta", "taylor"])


def low(found: NormTableBand) -> np.ndarray:
    """The lower edge of a band that there is."""
    assert found.low is not None
    return found.low


def high(found: NormTableBand) -> np.ndarray:
    """The upper edge of a band that there is."""
    assert found.high is not None
    return found.high


def drawn_by_hand(schools: Sequence[str], draws: int, seed: int) -> list[np.ndarray]:
    """The persons of each draw, a school as often as it was drawn."""
    names = sorted(set(schools))
    times = np.random.Generator(np.random.PCG64(seed)).multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    place = {name: at for at, name in enumerate(names)}
    return [np.repeat(np.arange(len(schools)), [row[place[school]] for school in schools]) for row in times]


def test_the_band_is_that_of_norms_fitted_to_copies() -> None:
    tables = []
    for who in drawn_by_hand(SCHOOLS, 20, 7):
        again = beta_binomial_norms(AGES[who], RAWS[who], highest=20, degrees=(1, 1))
        tables.append(norm_table(again, AT[:2]).percentile_rank)
    found = beta(AGES, RAWS, SCHOOLS, draws=20, seed=7)
    assert low(found)[:2] == pytest.approx(np.quantile(tables, 0.05, axis=0), abs=0.02)
    assert high(found)[:2] == pytest.approx(np.quantile(tables, 0.95, axis=0), abs=0.02)


def test_the_band_of_taylor_norms_is_that_of_polynomials_fitted_to_copies() -> None:
    tables = []
    for who in drawn_by_hand(SCHOOLS, 20, 7):
        point = regressed(located(GRADES[who], RAWS[who], np.ones(len(who))), TAYLOR.terms)
        tables.append(percentile_ranks(inverted(TAYLOR.terms, point, np.array([[7.0], [9.5]]), np.arange(21.0))))
    found = taylor(GRADES, RAWS, SCHOOLS, draws=20, seed=7)
    assert low(found)[:2] == pytest.approx(np.quantile(tables, 0.05, axis=0), abs=1e-6)
    assert high(found)[:2] == pytest.approx(np.quantile(tables, 0.95, axis=0), abs=1e-6)


@both
def test_the_norm_itself_lies_in_the_band(band: Band, ages: np.ndarray) -> None:
    found = band(ages, RAWS, SCHOOLS, draws=200, seed=1)
    table = norm_table(NORMS, AT[:2]) if band is beta else taylor_norm_table(TAYLOR, AT[:2], np.arange(21.0))
    assert ((low(found)[:2] <= table.percentile_rank + 0.2) & (table.percentile_rank <= high(found)[:2] + 0.2)).all()
    assert (np.isnan(low(found)[2]).all(), np.isnan(high(found)[2]).all()) == (True, True)
    assert (found.missing, found.level, found.draws, found.schools, found.n, found.n_valid) == (None, 0.9, 200, 15, 600, 600)


@both
def test_the_same_seed_gives_the_same_bytes_in_any_order(band: Band, ages: np.ndarray) -> None:
    mixed, weights = np.random.default_rng(3).permutation(600), np.linspace(0.5, 2.0, 600)
    first = band(ages, RAWS, SCHOOLS, weights=weights, draws=20, seed=1)
    second = band(ages[mixed], RAWS[mixed], [SCHOOLS[at] for at in mixed], weights=weights[mixed], draws=20, seed=1)
    assert (low(first).tobytes(), high(first).tobytes(), first.provenance) == (
        low(second).tobytes(),
        high(second).tobytes(),
        second.provenance,
    )
    assert low(band(ages, RAWS, SCHOOLS, weights=weights, draws=20, seed=2)).tobytes() != low(first).tobytes()


@both
def test_schools_that_differ_make_a_wider_band(band: Band, ages: np.ndarray) -> None:
    by_score = np.argsort(np.argsort(RAWS, kind="stable"), kind="stable") // 40
    middle = (1, 6)
    alike, differing = band(ages, RAWS, SCHOOLS, draws=100, seed=1), band(ages, RAWS, by_score.tolist(), draws=100, seed=1)
    assert high(differing)[middle] - low(differing)[middle] > 3 * (high(alike)[middle] - low(alike)[middle])


@both
def test_a_higher_level_is_a_wider_band(band: Band, ages: np.ndarray) -> None:
    narrow, wide = (band(ages, RAWS, SCHOOLS, draws=40, level=level, seed=1) for level in (0.5, 0.95))
    assert ((low(wide) <= low(narrow)) & (high(wide) >= high(narrow)))[:2].all()


@both
def test_who_has_no_school_or_score_is_left_out(band: Band, ages: np.ndarray) -> None:
    found = band(
        [*ages, 8.0, 8.0, 8.0, 8.0],
        [*RAWS, 3.0, 3.0, np.nan, 3.0],
        [*SCHOOLS, None, "", "elsewhere", float("nan")],
        draws=20,
        seed=1,
    )
    assert (found.schools, found.n, found.n_valid) == (15, 604, 600)
    assert low(found).tobytes() == low(band(ages, RAWS, SCHOOLS, draws=20, seed=1)).tobytes()


def test_who_is_older_than_the_norms_is_left_out() -> None:
    found = beta([*AGES, 30.0], [*RAWS, 3.0], [*SCHOOLS, "elsewhere"], draws=20, seed=1)
    assert (found.schools, found.n, found.n_valid) == (15, 601, 600)
    assert low(found).tobytes() == low(beta(AGES, RAWS, SCHOOLS, draws=20, seed=1)).tobytes()


@both
def test_nine_schools_have_no_band(band: Band, ages: np.ndarray) -> None:
    found = band(ages, RAWS, [pupil % 9 for pupil in range(600)], seed=1)
    assert (found.low, found.high, found.missing, found.draws, found.schools) == (None, None, NoBand.TOO_FEW_SCHOOLS, 0, 9)
    assert band([], [], [], seed=1).missing is NoBand.TOO_FEW_SCHOOLS


@both
def test_no_ages_asked_is_an_empty_table(band: Band, ages: np.ndarray) -> None:
    found = band(ages, RAWS, SCHOOLS, at_ages=[], draws=5, seed=1)
    assert (low(found).shape, high(found).shape) == ((0, 21), (0, 21))


def test_a_draw_of_equal_scores_is_no_fault() -> None:
    """Two schools in ten have all the spread there is: many draws have none, or curve the wrong way."""
    schools = np.repeat(np.arange(10), 12)
    raws = np.where(schools == 0, np.tile([0.0, 9.0], 60), np.where(schools == 1, np.tile([1.0, 8.0], 60), 5.0))
    ages = np.tile([7.0, 8.0, 9.0], 40)
    norms = beta_binomial_norms(ages, raws, highest=9, degrees=(1, 1))
    found = norm_table_band(norms, ages, raws, schools.tolist(), at_ages=[8.0], draws=60, seed=1)
    assert np.isfinite([low(found), high(found)]).all()
    other = taylor_table_band(taylor_norms(ages, raws), ages, raws, schools.tolist(), at_ages=[8.0], at_raws=[4.0, 6.0], draws=60, seed=1)
    assert np.isfinite([low(other), high(other)]).all()


def test_one_question_has_a_band() -> None:
    """With one question α and β have no size, only a ratio: the likelihood is flat in one direction."""
    raws, schools = np.repeat([0.0, 1.0], [50, 150]), [pupil % 12 for pupil in range(200)]
    ages = np.random.default_rng(4).uniform(6.0, 12.0, 200)
    norms = beta_binomial_norms(ages, raws, highest=1, degrees=(3, 0))
    found = norm_table_band(norms, ages, raws, schools, at_ages=[9.0], draws=20, seed=4)  # 4: a draw that cannot be solved
    assert np.isfinite([low(found), high(found)]).all()


def test_norms_far_from_the_sample_are_still_fitted_again() -> None:
    """A start that is far off curves the wrong way, or leads too far; the search then goes carefully."""
    right = beta(AGES, RAWS, SCHOOLS, draws=10, seed=1)
    for log_alpha, log_beta in (((4.0, 1.0), (-3.0, 1.0)), ((-3.0, 0.0), (-3.0, 0.0)), ((1.0, 0.3), (1.6, -0.3))):
        far = replace(NORMS, log_alpha=log_alpha, log_beta=log_beta)
        found = norm_table_band(far, AGES, RAWS, SCHOOLS, at_ages=AT, draws=10, seed=1)
        assert low(found)[:2] == pytest.approx(low(right)[:2], abs=0.05)


@both
@pytest.mark.parametrize(("field", "value"), [("draws", 0), ("draws", 10**7), ("level", 0.0), ("level", 1.0), ("level", float("nan"))])
def test_draws_and_levels_that_cannot_be_are_refused(band: Band, ages: np.ndarray, field: str, value: float) -> None:
    with pytest.raises(NumberOutsideBounds) as caught:
        band(ages, RAWS, SCHOOLS, seed=1, **{field: value})
    assert caught.value.field == field


@both
def test_schools_of_others_are_refused(band: Band, ages: np.ndarray) -> None:
    with pytest.raises(UnequalColumns):
        band(ages, RAWS, SCHOOLS[:-1], seed=1)


def test_norms_that_are_missing_have_no_band() -> None:
    with pytest.raises(NormsThatAreMissing):
        norm_table_band(beta_binomial_norms([], [], highest=20), AGES, RAWS, SCHOOLS, at_ages=AT, seed=1)
    with pytest.raises(NormsThatAreMissing):
        taylor_table_band(taylor_norms([], []), GRADES, RAWS, SCHOOLS, at_ages=AT, at_raws=[3.0], seed=1)
    with pytest.raises(NotASumScore):
        norm_table_band(NORMS, AGES, RAWS + 0.5, SCHOOLS, at_ages=AT, seed=1)
