"""Two rounds of one class."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import Nominations, change_between
from kring.core.sociometry.change import correlation, jaccard_by_chance
from tests.core.sociometry.classes import DONE, chosen, classes, full, in_other_order, patient, worked


def test_the_same_choices_twice() -> None:
    found = change_between(worked(), worked())
    assert (found.jaccard, found.choices_kept, found.hamming) == (1, 1, 0)
    assert (found.gcor, found.rates_r) == pytest.approx((1, 1))
    assert (found.mutual_before, found.mutual_after, found.mutual_kept, found.mutual_kept_share) == (1, 1, 1, 1)
    assert (found.n, found.n_valid, found.groups_ari, found.entered, found.left) == (5, 4, 1, (), ())
    assert np.isnan(found.jaccard_of[4])


def test_pupils_who_came_and_went_are_named_and_do_not_count() -> None:
    found = change_between(chosen("ABCX", "AB AX BA CA XA"), chosen("ABCD", "AB BC CD DA AD"))
    assert (found.entered, found.left, found.pupils) == (("D",), ("X",), ("A", "B", "C"))
    assert (found.n, found.n_valid) == (5, 3)
    assert (found.jaccard, found.hamming) == (0.25, 3)
    np.testing.assert_array_equal(found.jaccard_of, [1, 0, 0])


def test_choices_of_who_was_absent_once_do_not_count() -> None:
    before, after = chosen("ABC", "AB BA CA"), chosen("ABC", "AB CA", absent="B")
    found = change_between(before, after)
    assert (found.n_valid, found.jaccard) == (2, 1)
    assert (found.mutual_before, found.mutual_kept_share) == (0, None)
    assert change_between(before, after, absent_could_choose=True).jaccard == pytest.approx(2 / 3)


def test_who_chose_nobody_twice_is_not_said_to_be_the_same() -> None:
    found = change_between(chosen("ABC", "AB"), chosen("ABC", "AC"))
    np.testing.assert_array_equal(found.jaccard_of, [0, np.nan, np.nan])
    np.testing.assert_allclose(found.jaccard_by_chance_of, [0.5, np.nan, np.nan])
    assert (found.jaccard, found.jaccard_by_chance) == pytest.approx((0, 1 / 3))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (chosen("ABC", "AB BC"), chosen("XYZ", "XY")),
        (chosen("", ""), chosen("", "")),
        (chosen("A", ""), chosen("A", "")),
        (chosen("AB", "AB", absent="B"), chosen("AB", "BA", absent="A")),
    ],
)
def test_rounds_without_anybody_to_compare_say_nothing(before: Nominations, after: Nominations) -> None:
    found = change_between(before, after)
    assert (found.jaccard, found.jaccard_by_chance, found.choices_kept, found.hamming, found.gcor) == (None,) * 5
    assert (found.rates_r, found.mutual_before, found.mutual_after, found.mutual_kept, found.mutual_kept_share) == (None,) * 5
    assert np.isnan(found.jaccard_of).all()


def test_rounds_without_choices_have_no_shares() -> None:
    found = change_between(chosen("ABC", ""), chosen("ABC", ""))
    assert (found.jaccard, found.gcor, found.rates_r, found.groups_ari, found.hamming, found.mutual_kept) == (None, None, None, None, 0, 0)


def test_everybody_chooses_everybody_twice() -> None:
    found = change_between(full(4), full(4))
    assert (found.jaccard, found.jaccard_by_chance, found.gcor, found.mutual_kept_share) == (1, 1, None, 1)


def test_groups_of_one_common_pupil_cannot_be_compared() -> None:
    assert change_between(chosen("ABC", "AB BC"), chosen("AXY", "AX XY")).groups_ari is None


def test_chance_keeps_what_blind_choosing_would_keep() -> None:
    generator = np.random.Generator(np.random.PCG64(2))
    drawn = [np.argsort(generator.random((20_000, 9)), axis=1)[:, :k] for k in (3, 4)]
    common = (drawn[0][:, :, None] == drawn[1][:, None, :]).sum(axis=(1, 2))
    assert jaccard_by_chance(3, 4, 9) == pytest.approx(float((common / (7 - common)).mean()), abs=0.003)
    assert jaccard_by_chance(0, 0, 9) is None
    assert jaccard_by_chance(0, 2, 9) == 0
    assert jaccard_by_chance(9, 9, 9) == pytest.approx(1)


def test_nothing_varies_or_nothing_is_known() -> None:
    assert correlation(np.array([1.0, 1.0]), np.array([0.0, 1.0])) is None
    assert correlation(np.array([np.nan, 1.0]), np.array([0.0, np.nan])) is None
    assert correlation(np.array([0.0, 1.0, np.nan]), np.array([1.0, 0.0, 5.0])) == pytest.approx(-1)


@patient
@given(classes(largest=7), classes(largest=7), st.randoms(use_true_random=False))
def test_jaccard_is_symmetric_and_the_order_of_the_list_decides_nothing(one: Nominations, two: Nominations, dice: Random) -> None:
    found, back = change_between(one, two), change_between(two, one)
    assert (back.jaccard, back.hamming, back.entered, back.left) == (found.jaccard, found.hamming, found.left, found.entered)
    np.testing.assert_array_equal(back.jaccard_of, found.jaccard_of)
    order = list(range(len(one.pupils)))
    dice.shuffle(order)
    turned = change_between(in_other_order(one, order), two)
    assert turned.provenance == found.provenance
    for name in ("jaccard", "jaccard_by_chance", "gcor", "rates_r", "groups_ari", "mutual_kept_share"):
        assert getattr(turned, name) == getattr(found, name)


def test_pupils_of_a_class_choose_as_they_did() -> None:
    pupils = tuple("ABCD")
    table = np.array([[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]], dtype=bool)
    found = change_between(Nominations(pupils, (DONE,) * 4, table), Nominations(pupils, (DONE,) * 4, table.copy()))
    assert found.jaccard == 1
