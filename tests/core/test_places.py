"""Floor plans and groups: the form in which they are kept, who is near whom, and what cannot be."""

import pytest

from kring.core.floor_plans import Shape, even_groups, floor_plan
from kring.core.places import (
    Door,
    FloorPlan,
    GroupPlan,
    Part,
    PlacesNotUnderstood,
    PlaceTaken,
    PupilIsFixed,
    PupilNotInPlan,
    UnknownPlace,
    after_move,
    after_swap,
    enough,
    kept_places,
    met,
    near_whom,
    read_places,
    sizes_for,
)
from kring.core.sociometry.composing import PlacesDoNotFit, Seat

ROOM = FloorPlan((Seat(0, 0), Seat(0, 1), Seat(1, 0), Seat(1, 3)), (Door.BACK_LEFT,))
TABLES = GroupPlan((Part("Tafel 1", 2), Part("Tafel 2", 3)))
SITTING = {"A": "1-1", "B": "1-2", "C": "2-4", "D": ""}


@pytest.mark.parametrize("plan", [ROOM, TABLES])
def test_what_is_kept_is_read_back(plan: FloorPlan | GroupPlan) -> None:
    assert read_places(kept_places(plan)) == plan


@pytest.mark.parametrize(
    "kept",
    [
        *({}, {"seats": []}, {"seats": [[0, 0], [0, 0]]}, {"seats": [[0, -1]]}, {"seats": [[14, 0]]}, {"seats": [[0, 16]]}),
        *({"seats": [[0]]}, {"seats": [["0", 0]]}, {"seats": [[True, 0]]}, {"seats": [[0, 0]], "doors": ["roof"]}, {"seats": 3}),
        *({"groups": []}, {"groups": [{"name": "x", "size": 0}]}, {"groups": [{"name": "x" * 31, "size": 1}]}, {"groups": ["x"]}),
        *({"groups": [{"name": "x", "size": 1}] * 41}, {"groups": [{"name": "x", "size": 61}]}),
    ],
)
def test_what_is_no_plan_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(PlacesNotUnderstood):
        read_places(kept)


def test_on_seats_one_is_near_who_sits_beside_before_and_behind() -> None:
    assert ROOM.near("1-1") == {"1-2", "2-1"}
    assert (ROOM.rows, ROOM.columns) == (2, 4)
    assert near_whom(ROOM, SITTING) == {"A": {"B"}, "B": {"A"}, "C": set()}
    assert met(ROOM, SITTING) == {frozenset("AB")}


def test_in_a_group_one_is_near_everybody_in_it() -> None:
    assert near_whom(TABLES, {"A": "1", "B": "1", "C": "2", "D": ""}) == {"A": {"B"}, "B": {"A"}, "C": set()}


def test_a_pupil_moves_to_a_free_seat_and_back_to_none() -> None:
    assert after_move(ROOM, SITTING, "D", "2-1")["D"] == "2-1"
    assert after_move(ROOM, SITTING, "A", "")["A"] == ""


def test_two_pupils_swap_also_with_one_who_has_no_place_yet() -> None:
    assert after_swap(SITTING, "A", "C") == {**SITTING, "A": "2-4", "C": "1-1"}
    assert after_swap(SITTING, "A", "D") == {**SITTING, "A": "", "D": "1-1"}


def test_no_two_on_one_seat_and_no_more_in_a_group_than_it_holds() -> None:
    with pytest.raises(PlaceTaken):
        after_move(ROOM, SITTING, "D", "1-1")
    with pytest.raises(PlaceTaken) as broken:
        after_move(TABLES, {"A": "1", "B": "1", "C": ""}, "C", "1")
    assert broken.value.facts() == {"place": "1", "size": 2}


def test_a_place_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownPlace):
        after_move(ROOM, SITTING, "D", "9-9")


def test_who_left_or_is_fixed_does_not_move() -> None:
    with pytest.raises(PupilNotInPlan):
        after_move(ROOM, SITTING, "Z", "2-1")
    with pytest.raises(PupilIsFixed):
        after_move(ROOM, SITTING, "A", "2-1", fixed={"A"})
    with pytest.raises(PupilIsFixed):
        after_swap(SITTING, "B", "A", fixed={"A"})


def test_all_come_in_and_the_largest_groups_stay_below_their_size() -> None:
    assert sizes_for(TABLES, 5) == [2, 3]
    assert sizes_for(TABLES, 4) == [2, 2]
    assert sizes_for(TABLES, 3) == [2, 1]
    assert sizes_for(TABLES, 4, held=[0, 3]) == [1, 3]


@pytest.mark.parametrize(("pupils", "held"), [(6, ()), (1, ()), (3, (2, 2))])
def test_who_does_not_fit_is_refused(pupils: int, held: tuple[int, ...]) -> None:
    with pytest.raises(PlacesDoNotFit):
        sizes_for(TABLES, pupils, held=held)


def test_more_pupils_than_seats_is_refused() -> None:
    enough(ROOM, 4)
    with pytest.raises(PlacesDoNotFit):
        enough(ROOM, 5)


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("seats", [1, 8, 24, 30, 35, 60])
def test_every_sample_has_seats_enough_within_the_room(shape: Shape, seats: int) -> None:
    plan = floor_plan(shape, seats)
    assert seats <= len(plan.seats) < seats + 6
    assert plan.rows <= 14


@pytest.mark.parametrize("seats", [0, 61])
def test_a_room_is_not_empty_and_not_a_hall(seats: int) -> None:
    with pytest.raises(PlacesNotUnderstood):
        floor_plan(Shape.PAIRS, seats)


def test_groups_are_as_even_as_can_be() -> None:
    assert even_groups(23, name="Tafel %(number)s", size=4).groups == tuple(
        Part(f"Tafel {number}", 4 if number < 6 else 3) for number in range(1, 7)
    )
    for size in (0, -1):
        with pytest.raises(PlacesNotUnderstood):
            even_groups(23, name="x", size=size)
    with pytest.raises(PlacesNotUnderstood):
        even_groups(0, name="x", size=4)
