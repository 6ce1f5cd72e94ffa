"""The school holidays that come along: complete, in order, and every mistake in such a file named with its line."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kring.core.calendar import Calendar, SchoolYear, check_days_off, year_around
from kring.file_problems import ContentRefused, Problems
from kring.library import CONTENT, Region, holiday_calendars, known_days_off
from kring.library.calendar_file import Kind, read_calendar

YEARS = [year_around(date(first, 9, 1)) for first in (2025, 2026, 2027)]
PLACES = [(year, region) for year in YEARS for region in Region]
GOOD = """\
key: nl-2030-2031
version: 1
year: 2030-2031
source: het ministerie
source_url: https://example.nl
verified_on: 2030-01-01
holidays:
  autumn:
    name: Herfstvakantie
    kind: vacation
    set_by: advice
    noord: [2030-10-12, 2030-10-20]
    midden: [2030-10-19, 2030-10-27]
    zuid: [2030-10-19, 2030-10-27]
"""


def names(year: SchoolYear, region: Region) -> list[str]:
    return [known.days.name for known in known_days_off(year, region)]


def test_three_years_come_along() -> None:
    assert list(holiday_calendars()) == [year.label for year in YEARS]


@pytest.mark.parametrize(("year", "region"), PLACES, ids=str)
def test_a_year_has_its_five_vacations_and_nothing_twice(year: SchoolYear, region: Region) -> None:
    found = [known.days for known in known_days_off(year, region)]
    assert {"Herfstvakantie", "Kerstvakantie", "Voorjaarsvakantie", "Meivakantie", "Zomervakantie"} <= {days.name for days in found}
    for place, days in enumerate(found):
        check_days_off(days, year, found[:place])
    assert 175 < Calendar((year,), tuple(found)).school_days_between(year.starts_on, year.ends_on) < 215


@pytest.mark.parametrize(("year", "region"), PLACES, ids=str)
def test_vacations_run_from_saturday_to_sunday_and_holidays_of_a_day_are_no_weekend(year: SchoolYear, region: Region) -> None:
    for known in known_days_off(year, region):
        days = known.days
        if known.kind is Kind.VACATION:
            assert days.first_on.weekday() == 5 or days.first_on == year.starts_on
            assert days.last_on.weekday() == 6 or days.last_on == year.ends_on
        else:
            assert days.first_on == days.last_on
            assert days.first_on.weekday() < 5


def easter_sunday(year: int) -> date:
    """After the rule of the Gregorian calendar, worked out apart from the files."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    full_moon = epact - (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full_moon + 2 - century + century // 4) % 7
    offset = full_moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


@pytest.mark.parametrize("year", YEARS, ids=str)
def test_the_movable_feasts_are_where_easter_puts_them(year: SchoolYear) -> None:
    easter = easter_sunday(year.ends_on.year)
    published = {known.days.name: known.days.first_on for known in holiday_calendars()[year.label].regions[Region.MIDDLE]}
    for name, days in (("Tweede paasdag", 1), ("Hemelvaartsdag", 39), ("Tweede pinksterdag", 50)):
        assert published[name] == easter + timedelta(days=days), name


def test_the_summer_is_cut_off_where_the_year_ends_and_goes_on_in_the_next() -> None:
    ends = known_days_off(YEARS[0], Region.NORTH)[-1].days
    begins = known_days_off(YEARS[1], Region.NORTH)[0].days
    assert (ends.name, ends.first_on, ends.last_on) == ("Zomervakantie", date(2026, 7, 4), date(2026, 7, 31))
    assert (begins.name, begins.first_on, begins.last_on) == ("Zomervakantie", date(2026, 8, 1), date(2026, 8, 16))


def test_kings_day_in_the_may_vacation_is_not_named_twice() -> None:
    assert "Koningsdag" not in names(YEARS[1], Region.SOUTH)
    assert "Koningsdag" in names(YEARS[2], Region.SOUTH)


def test_of_a_year_that_is_not_published_nothing_is_known() -> None:
    assert known_days_off(year_around(date(2029, 9, 1)), Region.NORTH) == ()


@pytest.mark.parametrize(
    ("good", "bad", "where"),
    [
        ("2030-10-20]", "2030-10-11]", [(12, "noord")]),
        ("[2030-10-12, 2030-10-20]", "[2030-10-12]", [(12, "noord")]),
        ("[2030-10-12, 2030-10-20]", "[12 oktober, 2030-10-20]", [(12, "noord")]),
        ("    zuid: [2030-10-19, 2030-10-27]\n", "", [(9, "name")]),
        ("    zuid:", "    all: [2030-10-19, 2030-10-27]\n    zuid:", [(9, "name")]),
        ("    zuid:", "    oost:", [(9, "name"), (14, "oost")]),
        ("kind: vacation", "kind: feest", [(10, "kind")]),
        ("set_by: advice", "set_by: wens", [(11, "set_by")]),
        ("verified_on: 2030-01-01", "verified_on: gisteren", [(6, "verified_on")]),
        ("source: het ministerie\n", "", [(1, "source")]),
        ("version: 1", "version: een", [(2, "version")]),
    ],
)
def test_a_mistake_is_named_with_its_line(good: str, bad: str, where: list[tuple[int, str]]) -> None:
    problems = Problems()
    assert good in GOOD
    read_calendar(GOOD.replace(good, bad), source="x.yaml", problems=problems)
    assert [(each.line, each.column) for each in problems.found] == where


def test_a_calendar_without_holidays_is_refused() -> None:
    problems = Problems()
    read_calendar(GOOD.partition("holidays:")[0] + "holidays: {}\n", source="x.yaml", problems=problems)
    assert [(each.line, each.column) for each in problems.found] == [(7, "holidays")]


def test_a_shelf_names_every_bad_file(tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    folder.mkdir()
    (folder / "other-1.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "empty-1.yaml").write_text("", encoding="utf-8")
    with pytest.raises(ContentRefused) as refused:
        holiday_calendars(tmp_path)
    assert [problem.file for problem in refused.value.problems] == ["empty-1.yaml", "other-1.yaml"]
    (folder / "empty-1.yaml").unlink()
    (folder / "other-1.yaml").rename(folder / "nl-2030-2031-1.yaml")
    holiday_calendars.cache_clear()
    assert list(holiday_calendars(tmp_path)) == ["2030-2031"]
    assert next(iter(holiday_calendars(CONTENT))) == "2025-2026"
