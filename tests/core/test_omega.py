"""Omega of one factor: edges and laws. Numbers computed in R stand in tests/reference."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.core.omega import Fit, Omega, WhyNot, omega
from kring.core.reliability import alpha
from tests.core.drawn import one_factor


def number(found: Omega) -> float:
    assert found.value is not None
    return found.value


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_omega_is_a_share_and_does_not_depend_on_the_unit(seed: int) -> None:
    values = one_factor(60, 4, seed=seed)
    found = omega(values)
    assert 0 <= number(found) < 1
    assert omega(values * 10).value == pytest.approx(found.value, abs=1e-6)
    assert omega(values[::-1]) == found


def test_three_items_have_omega_without_fit() -> None:
    found = omega(one_factor(300, 3))
    assert found.fit is None
    assert found.value == pytest.approx(alpha(one_factor(300, 3)).value, abs=0.02)


def test_two_items_have_no_omega() -> None:
    assert omega(one_factor(300, 2)).why_not is WhyNot.TOO_FEW_ITEMS


def test_an_item_answered_twice_is_held_at_its_floor_and_marked() -> None:
    values = one_factor(300, 4)
    found = omega(np.column_stack([values, values[:, 0]]))
    assert {0, 4} & set(found.heywood)
    assert found.fit is None
    assert number(found) < 1


def test_correlations_that_do_not_belong_together_have_no_omega() -> None:
    draw = np.random.default_rng(3)
    blocks = []
    for pair, sign in (((0, 1), 1), ((1, 2), 1), ((0, 2), -1)):
        block = np.full((40, 3), np.nan)
        first = draw.integers(1, 5, 40)
        block[:, pair[0]], block[:, pair[1]] = first, first if sign > 0 else 5 - first
        blocks.append(block)
    found = omega(np.vstack(blocks))
    assert (found.value, found.why_not, found.n, found.n_valid) == (None, WhyNot.INCONSISTENT, 120, 40)


def test_two_factors_do_not_fit_one() -> None:
    two = np.hstack([one_factor(400, 4, seed=1), one_factor(400, 4, seed=2)])
    fit, good = omega(two).fit, omega(one_factor(400, 8)).fit
    assert fit is not None
    assert good is not None
    assert not fit.one_thing
    assert fit.rmsea > 0.1
    assert good.one_thing


def test_items_without_any_relation_fit_any_model() -> None:
    corners = np.array(np.meshgrid([1, 4], [1, 4], [1, 4], [1, 4])).reshape(4, -1).T.astype(float)
    found = omega(np.vstack([corners, corners]))
    assert found.fit is not None
    assert [found.fit.cfi, found.fit.tli, found.fit.chi2] == pytest.approx([1, 1, 0], abs=1e-6)


def test_misfit_of_either_kind_is_two_things() -> None:
    good = Fit(1.0, 2, 0.95, 0.95, 0.0, 0.05)
    assert [good.one_thing, replace(good, cfi=0.89).one_thing, replace(good, srmr=0.09).one_thing] == [True, False, False]


def test_answers_that_nobody_gave_have_no_omega() -> None:
    found = omega(np.full((40, 4), np.nan))
    assert (found.value, found.n, found.n_valid, found.items) == (None, 40, 0, ())
    assert found.why_not is not None
