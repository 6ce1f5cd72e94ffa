"""What may be said in words: no status of a small class, facts to look at, and what may stand on the board."""

import pytest
from hypothesis import given

from kring.core.sociometry import (
    ClassTalk,
    Nominations,
    NoStatus,
    Remark,
    TooFewTookPart,
    class_talk,
    perceived,
    remarks_on,
    sociogram,
    why_no_status,
)
from tests.core.sociometry.classes import chosen, classes, patient

TEN = "ABCDEFGHIJ"
RING = " ".join(f"{TEN[i]}{TEN[(i + step) % 10]}" for i in range(10) for step in (1, -1))
ALL = " ".join(f"{one}{other}" for one in TEN for other in TEN if one != other)


@pytest.mark.parametrize(
    ("pupils", "choices", "absent", "why"),
    [
        (TEN, RING, "", None),
        (TEN, "AB BA", "HIJ", NoStatus.TOO_FEW_TOOK_PART),
        ("ABCDEF", "AB BA CA DA EA FA", "", NoStatus.SMALL_CLASS),
        (TEN, "", "", NoStatus.NO_CHOICES),
        (TEN, ALL, "", NoStatus.ALL_CHOICES),
    ],
)
def test_a_status_is_said_of_ten_pupils_who_chose_and_took_part(pupils: str, choices: str, absent: str, why: NoStatus | None) -> None:
    assert why_no_status(chosen(pupils, choices, absent=absent)) is why


def test_the_facts_of_a_pupil() -> None:
    found = remarks_on(sociogram(chosen("ABCD", "AB BA CA")), leaving={"B"})
    assert found.of == (
        (Remark.FRAGILE,),
        (),
        (Remark.NEVER_CHOSEN, Remark.NO_MUTUAL),
        (Remark.NEVER_CHOSEN, Remark.CHOOSES_NOBODY),
    )
    assert (found.count(Remark.NEVER_CHOSEN), found.count(Remark.BRIDGE), found.n, found.n_valid) == (2, 0, 4, 4)


def test_who_is_chosen_without_knowing_and_who_expected_more() -> None:
    choices = chosen("ABCDE", "AB CB DA BC")
    thinks = perceived(choices, {"B": {"D"}, "E": {"A", "B", "C"}}, limit=3)
    found = remarks_on(sociogram(choices), thinks=thinks)
    assert Remark.UNAWARE in found.of[1]
    assert found.of[4] == (Remark.NEVER_CHOSEN, Remark.CHOOSES_NOBODY, Remark.EXPECTS_MORE)


def test_in_ten_pupils_it_says_who_stands_between_and_what_hangs_on_the_absent() -> None:
    two_halves = "AB BA BC CB CD DC DE ED AE EA FG GF GH HG HI IH EF FE"
    found = remarks_on(sociogram(chosen(TEN, two_halves, absent="J")))
    assert Remark.BRIDGE in found.of[TEN.index("E")]
    assert Remark.BRIDGE not in found.of[0]


def test_what_hangs_on_the_absent_is_said() -> None:
    found = remarks_on(sociogram(chosen(TEN, "AC AE AF BA BE BF CI DA DC DF EJ FA FC FD HA HC HD", absent="IJ")))
    assert found.count(Remark.HANGS_ON_ABSENT) > 0


def test_a_no_of_the_absent_counts_when_the_status_stands_on_it() -> None:
    """E said no to J, who was not there, and got three: with J's own answer it could be four."""
    choices = " ".join(pair for pair in RING.split() if pair[0] != "J")
    shown, judged = (chosen(TEN, choices, absent="J", negative=said) for said in (None, "AE BE CE EJ"))
    assert remarks_on(sociogram(shown)).count(Remark.HANGS_ON_ABSENT) == 0
    assert Remark.HANGS_ON_ABSENT in remarks_on(sociogram(shown), judged=judged).of[TEN.index("E")]


def test_nothing_is_said_when_too_few_took_part() -> None:
    with pytest.raises(TooFewTookPart):
        remarks_on(sociogram(chosen(TEN, "AB", absent="DEFGHIJ")))


def test_what_may_stand_on_the_board() -> None:
    found = class_talk(chosen(TEN, RING))
    assert found == ClassTalk(10, 10, choices=20, per_pupil=2, pairs=10, all_chosen=True, all_mutual=True, shown=True)


def test_few_behind_a_number_and_it_is_not_shown() -> None:
    found = class_talk(chosen(TEN, "AB BA CA"))
    assert (found.choices, found.per_pupil, found.pairs, found.all_chosen, found.all_mutual, found.shown) == (
        None,
        None,
        None,
        False,
        False,
        True,
    )


@pytest.mark.parametrize(("pupils", "choices", "absent"), [("ABCDEF", "AB BA", ""), (TEN, RING.replace("J", "A"), "HIJ")])
def test_a_small_class_and_too_few_have_nothing_for_the_board(pupils: str, choices: str, absent: str) -> None:
    kept = " ".join(pair for pair in choices.split() if pair[0] not in absent and pair[0] != pair[1])
    nominations = chosen(pupils, " ".join(dict.fromkeys(kept.split())), absent=absent)
    assert class_talk(nominations).shown is False


@given(classes())
@patient
def test_the_board_shows_no_number_of_fewer_than_five(nominations: Nominations) -> None:
    found = class_talk(nominations)
    assert all(number is None or number >= 5 for number in (found.choices, found.pairs))
    assert not found.all_chosen or found.shown
