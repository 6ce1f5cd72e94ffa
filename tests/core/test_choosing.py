"""Choosing classmates: names in an order of one's own, and nothing handed in that a screen of ours would not send."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.choosing import NotAClassmate, choices_of, names_for
from kring.core.errors import CallerMistake
from kring.core.sociometry import Edge, Frequency, Participation, nominations_from
from kring.library import instrument

HERE = {"a": True, "b": True, "c": True, "left": False}
PLAIN, SOFT, POINTS, BULLYING = (instrument(f"kring-sociogram{kind}") for kind in ("", "-niet", "-punten", "-pesten"))


def test_the_names_stand_in_an_order_that_stays_and_differs_from_one_pupil_to_the_next() -> None:
    keys = [f"pupil {number}" for number in range(24)]
    orders = {tuple(names_for(f"invitation {number}", keys)) for number in range(20)}
    assert len(orders) == 20
    assert all(sorted(order) == sorted(keys) for order in orders)
    assert names_for("x", keys) == names_for("x", reversed(keys))
    firsts = {names_for(f"invitation {number}", keys)[0] for number in range(400)}
    assert len(firsts) == 24  # nobody stands in front with everybody, and nobody never


def test_what_was_chosen_goes_by_question() -> None:
    found = choices_of(PLAIN, "a", HERE, {"together": {"who": ["b", "c"]}, "work": {"who": []}, "chosen_by": {"who": ["b"]}})
    assert [(one.question.key, one.classmate) for one in found.named] == [("together", "b"), ("together", "c"), ("chosen_by", "b")]
    assert (found.participation, found.rated, found.frequency) == (Participation.DONE, (), None)


@pytest.mark.parametrize(
    ("answers", "how"),
    [
        ({}, Participation.REFUSED),
        ({"together": None, "chosen_by": {"who": ["b"]}}, Participation.REFUSED),
        ({"together": {"who": []}}, Participation.EMPTY),
        ({"together": {"who": ["left"]}}, Participation.EMPTY),
        ({"work": {"who": ["c"]}}, Participation.DONE),
    ],
)
def test_niemand_is_an_answer_and_skipping_everything_is_none(answers: dict[str, Any], how: Participation) -> None:
    assert choices_of(PLAIN, "a", HERE, answers).participation is how


def test_points_and_how_often() -> None:
    rated = choices_of(POINTS, "a", HERE, {"points": {"points": {"b": 5, "left": 1}}})
    assert [(one.question.key, one.classmate, one.points) for one in rated.rated] == [("points", "b", 5)]
    told = choices_of(BULLYING, "a", HERE, {"often": 4, "bullied_by": {"who": ["b"]}, "helped_by": {"who": []}})
    assert (told.frequency, len(told.named), told.participation) == (Frequency.WEEKLY, 1, Participation.DONE)
    assert choices_of(BULLYING, "a", HERE, {"often": 1}).frequency is Frequency.NEVER
    assert choices_of(BULLYING, "a", HERE, {"bullied_by": {"who": []}}).participation is Participation.EMPTY
    assert choices_of(POINTS, "a", HERE, {}).participation is Participation.REFUSED


@pytest.mark.parametrize(
    ("asked", "answers", "rule"),
    [
        (PLAIN, {"together": {"who": ["a"]}}, NotAClassmate),
        (PLAIN, {"chosen_by": {"who": ["b", "stranger"]}}, NotAClassmate),
        (POINTS, {"points": {"points": {"a": 3}}}, NotAClassmate),
    ],
)
def test_what_only_a_hand_made_request_says_is_refused(asked: Any, answers: dict[str, Any], rule: type[CallerMistake]) -> None:
    with pytest.raises(rule) as refused:
        choices_of(asked, "a", HERE, answers)
    assert vars(refused.value)["question"] == next(reversed(answers))


@pytest.mark.parametrize(
    ("turns", "left"),
    [
        ({"together": 1, "rather_not": 2}, {("rather_not", "b"), ("rather_not", "c")}),
        ({"together": 2, "rather_not": 1}, {("together", "b"), ("rather_not", "c")}),
        ({}, {("rather_not", "b"), ("rather_not", "c")}),
    ],
)
def test_of_a_yes_and_a_no_on_two_tablets_what_was_said_last_counts(turns: dict[str, int], left: set[tuple[str, str]]) -> None:
    found = choices_of(SOFT, "a", HERE, {"together": {"who": ["b"]}, "rather_not": {"who": ["b", "c"]}}, turns)
    assert {(one.question.key, one.classmate) for one in found.named} == left
    assert found.skipped == (("together",) if ("together", "b") not in left else ())  # that is not “niemand”


def test_a_guess_is_neither_a_yes_nor_a_no() -> None:
    found = choices_of(PLAIN, "a", HERE, {"together": {"who": ["b"]}, "chosen_by": {"who": ["b", "c"]}}, {"chosen_by": 9})
    assert len(found.named) == 3
    assert found.skipped == ("work",)


NAMES = st.sets(st.sampled_from(["a", "b", "c", "left", "stranger"])).map(sorted)


@given(together=st.none() | NAMES, rather_not=st.none() | NAMES)
def test_whatever_is_sent_what_is_kept_can_be_drawn(together: list[str] | None, rather_not: list[str] | None) -> None:
    """Nothing that comes through breaks a rule of the sociogram itself."""
    told = {"together": together, "rather_not": rather_not}
    answers = {key: None if names is None else {"who": names} for key, names in told.items()}
    try:
        found = choices_of(SOFT, "a", HERE, answers)
    except NotAClassmate:
        assert {*(together or ()), *(rather_not or ())} & {"a", "stranger"}
        return
    edges = [Edge("a", one.classmate, one.question.polarity) for one in found.named]
    kept = nominations_from(["a", "b", "c"], edges, {"a": found.participation})
    assert kept.participation[0] in {found.participation, Participation.EMPTY}
