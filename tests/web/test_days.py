"""Days and numbers as people say them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from kring.web.days import spoken_day, spoken_full_day, spoken_month, spoken_number


@pytest.mark.parametrize(
    ("language", "day", "full_day", "month", "number"),
    [("nl", "di 3 maart", "di 3 maart 2026", "maart 2026", "2,25"), ("en", "Tue 3 March", "Tue 3 March 2026", "March 2026", "2.25")],
)
def test_they_are_said_in_the_language_of_the_page(language: str, day: str, full_day: str, month: str, number: str) -> None:
    on = date(2026, 3, 3)
    with translation.override(language):
        assert (spoken_day(on), spoken_full_day(on), spoken_month(on), spoken_number(2.25)) == (day, full_day, month, number)


def test_a_moment_late_in_the_evening_belongs_to_the_day_at_school() -> None:
    with translation.override("nl"):
        assert spoken_day(datetime(2026, 3, 2, 23, 30, tzinfo=UTC)) == "di 3 maart"


def test_templates_say_them_too() -> None:
    template = Template("{% load kring %}{{ on|day }}; {{ on|full_day }}; {{ on|month }}; {{ score|number }}")
    with translation.override("nl"):
        assert template.render(Context({"on": date(2026, 3, 3), "score": 4.0})) == "di 3 maart; di 3 maart 2026; maart 2026; 4"
