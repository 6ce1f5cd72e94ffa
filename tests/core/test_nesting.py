"""Pupils in classes: variance between classes, reliability of means and design effect. Numbers computed in R stand in tests/reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.class_sums import ClassLabelsOfNoKind, NotAClassSize, NoVariances, gathered
from kring.core.columns import UnequalColumns
from kring.core.instruments import NumberOutsideBounds
from kring.core.nesting import Comparison, class_mean_reliability, design_effect, intraclass_correlation

NAN = float("nan")
VALUES = np.array([1.0, 2.0, 3.0, 4.0, 6.0])
CLASSES = ["a", "a", "b", "b", "b"]


def test_worked_analysis_of_variance() -> None:
    found = intraclass_correlation(VALUES, CLASSES)
    between = 2 * (1.5 - 3.2) ** 2 + 3 * (13 / 3 - 3.2) ** 2
    within = (0.5 + 14 / 3) / 3
    assert (found.between, found.within, found.typical_size) == pytest.approx((between, within, 2.4))
    assert (found.icc1, found.icc2) == pytest.approx(((between - within) / (between + 1.4 * within), 1 - within / between))
    assert (found.n, found.n_valid, found.classes, found.unknown) == (5, 5, 2, None)


def test_classes_that_differ_less_than_chance_have_a_negative_correlation() -> None:
    found = intraclass_correlation(np.array([1.0, 4.0, 1.0, 4.0, 1.1, 4.0]), [1, 1, 2, 2, 3, 3])
    assert found.icc1 is not None
    assert found.icc1 < 0
    assert intraclass_correlation(np.array([1.0, 4.0, 1.0, 4.0]), [1, 1, 2, 2]).icc2 is None


@pytest.mark.parametrize(
    ("values", "classes", "unknown"),
    [
        ([], [], NoVariances.NOBODY),
        ([NAN, NAN], ["a", "b"], NoVariances.NOBODY),
        ([1.0, 2.0, NAN], ["a", "a", "b"], NoVariances.ONE_CLASS),
        ([1.0, 2.0], ["a", "b"], NoVariances.ONE_PUPIL_EACH),
    ],
)
def test_what_cannot_be_told_apart_has_no_correlation(values: list[float], classes: list[str], unknown: NoVariances) -> None:
    found = intraclass_correlation(np.array(values), classes)
    assert (found.icc1, found.icc2, found.typical_size, found.between, found.within) == (None,) * 5
    assert (found.unknown, found.n) == (unknown, len(values))


def test_pupils_who_do_not_differ_within_classes() -> None:
    same = intraclass_correlation(np.full(6, 2.2), [1, 1, 2, 2, 3, 3])
    assert (same.icc1, same.icc2, same.unknown) == (None, None, NoVariances.NO_SPREAD_WITHIN)
    noise = intraclass_correlation(np.array([2.2, np.nextafter(2.2, 3), 2.2, np.nextafter(2.2, 3)]), [1, 1, 1, 2])
    assert (noise.icc1, noise.icc2, noise.unknown) == (None, None, NoVariances.NO_SPREAD_WITHIN)
    apart = intraclass_correlation(np.array([1.0, 1.0, 2.0, 2.0]), [1, 1, 2, 2])
    assert (apart.icc1, apart.icc2, apart.unknown) == (1.0, 1.0, NoVariances.NO_SPREAD_WITHIN)


@pytest.mark.parametrize(
    "classes",
    [
        np.array([5, 5, 7, 7, 7]),
        np.array([-100, -100, 100, 100, 100], dtype=np.int8),
        np.array([1, 1, 2**63 + 5, 2**63 + 5, 2**63 + 5], dtype=np.uint64),
        np.array([2**63 + 5, 2**63 + 5, 2**63 + 6, 2**63 + 6, 2**63 + 6], dtype=np.uint64),
        np.array([10**12, 10**12, 3 * 10**12, 3 * 10**12, 3 * 10**12]),
        np.array(["klas 1", "klas 1", "klas 2", "klas 2", "klas 2"]),
    ],
    ids=["gap", "small", "unsigned", "dense and large", "sparse", "words"],
)
def test_a_class_is_named_by_a_number_or_a_word(classes: np.ndarray) -> None:
    found, plain = gathered(VALUES, classes), gathered(VALUES, CLASSES)
    assert (found.sizes.tolist(), found.means.tolist(), found.squares) == (plain.sizes.tolist(), plain.means.tolist(), plain.squares)
    assert found.labels.tolist() == sorted(set(classes.tolist()))


@pytest.mark.parametrize(
    "classes", [[1.0, 1.0, 2.0, 2.0, 2.0], ["a", None, "b", "b", "b"], [[1, 1, 2, 2, 2]], [True, True, False, False, False]]
)
def test_other_labels_are_refused(classes: list[object]) -> None:
    with pytest.raises(ClassLabelsOfNoKind):
        intraclass_correlation(VALUES, np.array(classes))


def test_unequal_labels_are_refused() -> None:
    with pytest.raises(ClassLabelsOfNoKind) as caught:
        intraclass_correlation(VALUES, [["a"], ["a", "b"]])
    assert caught.value.facts() == {"kind": "list", "shape": ()}


def test_words_may_come_as_objects() -> None:
    found = intraclass_correlation(VALUES, np.array(CLASSES, dtype=object))
    assert found.icc1 == intraclass_correlation(VALUES, CLASSES).icc1


def test_as_many_labels_as_values() -> None:
    with pytest.raises(UnequalColumns) as caught:
        intraclass_correlation(VALUES, ["a", "b"])
    assert caught.value.facts() == {"lengths": {"values": 5, "classes": 2}}


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.integers(0, 4)), max_size=30), st.randoms(use_true_random=False))
def test_sums_per_class_are_right_and_the_same_in_any_order(pupils: list[tuple[float, int]], order: np.random.Generator) -> None:
    values, classes = np.array([value for value, _ in pupils]), np.array([label for _, label in pupils], dtype=np.int64)
    shuffled = list(range(len(pupils)))
    order.shuffle(shuffled)
    found, other = gathered(values, classes), gathered(values[shuffled], classes[shuffled])
    assert (found.means.tobytes(), found.squares, found.sizes.tobytes()) == (other.means.tobytes(), other.squares, other.sizes.tobytes())
    own = [values[classes == label] for label in found.labels]
    assert (found.means + found.middle).tolist() == pytest.approx([part.mean() for part in own], abs=1e-8)
    assert found.squares == pytest.approx(sum(float(np.sum((part - part.mean()) ** 2)) for part in own), rel=1e-9, abs=1e-6)


def test_reliability_grows_with_the_class() -> None:
    found = class_mean_reliability([15, 24, 30, 0, 1], icc=0.10)
    assert found.reliability[:3].tolist() == pytest.approx([0.625, 0.7272727272727273, 0.7692307692307693])
    assert np.isnan(found.reliability[3])
    assert found.reliability[4] == pytest.approx(0.10)
    assert found.median == pytest.approx((0.625 + 0.7272727272727273) / 2)
    assert (found.n, found.n_valid, found.comparison) == (5, 4, Comparison.TOO_FEW_CLASSES)


def test_means_stand_side_by_side_from_ten_reliable_classes() -> None:
    assert class_mean_reliability([24] * 10, icc=0.10).comparison is Comparison.ALLOWED
    assert class_mean_reliability([24] * 10, icc=0.05).comparison is Comparison.TOO_UNRELIABLE
    assert class_mean_reliability([24] * 9 + [0], icc=0.10).comparison is Comparison.TOO_FEW_CLASSES
    assert class_mean_reliability([24] * 10, icc=0.0).reliability.tolist() == [0.0] * 10
    assert class_mean_reliability([24] * 10, icc=1.0).reliability.tolist() == [1.0] * 10
    nothing = class_mean_reliability([], icc=0.10)
    assert (nothing.median, nothing.n, nothing.comparison) == (None, 0, Comparison.TOO_FEW_CLASSES)


def test_pupils_in_classes_are_worth_fewer() -> None:
    found = design_effect([24] * 55, icc=0.10)
    assert (found.effect, found.effective_n) == pytest.approx((3.3, 400.0))
    assert (found.classes, found.n, found.n_valid) == (55, 1320, 1320)
    assert design_effect([10, 30], icc=0.5).effect == pytest.approx(1 + (1000 / 40 - 1) * 0.5)
    assert design_effect([1, 1, 1, 0], icc=0.5).effect == 1.0
    nobody = design_effect([0], icc=0.5)
    assert (nobody.effect, nobody.effective_n, nobody.classes, nobody.n) == (None, None, 0, 0)


@pytest.mark.parametrize("size", [-1.0, 2.5, NAN])
def test_a_size_is_a_whole_number(size: float) -> None:
    with pytest.raises(NotAClassSize):
        design_effect([24, size], icc=0.1)
    with pytest.raises(NotAClassSize):
        class_mean_reliability([24, size], icc=0.1)


@pytest.mark.parametrize("icc", [-0.1, 1.1, NAN])
def test_a_correlation_within_classes_is_a_share(icc: float) -> None:
    with pytest.raises(NumberOutsideBounds):
        design_effect([24], icc=icc)
