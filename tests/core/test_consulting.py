"""A consultation ends with whom one asked, an outcome and a next step."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.consulting import Consulted, ConsultWithoutOutcome, due_on, outcome_of


def test_what_it_came_to_stands_in_order_and_tidy() -> None:
    found = outcome_of(["mental_health", "colleague", "nobody"], " Meer rust helpt. ", "Maandag praten wij met thuis.\n")
    assert found.asked == (Consulted.COLLEAGUE, Consulted.MENTAL_HEALTH)
    assert (found.outcome, found.next_step) == ("Meer rust helpt.", "Maandag praten wij met thuis.")


@pytest.mark.parametrize(
    "bad",
    [([], "Rust", "Praten"), (["nobody"], "Rust", "Praten"), (["colleague"], " ", "Praten"), (["colleague"], "Rust", "")],
    ids=["nobody-asked", "unknown-asked", "no-outcome", "no-next-step"],
)
def test_bad_input_consult_without_outcome(bad: tuple[list[str], str, str]) -> None:
    with pytest.raises(ConsultWithoutOutcome):
        outcome_of(*bad)


@given(st.lists(st.sampled_from([one.value for one in Consulted]), min_size=1), st.dates(max_value=date(9999, 1, 1)))
def test_naming_somebody_twice_names_them_once_and_two_weeks_are_two_weeks(asked: list[str], day: date) -> None:
    found = outcome_of(asked, "Rust", "Praten")
    assert sorted(found.asked) == sorted(set(asked))
    assert due_on(day) - day == timedelta(days=14)
