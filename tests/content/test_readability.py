"""How hard a text reads: figures worked out by hand, every doubt with an item that has it and one that only looks so; and our own lists."""

from itertools import pairwise

import pytest

from kring import library
from kring.core.instruments import Informant, Instrument, Item, Option
from kring.library.readability import (
    Mark,
    MarkKind,
    ReadingLevel,
    item_marks,
    level_of,
    marks,
    measures,
    prose_marks,
    reads_easily_enough,
    syllables,
    texts_of,
)

CHILD, ADULT = ReadingLevel.GROEP_5, ReadingLevel.B1


def test_the_measures_are_those_worked_out_by_hand() -> None:
    """9 words in 2 sentences; 11 syllables, for ma-ma and vo-gel have two; vogel has 5 letters, so no word is long.

    Flesch-Douma: 206.8 - 0.77 x 122.22 - 0.93 x 4.5. Leesindex A: 195 - 2/3 x 122.22 - 2 x 4.5.
    """
    found = measures("Mama ziet een vogel. Hij zit op een tak.")
    assert found is not None
    assert (found.words, found.sentences, found.syllables, found.long_words) == (9, 2, 11, 0)
    assert (round(found.flesch_douma, 3), round(found.leesindex_a, 3)) == (108.504, 104.519)
    assert measures(" … ") is None


def test_a_long_word_has_more_than_six_letters() -> None:
    found = measures("Samenwerking vraagt geduld.")
    assert found is not None
    assert (found.words, found.share_of_long_words) == (3, 1 / 3)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("even", 2),
        ("ideeën", 3),
        ("beantwoorden", 4),
        ("leeuw", 1),
        ("verdrietig", 3),
        ("zee-egel", 3),
        ("yoga", 2),
        ("baby", 2),
        ("10", 1),
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("kind", "doubtful", "sound"),
    [
        (MarkKind.TOO_LONG, "Ik " + "ga vaak " * 6 + "mee.", "Ik " + "ga vaak " * 5 + "mee."),
        (MarkKind.HARD_WORD, "Ik kan mij goed concentreren.", "Ik kan mijn werk afmaken."),
        (MarkKind.HARD_WORD, "Wij doen aan natuurbescherming.", "Ik mag met klasgenoten spelen."),
        (MarkKind.HARD_WORD, "Ik bel met een kindertelefoon.", "Ik bel met de Kindertelefoon."),
        (MarkKind.JARGON, "Mijn juf doet een interventie.", "Mijn juf doet iets."),
        (MarkKind.DOUBLE_NEGATION, "Ik ben nooit oneerlijk.", "Ik ben soms oneerlijk."),
        (MarkKind.DOUBLE_NEGATION, "Niemand is ontevreden.", "Niemand zit online onder de tafel met ons."),
        (MarkKind.DOUBLE_NEGATION, "Het is niet hopeloos.", "Het is niet los."),
        (MarkKind.TWO_IN_ONE, "Ik luister goed en help een ander.", "Ik luister naar mijn juf of meester."),
        (MarkKind.TWO_IN_ONE, "Ik ben boos omdat het moet.", "Ik ben boos."),
        (MarkKind.TWO_IN_ONE, "Ik speel graag, maar ik leer ook.", "Ik heb maar één vriend."),
        (MarkKind.TWO_IN_ONE, "Ik ben rustig en vrolijk.", "Ik speel met Kind 1 en Kind 2."),
        (MarkKind.TWO_IN_ONE, "Iemand pakt mijn jas of neemt mijn tas.", "Iemand slaat of schopt mij."),
        (MarkKind.TWO_IN_ONE, "Ik help een ander of ik speel.", "Ik durf mijn juf of meester om hulp te vragen."),
        (MarkKind.TWO_IN_ONE, "Ik kijk tv of speel buiten.", "Ik kijk even of het lukt."),
        (MarkKind.TWO_IN_ONE, "Wie kan helpen, en in welke rol?", "Wie kan mij helpen met taal en tekst?"),
        (MarkKind.PAST_TENSE, "Ik speelde met een ander.", "Ik speel met een ander."),
        (MarkKind.PAST_TENSE, "Ik was bang.", "Ik ben bang."),
        (MarkKind.PASSIVE, "Ik word vaak uitgelachen.", "Er gebeuren dingen waar ik blij van word."),
        (MarkKind.PASSIVE, "Ik word bedreigd.", "Een kind bedreigt mij."),
        (MarkKind.QUESTION_IN_QUESTION, "Weet je waarom je boos bent?", "Waarom ben je boos?"),
    ],
)
def test_a_doubt_is_marked_and_what_looks_like_it_is_not(kind: MarkKind, doubtful: str, sound: str) -> None:
    assert kind in {mark.kind for mark in marks(doubtful, CHILD)}
    assert marks(sound, CHILD) == ()


