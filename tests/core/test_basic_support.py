"""Structural help of one pupil with executive functions may be more than basic support: people look before it goes on (R092)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.basic_support import FUNCTIONS, GOES_ON, BasicSupportNotChecked, is_about_functions, is_structural, refuse_unchecked
from kring.core.decisions import Outcome
from kring.core.deepening import Level

OUTCOMES = st.lists(st.sampled_from(Outcome))


@pytest.mark.parametrize(
    ("scales", "text", "about"),
    [
        ([FUNCTIONS], "Zelf bijhouden hoe het gaat", True),
        ([], "Sem begint binnen vijf minuten aan zijn taak", True),
        ([], "Zij schrijft haar huiswerk in de agenda", True),
        (["wellbeing"], "Noor vraagt een kind om mee te spelen", False),
        ([], "Zegt waarom de leraren staken", False),
    ],
)
def test_what_it_is_about_stands_in_the_catalogue_or_in_the_words(scales: list[str], text: str, about: bool) -> None:  # noqa: FBT001
    assert is_about_functions(scales, text) is about


@pytest.mark.parametrize(
    ("times", "decided", "structural"),
    [
        (3, [], True),
        (2, [], False),
        (None, [], False),
        (1, [Outcome.CONTINUE], True),
        (1, [Outcome.NOT_YET], False),
        (1, [Outcome.ADAPT], True),
    ],
)
def test_it_is_structural_when_it_is_often_or_went_on(times: int | None, decided: list[Outcome], structural: bool) -> None:  # noqa: FBT001
    assert is_structural("pupil", times_a_week=times, decided=decided) is structural


@given(level=st.sampled_from([one for one in Level if one is not Level.PUPIL]), times=st.integers(1, 5), decided=OUTCOMES)
def test_what_is_done_with_the_class_is_never_flagged(level: Level, times: int, decided: list[Outcome]) -> None:
    assert not is_structural(level, times_a_week=times, decided=decided)


@pytest.mark.parametrize("outcome", Outcome)
def test_treated_as_basic_support_without_a_check_it_does_not_go_on(outcome: Outcome) -> None:
    """Bad input of R092; fading out, deepening and looking later wait for nobody."""
    if outcome in GOES_ON:
        with pytest.raises(BasicSupportNotChecked):
            refuse_unchecked(outcome, is_flagged=True, is_checked=False)
    else:
        refuse_unchecked(outcome, is_flagged=True, is_checked=False)


@given(outcome=st.sampled_from(Outcome), flagged=st.booleans())
def test_who_looked_may_always_go_on(outcome: Outcome, flagged: bool) -> None:  # noqa: FBT001
    refuse_unchecked(outcome, is_flagged=flagged, is_checked=True)
    refuse_unchecked(outcome, is_flagged=False, is_checked=False)
