"""Why a fact about a child is kept."""

import pytest

from kring.core.access import Record
from kring.core.errors import BrokenRule
from kring.core.retention import Holding, Retention


def test_a_holding_says_why_in_a_sentence() -> None:
    held = Holding("to know who sits in which group", Retention.ENROLMENT, Record.ENROLMENT)
    assert held.retention is Retention.ENROLMENT


def test_a_holding_without_a_purpose_is_refused() -> None:
    with pytest.raises(BrokenRule):
        Holding("x", Retention.ENROLMENT, Record.ENROLMENT)
