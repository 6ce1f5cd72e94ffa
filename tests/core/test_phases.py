"""Four phases with their days, whatever the school calls them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kring.core.phases import Phase, phases_of

MONDAY = date(2026, 3, 2)


def test_one_is_in_the_last_phase_that_has_a_day() -> None:
    found = phases_of({Phase.NOTICE: MONDAY, Phase.UNDERSTAND: None, Phase.PLAN: MONDAY})
    assert [(one.phase, one.on, one.is_now) for one in found] == [
        (Phase.NOTICE, MONDAY, False),
        (Phase.UNDERSTAND, None, False),
        (Phase.PLAN, MONDAY, True),
        (Phase.LOOK_BACK, None, False),
    ]


@given(days=st.dictionaries(st.sampled_from(list(Phase)), st.none() | st.dates()))
def test_all_four_are_there_and_at_most_one_is_now(days: dict[Phase, date | None]) -> None:
    found = phases_of(days)
    assert [one.phase for one in found] == list(Phase)
    assert sum(one.is_now for one in found) == any(days.values())
