"""What the tables of choices hold, and what they refuse."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import (
    AbsentPupilChooses,
    ChoosesAndRejects,
    ChoosesOneself,
    Edge,
    EmptyPupilChooses,
    Nominations,
    NominationTwice,
    Participation,
    PupilListedTwice,
    PupilNotOnList,
    Sufficiency,
    TooManyChoices,
    UnevenNominations,
    UnknownPolarity,
    nominations_from,
)
from kring.core.sociometry.nominations import sorted_nominations
from tests.core.sociometry.classes import ABSENT, DONE, EMPTY, REFUSED, chosen, classes, in_other_order, patient, worked


def test_choices_stand_in_rows_of_who_chose() -> None:
    nominations = worked()
    assert nominations.positive.tolist() == [
        [False, True, True, False, False],
        [True, False, False, False, False],
        [False, True, False, False, False],
        [False, True, False, False, False],
        [False, False, False, False, False],
    ]
    assert nominations.negative is None
    assert nominations.nominators.tolist() == [True, True, True, True, False]


def test_an_absent_pupil_stays_on_the_list_and_can_be_chosen() -> None:
    nominations = chosen("AB", "AB", absent="B")
    assert nominations.pupils == ("A", "B")
    assert nominations.positive[0, 1]


def test_one_who_did_the_round_without_a_choice_chose_nobody() -> None:
    nominations = nominations_from("ABC", [Edge("A", "B")], {"A": DONE, "B": DONE, "C": EMPTY})
    assert nominations.participation == (DONE, EMPTY, EMPTY)
    assert nominations.nominators.all()


def test_silence_without_participation_is_absence_not_choosing_nobody() -> None:
    nominations = nominations_from("ABC", [Edge("A", "B")], {"C": REFUSED})
    assert nominations.participation == (DONE, ABSENT, REFUSED)


def test_participation_of_pupils_of_other_lists_is_passed_over() -> None:
    assert nominations_from("AB", [], {"A": EMPTY, "B": EMPTY, "gone": DONE}).pupils == ("A", "B")


def test_negative_choices_have_their_own_table_when_asked() -> None:
    asked = nominations_from("ABC", [Edge("A", "B")], {}, asked=(1, -1))
    assert asked.negative is not None
    assert not asked.negative.any()
    given = nominations_from("ABC", [Edge("A", "B", -1)], {})
    assert given.negative is not None
    assert given.negative[0, 1]
    assert given.participation[0] is DONE


@pytest.mark.parametrize(
    ("edges", "rule"),
    [
        ([Edge("A", "A")], ChoosesOneself),
        ([Edge("A", "Z")], PupilNotOnList),
        ([Edge("Z", "A")], PupilNotOnList),
        ([Edge("A", "B"), Edge("A", "B")], NominationTwice),
        ([Edge("A", "B"), Edge("A", "B", -1)], ChoosesAndRejects),
        ([Edge("C", "B")], AbsentPupilChooses),
        ([Edge("D", "B")], AbsentPupilChooses),
        ([Edge("E", "B")], EmptyPupilChooses),
    ],
)
def test_refuses_what_cannot_be(edges: list[Edge], rule: type[PupilNotOnList]) -> None:
    participation = {"A": DONE, "B": DONE, "C": ABSENT, "D": REFUSED, "E": EMPTY}
    with pytest.raises(rule) as refusal:
        nominations_from("ABCDE", edges, participation)
    assert (refusal.value.from_pupil, refusal.value.to_pupil) == (edges[-1].from_pupil, edges[-1].to_pupil)
    assert edges[-1].from_pupil in str(refusal.value)


def test_refuses_a_polarity_that_is_neither() -> None:
    with pytest.raises(UnknownPolarity) as refusal:
        Edge("A", "B", 0)
    assert refusal.value.polarity == 0


def test_refuses_a_list_with_a_pupil_twice() -> None:
    with pytest.raises(PupilListedTwice) as refusal:
        nominations_from("ABA", [], {})
    assert refusal.value.pupil == "A"


@pytest.mark.parametrize(
    ("participation", "positive", "negative", "part"),
    [
        (1, (2, 2), None, "participation"),
        (2, (2, 3), None, "positive"),
        (2, (2, 2), (1, 1), "negative"),
    ],
)
def test_refuses_parts_of_unequal_size(participation: int, positive: tuple[int, int], negative: tuple[int, int] | None, part: str) -> None:
    tables = (np.zeros(positive, dtype=bool), None if negative is None else np.zeros(negative, dtype=bool))
    with pytest.raises(UnevenNominations) as refusal:
        Nominations(("A", "B"), (EMPTY,) * participation, *tables)
    assert refusal.value.part == part


def test_the_tables_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        worked().positive[0, 0] = True


@pytest.mark.parametrize(
    ("took_part", "listed", "sufficiency"),
    [
        (0, 0, Sufficiency.TOO_FEW),
        (1, 1, Sufficiency.ALL),
        (20, 25, Sufficiency.ALL),
        (19, 25, Sufficiency.COUNTS),
        (15, 25, Sufficiency.COUNTS),
        (14, 25, Sufficiency.TOO_FEW),
    ],
)
def test_participation_decides_what_may_be_shown(took_part: int, listed: int, sufficiency: Sufficiency) -> None:
    status: tuple[Participation, ...] = (EMPTY,) * took_part + (ABSENT,) * (listed - took_part)
    table = np.zeros((listed, listed), dtype=bool)
    assert Nominations(tuple(f"p{i}" for i in range(listed)), status, table).sufficiency is sufficiency


def test_sorted_by_id_with_shorter_ids_first() -> None:
    nominations = nominations_from(("10", "2", "1"), [Edge("10", "2"), Edge("1", "10", -1)], {})
    ordered, places = sorted_nominations(nominations)
    assert ordered.pupils == ("1", "2", "10")
    assert places.tolist() == [2, 1, 0]
    assert ordered.positive[2, 1]
    assert ordered.negative is not None
    assert ordered.negative[0, 2]


def test_refuses_more_choices_than_the_question_takes() -> None:
    edges = [Edge("A", "B"), Edge("A", "C"), Edge("A", "D", -1), Edge("B", "A")]
    assert nominations_from("ABCD", edges, {}, limits={1: 2}).positive[0].tolist() == [False, True, True, False]
    assert nominations_from("ABCD", [*edges, Edge("C", "A", -1), Edge("C", "B", -1)], {}, limits={-1: 2}).negative is not None
    with pytest.raises(TooManyChoices) as refusal:
        nominations_from("ABCD", edges, {}, limits={1: 1})
    assert (refusal.value.from_pupil, refusal.value.to_pupil, refusal.value.limit) == ("A", "C", 1)


@patient
@given(classes(negatives=True), st.randoms(use_true_random=False))
def test_the_fingerprint_does_not_know_the_order_of_the_list(nominations: Nominations, dice: Random) -> None:
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    assert nominations.fingerprint() == in_other_order(nominations, order).fingerprint()


def test_the_fingerprint_knows_every_choice() -> None:
    same_but_one = (
        chosen("ABC", "AB BC"),
        chosen("ABC", "AB CB"),
        chosen("ABC", "AB BC", absent="C"),
        chosen("ABD", "AB BD"),
        chosen("ABC", "AB BC", negative=""),
        chosen("ABC", "AB BC", negative="AC"),
    )
    assert len({nominations.fingerprint() for nominations in same_but_one}) == len(same_but_one)
