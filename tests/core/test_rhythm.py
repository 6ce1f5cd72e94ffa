"""In which weeks of a school year a list is asked, worked by hand and as laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.calendar import Calendar, DaysOff, SchoolYear
from kring.core.instruments import Rhythm, Season
from kring.core.rhythm import SCHOOL_WEEK, SETTLED, Standing, Turn, beyond, halfway, is_one_time, propose, season_of, standings
from kring.core.rounds import Window

YEAR = SchoolYear(date(2026, 8, 1), date(2027, 7, 31))
DAY = timedelta(days=1)


def off(name: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> DaysOff:
    return DaysOff(name, date(*first), date(*last))


NORTH = (
    off("Zomer", (2026, 8, 1), (2026, 8, 16)),
    off("Herfst", (2026, 10, 10), (2026, 10, 18)),
    off("Kerst", (2026, 12, 19), (2027, 1, 3)),
    off("Voorjaar", (2027, 2, 20), (2027, 2, 28)),
    off("Mei", (2027, 4, 24), (2027, 5, 9)),
    off("Zomer", (2027, 7, 10), (2027, 7, 31)),
)
BEUK = Calendar((YEAR,), NORTH)
AUTUMN, SPRING = Season.AUTUMN, Season.SPRING


@pytest.mark.parametrize(
    ("season", "on", "opens", "closes"),
    [
        (AUTUMN, YEAR.starts_on, (2026, 10, 19), (2026, 10, 30)),  # six weeks are over in September; then comes autumn too soon
        (AUTUMN, date(2026, 10, 20), (2026, 10, 26), (2026, 11, 6)),  # from the next Monday on
        (AUTUMN, date(2026, 12, 1), (2027, 1, 4), (2027, 1, 15)),  # not the weeks towards Christmas
        (SPRING, YEAR.starts_on, (2027, 3, 1), (2027, 3, 12)),  # not in the two weeks before the spring holidays
        (None, date(2027, 6, 1), (2027, 6, 7), (2027, 6, 18)),
        (None, date(2027, 6, 20), (2027, 6, 21), (2027, 7, 2)),  # the last weeks before summer, when no others are left
    ],
)
def test_the_weeks_of_a_year_in_the_north(
    season: Season | None, on: date, opens: tuple[int, int, int], closes: tuple[int, int, int]
) -> None:
    assert propose(BEUK, YEAR, season, on=on) == Window(date(*opens), date(*closes))


def test_no_weeks_are_left() -> None:
    assert propose(BEUK, YEAR, AUTUMN, on=date(2027, 2, 1)) is None
    assert propose(BEUK, YEAR, None, on=date(2027, 7, 6)) is None


def test_two_short_weeks_become_three() -> None:
    days = tuple(DaysOff("Studiedag", day, day) for day in (date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 12)))
    quiet = Calendar((YEAR,), (*NORTH, *days))
    assert propose(quiet, YEAR, SPRING, on=date(2027, 3, 1)) == Window(date(2027, 3, 3), date(2027, 3, 19))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    starts_on = draw(st.dates(date(2020, 7, 1), date(2030, 9, 30)))
    year = SchoolYear(starts_on, starts_on + draw(st.integers(200, 399)) * DAY)
    holidays = draw(st.lists(st.tuples(st.integers(0, 380), st.integers(0, 30)), max_size=8))
    return Calendar((year,), tuple(DaysOff("vrij", starts_on + first * DAY, starts_on + (first + long) * DAY) for first, long in holidays))


@given(calendars(), st.sampled_from([AUTUMN, SPRING, None]), st.integers(0, 420))
def test_what_is_proposed_is_school_time(calendar: Calendar, season: Season | None, later: int) -> None:
    (year,) = calendar.years
    on = year.starts_on + later * DAY
    window = propose(calendar, year, season, on=on)
    if window is None:
        return
    assert on <= window.opens_on <= window.closes_on
    assert window.opens_on in year
    assert window.closes_on in year
    assert calendar.is_school_day(window.opens_on)
    assert calendar.is_school_day(window.closes_on)
    assert 2 * SCHOOL_WEEK <= calendar.school_days_between(window.opens_on - DAY, window.closes_on) <= 3 * 5
    assert (window.closes_on - window.opens_on).days < 3 * 7
    if season:
        assert season_of(window.opens_on, year) is season or season is SPRING
    if season is AUTUMN:
        assert calendar.school_days_between(year.starts_on - DAY, window.opens_on - DAY) >= SETTLED * SCHOOL_WEEK


TWICE, ONCE = Rhythm((AUTUMN, SPRING)), Rhythm((SPRING,), whole_school=True)


def turns(rhythm: Rhythm, *held: date, on: date) -> list[tuple[Turn, int | None]]:
    return [(one.turn, one.held) for one in standings(BEUK, YEAR, rhythm, held, on=on)]


def test_what_is_due_through_the_year() -> None:
    october, march = date(2026, 10, 19), date(2027, 3, 1)
    assert turns(TWICE, on=YEAR.starts_on) == [(Turn.LATER, None), (Turn.LATER, None)]
    assert turns(TWICE, on=date(2026, 9, 20)) == [(Turn.DUE, None), (Turn.LATER, None)]
    assert turns(TWICE, october, on=date(2026, 11, 1)) == [(Turn.HELD, 0), (Turn.LATER, None)]
    assert turns(TWICE, on=march) == [(Turn.MISSED, None), (Turn.DUE, None)]  # nobody is asked twice in spring to make up for autumn
    assert turns(TWICE, march, on=date(2027, 4, 1)) == [(Turn.MISSED, None), (Turn.HELD, 0)]
    assert turns(TWICE, october, march, on=date(2027, 4, 1)) == [(Turn.HELD, 0), (Turn.HELD, 1)]
    assert turns(TWICE, october, october, on=date(2027, 4, 1)) == [(Turn.HELD, 0), (Turn.HELD, 1)]
    assert turns(TWICE, october, on=date(2027, 6, 1)) == [(Turn.HELD, 0), (Turn.DUE, None)]  # still this year
    assert turns(TWICE, october, on=date(2027, 7, 20)) == [(Turn.HELD, 0), (Turn.MISSED, None)]
    assert turns(ONCE, october, on=date(2026, 11, 1)) == [(Turn.HELD, 0)]
    assert standings(BEUK, YEAR, ONCE, (), on=date(2027, 2, 1)) == (
        Standing(SPRING, Turn.DUE, None, Window(date(2027, 3, 1), date(2027, 3, 12))),
    )


@given(st.integers(0, 364), st.integers(0, 364))
def test_parts_on_two_days_are_one_time_within_a_half_and_always_when_it_is_asked_once(one: int, other: int) -> None:
    days = YEAR.starts_on + one * DAY, YEAR.starts_on + other * DAY
    assert is_one_time(ONCE, YEAR, *days)
    assert is_one_time(TWICE, YEAR, *days) == (len({day < halfway(YEAR) for day in days}) == 1)


def test_more_often_than_that_takes_a_reason() -> None:
    assert beyond(None, "Sociogram", [("6A", 9)]) is None
    assert beyond(TWICE, "Sociogram", [("6A", 1), ("6B", 0)]) is None
    broken = beyond(TWICE, "Sociogram", [("6A", 1), ("6B", 2), ("7", 3)])
    assert broken is not None
    assert broken.facts() == {"title": "Sociogram", "times": 2, "group": "6B"}
