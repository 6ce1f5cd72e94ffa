"""What becomes of work that a worker left lying."""

import pytest

from kring.core.work import is_taken_up_again


@pytest.mark.parametrize(
    ("begun", "repeatable", "tries", "again"),
    [
        (False, False, 1, True),
        (False, False, 2, False),
        (True, False, 1, False),
        (True, True, 1, True),
        (True, True, 2, False),
    ],
)
def test_who_takes_it_up(*, begun: bool, repeatable: bool, tries: int, again: bool) -> None:
    assert is_taken_up_again(begun=begun, repeatable=repeatable, tries=tries) is again
