"""When data may be called a norm: each tier with its conditions, and what stops it."""

from dataclasses import replace

import pytest

from kring.core.instruments import NumberOutsideBounds
from kring.core.norm_tiers import SHOWN, Flaw, NormEvidence, NormTier, NotACount, Shown, Support, Wanting, norm_standing, pupils_needed

NORM = NormEvidence(
    pupils=3000,
    schools=60,
    school_years=1,
    effective_n={"3-4": 400.0, "5-6": 450.0},
    sampling_plan=True,
    support=frozenset(Support),
)
OWN = NormEvidence(pupils=100, schools=1, school_years=2)


def test_a_norm_may_show_everything_but_provisional_levels() -> None:
    found = norm_standing(NORM)
    assert (found.tier, found.wanting, found.missing_support, found.flaws) == (NormTier.NORM, (), (), ())
    assert found.shown == {Shown.RAW, Shown.PERCENTILE_WITH_BAND, Shown.T, Shown.LEVELS}
    assert (found.n, found.n_valid) == (3000, 3000)


@pytest.mark.parametrize("missing", list(Support))
def test_without_one_document_it_is_provisional(missing: Support) -> None:
    found = norm_standing(replace(NORM, support=set(Support) - {missing}))
    assert (found.tier, found.missing_support) == (NormTier.PROVISIONAL, (missing,))
    assert Shown.PROVISIONAL_LEVELS in found.shown


def test_the_lowest_band_decides_for_the_whole() -> None:
    found = norm_standing(replace(NORM, effective_n={"3-4": 399.9, "5-6": 400.0, "7-8": 99.9}))
    assert found.band_tiers == {"3-4": NormTier.PROVISIONAL, "5-6": NormTier.NORM, "7-8": NormTier.NONE}
    assert (found.tier, found.wanting, found.n_valid) == (NormTier.NONE, (Wanting.HUNDRED_PER_BAND, Wanting.FOUR_HUNDRED), 0)


@pytest.mark.parametrize(
    ("sizes", "tier"),
    [
        ({"a": 100.0, "b": 100.0, "c": 200.0}, NormTier.NORM),
        ({"a": 100.0, "b": 100.0, "c": 199.0}, NormTier.PROVISIONAL),
        ({"a": 99.0, "b": 400.0}, NormTier.NONE),
    ],
)
def test_continuous_norms_let_bands_support_each_other(sizes: dict[str, float], tier: NormTier) -> None:
    assert norm_standing(replace(NORM, continuous=True, effective_n=sizes)).tier is tier


@pytest.mark.parametrize("flaw", list(Flaw))
def test_no_flaw_passes_for_a_norm(flaw: Flaw) -> None:
    found = norm_standing(replace(NORM, flaws={flaw}))
    assert (found.tier, found.flaws) == (NormTier.NONE, (flaw,))


@pytest.mark.parametrize(("age", "tier"), [(15, NormTier.NORM), (16, NormTier.NONE)])
def test_a_norm_of_more_than_fifteen_years_is_outdated(age: int, tier: NormTier) -> None:
    assert norm_standing(replace(NORM, age=age)).tier is tier


def test_schools_without_a_plan_are_not_a_norm_and_say_what_is_wanting() -> None:
    assert norm_standing(replace(NORM, sampling_plan=False)).wanting == (Wanting.SAMPLING_PLAN,)
    assert norm_standing(replace(NORM, schools=1)).tier is NormTier.NONE
    assert norm_standing(replace(NORM, effective_n={})).wanting == (Wanting.HUNDRED_PER_BAND, Wanting.FOUR_HUNDRED)


def test_a_school_may_be_compared_with_its_own_past() -> None:
    found = norm_standing(OWN)
    assert (found.tier, found.shown) == (NormTier.OWN_REFERENCE, SHOWN[NormTier.OWN_REFERENCE])
    assert found.shown == {Shown.RAW, Shown.OWN_SCHOOL}
    assert norm_standing(replace(OWN, effective_n={"3-4": 60.0})).band_tiers == {"3-4": NormTier.OWN_REFERENCE}
    assert norm_standing(replace(OWN, flaws={Flaw.ONE_PROGRAMME})).tier is NormTier.OWN_REFERENCE


@pytest.mark.parametrize(
    "other",
    [
        {"pupils": 99},
        {"school_years": 1},
        {"schools": 2},
        {"flaws": {Flaw.CHANGED_SINCE}},
        {"flaws": {Flaw.BEFORE_LARGE_EVENT}},
        {"age": 16},
    ],
)
def test_no_own_reference(other: dict[str, object]) -> None:
    found = norm_standing(replace(OWN, **other))  # type: ignore[arg-type]
    assert (found.tier, found.shown, found.n_valid) == (NormTier.NONE, SHOWN[NormTier.NONE], 0)


def test_impossible_evidence_is_refused() -> None:
    for impossible in (-1, 1.5, float("nan"), float("inf")):
        with pytest.raises(NotACount):
            replace(OWN, schools=impossible)  # type: ignore[arg-type]
    with pytest.raises(NumberOutsideBounds):
        replace(OWN, effective_n={"3-4": 101.0})


def test_pupils_needed_is_counted_exactly() -> None:
    """24 pupils and ICC .05: 400 × 2.15 is 860, although 400·(1 + 23·.05) is a little more in floating point."""
    assert pupils_needed(400, class_size=24, icc=0.05).n == 860
    assert pupils_needed(0, class_size=24, icc=0.05).n == 0
    with pytest.raises(NumberOutsideBounds):
        pupils_needed(400, class_size=24, icc=1.1)
