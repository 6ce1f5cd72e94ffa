"""What may still happen to a round."""

from datetime import UTC, datetime

import pytest

from kring.core import rounds
from kring.core.rounds import RoundAlreadyClosed

NOON, LATER = datetime(2026, 3, 3, 12, tzinfo=UTC), datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_an_open_round_is_closed_at_the_moment_of_closing() -> None:
    assert rounds.close(None, at=NOON) == NOON


def test_a_closed_round_is_not_closed_again() -> None:
    with pytest.raises(RoundAlreadyClosed) as refused:
        rounds.close(NOON, at=LATER)
    assert refused.value.closed_at == NOON


def test_only_an_open_round_takes_answers() -> None:
    rounds.refuse_closed(None)
    with pytest.raises(RoundAlreadyClosed):
        rounds.refuse_closed(NOON)
