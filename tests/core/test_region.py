"""Editions of the words of a region."""

from dataclasses import dataclass
from datetime import date

import pytest

from kring.core.region import EditionBeforeLast, EditionSaysNothingNew, Layer, Terms, Word, check_edition, edition_on


@dataclass
class Row:
    from_on: date
    name: str


FIRST, SECOND, BETTER = Row(date(2025, 8, 1), "eerste"), Row(date(2026, 8, 1), "tweede"), Row(date(2026, 8, 1), "tweede, verbeterd")
OLD, NEW = Terms({Word.COORDINATOR: "intern begeleider"}), Terms({Word.COORDINATOR: "kwaliteitscoördinator"}, (Layer("Basis", "x"),))


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 7, 31), None),
        (date(2025, 8, 1), FIRST),
        (date(2026, 7, 31), FIRST),
        (date(2026, 8, 1), BETTER),
        (date(2030, 1, 1), BETTER),
    ],
)
def test_an_edition_holds_from_its_day_until_the_next(day: date, holds: Row | None) -> None:
    assert edition_on([FIRST, SECOND, BETTER], day) == holds


def test_the_past_is_not_rewritten() -> None:
    check_edition(date(2020, 1, 1), OLD, last=None)
    check_edition(date(2026, 8, 1), NEW, last=(date(2026, 8, 1), OLD))
    with pytest.raises(EditionBeforeLast) as refused:
        check_edition(date(2026, 7, 31), NEW, last=(date(2026, 8, 1), OLD))
    assert refused.value.last_from_on == date(2026, 8, 1)


def test_an_edition_says_something_new() -> None:
    with pytest.raises(EditionSaysNothingNew):
        check_edition(date(2026, 9, 1), OLD, last=(date(2026, 8, 1), OLD))
