"""What a teacher expected, beside what came out."""

from datetime import UTC, datetime

import pytest

from kring.core.prediction import (
    Expected,
    ExpectedOfNobody,
    Outcome,
    PredictionSealed,
    PredictionTooLate,
    compared,
    refuse_late,
    refuse_nothing,
)
from kring.core.sociometry import Edge, Participation, nominations_from, pupil_facts, sociogram

CLASS = "ABCDEFGHIJ"
STAR = [Edge(one, "A") for one in CLASS[1:]] + [Edge("A", "B"), Edge("B", "C")]


def outcomes(expected: dict[str, Expected], away: str = "") -> dict[str, Outcome]:
    choices = [edge for edge in STAR if edge.from_pupil not in away]
    facts = pupil_facts(sociogram(nominations_from(CLASS, choices, dict.fromkeys(away, Participation.ABSENT))))
    return {line.pupil: line.outcome for line in compared(expected, facts).lines}


def test_what_was_expected_came_out_or_did_not() -> None:
    expected = {"A": Expected.OFTEN, "B": Expected.OFTEN, "C": Expected.NEVER, "J": Expected.NEVER}
    assert outcomes(expected) == {
        "A": Outcome.AS_EXPECTED,
        "B": Outcome.OTHERWISE,
        "C": Outcome.OTHERWISE,
        "J": Outcome.AS_EXPECTED,
    }


def test_with_few_taking_part_nobody_is_said_to_be_chosen_often() -> None:
    assert outcomes({"A": Expected.OFTEN, "J": Expected.NEVER}, away="HIJ") == {"A": Outcome.UNKNOWN, "J": Outcome.AS_EXPECTED}


def test_who_was_not_on_the_list_is_unknown_and_who_was_not_expected_is_told() -> None:
    facts = pupil_facts(sociogram(nominations_from(CLASS, STAR, {})))
    found = compared({"Z": Expected.NEVER, "D": Expected.NEVER}, facts)
    assert [(line.pupil, line.outcome, line.received) for line in found.lines] == [
        ("D", Outcome.AS_EXPECTED, 0),
        ("Z", Outcome.UNKNOWN, None),
    ]
    assert found.often == ("A",)
    assert found.never == tuple("EFGHIJ")


def test_it_is_made_before_the_result_and_stays() -> None:
    refuse_late(None, was_closed=False)
    with pytest.raises(PredictionSealed):
        refuse_late(datetime(2026, 1, 1, tzinfo=UTC), was_closed=False)
    with pytest.raises(PredictionTooLate):
        refuse_late(None, was_closed=True)
    refuse_nothing(["A"])
    with pytest.raises(ExpectedOfNobody):
        refuse_nothing([])
