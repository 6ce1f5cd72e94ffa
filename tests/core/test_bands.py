"""Red, orange, green: the worked example, the edges and the laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.bands import Band, NothingToMeasureBy, SemNotPositive, bands
from kring.core.columns import BeyondMeasure, NotAColumn
from kring.core.instruments import CutKind, Cuts, NotASign
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
    found = bands(np.array([1.0, 4.0]), None, direction=1, sem=0.29)
    assert found.band.tolist() == [Band.NO_SCORE, Band.NO_SCORE]
    assert found.certain.tolist() == [False, False]
    assert (found.n, found.n_valid) == (2, 0)


@pytest.mark.parametrize("sem", [0.0, -1.0, float("nan"), float("inf")])
def test_a_sem_is_positive(sem: float) -> None:
    with pytest.raises(SemNotPositive):
        bands(np.array([1.0]), PUPIL_CUTS, direction=1, sem=sem)


def test_what_is_not_a_list_of_scores_is_refused() -> None:
    with pytest.raises(NotAColumn):
        bands(np.ones((2, 2)), PUPIL_CUTS, direction=1, sem=None)
    with pytest.raises(BeyondMeasure):
        bands(np.array([np.inf]), PUPIL_CUTS, direction=1, sem=None)
    with pytest.raises(NotASign):
        bands(np.array([1.0]), PUPIL_CUTS, direction=0, sem=None)


@pytest.mark.parametrize(("direction", "expected"), [(1, [0, 1, 1, 2]), (-1, [2, 2, 1, 1])])
def test_cut_offs_in_percent_of_the_maximum_lie_exactly_there(direction: int, expected: list[int]) -> None:
    red, green = (40.0, 60.0)[::direction]
    cuts = Cuts(red, green, "gekozen grens", DATED, CutKind.POMP)
    on_and_beside = np.array([11.0 / 5 - 1e-12, 11.0 / 5, 14.0 / 5 - 1e-12, 14.0 / 5])  # 40 and 60 percent of 1-4
    found = bands(on_and_beside, cuts, direction=direction, sem=0.3, span=(1, 4))
    assert found.band.tolist() == expected
    assert np.isfinite(found.p_red).all()


NORM = np.array([8.0, 9, 9, 10, 11, 11, 11, 12, 13, 14, 15, 16])  # mid-ranks 4.17, 16.67, 29.17, 45.83, 62.5, ...


@pytest.mark.parametrize(
    ("red", "green", "x", "expected"),
    [
        (10.0, 25.0, [8.0, 8.5, 9.0, 9.5, 10.0], [0, 0, 1, 2, 2]),  # between 9 and 10 the rank is 25, and just above 8 it is 8.3
        (16.0, 62.5, [8.9, 9.0, 11.9, 12.0], [0, 1, 1, 2]),
        (0.0, 100.0, [1.0, 16.0, 16.1], [1, 1, 2]),
        (0.0, 101.0, [16.1, 99.0], [1, 1]),
    ],
)
def test_percentiles_are_mid_ranks_in_the_norm_sample(red: float, green: float, x: list[float], expected: list[int]) -> None:
    cuts = Cuts(red, green, "norm", DATED, CutKind.PERCENTILE)
    found = bands(np.array(x), cuts, direction=1, sem=1.0, norm=np.append(NORM, np.nan))
    assert found.band.tolist() == expected
    assert bands(-np.array(x), cuts, direction=-1, sem=1.0, norm=-NORM).band.tolist() == expected
    ranks = [100 * (np.count_nonzero(each > NORM) + np.count_nonzero(each == NORM) / 2) / 12 for each in x]
    assert expected == [0 if rank < red else 1 if rank < green else 2 for rank in ranks]


def test_percentiles_need_a_norm_and_percentages_need_a_range() -> None:
    for kind in (CutKind.PERCENTILE, CutKind.POMP):
        with pytest.raises(NothingToMeasureBy) as caught:
            bands(np.array([1.0]), Cuts(25, 50, "norm", DATED, kind), direction=1, sem=None)
        assert caught.value.facts() == {"kind": kind}
    with pytest.raises(NothingToMeasureBy):
        bands(np.array([1.0]), Cuts(25, 50, "norm", DATED, CutKind.PERCENTILE), direction=1, sem=None, norm=np.array([np.nan]))


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
