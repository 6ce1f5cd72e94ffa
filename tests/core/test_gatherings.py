"""Talks and reviews: a child never interprets, a talk counts once a day with the pupil's words, and the class comes first."""

from datetime import date, datetime, timedelta

import pytest

from kring.core import gatherings as rules
from kring.core.gatherings import Bridge, Child, Decision, Seat, Talk

DAY = date(2026, 3, 2)
AICHA, ZOE = Child("Aicha", "el Amrani"), Child("Zoë-Lynn", "de Boer")
GROWN_UP = (
    *("Tolkentelefoon", "mevrouw Aicha Bensaïd", "Buurvrouw Fatima el Amrani", "Zoë de Vries", "oom Karim"),
    *("mevrouw Aicha", "tante Aicha, uit Gouda", "mevr. Aicha", "Karim van der Aicha", "Aicha-Lynn Bos", "een vrouw die aicha kent"),
)
ALL_THREE = frozenset({Seat.PUPIL, Seat.GUARDIAN, Seat.COLLEAGUE})


@pytest.mark.parametrize(
    "named",
    [
        "Aicha",
        "aicha",
        "Aicha el Amrani",
        "El Amrani, Aicha",
        "haar grote zus",
        "Broertje van de leerling",
        "de leerling zelf",
        "Zoë-Lynn",
        "dochter Samira",
        "Aicha, zij spreekt goed Nederlands",
        "aicha doet het zelf",
        "Onze tolk is Aicha",
        "Aicha van school",
        "Zoë-Lynn kan dat best",
    ],
)
def test_a_pupil_a_brother_or_a_sister_does_not_interpret(named: str) -> None:
    with pytest.raises(rules.ChildAsBridge):
        rules.refuse_bridge(Bridge.ADULT, named, [AICHA, ZOE])


@pytest.mark.parametrize(
    "named", ["Tolkentelefoon", "mevrouw Aicha Bensaïd", "Buurvrouw Fatima el Amrani", "Zoë de Vries", "oom Karim", *GROWN_UP]
)
def test_an_adult_does_also_one_with_the_same_name(named: str) -> None:
    rules.refuse_bridge(Bridge.ADULT, named, [AICHA, ZOE, Child("", "")])


def test_who_interprets_has_a_name_and_nobody_need() -> None:
    with pytest.raises(rules.BridgeUnnamed):
        rules.refuse_bridge(Bridge.INTERPRETER, "  ", [])
    rules.refuse_bridge(Bridge.NONE, "", [AICHA])


def test_a_talk_is_with_somebody_and_a_three_way_talk_with_all_three() -> None:
    rules.refuse_seats([Seat.COLLEAGUE, Seat.COLLEAGUE], is_three_way=False)
    rules.refuse_seats([Seat.PUPIL], is_three_way=False)
    rules.refuse_seats(ALL_THREE, is_three_way=True)
    for nobody in ([], [Seat.COLLEAGUE]):
        with pytest.raises(rules.NobodyAsked):
            rules.refuse_seats(nobody, is_three_way=False)
    with pytest.raises(rules.ThreeNotAsked):
        rules.refuse_seats([Seat.GUARDIAN, Seat.COLLEAGUE], is_three_way=True)


def test_whether_the_pupil_comes_first_is_chosen_for_a_reason() -> None:
    rules.refuse_order("", "", with_guardians=False)
    rules.refuse_order("pupil", "Zij wil het eerst zelf vertellen", with_guardians=True)
    for first, why in (("", "Zij wil het eerst zelf vertellen"), ("pupil", "zo maar ")):
        with pytest.raises(rules.OrderUnexplained):
            rules.refuse_order(first, why, with_guardians=True)


def test_what_is_over_is_over_and_what_is_not_held_has_no_report() -> None:
    at = datetime(2026, 3, 2, 10)  # noqa: DTZ001
    rules.refuse_over(None, None)
    rules.refuse_not_held(at)
    with pytest.raises(rules.HeldAlready):
        rules.refuse_over(at, None)
    with pytest.raises(rules.CalledOff):
        rules.refuse_over(None, at)
    with pytest.raises(rules.NotHeldYet):
        rules.refuse_not_held(None)


