"""Three words that nobody guesses, and a worry that says something."""

import pytest

from kring.core.worries import (
    LONGEST,
    MOST_TRIES,
    WORDS,
    TooManyWrongWords,
    WorryEnded,
    WorrySaysNothing,
    WorryTooLong,
    new_words,
    refuse_ended,
    refuse_guessing,
    said,
    tidied,
)


def test_the_words_are_many_short_and_all_different() -> None:
    assert len(set(WORDS)) == len(WORDS) >= 290
    assert all(word.isascii() and word.isalpha() and word == word.lower() and len(word) <= 12 for word in WORDS)
    chosen = iter(("aap", "boom", "vis"))
    assert new_words(lambda _words: next(chosen)) == "aap boom vis"


def test_words_are_read_as_people_type_them() -> None:
    assert tidied("  Aap / boom.vis") == "aap boom vis"
    assert (tidied("aap boom"), tidied("een twee drie vier"), tidied("")) == (None, None, None)


def test_a_worry_says_something_and_not_everything() -> None:
    assert said("  Ze eet niet meer. ") == "Ze eet niet meer."
    for nothing in ("", " . "):
        with pytest.raises(WorrySaysNothing):
            said(nothing)
    with pytest.raises(WorryTooLong):
        said("a" * (LONGEST + 1))


def test_what_was_rounded_off_is_over_and_who_guesses_waits() -> None:
    refuse_ended(None)
    refuse_guessing(MOST_TRIES - 1)
    with pytest.raises(WorryEnded):
        refuse_ended("now")
    with pytest.raises(TooManyWrongWords):
        refuse_guessing(MOST_TRIES)
