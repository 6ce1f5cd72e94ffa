"""Next year's classes: sizes, marks, two proposals compared, and into the year change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.errors import BrokenRule
from kring.core.next_classes import (
    ClassesOfOtherYear,
    ClassNamedTwice,
    MarkDoesNotFit,
    NextClass,
    PupilsWithoutClass,
    TooManyClasses,
    check_classes,
    check_marks,
    check_same_year,
    difference,
    even_sizes,
    taken_over,
)
from kring.core.sociometry.composing import PlacesDoNotFit
from kring.core.year_change import Fate, NewGroup, Plan, Sits, Way, destinations


@given(st.integers(1, 250), st.integers(1, 8))
def test_even_sizes_hold_everybody_and_differ_by_one(pupils: int, classes: int) -> None:
    if classes > pupils:
        with pytest.raises(TooManyClasses):
            even_sizes(pupils, classes)
        return
    sizes = even_sizes(pupils, classes)
    assert (len(sizes), sum(sizes)) == (classes, pupils)
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(
    ("names", "most", "rule"),
    [
        ([], 30, TooManyClasses),
        (["a", "b", "c", "d", "e", "f", "g", "h", "i"], 30, TooManyClasses),
        (["5A", " 5a "], 30, ClassNamedTwice),
        (["5A", " "], 30, ClassNamedTwice),
        (["5A", "5B"], 4, PlacesDoNotFit),
    ],
)
def test_classes_that_cannot_be(names: list[str], most: int, rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        check_classes(names, most=most, pupils=9)


def test_classes_that_can_be() -> None:
    check_classes(["5A", "5B"], most=5, pupils=9)


def test_a_mark_that_does_not_fit_is_named() -> None:
    check_marks({"A": 3, "B": 9}, {"A": 2, "C": 0}, classes=2)
    with pytest.raises(MarkDoesNotFit) as raised:
        check_marks({"B": 3}, {"B": 1}, classes=2)
    assert (raised.value.letter, raised.value.pupils, raised.value.classes) == ("B", 3, 2)


# ---- two beside each other ------------------------------------------------------------------------------------


def test_two_divisions_with_other_names_are_the_same() -> None:
    one = {"p": "1", "q": "1", "r": "2"}
    assert difference(one, {"p": "2", "q": "2", "r": "1"}).moved == ()
    found = difference(one, {"p": "2", "q": "1", "r": "1", "new": "1"})
    assert (found.same, found.moved) == ({"1": "2", "2": "1"}, ("q",))


def test_other_numbers_of_classes_and_nobody_at_all() -> None:
    assert difference({"p": "1", "q": "2"}, {"p": "1", "q": "1"}).moved == ("q",)
    assert difference({}, {"p": "1"}).moved == ()


# ---- into the year change -------------------------------------------------------------------------------------

SITS = [*(Sits(f"a{n}", "4A", 4) for n in range(3)), *(Sits(f"b{n}", "4B", 4) for n in range(3)), Sits("z", "7", 7)]
PLAN = Plan(
    (NewGroup("g1", "5A", (5,), ("hat",)), NewGroup("g2", "8", (8,))),
    {("4A", 4): "g1", ("4B", 4): "g1", ("7", 7): "g2"},
    {"a0": Way("g1", 5)},
)


def test_the_classes_become_the_plan_of_the_year_change() -> None:
    classes = [NextClass("5a", frozenset({"a0", "a1", "b0", "who left"})), NextClass("5B", frozenset({"a2", "b1", "b2"}))]
    plan = taken_over(PLAN, SITS, classes)
    found = {one.sits.pupil: plan.group(one.way.to).name for one in destinations(plan, SITS)}
    assert found == {"a0": "5A", "a1": "5A", "b0": "5A", "a2": "5B", "b1": "5B", "b2": "5B", "z": "8"}
    assert plan.pupils.keys() == {"a2", "b0"}  # the others go along with most of their group
    assert plan.group("g1").teachers == ("hat",)


def test_who_is_not_composed_keeps_the_way_of_the_class() -> None:
    plan = taken_over(PLAN, SITS, [NextClass("5B", frozenset({"a0", "a1"}))])
    assert plan.ways == PLAN.ways
    assert plan.pupils.keys() == {"a0", "a1"}


def test_a_class_of_two_levels_widens_the_group_that_is_there() -> None:
    sits = [Sits("p", "3/4", 3), Sits("q", "3/4", 4), Sits("r", "3", 3)]
    plan = taken_over(Plan((NewGroup("g1", "4/5", (5,)),)), sits, [NextClass("4/5", frozenset("pqr")), NextClass("empty", frozenset())])
    assert [(one.name, one.levels) for one in plan.groups] == [("4/5", (4, 5))]
    assert {one.fate for one in destinations(plan, sits)} == {Fate.MOVES_ON}


def test_who_still_waits_stops_it() -> None:
    with pytest.raises(PupilsWithoutClass):
        taken_over(PLAN, SITS, [], waiting=1)


def test_taken_over_twice_is_as_once() -> None:
    classes = [NextClass("5A", frozenset({"a0", "b1"})), NextClass("5B", frozenset({"a1", "a2", "b0", "b2"}))]
    once = taken_over(PLAN, SITS, classes)
    assert taken_over(once, SITS, classes) == once


def test_classes_go_to_the_year_for_which_they_were_made() -> None:
    check_same_year("1", "1", label="2026-2027")
    with pytest.raises(ClassesOfOtherYear):
        check_same_year("1", "2", label="2026-2027")
