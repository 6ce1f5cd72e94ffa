"""Did the class change: worked examples, edges, laws, and how often chance is called change. Numbers of R stand in tests/reference."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr

from kring.core.columns import NotNumbers
from kring.core.group_change import (
    Correction,
    GroupChange,
    NoTest,
    change_against_reference,
    group_changes,
    mean_change_parts,
    paired_change,
)
from kring.core.instruments import NumberOutsideBounds
from kring.core.intervals import NotAnInterval
from kring.core.reference_change import reference_change

NAN = float("nan")
BEFORE, AFTER = np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([2.0, 2.0, 5.0, 5.0, 6.0])
SCORE = st.one_of(st.none(), st.floats(1, 4))
PUPILS = st.lists(st.tuples(SCORE, SCORE), max_size=15)


def scores(pupils: list[tuple[float | None, float | None]]) -> tuple[np.ndarray, np.ndarray]:
    table = np.array(pupils, dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def test_worked_paired_test() -> None:
    found = paired_change(BEFORE, AFTER, sd_reference=2.0)
    assert (found.mean, found.effect_size, found.df, found.n, found.n_valid, found.untested) == (1.0, 0.5, 4, 5, 5, None)
    assert (found.t, found.p) == pytest.approx((3.162277660168379, 0.03410942316740963))
    assert found.interval is not None
    assert [found.interval.low, found.interval.high] == pytest.approx([1 - 2.7764451051977987 / 10**0.5, 1 + 2.7764451051977987 / 10**0.5])


def test_only_pupils_measured_twice_count() -> None:
    found = paired_change(np.append(BEFORE, [NAN, 4.0]), np.append(AFTER, [4.0, NAN]))
    plain = paired_change(BEFORE, AFTER)
    assert (found.t, found.p, found.interval, found.n, found.n_valid) == (plain.t, plain.p, plain.interval, 7, 5)
    assert found.effect_size is None


@pytest.mark.parametrize(
    ("before", "after", "mean", "untested"),
    [
        ([], [], None, NoTest.TOO_FEW),
        ([NAN, 1.0], [1.0, NAN], None, NoTest.TOO_FEW),
        ([1.0], [2.0], 1.0, NoTest.TOO_FEW),
        ([1.0, 2.0, 3.0, 4.0], [2.0, 2.0, 5.0, 5.0], 1.0, NoTest.TOO_FEW),
        ([1.0, 2.0, 3.0, 4.0, 5.0], [2.1, 3.1, 4.1, 5.1, 6.1], 1.1, NoTest.NO_SPREAD),
    ],
)
def test_what_is_not_tested(before: list[float], after: list[float], mean: float | None, untested: NoTest) -> None:
    found = paired_change(np.array(before), np.array(after))
    assert found.mean == pytest.approx(mean)
    assert (found.interval, found.t, found.df, found.p, found.untested) == (None, None, None, None, untested)


def test_a_spread_is_positive_and_a_level_a_share() -> None:
    with pytest.raises(NumberOutsideBounds):
        paired_change(BEFORE, AFTER, sd_reference=0.0)
    with pytest.raises(NotAnInterval):
        paired_change(BEFORE, AFTER, level=1.0)


@given(PUPILS)
def test_the_way_back_is_the_opposite_in_any_order(pupils: list[tuple[float | None, float | None]]) -> None:
    before, after = scores(pupils)
    there, back = paired_change(before, after), paired_change(after[::-1], before[::-1])
    assert (there.p, there.untested, there.sd) == (back.p, back.untested, back.sd)
    assert there.t == (None if back.t is None else -back.t)
    assert paired_change(before[::-1], after[::-1]) == there
    assert paired_change(before[::-1], after[::-1]).provenance == there.provenance


def test_changed_is_significant_and_large_enough() -> None:
    p, means = np.array([0.001, 0.001, 0.001, 0.9, NAN, 0.001]), np.array([0.3, -0.3, 0.1, 0.3, 0.3, 0.3])
    found = group_changes(p, means, sd_reference=np.array([1.0, 1.0, 1.0, 1.0, 1.0, NAN]))
    better, worse, no, unknown = GroupChange.BETTER, GroupChange.WORSE, GroupChange.NOT_SHOWN, GroupChange.UNKNOWN
    assert found.decision.tolist() == [better, worse, no, no, unknown, unknown]
    assert found.threshold[:5].tolist() == pytest.approx([0.2] * 5)
    assert (found.n, found.n_valid) == (6, 5)


def test_an_important_change_goes_before_the_rule_of_thumb() -> None:
    found = group_changes(
        np.full(3, 0.001), np.array([0.3, 0.3, 0.5]), important_change=np.array([0.4, NAN, 0.5]), sd_reference=np.full(3, 1.0)
    )
    assert found.threshold.tolist() == [0.4, 0.2, 0.5]
    assert found.decision.tolist() == [GroupChange.NOT_SHOWN, GroupChange.BETTER, GroupChange.BETTER]
    alone = group_changes(np.array([0.001]), np.array([0.3]), important_change=np.array([0.25]))
    assert alone.decision.tolist() == [GroupChange.BETTER]
    assert group_changes(np.array([0.001]), np.array([0.3])).decision.tolist() == [GroupChange.UNKNOWN]


def test_holm_finds_less() -> None:
    p, means, sd = np.array([0.01, 0.04, 0.03]), np.full(3, 1.0), np.full(3, 1.0)
    assert group_changes(p, means, sd_reference=sd).decision.tolist() == [1, 1, 1]
    assert group_changes(p, means, sd_reference=sd, correction=Correction.HOLM).decision.tolist() == [1, 0, 0]
    assert group_changes(p, means, sd_reference=sd, false_share=0.035).decision.tolist() == [1, 0, 0]


@pytest.mark.parametrize("wrong", [{"sd_reference": np.array([0.0])}, {"important_change": np.array([-1.0])}, {"false_share": 1.0}])
def test_limits_are_positive(wrong: dict[str, object]) -> None:
    with pytest.raises(NumberOutsideBounds):
        group_changes(np.array([0.1]), np.array([1.0]), **wrong)  # type: ignore[arg-type]


def test_unequal_rows_are_no_column() -> None:
    with pytest.raises(NotNumbers):
        group_changes([[0.1], [0.1, 0.2]], np.array([1.0]))  # type: ignore[arg-type]


def test_of_classes_that_did_not_change_few_are_called_changed() -> None:
    """Over 200 class × scale sets of 24 pupils without any change, in at most 5 of 100 schools anything is found."""
    draw = np.random.Generator(np.random.PCG64(20260502))
    found = {Correction.BENJAMINI_HOCHBERG: 0, Correction.HOLM: 0}
    for _ in range(400):
        change = draw.normal(size=(200, 24))
        means = change.mean(axis=1)
        t = means / (change.std(axis=1, ddof=1) / np.sqrt(24))
        for correction in found:
            decision = group_changes(2 * stdtr(23, -np.abs(t)), means, sd_reference=np.full(200, 1.0), correction=correction).decision
            found[correction] += bool((decision != GroupChange.NOT_SHOWN).any())
    assert 0.01 <= found[Correction.BENJAMINI_HOCHBERG] / 400 <= 0.05
    assert 0.01 <= found[Correction.HOLM] / 400 <= 0.05


def test_of_what_is_called_changed_few_did_not_change() -> None:
    """A fifth of 200 sets really changed by .8 sd: the share of false findings stays below 5 %, and most of the true ones are found."""
    draw = np.random.Generator(np.random.PCG64(20260503))
    true, false_shares, hits = np.arange(200) < 40, [], []
    for _ in range(200):
        change = draw.normal(size=(200, 24)) + 0.8 * true[:, np.newaxis]
        means = change.mean(axis=1)
        t = means / (change.std(axis=1, ddof=1) / np.sqrt(24))
        changed = group_changes(2 * stdtr(23, -np.abs(t)), means, sd_reference=np.full(200, 1.0)).decision != GroupChange.NOT_SHOWN
        false_shares.append((changed & ~true).sum() / max(1, changed.sum()))
        hits.append(changed[true].mean())
    assert np.mean(false_shares) <= 0.05
    assert np.mean(hits) >= 0.8


def test_worked_parts() -> None:
    found = mean_change_parts(np.array([2.0, 4.0, 1.0, NAN, NAN]), np.array([3.0, 5.0, NAN, 10.0, NAN]))
    assert (found.total, found.stayers) == (Fraction(11, 3), Fraction(1))
    assert (found.joiners, found.leavers) == (Fraction(2), Fraction(2, 3))
    assert (found.stayed, found.joined, found.left, found.n, found.n_valid) == (2, 1, 1, 5, 4)


def test_without_anybody_at_a_moment_there_is_no_difference() -> None:
    for before, after in (([], []), ([NAN], [1.0]), ([1.0], [NAN])):
        found = mean_change_parts(np.array(before), np.array(after))
        assert (found.total, found.stayers, found.joiners, found.leavers) == (None, None, None, None)


def test_without_stayers_there_are_no_parts() -> None:
    found = mean_change_parts(np.array([1.0, NAN]), np.array([NAN, 3.0]))
    assert (found.total, found.stayers, found.joiners, found.leavers) == (Fraction(2), None, None, None)


@given(PUPILS)
def test_the_parts_add_up_exactly_in_any_order(pupils: list[tuple[float | None, float | None]]) -> None:
    before, after = scores(pupils)
    found = mean_change_parts(before, after)
    if found.stayers is not None and found.joiners is not None and found.leavers is not None:
        assert found.total == found.stayers + found.joiners + found.leavers
        assert float(found.total) == pytest.approx(np.nanmean(after) - np.nanmean(before), abs=1e-12)
        stayed, left, joined = ~np.isnan(before + after), np.isnan(after) & ~np.isnan(before), np.isnan(before) & ~np.isnan(after)
        if left.any():
            gap = before[left].mean() - before[stayed].mean()
            assert float(found.leavers) == pytest.approx(-left.sum() / (left | stayed).sum() * gap, abs=1e-12)
        if joined.any():
            gap = after[joined].mean() - after[stayed].mean()
            assert float(found.joiners) == pytest.approx(joined.sum() / (joined | stayed).sum() * gap, abs=1e-12)
    assert mean_change_parts(before[::-1], after[::-1]) == found


def test_a_class_beside_the_reference_sample() -> None:
    sample = reference_change(np.arange(6.0), np.array([1.0, 1.0, 3.0, 3.0, 5.0, 5.0]))
    found = change_against_reference(np.arange(5.0), np.array([2.0, 2.0, 4.0, 5.0, 5.0]), reference=sample)
    assert (found.difference, found.df, found.p) == pytest.approx((1.1, 8.642857142857142, 0.009505879643807945))
    assert found.interval is not None
    assert found.interval.low < 1.1 < found.interval.high
    assert (found.untested, found.n, found.n_valid) == (None, 5, 5)


@pytest.mark.parametrize(
    ("own", "of_reference", "difference", "untested"),
    [
        ([1.0], [1.0, 2.0, 1.0, 2.0, 1.0], None, NoTest.TOO_FEW),
        ([1.0, 2.0, 1.0, 2.0, 1.0], [], None, NoTest.TOO_FEW),
        ([1.0, 2.0, 3.0, 2.0], [1.0, 1.0, 1.0, 2.0, 0.0], 1.0, NoTest.TOO_FEW),
        ([1.0, 2.0, 3.0, 2.0, 2.0], [1.0, 1.0], 1.0, NoTest.TOO_FEW),
        ([2.0] * 5, [1.0] * 5, 1.0, NoTest.NO_SPREAD),
    ],
)
def test_what_is_not_compared(own: list[float], of_reference: list[float], difference: float | None, untested: NoTest) -> None:
    sample = reference_change(np.zeros(len(of_reference)), np.array(of_reference))
    found = change_against_reference(np.zeros(len(own)), np.array(own), reference=sample)
    assert (found.difference, found.interval, found.df, found.p, found.untested) == (difference, None, None, None, untested)
