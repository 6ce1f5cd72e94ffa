"""Red, orange, green: the worked example, the edges and the laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.bands import Band, SemNotPositive, bands, without_cuts
from kring.core.instruments import Cuts
from tests.cast_instruments import DATED, PUPIL_CUTS

PROBLEM_CUTS = Cuts(2.75, 2.25, "gekozen grens, geen norm", DATED)
scores = st.lists(st.floats(1, 4), min_size=1, max_size=20).map(np.array)


@pytest.mark.parametrize(
    ("x", "band", "p_red", "p_green", "certain"),
    [
        (2.0, Band.RED, 0.8056752159708426, 0.004851933144615073, False),
        (2.2, Band.RED, 0.5684438853866673, 0.02894356361826067, False),
        (2.5, Band.ORANGE, 0.19432478402915743, 0.19432478402915743, False),
        (2.8, Band.GREEN, 0.028943563618260622, 0.5684438853866673, False),
        (3.2, Band.GREEN, 0.0005266999669219395, 0.9396358777345883, True),
    ],
)
def test_worked_example(x: float, band: Band, p_red: float, p_green: float, certain: bool) -> None:
    found = bands(np.array([x]), PUPIL_CUTS, direction=1, sem=0.29)
    assert found.band.tolist() == [band]
    assert found.p_red[0] == pytest.approx(p_red, abs=1e-9)
    assert found.p_green[0] == pytest.approx(p_green, abs=1e-9)
    assert found.certain.tolist() == [certain]
    assert found.sem == 0.29


def test_a_value_on_a_cut_off_gets_the_better_colour_in_both_directions() -> None:
    on_cuts = np.array([2.25, 2.75])
    assert bands(on_cuts, PUPIL_CUTS, direction=1, sem=None).band.tolist() == [Band.ORANGE, Band.GREEN]
    assert bands(on_cuts, PROBLEM_CUTS, direction=-1, sem=None).band.tolist() == [Band.GREEN, Band.ORANGE]


def test_a_mean_that_equals_a_cut_off_in_decimals_is_on_it() -> None:
    cuts = Cuts(2.2, 2.6, "gekozen grens, geen norm", DATED)
    assert bands(np.array([11.0, 13.0]) / 5, cuts, direction=1, sem=None).band.tolist() == [Band.ORANGE, Band.GREEN]


def test_without_sem_nothing_is_certain_and_chances_are_unknown() -> None:
    found = bands(np.array([1.0, 4.0]), PUPIL_CUTS, direction=1, sem=None)
    assert found.certain.tolist() == [False, False]
    assert np.isnan(found.p_red).all()
    assert np.isnan(found.p_green).all()
    assert found.sem is None


def test_no_score_has_no_colour() -> None:
    found = bands(np.array([np.nan, 4.0]), PUPIL_CUTS, direction=1, sem=0.29)
    assert found.band.tolist() == [Band.NO_SCORE, Band.GREEN]
    assert found.certain.tolist() == [False, True]
    assert np.isnan(found.p_red).tolist() == [True, False]


def test_without_cut_offs_nobody_has_a_colour() -> None:
    assert without_cuts(2).band.tolist() == [Band.NO_SCORE, Band.NO_SCORE]
    assert without_cuts(2).certain.tolist() == [False, False]


@pytest.mark.parametrize("sem", [0.0, -1.0, float("nan")])
def test_a_sem_is_positive(sem: float) -> None:
    with pytest.raises(SemNotPositive):
        bands(np.array([1.0]), PUPIL_CUTS, direction=1, sem=sem)


@given(scores)
def test_a_better_score_never_has_a_worse_colour(x: np.ndarray) -> None:
    ordered = np.sort(x)
    assert (np.diff(bands(ordered, PUPIL_CUTS, direction=1, sem=None).band) >= 0).all()
    assert (np.diff(bands(ordered, PROBLEM_CUTS, direction=-1, sem=None).band) <= 0).all()


@given(scores, st.floats(0.01, 2))
def test_chances_are_chances_and_a_certain_colour_is_the_likely_one(x: np.ndarray, sem: float) -> None:
    found = bands(x, PUPIL_CUTS, direction=1, sem=sem)
    assert ((found.p_red >= 0) & (found.p_green >= 0) & (found.p_red + found.p_green <= 1)).all()
    assert (found.p_red[found.certain & (found.band == Band.RED)] > 0.9).all()
    assert (found.p_green[found.certain & (found.band == Band.GREEN)] > 0.9).all()


@given(scores, st.floats(0.01, 2))
def test_turning_the_scale_over_changes_no_colour(x: np.ndarray, sem: float) -> None:
    turned = Cuts(-PUPIL_CUTS.red, -PUPIL_CUTS.green, PUPIL_CUTS.source, PUPIL_CUTS.dated)
    one, other = bands(x, PUPIL_CUTS, direction=1, sem=sem), bands(-x, turned, direction=-1, sem=sem)
    for name in ("band", "certain", "p_red", "p_green"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@given(scores)
def test_the_order_of_rows_changes_nothing(x: np.ndarray) -> None:
    order = np.argsort(x, kind="stable")
    one, other = bands(x, PUPIL_CUTS, direction=1, sem=0.3), bands(x[order], PUPIL_CUTS, direction=1, sem=0.3)
    np.testing.assert_array_equal(one.p_red[order], other.p_red)
    np.testing.assert_array_equal(one.band[order], other.band)
