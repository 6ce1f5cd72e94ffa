"""Shrunken class means: against the plain restricted likelihood, at the edges, and laws. Numbers of lme4 stand in tests/reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.class_sums import NotAClassSize, NoVariances
from kring.core.instruments import NumberOutsideBounds
from kring.core.nesting import Comparison
from kring.core.random_intercept import RandomIntercept, random_intercept, random_intercept_of_classes, shrunken_means

NAN = float("nan")
SAMPLES = st.tuples(st.integers(0, 10_000), st.integers(2, 12), st.sampled_from([0.0, 0.1, 0.5, 3.0]))


def sample(seed: int, classes: int, between: float) -> tuple[np.ndarray, np.ndarray]:
    """Pupils of classes of 1 to 8 whose means have this standard deviation, that of pupils being 1."""
    draw = np.random.Generator(np.random.PCG64(seed))
    codes = np.repeat(np.arange(classes), draw.integers(1, 9, classes))
    return draw.normal(3, 1, len(codes)) + draw.normal(0, between, classes)[codes], codes


def restricted_deviance(values: np.ndarray, codes: np.ndarray, between: float, within: float) -> float:
    """The likelihood written out in full: ln|V| + ln|1'V⁻¹1| + r'V⁻¹r with V = σ²I + τ²ZZ'."""
    v = within * np.eye(len(values)) + between * (codes[:, np.newaxis] == codes)
    inverse = np.linalg.inv(v)
    weight = inverse.sum()
    off = values - (inverse @ values).sum() / weight
    return float(np.linalg.slogdet(v)[1] + np.log(weight) + off @ inverse @ off)


def numbers(found: RandomIntercept) -> tuple[float, float, float, float]:
    assert found.mean is not None
    assert found.standard_error is not None
    assert found.between is not None
    assert found.within is not None
    return found.mean, found.standard_error, found.between, found.within


@given(SAMPLES)
def test_no_other_variances_are_more_likely(drawn: tuple[int, int, float]) -> None:
    values, codes = sample(*drawn)
    found = random_intercept(values, codes)
    if found.unknown is None:
        _, _, between, within = numbers(found)
        best = restricted_deviance(values, codes, between, within)
        for other, own in ((1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99), (0.0, 1.0)):
            assert restricted_deviance(values, codes, between * other, within * own) >= best - 1e-9
        assert restricted_deviance(values, codes, between + 0.01, within) >= best - 1e-9


@given(SAMPLES)
def test_a_shrunken_mean_lies_between_the_mean_of_the_class_and_that_of_all(drawn: tuple[int, int, float]) -> None:
    found = random_intercept(*sample(*drawn))
    if found.unknown is None:
        grand = numbers(found)[0]
        low, high = np.minimum(found.means, grand), np.maximum(found.means, grand)
        assert ((low - 1e-12 <= found.shrunken) & (found.shrunken <= high + 1e-12)).all()
        assert ((found.reliability >= 0) & (found.reliability < 1)).all()


@given(SAMPLES)
def test_no_order_of_the_pupils_changes_a_bit(drawn: tuple[int, int, float]) -> None:
    values, codes = sample(*drawn)
    order = np.random.Generator(np.random.PCG64(drawn[0])).permutation(len(values))
    found, other = random_intercept(values, codes), random_intercept(values[order], codes[order])
    assert found.shrunken.tobytes() == other.shrunken.tobytes()
    assert (found.between, found.within, found.mean, found.provenance) == (other.between, other.within, other.mean, other.provenance)


@given(SAMPLES)
def test_what_schools_hand_over_gives_the_same(drawn: tuple[int, int, float]) -> None:
    values, codes = sample(*drawn)
    whole = random_intercept(values, codes)
    squares = sum(float(np.sum((values[codes == code] - values[codes == code].mean()) ** 2)) for code in whole.labels)
    found = random_intercept_of_classes(whole.sizes, whole.means, squares_within=squares)
    back = random_intercept_of_classes(whole.sizes[::-1], whole.means[::-1], squares_within=squares)
    assert found.shrunken.tobytes() == back.shrunken[::-1].tobytes()
    assert (found.unknown, found.n, found.comparison) == (whole.unknown, whole.n, whole.comparison)
    if found.unknown is None:
        assert numbers(found) == pytest.approx(numbers(whole), rel=1e-6, abs=1e-6)
        assert found.shrunken.tolist() == pytest.approx(whole.shrunken.tolist(), abs=1e-6)


