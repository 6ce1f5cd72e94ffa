"""Answers on their way: which of two counts, what is an answer at all, and what becomes of one that comes too late."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import answering
from kring.core.answering import (
    Answerable,
    Fate,
    Given,
    HandedInAlready,
    Kept,
    ListWithdrawn,
    Meeting,
    NotAnAnswer,
    RoundNotOpenYet,
    Stands,
)
from kring.core.errors import BrokenRule
from kring.core.instruments import AnswerKind, Item, Option, Question, QuestionKind
from kring.core.rounds import RoundAlreadyClosed
from kring.library import instrument as released
from tests.cast_instruments import instrument

CLOSED = datetime(2026, 11, 16, 8, tzinfo=UTC)
OPENS = date(2026, 11, 2)
ASKED = Answerable(
    {
        "w1": Item("w1", "Ik ga graag naar school.", (Option(1, "nee"), Option(2, "ja"))),
        "t1": Item("t1", "Wat wil je nog zeggen?", (), AnswerKind.TEXT),
    },
    frozenset({"dont_know"}),
)
STEPS = tuple(Option(code, f"stap {code}") for code in range(1, 6))
SOCIOGRAM = Answerable.of(
    instrument(
        questions=(
            Question("spelen", "Met wie speel je graag?", QuestionKind.NOMINATE, 1, 3),
            Question("kennen", "Wie ken je?", QuestionKind.NOMINATE, 1, None),
            Question("samen", "Hoe gaat het samen?", QuestionKind.RATE, 0, None, STEPS),
            Question("gepest", "Hoe vaak word je gepest?", QuestionKind.FREQUENCY, 0, None, STEPS),
        )
    )
)
CLASS = [str(UUID(int=number)) for number in range(answering.MOST_NAMES + 1)]
AYA, BO, CAS, DAAN = CLASS[:4]
SENT = st.builds(
    Given,
    of=st.just("a"),
    item=st.sampled_from(["w1", "w2", "w3"]),
    value=st.integers(1, 4),
    turn=st.builds(answering.turn, st.integers(1, 3), st.integers(1, 6)),
)


@given(earlier=st.integers(0, 1 << 31), seconds=st.integers(-200_000_000, 3_500_000_000))
def test_a_sitting_comes_after_every_earlier_one_and_fits(earlier: int, seconds: int) -> None:
    sitting = answering.sitting_at(answering.BEGIN + timedelta(seconds=seconds), earlier=earlier)
    assert 1 <= sitting <= answering.LATEST_SITTING
    assert sitting > min(earlier, answering.LATEST_SITTING - 1)
    assert answering.turn(sitting, answering.PLACES - 1) < 1 << 63


@pytest.mark.parametrize(
    ("item", "value", "kept"),
    [
        ("w1", 2, 2),
        ("w1", None, None),
        ("w1", "dont_know", "dont_know"),
        ("t1", {"text": "Leuk!"}, {"text": "Leuk!"}),
        ("t1", {"text": ""}, None),
        ("t1", "dont_know", "dont_know"),
    ],
)
def test_an_answer_is_kept_as_it_is(item: str, value: Any, kept: Any) -> None:
    assert ASKED.value(1, item, value) == kept


@pytest.mark.parametrize(
    ("item", "value"),
    [
        *[("w1", wrong) for wrong in (3, True, 1.0, "2", "refused", {"text": "ja"}, [1], {})],
        *[
            ("t1", wrong)
            for wrong in (1, "ja", {"text": 1}, {"text": "a", "more": 1}, {"text": "a\0"}, {"text": "\ud83d"}, {"text": "a" * 2_001})
        ],
        ("w9", 1),
        (None, 1),
        (["w1"], 1),
    ],
)
def test_what_is_no_answer_is_refused_by_its_place(item: Any, value: Any) -> None:
    with pytest.raises(NotAnAnswer) as refused:
        ASKED.value(7, item, value)
    assert (refused.value.place, refused.value.item) == (7, item if isinstance(item, str) else "")


@pytest.mark.parametrize(
    ("question", "value", "kept"),
    [
        ("spelen", {"who": [CAS, AYA]}, {"who": [AYA, CAS]}),
        ("spelen", {"who": []}, {"who": []}),  # nobody, said on purpose
        ("spelen", None, None),
        ("kennen", {"who": CLASS[: answering.MOST_NAMES]}, {"who": CLASS[: answering.MOST_NAMES]}),
        ("samen", {"points": {BO: 5, AYA: 1}}, {"points": {AYA: 1, BO: 5}}),
        ("samen", {"points": {}}, {"points": {}}),
        ("samen", None, None),
        ("gepest", 5, 5),
        ("gepest", None, None),
    ],
)
def test_a_choice_of_classmates_is_kept(question: str, value: Any, kept: Any) -> None:
    assert SOCIOGRAM.value(1, question, value) == kept


@pytest.mark.parametrize(
    ("question", "value"),
    [
        *[
            ("spelen", {"who": wrong})
            for wrong in ([AYA, BO, CAS, DAAN], [AYA, AYA], ["Aya"], [AYA.upper() + "a"], [1], AYA, None, {AYA: 1})
        ],
        *[("spelen", wrong) for wrong in (1, AYA, [AYA], {"points": {AYA: 1}}, {"who": [AYA], "more": 1}, {})],
        ("kennen", {"who": CLASS}),
        *[
            ("samen", {"points": wrong})
            for wrong in ({AYA: 6}, {AYA: 0}, {AYA: True}, {AYA: "1"}, {AYA: None}, {"Aya": 1}, {1: 1}, [AYA], None)
        ],
        ("samen", {"points": dict.fromkeys(CLASS, 1)}),
        *[("samen", wrong) for wrong in (1, {"who": [AYA]}, {"points": {}, "more": 1})],
        *[("gepest", wrong) for wrong in (0, 6, True, 1.0, "1", {"who": [AYA]}, {"points": {AYA: 1}})],
    ],
)
def test_what_is_no_choice_of_classmates_is_refused_by_its_question(question: str, value: Any) -> None:
    with pytest.raises(NotAnAnswer) as refused:
        SOCIOGRAM.value(7, question, value)
    assert refused.value.facts() == {"place": 7, "item": question}


@given(st.permutations(CLASS[:9]), st.integers(0, 9))
def test_nothing_tells_in_which_order_somebody_tapped(tapped: list[str], many: int) -> None:
    named, points = tapped[:many], {key: 1 + CLASS.index(key) % 5 for key in tapped[:many]}
    assert SOCIOGRAM.value(1, "kennen", {"who": named}) == {"who": sorted(named)}
    kept = SOCIOGRAM.value(1, "samen", {"points": points})
    assert isinstance(kept, dict)
    assert list(kept["points"]) == sorted(named)
    assert kept == {"points": points}


@given(sent=st.lists(SENT, unique_by=lambda one: one.turn), data=st.data())
def test_any_order_and_any_repetition_gives_the_same_answers(sent: list[Given], data: st.DataObject) -> None:
    """Delivered in parts, twice, shuffled: of each item the answer with the highest turn is left."""
    arriving = data.draw(st.permutations(sent + data.draw(st.lists(st.sampled_from(sent), max_size=8) if sent else st.just([]))))
    kept: dict[str, Kept] = {}
    while arriving:
        size = data.draw(st.integers(1, len(arriving)))
        part, arriving = arriving[:size], arriving[size:]
        for one in answering.latest(part):
            if answering.meeting(one, kept.get(one.item)) is Meeting.COUNTS:
                kept[one.item] = Kept(one.value, one.turn)
    highest = {item: max((one for one in sent if one.item == item), key=lambda one: one.turn) for item in {one.item for one in sent}}
    assert {item: one.value for item, one in kept.items()} == {item: one.value for item, one in highest.items()}
    assert answering.new_to(sent, {item: one.turn for item, one in kept.items()}) == []
    halves = ({item: Kept(one.value, one.turn) for item, one in highest.items()}, kept)
    assert answering.together(*halves) == answering.together(*reversed(halves)) == kept


@pytest.mark.parametrize(
    ("value", "turn", "seen", "by", "how"),
    [
        (2, 5, None, "anna", Meeting.OLD),  # the same once more
        (3, 6, None, "anna", Meeting.COUNTS),  # one's own, later
        (3, 4, 5, "anna", Meeting.OLD),  # one's own, earlier
        (3, 9, 5, "dora", Meeting.COUNTS),  # a colleague who saw it
        (3, 1, 5, "dora", Meeting.COUNTS),  # whose sitting began before
        (3, 9, None, "dora", Meeting.CONFLICT),  # who did not
        (3, 9, 4, "dora", Meeting.CONFLICT),  # who saw what was there before
        (2, 9, None, "dora", Meeting.OLD),  # who thinks the same
    ],
)
def test_nobody_writes_over_what_a_colleague_wrote_unseen(value: int, turn: int, seen: int | None, by: str, how: Meeting) -> None:
    assert answering.meeting(Given("a", "w1", value, turn, seen), Kept(2, 5, "anna"), by=by) is how


@given(st.builds(Stands, **dict.fromkeys(("is_in", "is_closed", "is_withdrawn", "is_refused", "is_live"), st.booleans())))
def test_nothing_of_who_said_no_is_kept_and_nothing_else_is_lost(stands: Stands) -> None:
    assert (stands.fate is Fate.REFUSED) == stands.is_refused
    assert stands.fate in {Fate.KEPT, Fate.REFUSED} or stands.fate in answering.ASIDE
    simply = not (stands.is_in or stands.is_closed or stands.is_withdrawn or stands.is_refused) and stands.is_live
    assert (stands.fate is Fate.KEPT) == simply


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"is_in": True, "withdrawn": True}, HandedInAlready),
        ({"withdrawn": True, "closed_at": CLOSED}, ListWithdrawn),
        ({"closed_at": CLOSED, "on": date(2026, 11, 1)}, RoundAlreadyClosed),
        ({"on": date(2026, 11, 1)}, RoundNotOpenYet),
    ],
)
def test_there_is_nothing_to_fill_in(told: dict[str, Any], refusal: type[BrokenRule]) -> None:
    with pytest.raises(refusal):
        answering.check_asked(**{"closed_at": None, "opens_on": OPENS, "on": OPENS, "is_in": False, "withdrawn": False} | told)


def test_there_is_something_to_fill_in() -> None:
    answering.check_asked(None, OPENS, on=OPENS, is_in=False, withdrawn=False)


def test_the_lists_own_items_and_reasons_are_what_may_be_answered() -> None:
    asked = released("kring-leerling", 2)
    answerable = Answerable.of(asked)
    assert answerable.items.keys() == {item.key for item in asked.items}
    assert answerable.value(1, "w1", "dont_know") == "dont_know"


def test_what_is_thrown_away_has_a_reason_that_says_something() -> None:
    assert answering.throwing_reason("  Dubbel  ingevuld ") == "Dubbel ingevuld"
    with pytest.raises(answering.ThrowingReasonMissing):
        answering.throwing_reason(" te   laat ")
