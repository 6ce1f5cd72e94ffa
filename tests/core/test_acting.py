"""From a result to what is done with it: nothing is decided before it was read with care."""

from datetime import UTC, datetime

import pytest

from kring.core import acting
from kring.core.answers import answers_from
from kring.core.bands import Band
from kring.core.careless import careless_of
from kring.core.groups import group_results
from kring.core.informants import see_differently
from kring.library import instrument

ANSWERED, WRITTEN = {"q1": 1, "q2": 2, "q3": 1}, {"o2": "Nog niet afgenomen."}
LIST = instrument("kring-leerling", 2)


def test_each_of_the_four_questions_has_its_own_answer() -> None:
    acting.refuse_skipped(ANSWERED, WRITTEN)
    for key in acting.FOUR:
        answers = {one: code for one, code in ANSWERED.items() if one != key}
        texts = {one: text for one, text in WRITTEN.items() if one != key}
        with pytest.raises(acting.QuestionSkipped) as refused:
            acting.refuse_skipped(answers, texts)
        assert refused.value.missing == 1
    with pytest.raises(acting.QuestionSkipped) as refused:
        acting.refuse_skipped({}, {"o2": " - "})
    assert refused.value.missing == len(acting.FOUR)


def test_the_four_questions_are_those_of_the_form() -> None:
    form = instrument("kring-vier-vragen", 1)
    assert set(acting.FOUR) < {item.key for item in form.items}


def test_nothing_is_decided_unread_and_nothing_is_read_twice() -> None:
    acting.refuse_read(is_read=False)
    acting.refuse_unread(is_read=True)
    with pytest.raises(acting.ReadAlready):
        acting.refuse_read(is_read=True)
    with pytest.raises(acting.NotReadWithCare):
        acting.refuse_unread(is_read=False)


def test_who_declines_says_why() -> None:
    acting.refuse_without_reason("", is_taken=True)
    acting.refuse_without_reason("Dit doen wij al een jaar.", is_taken=False)
    with pytest.raises(acting.DeclinedWithoutReason):
        acting.refuse_without_reason("  nee      ", is_taken=False)


def test_a_direction_fits_and_a_round_is_over() -> None:
    acting.refuse_unfit(fits=True)
    acting.refuse_open(datetime(2025, 11, 5, tzinfo=UTC))
    with pytest.raises(acting.DirectionDoesNotFit):
        acting.refuse_unfit(fits=False)
    with pytest.raises(acting.RoundStillOpen):
        acting.refuse_open(None)


def test_something_is_shown_to_somebody() -> None:
    acting.refuse_to_nobody(newly_shown=True)
    acting.refuse_nothing(has_scores=True)
    with pytest.raises(acting.ShownToNobody):
        acting.refuse_to_nobody(newly_shown=False)
    with pytest.raises(acting.NothingToShow):
        acting.refuse_nothing(has_scores=False)


def test_a_response_has_words_and_is_no_book() -> None:
    acting.refuse_response("Ik vind het niet zo erg.")
    with pytest.raises(acting.NothingSaid):
        acting.refuse_response("  . ")
    with pytest.raises(acting.ResponseTooLong):
        acting.refuse_response("a" * (acting.LONGEST_RESPONSE + 1))


def test_attention_is_for_what_is_red_and_never_for_what_is_not_known() -> None:
    low = {scaled.item: 1 if scaled.sign * scale.direction > 0 else 4 for scale in LIST.scales[:1] for scaled in scale.items}
    found = group_results(LIST, ["noor", "sem"], answers_from(LIST, [low, {}]), errors={})
    assert [(one.scale.key, one.band) for one in acting.attention(found, "noor")] == [(LIST.scales[0].key, Band.RED)]
    assert acting.attention(found, "sem") == ()


def of_group(reds: int, *, silent: int = 0) -> list[str]:
    """Ten pupils of whom so many are red on the first scale; the scales that ask the group."""
    scale = LIST.scales[0]
    worst, best = ({one.item: (1, 4)[(one.sign * scale.direction > 0) is good] for one in scale.items} for good in (False, True))
    spread = {**best, scale.items[0].item: 3}
    rows = [worst] * reds + [best if number % 2 else spread for number in range(10 - reds - silent)] + [{}] * silent
    found = group_results(LIST, [str(number) for number in range(10)], answers_from(LIST, rows), errors={})
    return [one.scale.key for one in acting.group_attention(found)]


def test_more_than_one_in_five_is_for_the_class_and_exactly_one_in_five_is_not() -> None:
    first = LIST.scales[0].key
    assert (of_group(3), of_group(2), of_group(8)) == ([first], [], [first])
    assert of_group(3, silent=5) == []  # too few handed in to say anything about the group


def test_two_who_differ_more_than_their_errors_explain_see_a_pupil_differently() -> None:
    assert see_differently(1.5, 3.2, sem_first=0.3, sem_second=0.35)
    assert see_differently(3.2, 1.5, sem_first=0.35, sem_second=0.3)
    assert not see_differently(2.4, 3.0, sem_first=0.3, sem_second=0.35)
    assert not see_differently(2.0, 2.0, sem_first=0.0, sem_second=0.0)
    at_the_edge = 1.959963984540054 * 0.5  # the errors of .3 and .4 together are .5
    assert see_differently(at_the_edge, 0.0, sem_first=0.3, sem_second=0.4)
    assert not see_differently(at_the_edge - 1e-9, 0.0, sem_first=0.3, sem_second=0.4)


def test_how_a_list_is_filled_in_is_asked_of_lists_with_codes_alone() -> None:
    alike = {item.key: item.low for item in LIST.coded}
    found = careless_of(LIST, answers_from(LIST, [alike, {}]))
    assert found is not None
    assert found.strong.tolist() == [True, False]
    sociogram = instrument("kring-sociogram", 1)
    assert careless_of(sociogram, answers_from(sociogram, [])) is None