def test_what_was_read_at_home_stays_and_what_colleagues_say_does_not_go_home() -> None:
    rules.refuse_shown(None, None)
    rules.refuse_home(is_of_family=True)
    with pytest.raises(rules.ReportShown):
        rules.refuse_shown(None, datetime(2026, 3, 2, 10))  # noqa: DTZ001
    with pytest.raises(rules.NotForHome):
        rules.refuse_home(is_of_family=False)


def test_calling_off_has_a_reason() -> None:
    rules.refuse_calling_off("Moeder is ziek geworden")
    with pytest.raises(rules.CallingOffUnexplained):
        rules.refuse_calling_off("ziek")


def report(text: str = "Wij spraken over de pauzes.", **more: object) -> None:
    given: dict[str, object] = {"came": ALL_THREE, "pupil_words": "Ik wil meedoen", "why_none": "", "planned_on": DAY, "on": DAY}
    rules.refuse_report(text, **{**given, **more})  # type: ignore[arg-type]


def test_a_report_tells_who_came_what_was_said_and_what_the_pupil_said() -> None:
    report()
    report(pupil_words=" ", why_none="Hij wilde er niet bij zijn")
    for rule, wrong in (
        (rules.NotHeldYet, {"on": DAY - timedelta(days=1)}),
        (rules.NobodyCame, {"came": frozenset()}),
        (rules.ReportTooShort, {"text": "kort"}),
        (rules.PupilWordsMissing, {"pupil_words": " ", "why_none": "weet niet"}),
    ):
        with pytest.raises(rule):
            report(**wrong)


def test_after_two_weeks_a_report_is_late() -> None:
    assert not rules.is_report_late(DAY, on=DAY + timedelta(days=14))
    assert rules.is_report_late(DAY, on=DAY + timedelta(days=15))


def test_two_talks_on_one_day_are_one_and_without_the_pupils_words_none() -> None:
    alone = frozenset({Seat.PUPIL, Seat.COLLEAGUE})
    talks = [
        Talk(DAY, alone, has_pupil_words=True),
        Talk(DAY, alone, has_pupil_words=True),
        Talk(DAY + timedelta(days=7), alone, has_pupil_words=False),
        Talk(DAY, ALL_THREE, has_pupil_words=True),
    ]
    assert rules.pupil_talks(talks) == 1
    assert rules.pupil_talks([*talks, Talk(DAY + timedelta(days=9), frozenset({Seat.GUARDIAN}), has_pupil_words=True)]) == 1


def test_a_three_way_talk_counts_only_when_all_three_came() -> None:
    talks = [Talk(DAY, ALL_THREE, has_pupil_words=False), Talk(DAY + timedelta(days=30), ALL_THREE - {Seat.PUPIL}, has_pupil_words=True)]
    assert rules.three_way_talks(talks) == 1


def test_in_a_review_the_class_comes_first_and_every_decision_has_a_reason() -> None:
    rules.refuse_agenda(["noor"])
    rules.refuse_class_passed_over("Rust in de groep", "Het plan liep goed")
    rules.refuse_decision(Decision.ACT, "Hij zit steeds alleen", by_on=None, on=DAY)
    rules.refuse_decision(Decision.WATCH, "Hij zit steeds alleen", by_on=DAY + timedelta(days=1), on=DAY)
    with pytest.raises(rules.NobodyOnAgenda):
        rules.refuse_agenda([])
    for about, plan in (("", "Het plan liep goed"), ("Rust in de groep", " ")):
        with pytest.raises(rules.ClassFirst):
            rules.refuse_class_passed_over(about, plan)
    with pytest.raises(rules.DecisionUnexplained):
        rules.refuse_decision(Decision.PLAN, "zomaar", by_on=None, on=DAY)
    for until in (None, DAY):
        with pytest.raises(rules.NoDayToWatchUntil):
            rules.refuse_decision(Decision.WATCH, "Hij zit steeds alleen", by_on=until, on=DAY)


def test_one_adult_is_asked_at_a_time() -> None:
    rules.refuse_second_trusted(is_asked=False)
    with pytest.raises(rules.AskedAsTrustedAlready):
        rules.refuse_second_trusted(is_asked=True)


def test_there_are_ten_points_to_prepare() -> None:
    assert len(rules.PREPARATION) == 10
