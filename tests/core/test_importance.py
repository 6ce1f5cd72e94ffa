"""What change matters: each way of finding it, when it is trusted, and the two questions side by side."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import spearmanr

from kring.core.change import Change, reliable_changes
from kring.core.importance import (
    AnchorOutsideScale,
    Basis,
    DecisionOfNoKind,
    Importance,
    NoAnchor,
    minimal_important_change,
    weighed_changes,
)
from kring.core.instruments import NumberOutsideBounds

NAN = float("nan")


def answers(n: int = 400, *, seed: int = 1, threshold: float = 2.0, noise: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Changes of pupils and what people said of them; they say better when the change and some noise pass the threshold."""
    draw = np.random.Generator(np.random.PCG64(seed))
    change = draw.normal(1, 2, n)
    felt = change + draw.logistic(0, noise, n)
    return change, np.digitize(felt, [threshold - 6, threshold - 3, threshold, threshold + 3]) - 2.0


def test_worked_importance() -> None:
    change = np.concatenate([np.tile([-1.0, 0.0, 0.0, 1.0], 15), np.tile([0.0, 1.0, 2.0, 2.0], 15)])
    found = minimal_important_change(change, np.repeat([0.0, 1.0], 60), sd_reference=3.0)
    assert (found.mean_change, found.roc, found.youden, found.value, found.basis) == (1.25, 0.5, 0.5, found.predictive, Basis.PREDICTIVE)
    assert (found.better, found.slightly_better, found.same, found.n, found.n_valid, found.no_anchor) == (60, 60, 60, 120, 120, None)


def test_the_predicted_change_is_that_of_the_most_likely_curve() -> None:
    """At the top of the likelihood the expected numbers are the observed ones; the curve found again from its value must do that."""
    change, said = answers()
    found = minimal_important_change(change, said)
    better, x = said > 0, np.round(change, 9)
    assert found.predictive is not None
    levels = np.log(better.mean() / (1 - better.mean()))
    # One equation fixes the slope, the other must then hold too.
    low, high = 0.01, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        score = float(np.sum((better - expit(levels + middle * (x - found.predictive))) * (x - found.predictive)))
        low, high = (middle, high) if score > 0 else (low, middle)
    assert np.sum(expit(levels + low * (x - found.predictive))) == pytest.approx(better.sum(), abs=1e-6)


def test_all_ways_find_the_threshold_that_people_have() -> None:
    change, said = answers(20_000, threshold=1.0, noise=0.5)
    found = minimal_important_change(change, said)
    assert found.predictive == pytest.approx(1.0, abs=0.1)
    assert found.roc == pytest.approx(1.0, abs=0.4)
    assert found.correlation == pytest.approx(spearmanr(change, said).statistic)


def test_the_lowest_of_equal_cuts_is_taken() -> None:
    better, same = np.repeat([1.0, 2.0, 3.0, 4.0], 25), np.repeat([0.0, 1.0, 2.0, 3.0], 25)
    found = minimal_important_change(np.concatenate([better, same]), np.repeat([1.0, 0.0], 100))
    assert (found.roc, found.youden) == (0.5, 0.25)


@pytest.mark.parametrize(
    ("better", "slightly", "same", "worse", "basis"),
    [
        (0, 60, 60, 0, Basis.PREDICTIVE),
        (60, 0, 20, 40, Basis.PREDICTIVE),
        (0, 60, 20, 20, Basis.MEAN_CHANGE),
        (60, 0, 20, 20, Basis.RULE_OF_THUMB),
        (20, 20, 60, 0, Basis.RULE_OF_THUMB),
        (0, 0, 0, 0, Basis.RULE_OF_THUMB),
    ],
)
def test_each_way_needs_fifty_in_its_groups(better: int, slightly: int, same: int, worse: int, basis: Basis) -> None:
    said = np.repeat([2.0, 1.0, 0.0, -1.0], [better, slightly, same, worse])
    found = minimal_important_change(said + np.tile([-1.6, 0.0, 1.0], 100)[: len(said)], said, sd_reference=3.0)
    assert (found.basis, found.no_anchor) == (basis, NoAnchor.TOO_FEW if basis is Basis.RULE_OF_THUMB else None)
    assert (found.roc is not None) == (better + slightly >= 50 and same >= 50)
    assert (found.mean_change is not None) == (slightly >= 50)
    if basis is Basis.RULE_OF_THUMB:
        assert found.value == 1.5


def test_better_and_rest_that_do_not_overlap_leave_the_cut() -> None:
    found = minimal_important_change(np.repeat([3.0, 1.0], 60), np.repeat([1.0, 0.0], 60))
    assert (found.predictive, found.roc, found.youden, found.value, found.basis) == (None, 2.0, 1.0, 2.0, Basis.ROC)


