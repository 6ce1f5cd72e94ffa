"""Norms over age against R's cNORM 3.5.2 (05_norms_singlecase.json) and methods.md B.17 and G29; G30 stands in test_norms.py."""

import csv
from pathlib import Path

import numpy as np
import pytest

from kring.core.norming.beta_binomial import beta_binomial_norms
from kring.core.norming.bootstrap import norm_table_band
from kring.core.norming.tables import age_norm_scores, norm_fit, norm_table
from kring.core.norming.taylor import taylor_norm_scores, taylor_norms

DATA = Path(__file__).parent / "data/d10_norm2000.csv"
POINTS = (  # age, raw, T by cNORM's Taylor polynomial, T by its beta-binomial model
    (7, 5, 36.363158088674, 35.950898624503),
    (9, 5, 28.060699950954, 25.798840371936),
    (11, 5, 21.289293551443, 20),
    (12.5, 5, 20.000000388446, 20),
    (7, 12, 52.244906981758, 52.943601141324),
    (9, 12, 42.139721703875, 42.50578987616),
    (11, 12, 33.815502787859, 33.457759979341),
    (12.5, 12, 27.999017148066, 29.569772750102),
    (7, 20, 70.552121390267, 68.83062062981),
    (9, 20, 58.418340217559, 58.358869884433),
    (11, 20, 48.326463306684, 48.192003404697),
    (12.5, 20, 41.069140482928, 41.79274299627),
    (7, 28, 79.999998284164, 80),
    (9, 28, 74.983210743545, 74.089323787452),
    (11, 28, 63.145472569017, 62.946051925791),
    (12.5, 28, 54.420121709368, 54.0261013379),
    (7, 36, 79.999998284164, 80),
    (9, 36, 79.999998284164, 80),
    (11, 36, 78.398346342646, 80),
    (12.5, 36, 68.172891845429, 69.815916332948),
)
AT, RAW, T_TAYLOR, T_BETA = np.array(POINTS).T


def two_thousand() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Age, middle of the grade, and raw score from 0 to 40."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [(float(row["age"]), float(row["group"]), float(row["raw"])) for row in csv.DictReader(file)]
    age, grade, raw = np.array(rows).T
    return age, grade, raw


AGE, GRADE, SCORE = two_thousand()
CUBIC = beta_binomial_norms(AGE, SCORE, highest=40, degrees=(3, 3))


def test_beta_binomial_coefficients_and_likelihood() -> None:
    """cNORM's own search stops 2e-8 of log-likelihood short of the top, which is 1e-5 in the coefficients."""
    assert CUBIC.log_alpha == pytest.approx((2.339065336804, 0.1644981274098, -0.1819143262234, -0.0518950323425), abs=5e-5)
    assert CUBIC.log_beta == pytest.approx((2.627317175161, -0.3599424560516, -0.1778718051862, -0.06981833004392), abs=5e-5)
    assert CUBIC.log_likelihood == pytest.approx(-6068.78633995925, abs=1e-6)
    assert CUBIC.log_likelihood is not None
    assert CUBIC.log_likelihood >= -6068.78633995925


def test_beta_binomial_t() -> None:
    assert age_norm_scores(CUBIC, AT, RAW).t == pytest.approx(T_BETA, abs=2e-4)
    assert age_norm_scores(CUBIC, [9.0, 7.0], [20.0, 12.0]).t == pytest.approx([58.35887, 52.944], abs=0.01)


def test_degree_by_bic_is_lower_and_says_nearly_the_same() -> None:
    found = beta_binomial_norms(AGE, SCORE, highest=40)
    assert found.degrees == (0, 1)
    assert found.bic is not None
    assert CUBIC.bic == pytest.approx(8 * np.log(2000) + 2 * 6068.78634, abs=1e-4)
    assert found.bic == pytest.approx(12174.06998, abs=1e-4)
    assert age_norm_scores(found, [9.0, 7.0], [20.0, 12.0]).t == pytest.approx([58.842, 53.294], abs=0.6)  # the truth


@pytest.mark.parametrize("degrees", [None, (3, 3)])
def test_the_norms_fit_the_sample(degrees: tuple[int, int] | None) -> None:
    found = norm_fit(beta_binomial_norms(AGE, SCORE, highest=40, degrees=degrees), AGE, SCORE)
    assert (found.deciles_right, found.rising, found.turns) == (True, True, 0)


def test_taylor_model() -> None:
    """The same terms and adjusted R². cNORM's coefficients leave 287.052117 of squares, these 287.052087: they agree to 3e-4.

    The terms are so much alike that another processor rounds to coefficients that differ a little more.
    """
    found = taylor_norms(GRADE, SCORE)
    assert found.terms == ((0, 1), (1, 1), (1, 2), (1, 3), (3, 3))
    assert found.adjusted_r2 == pytest.approx(0.9972549757071, abs=1e-9)
    assert found.intercept == pytest.approx(-18.389445922449, rel=3e-3)
    expected = (1.035063389367, 0.1157760853209, -0.01026898953349, 0.0004012542535606, -2.020584010135e-09)
    assert found.coefficients == pytest.approx(expected, rel=1e-2)


def test_taylor_t() -> None:
    norms = taylor_norms(GRADE, SCORE)
    assert taylor_norm_scores(norms, AT, RAW).t == pytest.approx(T_TAYLOR, abs=1.5e-3)
    assert taylor_norm_scores(norms, [9.0, 7.0], [20.0, 12.0]).t == pytest.approx([58.418, 52.245], abs=1e-3)


def test_a_thousand_draws_of_pupils_as_schools_have_the_width_of_the_textbook() -> None:
    """Schools of one pupil: the band lies at 1.645 standard errors, which a model makes smaller than those of plain counting (B.18)."""
    found = norm_table_band(CUBIC, AGE, SCORE, list(range(2000)), at_ages=[9.0], draws=200, seed=1)
    rank = norm_table(CUBIC, [9.0]).percentile_rank[0, 14]
    assert found.low is not None
    assert found.high is not None
    assert found.low[0, 14] < rank < found.high[0, 14]
    plain = 2 * 1.645 * 100 * np.sqrt(rank / 100 * (1 - rank / 100) / 276)
    assert 0.2 * plain < found.high[0, 14] - found.low[0, 14] < plain
