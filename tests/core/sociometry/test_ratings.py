"""Ratings and the statuses that follow from them."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import (
    ChoosesOneself,
    ImpossibleChoices,
    ImpossibleLevel,
    NoNeutralMiddle,
    PupilListedTwice,
    PupilNotOnList,
    RatingOutsideScale,
    Ratings,
    RatingStatuses,
    Status,
    Sufficiency,
    UnevenNominations,
    rating_statuses,
)
from tests.core.sociometry.classes import patient

TOTALS = ("sympathy", "antipathy", "preference", "impact")


@st.composite
def rated(draw: st.DrawFn, smallest: int = 1, largest: int = 9) -> Ratings:
    """Any class with any ratings, some missing, some pupils absent."""
    n, points = draw(st.integers(smallest, largest)), draw(st.sampled_from((3, 5, 7)))
    cell = st.integers(0, points)
    table = np.array(draw(st.lists(cell, min_size=n * n, max_size=n * n)), dtype=np.float64).reshape(n, n)
    absent = np.array(draw(st.lists(st.sampled_from((False, False, True)), min_size=n, max_size=n)))
    table[(table == 0) | absent[:, None] | np.eye(n, dtype=bool)] = np.nan
    return Ratings(tuple(f"p{i}" for i in range(n)), table, points)


def of_all(n: int, points: int, rating: float) -> RatingStatuses:
    table = np.full((n, n), float(rating))
    np.fill_diagonal(table, np.nan)
    return rating_statuses(Ratings(tuple(f"p{i}" for i in range(n)), table, points))


@pytest.mark.parametrize("points", [3, 5, 7, 9])
@pytest.mark.parametrize("n", [2, 5])
def test_when_everybody_rates_everybody_alike_all_are_average(n: int, points: int) -> None:
    for rating in (1, (points + 1) // 2, points):
        found = of_all(n, points, rating)
        assert found.status == (Status.AVERAGE,) * n
        assert found.preference.observed.tolist() == [rating * (n - 1)] * n
        assert found.mean.tolist() == [rating] * n
        np.testing.assert_allclose(found.preference.at_least, 1.0)


def test_liked_by_half_and_disliked_by_half_is_controversial() -> None:
    pupils = "ABCDEFGHIJ"
    given_ratings = {(i, j): 3 for i in pupils for j in pupils if i != j}
    given_ratings |= {(i, "A"): 5 if i in "BCDEF" else 1 for i in pupils[1:]}
    given_ratings |= {(i, pupils[-1 - k]): (2, 4)[k % 2] for k, i in enumerate(pupils[:5])}
    found = rating_statuses(Ratings.of(pupils, given_ratings, points=5))
    assert found.status[0] is Status.CONTROVERSIAL
    assert (found.sympathy.observed[0], found.antipathy.observed[0], found.impact.observed[0]) == (10, 8, 18)


def test_in_the_middle_for_all_where_others_are_not_is_neglected() -> None:
    pupils = "ABCDEFGHIJ"
    given_ratings = {(i, j): 1 + 4 * ((ord(i) + ord(j)) % 2) for i in pupils for j in pupils if i != j}
    given_ratings |= {(i, "A"): 3 for i in pupils[1:]}
    assert rating_statuses(Ratings.of(pupils, given_ratings, points=5)).status[0] is Status.NEGLECTED


def test_whom_nobody_rated_has_no_status() -> None:
    found = rating_statuses(Ratings.of("ABC", {("A", "B"): 2, ("B", "A"): 3}, points=3))
    assert found.status == (Status.AVERAGE, Status.AVERAGE, None)
    assert (found.raters.tolist(), found.n, found.n_valid) == ([1, 1, 0], 3, 2)
    assert np.isnan(found.mean[2])


@pytest.mark.parametrize("pupils", ["", "A", "AB"])
def test_without_ratings_nothing_is_said(pupils: str) -> None:
    found = rating_statuses(Ratings.of(pupils, {}, points=5))
    assert (found.status, found.n_valid) == ((None,) * len(pupils), 0)


def test_all_absent_but_one() -> None:
    found = rating_statuses(Ratings.of("ABCDE", {("A", j): 1 + i for i, j in enumerate("BCDE")}, points=5))
    assert found.status == (None, *(Status.AVERAGE,) * 4)
    assert found.preference.at_least.round(6).tolist()[1:] == [1.0, 0.75, 0.5, 0.25]


def test_participation_is_who_rated_anybody() -> None:
    assert Ratings.of("ABCDE", {(i, "ABCDE"[("ABCDE".index(i) + 1) % 5]): 3 for i in "ABCD"}, points=5).sufficiency is Sufficiency.ALL
    assert Ratings.of("ABCDE", {("A", "B"): 3}, points=5).sufficiency is Sufficiency.TOO_FEW


@patient
@given(rated())
def test_each_total_has_the_chance_of_its_raters_one_by_one(ratings: Ratings) -> None:
    found, middle = rating_statuses(ratings), (ratings.points + 1) / 2
    for j in range(len(ratings.pupils)):
        pmf = np.array([1.0])
        for i in np.flatnonzero(ratings.rated[:, j]):
            own = ratings.given[i][ratings.rated[i]].astype(int)
            pmf = np.convolve(pmf, np.bincount(own) / len(own))
        total = int(np.nansum(ratings.given[:, j]))
        assert found.preference.at_least[j] == pytest.approx(pmf[total:].sum())
        assert found.preference.at_most[j] == pytest.approx(pmf[: total + 1].sum())
        assert found.preference.expected[j] == pytest.approx(pmf @ np.arange(len(pmf)))
        off = ratings.given[:, j][ratings.rated[:, j]] - middle
        assert (found.impact.observed[j], found.sympathy.observed[j]) == (np.abs(off).sum(), off[off > 0].sum())
        assert found.antipathy.observed[j] == found.impact.observed[j] - found.sympathy.observed[j]


@patient
@given(rated(), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_no_bit(ratings: Ratings, dice: Random) -> None:
    order = list(range(len(ratings.pupils)))
    dice.shuffle(order)
    other = Ratings(tuple(ratings.pupils[i] for i in order), ratings.given[np.ix_(order, order)], ratings.points)
    one, two = rating_statuses(ratings), rating_statuses(other)
    assert two.status == tuple(one.status[i] for i in order)
    assert two.provenance == one.provenance
    for name in TOTALS:
        for part in ("observed", "expected", "at_least", "at_most"):
            assert getattr(getattr(two, name), part).tobytes() == getattr(getattr(one, name), part)[order].tobytes()


@pytest.mark.parametrize("points", [1, 2, 4, 11])
def test_refuses_a_scale_without_neutral_middle(points: int) -> None:
    with pytest.raises(NoNeutralMiddle) as refusal:
        Ratings.of("AB", {}, points=points)
    assert refusal.value.points == points


@pytest.mark.parametrize("value", [0, 6, 2.5, float("inf")])
def test_refuses_a_rating_that_is_not_on_the_scale(value: float) -> None:
    table = np.full((2, 2), np.nan)
    table[0, 1] = value
    with pytest.raises(RatingOutsideScale) as refusal:
        Ratings(("A", "B"), table, 5)
    assert (refusal.value.from_pupil, refusal.value.to_pupil, refusal.value.value, refusal.value.points) == ("A", "B", value, 5)


@pytest.mark.parametrize("given", [[[float("nan"), 1.0], [2.0, float("nan")]], np.array([[None, 1], [2, None]], dtype=object)])
def test_refuses_ratings_that_are_no_array_of_numbers(given: Any) -> None:
    with pytest.raises(ImpossibleChoices):
        Ratings(("A", "B"), given, 5)


def test_refuses_who_rates_oneself_or_stands_outside_the_list() -> None:
    with pytest.raises(ChoosesOneself):
        Ratings.of("AB", {("B", "B"): 3}, points=5)
    with pytest.raises(PupilNotOnList):
        Ratings.of("AB", {("A", "C"): 3}, points=5)
    with pytest.raises(PupilNotOnList):
        Ratings.of("AB", {("C", "A"): 3}, points=5)


def test_refuses_a_list_that_does_not_fit() -> None:
    with pytest.raises(PupilListedTwice):
        Ratings(("A", "A"), np.full((2, 2), np.nan), 5)
    with pytest.raises(UnevenNominations) as refusal:
        Ratings(("A", "B"), np.full((2, 3), np.nan), 5)
    assert (refusal.value.part, refusal.value.shape) == ("ratings", (2, 3))


def test_refuses_a_level_that_is_no_probability() -> None:
    with pytest.raises(ImpossibleLevel):
        rating_statuses(Ratings.of("AB", {}, points=5), level=0)


def test_the_table_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Ratings.of("AB", {}, points=5).given[0, 1] = 3