def test_worked_shrinkage() -> None:
    found = shrunken_means([13, 0], np.array([2.71, NAN]), mean=3.03, between=0.072, within=0.326)
    assert found.reliability[0] == pytest.approx(0.7416798732171157, abs=1e-12)
    assert found.shrunken[0] == pytest.approx(2.7926624405705227, abs=1e-12)
    assert found.shrunken_sd[0] == pytest.approx(0.13637833086076273, abs=1e-12)
    assert np.isnan([found.reliability[1], found.shrunken[1], found.shrunken_sd[1]]).all()
    assert (found.n, found.n_valid) == (2, 1)


def test_shrinking_by_known_variances_is_what_the_estimate_does() -> None:
    whole = random_intercept(*sample(3, 12, 0.5))
    mean, _, between, within = numbers(whole)
    found = shrunken_means(whole.sizes, whole.means, mean=mean, between=between, within=within)
    assert found.shrunken.tolist() == pytest.approx(whole.shrunken.tolist())
    assert found.shrunken_sd.tolist() == pytest.approx(whole.shrunken_sd.tolist())
    assert whole.icc == pytest.approx(between / (between + within))


@pytest.mark.parametrize(("between", "within"), [(-0.1, 1.0), (1.0, -0.1), (NAN, 1.0), (0.0, 0.0), (1.0, float("inf")), (1e300, 1.0)])
def test_variances_are_positive(between: float, within: float) -> None:
    with pytest.raises(NumberOutsideBounds):
        shrunken_means([2], np.array([1.0]), mean=1.0, between=between, within=within)


def test_classes_that_do_not_differ_all_get_the_mean_of_all() -> None:
    found = random_intercept(np.array([1.0, 3.0, 1.0, 3.0, 1.0, 3.0]), ["a", "a", "b", "b", "c", "c"])
    assert (found.between, found.icc, found.mean) == (0.0, 0.0, 2.0)
    assert found.within == pytest.approx(6 / 5)
    assert (found.shrunken.tolist(), found.shrunken_sd.tolist(), found.reliability.tolist()) == ([2.0] * 3, [0.0] * 3, [0.0] * 3)
    many = random_intercept_of_classes([24] * 10, np.full(10, 2.0), squares_within=50.0)
    assert (many.between, many.comparison) == (0.0, Comparison.TOO_UNRELIABLE)


@pytest.mark.parametrize(
    ("values", "classes", "unknown"),
    [
        ([], [], NoVariances.NOBODY),
        ([NAN], ["a"], NoVariances.NOBODY),
        ([1.0, 2.0, NAN], ["a", "a", "b"], NoVariances.ONE_CLASS),
        ([2.0], ["a"], NoVariances.ONE_CLASS),
        ([1.0, 2.0], ["a", "b"], NoVariances.ONE_PUPIL_EACH),
        ([2.2] * 6, ["a", "a", "b", "b", "c", "c"], NoVariances.NO_SPREAD_WITHIN),
        ([0.1, 0.1, 0.3, 0.3], ["a", "a", "b", "b"], NoVariances.NO_SPREAD_WITHIN),
        ([2.2, 2.2000000000000006, 2.2, 2.2], ["a", "a", "b", "b"], NoVariances.NO_SPREAD_WITHIN),
        ([0.0, 1e-3, 1000.0, 1000.0], ["a", "a", "b", "b"], NoVariances.NO_SPREAD_WITHIN),
        ([0.0, 1e-9, 1000.0, 1000.0], ["a", "a", "b", "b"], NoVariances.NO_SPREAD_WITHIN),
    ],
)
def test_what_cannot_be_told_apart_is_not_shrunken(values: list[float], classes: list[str], unknown: NoVariances) -> None:
    found = random_intercept(np.array(values), classes)
    assert (found.mean, found.standard_error, found.between, found.within, found.icc) == (None,) * 5
    assert (found.unknown, found.comparison) == (unknown, Comparison.TOO_FEW_CLASSES)
    assert np.isnan([found.reliability, found.shrunken, found.shrunken_sd]).all()
    assert not np.isnan(found.means).any()


