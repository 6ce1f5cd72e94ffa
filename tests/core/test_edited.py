"""Two people in one text."""

from datetime import UTC, datetime, timedelta

import pytest

from kring.core.edited import BothTexts, EditedMeanwhile, differing, refuse_edited

THEN = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_whoever_read_what_is_still_there_may_save() -> None:
    refuse_edited(THEN, read_at=THEN)
    with pytest.raises(EditedMeanwhile):
        refuse_edited(THEN + timedelta(microseconds=1), read_at=THEN)


def test_both_texts_of_what_differs_and_of_nothing_else() -> None:
    mine, theirs = {"goal": "rust\r\nin de kring", "how": "elke dag"}, {"goal": " rust\nin de kring", "how": "elke week", "who": "de klas"}
    assert differing(["goal", "how", "who"], mine=mine, theirs=theirs) == [
        BothTexts("how", "elke dag", "elke week"),
        BothTexts("who", "", "de klas"),
    ]
