"""How hard a Dutch text reads, and what in an item makes children stumble.

A heuristic: it counts words, syllables and patterns, and knows no meaning. It tells neither whether a child understands an item nor
whether the item asks what it should; only reading it with children does. It misses a past tense or two ideas in verbs that are not in
its list, takes a noun that looks like a verb for one, and calls a long familiar word hard. What it marks, somebody looks at again.

The two formulas were made for running text of at least a hundred words, so they are asked of a whole list and never of one item:
Flesch-Douma (W. H. Douma, De leesbaarheid van landbouwbladen, Wageningen 1960) = 206.8 - 0.77 wl - 0.93 zl, with his table
(80-90 easy, 60-70 normal); Leesindex A (R. H. M. Brouwer, 1963) = 195 - 2/3 wl - 2 zl. In both wl is the number of syllables in a
hundred words and zl the number of words in a sentence. A long word has more than six letters (LIX, C. H. Björnsson 1968).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

import pyphen  # type: ignore[import-untyped]

from kring.core.instruments import Informant, Instrument, Item
from kring.library.dutch import (
    ASK,
    BEFORE_NOUNS,
    FINITE,
    HARD_FOR_CHILDREN,
    HARD_FOR_GROEP_5,
    JARGON,
    PAST,
    SUBJECTS,
    is_negative,
    is_participle,
)

WORD = re.compile(r"\w[\w'’-]*")
SENTENCE_END = re.compile(r"[.!?:;…](?=\s|$)")
VOWEL_SOUND = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouàáâäèéêëìíîïòóôöùúûü]|y(?![aeiou])")
QUALITY = ("ig", "lijk", "baar", "zaam")
JOIN_CLAUSES = frozenset(["maar", "omdat", "want", "terwijl", "zodat", "doordat", "hoewel", "waardoor"])
HOW_OFTEN = frozenset(["nooit"])
MORE_IN_PROSE = 6
QUESTION_WORDS = frozenset(["wie", "wat", "waar", "wanneer", "waarom", "hoe", "welk", "welke", "of"])


class ReadingLevel(StrEnum):
    """For whom a text has to be easy."""

    GROEP_5 = "groep_5"
    VO = "vo"
    B1 = "b1"  # adults


class MarkKind(StrEnum):
    """What somebody should look at again."""

    TOO_LONG = "too_long"
    HARD_WORD = "hard_word"
    DOUBLE_NEGATION = "double_negation"
    TWO_IN_ONE = "two_in_one"
    PAST_TENSE = "past_tense"
    PASSIVE = "passive"
    QUESTION_IN_QUESTION = "question_in_question"
    JARGON = "jargon"


@dataclass(frozen=True, slots=True)
class Mark:
    """A doubt about a text, and the words that it is about."""

    kind: MarkKind
    where: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Above which a sentence is long (in words) or a word hard (in letters, in syllables); below which a whole list reads too hard."""

    words: int
    letters: int
    syllables: int
    floor: int
    hard: frozenset[str]


LIMITS: Mapping[ReadingLevel, Limits] = {
    ReadingLevel.GROEP_5: Limits(12, 13, 4, 80, HARD_FOR_GROEP_5),
    ReadingLevel.VO: Limits(15, 15, 5, 70, HARD_FOR_CHILDREN),
    ReadingLevel.B1: Limits(20, 20, 7, 60, frozenset()),
}


@dataclass(frozen=True, slots=True)
class Measures:
    """What was counted in a text."""

    words: int
    sentences: int
    syllables: int
    long_words: int

    @property
    def words_per_sentence(self) -> float:
        """zl of the formulas."""
        return self.words / self.sentences

    @property
    def syllables_per_word(self) -> float:
        """wl of the formulas, for one word."""
        return self.syllables / self.words

    @property
    def share_of_long_words(self) -> float:
        """Words of more than six letters."""
        return self.long_words / self.words

    @property
    def flesch_douma(self) -> float:
        """Higher is easier."""
        return 206.8 - 77 * self.syllables_per_word - 0.93 * self.words_per_sentence

    @property
    def leesindex_a(self) -> float:
        """Higher is easier."""
        return 195 - 200 / 3 * self.syllables_per_word - 2 * self.words_per_sentence


def measures(text: str) -> Measures | None:
    """Nothing when there is not one word."""
    words = _words(text)
    if not words:
        return None
    return Measures(len(words), len(_sentences(text)), sum(map(syllables, words)), sum(len(word) > 6 for word in words))


def syllables(word: str) -> int:
    """The vowel sounds between the places where the word may be broken off, at least one."""
    parts = _breaks().inserted(word.lower(), hyphen=" ").split()
    return max(1, sum(len(VOWEL_SOUND.findall(part)) for part in parts))


@cache
def _breaks() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL", left=1, right=1)


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in SENTENCE_END.split(text) if WORD.search(part)]


def marks(text: str, level: ReadingLevel) -> tuple[Mark, ...]:
    """What to look at again in an item: everything that holds for a longer text, and that it asks one thing, now, of somebody who acts."""
    limits = LIMITS[level]
    read = (mark for sentence in _sentences(text) for mark in _of_a_sentence(sentence, limits, limits.words))
    return *read, *(mark for sentence in _sentences(text) for mark in _of_an_item(sentence, asks="?" in text))


