"""Names become dots for who reads without names; words that children are called after stay words where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.anonymity import Roster
from kring.core.hushing import DOTS, hushed
from kring.core.hushing_words import BEFORE_A_NOUN, ORDINARY

SCHOOL = Roster(
    frozenset({"Roos", "Storm", "Sterre", "Wolf", "Noor"}),
    frozenset({"de Wit", "Bos"}),
    people=frozenset({("Noor", "de Wit")}),
    admin_keys=frozenset({"100234"}),
)
NOBODY: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("text", "near", "read"),
    [
        ("Roos en Storm werken samen.", NOBODY, "… en … werken samen."),
        ("Zet Wolf naast Roos.", NOBODY, "Zet … naast …."),
        ("een storm op zee, een wolf in het bos", NOBODY, "een storm op zee, een wolf in het bos"),
        ("De roos staat op het bord, na de storm.", ["Roos", "Storm"], "De roos staat op het bord, na de storm."),
        ("roos kan dat met storm", ["Roos", "Storm"], "… kan dat met …"),
        ("We zien dat roos rustig werkt.", ["Roos"], "We zien dat … rustig werkt."),
        ("We zien dat roos rustig werkt.", ["Noor"], "We zien dat roos rustig werkt."),
        ("STORM HELPT", NOBODY, "… HELPT"),
        ("roosje en stormen", NOBODY, "roosje en stormen"),
        ("roosje leest voor", ["Roos"], "… leest voor"),
        ("ster mag beginnen", ["Sterre"], "… mag beginnen"),
        ("sterre mag beginnen, noor ook", NOBODY, "… mag beginnen, … ook"),
        ("noor de wit speelt op de wit", ["Noor", "de Wit"], "… de … speelt op de …"),
        ("Een wit vel, een zwart vel", NOBODY, "Een wit vel, een zwart vel"),
        ("N.W. met nummer 100234", NOBODY, "… met nummer …"),
        ("", NOBODY, ""),
    ],
)
def test_a_name_goes_and_a_word_stays(text: str, near: tuple[str, ...], read: str) -> None:
    assert hushed(text, SCHOOL, near=near) == read


@given(st.sampled_from(["Roos", "Storm", "Sterre", "Wolf", "Noor"]), st.sampled_from(["", "de ", "een ", "Met ", "klaar. ", "“"]))
def test_with_a_capital_it_is_always_a_name(name: str, before: str) -> None:
    assert hushed(f"{before}{name} leest.", SCHOOL, near=NOBODY) == f"{before}{DOTS} leest."


@given(st.sampled_from(["roos", "storm", "wolf"]), st.sampled_from(["", "met ", "voor ", "dat ", "zijn ", "het "]))
def test_of_a_pupil_of_the_group_a_small_name_goes_too(name: str, before: str) -> None:
    assert hushed(f"{before}{name} leest.", SCHOOL, near=[name.title()]) == f"{before}{DOTS} leest."


def test_the_words_are_small_and_no_word_before_a_noun_is_one() -> None:
    assert not ORDINARY & BEFORE_A_NOUN
    assert all(word == word.casefold() and len(word) > 2 for word in ORDINARY)
