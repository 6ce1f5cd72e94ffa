"""A school side by side: classes by name, combination classes, and what is not said."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
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
    found = summed([3.0] * 3 + [3.5] * 5 + [2.0, 2.5] * 3, ["a"] * 3 + ["b"] * 5 + ["c"] * 6, [3] * 14, k=6)
    assert [(each.name, each.n, each.withheld, each.mean) for each in found.groups] == [
        ("a", 3, Withheld.TOO_FEW, None),
        ("b", 5, Withheld.TOO_FEW, None),
        ("c", 6, None, 2.25),
    ]
    assert [(each.counts, each.sd, each.interval) for each in (*found.groups, found.school)] == [(None, None, None)] * 4
    assert found.groups[0].band is Band.NO_SCORE


def test_no_mean_of_few_follows_by_subtraction() -> None:
    found = summed([3.0, 2.5] * 2 + [3.0, 3.5] * 10 + [2.0, 2.5] * 11, ["3a"] * 4 + ["3b"] * 20 + ["4"] * 22, [3] * 24 + [4] * 22, k=6)
    assert [(each.name, each.withheld) for each in (*found.groups, *found.year_levels, found.school)] == [
        ("3a", Withheld.TOO_FEW),
        ("3b", Withheld.GIVES_AWAY),
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


def test_equal_scores_are_not_told_and_do_not_follow_from_the_rest() -> None:
    """Year 4 is class b; the school less class a would tell it too."""
    found = summed([2.0, 2.5] * 10 + [4.0] * 12, ["a"] * 20 + ["b"] * 12, [3] * 20 + [4] * 12, k=6)
    assert found.groups[1].withheld is Withheld.GIVES_AWAY
    said = [each.name for each in (*found.groups, *found.year_levels, found.school) if each.withheld is None]
    assert said in (["a", "3"], [""])
    alike = summed([4.0] * 30, ["a"] * 15 + ["b"] * 15, [3] * 30, k=6)
    assert {each.withheld for each in (*alike.groups, *alike.year_levels, alike.school)} == {Withheld.GIVES_AWAY}
    assert summed([4.0] * 30, ["a"] * 15 + ["b"] * 15, [3] * 30).school.mean == 4.0


def test_the_school_is_withheld_too_where_that_hides_fewest() -> None:
    found = summed([3.0, 2.5] * 8 + [2.0] * 10, ["a"] * 16 + ["b"] * 10, [3] * 26, k=6)
    assert found.groups[1].withheld is Withheld.GIVES_AWAY
    assert (found.groups[0].withheld is None) != (found.school.withheld is None)


def test_an_interval_from_classes_does_not_tell_a_class_that_is_withheld() -> None:
    """Of two classes it would tell how far each lies from the mean: 3a has four pupils."""
    values = [1.5, 2.0, 2.5, 1.75] + [3.0, 3.5] * 10 + [2.0, 2.5] * 11
    groups, years = ["3a"] * 4 + ["3b"] * 20 + ["4"] * 22, [3] * 24 + [4] * 22
    found = summed(values, groups, years, k=6)
    assert found.year_levels[0].mean is not None
    assert [each.interval for each in (*found.groups, *found.year_levels, found.school)] == [None] * 6
    assert summed(values, groups, years).year_levels[0].interval is not None
    open_school = summed(values[4:], groups[4:], years[4:], k=6)
    assert open_school.school.interval == mean_interval_clustered(np.array(values[4:]), groups[4:]).interval
    assert [each.interval for each in (*open_school.groups, *open_school.year_levels)] == [None] * 4


def test_an_interval_from_classes_does_not_tell_a_part_of_a_combination_class() -> None:
    found = summed([1 + at / 32 for at in range(64)], ["7"] * 22 + ["7/8"] * 20 + ["8"] * 22, [7] * 32 + [8] * 32, k=6)
    assert [each.withheld for each in (*found.groups, *found.year_levels, found.school)] == [None] * 6
    assert [each.interval is None for each in (*found.year_levels, found.school)] == [True, True, False]


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


schools = st.lists(st.tuples(st.sampled_from([3, 4, 6, 9, 20]), st.sampled_from([3, 4]), st.booleans()), min_size=1, max_size=5)


@settings(max_examples=40)
@given(schools, st.integers(0, 5))
def test_no_mean_of_few_follows_from_all_means_together(classes: list[tuple[int, int, bool]], seed: int) -> None:
    """Linear algebra over classes by years: no part of fewer than k, and none in which all are equal, is a sum of what is shown."""
    rng, k = np.random.default_rng(seed), 6
    groups = [f"{at}" for at, (n, _, _) in enumerate(classes) for _ in range(n)]
    years = [year if rng.random() < 0.8 else 7 - year for n, year, _ in classes for _ in range(n)]
    values = np.concatenate([np.full(n, 4.0) if same else rng.integers(1, 5, n) for n, _, same in classes])
    found = summed(values.tolist(), groups, years, k=k)
    parts = sorted(set(zip(groups, years)))
    scores = {part: [value for value, *place in zip(values, groups, years) if tuple(place) == part] for part in parts}
    sums = [(each, [group == each.name for group, _ in parts]) for each in found.groups]
    sums += [(each, [str(year) == each.name for _, year in parts]) for each in found.year_levels] + [(found.school, [True] * len(parts))]
    shown = np.array([line for each, line in sums if each.mean is not None], dtype=float).reshape(-1, len(parts))
    for line in [*(line for _, line in sums), *np.eye(len(parts), dtype=np.bool_).tolist()]:
        inside = [value for part, taken in zip(parts, line) if taken for value in scores[part]]
        if len(inside) < k or len(set(inside)) == 1:
            assert np.linalg.matrix_rank(np.vstack([shown, line])) > np.linalg.matrix_rank(shown) if len(shown) else True
