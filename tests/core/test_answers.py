"""Answers become arrays, and a wrong cell is named by row and item."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.answers import (
    AnsweredWithoutAnswer,
    AnswerNotWhole,
    AnswerOutsideScale,
    Answers,
    AnswersOutOfShape,
    Missing,
    UnknownItem,
    UnknownReason,
    answers_from,
    answers_of,
)
from kring.core.columns import NotNumbers
from kring.core.instruments import KeyTwice
from tests.cast_instruments import worked_instrument

KEYS = ("q1", "q2", "q3", "q4", "q5")


def test_rows_become_codes_and_reasons() -> None:
    answers = answers_from(worked_instrument(), [{"q1": 4, "q2": Missing.DONT_KNOW, "q5": 1}])
    assert answers.items == KEYS
    assert len(answers) == 1
    np.testing.assert_array_equal(answers.values, [[4, np.nan, np.nan, np.nan, 1]])
    expected = [Missing.ANSWERED, Missing.DONT_KNOW, Missing.NOT_ANSWERED, Missing.NOT_ANSWERED, Missing.ANSWERED]
    assert answers.reasons.tolist() == [expected]


def test_nobody_has_no_rows() -> None:
    answers = answers_from(worked_instrument(), [])
    assert answers.values.shape == (0, 5)
    assert len(answers) == 0


@pytest.mark.parametrize("value", [0, 5, -1, 99])
def test_an_answer_outside_the_scale_is_refused(value: int) -> None:
    with pytest.raises(AnswerOutsideScale) as caught:
        answers_from(worked_instrument(), [{"q1": 1}, {"q1": 2, "q2": value}])
    assert caught.value.facts() == {"row": 1, "item": "q2", "value": value, "low": 1, "high": 4}


def test_an_unknown_item_is_refused() -> None:
    with pytest.raises(UnknownItem) as caught:
        answers_from(worked_instrument(), [{"q9": 1}])
    assert caught.value.facts() == {"row": 0, "item": "q9"}


def test_answered_without_an_answer_is_refused() -> None:
    with pytest.raises(AnsweredWithoutAnswer) as caught:
        answers_from(worked_instrument(), [{"q1": Missing.ANSWERED}])
    assert caught.value.facts() == {"row": 0, "item": "q1"}


@pytest.mark.parametrize(
    ("values", "reasons"),
    [
        (np.array([1.0, 2.0]), np.zeros(2, np.int8)),
        (np.array(1.0), np.zeros((), np.int8)),
        (np.ones((1, 3)), np.zeros((1, 3), np.int8)),
        (np.ones((2, 2)), np.zeros((1, 2), np.int8)),
        (np.array([[1.0, np.nan]]), np.zeros((1, 2), np.int8)),
        (np.array([[1.0, 2.0]]), np.array([[0, 2]], np.int8)),
    ],
)
def test_arrays_that_do_not_belong_together_are_refused(values: np.ndarray, reasons: np.ndarray) -> None:
    with pytest.raises(AnswersOutOfShape):
        Answers(("q1", "q2"), values, reasons)


def test_answers_cannot_be_changed_afterwards_and_leave_the_given_arrays_alone() -> None:
    values = np.ones((1, 2))
    answers = Answers(("q1", "q2"), values, np.zeros((1, 2), np.int8))
    with pytest.raises(ValueError, match="read-only"):
        answers.codes[0, 0] = 3
    values[0, 0] = 2.0
    assert answers.values.tolist() == [[1, 1]]


@pytest.mark.parametrize(("highest", "kind"), [(127, np.int8), (128, np.int16), (40_000, np.int32), (2**40, np.int64)])
def test_codes_are_kept_in_the_smallest_type_and_are_0_where_nothing_was_answered(highest: int, kind: type) -> None:
    reasons = np.array([[0, Missing.DONT_KNOW, 0]])
    whole = Answers(("a", "b", "c"), np.array([[highest, 2**50, -1]]), reasons)
    assert whole.codes.dtype == np.dtype(kind)
    assert whole.codes.tolist() == [[highest, 0, -1]]
    assert whole.fingerprint() == Answers(("a", "b", "c"), np.array([[highest, np.nan, -1]]), reasons).fingerprint()


@pytest.mark.parametrize("value", [1.5, np.inf, 1e300, 2.0**41, -(2.0**41)])
def test_a_code_is_a_whole_number(value: float) -> None:
    with pytest.raises(AnswerNotWhole) as caught:
        Answers(("a", "b"), np.array([[value, 1.0]]), np.zeros((1, 2)))
    assert caught.value.facts() == {"value": value}


@pytest.mark.parametrize("reason", [-1, 7, 0.5, 6.5])
def test_a_reason_is_one_of_missing(reason: float) -> None:
    with pytest.raises(UnknownReason) as caught:
        Answers(("a",), np.array([[1]]), np.array([[reason]]))
    assert caught.value.facts() == {"reason": reason}


def test_a_reason_that_is_no_number_is_refused() -> None:
    with pytest.raises(UnknownReason):
        Answers(("a",), np.array([[1]]), np.array([[np.nan]]))


def test_a_masked_code_is_no_answer() -> None:
    masked = np.ma.array([[1, 99]], mask=[[False, True]])
    assert Answers(("a", "b"), masked, np.array([[0, 2]])).codes.tolist() == [[1, 0]]
    with pytest.raises(AnswersOutOfShape):
        Answers(("a", "b"), masked, np.array([[0, 0]]))


def test_words_are_no_codes() -> None:
    with pytest.raises(NotNumbers) as caught:
        Answers(("a",), np.array([["1"]]), np.array([[0]]))
    assert caught.value.facts() == {"name": "codes", "kind": "<U1"}


def test_codes_beyond_64_bits_are_refused() -> None:
    with pytest.raises(AnswerNotWhole):
        Answers(("a",), np.array([[2**63]], dtype=np.uint64), np.array([[0]]))


def test_an_item_has_one_column() -> None:
    with pytest.raises(KeyTwice) as caught:
        Answers(("a", "b", "a"), np.ones((1, 3)), np.zeros((1, 3)))
    assert caught.value.facts() == {"of": "answers", "kind": "item", "key": "a"}


def test_respondents_answered_something() -> None:
    assert Answers(("a", "b"), np.ones((3, 2)), np.zeros((3, 2))).respondents == 3
    assert Answers(("a", "b"), np.ones((3, 2), int), np.array([[2, 2], [0, 2], [2, 2]])).respondents == 1


cells = st.tuples(st.integers(0, 200), st.sampled_from(list(Missing)))
tables = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8)


def made(rows: list[list[tuple[int, Missing]]]) -> Answers:
    given = np.array(rows)
    return Answers(("a", "b", "c"), given[:, :, 0], given[:, :, 1])


@given(tables, st.randoms(use_true_random=False))
def test_the_fingerprint_is_that_of_the_answers_in_any_order(rows: list[list[tuple[int, Missing]]], chance: Random) -> None:
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert made(shuffled).fingerprint() == made(rows).fingerprint()


@given(tables, tables)
def test_other_answers_have_another_fingerprint(rows: list[list[tuple[int, Missing]]], others: list[list[tuple[int, Missing]]]) -> None:
    one, other = made(rows), made(others)
    same = sorted(zip(one.codes.tolist(), one.reasons.tolist())) == sorted(zip(other.codes.tolist(), other.reasons.tolist()))
    assert (one.fingerprint() == other.fingerprint()) is same


def test_the_fingerprint_names_the_items_and_does_not_depend_on_the_chunks() -> None:
    codes = np.arange(60_000).reshape(20_000, 3) % 5
    one = Answers(("a", "b", "c"), codes, np.zeros(codes.shape))
    assert one.fingerprint() is one.fingerprint()
    assert one.fingerprint() == Answers(("a", "b", "c"), codes[::-1], np.zeros(codes.shape)).fingerprint()
    assert one.fingerprint() != Answers(("a", "b", "d"), codes, np.zeros(codes.shape)).fingerprint()


def test_a_table_with_gaps_is_taken_as_it_stands() -> None:
    made = answers_of(["a", "b"], np.array([[1.0, np.nan], [3.0, 4.0]]))
    assert made.items == ("a", "b")
    assert made.reasons.tolist() == [[Missing.ANSWERED, Missing.NOT_ANSWERED], [Missing.ANSWERED, Missing.ANSWERED]]
    assert made.codes.tolist() == [[1, 0], [3, 4]]
    with pytest.raises(AnswersOutOfShape):
        answers_of(["a"], np.array([[1.0, np.nan]]))
