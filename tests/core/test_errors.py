"""What every refusal of the core has in common."""

import pickle

import pytest

from kring.core.answers import AnswerOutsideScale
from kring.core.errors import BrokenRule


def test_a_refusal_names_its_rule_and_its_facts() -> None:
    refusal = AnswerOutsideScale(row=3, item="q1", value=9, low=1, high=4)
    assert str(refusal) == "AnswerOutsideScale(row=3, item='q1', value=9, low=1, high=4)"
    assert refusal.facts() == {"row": 3, "item": "q1", "value": 9, "low": 1, "high": 4}


def test_a_refusal_can_be_caught_as_broken_rule_and_carries_its_traceback() -> None:
    with pytest.raises(BrokenRule) as caught:
        raise AnswerOutsideScale(row=0, item="q1", value=9, low=1, high=4)
    assert caught.value.__traceback__ is not None


def test_a_refusal_comes_back_whole_from_another_process() -> None:
    again = pickle.loads(pickle.dumps(AnswerOutsideScale(row=3, item="q1", value=9, low=1, high=4)))
    assert isinstance(again, AnswerOutsideScale)
    assert again.facts() == {"row": 3, "item": "q1", "value": 9, "low": 1, "high": 4}


def test_refusals_are_not_frozen_so_context_managers_may_pass_them_on() -> None:
    refusal = BrokenRule()
    refusal.__traceback__ = None
    assert str(refusal) == "BrokenRule()"
