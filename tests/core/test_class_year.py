"""The phases of a class through the year."""

from datetime import date

from kring.core.class_year import ClassPhase, class_phase


def test_a_class_begins_finds_places_works_together_and_says_goodbye() -> None:
    by_month = [class_phase(date(2026, month, 1)) for month in (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7)]
    begin, places, together, goodbye = ClassPhase
    assert by_month == [begin, begin, places, places, together, together, together, together, together, goodbye, goodbye, goodbye]
