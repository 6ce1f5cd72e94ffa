"""Days and numbers as people say them."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils import translation

from kring.web.days import iso_day, spoken_clock, spoken_day, spoken_full_day, spoken_moment, spoken_month, spoken_number, spoken_weekday


@pytest.mark.parametrize(
    ("language", "day", "full_day", "month", "number"),
    [("nl", "di 3 maart", "di 3 maart 2026", "maart 2026", "2,25"), ("en", "Tue 3 March", "Tue 3 March 2026", "March 2026", "2.25")],
)
def test_they_are_said_in_the_language_of_the_page(language: str, day: str, full_day: str, month: str, number: str) -> None:
    on = date(2026, 3, 3)
    with translation.override(language):
        assert (spoken_day(on), spoken_full_day(on), spoken_month(on), spoken_number(2.25)) == (day, full_day, month, number)


@pytest.mark.parametrize(
    ("language", "weekday", "moment"), [("nl", "dinsdag 3 maart", "di 3 maart, 00:30"), ("en", "Tuesday 3 March", "Tue 3 March, 00:30")]
)
def test_the_clock_is_that_of_the_school(language: str, weekday: str, moment: str) -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    with translation.override(language):
        assert (spoken_weekday(late), spoken_moment(late), spoken_clock(late)) == (weekday, moment, "00:30")
        assert (spoken_clock(time(9, 5)), iso_day(late), iso_day(date(2026, 3, 3))) == ("09:05", "2026-03-03", "2026-03-03")


@pytest.mark.parametrize(("at", "said"), [("2026-03-29T01:30", "03:30"), ("2026-10-25T00:30", "02:30"), ("2026-10-25T01:30", "02:30")])
def test_the_nights_on_which_the_clock_is_moved(at: str, said: str) -> None:
    assert spoken_clock(datetime.fromisoformat(at).replace(tzinfo=UTC)) == said


def test_a_moment_late_in_the_evening_belongs_to_the_day_at_school() -> None:
    with translation.override("nl"):
        assert spoken_day(datetime(2026, 3, 2, 23, 30, tzinfo=UTC)) == "di 3 maart"


def test_templates_say_them_too() -> None:
    template = Template("{% load kring %}{{ on|day }}; {{ on|full_day }}; {{ on|month }}; {{ score|number }}")
    with translation.override("nl"):
        assert template.render(Context({"on": date(2026, 3, 3), "score": 4.0})) == "di 3 maart; di 3 maart 2026; maart 2026; 4"


@pytest.mark.parametrize(("language", "said"), [("nl", "Herfst &lt;b&gt;"), ("en", '<span lang="nl">Herfst &lt;b&gt;</span>')])
def test_a_name_that_stays_dutch_says_so_on_an_english_page(language: str, said: str) -> None:
    with translation.override(language):
        assert Template("{% load kring %}{{ title|dutch }}").render(Context({"title": "Herfst <b>"})) == said
