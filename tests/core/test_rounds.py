"""What may still happen to a round."""

from datetime import UTC, date, datetime

import pytest

from kring.core import rounds
from kring.core.calendar import DAY, Calendar, DaysOff, HolidaysMissing, RoundOutsideYear, SchoolYear
from kring.core.errors import BrokenRule
from kring.core.instruments import Informant
from kring.core.rounds import (
    Caution,
    Cost,
    NotTheWholeSchool,
    OpenRound,
    RoundAlreadyClosed,
    RoundClosesBeforeItOpens,
    RoundOverAlready,
    RoundsOverlap,
    Window,
)
from kring.core.school_types import SchoolType

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


# ---- opening one ------------------------------------------------------------------------------------------------

YEAR = SchoolYear(date(2026, 8, 1), date(2027, 7, 31))
CHRISTMAS = DaysOff("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3))
BEUK = Calendar((YEAR,), (CHRISTMAS,))
TODAY = date(2026, 11, 23)
GROUPS = {"a": "6A", "b": "6B"}


def window(opens: tuple[int, int, int], closes: tuple[int, int, int]) -> Window:
    return Window(date(*opens), date(*closes))


def test_a_round_opens_before_it_closes() -> None:
    with pytest.raises(RoundClosesBeforeItOpens):
        window((2026, 12, 2), (2026, 12, 1))
    assert window((2026, 12, 1), (2026, 12, 1)).meets(window((2026, 12, 1), (2026, 12, 4)))


def test_a_round_lies_in_one_school_year_with_holidays() -> None:
    assert rounds.check_window(BEUK, window((2026, 11, 30), (2026, 12, 11)), on=TODAY) == YEAR
    with pytest.raises(RoundOverAlready):
        rounds.check_window(BEUK, window((2026, 11, 2), (2026, 11, 20)), on=TODAY)
    with pytest.raises(RoundOutsideYear):
        rounds.check_window(BEUK, window((2027, 7, 1), (2027, 8, 20)), on=TODAY)
    with pytest.raises(HolidaysMissing):
        rounds.check_window(Calendar((YEAR,)), window((2026, 11, 30), (2026, 12, 11)), on=TODAY)


@pytest.mark.parametrize(
    ("level", "school_type", "asked"),
    [(3, "po", False), (4, "po", True), (8, "sbo", True), (4, "vo", False), (1, "vso", False)],
)
def test_a_pupil_is_asked_by_the_own_year_level(level: int, school_type: str, asked: bool) -> None:  # noqa: FBT001
    assert rounds.is_for((4, 8), level, SchoolType(school_type)) is asked
    assert rounds.is_for(None, level, SchoolType(school_type))


@pytest.mark.parametrize(("years", "asked"), [(None, "12345678"), ((1, 8), "12345678"), ((4, 8), "45678"), ((5, 8), "5678"), ((7, 7), "7")])
def test_whom_a_list_is_for_in_a_primary_school(years: tuple[int, int] | None, asked: str) -> None:
    assert "".join(str(level) for level in range(1, 9) if rounds.is_for(years, level, SchoolType.PRIMARY)) == asked


def test_the_same_instrument_is_not_open_twice_for_one_group() -> None:
    new = window((2026, 11, 30), (2026, 12, 11))
    there = OpenRound("Najaar", window((2026, 12, 11), (2026, 12, 18)), frozenset({"b", "c"}))
    with pytest.raises(RoundsOverlap) as refused:
        rounds.check_overlap(new, GROUPS, [there])
    assert (refused.value.title, refused.value.group) == ("Najaar", "6B")
    rounds.check_overlap(new, {"a": "6A"}, [there])
    rounds.check_overlap(window((2026, 11, 30), (2026, 12, 10)), GROUPS, [there])


def test_a_day_without_school_is_looked_at_twice() -> None:
    assert rounds.cautions(BEUK, window((2026, 11, 30), (2026, 12, 11))) == ()
    assert rounds.cautions(BEUK, window((2026, 11, 29), (2026, 12, 20))) == (Caution.OPENS_ON_FREE_DAY, Caution.CLOSES_ON_FREE_DAY)
    assert rounds.cautions(BEUK, window((2026, 12, 18), (2026, 12, 18))) == ()


@pytest.mark.parametrize(
    ("days", "rule", "facts"),
    [
        (window((2026, 12, 19), (2027, 1, 3)), rounds.RoundInHoliday, {"holiday": "Kerstvakantie"}),
        (window((2027, 5, 6), (2027, 5, 9)), rounds.RoundInHoliday, {"holiday": "Hemelvaart, Studiedag"}),
        (window((2026, 11, 28), (2026, 11, 29)), rounds.RoundInWeekend, {}),
    ],
)
def test_a_round_has_a_day_with_school(days: Window, rule: type[BrokenRule], facts: dict[str, str]) -> None:
    ascension = (DaysOff("Hemelvaart", date(2027, 5, 6), date(2027, 5, 6)), DaysOff("Studiedag", date(2027, 5, 7), date(2027, 5, 7)))
    calendar = Calendar((YEAR,), (CHRISTMAS, *ascension))
    with pytest.raises(rule) as refused:
        rounds.check_window(calendar, days, on=TODAY)
    assert refused.value.facts() == facts
    rounds.check_has_school(calendar, Window(days.opens_on, days.closes_on + DAY))


def test_only_the_days_that_still_come_count() -> None:
    with pytest.raises(rounds.RoundInHoliday):
        rounds.check_window(BEUK, window((2026, 12, 14), (2026, 12, 22)), on=date(2026, 12, 19))


@pytest.mark.parametrize("reason", ["", "  zomaar   ", "korter"])
def test_what_needs_a_reason_is_not_done_without(reason: str) -> None:
    needed: list[BrokenRule | None] = [None, NotTheWholeSchool(title="Veiligheid", left_out=3)]
    with pytest.raises(NotTheWholeSchool):
        rounds.check_reason(reason, needed=needed)
    rounds.check_reason("De andere groepen volgen in mei.", needed=needed)
    rounds.check_reason(reason, needed=[None])


def test_what_it_costs() -> None:
    pupils, teachers = rounds.cost(Informant.PUPIL, 12, 20), rounds.cost(Informant.TEACHER, 3, 20)
    assert pupils + teachers + rounds.cost(Informant.STAFF, 10, 4) == Cost(240, 100)
    assert pupils + rounds.cost(Informant.PUPIL, None, 20) == Cost(240, 0, is_known=False)
