"""A proposal for who sits where: from wishes and choices to places, and what a person is told about them."""

import pytest

from kring.core.floor_plans import Shape, even_groups, floor_plan
from kring.core.places import FloorPlan, GroupPlan, Part, met
from kring.core.seating import (
    Asked,
    NoFrontHere,
    Proposed,
    WishesContradict,
    WishOfOneself,
    WishTwice,
    hides_rejections,
    near_choices,
    propose,
    refuse_wish,
    unkept,
)
from kring.core.sociometry.composing import PlacesDoNotFit, Seat, Wish, WishesClash, WishKind

BLOCK = FloorPlan((Seat(1, 0), Seat(1, 1), Seat(2, 0), Seat(2, 1)))
TWO = GroupPlan((Part("1", 2), Part("2", 2)))
WAITING = dict.fromkeys("ABCD", "")
APART, TOGETHER, FRONT = WishKind.APART, WishKind.TOGETHER, WishKind.FRONT


def asked(plan: FloorPlan | GroupPlan = TWO, **more: object) -> Proposed:
    return propose(Asked(plan, WAITING, **more))  # type: ignore[arg-type]


def test_everybody_sits_with_somebody_of_choice() -> None:
    found = asked(chosen=frozenset({("A", "C"), ("B", "D")}))
    assert found.sitting["A"] == found.sitting["C"]
    assert (found.proven, found.without_chosen, found.percent) == (True, 0, 0.0)


def test_choices_that_are_also_rejections_are_choices() -> None:
    found = asked(chosen=frozenset({("A", "C")}), rejected=frozenset({("A", "C"), ("A", "B")}))
    assert found.sitting["A"] == found.sitting["C"]


def test_the_first_row_with_seats_is_the_front_and_wishes_are_kept() -> None:
    wishes = (Wish(FRONT, ("D",)), Wish(APART, ("A", "B")), Wish(TOGETHER, ("C", "D")))
    with pytest.raises(WishesClash):  # in a block of four, who is not together stands before, beside or across
        asked(BLOCK, wishes=wishes)
    found = asked(floor_plan(Shape.PAIRS, 6), wishes=wishes)
    assert found.sitting["D"].startswith("1-")
    assert unkept(floor_plan(Shape.PAIRS, 6), found.sitting, wishes) == ()


def test_who_is_fixed_stays_and_others_come_around() -> None:
    found = propose(Asked(TWO, {**WAITING, "A": "2"}, fixed=frozenset("A"), rather_apart=frozenset({frozenset("AB")})))
    assert found.sitting["A"] == "2"
    assert found.sitting["B"] == "1"
    assert found.broken == ()


def test_a_mark_is_spread_and_last_mates_are_avoided() -> None:
    before = frozenset({frozenset("AC"), frozenset("BD")})
    found = asked(marks={"groep 6": "AB"}, earlier=(before,))
    assert found.sitting["A"] != found.sitting["B"]
    assert (met(TWO, found.sitting) & before, found.met_before) == (frozenset(), 0)


def test_of_a_mark_with_a_number_no_more_come_in_a_group() -> None:
    found = asked(marks={"A": "AB"}, at_most={"A": 1}, chosen=frozenset({("A", "B"), ("B", "A")}))
    assert found.sitting["A"] != found.sitting["B"]
    assert asked(marks={"A": "AB"}, at_most={"A": 2}, chosen=frozenset({("A", "B")})).without_chosen == 0


def test_more_pupils_than_places_is_refused() -> None:
    with pytest.raises(PlacesDoNotFit):
        propose(Asked(GroupPlan((Part("1", 3),)), WAITING))


def test_a_limit_of_time_goes_along() -> None:
    assert propose(Asked(even_groups(4, name="%(number)s", size=2), WAITING), seconds=5.0).proven


@pytest.mark.parametrize(
    ("new", "others", "rule"),
    [
        (Wish(FRONT, ("A",)), (), NoFrontHere),
        (Wish(APART, ("A", "A")), (), WishOfOneself),
        (Wish(APART, ("A", "B")), (Wish(APART, ("B", "A")),), WishTwice),
        (Wish(APART, ("A", "B")), (Wish(TOGETHER, ("B", "A")),), WishesContradict),
        (Wish(TOGETHER, ("A", "B")), (Wish(APART, ("B", "A")),), WishesContradict),
    ],
)
def test_a_wish_that_cannot_be_is_refused(new: Wish, others: tuple[Wish, ...], rule: type[Exception]) -> None:
    with pytest.raises(rule):
        refuse_wish(new, others, TWO)


def test_other_wishes_stand_beside_each_other() -> None:
    refuse_wish(Wish(APART, ("A", "C")), (Wish(TOGETHER, ("A", "B")),), TWO)
    refuse_wish(Wish(FRONT, ("A",)), (Wish(APART, ("A", "B")),), BLOCK)


def test_who_can_sit_anywhere_hide_who_said_no_to_whom() -> None:
    assert hides_rejections("ABCDEFGHIJ", "", ())
    assert hides_rejections("ABCDEFGHIJKL", "AB", [Wish(FRONT, ("A",))])  # who is held twice is held once
    assert not hides_rejections("ABCDEFGHIJKL", "AB", [Wish(FRONT, ("C",))])
    assert not hides_rejections("ABCDEFGHIJK", "", [Wish(TOGETHER, ("A", "B"))])
    assert hides_rejections("ABCDEFGHIJ", "Z", [Wish(APART, ("Y", "Z"))])  # who left holds no place


def test_for_each_pupil_which_of_the_chosen_are_near() -> None:
    sitting = {"A": "2-1", "B": "2-2", "C": "3-2", "D": ""}
    chosen = {("A", "B"), ("A", "C"), ("A", "left"), ("B", "D"), ("D", "A")}
    assert near_choices(BLOCK, sitting, chosen) == {"A": (frozenset("B"), 2), "B": (frozenset(), 1)}


def test_what_a_person_overrules_is_said() -> None:
    sitting = {"A": "2-1", "B": "2-2", "C": "3-2", "D": ""}
    kept = (Wish(FRONT, ("A",)), Wish(TOGETHER, ("A", "B")), Wish(APART, ("A", "C")), Wish(APART, ("A", "D")))
    broken = (Wish(FRONT, ("C",)), Wish(TOGETHER, ("B", "C")), Wish(APART, ("A", "B")))
    assert unkept(BLOCK, sitting, (*kept, *broken)) == broken
    in_groups = {"A": "1", "B": "1", "C": "2"}
    assert unkept(TWO, in_groups, [Wish(TOGETHER, ("A", "B")), Wish(FRONT, ("A",)), Wish(TOGETHER, ("A", "C"))]) == (
        Wish(TOGETHER, ("A", "C")),
    )
