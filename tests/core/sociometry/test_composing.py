"""Groups and seats: nobody without a classmate of their choice, hard wishes kept, and never a better plan than the best."""

from collections.abc import Iterable
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.core.sociometry import Edge, Nominations, nominations_from
from kring.core.sociometry.composing import (
    Clock,
    NoPlanInTime,
    NotTwoPupils,
    PlacesDoNotFit,
    Plan,
    Reached,
    Seat,
    Share,
    ShareOutOfOrder,
    Wish,
    WishDoesNotFit,
    Wishes,
    WishesClash,
    WishKind,
    WishOfUnknownPlace,
    WishOfUnknownPupil,
    compose_groups,
    compose_seats,
    pairs,
)
from kring.core.sociometry.composing import search as searching
from kring.core.sociometry.composing.climbing import climbed, worth_of_changes
from kring.core.sociometry.composing.ground import ground
from tests.core.sociometry.classes import patient

SIX = "ABCDEF"
ROW = tuple(Seat(0, column) for column in range(6))
BLOCK = tuple(Seat(row, column) for row in range(2) for column in range(3))


def choices(text: str, pupils: Iterable[str] = SIX) -> Nominations:
    """`A>B` is a choice, `A-B` a rejection."""
    edges = [Edge(word[0], word[2], 1 if word[1] == ">" else -1) for word in text.split()]
    return nominations_from(tuple(pupils), edges, {})


TWO_CIRCLES = choices("A>B B>C C>A D>E E>F F>D")


def groups_of(plan: Plan) -> set[frozenset[str]]:
    return {frozenset(group) for group in plan.places}


def test_everybody_sits_with_a_classmate_of_their_choice() -> None:
    plan = compose_groups(TWO_CIRCLES, [3, 3])
    assert groups_of(plan) == {frozenset("ABC"), frozenset("DEF")}
    assert (plan.without_chosen, plan.weight, plan.could_gain, plan.proven, plan.n, plan.n_valid) == (0, 6.0, 0.0, True, 6, 6)
    assert plan.percent_better_possible == 0.0


def test_each_pupil_gets_an_explanation() -> None:
    plan = compose_groups(choices("A>B A>F B>A"), [3, 3], wishes=Wishes(apart=pairs(["AF"])))
    first = plan.pupils[0]
    assert (first.pupil, first.near, first.chosen, first.place) == ("A", ("B",), 2, 0)
    assert [each.chosen for each in plan.pupils] == [2, 1, 0, 0, 0, 0]


def test_nobody_alone_goes_before_a_heavier_plan() -> None:
    """A and B each choose one who rejects them: with those the plan weighs less, but without them both are alone."""
    plan = compose_groups(choices("A>C B>D C-A D-B", "ABCD"), [2, 2])
    assert (plan.without_chosen, plan.weight, groups_of(plan)) == (0, -2.0, {frozenset("AC"), frozenset("BD")})


def test_a_rejection_weighs_two() -> None:
    plan = compose_groups(choices("A>B B-A C>D", "ABCD"), [4])
    assert plan.weight == 0.0
    assert plan.percent_better_possible is None


def test_a_soft_wish_is_kept_unless_somebody_would_be_alone() -> None:
    lonely = choices("A>B C>D", "ABCD")
    kept = compose_groups(choices("A>B A>C C>D", "ABCD"), [2, 2], wishes=Wishes(rather_apart=pairs(["AB"])))
    broken = compose_groups(lonely, [2, 2], wishes=Wishes(rather_apart=pairs(["AB"])))
    assert (kept.broken, kept.without_chosen) == ((("A", "B"),), 0)
    assert (broken.broken, broken.without_chosen, broken.weight) == ((("A", "B"),), 0, 0.0)
    free = compose_groups(choices("A>B A>C B>D", "ABCD"), [2, 2], wishes=Wishes(rather_apart=pairs(["AB"])))
    assert (free.broken, free.without_chosen) == ((), 0)


