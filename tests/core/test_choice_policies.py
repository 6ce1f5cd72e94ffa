"""Questions that may hurt: what a school decides, when a list with them is opened, and when a pupil begins."""

from datetime import UTC, date, datetime

import pytest

from kring.core.access import Role
from kring.core.calendar import Calendar, DaysOff, SchoolYear
from kring.core.choice_policies import (
    BadMoment,
    BullyingSwitchedOff,
    FollowUpGone,
    GuardiansNotToldYet,
    GuardiansToldTooLate,
    KeptLongerThanAllowed,
    NegativesSwitchedOff,
    PolicyKind,
    PolicyOver,
    PolicyPurposeTooShort,
    SensitiveQuestions,
    check_asked,
    check_begins,
    check_decision,
    follow_up_roles,
    has_bad_days,
    is_bad_moment,
    kinds_of,
    only_bad_days,
    refuse_over,
)
from kring.core.instruments import Option, Question, QuestionKind
from kring.core.rounds import Window
from kring.core.sociometry import NegativePolicy

MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
CALENDAR = Calendar(
    (SchoolYear(date(2026, 8, 1), date(2027, 7, 31)),),
    (DaysOff("Studiedag", date(2026, 11, 18), date(2026, 11, 18)), DaysOff("Kerst", date(2026, 12, 21), date(2027, 1, 3))),
)
PURPOSE = "Een plan maken voor de sfeer in groep 7."
LIVE = NegativePolicy(switched_on=True, purpose=PURPOSE, parents_informed_on=date(2026, 11, 1), follow_up_by="Bram")


def _decided(purpose: str, told_on: date | None, by: str) -> NegativePolicy:
    return NegativePolicy(switched_on=True, purpose=purpose, parents_informed_on=told_on, follow_up_by=by)


def _asked(kind: QuestionKind, polarity: int) -> Question:
    steps = tuple(Option(code, str(code)) for code in range(1, 6)) if kind is QuestionKind.FREQUENCY else ()
    return Question("q", "Wie?", kind, polarity, None, steps)


@pytest.mark.parametrize(
    ("questions", "kinds"),
    [
        ([], set()),
        ([_asked(QuestionKind.NOMINATE, 1), _asked(QuestionKind.PERCEIVE, 0)], set()),
        ([_asked(QuestionKind.NOMINATE, 1), _asked(QuestionKind.NOMINATE, -1)], {PolicyKind.NEGATIVE}),
        ([_asked(QuestionKind.BULLIED_BY, 0)], {PolicyKind.BULLYING}),
        ([_asked(QuestionKind.FREQUENCY, 0), _asked(QuestionKind.NOMINATE, -1)], set(PolicyKind)),
    ],
)
def test_a_no_and_bullying_are_decided_about(questions: list[Question], kinds: set[PolicyKind]) -> None:
    assert kinds_of(questions) == kinds


def test_who_follows_it_up_may_see_it_of_the_whole_school() -> None:
    assert follow_up_roles(PolicyKind.BULLYING) == {Role.SAFETY_COORDINATOR}
    assert follow_up_roles(PolicyKind.NEGATIVE) == {Role.COORDINATOR, Role.SAFETY_COORDINATOR}


def test_a_decision_says_what_for_and_the_guardians_know() -> None:
    assert check_decision(f"  {PURPOSE} ", told_on=MONDAY, kept_days=365, on=MONDAY) == PURPOSE
    with pytest.raises(PolicyPurposeTooShort):
        check_decision("omdat", told_on=MONDAY, kept_days=365, on=MONDAY)
    with pytest.raises(GuardiansNotToldYet):
        check_decision(PURPOSE, told_on=FRIDAY, kept_days=365, on=MONDAY)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_raw_answers_stay_a_year_at_most(days: int) -> None:
    with pytest.raises(KeptLongerThanAllowed):
        check_decision(PURPOSE, told_on=MONDAY, kept_days=days, on=MONDAY)


def test_what_was_switched_off_is_over() -> None:
    now = datetime(2026, 11, 16, tzinfo=UTC)
    refuse_over(None, at=now)
    refuse_over(datetime(2026, 11, 17, tzinfo=UTC), at=now)
    with pytest.raises(PolicyOver):
        refuse_over(now, at=now)


@pytest.mark.parametrize(
    ("kind", "policy", "rule"),
    [
        (PolicyKind.NEGATIVE, NegativePolicy(), NegativesSwitchedOff),
        (PolicyKind.BULLYING, NegativePolicy(), BullyingSwitchedOff),
        (PolicyKind.BULLYING, _decided(" ", date(2026, 11, 1), "Bram"), BullyingSwitchedOff),
        (PolicyKind.NEGATIVE, _decided(PURPOSE, MONDAY, "Bram"), GuardiansToldTooLate),  # that very day is too late
        (PolicyKind.NEGATIVE, _decided(PURPOSE, None, "Bram"), GuardiansToldTooLate),
        (PolicyKind.NEGATIVE, _decided(PURPOSE, date(2026, 11, 1), ""), FollowUpGone),
    ],
)
def test_what_is_missing_is_named(kind: PolicyKind, policy: NegativePolicy, rule: type[SensitiveQuestions]) -> None:
    check_asked(kind, LIVE, title="Sociogram", day=MONDAY)
    with pytest.raises(rule):
        check_asked(kind, policy, title="Sociogram", day=MONDAY)


@pytest.mark.parametrize(
    ("day", "afternoon", "bad"),
    [
        (MONDAY, True, False),
        (FRIDAY, False, False),
        (FRIDAY, True, True),
        (date(2026, 11, 17), False, True),  # a day off tomorrow
        (date(2026, 12, 18), False, True),  # the holidays after the weekend
        (date(2026, 11, 19), True, False),
    ],
)
def test_friday_afternoon_and_just_before_days_off_are_bad_moments(day: date, afternoon: bool, bad: bool) -> None:
    assert is_bad_moment(CALENDAR, day, afternoon=afternoon) is bad


def test_a_list_waits_for_a_better_moment_when_there_is_one() -> None:
    week, one_day = Window(MONDAY, FRIDAY), Window(FRIDAY, FRIDAY)
    assert has_bad_days(CALENDAR, week)
    assert not only_bad_days(CALENDAR, week)
    assert only_bad_days(CALENDAR, one_day)
    assert not has_bad_days(CALENDAR, Window(MONDAY, MONDAY))
    check_begins(CALENDAR, week, datetime(2026, 11, 20, 11, 59, tzinfo=UTC), title="Sociogram")
    with pytest.raises(BadMoment):
        check_begins(CALENDAR, week, datetime(2026, 11, 20, 12, 0, tzinfo=UTC), title="Sociogram")
    check_begins(CALENDAR, one_day, datetime(2026, 11, 20, 14, 0, tzinfo=UTC), title="Sociogram")  # a reason was written
