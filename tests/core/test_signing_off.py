"""The gentle check before the lists of a class are handed in."""

import pytest

from kring.core.answers import Missing
from kring.core.instruments import AnswerKind, Informant, Instrument, Item, Option
from kring.core.signing_off import Doubts, NobodyChosen, NothingAnswered, doubts, refuse_empty

FOUR = tuple(Option(code, str(code)) for code in (1, 2, 3, 4))
ITEMS = tuple(Item(f"i{number}", f"Zin {number}", FOUR) for number in range(10))
LIST = Instrument(key="l", version=1, title="Lijst", informant=Informant.TEACHER, licence="CC0", attribution="wij", items=ITEMS)
CAREFUL = (1, 4, 2, 2, 3, 1, 4, 3, 1, 2), (2, 3, 3, 1, 4, 4, 1, 2, 3, 1), (4, 4, 1, 3, 2, 1, 3, 2, 4, 1)


def row(*codes: int | Missing) -> dict[str, int | Missing]:
    return {f"i{number}": code for number, code in enumerate(codes)}


def test_careful_lists_ask_for_nothing() -> None:
    found = doubts(LIST, [row(*codes) for codes in CAREFUL])
    assert (found, bool(found)) == (Doubts(), False)


def test_one_answer_from_first_to_last_stands_out_once() -> None:
    found = doubts(LIST, [row(*[3] * 10), row(*CAREFUL[0]), row(*[3] * 10), row(*[3] * 10)])
    assert (found, bool(found)) == (Doubts(straight=(0, 2, 3)), True)


def test_three_pupils_with_the_very_same_row_stand_out_and_two_do_not() -> None:
    assert doubts(LIST, [row(*CAREFUL[0])] * 2) == Doubts()
    assert doubts(LIST, [*[row(*CAREFUL[0])] * 3, row(*CAREFUL[1])]) == Doubts(copied=(0, 1, 2))


def test_a_pattern_stands_out() -> None:
    assert doubts(LIST, [row(*[1, 2] * 5), row(*CAREFUL[0])]) == Doubts(patterned=(0,))


def test_of_few_answers_nothing_can_be_said() -> None:
    assert doubts(LIST, [row(1, 1, 1, 1), row(1, 1, Missing.DONT_KNOW, 1, 1)]) == Doubts()
    assert doubts(LIST, []) == Doubts()
    open_only = Instrument(
        key="o",
        version=1,
        title="Open",
        informant=Informant.TEACHER,
        licence="CC0",
        attribution="wij",
        items=(Item("a", "Wat valt op?", (), AnswerKind.TEXT),),
    )
    assert doubts(open_only, [{}]) == Doubts()


def test_nobody_and_nothing_are_refused() -> None:
    refuse_empty([row(1)])
    with pytest.raises(NobodyChosen):
        refuse_empty([])
    with pytest.raises(NothingAnswered) as refused:
        refuse_empty([row(1), {}, {}])
    assert refused.value.n == 2
