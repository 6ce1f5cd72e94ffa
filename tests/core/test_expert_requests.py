"""Asking somebody from outside."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.expert_requests import (
    ALWAYS_NAMED,
    MOST_AHEAD,
    NEXT,
    RUNNING,
    AnswerDayOutside,
    Kind,
    KindNeedsName,
    NoRealQuestion,
    PlacementWithoutPlan,
    PlannedDayPast,
    ReasonToDeclineMissing,
    ReportEmpty,
    RequestNotInState,
    ResearchWithoutConsent,
    State,
    Step,
    after,
    check_by,
    check_planned,
    check_report,
    check_request,
    forgotten_at,
    is_unanswered,
    real_question,
)

TODAY = date(2026, 11, 23)
ALLOWED: dict[str, Any] = {"with_name": True, "has_consent": True, "has_plan": True, "organisation": "SWV"}


@pytest.mark.parametrize("text", ["", "moeilijk kind", "Deze leerling is heel erg moeilijk in de klas.", "Wat te doen?", "? ? ? ? ? ?"])
def test_what_asks_nothing_is_refused(text: str) -> None:
    with pytest.raises(NoRealQuestion):
        real_question(text)


def test_a_real_question_stays_without_needless_spaces() -> None:
    assert real_question(" Wat helpt haar om  te durven praten? ") == "Wat helpt haar om te durven praten?"


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_with_a_name_goes_without_consent(kind: Kind) -> None:
    with pytest.raises(ResearchWithoutConsent):
        check_request(kind, **ALLOWED | {"has_consent": False})
    check_request(kind, **ALLOWED)


@pytest.mark.parametrize("kind", list(Kind))
def test_only_thinking_along_goes_without_a_name(kind: Kind) -> None:
    asked = ALLOWED | {"with_name": False, "has_consent": False}
    if kind in ALWAYS_NAMED:
        with pytest.raises(KindNeedsName):
            check_request(kind, **asked)
    else:
        check_request(kind, **asked)


def test_another_school_asks_for_a_plan_first() -> None:
    with pytest.raises(PlacementWithoutPlan):
        check_request(Kind.PLACEMENT, **ALLOWED | {"has_plan": False})
    check_request(Kind.RESEARCH, **ALLOWED | {"has_plan": False})


@pytest.mark.parametrize("by_on", [TODAY, TODAY - timedelta(days=1), TODAY + MOST_AHEAD + timedelta(days=1)])
def test_an_answer_is_asked_for_by_a_day_to_come(by_on: date) -> None:
    with pytest.raises(AnswerDayOutside):
        check_by(by_on, today=TODAY)


def test_days_that_are_right() -> None:
    check_by(TODAY + timedelta(days=1), today=TODAY)
    check_planned(TODAY, today=TODAY)
    with pytest.raises(PlannedDayPast):
        check_planned(TODAY - timedelta(days=1), today=TODAY)


@given(st.sampled_from(list(State)), st.lists(st.sampled_from(list(Step)), max_size=8))
def test_whatever_is_done_only_steps_of_the_table_happen_and_what_is_over_stays_over(state: State, steps: list[Step]) -> None:
    for step in steps:
        if (state, step) in NEXT:
            state = after(state, step, because="vol")
        else:
            with pytest.raises(RequestNotInState):
                after(state, step, because="vol")
            assert state not in RUNNING or (state, step) not in NEXT
    assert (state in RUNNING) == any(one is state for one, _step in NEXT)


@pytest.mark.parametrize("because", ["", "  "])
def test_who_says_no_says_why(because: str) -> None:
    with pytest.raises(ReasonToDeclineMissing):
        after(State.ASKED, Step.DECLINE, because=because)


def test_a_report_says_something() -> None:
    assert check_report(" Het hielp. ", has_file=False) == "Het hielp."
    assert check_report("", has_file=True) == ""
    with pytest.raises(ReportEmpty):
        check_report(" ", has_file=False)


def test_what_nobody_answered_in_time_is_seen() -> None:
    assert is_unanswered(State.ASKED, TODAY, on=TODAY + timedelta(days=1))
    assert not is_unanswered(State.ASKED, TODAY, on=TODAY)
    assert not is_unanswered(State.ACCEPTED, TODAY, on=TODAY + timedelta(days=1))


def test_a_report_stays_two_years() -> None:
    assert forgotten_at(datetime(2026, 11, 23, tzinfo=UTC)) == datetime(2028, 11, 22, tzinfo=UTC)
