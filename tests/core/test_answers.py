"""Answers become arrays, and a wrong cell is named by row and item."""

import numpy as np
import pytest

from kring.core.answers import AnsweredWithoutAnswer, AnswerOutsideScale, Answers, AnswersOutOfShape, Missing, UnknownItem, answers_from
from tests.cast_instruments import worked_instrument

KEYS = ("q1", "q2", "q3", "q4", "q5")


def test_rows_become_values_and_reasons() -> None:
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
        answers.values[0, 0] = 3
    values[0, 0] = 2.0
    assert answers.values[0, 0] == 2.0
