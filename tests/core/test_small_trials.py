"""The rules of a small trial of support: before the start, on the way, at the decision and while fading."""

from datetime import date, timedelta

import pytest

from kring.core import small_trials as trial
from kring.core.decisions import Earlier, Evidence, Outcome, Rule, View, proposal
from kring.core.errors import BrokenRule

TODAY = date(2026, 3, 2)
MEASURE = "hoe vaak zij meespeelt, in de grote pauze"
LEVELS = {-2: "nooit", -1: "1 keer", 0: "2 keer", 1: "3 keer", 2: "elke dag"}


@pytest.mark.parametrize("vague", ["Gedraagt zich beter in de klas op school", "Doet elke dag meer zijn best", "Rustig worden", ""])
def test_a_goal_that_cannot_be_seen_is_refused(vague: str) -> None:
    with pytest.raises(trial.GoalTooVague):
        trial.check_goal(vague, MEASURE)


def test_a_goal_says_how_it_is_measured() -> None:
    assert trial.check_goal("Noor speelt elke pauze  mee", MEASURE) == "Noor speelt elke pauze mee"
    with pytest.raises(trial.MeasureMissing):
        trial.check_goal("Noor speelt elke pauze mee", "kijken")


@pytest.mark.parametrize(
    ("levels", "start", "broken"),
    [
        ({**LEVELS, 2: " "}, TODAY, trial.GoalLevelsMissing),
        ({**LEVELS, 2: "Nooit"}, TODAY, trial.GoalLevelsSame),
        (LEVELS, TODAY - timedelta(days=1), trial.TrialStartsInPast),
    ],
)
def test_five_levels_are_written_before_the_start(levels: dict[int, str], start: date, broken: type[BrokenRule]) -> None:
    trial.check_levels(LEVELS, agreed_on=TODAY, start_on=TODAY)
    with pytest.raises(broken):
        trial.check_levels(levels, agreed_on=TODAY, start_on=start)


@pytest.mark.parametrize(("weeks", "may"), [(3, False), (4, True), (6, True), (8, True), (9, False), (26, False)])
def test_a_trial_lasts_four_to_eight_weeks(weeks: int, may: bool) -> None:
    end = TODAY + timedelta(weeks=weeks, days=-3)
    if may:
        trial.check_period(TODAY, end, today=TODAY)
    else:
        with pytest.raises(trial.TrialTooLong):
            trial.check_period(TODAY, end, today=TODAY)


def test_a_school_chooses_its_own_weeks_within_a_term() -> None:
    short = trial.TrialWeeks(2, 3)
    trial.check_period(TODAY, TODAY + timedelta(weeks=2), today=TODAY, weeks=short)
    with pytest.raises(trial.TrialTooLong) as refused:
        trial.check_period(TODAY, TODAY + timedelta(weeks=6), today=TODAY, weeks=short)
    assert (refused.value.least, refused.value.most) == (2, 3)
    assert [trial.TrialWeeks(*bounds).usual for bounds in ((4, 8), (2, 3), (8, 12), (6, 6))] == [6, 3, 8, 6]
    for least, most in ((1, 8), (6, 4), (4, 13)):
        with pytest.raises(trial.TrialBoundsOutside):
            trial.TrialWeeks(least, most)


def test_a_trial_does_not_start_yesterday() -> None:
    with pytest.raises(trial.TrialStartsInPast):
        trial.check_period(TODAY, TODAY + timedelta(weeks=6), today=TODAY + timedelta(days=1))


def test_help_away_from_the_class_asks_why() -> None:
    trial.check_where(trial.Where.CLASS, "")
    trial.check_where(trial.Where.APART, "In de klas is het te druk om dit te oefenen")
    with pytest.raises(trial.ApartWithoutReason):
        trial.check_where(trial.Where.APART, "  rust   ")


def test_three_measurements_come_first() -> None:
    trial.check_baseline(3)
    with pytest.raises(trial.BaselineTooShort) as broken:
        trial.check_baseline(2)
    assert broken.value.facts() == {"least": 3, "measured": 2}


@pytest.mark.parametrize(("unit", "value", "may"), [("rating", 10, True), ("rating", 11, False), ("count", 11, True), ("count", -1, False)])
def test_a_value_lies_on_its_scale(unit: str, value: float, may: bool) -> None:
    if may:
        trial.check_value(unit, value)
    else:
        with pytest.raises(trial.ValueOutsideScale):
            trial.check_value(unit, value)


def test_a_day_lies_in_the_trial_and_core_steps_are_those_there_are() -> None:
    trial.check_day(TODAY, since=TODAY, today=TODAY)
    for on in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(trial.DayNotOfTrial):
            trial.check_day(on, since=TODAY, today=TODAY)
    trial.check_core_steps(None, 0)
    trial.check_core_steps(3, 3)
    with pytest.raises(trial.MoreStepsThanPlanned):
        trial.check_core_steps(4, 3)


@pytest.mark.parametrize(
    ("times_a_week", "school_days", "planned"), [(3, 5, 3), (3, 4, 2), (1, 4, 0), (5, 12, 12), (2, 0, 0), (None, 20, 0)]
)
def test_of_a_part_of_a_week_its_share_was_planned(times_a_week: int | None, school_days: int, planned: int) -> None:
    assert trial.planned_sessions(times_a_week, school_days) == planned


