"""Names as people type them: folded, sounded, cut, and one slip away."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.finding import (
    LONGEST_QUESTION,
    MOST_WORDS,
    ROOM,
    Question,
    QuestionTooLong,
    asked,
    distance,
    folded,
    halves,
    matches,
    name_sounds,
    name_words,
    slips,
    sound,
    sounds_like,
    words_of,
)

ALIKE = (
    ("jansen", "janssen"), ("meijer", "meyer", "meier", "maier"), ("schmidt", "smit", "smid", "smidt"), ("youssef", "joesef", "jousef"),
    ("sarah", "sara"), ("philip", "filip"), ("dekker", "decker"), ("christiaan", "kristiaan"), ("vos", "fos"),
    ("zanders", "sanders"), ("pauw", "pouw"), ("claassen", "klaasen"), ("marieke", "mariecke"), ("thomas", "tomas"), ("lynn", "lin"),
    ("dijk", "dyk", "dyck", "dijck"), ("thijs", "tijs", "thys"), ("aisha", "aicha"), ("mischa", "micha", "misja", "misha"),
    ("alexander", "aleksander"), ("cilia", "silia"), ("van", "fan"), ("romy", "romie"), ("rhea", "rea"), ("wouter", "wauter"),
)  # fmt: skip


@pytest.mark.parametrize("names", ALIKE)
def test_what_sounds_alike_has_one_sound(names: tuple[str, ...]) -> None:
    assert len({sound(name) for name in names}) == 1


@pytest.mark.parametrize(("one", "other"), [("jansen", "hansen"), ("meijer", "mulder"), ("noor", "nora"), ("sem", "sam"), ("puk", "pek")])
def test_what_sounds_otherwise_has_another(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_a_word_without_sound_keeps_itself() -> None:
    assert (sound("h"), sound("محمد"), sound("")) == ("h", "محمد", "")


def test_words_and_sounds_stand_between_spaces_and_have_room() -> None:
    assert name_words("Noa", "", "d'Angelo") == " noa d angelo dangelo "
    assert name_words("", "") == name_sounds("", "") == " "
    long = name_words(*(f"woord{number}" for number in range(99)))
    assert ROOM - 10 < len(long) <= ROOM
    assert long.endswith(" ")


def test_a_prefix_is_written_against_the_name_or_cut_short() -> None:
    assert name_words("Isa", "van 't", "Hof") == " isa van t hof vanthof vthof thof "
    assert name_words("Kees", "", "de Wit-van Dijk").split()[-4:] == ["dewit", "dwit", "vandijk", "vdijk"]
    assert name_words("El", "", "") == " el "


def test_another_prefix_is_no_reason_not_to_find_somebody() -> None:
    sounds = name_sounds("Jan", "van den", "Berg")
    assert all(sounds_like(asked(typed), sounds) for typed in ("van der berg", "vd breg", "v.d. berg", "vnadenberg"))
    assert not sounds_like(asked("van"), name_sounds("Jan"))


def test_a_slip_that_makes_a_word_sound_otherwise_is_one_slip_in_its_letters() -> None:
    for name, typed in (("Loek", "leok"), ("Adamczyk", "adamcyzk"), ("Klaver", "klvaer"), ("Aksoy", "aksyo"), ("Nguyen", "ngyuen")):
        assert distance(asked(typed), name_sounds(name), name_words(name)) == 1, typed


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_a_name_is_it_fits_and_has_no_signs(given_name: str, family_name: str) -> None:
    for kept in (name_words(given_name, family_name), name_sounds(given_name, family_name)):
        assert len(kept) <= ROOM
        assert all(letter.isalnum() or letter == " " for letter in kept)
        assert kept.startswith(" ")
        assert kept.endswith(" ")


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words_of(folded(text)) == words_of(text) or not text.isascii()


def test_a_question_is_cut_at_a_length_and_a_number_of_words() -> None:
    assert len(asked(" ".join("abcdefgh")).words) == MOST_WORDS
    assert not asked(" %_ ")
    assert asked("x" * LONGEST_QUESTION)
    with pytest.raises(QuestionTooLong) as refused:
        asked("x" * (LONGEST_QUESTION + 1))
    assert refused.value.most == LONGEST_QUESTION


NAME = "veenstra"


def mistakes(word: str) -> list[str]:
    places = range(len(word))
    wrong = [word[:n] + "q" + word[n + 1 :] for n in places]
    missing = [word[:n] + word[n + 1 :] for n in places]
    extra = [word[:n] + "q" + word[n:] for n in places]
    swapped = [word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in places[:-1]]
    return [*wrong, *missing, *extra, *swapped]


@pytest.mark.parametrize("typed", [one for one in mistakes(sound(NAME)) if "q" not in one[:1]])
def test_with_one_slip_a_half_is_left_and_the_distance_is_one(typed: str) -> None:
    kept = name_sounds(NAME)
    assert any(half in kept for half in halves(typed))
    assert slips(typed, kept.split()) in {0, 1}


def test_a_short_word_is_not_repaired() -> None:
    assert halves("bo") == (" bo",)
    assert (slips("bo", ["ba"]), slips("bo", ["bos"]), slips("bo", [])) == (None, 0, None)


def test_a_long_word_may_have_two_slips() -> None:
    assert slips("abdelrahmaan", ["abdulrahman"]) == 2
    assert slips("abdel", ["xbdyl"]) is None


def test_every_word_must_be_near() -> None:
    assert distance(asked("noor jansen"), name_sounds("Noor", "Janssen")) == 0
    assert distance(asked("noor pietersen"), name_sounds("Noor", "Janssen")) is None


def test_for_a_short_list_without_a_database() -> None:
    words, sounds = name_words("Jan", "van den", "Berg"), name_sounds("Jan", "van den", "Berg")
    assert matches(asked("ber ja"), words)
    assert not matches(asked("erg"), words)
    assert sounds_like(asked("brg"), sounds) is False
    assert sounds_like(asked("breg"), sounds)
    assert not sounds_like(Question((), ()), sounds)
    assert not matches(Question((), ()), words)


def test_a_word_of_ten_thousand_letters_takes_no_time() -> None:
    before = time.process_time()
    for letter in "aijech y":
        sound(letter * 10_000)
    assert time.process_time() - before < 1
