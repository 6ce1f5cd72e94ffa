"""The front of a code finds its letter; who guesses at the rest has five tries."""

from kring.core.list_letters import MOST_WRONG, front_of, is_locked
from kring.core.paper_codes import new_code


def test_the_front_is_short_of_the_secret() -> None:
    code = new_code(lambda signs: signs[-1])
    assert front_of(code) == "ZZZZ-ZZZZ"
    assert len(code.removeprefix(front_of(code)).replace("-", "")) == 12  # 31^12, which nobody guesses in five tries


def test_five_wrong_tries_are_too_many() -> None:
    assert [is_locked(wrong) for wrong in (0, MOST_WRONG - 1, MOST_WRONG, MOST_WRONG + 1)] == [False, False, True, True]
