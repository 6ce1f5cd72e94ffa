"""The care zone and the class care score, with the bad days: nobody, too few scores, exactly twenty percent."""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import binom, norm

from kring.core.bands import Band
from kring.core.care import (
    Care,
    CareRule,
    ColoursOfOtherScales,
    NotAModel,
    NotAZone,
    care_score,
    care_zones,
    expected_care,
    red_shares,
    scale_correlation,
)
from kring.core.columns import BeyondMeasure, NotAColumn, NotNumbers
from kring.core.instruments import KeyTwice, NumberOutsideBounds, ScaleNamesUnknownItem
from kring.core.intervals import ClustersOfOthers

FIVE = ("rust", "plezier", "vrienden", "leren", "thuis")
RULE = CareRule(1, FIVE)
R, A, G, N = Band.RED, Band.ORANGE, Band.GREEN, Band.NO_SCORE


def zones(rows: list[list[Band]], rule: CareRule = RULE, certain: bool = True) -> list[int]:
    band = np.array(rows, dtype=np.int8).reshape(-1, len(rule.scales))
    found: list[int] = care_zones(band, np.full(band.shape, certain), rule=rule).zone.tolist()
    return found


def test_two_red_scales_are_needed() -> None:
    assert zones([[R, R, G, G, G], [R, A, A, A, A], [G] * 5, [R] * 5]) == [1, 0, 0, 1]


def test_four_of_five_scores_are_just_enough() -> None:
    assert zones([[R, R, G, G, N], [R, R, R, N, N], [G, G, G, G, N], [N] * 5]) == [1, -1, 0, -1]
    found = care_zones(np.array([[R, R, G, G, N], [N] * 5], dtype=np.int8), np.zeros((2, 5), dtype=np.bool_), rule=RULE)
    assert (found.n, found.n_valid, found.provenance.method) == (2, 1, "care-zones/1")


def test_a_scale_that_counts_alone_must_be_certain() -> None:
    rule = CareRule(2, FIVE, alone=frozenset({"thuis"}))
    assert zones([[G, G, G, G, R], [R, G, G, G, G], [G, G, G, N, R]], rule) == [1, 0, 1]
    assert zones([[G, G, G, G, R]], rule, certain=False) == [0]


def test_nobody() -> None:
    assert zones([]) == []
    found = care_score(np.array([], dtype=np.int8), [])
    assert (found.classes, found.mean_of_classes, found.of_pupils, found.interval, found.lower, found.upper) == (
        (),
        None,
        None,
        None,
        None,
        None,
    )
    assert (found.care, found.n, found.n_valid) == (0, 0, 0)


def test_a_rule_that_cannot_be_is_refused() -> None:
    for version, needed in ((0, 2), (1, 0), (1, 6)):
        with pytest.raises(NumberOutsideBounds):
            CareRule(version, FIVE, needed)
    with pytest.raises(NumberOutsideBounds):
        CareRule(1, ())
    with pytest.raises(KeyTwice):
        CareRule(1, (*FIVE, "rust"))
    with pytest.raises(ScaleNamesUnknownItem) as caught:
        CareRule(1, FIVE, alone=frozenset({"slaap"}))
    assert caught.value.facts() == {"scale": "care rule", "item": "slaap"}


def test_colours_of_other_scales_are_refused() -> None:
    for band, certain in (((3, 4), (3, 4)), ((5,), (5,)), ((3, 5), (2, 5))):
        with pytest.raises(ColoursOfOtherScales):
            care_zones(np.zeros(band, dtype=np.int8), np.zeros(certain, dtype=np.bool_), rule=RULE)


def test_a_class_without_scores_is_in_no_mean_and_bounds_nothing() -> None:
    zone = np.array([1, 0, 0, 0, -1, -1, 0, 0], dtype=np.int8)
    found = care_score(zone, ["a", "a", "a", "a", "b", "b", "c", "c"])
    assert [each.share for each in found.classes] == [Fraction(1, 4), None, Fraction(0)]
    assert [(each.lower, each.upper) for each in found.classes] == [(Fraction(1, 4), Fraction(1, 4)), (0, 1), (0, 0)]
    assert found.classes[1].interval is None
    assert (found.mean_of_classes, found.of_pupils) == (Fraction(1, 8), Fraction(1, 6))
    assert (found.lower, found.upper) == (Fraction(1, 12), Fraction(5, 12))
    with pytest.raises(ClustersOfOthers):
        care_score(zone, ["a"])


@given(st.lists(st.tuples(st.sampled_from([-1, 0, 1]), st.sampled_from("abc")), max_size=40))
def test_a_score_lies_within_its_bounds_in_any_order(pupils: list[tuple[int, str]]) -> None:
    one, other = (
        care_score(np.array([code for code, _ in rows], dtype=np.int8), [name for _, name in rows]) for rows in (pupils, pupils[::-1])
    )
    assert one == other
    assert one.provenance == other.provenance
    for each in one.classes:
        assert each.share is None or each.lower <= each.share <= each.upper
    assert sum(each.n_pupils for each in one.classes) == len(pupils)


def test_codes_are_codes() -> None:
    assert [Care.UNKNOWN, Care.OUTSIDE, Care.INSIDE] == [-1, 0, 1]


