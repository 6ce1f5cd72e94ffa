"""Trends never join different versions silently."""

from dataclasses import replace

import pytest

from kring.core.change import NoComparison, Occasion, hindrance_of
from kring.core.instruments import (
    Comparable,
    ComparedWithItself,
    ComparesUnknownScale,
    Informant,
    Instrument,
    NumberOutsideBounds,
    TextMissing,
    joins,
    trend_of,
)
from tests.cast_instruments import instrument, item, scale

FIRST = instrument(scale("a", "q1 q2"), scale("b", "q3 q4", signs="+-"))
TYPO = Comparable(1, ("a",), "alleen een tikfout")
SECOND = replace(FIRST, version=2, comparable_with=TYPO, items=(replace(FIRST.items[0], text="Ik ben blij met q1."), *FIRST.items[1:]))
THIRD = replace(SECOND, version=3, comparable_with=Comparable(2, ("a",), "nog een tikfout"))


def test_a_version_joins_itself_and_another_only_where_it_says_so() -> None:
    assert joins(FIRST, FIRST, "a")
    assert joins(FIRST, SECOND, "a")
    assert joins(SECOND, FIRST, "a")
    assert not joins(FIRST, SECOND, "b")
    assert not joins(FIRST, replace(FIRST, version=2), "a")
    assert not joins(FIRST, THIRD, "a")


@pytest.mark.parametrize(
    "other",
    [
        replace(SECOND, scales=(scale("a", "q1 q2", signs="+-"), FIRST.scales[1])),
        replace(SECOND, scales=(scale("a", "q1"), FIRST.scales[1])),
        replace(SECOND, scales=(scale("a", "q1 q2", direction=-1, cuts={}), FIRST.scales[1])),
        replace(SECOND, scales=(scale("a", "q1 q2", share_needed=0.5), FIRST.scales[1])),
        replace(
            SECOND, items=(replace(FIRST.items[0], options=(*FIRST.items[0].options[:2], FIRST.items[0].options[3])), *FIRST.items[1:])
        ),
        replace(SECOND, key="andere"),
        replace(SECOND, language="en"),
        replace(SECOND, informant=Informant.TEACHER),
        replace(FIRST, items=(*FIRST.items, item("q9"))),
    ],
)
def test_what_is_counted_otherwise_is_not_joined_whatever_it_says(other: Instrument) -> None:
    assert not joins(FIRST, other, "a")


def test_a_scale_that_one_of_both_lacks_has_no_trend() -> None:
    assert not joins(FIRST, SECOND, "c")


def test_a_trend_goes_on_step_by_step_and_a_break_is_no_comparison() -> None:
    known = (FIRST, SECOND, THIRD)
    assert [trend_of(one, "a", known) for one in known] == ["proeflijst-1"] * 3
    assert [trend_of(one, "b", known) for one in known] == ["proeflijst-1", "proeflijst-2", "proeflijst-3"]
    assert trend_of(THIRD, "a", (FIRST, THIRD)) == "proeflijst-3"
    for key, hindrance in (("a", None), ("b", NoComparison.OTHER_VERSION)):
        occasions = tuple(Occasion(trend_of(one, key, known), one.informant) for one in (FIRST, THIRD))
        assert hindrance_of((occasions[0], occasions[1]), 1.0) is hindrance


def test_a_version_is_comparable_with_an_earlier_one_on_scales_it_has_for_a_reason() -> None:
    with pytest.raises(ComparedWithItself):
        replace(FIRST, comparable_with=TYPO)
    with pytest.raises(ComparesUnknownScale):
        replace(SECOND, comparable_with=Comparable(1, ("c",), "tikfout"))
    with pytest.raises(TextMissing):
        Comparable(1, ("a",), " ")
    with pytest.raises(NumberOutsideBounds):
        Comparable(1, (), "tikfout")