def test_among_equals_the_one_with_new_faces() -> None:
    nobody = nominations_from(tuple("ABCD"), [], {})
    before = (frozenset({frozenset("AB"), frozenset("CD")}), frozenset({frozenset("AC"), frozenset("BD")}))
    plan = compose_groups(nobody, [2, 2], wishes=Wishes(earlier=before))
    assert (groups_of(plan), plan.met_before, plan.n_valid) == ({frozenset("AD"), frozenset("BC")}, 0, 0)


def test_only_the_last_three_plans_count_and_who_left_is_forgotten() -> None:
    one, two, three = (frozenset({frozenset(a), frozenset(b)}) for a, b in (("AB", "CD"), ("AC", "BD"), ("AD", "BC")))
    with_one_who_left = frozenset({frozenset("ACX"), frozenset("BD")})
    wishes = Wishes(earlier=(one, two, three, with_one_who_left))
    assert wishes.met == pairs(["AC", "BD", "AD", "BC", "AX", "CX"])
    plan = compose_groups(nominations_from(tuple("ABCD"), [], {}), [2, 2], wishes=wishes)
    assert groups_of(plan) == {frozenset("AB"), frozenset("CD")}


def test_hard_wishes_are_kept_whatever_the_choices() -> None:
    wishes = Wishes(apart=pairs(["AB"]), together=pairs(["CF"]), at={"D": 1}, shares=(Share("zorg", frozenset("AE"), most=1),))
    plan = compose_groups(TWO_CIRCLES, [3, 3], wishes=wishes)
    group = {pupil: number for number, members in enumerate(plan.places) for pupil in members}
    assert group["A"] != group["B"]
    assert group["C"] == group["F"]
    assert group["D"] == 1
    assert group["A"] != group["E"]


def test_a_least_share_is_kept() -> None:
    wishes = Wishes(shares=(Share("meisje", frozenset("ABC"), least=1, most=2),))
    plan = compose_groups(TWO_CIRCLES, [3, 3], wishes=wishes)
    assert sorted(len(frozenset("ABC") & set(members)) for members in plan.places) == [1, 2]


def test_groups_of_different_sizes() -> None:
    plan = compose_groups(TWO_CIRCLES, [4, 2])
    assert sorted(map(len, plan.places)) == [2, 4]


def test_one_group_and_one_pupil() -> None:
    assert compose_groups(nominations_from(["A"], [], {}), [1]).places == (("A",),)


def test_the_order_of_the_list_decides_nothing() -> None:
    edges = [Edge("A", "B"), Edge("C", "D"), Edge("E", "F"), Edge("F", "A")]
    plans = [compose_groups(nominations_from(order, edges, {}), [3, 3]) for order in (tuple("ABCDEF"), tuple("FBDACE"))]
    assert plans[0].places == plans[1].places
    assert plans[0].pupils == plans[1].pupils


# ---- seats ----------------------------------------------------------------------------------------------------


def test_side_by_side_counts_whole_and_behind_half() -> None:
    pair = choices("A>B", "AB")
    assert compose_seats(pair, [Seat(0, 0), Seat(0, 1)]).weight == 1.0
    assert compose_seats(pair, [Seat(0, 0), Seat(1, 0)]).weight == 0.5
    apart = compose_seats(pair, [Seat(0, 0), Seat(1, 1)])
    assert (apart.weight, apart.without_chosen, apart.proven) == (0.0, 1, True)


def test_a_ring_of_friends_on_two_rows() -> None:
    plan = compose_seats(choices("A>B B>A C>D D>C E>F F>E"), BLOCK)
    assert (plan.without_chosen, plan.proven) == (0, True)
    assert plan.weight == 5.0  # two pairs side by side, one behind each other


