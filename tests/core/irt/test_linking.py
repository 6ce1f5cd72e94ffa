"""Linking forms: the scale is found again, anchors that drifted go, too few anchors are not for use."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.irt import (
    AnchoredCalibration,
    Calibration,
    GradedItem,
    ItemTwice,
    ItemWithoutColumn,
    Reason,
    abilities,
    fixed_anchor_calibration,
    graded_response_model,
    item_fits,
    model_fit,
    stocking_lord,
    stored_items,
)
from kring.core.irt.linking import joined_item, shared_codes
from tests.core.irt.samples import DIFFICULTIES, SLOPES, dichotomous_item, graded_answers

OLD = graded_response_model(graded_answers(2000))
SIX = {j: j for j in range(6)}


def moved(items: tuple[GradedItem, ...], slope: float, shift: float) -> list[GradedItem]:
    """The items as a group sees them whose abilities are (θ - shift)/slope."""
    return [GradedItem(i.column, i.codes, i.slope * slope, tuple(d + i.slope * shift for d in i.intercepts)) for i in items]


@given(st.floats(0.4, 2.5), st.floats(-2, 2))
def test_a_known_scale_is_found_again(slope: float, shift: float) -> None:
    found = stocking_lord(OLD, stored_items(moved(OLD.items, slope, shift), mean=0.5, sd=2.0), anchors=SIX)
    assert (found.slope, found.shift) == pytest.approx((slope, shift), abs=1e-5)
    assert (found.mean, found.sd) == pytest.approx((0.5 * slope + shift, 2 * slope), abs=1e-5)
    assert [item.slope for item in found.items] == pytest.approx([item.slope for item in OLD.items], abs=1e-4)
    assert (found.n, found.n_valid, found.for_use) == (6, 6, True)


def test_an_anchor_that_drifted_goes() -> None:
    new = moved(OLD.items, 1.3, 0.6)
    new[2] = GradedItem(2, new[2].codes, new[2].slope, tuple(d - 1.3 * new[2].slope for d in new[2].intercepts))
    found = stocking_lord(OLD, stored_items(new), anchors=SIX)
    assert [anchor.column for anchor in found.anchors if not anchor.kept] == [2]
    assert found.anchors[2].drift is not None
    assert found.anchors[2].drift > 0.5
    assert (found.slope, found.shift) == pytest.approx((1.3, 0.6), abs=1e-5)
    assert (found.n, found.n_valid, found.for_use) == (6, 5, True)


def test_fewer_than_five_anchors_or_than_a_fifth_are_not_for_use() -> None:
    items = moved(OLD.items, 1.0, 0.0)
    four = stocking_lord(OLD, stored_items(items), anchors={j: j for j in range(4)})
    assert (four.reason, four.for_use) == (Reason.TOO_FEW_ANCHORS, False)
    assert four.slope == pytest.approx(1.0)
    for extra, reason in ((13, None), (14, Reason.TOO_FEW_ANCHORS)):  # 5 of 25 is 20 %
        longer = [*items, *[dichotomous_item(12 + j) for j in range(extra)]]
        assert stocking_lord(OLD, stored_items(longer), anchors={j: j for j in range(5)}).reason is reason


def test_without_anchors_there_is_no_link() -> None:
    found = stocking_lord(OLD, stored_items(OLD.items), anchors={99: 0, 0: 99})
    assert (found.slope, found.shift, found.mean, found.sd, found.items) == (None, None, None, None, ())
    assert [(anchor.column, anchor.drift, anchor.kept) for anchor in found.anchors] == [(0, None, False), (99, None, False)]
    assert (found.reason, found.n, found.n_valid) == (Reason.TOO_FEW_ANCHORS, 2, 0)


def test_all_anchors_drift_away_from_each_other() -> None:
    """Of two that disagree the last one always agrees with itself; an item that was turned round cannot be compared."""
    old = stored_items([dichotomous_item(0), dichotomous_item(1, 1.0, -1.0)])
    new = stored_items([dichotomous_item(0, 1.0, 3.0), dichotomous_item(1, -1.0)])
    found = stocking_lord(old, new, anchors={0: 0, 1: 1})
    assert [(anchor.kept, anchor.drift is None) for anchor in found.anchors] == [(True, False), (False, True)]


def test_a_calibration_that_is_not_for_use_makes_no_link_for_use() -> None:
    small = graded_response_model(graded_answers(300))
    assert stocking_lord(OLD, small, anchors=SIX).reason is Reason.TOO_FEW_PERSONS
    assert stocking_lord(small, OLD, anchors=SIX).reason is Reason.TOO_FEW_PERSONS


def test_columns_may_differ_between_forms() -> None:
    new = [GradedItem(i.column + 3, i.codes, i.slope, i.intercepts) for i in OLD.items]
    found = stocking_lord(OLD, stored_items(new), anchors={j + 3: j for j in range(6)})
    assert (found.slope, found.shift) == pytest.approx((1.0, 0.0))
    assert [anchor.column for anchor in found.anchors] == [3, 4, 5, 6, 7, 8]


def test_categories_that_were_joined_in_one_form_are_joined_in_both() -> None:
    assert shared_codes(((1,), (2,), (3,), (4,)), ((1,), (2, 3), (4,))) == ((1,), (2, 3), (4,))
    assert shared_codes(((1,), (2,), (3,), (4,)), ((1,), (2,), (3,))) == ((1,), (2,), (3, 4))
    assert shared_codes(((1, 2), (3,)), ((1,), (2, 3))) == ((1, 2, 3),)
    item = GradedItem(0, ((1,), (2,), (3,), (4,)), 1.0, (1.0, 0.0, -1.0))
    assert joined_item(item, ((1,), (2, 3), (4,))).intercepts == (1.0, -1.0)


@pytest.fixture(scope="module")
def anchored() -> tuple[np.ndarray, AnchoredCalibration]:
    """A better group with more spread, for whom the third item became harder."""
    harder = DIFFICULTIES.copy()
    harder[2] += 1.0
    answers = graded_answers(2000, SLOPES, harder, mean=0.6, sd=1.3, seed=6)
    return answers, fixed_anchor_calibration(answers, anchors=OLD.items[:7])


def test_fixed_anchors_keep_their_parameters(anchored: tuple[np.ndarray, AnchoredCalibration]) -> None:
    answers, found = anchored
    assert (found.fixed, found.for_use) == ((0, 1, 3, 4, 5, 6), True)
    for j in found.fixed:
        assert found.items[j].slope == pytest.approx(OLD.items[j].slope)
        assert found.items[j].intercepts == pytest.approx(OLD.items[j].intercepts)
        assert found.items[j].slope_se is None
    assert isinstance(found, Calibration)
    assert abilities(answers, found).theta.mean() == pytest.approx(found.mean, abs=0.02)


def test_fixed_anchors_place_the_new_population_and_the_new_items(anchored: tuple[np.ndarray, AnchoredCalibration]) -> None:
    _, found = anchored
    assert (found.mean, found.sd) == pytest.approx((0.6, 1.3), abs=0.1)
    assert found.mean_se
    assert found.sd_se
    for j in (2, 7, 8, 9, 10, 11):
        item = found.items[j]
        truth = DIFFICULTIES[j] + (j == 2)
        assert item.slope_se
        assert item.difficulty_ses
        off = [abs((b or 0.0) - each) / error for b, each, error in zip(item.difficulties, truth, item.difficulty_ses)]
        assert max(off) < 4  # the error of the anchors comes on top


def test_fit_on_the_scale_of_the_anchors(anchored: tuple[np.ndarray, AnchoredCalibration]) -> None:
    answers, found = anchored
    fit = model_fit(answers, found)
    assert (fit.df, fit.good) == (36 + 66 - 6 * 4 - 2, True)
    assert [each.misfit for each in item_fits(answers, found).items] == [False] * 12


def test_few_persons_or_few_anchors_are_not_for_use() -> None:
    answers = graded_answers(600, seed=7)
    assert fixed_anchor_calibration(answers, anchors=OLD.items[:4]).reason is Reason.TOO_FEW_ANCHORS
    assert fixed_anchor_calibration(answers[:400], anchors=OLD.items[:6]).reason is Reason.TOO_FEW_PERSONS


def test_an_anchor_that_nobody_answered_is_no_anchor() -> None:
    answers = graded_answers(600, seed=7)
    answers[:, 0] = np.nan
    found = fixed_anchor_calibration(answers, anchors=OLD.items[:6])
    assert (found.anchors[0].drift, found.anchors[0].kept) == (None, False)
    assert found.fixed == (1, 2, 3, 4, 5)


def test_an_anchor_of_which_a_category_stayed_empty_keeps_the_others() -> None:
    answers = graded_answers(600, seed=7)
    answers[answers[:, 0] == 4, 0] = 3
    found = fixed_anchor_calibration(answers, anchors=OLD.items[:6])
    assert found.items[0].codes == ((1,), (2,), (3, 4))
    assert len(found.items[0].intercepts) == 2


def test_without_anchors_nothing_is_on_the_scale() -> None:
    answers = graded_answers(600, seed=7)
    found = fixed_anchor_calibration(answers, anchors=[])
    assert (found.items, found.converged, found.reason, found.anchors) == ((), False, Reason.TOO_FEW_ANCHORS, ())


def test_what_cannot_be_calibrated_alone_cannot_be_anchored() -> None:
    found = fixed_anchor_calibration(np.repeat(np.tril(np.ones((6, 5)), -1), 100, axis=0), anchors=[dichotomous_item(0)])
    assert (found.converged, found.reason, found.anchors) == (False, Reason.DIVERGES, ())


def test_an_anchor_has_its_column() -> None:
    with pytest.raises(ItemWithoutColumn):
        fixed_anchor_calibration(graded_answers(600)[:, :5], anchors=OLD.items[:7])


def test_an_anchor_counts_once() -> None:
    """Five anchors are five items, not one item five times."""
    answers = graded_answers(600)
    with pytest.raises(ItemTwice):
        fixed_anchor_calibration(answers, anchors=[dichotomous_item(0), dichotomous_item(0)])
    calibration = stored_items([dichotomous_item(j) for j in range(3)])
    with pytest.raises(ItemTwice) as refusal:
        stocking_lord(calibration, calibration, anchors={0: 1, 1: 1, 2: 2})
    assert refusal.value.column == 1
