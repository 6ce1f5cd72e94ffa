"""The two pictures: where pupils stand, and that there is room for each."""

from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kring.core.sociometry import (
    ClassTooLargeForWeb,
    Layout,
    Nominations,
    Sufficiency,
    TooFewTookPart,
    UnevenNominations,
    beside_layout,
    sociogram,
    target_layout,
    web_layout,
)
from kring.core.sociometry.target import rings, sweep_until_still
from kring.core.sociometry.web import steps_between
from tests.core.sociometry.classes import DONE, EMPTY, chosen, classes, full, in_other_order, patient, worked
from tests.reference.class26 import PUPILS, class26

LIST = tuple(f"p{i:02}" for i in range(80))


def any_class(n: int, share: float, seed: int = 1) -> Nominations:
    """A class of n in which everybody chooses about this share of the others."""
    choices = np.random.Generator(np.random.PCG64(seed)).random((n, n)) < share
    np.fill_diagonal(choices, 0)
    choices[~choices.any(axis=1), 0] = True
    choices[0, 0], choices[0, 1] = False, True
    return Nominations(LIST[:n], (DONE,) * n, choices)


def assert_room(layout: Layout) -> None:
    """Every mark inside the circle, and 1.2 diameters between any two."""
    assert layout.mark > 0
    assert (np.hypot(layout.x, layout.y) + layout.mark <= 1 + 1e-9).all()
    for i, j in combinations(range(len(layout.x)), 2):
        assert np.hypot(layout.x[i] - layout.x[j], layout.y[i] - layout.y[j]) >= 2.4 * layout.mark - 1e-9


def same_places(one: Layout, two: Layout) -> bool:
    where = {pupil: (two.x[i], two.y[i], two.ring[i]) for i, pupil in enumerate(two.pupils)}
    return all(np.allclose(where[pupil], (one.x[i], one.y[i], one.ring[i]), atol=1e-9) for i, pupil in enumerate(one.pupils))


def test_rings_follow_the_choices_received() -> None:
    assert rings(np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1])).tolist() == [0, 0, 1, 1, 1, 2, 2, 2, 3, 3]


def test_ties_go_to_the_inner_ring() -> None:
    assert rings(np.array([0.9, 0.8, 0.8, 0.6, 0.6, 0.6, 0.3, 0.3, 0.3, 0.3])).tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 2]


def test_never_chosen_is_always_outermost() -> None:
    assert rings(np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])).tolist() == [0, 0, 0, 3, 3, 3]
    assert rings(np.array([0.5, 0.0, 0.0, 0.0])).tolist() == [0, 3, 3, 3]


@pytest.mark.parametrize("rate", [0.0, 0.4, 1.0, np.nan])
def test_when_all_are_equal_everybody_stands_on_one_middle_ring(rate: float) -> None:
    assert rings(np.full(6, rate)).tolist() == [1] * 6


def test_the_target_of_the_reference_class() -> None:
    layout = target_layout(sociogram(class26(1)))
    inner = {PUPILS[i] for i in np.flatnonzero(layout.ring == 0)}
    assert inner == {"6", "7", "16", "19", "20", "23", "25"}
    radius = np.hypot(layout.x, layout.y)
    np.testing.assert_allclose(radius, np.array(layout.radii)[layout.ring], atol=1e-9)
    assert_room(layout)


@pytest.mark.parametrize("draw", [target_layout, web_layout])
def test_the_lowest_id_stands_at_the_top(draw: object) -> None:
    assert callable(draw)
    layout = draw(sociogram(class26(1)))
    assert layout.x[0] == pytest.approx(0, abs=1e-9)
    assert layout.y[0] > 0


def test_sweeps_stop_when_nothing_moves_and_at_the_latest_after_200() -> None:
    swaps = iter([3, 1, 0, 9])
    sweep_until_still(lambda: next(swaps))
    assert list(swaps) == [9]
    endless = iter([1] * 500)
    sweep_until_still(lambda: next(endless))
    assert len(list(endless)) == 300


def test_pupils_on_a_ring_stand_at_equal_distance_with_six_degrees_between_communities() -> None:
    picture = sociogram(class26(1))
    assert picture.communities is not None
    layout = target_layout(picture)
    for ring in np.unique(layout.ring):
        on_ring = np.flatnonzero(layout.ring == ring)
        angle = np.degrees(np.arctan2(layout.y[on_ring], layout.x[on_ring])) % 360
        order = np.argsort(angle)
        gaps = np.diff(np.append(angle[order], angle[order][0] + 360))
        community = picture.communities.member_of[on_ring[order]]
        breaks = np.roll(community, -1) != community
        np.testing.assert_allclose(gaps - 6 * breaks, (360 - 6 * breaks.sum()) / len(on_ring), atol=1e-6)


