"""Numbers with a comma, days in Dutch, names that are short and still clear."""

from datetime import date

import pytest
from django.utils import translation

from kring.commands.translations import compile_stale
from kring.documents.figures import day, decimal, percent, trimmed
from kring.documents.lettering import short_names, shortened, width_of
from kring.documents.scales import listed, name_order


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [(2.25, 1, "2,3"), (-2.25, 1, "−2,3"), (2.5, 0, "3"), (0.125, 2, "0,13"), (-0.001, 2, "0,00"), (1.005, 2, "1,01"), (3.0, 2, "3,00")],
)
def test_rounds_half_away_from_zero(value: float, digits: int, said: str) -> None:
    assert decimal(value, digits) == said


def test_limits_lose_their_zeros_but_ten_keeps_its_own() -> None:
    assert [trimmed(value) for value in (2.25, 3.0, 10.0, 2.5)] == ["2,25", "3", "10", "2,5"]


def test_shares_are_whole_percents_that_do_not_break() -> None:
    assert percent(28 / 30) == "93\N{NO-BREAK SPACE}%"


def test_english_has_a_decimal_point() -> None:
    compile_stale()
    with translation.override("en"):
        assert [trimmed(2.25), decimal(-2.25, 1), percent(28 / 30)] == ["2.25", "−2.3", "93%"]


def test_a_day_is_written_out() -> None:
    assert day(date(2026, 3, 1)) == "1 maart 2026"


def test_short_names_stay_different() -> None:
    names = {"a": "Noor de Wit", "b": "Noor Bakker", "c": "Sem Peters", "d": "Leerling 1", "e": "Leerling 12", "f": "Ali"}
    assert short_names(names) == {"a": "Noor W.", "b": "Noor B.", "c": "Sem", "d": "Leerling 1", "e": "Leerling 12", "f": "Ali"}


def test_a_text_is_cut_where_it_would_not_fit() -> None:
    assert shortened("Werkhouding", 15, 500) == "Werkhouding"
    cut = shortened("Omgaan met klasgenoten en andere kinderen", 15, 120)
    assert cut.endswith("…")
    assert width_of(cut, 15) <= 120


def test_names_are_sorted_as_people_expect() -> None:
    assert sorted(["Zoë", "Łukasz", "Şeyma", "maud", "Lotte", "Sem"], key=name_order) == ["Lotte", "Łukasz", "maud", "Sem", "Şeyma", "Zoë"]


def test_a_list_of_words_ends_with_en() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a en b", "a, b en c"]
