"""The mirror over sentences as people write them."""

import pickle

import pytest

from kring.core.language_mirror import LISTS, Mirrored, mirror, refuse_serious, refuse_two_in_one, serious_words
from kring.core.signals import SignalSerious, TwoInOneNote

MARKED = [
    ("Hij heeft vast ADHD.", [("ADHD", Mirrored.DIAGNOSIS)]),
    ("Autistisch gedrag in de gymzaal.", [("Autistisch", Mirrored.DIAGNOSIS)]),
    ("Zij is lui en brutaal.", [("lui", Mirrored.LABEL), ("brutaal", Mirrored.LABEL)]),
    ("Hij stelt zich aan.", [("stelt zich aan", Mirrored.LABEL)]),
    ("Een egoïst is het.", [("egoïst", Mirrored.LABEL)]),
    ("Doet dit altijd expres.", [("altijd", Mirrored.JUDGEMENT), ("expres", Mirrored.JUDGEMENT)]),
    ("Ze gebruikt drugs.", [("gebruikt drugs", Mirrored.JUDGEMENT)]),
    ("Een pestkop, weer eens.", [("pestkop", Mirrored.LABEL), ("weer eens", Mirrored.JUDGEMENT)]),
    ("Dat hoorde ik via via via.", [("via via", Mirrored.GOSSIP)]),
    ("Ze zeggen dat hij spijbelt.", [("Ze zeggen", Mirrored.GOSSIP)]),
    ("Zat met Noor op de gang.", [("Noor", Mirrored.OTHER_PUPIL)]),
    ("Pakte noors tas, en die van Lars.", [("noors", Mirrored.OTHER_PUPIL), ("Lars", Mirrored.OTHER_PUPIL)]),
    ("Zat met Wil op de gang.", [("Wil", Mirrored.OTHER_PUPIL)]),
    ("Ze wil met de bal spelen.", []),
    ("Stond drie keer op en liep naar het raam.", []),
    ("De luisteroefening lukte. Hij luierde niet.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_marks_words_of_judgement_and_leaves_what_was_seen(text: str, expected: list[tuple[str, Mirrored]]) -> None:
    found = mirror(text, others=["Noor", "Lars", "Wil"])
    assert [(mark.text, mark.kind) for mark in found.marks] == expected
    assert all(mark.advice for mark in found.marks)


SHARES = [
    ("", 0, None),
    (" … ", 0, None),
    ("Hij stond drie keer op.", 1, 100),
    ("Hij is lui. Hij stond drie keer op!", 2, 50),
    ("Volgens mij slaapt ze slecht", 1, 0),
    ("Zat naast Noor.", 1, 100),
]


@pytest.mark.parametrize(("text", "sentences", "percent"), SHARES)
def test_says_how_much_of_it_was_seen(text: str, sentences: int, percent: int | None) -> None:
    found = mirror(text, others=["Noor"])
    assert (found.sentences, found.seen_percent) == (sentences, percent)


@pytest.mark.parametrize("text", ["Ze wil dood", "papa: vader slaat hem", "Hij is mishandeld.", "Suïcidaal", "Ze heeft zichzelf gesneden"])
def test_what_may_be_abuse_or_self_harm_is_no_ordinary_note(text: str) -> None:
    assert serious_words(text)
    with pytest.raises(SignalSerious):
        refuse_serious("", text)


def test_a_drum_is_beaten_without_a_reporting_code() -> None:
    refuse_serious("Hij slaat op de trommel.", "De batterij is dood.", "Ze snijdt het papier.")


def test_of_two_pupils_neither_reads_the_name_of_the_other() -> None:
    with pytest.raises(TwoInOneNote) as broken:
        refuse_two_in_one(["", "Sem duwde Lot."], meant=["Sem", "Lot"])
    assert pickle.loads(pickle.dumps(broken.value)).name == "Sem"  # noqa: S301 (our own)
    refuse_two_in_one(["Ze duwden elkaar altijd."], meant=["Sem", "Lot"])
    refuse_two_in_one(["Sem duwde een klasgenoot."], meant=["Sem"])


def test_the_list_is_long_enough_folded_and_nothing_stands_in_it_twice() -> None:
    said = [phrase for listed in LISTS.values() for phrase in listed]
    assert len(said) >= 120
    assert len(said) == len(set(said))
    assert all(phrase == phrase.lower() and phrase.isascii() for phrase in said)