def test_wishes_on_seats() -> None:
    wishes = Wishes(front=frozenset("F"), at={"A": 5}, apart=pairs(["AB"]), together=pairs(["BC"]))
    plan = compose_seats(choices("A>B B>A"), BLOCK, wishes=wishes)
    seat = {pupil: BLOCK[number] for number, members in enumerate(plan.places) for pupil in members}
    assert seat["F"].row == 0
    assert seat["A"] == BLOCK[5]
    assert abs(seat["A"].row - seat["B"].row) + abs(seat["A"].column - seat["B"].column) > 1
    assert (seat["B"].row, abs(seat["B"].column - seat["C"].column)) == (seat["C"].row, 1)


def test_seats_may_stay_empty_where_that_is_better() -> None:
    plan = compose_seats(choices("A>B", "ABC"), [Seat(0, 0), Seat(0, 2), Seat(0, 3), Seat(0, 5)])
    assert (plan.weight, plan.n, sum(not members for members in plan.places)) == (1.0, 3, 1)


def test_neighbours_of_before_are_new_where_they_can() -> None:
    before = (frozenset({frozenset("AB"), frozenset("BC")}),)
    plan = compose_seats(nominations_from(tuple("ABC"), [], {}), ROW[:3], wishes=Wishes(earlier=before))
    assert plan.met_before == 1


# ---- what cannot be ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [[3, 2], [6, 0], [], [7], [3.0, 3.0]])
def test_groups_must_hold_everybody_exactly(sizes: list[int]) -> None:
    with pytest.raises(PlacesDoNotFit) as refusal:
        compose_groups(TWO_CIRCLES, sizes)
    assert refusal.value.facts() == {"pupils": 6, "places": sum(sizes)}


@pytest.mark.parametrize("seats", [ROW[:5], (*ROW[:5], ROW[0])])
def test_there_must_be_a_seat_for_each(seats: tuple[Seat, ...]) -> None:
    with pytest.raises(PlacesDoNotFit):
        compose_seats(TWO_CIRCLES, seats)


def test_shares_are_for_groups() -> None:
    with pytest.raises(WishDoesNotFit) as refusal:
        compose_seats(TWO_CIRCLES, ROW, wishes=Wishes(shares=(Share("zorg", frozenset("A"), most=1),)))
    assert refusal.value.kind is WishKind.SHARE


def test_the_front_is_for_seats() -> None:
    with pytest.raises(WishDoesNotFit) as refusal:
        compose_groups(TWO_CIRCLES, [3, 3], wishes=Wishes(front=frozenset("A")))
    assert refusal.value.kind is WishKind.FRONT


def test_wishes_that_clash_are_named_and_no_others() -> None:
    wishes = Wishes(together=pairs(["AB", "BC", "DE"]), apart=pairs(["AC", "AD"]))
    with pytest.raises(WishesClash) as refusal:
        compose_groups(TWO_CIRCLES, [3, 3], wishes=wishes)
    assert set(refusal.value.clashing) == {
        Wish(WishKind.TOGETHER, ("A", "B")),
        Wish(WishKind.TOGETHER, ("B", "C")),
        Wish(WishKind.APART, ("A", "C")),
    }


def test_a_share_that_cannot_be_is_named() -> None:
    with pytest.raises(WishesClash) as refusal:
        compose_groups(TWO_CIRCLES, [3, 3], wishes=Wishes(shares=(Share("zorg", frozenset("ABC"), most=1),)))
    assert refusal.value.clashing == (Wish(WishKind.SHARE, name="zorg"),)


def test_seats_that_clash_are_named() -> None:
    wishes = Wishes(front=frozenset("A"), at={"A": 5}, together=pairs(["BC"]), apart=pairs(["DE"]))
    with pytest.raises(WishesClash) as refusal:
        compose_seats(TWO_CIRCLES, BLOCK, wishes=wishes)
    assert set(refusal.value.clashing) == {Wish(WishKind.FRONT, ("A",)), Wish(WishKind.PLACE, ("A",))}


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_no_time_at_all_is_said(seconds: float) -> None:
    with pytest.raises(NoPlanInTime) as refusal:
        compose_groups(TWO_CIRCLES, [3, 3], wishes=Wishes(apart=pairs(["AB"])), seconds=seconds)
    assert refusal.value.facts() == {"seconds": seconds}


