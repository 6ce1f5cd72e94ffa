"""A suspicion always has a reader who may let others in, and is about somebody."""

from datetime import date
from typing import Any

import pytest

from kring.core.access import Role
from kring.core.reporting_code import (
    CodeDecision,
    CodeStep,
    DecisionNotSkipped,
    NobodyConsulted,
    NobodyLeftAtFile,
    QuestionsUnanswered,
    SeenLaterThanToday,
    SkippingUnexplained,
    StepsBeforeMissing,
    StepTaken,
    StepToComeYet,
    StepUnweighed,
    SuspectedOfNobody,
    check_pupil,
    check_seen,
    check_stays,
    check_step,
    first_readers,
    next_step,
)


def test_the_designated_contacts_read_it_and_who_leads_only_when_there_are_none() -> None:
    asked = first_readers(["daan"], ["rik"])
    assert (asked.hats, asked.stand_in) == (("daan",), False)
    instead = first_readers([], ["rik"])
    assert (instead.hats, instead.stand_in) == (("rik",), True)


def test_it_is_about_somebody_chosen_or_called() -> None:
    check_pupil(is_chosen=True, called="")
    check_pupil(is_chosen=False, called="Noor van groep 6")
    with pytest.raises(SuspectedOfNobody):
        check_pupil(is_chosen=False, called=" . ")


def test_nothing_was_seen_tomorrow() -> None:
    check_seen(date(2026, 3, 2), on=date(2026, 3, 2))
    with pytest.raises(SeenLaterThanToday):
        check_seen(date(2026, 3, 3), on=date(2026, 3, 2))


def test_the_last_who_may_let_others_in_stays() -> None:
    check_stays([Role.TEACHER, Role.DESIGNATED_CONTACT])
    with pytest.raises(NobodyLeftAtFile):
        check_stays([Role.TEACHER])


# ---- the five steps -------------------------------------------------------------------------------------------

ENOUGH = "Op twee dagen blauwe plekken op beide armen"


def _taken(step: CodeStep, **more: Any) -> StepTaken:
    said: dict[str, Any] = {"weighed": ENOUGH, "asked": "Daan", "is_safe_now": "Nee", "can_help_ourselves": "Ja"}
    return StepTaken(step, date(2026, 3, 2), **{**said, "decision": CodeDecision.HELP, **more})


@pytest.mark.parametrize("step", list(CodeStep))
def test_a_step_comes_after_those_before_it(step: CodeStep) -> None:
    before = [one for one in CodeStep if one < step]
    check_step(_taken(step), before, on=date(2026, 3, 2))
    assert next_step(before) is step
    if before:
        with pytest.raises(StepsBeforeMissing) as broken:
            check_step(_taken(step), before[1:], on=date(2026, 3, 2))
        assert broken.value.number == 1
    with pytest.raises(StepToComeYet):
        check_step(_taken(step), before, on=date(2026, 3, 1))
    with pytest.raises(StepUnweighed):
        check_step(_taken(step, weighed=" kort "), before, on=date(2026, 3, 2))


@pytest.mark.parametrize("step", list(CodeStep)[:4])
def test_passing_over_a_step_asks_a_reason(step: CodeStep) -> None:
    before = [one for one in CodeStep if one < step]
    check_step(_taken(step, is_skipped=True, skipped_because=ENOUGH), before, on=date(2026, 3, 2))
    with pytest.raises(SkippingUnexplained):
        check_step(_taken(step, is_skipped=True, skipped_because="haast"), before, on=date(2026, 3, 2))


def test_advice_has_a_giver_and_a_decision_answers_both_questions() -> None:
    before = list(CodeStep)[:4]
    with pytest.raises(NobodyConsulted):
        check_step(_taken(CodeStep.ADVICE, asked=" "), before[:1], on=date(2026, 3, 2))
    for missing in ({"is_safe_now": " "}, {"can_help_ourselves": ""}, {"decision": None}):
        with pytest.raises(QuestionsUnanswered):
            check_step(_taken(CodeStep.DECIDE, **missing), before, on=date(2026, 3, 2))
    with pytest.raises(DecisionNotSkipped):
        check_step(_taken(CodeStep.DECIDE, is_skipped=True, skipped_because=ENOUGH), before, on=date(2026, 3, 2))
    assert next_step(list(CodeStep)) is None
