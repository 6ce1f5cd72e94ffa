"""A school side by side: classes by name, combination classes, and what is not said."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.averages import Averages, RowsOfOthers, Withheld, averages
from kring.core.bands import Band
from kring.core.intervals import mean_interval, mean_interval_clustered

CUTS = (2.75, 3.0)


def summed(values: list[float], groups: list[str], years: list[int], *, k: int = 1, direction: int = 1) -> Averages:
    scores = np.array(values)
    band = np.select([np.isnan(scores), scores < 2.25, scores < 2.75], [-1, 0, 1], default=2).astype(np.int8)
    return averages(scores, band, groups, years, direction=direction, group_cuts=CUTS, school_cuts=CUTS, k=k)


def test_a_combination_class_counts_once_in_the_class_and_once_in_the_own_year() -> None:
    found = summed([3.0, 2.0, 4.0, 3.0, 3.5], ["3/4", "3/4", "3/4", "4", "4"], [3, 4, 4, 4, 4])
    assert [(each.name, each.n_pupils) for each in found.groups] == [("3/4", 3), ("4", 2)]
    assert [(each.name, each.n_pupils) for each in found.year_levels] == [("3", 1), ("4", 4)]
    assert (found.school.n_pupils, found.n, found.n_valid) == (5, 5, 5)


def test_classes_stand_by_name_and_never_by_rank() -> None:
    names = ["10a", "9b", "9a", "9A", "Vlinders", "²", ""]
    assert [each.name for each in summed([4.0, 1, 3, 2, 3, 3, 3], names, [9] * 7).groups] == ["", "9A", "9a", "9b", "10a", "Vlinders", "²"]


def test_intervals_are_of_classes_where_there_are_more() -> None:
    values, groups = [3.1, 2.4, 3.6, 2.9, 3.3, 2.2, 3.9, 2.6, 3.0, 2.8], ["a"] * 5 + ["b"] * 5
    found = summed(values, groups, [3] * 10)
    assert found.groups[0].interval == mean_interval(np.array(values[:5])).interval
    assert found.year_levels[0].interval == found.school.interval == mean_interval_clustered(np.array(values), groups).interval
    assert (found.school.band, found.school.certain) == (Band.ORANGE, False)
    assert found.school.counts == ((Band.NO_SCORE, 0), (Band.RED, 1), (Band.ORANGE, 2), (Band.GREEN, 7))


def test_outside_the_own_team_little_is_said_about_few() -> None:
    found = summed([3.0] * 3 + [3.5] * 5 + [2.0] * 6, ["a"] * 3 + ["b"] * 5 + ["c"] * 6, [3] * 14, k=6)
    assert [(each.name, each.n, each.withheld, each.mean) for each in found.groups] == [
        ("a", 3, Withheld.TOO_FEW, None),
        ("b", 5, Withheld.TOO_FEW, None),
        ("c", 6, None, 2.0),
    ]
    assert [each.counts for each in (*found.groups, found.school)] == [None] * 4
    assert found.groups[0].band is Band.NO_SCORE


def test_no_mean_of_few_follows_by_subtraction() -> None:
    found = summed([3.0, 2.5] * 2 + [3.0, 3.5] * 10 + [2.0, 2.5] * 11, ["3a"] * 4 + ["3b"] * 20 + ["4"] * 22, [3] * 24 + [4] * 22, k=6)
    assert [(each.name, each.withheld) for each in (*found.groups, *found.year_levels, found.school)] == [
        ("3a", Withheld.TOO_FEW),
        ("3b", Withheld.PROTECTS_OTHERS),
        ("4", None),
        ("3", None),
        ("4", None),
        ("", None),
    ]
    assert (found.groups[1].mean, found.groups[1].band) == (None, Band.NO_SCORE)


def test_the_few_of_a_combination_class_do_not_follow_by_subtraction() -> None:
    found = summed([3.0, 2.5] * 32, ["7"] * 22 + ["7/8"] * 21 + ["8"] * 21, [7] * 39 + [8] * 25, k=6)
    said = {each.name for each in found.groups if each.withheld is None}
    years = {each.name for each in found.year_levels if each.withheld is None}
    assert not {"7", "7/8"} <= said or "7" not in years
    assert not ("8" in said and "8" in years)


def test_too_little_response_says_nothing() -> None:
    one = summed([3.0, 3.0, 3.0, np.nan, np.nan], ["a"] * 5, [3] * 5).groups[0]
    assert (one.withheld, one.mean, one.response) == (None, 3.0, Fraction(3, 5))
    other = summed([3.0, 3.0, np.nan, np.nan], ["a"] * 4, [3] * 4).groups[0]
    assert (other.withheld, other.mean, other.response, other.n) == (Withheld.TOO_LITTLE_RESPONSE, None, Fraction(1, 2), 2)
    assert summed([np.nan] * 4, ["a"] * 4, [3] * 4).school.withheld is Withheld.TOO_FEW


def test_nobody() -> None:
    found = summed([], [], [])
    assert (found.groups, found.year_levels, found.school.withheld, found.school.response) == ((), (), Withheld.TOO_FEW, None)


def test_without_cut_offs_there_is_no_colour() -> None:
    found = averages(np.full(3, 2.0), np.zeros(3, dtype=np.int8), ["a"] * 3, [3] * 3, direction=1, group_cuts=None, school_cuts=CUTS, k=1)
    assert (found.groups[0].band, found.school.band) == (Band.NO_SCORE, Band.RED)


def test_rows_of_others_are_refused() -> None:
    with pytest.raises(RowsOfOthers) as caught:
        averages(np.ones(2), np.zeros(2, dtype=np.int8), ["a"], [3, 3], direction=1, group_cuts=CUTS, school_cuts=CUTS, k=1)
    assert caught.value.facts() == {"values": 2, "band": 2, "groups": 1, "year_levels": 2}


scores = st.one_of(st.just(float("nan")), st.floats(1, 4))
pupils = st.lists(st.tuples(scores, st.sampled_from(["3a", "3b", "3/4"]), st.sampled_from([3, 4])), max_size=25)


@given(pupils, st.integers(1, 6))
def test_a_school_is_the_same_in_any_order_and_counts_everybody(rows: list[tuple[float, str, int]], k: int) -> None:
    one, other = (summed([v for v, _, _ in each], [g for _, g, _ in each], [y for _, _, y in each], k=k) for each in (rows, rows[::-1]))
    assert one == other
    assert one.provenance == other.provenance
    assert sum(each.n_pupils for each in one.groups) == sum(each.n_pupils for each in one.year_levels) == len(rows)
