"""Who pupils think chose them, beside who did."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import ChoosesOneself, Nominations, PerceivedPupil, PupilNotOnList, perceived
from tests.core.sociometry.classes import chosen, classes, in_other_order, patient


def test_hits_false_alarms_and_misses() -> None:
    found = perceived(chosen("ABCD", "BA CA DA AB"), {"A": {"B", "C"}, "B": {"C"}, "C": set()})
    assert found.pupils == (
        PerceivedPupil("A", 2, 0, 1, 2 / 3, 1.0),
        PerceivedPupil("B", 0, 1, 1, 0.0, 0.0),
        PerceivedPupil("C", 0, 0, 0, None, None),
        PerceivedPupil("D", None, None, None, None, None),
    )
    assert (found.sensitivity, found.precision, found.n, found.n_valid) == (0.5, 2 / 3, 4, 3)


def test_absent_classmates_count_for_nothing() -> None:
    found = perceived(chosen("ABCD", "AB", absent="CD"), {"A": {"C"}, "C": {"A"}})
    assert found.pupils[0] == PerceivedPupil("A", 0, 0, 0, None, None)
    assert found.pupils[2] == PerceivedPupil("C", None, None, None, None, None)
    assert (found.sensitivity, found.precision, found.n_valid) == (None, None, 1)


def test_absent_classmates_can_be_taken_as_choosing_nobody() -> None:
    found = perceived(chosen("ABCD", "AB", absent="CD"), {"A": {"C"}, "C": {"A"}}, absent_chose_nobody=True)
    assert found.pupils[0] == PerceivedPupil("A", 0, 1, 0, None, 0.0)
    assert found.pupils[2].hits is None


def test_who_took_part_and_chose_nobody_did_not_choose() -> None:
    assert perceived(chosen("AB", "BA"), {"B": {"A"}}).pupils[1].false_alarms == 1


def test_liked_but_unaware_with_few_choices_is_chosen_twice_without_a_hit() -> None:
    nominations = chosen("ABCDE", "BA CA DB")
    thinks: dict[str, set[str]] = {"A": {"E"}, "B": set(), "C": set()}
    assert perceived(nominations, thinks, limit=3).liked_but_unaware == ("A",)
    assert perceived(nominations, {**thinks, "A": {"B"}}, limit=3).liked_but_unaware == ()
    assert perceived(nominations, {}, limit=3).liked_but_unaware == ()


@pytest.mark.parametrize("limit", [None, 4])
def test_liked_but_unaware_with_many_choices_is_at_least_the_median(limit: int | None) -> None:
    nominations = chosen("ABCDE", "BA CA DA AB CB DC")
    thinks: dict[str, set[str]] = {pupil: set() for pupil in "ABCDE"}
    assert perceived(nominations, thinks, limit=limit).liked_but_unaware == ("A", "B", "C")


def test_whom_nobody_chose_is_not_liked_where_half_the_class_is_not_chosen() -> None:
    assert perceived(chosen("ABCDE", "BA"), {pupil: set() for pupil in "ABCDE"}).liked_but_unaware == ("A",)


def test_overestimates_is_three_who_did_not_choose_a_pupil_whom_nobody_chose() -> None:
    nominations = chosen("ABCDE", "CB DA EA BA")
    thinks = {"C": {"A", "B", "D"}, "D": {"A", "B"}, "B": {"A", "D", "E"}}
    assert perceived(nominations, thinks).overestimates == ("C",)


def test_a_class_without_pupils_or_answers() -> None:
    assert perceived(chosen("", ""), {}).pupils == ()
    alone = perceived(chosen("A", ""), {"A": set()})
    assert (alone.pupils[0].hits, alone.liked_but_unaware, alone.n_valid) == (0, (), 1)


def test_refuses_names_that_are_not_on_the_list() -> None:
    with pytest.raises(PupilNotOnList):
        perceived(chosen("AB", "AB"), {"Z": set()})
    with pytest.raises(PupilNotOnList):
        perceived(chosen("AB", ""), {"A": {"Z"}})
    with pytest.raises(PupilNotOnList):
        perceived(chosen("AB", ""), {"Z": {"A"}})
    with pytest.raises(ChoosesOneself):
        perceived(chosen("AB", ""), {"A": {"A"}})


@patient
@given(classes(), st.randoms(use_true_random=False))
def test_who_knows_exactly_has_everything_right_in_any_order(nominations: Nominations, dice: Random) -> None:
    pupils = nominations.pupils
    thinks = {pupil: {pupils[i] for i in range(len(pupils)) if nominations.positive[i, j]} for j, pupil in enumerate(pupils)}
    found = perceived(nominations, thinks)
    assert found.sensitivity in (None, 1.0)
    assert found.sensitivity == found.precision
    assert found.liked_but_unaware == found.overestimates == ()
    order = list(range(len(pupils)))
    dice.shuffle(order)
    other = perceived(in_other_order(nominations, order), thinks)
    assert other.pupils == tuple(found.pupils[i] for i in order)
    assert other.provenance == found.provenance
