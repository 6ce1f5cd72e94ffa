"""Trainings: how many, who agreed, and that it is used outside. And telling parents only after the pupil was asked."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import telling
from kring.core.consents import PUPIL, Age, deciders
from kring.core.errors import BrokenRule
from kring.core.telling import Says, check_talk, check_told
from kring.core.trainings import (
    AgreedInFuture,
    InTrainingAlready,
    LevelOutside,
    MustStayConfidential,
    NobodyAgreed,
    NotAgreedYet,
    OpenedWithPupils,
    PlacesTaken,
    SessionLeftOut,
    SessionOutside,
    SessionThatDay,
    SessionToCome,
    SizeUnlikely,
    Topic,
    TrainingClosed,
    TrainingEndsBeforeStart,
    TrainingFull,
    TrainingGoalMissing,
    TransferMissing,
    TransferUnfinished,
    agreed_since,
    check_agreement,
    check_attendance,
    check_changed,
    check_closing,
    check_levels,
    check_place,
    check_session,
    check_training,
    check_transfer,
    classes_without,
    refuse_closed,
)

ON = date(2026, 3, 2)
DAY = timedelta(days=1)


def test_a_training_is_for_some_pupils_and_ends_after_it_began() -> None:
    check_training(most=8, starts_on=ON, ends_on=ON, topic=Topic.RESILIENCE, is_confidential=False)
    check_training(most=8, starts_on=ON, ends_on=ON, topic=Topic.GRIEF, is_confidential=True)
    for most in (0, 41):
        with pytest.raises(SizeUnlikely):
            check_training(most=most, starts_on=ON, ends_on=ON, topic=Topic.OTHER, is_confidential=False)
    with pytest.raises(TrainingEndsBeforeStart):
        check_training(most=8, starts_on=ON, ends_on=ON - DAY, topic=Topic.OTHER, is_confidential=False)


@pytest.mark.parametrize("topic", [Topic.DIVORCE, Topic.GRIEF])
def test_about_what_happened_at_home_it_is_confidential(topic: Topic) -> None:
    with pytest.raises(MustStayConfidential):
        check_training(most=8, starts_on=ON, ends_on=ON, topic=topic, is_confidential=False)


@given(st.integers(0, 60), st.integers(1, 40))
def test_nobody_comes_beyond_the_most(taken: int, most: int) -> None:
    if taken < most:
        check_place(taken=taken, most=most, is_in=False, goal="Ik durf iets")
    else:
        with pytest.raises(TrainingFull):
            check_place(taken=taken, most=most, is_in=False, goal="Ik durf iets")


def test_a_place_has_a_goal_and_a_pupil_one_place() -> None:
    with pytest.raises(TrainingGoalMissing):
        check_place(taken=0, most=8, is_in=False, goal="   durven  ")
    with pytest.raises(InTrainingAlready):
        check_place(taken=8, most=8, is_in=True, goal="Ik durf iets")


def test_a_meeting_lies_within_the_training_once_a_day() -> None:
    check_session(ON, first=ON, last=ON, others=[])
    with pytest.raises(SessionThatDay):
        check_session(ON, first=ON, last=ON, others=[ON])
    for day in (ON - DAY, ON + DAY):
        with pytest.raises(SessionOutside):
            check_session(day, first=ON, last=ON, others=[])


def test_below_sixteen_a_guardian_agrees_and_from_then_on_the_pupil() -> None:
    check_agreement(ON, "els", deciders(Age.YOUNG, ["els", "pim"]), on=ON)
    check_agreement(ON, PUPIL, deciders(Age.GROWN, ["els"]), on=ON)
    for who, age in ((PUPIL, Age.YOUNG), ("els", Age.GROWN), ("", Age.UNKNOWN), ("opa", Age.YOUNG)):
        with pytest.raises(NobodyAgreed):
            check_agreement(ON, who, deciders(age, ["els"]), on=ON)
    with pytest.raises(AgreedInFuture):
        check_agreement(ON + DAY, "els", deciders(Age.YOUNG, ["els"]), on=ON)


FAMILY = st.sampled_from(("els", "pim", "opa", PUPIL))


@given(st.sampled_from(Age), st.sets(st.sampled_from(("els", "pim"))), st.dictionaries(FAMILY, st.dates()))
def test_it_is_agreed_on_the_day_of_the_last_and_never_with_one_missing(age: Age, authority: set[str], yes: dict[Any, date]) -> None:
    needed = deciders(age, authority)
    since = agreed_since(needed, yes)
    assert (since is not None) == needed.agreed(yes)
    if since:
        assert all(yes[who] <= since for who in needed.everybody())
        assert agreed_since(needed, {**yes, "opa": date.max}) == since  # who has no say changes nothing


def test_one_yes_of_two_parents_is_not_enough() -> None:
    needed = deciders(Age.YOUNG, ["els", "pim"])
    assert agreed_since(needed, {"els": ON}) is None
    assert agreed_since(needed, {"els": ON, "pim": ON + DAY}) == ON + DAY
    assert agreed_since(deciders(Age.YOUNG, []), {}) is None  # no guardian with authority is known


def test_a_training_that_changes_leaves_nobody_and_no_meeting_out() -> None:
    kept: dict[str, Any] = {"taken": 2, "most": 2, "days": [ON], "first": ON, "last": ON, "opens": False}
    check_changed(**kept)
    check_changed(**{**kept, "taken": 0, "opens": True})
    with pytest.raises(PlacesTaken):
        check_changed(**{**kept, "most": 1})
    with pytest.raises(SessionLeftOut) as broken:
        check_changed(**{**kept, "days": [ON + 2 * DAY, ON + DAY, ON]})
    assert broken.value.day == ON + DAY
    with pytest.raises(OpenedWithPupils):
        check_changed(**{**kept, "opens": True})


@given(st.integers(-30, 30), st.integers(-30, 30))
def test_nobody_takes_part_before_somebody_agreed(session: int, agreed: int) -> None:
    day, agreed_on = ON + session * DAY, ON + agreed * DAY
    if session > 0:
        with pytest.raises(SessionToCome):
            check_attendance(day, agreed_on, on=ON)
    elif agreed > session:
        with pytest.raises(NotAgreedYet):
            check_attendance(day, agreed_on, on=ON)
    else:
        check_attendance(day, agreed_on, on=ON)


def test_without_a_yes_nobody_takes_part() -> None:
    with pytest.raises(NotAgreedYet):
        check_attendance(ON, None, on=ON)


def test_a_level_is_nought_to_ten_or_not_said() -> None:
    check_levels(0, 10, None)
    for level in (-1, 11):
        with pytest.raises(LevelOutside):
            check_levels(5, level)


def test_a_training_closes_when_of_everybody_it_was_looked_what_stays() -> None:
    check_closing([])
    check_closing([True, True])
    with pytest.raises(TransferMissing) as broken:
        check_closing([True, False, False])
    assert broken.value.many == 2
    check_transfer(where="In de kring in de klas", who="de juf", looked_on=ON, on=ON)
    for where, who, looked_on in (("klas", "juf", ON), ("In de kring in de klas", " ", ON), ("In de kring in de klas", "juf", None)):
        with pytest.raises(TransferUnfinished):
            check_transfer(where=where, who=who, looked_on=looked_on, on=ON)
    with pytest.raises(TransferUnfinished):
        check_transfer(where="In de kring in de klas", who="juf", looked_on=ON + DAY, on=ON)


def test_what_was_closed_stays() -> None:
    refuse_closed(None)
    with pytest.raises(TrainingClosed):
        refuse_closed(ON)


def test_the_classes_without_a_training_are_found() -> None:
    assert classes_without({"7a": [7], "7b": [7], "6": [6]}, ["7a", "6"], year=7) == ["7b"]


# ---- telling parents ------------------------------------------------------------------------------------------


def test_first_the_pupil_then_the_parents() -> None:
    check_talk(ON, on=ON)
    with pytest.raises(telling.TalkedInFuture):
        check_talk(ON + DAY, on=ON)
    for told_on in (ON - DAY, ON + 3 * DAY):
        with pytest.raises(telling.ToldBeforeTalk):
            check_told(told_on, talked_on=ON, on=ON + 2 * DAY, says=Says.YES, because="")
    with pytest.raises(telling.ToldAlready):
        check_told(ON, talked_on=ON, on=ON, says=Says.YES, because="", told_before=ON)


@pytest.mark.parametrize("says", list(Says))
def test_against_a_no_one_writes_why_it_could_not_wait(says: Says) -> None:
    asked: dict[str, Any] = {"talked_on": ON, "on": ON, "says": says}
    check_told(ON, because="Er was gevaar, wachten kon niet.", **asked)
    broken: type[BrokenRule] | None = None
    try:
        check_told(ON, because=" kort ", **asked)
    except telling.ToldAgainstUnexplained as found:
        broken = type(found)
    assert (broken is None) == (says in telling.AGREES)
