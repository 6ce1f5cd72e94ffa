"""Two pupils do something together when both said yes, and nothing is written down of who was never asked."""

import pytest

from kring.core.buddies import AskedAfterNo, NeitherWasAsked, PairOfOneself, check_asked, is_agreed
from kring.core.errors import BrokenRule


@pytest.mark.parametrize(
    ("pair", "answers", "rule"),
    [(("a", "a"), (True, True), PairOfOneself), (("a", "b"), (None, None), NeitherWasAsked), (("a", "b"), (False, False), AskedAfterNo)],
)
def test_what_may_not_be(pair: tuple[str, str], answers: tuple[bool | None, bool | None], rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        check_asked(*pair, answers)


@pytest.mark.parametrize("answers", [(True, None), (None, True), (False, None), (None, False), (True, True), (True, False), (False, True)])
def test_what_may_be_and_when_it_goes_on(answers: tuple[bool | None, bool | None]) -> None:
    check_asked("a", "b", answers)
    assert is_agreed(answers) is (answers == (True, True))