def test_a_very_long_text_is_read_in_a_moment() -> None:
    assert len(marks("Ik speel en wacht of " * 4_000, CHILD)) > 4_000


def test_a_mark_names_the_words_it_is_about() -> None:
    assert marks("Ik luister goed en help een ander.", CHILD) == (Mark(MarkKind.TWO_IN_ONE, "goed en help"),)


def test_who_denies_a_denial_is_marked_with_the_answer() -> None:
    item = Item("b1", "Ik heb geen vriend.", (Option(1, "klopt niet"), Option(2, "klopt")))
    assert item_marks(item, CHILD) == (Mark(MarkKind.DOUBLE_NEGATION, "geen … niet"),)
    often = Item("n1", "Wil niet meedoen.", (Option(1, "nooit"), Option(2, "vaak")))
    assert (len(item_marks(often, CHILD)), item_marks(often, ADULT)) == (1, ())


def test_adults_read_more_than_children_and_prose_may_run_on() -> None:
    hard = "Het team maakt afspraken over ondersteuning in de groep, ook voor wie kort meedoet in de school."
    assert (len(marks(hard, CHILD)), len(marks(hard, ReadingLevel.VO)), marks(hard, ADULT)) == (2, 2, ())
    promise = "Je juf of meester leest dit, en ook de mensen op school die kinderen helpen."
    assert ([mark.kind for mark in marks(promise, CHILD)], prose_marks(promise, CHILD)) == ([MarkKind.TOO_LONG, MarkKind.TWO_IN_ONE], ())


def test_the_level_follows_from_who_fills_in() -> None:
    assert (level_of(Informant.PUPIL, (5, 8)), level_of(Informant.PUPIL, None)) == (CHILD, CHILD)
    assert (level_of(Informant.PUPIL, (9, 14)), level_of(Informant.STAFF, (1, 8))) == (ReadingLevel.VO, ADULT)


def test_a_whole_list_may_read_too_hard_though_no_item_is_marked() -> None:
    assert reads_easily_enough(("Ik lees graag.", "Ik help graag."), CHILD)
    assert not reads_easily_enough(("Klasgenoten verzinnen verhalen.", "Iedereen vertelt verhalen."), CHILD)
    assert reads_easily_enough((), CHILD)


def test_two_of_our_items_joined_into_one_are_nearly_always_found() -> None:
    """The share that is missed, for verbs that are not in the list, stands in docs/lists.md."""
    joined = [
        (one.text.removesuffix(".") + " en " + next_.text[0].lower() + next_.text[1:], level_of(list_.informant, list_.year_levels))
        for list_ in library.instruments()
        for one, next_ in pairwise([item for item in list_.coded if item.text.endswith(".") and ":" not in item.text])
    ]
    found = [MarkKind.TWO_IN_ONE in {mark.kind for mark in marks(*each)} for each in joined]
    assert sum(found) / len(found) > 0.95


@pytest.mark.parametrize("instrument", library.instruments(), ids=lambda one: f"{one.key}-{one.version}")
def test_every_shipped_list_reads_at_its_level(instrument: Instrument) -> None:
    level = level_of(instrument.informant, instrument.year_levels)
    doubts = [(item.key, mark) for item in instrument.items for mark in item_marks(item, level)]
    doubts += [(question.key, mark) for question in instrument.questions for mark in marks(question.text, level)]
    doubts += [("promise", mark) for mark in prose_marks(instrument.promise, level)]
    doubts += [("introduction", mark) for mark in prose_marks(instrument.introduction, level)]
    assert doubts == []
    assert reads_easily_enough(texts_of(instrument), level)