@pytest.mark.parametrize(
    ("carried_out", "effect", "judged", "broken"),
    [
        ("", "Zij speelt vaker mee", True, trial.ExecutionNotSaid),
        ("Bijna elke dag gedaan", "", True, trial.EffectNotSaid),
        ("Het is niet gelukt om het te doen", "Het hielp niet", False, trial.EffectCannotBeJudged),
    ],
)
def test_execution_and_effect_are_judged_apart(carried_out: str, effect: str, judged: bool, broken: type[BrokenRule]) -> None:
    trial.check_judgements("Bijna elke dag gedaan", "Zij speelt vaker mee", may_be_judged=True)
    trial.check_judgements("Het is niet gelukt om het te doen", "", may_be_judged=False)
    with pytest.raises(broken):
        trial.check_judgements(carried_out, effect, may_be_judged=judged)


def test_people_decide_and_say_why_when_they_deviate() -> None:
    progress = proposal(Evidence(fidelity=0.9, rci=(1.5,), pupil_view=View.AGREES, parents_view=View.AGREES))
    assert progress.outcome is Outcome.CONTINUE
    trial.check_decision(Outcome.CONTINUE, progress, (), reason="")
    trial.check_decision(Outcome.FADE_OUT, progress, (), reason="Zij vraagt er zelf om")
    with pytest.raises(trial.DeviationWithoutReason):
        trial.check_decision(Outcome.FADE_OUT, progress, (), reason="ja")


def test_the_same_goes_on_unchanged_once() -> None:
    renewed = (Earlier(Outcome.CONTINUE, Rule.PROGRESS), Earlier(Outcome.NOT_YET, Rule.TOO_LITTLE_KNOWN))
    progress = proposal(Evidence(fidelity=0.9, rci=(1.5,), pupil_view=View.AGREES, parents_view=View.AGREES, earlier=renewed))
    with pytest.raises(trial.RenewedBefore):
        trial.check_decision(Outcome.CONTINUE, progress, renewed, reason="Wij gaan liever gewoon door")
    trial.check_decision(Outcome.ADAPT, progress, renewed, reason="")


def test_nothing_is_decided_without_the_pupil_except_to_look_later_or_at_danger() -> None:
    unheard = proposal(Evidence(fidelity=0.9, rci=(1.5,)))
    trial.check_decision(Outcome.NOT_YET, unheard, (), reason="")
    with pytest.raises(trial.NotToBeDecidedYet):
        trial.check_decision(Outcome.FADE_OUT, unheard, (), reason="Het gaat al heel goed")
    danger = proposal(Evidence(danger=True))
    trial.check_decision(Outcome.DEEPEN, danger, (), reason="")
    with pytest.raises(trial.DeviationWithoutReason):
        trial.check_decision(Outcome.NOT_YET, danger, (), reason="")


def test_the_next_day_follows_and_lies_ahead() -> None:
    assert [trial.next_day(one, TODAY) for one in Outcome] == [TODAY + timedelta(weeks=weeks) for weeks in (10, 6, 4, 6, 1, 3)]
    trial.check_next(TODAY + timedelta(weeks=12), today=TODAY)
    for day in (TODAY, TODAY + timedelta(weeks=13)):
        with pytest.raises(trial.NextDayOutside):
            trial.check_next(day, today=TODAY)


def test_words_of_the_pupil_say_whose_hand() -> None:
    trial.check_heard("Ik vond het fijn", by_pupil=True, written_by="")
    trial.check_heard("", by_pupil=False, written_by="")
    with pytest.raises(trial.PupilNotHeard):
        trial.check_heard("Ik vond het fijn", by_pupil=False, written_by=" ")


def test_fading_goes_in_steps_and_back_one() -> None:
    doses = [trial.fade_now(TODAY, TODAY + timedelta(weeks=weeks)).dose for weeks in (-1, 0, 3, 6, 20)]
    assert doses == [100, 50, 25, 0, 0]
    assert trial.fade_back(TODAY, TODAY) is None
    assert trial.fade_back(TODAY, TODAY - timedelta(days=1)) is None
    for weeks, dose in ((4, 50), (7, 25)):
        day = TODAY + timedelta(weeks=weeks)
        since = trial.fade_back(TODAY, day)
        assert since is not None
        assert trial.fade_now(since, day).dose == dose


def test_it_is_closed_after_the_probes() -> None:
    probe = trial.fade_now(TODAY, TODAY).plan.probe
    trial.check_close(TODAY, 2, on=probe)
    for probes, on in ((2, probe - timedelta(days=1)), (1, probe)):
        with pytest.raises(trial.FadingTooEarlyToClose):
            trial.check_close(TODAY, probes, on=on)


def test_a_goal_is_worked_on_in_one_cycle_at_a_time() -> None:
    """R107: two open cycles on the same goal would each claim what changed."""
    trial.check_one_cycle("Noor speelt elke pauze mee", [])
    with pytest.raises(trial.GoalWorkedOnAlready):
        trial.check_one_cycle("Noor  speelt elke pauze mee", ["noor speelt elke pauze mee."])
