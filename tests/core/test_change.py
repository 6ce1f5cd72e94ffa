"""Reliable change: worked examples, edges, laws, and how often it is wrong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.bands import SemNotPositive
from kring.core.change import (
    Z_CLEARLY,
    Z_PERHAPS,
    Change,
    NoComparison,
    Occasion,
    changes_over_moments,
    decisions,
    minimal_detectable_changes,
    reliable_changes,
)
from kring.core.columns import BeyondMeasure, UnequalColumns
from kring.core.instruments import NotASign, NumberOutsideBounds

NAN = float("nan")
SEM = 10 * np.sqrt(1 - 0.83)
THIS = Occasion("kring-leerling-1", "pupil")
SCORES = st.lists(st.tuples(st.floats(1, 4), st.floats(1, 4)), min_size=1, max_size=12)


def test_worked_change() -> None:
    found = reliable_changes(np.array([42.0]), np.array([49.0]), sem=SEM)
    assert found.sd_of_difference == pytest.approx(5.8309518948453025, abs=1e-12)
    assert found.index.tolist() == pytest.approx([1.2004900959975615], abs=1e-12)
    assert (found.decision.tolist(), found.change.tolist(), found.no_comparison) == ([Change.NOT_SHOWN], [7.0], None)
    assert (found.n, found.n_valid, found.provenance.method) == (1, 1, "reliable-change/1")


def test_what_the_reference_sample_learnt_is_taken_off() -> None:
    found = reliable_changes(np.array([42.0]), np.array([49.0]), sem=SEM, practice=1.0)
    assert found.index.tolist() == pytest.approx([1.0289915108550527], abs=1e-12)


def test_the_words_change_at_80_and_95_percent() -> None:
    steps = np.array([0.0, Z_PERHAPS - 1e-9, Z_PERHAPS, Z_CLEARLY - 1e-9, Z_CLEARLY, 9.0])
    assert decisions(steps).tolist() == [0, 0, 1, 1, 2, 2]
    assert decisions(-steps).tolist() == [0, 0, -1, -1, -2, -2]
    assert pytest.approx([1.281552, 1.959964], abs=1e-6) == [Z_PERHAPS, Z_CLEARLY]


def test_fewer_problems_is_better() -> None:
    found = reliable_changes(np.array([3.0]), np.array([1.0]), sem=0.3, direction=-1)
    assert (found.change.tolist(), found.decision.tolist()) == ([2.0], [Change.CLEARLY_BETTER])


def test_a_missing_score_is_unknown() -> None:
    found = reliable_changes(np.array([1.0, NAN, 3.0]), np.array([NAN, 2.0, 4.0]), sem=0.3)
    assert found.decision.tolist() == [Change.UNKNOWN, Change.UNKNOWN, Change.CLEARLY_BETTER]
    assert (found.n, found.n_valid) == (3, 1)
    nobody = reliable_changes(np.array([]), np.array([]), sem=0.3)
    assert (nobody.n, nobody.n_valid, nobody.decision.tolist()) == (0, 0, [])


def test_without_an_error_there_is_a_change_but_no_index() -> None:
    found = reliable_changes(np.array([2.0]), np.array([3.0]), sem=None)
    assert (found.change.tolist(), found.decision.tolist()) == ([1.0], [Change.UNKNOWN])
    assert np.isnan(found.index).all()
    assert (found.no_comparison, found.sd_of_difference) == (NoComparison.NO_ERROR_KNOWN, None)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (Occasion("kring-leerling-2", "pupil"), NoComparison.OTHER_VERSION),
        (Occasion("kring-leerling-1", "teacher"), NoComparison.OTHER_INFORMANT),
        (Occasion("kring-leerling-2", "teacher"), NoComparison.OTHER_VERSION),
    ],
)
def test_another_version_or_informant_is_not_compared(other: Occasion, reason: NoComparison) -> None:
    found = reliable_changes(np.array([2.0]), np.array([3.0]), sem=0.3, occasions=(THIS, other))
    assert np.isnan([found.change, found.index]).all()
    assert (found.decision.tolist(), found.no_comparison) == ([Change.UNKNOWN], reason)
    same = reliable_changes(np.array([2.0]), np.array([3.0]), sem=0.3, occasions=(THIS, THIS))
    assert same.no_comparison is None


@pytest.mark.parametrize("sem", [0.0, -1.0, NAN, float("inf")])
def test_an_error_that_is_none_is_refused(sem: float) -> None:
    with pytest.raises(SemNotPositive):
        reliable_changes(np.array([2.0]), np.array([3.0]), sem=sem)


def test_a_direction_is_a_sign_and_practice_a_number() -> None:
    with pytest.raises(NotASign):
        reliable_changes(np.array([2.0]), np.array([3.0]), sem=0.3, direction=0)
    with pytest.raises(BeyondMeasure):
        reliable_changes(np.array([2.0]), np.array([3.0]), sem=0.3, practice=NAN)


@given(SCORES, st.floats(0.05, 2))
def test_the_way_back_is_the_opposite(pairs: list[tuple[float, float]], sem: float) -> None:
    before, after = np.array(pairs).T
    there, back = reliable_changes(before, after, sem=sem), reliable_changes(after, before, sem=sem)
    assert there.index.tolist() == (-back.index).tolist()
    assert there.decision.tolist() == (-back.decision).tolist()
    mirrored = reliable_changes(before, after, sem=sem, direction=-1)
    assert mirrored.index.tolist() == (-there.index).tolist()


@given(SCORES)
def test_no_order_of_the_pupils_changes_a_result(pairs: list[tuple[float, float]]) -> None:
    before, after = np.array(pairs).T
    forth, back = reliable_changes(before, after, sem=0.3), reliable_changes(before[::-1], after[::-1], sem=0.3)
    assert forth.index.tobytes() == back.index[::-1].tobytes()
    assert forth.provenance == back.provenance


def test_clearly_changed_is_said_of_5_in_100_who_did_not_change() -> None:
    draw = np.random.Generator(np.random.PCG64(20260501))
    true = draw.normal(50, 8, 40_000)
    first, second = true + draw.normal(0, 4, 40_000), true + draw.normal(0, 4, 40_000)
    decision = reliable_changes(first, second, sem=4.0).decision
    assert 0.04 <= float(np.mean(np.abs(decision) == Change.CLEARLY_BETTER)) <= 0.06
    assert 0.19 <= float(np.mean(decision != Change.NOT_SHOWN)) <= 0.21


def test_each_moment_is_compared_with_the_first_and_the_previous() -> None:
    found = changes_over_moments(np.array([[42.0, 49.0, 54.0]]), sem=SEM)
    assert found.index_first[0, 1:].tolist() == pytest.approx([7 / 5.8309518948453025, 12 / 5.8309518948453025])
    assert found.index_previous[0, 1:].tolist() == pytest.approx([7 / 5.8309518948453025, 5 / 5.8309518948453025])
    assert found.decision_first.tolist() == [[Change.UNKNOWN, Change.NOT_SHOWN, Change.CLEARLY_BETTER]]
    assert found.decision_previous.tolist() == [[Change.UNKNOWN, Change.NOT_SHOWN, Change.NOT_SHOWN]]
    assert (found.n, found.n_valid, found.no_comparison) == (1, 1, {})


def test_a_pupil_who_missed_a_moment_is_compared_with_his_own_first_and_last() -> None:
    scores = np.array([[NAN, 2.0, NAN, 4.0], [1.0, NAN, NAN, NAN], [NAN] * 4, [1.0, 2.0, NAN, 3.0]])
    found = changes_over_moments(scores, sem=0.5)
    assert found.first.tolist() == [[-1, -1, -1, 1], [-1] * 4, [-1] * 4, [-1, 0, -1, 0]]
    assert found.previous.tolist() == [[-1, -1, -1, 1], [-1] * 4, [-1] * 4, [-1, 0, -1, 1]]
    assert found.index_first[0, 3] == found.index_previous[0, 3] == pytest.approx(2 / (np.sqrt(2) * 0.5))
    assert found.index_first[3, 3] == pytest.approx(2 * found.index_previous[3, 3])
    assert (found.n, found.n_valid) == (4, 2)


def test_practice_goes_by_moment() -> None:
    found = changes_over_moments(np.array([[2.0, 3.0, 4.0]]), sem=0.5, direction=-1, practice=[0.0, 1.0, 1.5])
    assert (found.index_first[0, 1:] * np.sqrt(2) * 0.5).tolist() == pytest.approx([0.0, -0.5])
    assert (found.index_previous[0, 1:] * np.sqrt(2) * 0.5).tolist() == pytest.approx([0.0, -0.5])
    with pytest.raises(UnequalColumns) as caught:
        changes_over_moments(np.array([[2.0, 3.0]]), sem=0.5, practice=[0.0])
    assert caught.value.facts() == {"lengths": {"moments": 2, "practice": 1}}
    with pytest.raises(BeyondMeasure):
        changes_over_moments(np.array([[2.0, 3.0]]), sem=0.5, practice=[0.0, NAN])


def test_moments_of_another_version_are_passed_over_and_named() -> None:
    new = Occasion("kring-leerling-2", "pupil")
    found = changes_over_moments(np.array([[1.0, 2.0, 4.0]]), sem=0.5, occasions=[THIS, new, new])
    assert found.no_comparison == {(0, 1): NoComparison.OTHER_VERSION, (0, 2): NoComparison.OTHER_VERSION}
    assert found.decision_first.tolist() == [[Change.UNKNOWN] * 3]
    assert found.decision_previous.tolist() == [[Change.UNKNOWN, Change.UNKNOWN, Change.CLEARLY_BETTER]]


def test_moments_without_an_error_are_all_unknown() -> None:
    found = changes_over_moments(np.array([[1.0, 2.0]]), sem=None)
    assert (found.no_comparison, found.sd_of_difference) == ({(0, 1): NoComparison.NO_ERROR_KNOWN}, None)
    assert found.decision_previous.tolist() == [[Change.UNKNOWN] * 2]


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (2, 1)])
def test_without_two_moments_nothing_is_compared(shape: tuple[int, int]) -> None:
    found = changes_over_moments(np.zeros(shape), sem=0.5)
    assert (found.n, found.n_valid, found.index_first.shape) == (shape[0], 0, shape)
    assert (found.decision_first == Change.UNKNOWN).all()


@given(st.lists(st.lists(st.sampled_from([1.0, 2.0, 2.6, 4.0, NAN]), min_size=2, max_size=2), min_size=1, max_size=8))
def test_two_moments_are_the_plain_comparison(scores: list[list[float]]) -> None:
    table = np.array(scores)
    found, plain = changes_over_moments(table, sem=0.3), reliable_changes(table[:, 0], table[:, 1], sem=0.3)
    assert found.decision_first[:, 1].tolist() == found.decision_previous[:, 1].tolist() == plain.decision.tolist()
    assert found.index_first[:, 1].tobytes() == plain.index.tobytes()
    assert found.n_valid == plain.n_valid


def test_smallest_changes_that_can_be_shown() -> None:
    found = minimal_detectable_changes(np.array([0.83, 1.0, NAN]), sd=10.0)
    assert found.at_80[:2].tolist() == pytest.approx([7.472665529454251, 0.0], abs=1e-12)
    assert found.at_95[:2].tolist() == pytest.approx([11.428455709482378, 0.0], abs=1e-12)
    assert np.isnan([found.at_80[2], found.at_95[2]]).all()
    assert (found.n, found.n_valid) == (3, 2)


@pytest.mark.parametrize(("reliability", "sd"), [(1.1, 1.0), (-0.1, 1.0), (0.8, 0.0), (0.8, NAN), (0.8, float("inf"))])
def test_a_reliability_is_a_share_and_a_spread_positive(reliability: float, sd: float) -> None:
    with pytest.raises(NumberOutsideBounds):
        minimal_detectable_changes(np.array([0.5, reliability]), sd=sd)