def test_a_class_of_one_counts_and_a_missing_score_does_not() -> None:
    found = random_intercept(np.array([1.0, 2.0, 1.5, 4.0, NAN, 5.0]), [3, 3, 3, 9, 9, 9])
    assert (found.labels.tolist(), found.sizes.tolist(), found.means.tolist()) == ([3, 9], [3, 2], [1.5, 4.5])
    one = random_intercept(np.array([1.0, 2.0, 1.5, 4.0]), [3, 3, 3, 9])
    assert (one.sizes.tolist(), one.unknown, one.n, one.n_valid) == ([3, 1], None, 4, 4)


def test_a_class_without_pupils_stays_in_its_place() -> None:
    found = random_intercept_of_classes([2, 0, 3], np.array([1.0, NAN, 2.0]), squares_within=0.4)
    plain = random_intercept_of_classes([2, 3], np.array([1.0, 2.0]), squares_within=0.4)
    assert (found.labels.tolist(), found.sizes.tolist()) == ([0, 1, 2], [2, 0, 3])
    for whole, part in ((found.shrunken, plain.shrunken), (found.reliability, plain.reliability), (found.shrunken_sd, plain.shrunken_sd)):
        assert whole[[0, 2]].tolist() == part.tolist()
        assert np.isnan(whole[1])
    assert (found.within, found.n, found.n_valid) == (plain.within, 5, 5)
    nobody = random_intercept_of_classes([0, 0], np.array([NAN, NAN]), squares_within=0.0)
    assert (nobody.unknown, nobody.n) == (NoVariances.NOBODY, 0)
    assert np.isnan(nobody.means).all()


@pytest.mark.parametrize(("size", "mean"), [(-1.0, 2.0), (2.5, 2.0), (NAN, 2.0), (2.0**63, 2.0), (3.0, NAN)])
def test_a_class_has_a_whole_size_and_then_a_mean(size: float, mean: float) -> None:
    with pytest.raises(NotAClassSize):
        random_intercept_of_classes([2.0, size], np.array([1.0, mean]), squares_within=0.4)


@pytest.mark.parametrize("squares", [-0.1, NAN, float("inf")])
def test_a_sum_of_squares_is_not_negative(squares: float) -> None:
    with pytest.raises(NumberOutsideBounds):
        random_intercept_of_classes([2, 3], np.array([1.0, 2.0]), squares_within=squares)


def test_means_are_compared_when_half_of_them_are_reliable() -> None:
    draw = np.random.Generator(np.random.PCG64(2))
    codes = np.repeat(np.arange(12), 24)
    alike, apart = draw.normal(0, 1, 288), draw.normal(0, 1, 288) + draw.normal(0, 1, 12)[codes]
    assert random_intercept(alike, codes).comparison is Comparison.TOO_UNRELIABLE
    assert random_intercept(apart, codes).comparison is Comparison.ALLOWED


def test_a_country_is_estimated_rightly() -> None:
    draw = np.random.Generator(np.random.PCG64(5))
    codes = np.repeat(np.arange(4000), draw.integers(8, 33, 4000))
    values = 3 + draw.normal(0, 0.2, 4000)[codes] + draw.normal(0, 0.6, len(codes))
    mean, error, between, within = numbers(random_intercept(values, codes))
    assert mean == pytest.approx(3, abs=4 * error)
    assert (between, within) == pytest.approx((0.04, 0.36), rel=0.06)
