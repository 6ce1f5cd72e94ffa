"""The support plan: clocks over holidays, summer time and leap days; its parts; the hearing; everybody's yes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import development_plans as rules
from kring.core.development_plans import Course, Hurry, Moment, Standing
from kring.core.errors import BrokenRule
from kring.core.school_types import SchoolType

TEXTS = {name: "Zo is het" for names in rules.TEXTS.values() for name in names}
HELP = {"executor": "Remi", "where": "apart", "hours": "1.5"}
BODY = {"texts": TEXTS, "goals": [{"text": "Vraagt hulp", "by_on": "2026-07-01", "help": [HELP]}], "days": ["2026-01-05"], "agreed_as": 1}


@pytest.mark.parametrize(
    ("from_on", "due_on"),
    [
        (date(2026, 3, 2), date(2026, 4, 13)),  # summer time begins in between
        (date(2026, 7, 6), date(2026, 8, 17)),  # holidays count: the law knows no school days here
        (date(2028, 1, 18), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 1, 12)),
    ],
    ids=["summer-time", "holidays", "leap-day", "new-year"],
)
def test_six_weeks_are_six_weeks(from_on: date, due_on: date) -> None:
    assert rules.adopt_clock(from_on, on=from_on).due_on == due_on
    assert [rules.adopt_clock(from_on, on=from_on + timedelta(days=n)).hurry for n in (27, 28, 35, 42, 43)] == [
        *(Hurry.ON_TIME, Hurry.WARNED, Hurry.NEAR, Hurry.NEAR, Hurry.LATE)
    ]


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_year_is_the_same_day_and_never_longer_than_a_leap_year(day: date) -> None:
    later = rules.a_year_later(day)
    assert timedelta(days=365) <= later - day <= timedelta(days=366)
    assert rules.review_clock(day, on=later).days_left == 0


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("pupil_needs", rules.NeedsNotAsked),
        ("school_needs", rules.NeedsNotAsked),
        ("teacher_needs", rules.TeacherNeedMissing),
        ("picture", rules.PictureMissing),
        ("destination_because", rules.DestinationMissing),
        ("hindering", rules.FactorsMissing),
        ("guidance", rules.GuidanceMissing),
        ("deviations", rules.DeviationsMissing),
    ],
    ids=str,
)
def test_no_part_of_the_law_is_left_open(name: str, refused: type[BrokenRule]) -> None:
    rules.check_texts(TEXTS)
    with pytest.raises(refused):
        rules.check_texts({**TEXTS, name: "  "})


def test_help_says_who_where_and_how_long() -> None:
    rules.check_help([{"help": [HELP, {**HELP, "hours": 2}]}])
    empty: tuple[list[dict[str, list[str]]], ...] = ([], [{"help": []}])
    for goals in empty:
        with pytest.raises(rules.GuidanceMissing):
            rules.check_help(goals)
    for name in HELP:
        with pytest.raises(rules.HelpIncomplete):
            rules.check_help([{"help": [{**HELP, name: ""}]}])


def test_the_picture_is_a_summary_and_no_copy() -> None:
    note = "Op maandag wilde hij niet naar binnen en bleef hij bij het hek staan tot de juf kwam. Daarna ging het."
    rules.check_picture("Naar binnen gaan is moeilijk als het druk is.", [note])
    with pytest.raises(rules.PictureCopied):
        rules.check_picture(f"Dit zagen wij. {note.upper()} En meer.", [note])
    with pytest.raises(rules.PictureTooLong):
        rules.check_picture("a" * 1501, [])


def test_a_longer_plan_is_looked_at_in_between() -> None:
    first, last = date(2026, 1, 5), date(2026, 7, 3)
    rules.check_checks(first, first + timedelta(weeks=12), [])
    with pytest.raises(rules.CheckMissing):
        rules.check_checks(first, last, [])
    for day in (first, last):
        with pytest.raises(rules.CheckOutsidePeriod):
            rules.check_checks(first, last, [day])


def test_who_is_heard_sees_what_was_done_with_it() -> None:
    rules.check_hearing("Ik wil niet apart", "Wij doen het nu in de klas", "")
    rules.check_hearing("", "", "Hij was ziek tot de vakantie")
    rules.check_hearing("Ik wil niet apart", "", "", by_pupil=True)
    with pytest.raises(rules.HearingEmpty):
        rules.check_hearing(" ", "Wij deden het anders", "kort")
    with pytest.raises(rules.NothingDoneWithIt):
        rules.check_hearing("Ik wil niet apart", "", "")
    assert [rules.hearing_asked(number) for number in (0, 1)] == [Moment.DRAFT, Moment.CHANGE]


@pytest.mark.parametrize(("own", "is_yes"), [(None, True), (None, False), (True, False)])
def test_what_was_not_answered_in_the_account_is_recorded_and_a_yes_is_taken_back(own: bool | None, is_yes: bool) -> None:
    rules.refuse_over_own_answer(own, is_yes=is_yes)


@pytest.mark.parametrize(("own", "is_yes"), [(False, True), (False, False), (True, True)])
def test_nobody_writes_over_an_answer_from_the_own_account(own: bool, is_yes: bool) -> None:
    with pytest.raises(rules.AnsweredThemselves):
        rules.refuse_over_own_answer(own, is_yes=is_yes)


def test_of_age_the_pupil_agrees_alone() -> None:
    born = date(2008, 2, 29)
    assert rules.who_agree(["els"], born_on=born, on=date(2026, 2, 28)) == {"els"}
    assert rules.who_agree(["els"], born_on=born, on=date(2026, 3, 1)) == {None}
    assert rules.who_agree(["els"], born_on=None, on=date(2026, 3, 1)) == {"els"}


@given(
    st.dictionaries(st.sampled_from(["els", "ed", "pim"]), st.sampled_from([True, False, None])), st.sets(st.sampled_from(["els", "ed"]))
)
def test_it_runs_with_everybodys_yes_alone(answers: dict[str | None, bool | None], asked: set[str | None]) -> None:
    try:
        rules.check_run(asked, answers)
    except (rules.NobodyToAgree, rules.ActionPartRefused, rules.ActionPartWaits):
        assert not asked or any(answers.get(one) is not True for one in asked)
    else:
        assert all(answers[one] is True for one in asked)


def test_what_everybody_said_together() -> None:
    assert rules.standing(["els", "ed"], {}) is Standing.NOT_ASKED
    assert rules.standing(["els", "ed"], {"els": True}) is Standing.WAITING
    assert rules.standing(["els", "ed"], {"els": True, "ed": False}) is Standing.REFUSED
    assert rules.standing(["els"], {"els": True, "ed": False}) is Standing.AGREED
    with pytest.raises(rules.ActionPartWaits):
        rules.check_run(["els"], {})
    with pytest.raises(rules.ActionPartRefused):
        rules.check_run(["els"], {"els": False})
    with pytest.raises(rules.NobodyToAgree):
        rules.check_run([], {})


def test_a_changed_action_part_asks_anew_and_another_text_does_not() -> None:
    other_text = {**BODY, "texts": {**TEXTS, "picture": "Nu anders"}}
    other_help = {**BODY, "goals": [{**BODY["goals"][0], "help": [{**HELP, "hours": "3"}]}]}  # type: ignore[index]
    assert [rules.agreed_as(one, 2, BODY) for one in (other_text, other_help)] == [1, 2]
    assert rules.agreed_as(BODY, 1, None) == 1
    assert rules.changed_parts(BODY, other_text) == ["picture"]
    assert rules.changed_parts(BODY, {**other_help, "days": []}) == ["goals", "days"]


def test_a_decision_has_its_reason() -> None:
    rules.check_course(Course.CONTINUE, reason="Het helpt, langzaam", asked_for="")
    with pytest.raises(rules.CourseWithoutReason):
        rules.check_course(Course.CONTINUE, reason="ja", asked_for="")
    with pytest.raises(rules.OtherSettingWithoutQuestion):
        rules.check_course(Course.OTHER_SETTING, reason="Het lukt hier niet", asked_for="")
    rules.check_course(Course.OTHER_SETTING, reason="Het lukt hier niet", asked_for="Een kleine klas met rust")


def test_primary_and_secondary_lead_elsewhere() -> None:
    primary, secondary = rules.destinations(SchoolType.PRIMARY), rules.destinations(SchoolType.SECONDARY)
    assert not {*primary} & {*secondary}
    assert len(primary) == 7


def test_the_next_look_is_ahead_and_within_a_year() -> None:
    on = date(2028, 2, 29)
    rules.check_next_look(date(2029, 2, 28), on=on)
    for day in (on, date(2029, 3, 1)):
        with pytest.raises(rules.NextLookOutside):
            rules.check_next_look(day, on=on)
