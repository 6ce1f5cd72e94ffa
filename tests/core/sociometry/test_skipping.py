"""Who skips a question did not answer it; who names nobody did."""

import pytest

from kring.core.sociometry import Participation
from kring.core.sociometry.skipping import TookPart, answering

DONE, EMPTY, ABSENT, REFUSED = Participation.DONE, Participation.EMPTY, Participation.ABSENT, Participation.REFUSED


@pytest.mark.parametrize(
    ("status", "skipped", "asked", "on"),
    [
        (DONE, "", "p", DONE),
        (DONE, "p", "p", REFUSED),
        (EMPTY, "p", "p", REFUSED),
        (EMPTY, "p", "w", EMPTY),
        (DONE, "p", "pw", DONE),  # one of them was answered
        (DONE, "pw", "pw", REFUSED),
        (DONE, "p", "", DONE),  # a list that asks nobody to choose
        (ABSENT, "", "p", ABSENT),
        (REFUSED, "", "p", REFUSED),  # of a file, that says no more
        (REFUSED, "pw", "r", DONE),  # chose nobody, skipping, and said who helps
        (REFUSED, "pwr", "r", REFUSED),
    ],
)
def test_how_somebody_took_part_in_a_question(status: Participation, skipped: str, asked: str, on: Participation) -> None:
    assert TookPart(status, frozenset(skipped)).on(asked) is on


def test_of_a_whole_list() -> None:
    listed = {"a": TookPart(DONE, frozenset("p")), "b": TookPart(DONE)}
    assert answering(listed, "p") == {"a": REFUSED, "b": DONE}