def test_too_little_time_for_the_first_plan_is_said() -> None:
    with pytest.raises(NoPlanInTime):
        compose_groups(TWO_CIRCLES, [3, 3], wishes=Wishes(apart=pairs(["AB"])), seconds=1e-12)


def test_little_time_gives_a_plan_that_says_what_is_not_excluded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "SHARES_OF_TIME", (0.0, 0.0, 0.0, 0.0))
    plan = compose_groups(choices("A>B B>C C>D D>E E>F F>A A>D"), [3, 3])
    assert (plan.weight > 0, plan.could_gain >= 0) == (True, True)


RING = choices("A>B B>C C>D D>E E>F F>A A>D")


def test_when_the_clock_is_over_the_first_plan_comes_and_nothing_is_called_proven() -> None:
    for late in (Clock(lambda: 0.0), Clock(lambda: -4.9)):
        plan = compose_groups(RING, [3, 3], clock=late)
        assert sorted("".join("".join(group) for group in plan.places)) == list(SIX)
        assert (plan.proven, plan.could_gain > 0) == (False, True)


def test_when_the_clock_stops_within_the_search_a_bound_of_nothing_is_no_bound() -> None:
    """The solver says 0 when it found nothing; a heavier plan weighs less than 0, and so 0 would be a proof."""
    best = compose_groups(RING, [3, 3])
    for asks in range(20):
        left = iter([9.0] * 21 + [9.0] * asks + [1e-9] * 99)
        plan = compose_groups(RING, [3, 3], clock=Clock(lambda: next(left)))  # noqa: B023
        assert plan.weight == best.weight or not plan.proven


def test_when_the_clock_is_over_wishes_that_clash_are_named_as_far_as_they_are_known() -> None:
    wishes, soon = Wishes(together=pairs(["AB", "BC", "DE"]), apart=pairs(["AC"])), iter([0.0, -4.0, -9.0, -9.0])
    with pytest.raises(WishesClash) as refusal:
        compose_groups(TWO_CIRCLES, [3, 3], wishes=wishes, clock=Clock(lambda: next(soon)))
    assert {Wish(WishKind.APART, ("A", "C")), Wish(WishKind.TOGETHER, ("A", "B"))} <= set(refusal.value.clashing)


def test_far_over_the_clock_there_is_no_plan() -> None:
    with pytest.raises(NoPlanInTime):
        compose_groups(RING, [3, 3], clock=Clock(lambda: -searching.GRACE))


@pytest.mark.parametrize("wishes", [Wishes(apart=pairs(["AX"])), Wishes(at={"X": 0}), Wishes(shares=(Share("zorg", frozenset("X"), 1),))])
def test_a_wish_about_somebody_else(wishes: Wishes) -> None:
    with pytest.raises(WishOfUnknownPupil) as refusal:
        compose_groups(TWO_CIRCLES, [3, 3], wishes=wishes)
    assert refusal.value.facts() == {"pupil": "X"}


def test_a_wish_about_a_place_that_is_not_there() -> None:
    with pytest.raises(WishOfUnknownPlace) as refusal:
        compose_seats(TWO_CIRCLES, ROW, wishes=Wishes(at={"A": 6}))
    assert refusal.value.facts() == {"pupil": "A", "place": 6, "places": 6}


@pytest.mark.parametrize("given", ["A", "AA", "ABC"])
def test_a_pair_is_two_different_pupils(given: str) -> None:
    with pytest.raises(NotTwoPupils):
        pairs([given])
    with pytest.raises(NotTwoPupils):
        Wishes(apart=frozenset({frozenset(given)}))


