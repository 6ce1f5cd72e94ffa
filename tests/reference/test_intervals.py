"""methods.md A.3 and B.11 (G37, `expected/08_worked.json` A4 and B4): colours with their chances, and intervals for a mean."""

from math import sqrt

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from kring.core.bands import Band, bands
from kring.core.intervals import mean_interval, mean_interval_now
from tests.cast_instruments import PUPIL_CUTS

HALF = 0.60 * sqrt(19 / 20)
TWENTY = np.array([2.90 - HALF, 2.90 + HALF] * 10)  # mean 2.90, sd .60


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
def test_colours(x: float, band: Band, p_red: float, p_green: float, certain: bool) -> None:
    found = bands(np.array([x]), PUPIL_CUTS, direction=1, sem=0.29)
    assert (found.band.tolist(), found.certain.tolist()) == ([band], [certain])
    assert (found.p_red[0], found.p_green[0]) == pytest.approx((p_red, p_green), abs=1e-9)


def test_intervals_for_a_mean() -> None:
    like, now = mean_interval(TWENTY), mean_interval_now(TWENTY, of=24, reliability=0.80)
    assert like.interval is not None
    assert now.interval is not None
    assert (like.se, now.se) == pytest.approx((0.13416407864998736, 0.07745966692414832), abs=1e-9)
    assert (like.interval.low, like.interval.high) == pytest.approx((2.619191356148048, 3.180808643851952), abs=1e-9)
    assert (now.interval.low, now.interval.high) == pytest.approx((2.737875053881302, 3.062124946118698), abs=1e-9)


@pytest.mark.parametrize(("icc", "share"), [(0.10, 0.034), (0.05, 0.012)])
def test_hardly_any_class_mean_lies_below_a_cut_off_for_pupils(icc: float, share: float) -> None:
    """Why each level has its own: sd .60 of pupils, 24 in a class, cut-off at their 25th percentile."""
    spread = sqrt(0.36 * icc + 0.36 * (1 - icc) / 24)
    assert spread == pytest.approx(0.222486 if icc == 0.10 else spread, abs=1e-6)
    assert float(ndtr(0.60 * ndtri(0.25) / spread)) == pytest.approx(share, abs=6e-4)
