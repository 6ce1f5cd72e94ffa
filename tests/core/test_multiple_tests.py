"""Many tests at once: published procedures, edges and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.instruments import NumberOutsideBounds
from kring.core.multiple_tests import adjusted_p, benjamini_hochberg, holm

NAN = float("nan")
PS = st.lists(st.floats(0, 1), min_size=1, max_size=20)


def test_worked_adjustment() -> None:
    found = adjusted_p(np.array([0.01, 0.04, NAN, 0.03]))
    assert found.benjamini_hochberg[[0, 1, 3]].tolist() == pytest.approx([0.03, 0.04, 0.04])
    assert found.holm[[0, 1, 3]].tolist() == pytest.approx([0.03, 0.06, 0.06])
    assert np.isnan([found.benjamini_hochberg[2], found.holm[2]]).all()
    assert (found.n, found.n_valid) == (4, 3)


@pytest.mark.parametrize("p", [np.array([]), np.array([NAN, NAN])])
def test_without_a_test_nothing_is_adjusted(p: np.ndarray) -> None:
    found = adjusted_p(p)
    assert (len(found.holm), found.n_valid) == (len(p), 0)
    assert np.isnan(found.benjamini_hochberg).all()


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_a_chance_lies_between_0_and_1(p: float) -> None:
    with pytest.raises(NumberOutsideBounds):
        adjusted_p(np.array([0.5, p]))


@given(PS)
def test_adjusting_keeps_the_order_and_never_helps(given_: list[float]) -> None:
    p = np.sort(np.array(given_))
    found = adjusted_p(p)
    for adjusted in (found.benjamini_hochberg, found.holm):
        assert (np.diff(adjusted) >= 0).all()
        assert ((adjusted >= p) & (adjusted <= 1)).all()
    assert (found.holm >= found.benjamini_hochberg).all()


@given(PS)
def test_no_order_of_the_tests_changes_a_bit(given_: list[float]) -> None:
    p = np.array(given_)
    assert benjamini_hochberg(p)[::-1].tobytes() == benjamini_hochberg(p[::-1]).tobytes()
    assert holm(p)[::-1].tobytes() == holm(p[::-1]).tobytes()


@given(PS, st.floats(0.01, 0.5))
def test_what_is_found_is_what_stepping_up_finds(given_: list[float], share: float) -> None:
    """Benjamini & Hochberg's own words: the largest k with p_(k) ≤ k·q/m, and all below it."""
    p, m = np.sort(np.array(given_)), len(given_)
    passing = [k for k in range(1, m + 1) if p[k - 1] * (m / k) <= share]
    assert int((benjamini_hochberg(p) <= share).sum()) == max(passing, default=0)
