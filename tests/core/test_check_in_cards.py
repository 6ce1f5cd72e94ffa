"""The rules of a daily card: positive goals, points that are only given, a middle on enough days, and fading that people decide on."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import check_in_cards as rules
from kring.core.check_in_cards import CardDay, Fade

MONDAY = date(2026, 3, 2)
DAYS = (MONDAY, MONDAY + timedelta(weeks=4))
GOALS, MOMENTS = ["Ik begin binnen vijf minuten", "Ik steek mijn vinger op"], ["ochtend", "na de pauze"]


def weeks(*percents: float, days: int = 3, first: date = MONDAY) -> list[CardDay]:
    """So many days in each week, all with that percentage."""
    return [CardDay(first + timedelta(weeks=week, days=day), percent) for week, percent in enumerate(percents) for day in range(days)]


def test_a_card_is_of_a_few_goals_and_moments_and_ends() -> None:
    rules.check_card(GOALS, MOMENTS, 80, DAYS)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"goals": []}, rules.CardGoals),
        ({"goals": ["a", "b", "c", "d"]}, rules.CardGoals),
        ({"goals": ["Ik begin", " ik  BEGIN "]}, rules.CardGoals),
        ({"goals": ["Ik loop niet weg"]}, rules.CardGoalNotPositive),
        ({"goals": ["Stoppen, met roepen"]}, rules.CardGoalNotPositive),
        ({"moments": []}, rules.CardMoments),
        ({"moments": [str(number) for number in range(9)]}, rules.CardMoments),
        ({"moments": ["rekenen", "Rekenen"]}, rules.CardMoments),
        ({"target": 49}, rules.CardTarget),
        ({"target": 101}, rules.CardTarget),
        ({"days": (MONDAY, MONDAY)}, rules.CardWithoutEnd),
        ({"days": (MONDAY, MONDAY + rules.LONGEST + timedelta(days=1))}, rules.CardWithoutEnd),
    ],
    ids=["none", "four", "twice", "not", "stop", "no-moment", "nine", "moment-twice", "low", "high", "no-end", "too-long"],
)
def test_what_is_no_card(changed: dict[str, Any], rule: type[Exception]) -> None:
    with pytest.raises(rule):
        rules.check_card(**{"goals": GOALS, "moments": MOMENTS, "target": 80, "days": DAYS, **changed})


def test_one_card_at_a_time() -> None:
    rules.check_alone(DAYS, [(MONDAY - timedelta(days=9), MONDAY - timedelta(days=1))])
    with pytest.raises(rules.CardRunsAlready):
        rules.check_alone(DAYS, [(DAYS[1], DAYS[1] + timedelta(days=9))])


def test_a_day_of_the_card_with_school() -> None:
    rules.check_day(MONDAY, days=DAYS, today=MONDAY, is_school_day=True)
    for on, today in ((MONDAY - timedelta(days=1), MONDAY), (MONDAY + timedelta(days=1), MONDAY), (DAYS[1] + timedelta(days=1), DAYS[1])):
        with pytest.raises(rules.DayNotOnCard):
            rules.check_day(on, days=DAYS, today=today, is_school_day=True)
    with pytest.raises(rules.NoSchoolThatDay):
        rules.check_day(MONDAY, days=DAYS, today=MONDAY, is_school_day=False)


def test_points_are_given_and_never_taken() -> None:
    now = rules.points_added({}, {"0": {"0": 1}}, moments=2, goals=2)
    assert rules.points_added(now, {"0": {"0": 1, "1": 0}}, moments=2, goals=2) == {"0": {"0": 1, "1": 0}}
    with pytest.raises(rules.PointsTaken) as broken:
        rules.points_added(now, {"0": {"0": 0}}, moments=2, goals=2)
    assert broken.value.moment == 1


@pytest.mark.parametrize(
    "given_points",
    [{"2": {"0": 1}}, {"0": {"2": 1}}, {"0": {"0": 3}}, {"0": {"0": -1}}, {"x": {"0": 1}}],
    ids=["moment", "goal", "three", "minus", "x"],
)
def test_what_is_not_on_the_card_is_a_mistake(given_points: rules.Points) -> None:
    with pytest.raises(rules.NoSuchPoint):
        rules.points_added({}, given_points, moments=2, goals=2)


cells = st.dictionaries(st.sampled_from("012"), st.dictionaries(st.sampled_from("01"), st.integers(0, 2), min_size=1))


@given(cells, cells)
def test_no_day_gets_fewer_points_by_writing_on(before: dict[str, dict[str, int]], more: dict[str, dict[str, int]]) -> None:
    try:
        after = rules.points_added(before, more, moments=3, goals=2)
    except rules.PointsTaken:
        return
    assert all(after[moment][goal] >= point for moment, row in before.items() for goal, point in row.items())


def test_only_what_was_filled_in_counts() -> None:
    assert rules.percent_of({}) is None
    assert rules.percent_of({"1": {"0": 2}}) == 100
    assert rules.percent_of({"0": {"0": 2, "1": 1}, "1": {"0": 0, "1": 1}}) == 50


def test_on_few_days_nothing_is_said() -> None:
    found = rules.course_of(weeks(100, days=4), target=80)
    assert (found.days, found.middle, found.at_target, found.first) == (4, None, None, None)


def test_the_middle_and_the_first_and_last_five_days() -> None:
    found = rules.course_of(weeks(50, days=5), target=80)
    assert (found.middle, found.at_target, found.first) == (50, 0, None)
    found = rules.course_of([*reversed(weeks(50, 90, days=5))], target=80)
    assert (found.days, found.at_target, found.first, found.last, found.middle) == (10, 5, 50, 90, 70)


def test_fewer_moments_after_three_good_weeks_and_a_stop_after_the_last() -> None:
    assert rules.fade_proposal(weeks(60, 80, 90, 85), target=80, moments=5) == rules.FadeProposal(Fade.FEWER, 3, 3)
    assert rules.fade_proposal(weeks(80, 90, 85), target=80, moments=1) == rules.FadeProposal(Fade.STOP, 3, 0)
    assert rules.fade_proposal(weeks(90, 60, 90), target=80, moments=4) == rules.FadeProposal(Fade.WAIT, 1, 4)
    assert rules.fade_proposal([], target=80, moments=4).fade is Fade.WAIT


def test_a_week_of_two_days_neither_proves_nor_breaks() -> None:
    ill = weeks(10, days=2, first=MONDAY + timedelta(weeks=2))
    days = [*weeks(90, 90), *ill, *weeks(90, first=MONDAY + timedelta(weeks=3))]
    assert rules.fade_proposal(days, target=80, moments=4).fade is Fade.FEWER


def test_fewer_moments_are_some_of_them() -> None:
    rules.check_fewer(MOMENTS, MOMENTS[:1])
    for kept in ([], MOMENTS, ["gym"]):
        with pytest.raises(rules.MomentsNotFewer):
            rules.check_fewer(MOMENTS, kept)