def test_a_curve_that_falls_and_a_cut_that_tells_nothing_give_nothing() -> None:
    # Those worse make the anchor trusted; better and the same do not differ, but for one pupil far off on the wrong side.
    change = np.concatenate([np.linspace(-1, -0.5, 60), np.linspace(0, 1, 60), np.linspace(0, 1, 60)])
    change[119] = 500.0
    found = minimal_important_change(change, np.repeat([-2.0, 0.0, 1.0], 60))
    assert found.correlation == pytest.approx(0.70707, abs=1e-5)
    assert (found.predictive, found.roc, found.youden) == (None, None, 0.0)
    assert (found.value, found.basis) == (found.mean_change, Basis.MEAN_CHANGE)


def test_better_and_the_same_with_one_change_have_no_cut() -> None:
    found = minimal_important_change(np.repeat([0.0, 1.0, 1.0], 60), np.repeat([-2.0, 0.0, 1.0], 60))
    assert (found.roc, found.youden, found.mean_change) == (None, 0.0, 1.0)


@pytest.mark.parametrize("noise", [0.0, 1e-6])
def test_an_anchor_that_does_not_go_with_change_is_not_used(noise: float) -> None:
    draw = np.random.Generator(np.random.PCG64(3))
    change = noise * draw.normal(size=200)
    found = minimal_important_change(change, np.repeat([0.0, 1.0], 100), sd_reference=2.0)
    assert (found.value, found.basis, found.no_anchor) == (1.0, Basis.RULE_OF_THUMB, NoAnchor.TOO_WEAK)
    assert (found.mean_change, found.roc, found.predictive) == (None, None, None)


def test_without_anchor_and_reference_nothing_is_known() -> None:
    found = minimal_important_change(np.array([1.0, NAN]), np.array([NAN, 1.0]))
    assert (found.value, found.basis, found.correlation, found.n, found.n_valid) == (None, None, None, 2, 0)


@pytest.mark.parametrize("answer", [3.0, 0.5, -7.0])
def test_another_answer_is_refused(answer: float) -> None:
    with pytest.raises(AnchorOutsideScale):
        minimal_important_change(np.array([1.0, 2.0]), np.array([0.0, answer]))


def test_a_reference_spread_is_positive() -> None:
    with pytest.raises(NumberOutsideBounds):
        minimal_important_change(np.array([1.0]), np.array([0.0]), sd_reference=0.0)


@given(st.integers(0, 500), st.floats(0.02, 3))
def test_no_order_of_the_pupils_changes_a_bit(seed: int, noise: float) -> None:
    change, said = answers(160, seed=seed, threshold=1.0, noise=noise)
    order = np.random.Generator(np.random.PCG64(seed)).permutation(160)
    found, other = minimal_important_change(change, said), minimal_important_change(change[order], said[order])
    assert found == other
    assert found.provenance == other.provenance
    if found.predictive is not None:
        assert change.min() - 10 <= found.predictive <= change.max() + 10


def test_two_questions_give_four_answers() -> None:
    changes = reliable_changes(np.zeros(6), np.array([12.0, 6.0, 2.0, -12.0, 5.0, NAN]), sem=4.0)
    found = weighed_changes(changes.change, changes.decision, important=5.0)
    both, unshown, neither = Importance.REAL_AND_IMPORTANT, Importance.IMPORTANT_NOT_SHOWN, Importance.NEITHER
    assert found.importance.tolist() == [both, unshown, neither, both, unshown, Importance.UNKNOWN]
    assert found.counts == {neither: 1, unshown: 2, Importance.REAL_NOT_IMPORTANT: 0, both: 2}
    assert (found.n, found.n_valid) == (6, 5)


def test_a_real_change_may_matter_to_nobody_and_perhaps_is_not_real() -> None:
    found = weighed_changes(
        np.array([2.0, 2.0, 2.0]), np.array([Change.CLEARLY_BETTER, Change.PERHAPS_BETTER, Change.UNKNOWN]), important=5.0
    )
    assert found.importance.tolist() == [Importance.REAL_NOT_IMPORTANT, Importance.NEITHER, Importance.UNKNOWN]


def test_what_is_weighed_is_a_decision_and_a_positive_number() -> None:
    with pytest.raises(DecisionOfNoKind):
        weighed_changes(np.array([1.0]), np.array([7]), important=1.0)
    with pytest.raises(NumberOutsideBounds):
        weighed_changes(np.array([1.0]), np.array([2]), important=0.0)