def test_how_many_are_red() -> None:
    band = np.array([[R, G, N], [A, R, N], [R, N, N], [N, N, N]], dtype=np.int8)
    found = red_shares(band, np.array([[True, True, False], [True, False, False], [False] * 3, [False] * 3]))
    assert found.red == (Fraction(2, 3), Fraction(1, 2), None)
    assert found.certain == (Fraction(1, 3), Fraction(0), None)
    assert (found.n, found.n_valid) == (4, 3)
    assert red_shares(np.empty((0, 2), dtype=np.int8), np.empty((0, 2), dtype=np.bool_)).red == (None, None)
    for wrong in (np.array(1, dtype=np.int8), np.zeros(3, dtype=np.int8), np.zeros((2, 2))):
        with pytest.raises(ColoursOfOtherScales):
            red_shares(wrong, np.zeros(wrong.shape, dtype=np.bool_))  # type: ignore[arg-type]


def test_the_correlation_between_scales() -> None:
    rng = np.random.default_rng(3)
    factor = rng.normal(size=(500, 1))
    scores = sqrt(0.5) * factor + sqrt(0.5) * rng.normal(size=(500, 4))
    found = scale_correlation(scores)
    assert (found.assumed, found.n, found.n_valid) == (False, 500, 500)
    assert found.value == pytest.approx(np.asarray(np.corrcoef(scores.T))[np.triu_indices(4, 1)].mean(), abs=1e-12)
    assert scale_correlation(scores[::-1]) == found
    assert scale_correlation(-factor * [[1.0, -1.0]]).value == 0.0


def test_without_enough_to_see_it_the_correlation_is_assumed() -> None:
    scores = np.random.default_rng(3).normal(size=(120, 3))
    scores[:30, 0] = np.nan
    for few in (scores, np.ones((200, 3)), np.random.default_rng(1).normal(size=(200, 1)), np.empty((0, 3))):
        assert (scale_correlation(few).value, scale_correlation(few).assumed) == (0.4, True)
    with pytest.raises(NotAColumn):
        scale_correlation(np.ones(5))


def test_the_correlation_of_numbers_that_differ_by_rounding_or_are_of_no_ordinary_size() -> None:
    same = np.full((120, 2), 0.1) + np.outer(np.arange(120), [1e-17, 1e-200])
    assert scale_correlation(same).assumed
    assert scale_correlation(np.outer(np.arange(120.0) * 1e27, [1.0, 1.0])).value == pytest.approx(1.0)
    with pytest.raises(BeyondMeasure):
        scale_correlation(np.full((120, 2), 1e300))
    with pytest.raises(NotNumbers):
        scale_correlation(np.full((2, 2), "a"))


def exact(red: float, k: int, rho: float, needed: int) -> float:
    """The same share by adding over the factor."""
    factor = np.linspace(-9, 9, 4001)
    p = norm.cdf((ndtri(red) - sqrt(rho) * factor) / sqrt(1 - rho))
    return float(np.trapezoid(binom.sf(needed - 1, k, p) * norm.pdf(factor), factor))


@pytest.mark.parametrize(("red", "k", "rho", "needed"), [(0.10, 8, 0.3, 2), (0.25, 6, 0.0, 3), (0.05, 16, 0.6, 1)])
def test_drawing_agrees_with_adding_over_the_factor(red: float, k: int, rho: float, needed: int) -> None:
    found = expected_care([red] * k, rho=rho, red_needed=needed)
    assert float(found.share) == pytest.approx(exact(red, k, rho, needed), abs=4 * found.se)
    assert found.n == 200_000


def test_a_rule_near_the_ambition_is_warned_about_in_whole_numbers() -> None:
    same = expected_care([0.5], rho=0.0, red_needed=1, draws=400, ambition=Fraction(1))
    on_it = expected_care([0.5], rho=0.0, red_needed=1, draws=400, ambition=same.share / Fraction(3, 4))
    assert on_it.share == same.share
    assert not on_it.too_high
    assert expected_care([0.5], rho=0.0, red_needed=1, draws=400, ambition=same.share / Fraction(3, 4) - Fraction(1, 10**9)).too_high


def test_what_is_always_or_never_red() -> None:
    assert expected_care([1.0, 1.0], rho=1.0, draws=10).share == 1
    assert expected_care([0.0, 0.0], rho=0.0, draws=10).share == 0
    assert expected_care([0.0, 0.0], rho=0.0, draws=10, alone=[1.0, 0.0]).share == 1


def test_expectation_is_the_same_again_and_in_any_order_of_scales() -> None:
    one = expected_care([0.1, 0.2, 0.3], rho=0.4, draws=1000)
    assert expected_care([0.3, 0.1, 0.2], rho=0.4, draws=1000) == one
    assert expected_care([0.1, 0.2, 0.3], rho=0.4, draws=1000, seed=2) != one
    assert expected_care([0.1, 0.2, 0.3], rho=0.4, draws=1000, alone=[0.05, 0.0, 0.0]).share > one.share


@pytest.mark.parametrize(("red", "rho", "alone"), [([], 0.4, []), ([1.1], 0.4, []), ([0.1], float("nan"), []), ([0.1], 0.4, [0.1, 0.1])])
def test_what_is_no_model_is_refused(red: list[float], rho: float, alone: list[float]) -> None:
    with pytest.raises(NotAModel):
        expected_care(red, rho=rho, red_needed=1, alone=alone)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(NumberOutsideBounds):
        expected_care([0.1], rho=0.4)
    with pytest.raises(NumberOutsideBounds):
        expected_care([0.1], rho=0.4, red_needed=1, draws=0)
    with pytest.raises(NumberOutsideBounds):
        expected_care([0.1], rho=0.4, red_needed=1, seed=-1)


def test_what_is_no_zone_is_refused() -> None:
    with pytest.raises(NotAZone) as caught:
        care_score(np.array([1, 7, 0], dtype=np.int8), ["a", "a", "b"])
    assert caught.value.facts() == {"code": 7}