def test_a_share_runs_from_least_to_most() -> None:
    with pytest.raises(ShareOutOfOrder):
        Share("zorg", frozenset("A"), least=2, most=1)


def test_a_bound_that_is_reached_is_a_proof() -> None:
    assert (Reached(3, 3).proven, Reached(3, 2).proven) == (True, False)


# ---- laws -----------------------------------------------------------------------------------------------------


@st.composite
def classes(draw: st.DrawFn) -> Nominations:
    cells = draw(st.lists(st.sampled_from([(i, j) for i in SIX for j in SIX if i != j]), unique=True, max_size=12))
    return nominations_from(tuple(SIX), [Edge(i, j) for i, j in cells], {})


@settings(max_examples=12, deadline=None)
@given(classes())
def test_no_division_in_two_is_better(nominations: Nominations) -> None:
    plan = compose_groups(nominations, [3, 3])
    judged = ground(nominations, Wishes(), near=np.eye(2, dtype=np.int64), beside=np.eye(2, dtype=np.bool_))
    every = [tuple(0 if i in members else 1 for i in range(6)) for members in combinations(range(6), 3)]
    best = min(judged.worth(np.array([place]))[:, 0].tolist() for place in every)
    assert [each.value for each in plan.reached] == best
    assert plan.proven


@settings(max_examples=6, deadline=None)
@given(classes())
def test_no_row_of_seats_is_better(nominations: Nominations) -> None:
    plan = compose_seats(nominations, ROW)
    near = 2 * (np.abs(np.subtract.outer(np.arange(6), np.arange(6))) == 1).astype(np.int64)
    judged = ground(nominations, Wishes(), near=near, beside=near > 0)
    worth = judged.worth(np.array(list(permutations(range(6)))))
    assert [each.value for each in plan.reached] == min(worth.T.tolist())


@patient
@given(st.integers(0, 2**32), st.booleans())
def test_a_change_is_worth_what_the_whole_plan_after_it_is_worth(seed: int, on_seats: bool) -> None:
    dice = np.random.default_rng(seed)
    table = np.triu(dice.random((6, 6)) < 0.3, 1)
    wishes = Wishes(rather_apart=pairs([SIX[i] + SIX[j] for i, j in np.argwhere(table)]), earlier=(frozenset({frozenset("ABC")}),))
    words = [f"{a}{dice.choice(['>', '-'])}{b}" for a, b in permutations(SIX, 2) if dice.random() < 0.4]
    close = np.abs(np.subtract.outer(np.arange(8), np.arange(8)))
    near = 2 * (close == 1) + (close == 4) if on_seats else np.eye(3, dtype=np.int64)
    judged = ground(choices(" ".join(words)), wishes, near=near, beside=near > 0)
    here = dice.permutation(8) if on_seats else dice.integers(0, 3, 6)
    first, second = (ends[np.triu_indices(len(here), k=1)[0] < 6] for ends in np.triu_indices(len(here), k=1))
    plans = np.tile(here, (len(first), 1))
    plans[np.arange(len(first)), first], plans[np.arange(len(first)), second] = here[second], here[first]
    assert worth_of_changes(here, judged, first, second).tolist() == judged.worth(plans[:, :6]).tolist()


def test_climbing_never_makes_it_worse_and_keeps_the_wishes() -> None:
    wishes = Wishes(apart=pairs(["AB"]), together=pairs(["CD"]), at={"F": 1}, shares=(Share("zorg", frozenset("AE"), most=1),))
    judged = ground(TWO_CIRCLES, wishes, near=np.eye(2, dtype=np.int64), beside=np.eye(2, dtype=np.bool_))
    start = (0, 1, 0, 0, 1, 1)
    assert judged.keeps(start)
    end = climbed(start, judged, Clock())
    assert judged.keeps(end)
    assert judged.worth(np.array([end]))[:, 0].tolist() <= judged.worth(np.array([start]))[:, 0].tolist()