@pytest.mark.parametrize(
    ("n", "share"), [(1, 0.0), (2, 0.5), (5, 0.3), (12, 0.2), (24, 0.12), (30, 0.12), (35, 0.2), (60, 0.05), (80, 0.004)]
)
def test_the_target_has_room_for_classes_of_any_size(n: int, share: float) -> None:
    nominations = any_class(n, share) if n > 1 else chosen("A", "")
    layout = target_layout(sociogram(nominations))
    assert_room(layout)
    assert list(layout.radii) == sorted(layout.radii)


@pytest.mark.parametrize("nominations", [full(30), chosen("ABCDEFGH", "")])
def test_the_target_when_all_are_equal(nominations: Nominations) -> None:
    layout = target_layout(sociogram(nominations))
    assert set(layout.ring.tolist()) == {1}
    assert_room(layout)


@pytest.mark.parametrize(("n", "share"), [(1, 0.0), (2, 0.5), (5, 0.3), (12, 0.2), (24, 0.12), (30, 0.12), (35, 0.9), (35, 0.02)])
def test_the_web_has_room_for_classes_up_to_35(n: int, share: float) -> None:
    nominations = any_class(n, share) if n > 1 else chosen("A", "")
    layout = web_layout(sociogram(nominations))
    assert_room(layout)
    assert layout.mark >= 0.05
    assert (layout.radii, set(layout.ring.tolist())) == ((), {-1})


@pytest.mark.parametrize("nominations", [full(30), chosen("ABCDEFGH", "")])
def test_the_web_when_all_are_equal(nominations: Nominations) -> None:
    assert_room(web_layout(sociogram(nominations)))


def test_friends_stand_nearer_than_others_in_the_web() -> None:
    nominations = class26(1)
    layout = web_layout(sociogram(nominations))
    distance = np.hypot(layout.x[:, None] - layout.x, layout.y[:, None] - layout.y)
    tied = nominations.positive | nominations.positive.T
    assert distance[tied].mean() < 0.7 * distance[~tied & ~np.eye(26, dtype=bool)].mean()


def test_friends_stand_at_smaller_angles_than_others_in_the_target() -> None:
    nominations = class26(1)
    layout = target_layout(sociogram(nominations))
    angle = np.arctan2(layout.y, layout.x)
    turn = np.abs(angle[:, None] - angle) % (2 * np.pi)
    apart = np.minimum(turn, 2 * np.pi - turn)
    tied = nominations.positive | nominations.positive.T
    assert apart[tied].mean() < 0.7 * apart[~tied & ~np.eye(26, dtype=bool)].mean()


def test_the_web_of_a_next_round_starts_where_pupils_stood() -> None:
    first, second = sociogram(class26(1)), sociogram(class26(2))
    before = web_layout(first)

    def moved(layout: Layout) -> float:
        return float(np.hypot(layout.x - before.x, layout.y - before.y).mean())

    assert moved(web_layout(second, start=before)) < moved(web_layout(second))
    assert moved(web_layout(first, start=before)) < 0.03


def test_pupils_who_came_and_went_between_rounds_find_a_place() -> None:
    before = web_layout(sociogram(chosen("ABCDE", "AB BA BC CD DE EA")))
    after = web_layout(sociogram(chosen("BCDEFG", "BC CB CD DE EF FB")), start=before)
    assert after.pupils == tuple("BCDEFG")
    assert_room(after)


def test_a_start_without_any_of_these_pupils_is_no_start() -> None:
    before = web_layout(sociogram(chosen("XYZ", "XY YZ ZX")))
    picture = sociogram(worked())
    assert same_places(web_layout(picture, start=before), web_layout(picture))


def test_one_known_pupil_is_not_enough_to_turn_to() -> None:
    before = web_layout(sociogram(chosen("AYZ", "AY YZ ZA")))
    layout = web_layout(sociogram(worked()), start=before)
    assert layout.x[0] == pytest.approx(0, abs=1e-9)
    assert_room(layout)


def test_steps_are_counted_both_ways_and_over_a_gap() -> None:
    tied = np.zeros((5, 5), dtype=bool)
    for i, j in ((0, 1), (1, 2), (2, 3)):
        tied[i, j] = tied[j, i] = True
    assert steps_between(tied)[0].tolist() == [0, 1, 2, 3, 4]
    assert steps_between(np.zeros((2, 2), dtype=bool))[0].tolist() == [0, 2]