def prose_marks(text: str, level: ReadingLevel) -> tuple[Mark, ...]:
    """What to look at again in an introduction, promise or answer; its sentences may be somewhat longer, as nothing has to be answered."""
    limits = LIMITS[level]
    return tuple(mark for sentence in _sentences(text) for mark in _of_a_sentence(sentence, limits, limits.words + MORE_IN_PROSE))


def item_marks(item: Item, level: ReadingLevel) -> tuple[Mark, ...]:
    """The marks of an item with its answers. Who denies a denial says yes; an adult is trusted to read `nooit` as how often."""
    read_over = HOW_OFTEN if level is ReadingLevel.B1 else frozenset()
    answers = [word for option in item.options for word in _denials(option.label, or_no=True) if word not in read_over]
    together = [f"{denial} … {answers[0]}" for denial in _denials(item.text)[:1] if answers]
    labels = (mark for option in item.options for mark in prose_marks(option.label, level))
    return *marks(item.text, level), *(Mark(MarkKind.DOUBLE_NEGATION, where) for where in together), *labels


def level_of(informant: Informant, year_levels: tuple[int, int] | None) -> ReadingLevel:
    """How easy a list has to be for who fills it in."""
    if informant is not Informant.PUPIL:
        return ReadingLevel.B1
    return ReadingLevel.VO if year_levels and year_levels[0] > 8 else ReadingLevel.GROEP_5


def reads_easily_enough(texts: Sequence[str], level: ReadingLevel) -> bool:
    """Whether a whole list, read on end, reaches the Flesch-Douma of its level."""
    found = measures(". ".join(texts))
    return found is None or found.flesch_douma >= LIMITS[level].floor


def _of_a_sentence(sentence: str, limits: Limits, most_words: int) -> Iterator[Mark]:
    words = _words(sentence)
    if len(words) > most_words:
        yield Mark(MarkKind.TOO_LONG, sentence)
    if len(denials := _denials(sentence)) > 1:
        yield Mark(MarkKind.DOUBLE_NEGATION, " … ".join(denials))
    yield from (mark for place, word in enumerate(words) if (mark := _of_a_word(word, limits)) and (place == 0 or word[0].islower()))


def _of_a_word(written: str, limits: Limits) -> Mark | None:
    word = written.lower()
    if word in JARGON:
        return Mark(MarkKind.JARGON, word)
    hard = word in limits.hard or len(word) > limits.letters or syllables(word) > limits.syllables
    return Mark(MarkKind.HARD_WORD, word) if hard else None


def _denials(text: str, *, or_no: bool = False) -> list[str]:
    return [word for word in _words(text.lower()) if is_negative(word) or (or_no and word == "nee")]


def _of_an_item(sentence: str, *, asks: bool) -> Iterator[Mark]:
    words = _words(sentence.lower())
    yield from (Mark(MarkKind.TWO_IN_ONE, where) for where in _two_in_one(words))
    yield from (Mark(MarkKind.PAST_TENSE, word) for word in words if word in PAST)
    if any(word in {"word", "wordt", "worden", "werd", "werden"} for word in words):
        yield from (Mark(MarkKind.PASSIVE, word) for word in words if is_participle(word) and word not in FINITE)
    if asks:
        within = ((left, right) for left, right in pairwise(words) if left in ASK | {"je"} and right in QUESTION_WORDS)
        yield from (Mark(MarkKind.QUESTION_IN_QUESTION, f"{left} {right}") for left, right in within)


def _two_in_one(words: Sequence[str]) -> Iterator[str]:
    """A word that joins two clauses, and en or of between two verbs, two qualities or two questions. `om te vragen` and `een vraag` are no
    verbs of which somebody is the subject."""
    acting = [place for place, (before, word) in enumerate(pairwise(["", *words])) if word in FINITE and before not in BEFORE_NOUNS]
    for place, word in enumerate(words[1:-1], 1):
        left, right = words[place - 1], words[place + 1]
        two = (acting[0] < place < acting[-1] if acting else False) or all(len(one) > 3 and one.endswith(QUALITY) for one in (left, right))
        if word in JOIN_CLAUSES and not (word == "maar" and (left == "alleen" or right in {"één", "een"})):
            yield word
        elif (word == "of" and two and not _means_whether(words, place)) or (word == "en" and (two or _asks_more(words, place))):
            yield f"{left} {word} {right}"


def _means_whether(words: Sequence[str], place: int) -> bool:
    """Kijk of het lukt; and `slaat of schopt` names one thing that happens, `zijn of haar` one person."""
    left, right = words[place - 1], words[place + 1]
    whether = not ASK.isdisjoint(words[max(0, place - 3) : place]) and right in SUBJECTS
    return whether or FINITE.issuperset((left, right)) or (left, right) == ("zijn", "haar")


def _asks_more(words: Sequence[str], place: int) -> bool:
    return not QUESTION_WORDS.isdisjoint(words[place + 1 : place + 3])


def texts_of(instrument: Instrument) -> tuple[str, ...]:
    """What the one who answers reads, item after item."""
    return *(item.text for item in instrument.items), *(question.text for question in instrument.questions)
