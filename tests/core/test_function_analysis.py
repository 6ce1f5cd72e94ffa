"""The rules of an analysis: several people, enough records, four answers, and a guess that is never asked too soon."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import function_analysis as rules

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
ANSWERS = dict.fromkeys((one.value for one in rules.Question), "Een antwoord met genoeg woorden")


def noted(number: int, *, observers: int = 2, place: str = "classroom") -> list[rules.Noted]:
    return [rules.Noted("task", "away", place, NOW + timedelta(hours=one), one % observers) for one in range(number)]


def test_a_record_is_of_a_moment_that_was_seen_lately() -> None:
    seen: dict[str, Any] = {"at": NOW, "before": ("task", ""), "after": ("other", "Hij ging naar buiten")}
    rules.check_record(NOW, **seen)
    rules.check_record(NOW - rules.REMEMBERED, **seen)
    with pytest.raises(rules.RecordNotSeenYet):
        rules.check_record(NOW + timedelta(minutes=1), **seen)
    with pytest.raises(rules.RecordTooOld):
        rules.check_record(NOW - rules.REMEMBERED - timedelta(minutes=1), **seen)


@pytest.mark.parametrize(("before", "after"), [(("other", " "), ("away", "")), (("task", ""), ("other", ""))], ids=["before", "after"])
def test_something_else_is_said_in_words(before: tuple[str, str], after: tuple[str, str]) -> None:
    with pytest.raises(rules.OtherWithoutWords):
        rules.check_record(NOW, at=NOW, before=before, after=after)


@pytest.mark.parametrize(
    ("clock", "part"),
    [((8, 59), "start"), ((9, 0), "morning"), ((12, 0), "noon"), ((13, 14), "noon"), ((13, 15), "afternoon")],
    ids=["before-nine", "nine", "twelve", "before-afternoon", "afternoon"],
)
def test_a_day_has_four_parts(clock: tuple[int, int], part: str) -> None:
    assert rules.part_of_day(datetime(2026, 3, 2, *clock, tzinfo=UTC)) == part


def test_counts_are_counts() -> None:
    found = rules.count_records([*noted(3), *noted(1, place="gym")])
    assert (found.places, found.records, found.observers, found.days) == ((("classroom", 3), ("gym", 1)), 4, 2, 1)
    assert (found.befores, found.afters) == ((("task", 4),), (("away", 4),))
    assert found.records_missing == rules.LEAST_RECORDS - 4


@given(st.integers(0, 20), st.integers(1, 4))
def test_a_guess_is_asked_of_enough_records_by_enough_people(number: int, observers: int) -> None:
    counts = rules.count_records(noted(number, observers=observers))
    assert counts.may_guess == (number >= rules.LEAST_RECORDS and observers >= rules.LEAST_OBSERVERS)
    assert sum(times for _kind, times in counts.parts) == number


def test_bad_input_of_r146_a_guess_on_too_few_records_or_of_one_observer() -> None:
    words = "Zij loopt weg als de taak lang is"
    with pytest.raises(rules.TooFewRecords):
        rules.check_guess("avoid_task", words, rules.count_records(noted(rules.LEAST_RECORDS - 1)))
    with pytest.raises(rules.OneObserver):
        rules.check_guess("avoid_task", words, rules.count_records(noted(9, observers=1)))
    rules.check_guess("avoid_task", words, rules.count_records(noted(rules.LEAST_RECORDS)))


def test_a_guess_is_whole_or_not_there() -> None:
    enough = rules.count_records(noted(6))
    rules.check_guess("", " ", rules.count_records([]))
    for function, words in (("", "Zij loopt weg als de taak lang is"), ("peers", "kort")):
        with pytest.raises(rules.GuessHalf):
            rules.check_guess(function, words, enough)


def test_four_answers_settle_it() -> None:
    enough = rules.count_records(noted(6))
    rules.check_settled(ANSWERS, enough)
    with pytest.raises(rules.QuestionsOpen) as broken:
        rules.check_settled({**ANSWERS, "learned": "niets", "known": ""}, enough)
    assert broken.value.missing == 2
    with pytest.raises(rules.TooFewRecords):
        rules.check_settled(ANSWERS, rules.count_records([]))