def test_the_same_class_and_start_have_one_fingerprint_in_any_order_of_the_list() -> None:
    one, two = sociogram(worked()), sociogram(in_other_order(worked(), [4, 2, 0, 3, 1]))
    before = [web_layout(each) for each in (one, two)]
    assert before[0].provenance == before[1].provenance
    assert web_layout(one, start=before[0]).provenance == web_layout(two, start=before[0]).provenance
    assert web_layout(one, start=before[0]).provenance != before[0].provenance
    assert (before[0].n, before[0].n_valid) == (5, 5)
    assert target_layout(one).provenance == target_layout(two).provenance


def test_a_class_too_large_for_a_web_is_refused() -> None:
    with pytest.raises(ClassTooLargeForWeb) as refusal:
        web_layout(sociogram(any_class(36, 0.1)))
    assert (refusal.value.listed, refusal.value.most) == (36, 35)


@pytest.mark.parametrize("draw", [target_layout, web_layout])
@pytest.mark.parametrize("nominations", [chosen("", ""), chosen("ABCDE", "AB", absent="CDE")])
def test_without_enough_participation_nothing_is_drawn(draw: object, nominations: Nominations) -> None:
    assert callable(draw)
    with pytest.raises(TooFewTookPart):
        draw(sociogram(nominations))


def test_counts_alone_are_enough_for_a_picture() -> None:
    picture = sociogram(chosen("ABCDE", "AB BA CA", absent="DE"))
    assert picture.sufficiency is Sufficiency.COUNTS
    assert_room(target_layout(picture))
    assert_room(web_layout(picture))


def test_a_layout_refuses_parts_of_unequal_length_and_being_written_to() -> None:
    with pytest.raises(UnevenNominations) as refusal:
        Layout(("A", "B"), np.zeros(2), np.zeros(1), np.zeros(2, dtype=np.int64), (), 0.1)
    assert refusal.value.part == "y"
    with pytest.raises(ValueError, match="read-only"):
        target_layout(sociogram(worked())).x[0] = 0.5


@patient
@given(classes(smallest=1, largest=12), st.randoms(use_true_random=False))
def test_another_order_of_the_list_moves_nobody(nominations: Nominations, dice: Random) -> None:
    assume(nominations.sufficiency is not Sufficiency.TOO_FEW)
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    one, two = sociogram(nominations), sociogram(in_other_order(nominations, order))
    for draw in (target_layout, web_layout):
        assert_room(draw(one))
        assert same_places(draw(one), draw(two))


def generated(seed: int) -> Nominations:
    """A class as they are: of any size up to 35, in circles of friends, some liked more, some absent, some who choose nobody."""
    chance = np.random.Generator(np.random.PCG64(seed))
    n = int(chance.integers(4, 36))
    circle, liked = chance.integers(0, max(n // 6, 1), n), chance.gamma(1.5, 1.0, n)
    pull = liked[None, :] * np.where(circle[:, None] == circle[None, :], 8.0, 1.0)
    share = pull / pull.sum(axis=1, keepdims=True) * chance.integers(0, 9, n)[:, None]
    choices = chance.random((n, n)) < share
    np.fill_diagonal(choices, 0)
    choices[chance.random(n) < 0.07] = False
    return Nominations(LIST[:n], tuple(DONE if row.any() else EMPTY for row in choices), choices)


def test_generated_classes_have_room_and_one_place_each(long: bool) -> None:  # noqa: FBT001 - a fixture
    for seed in range(1000 if long else 15):
        found = sociogram(generated(seed))
        for draw in (target_layout, web_layout):
            layout = draw(found)
            assert_room(layout)
            assert layout.x[0] == pytest.approx(0, abs=1e-9)
            assert layout.y[0] >= -1e-9
        assert same_places(layout, draw(sociogram(generated(seed))))


def test_two_rounds_beside_each_other_have_one_place_for_everybody() -> None:
    now, before = (sociogram(class26(wave)) for wave in (2, 1))
    shared = beside_layout(now, before)
    assert shared.pupils == now.nominations.pupils
    assert same_places(shared, web_layout(now, start=web_layout(before)))
    assert_room(shared)


def test_who_left_stands_where_there_is_room() -> None:
    before = sociogram(chosen("ABCDEFG", "AB BA BC CD DE EA FG GF"))
    now = sociogram(chosen("ABCDEH", "AB BA BC CD DE EA HA"))
    shared = beside_layout(now, before)
    assert shared.pupils == tuple("ABCDEHFG")
    assert_room(shared)
    assert same_places(shared.only(tuple("GAB")), shared)
