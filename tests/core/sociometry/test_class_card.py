"""Five numbers, last round's, and whether a class left its own range."""

import pytest

from kring.core.sociometry import CardIndex, Gender, Judgement, Nominations, class_card_of, class_course
from tests.core.sociometry.classes import chosen, full, worked

GENDERS = {pupil: Gender.FEMALE if pupil in "ABC" else Gender.MALE for pupil in "ABCDEF"}


def now(nominations: Nominations, **more: object) -> dict[CardIndex, float | None]:
    return {line.index: line.now for line in class_card_of(nominations, **more).lines}  # type: ignore[arg-type]


def test_always_five_numbers_in_one_order() -> None:
    card = class_card_of(worked())
    assert [line.index for line in card.lines] == list(CardIndex)
    assert [line.now for line in card.lines] == [0.5, 0.4, 0.4, 0.625, None]
    assert ({line.last for line in card.lines}, card.comparable, card.n, card.n_valid) == ({None}, False, 5, 4)


def test_below_80_percent_only_who_was_never_chosen() -> None:
    assert now(chosen("ABCDE", "AB BA", absent="DE"), genders=GENDERS) == dict.fromkeys(CardIndex) | {CardIndex.NEVER_CHOSEN: 0.6}


@pytest.mark.parametrize("nominations", [chosen("", ""), chosen("ABCDE", "AB", absent="CDE"), chosen("A", "")])
def test_below_60_percent_and_of_one_pupil_nothing(nominations: Nominations) -> None:
    assert now(nominations) == dict.fromkeys(CardIndex)


def test_cross_gender_choices_stand_beside_chance() -> None:
    card = class_card_of(chosen("ABCDEF", "AB BC CA DE EF FA"), last=chosen("ABCDEF", "AD BC CA DE EF FA"), genders=GENDERS)
    cross = card.lines[4]
    assert (cross.now, cross.last) == (1 / 6, 2 / 6)
    assert (cross.now_by_chance, cross.last_by_chance, card.comparable) == (0.6, 0.6, True)


def test_rounds_in_which_few_took_part_are_not_compared() -> None:
    for one, two in ((worked(), chosen("ABCDE", "AB BA", absent="DE")), (chosen("ABCDE", "AB BA", absent="DE"), worked())):
        assert not class_card_of(one, last=two).comparable


def test_everybody_chooses_everybody() -> None:
    assert list(now(full(4)).values()) == [1, 1, 0, 0, None]


ALONE, PAIR, TWO_PAIRS = chosen("ABCD", "AB BC CD DA"), chosen("ABCD", "AB BA CA DA"), chosen("ABCD", "AB BA CD DC")


@pytest.mark.parametrize(
    ("rounds", "judgement"),
    [
        ([ALONE, PAIR, TWO_PAIRS], Judgement.ABOVE),
        ([TWO_PAIRS, PAIR, ALONE], Judgement.BELOW),
        ([ALONE, TWO_PAIRS, PAIR], Judgement.WITHIN),
        ([PAIR, TWO_PAIRS, PAIR], Judgement.WITHIN),
        ([ALONE, ALONE, PAIR, TWO_PAIRS, PAIR], Judgement.WITHIN),
        ([ALONE, TWO_PAIRS], None),
        ([], None),
        ([chosen("ABCD", "AB", absent="CD"), PAIR, TWO_PAIRS], None),
        ([PAIR, TWO_PAIRS, chosen("ABCD", "AB", absent="CD")], None),
    ],
)
def test_a_class_is_held_to_its_own_range(rounds: list[Nominations], judgement: Judgement | None) -> None:
    found = class_course(rounds)
    coverage = found.lines[0]
    assert (coverage.index, coverage.judgement, found.n) == (CardIndex.COVERAGE, judgement, len(rounds))
    assert found.n_valid == sum(bool(each.nominators.all()) for each in rounds)


def test_three_numbers_are_judged() -> None:
    found = class_course([chosen("ABCDEF", "AB BC CA DE EF FD")] * 2 + [chosen("ABCDEF", "AB BC CA DE EF FA")], genders=GENDERS)
    assert [(line.index, line.judgement) for line in found.lines] == [
        (CardIndex.COVERAGE, Judgement.WITHIN), (CardIndex.NEVER_CHOSEN, Judgement.ABOVE), (CardIndex.CROSS_GENDER, Judgement.ABOVE),
    ]  # fmt: skip
    assert (found.lines[1].low, found.lines[1].high, found.lines[1].now) == (0, 0, 1 / 6)
