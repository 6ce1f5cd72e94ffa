"""Finding somebody by a name as people type it: without accents, half, the other way round, as it sounds, or with a slip.

A name is kept beside its person as words (` jan willem janwillem van den berg `) and as sounds of those words, each between spaces, so
that a database without extensions can look in it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from kring.core.errors import BrokenRule

LONGEST_QUESTION: Final = 200  # characters; no name is longer
MOST_WORDS: Final = 6  # each one more is one more look along every name
SHORTEST_TO_REPAIR: Final = 4  # letters: of “bo” with a slip anything is left
ROOM: Final = 300  # characters that words and sounds may take

_UNFOLDABLE: Final = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_LETTERS: Final = re.compile(r"[^\W_]+")
_JOINED: Final = re.compile(r"[-'’`ʼ‘]")
PREFIXES: Final = frozenset(
    (
        *("aan", "al", "bij", "d", "de", "den", "der", "du", "el", "het", "in", "l", "la"),
        *("le", "op", "s", "t", "te", "ten", "ter", "uit", "v", "van", "vd", "von"),
    )
)
"""What stands before a family name: people leave it out, take another one, or write it against the name."""
_CUT_SHORT: Final = frozenset("dlst")  # 's, 't, d', l'


@dataclass(eq=False, kw_only=True)
class QuestionTooLong(BrokenRule):
    """Nobody is called that; it was cut off before anything was looked for."""

    most: int


def folded(text: str) -> str:
    """Small letters without accents, the same on every database.

    >>> folded("Ömer KILIÇ-Ĳssel"), folded("ẞ ℋ")
    ('omer kilic-ijssel', 'ss h')
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_UNFOLDABLE)).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name or of what somebody typed, each once; nothing else of it is left, so nothing of it can be an instruction.

    >>> words_of("Jan-Willem van 't Hof %_.*")
    ('jan', 'willem', 'van', 't', 'hof')
    """
    return tuple(dict.fromkeys(_LETTERS.findall(folded(text))))


def name_words(*parts: str) -> str:
    """The words of a name between spaces, and what a hyphen or an apostrophe joins also as one word, and a prefix with what follows it.

    >>> name_words("Jan-Willem", "van den", "Berg")
    ' jan willem van den berg janwillem vandenberg vdberg '
    """
    text = " ".join(parts)
    joined = [_JOINED.sub("", part) for part in text.split() if _JOINED.search(part)]
    return _between_spaces([*words_of(text), *words_of(" ".join(joined)), *_with_prefix(text)])


def _with_prefix(text: str) -> Iterator[str]:
    """“vandenberg” and “vdberg”, “vanthof” and “thof”."""
    before: list[str] = []
    for word in _LETTERS.findall(folded(text)):
        if word in PREFIXES:
            before.append(word)
            continue
        if before:
            yield "".join(before) + word
            yield "".join(one[0] for one in before) + word
            yield from [before[-1] + word] if before[-1] in _CUT_SHORT else []
        before = []


def name_sounds(*parts: str) -> str:
    """The sounds of those words between spaces.

    >>> name_sounds("Meijer"), name_sounds("Meyer-Janssen")
    (' myer ', ' myer jansen myerjansen ')
    """
    return _between_spaces([sound(word) for word in name_words(*parts).split()])


def _between_spaces(words: Iterable[str]) -> str:
    """As many whole words as there is room for."""
    kept = " "
    for word in dict.fromkeys(words):
        if len(kept) + len(word) + 1 <= ROOM:
            kept += f"{word} "
    return kept


_SPELLINGS: Final = (
    (re.compile(r"(?<=[ai])(?:sch|sj|ch)(?=a$)"), "sh"),  # Mischa, Aicha
    (re.compile(r"tsch|tsj|tch"), "tj"),
    (re.compile(r"sch(?=[lmnrw])|sch$"), "s"),
    (re.compile(r"ch(?=[rl])|ck|cq|q"), "k"),
    (re.compile(r"ch|gh"), "g"),
    (re.compile(r"ph|v"), "f"),
    (re.compile(r"x|cs"), "ks"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"d?th?$|d$"), "t"),
    (re.compile(r"(?<=[tr])h"), ""),
    (re.compile(r"h$"), ""),
    (re.compile(r"^[yj](?=[aeou])"), "j"),
    (re.compile(r"(?<![ea])(?<!^)y(?![aeou]|k|s$)"), "i"),
    (re.compile(r"eij|ij|[ea]y|ei|aj|ai"), "y"),
    (re.compile(r"ou|au|oe"), "u"),
    (re.compile(r"ae"), "a"),
    (re.compile(r"ie"), "i"),
)
_DOUBLE: Final = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """How a folded word sounds, more or less: what Dutch names spell in more than one way is spelt in one.

    >>> [sound(word) for word in ("janssen", "meijer", "meyer", "schmidt", "smit", "youssef", "joesef", "sarah")]
    ['jansen', 'myer', 'myer', 'smit', 'smit', 'jusef', 'jusef', 'sara']
    """
    heard = word
    for spelling, as_one in _SPELLINGS:
        heard = spelling.sub(as_one, heard)
    return _DOUBLE.sub(r"\1", heard) or word


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks for: its words, how they sound, and the text as it was typed."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


def asked(text: str) -> Question:
    """What was typed as a question. Raises QuestionTooLong.

    >>> asked("  Jànssen,  Meyer ").sounds
    ('jansen', 'myer')
    """
    if len(text) > LONGEST_QUESTION:
        raise QuestionTooLong(most=LONGEST_QUESTION)
    words = words_of(text)[:MOST_WORDS]
    return Question(words, tuple(sound(word) for word in words), text.strip())


def without_prefixes(question: Question) -> Question:
    """Who types “van der Berg” means “van den Berg” as well, when nobody is called what was typed.

    >>> without_prefixes(asked("van der Berg")).words, without_prefixes(asked("el")).words
    (('berg',), ('el',))
    """
    kept = [(word, heard) for word, heard in zip(question.words, question.sounds) if word not in PREFIXES]
    return Question(tuple(word for word, _heard in kept), tuple(heard for _word, heard in kept), question.text) if kept else question


def halves(heard: str) -> tuple[str, ...]:
    """What is still there when one letter is wrong, missing, too many, or swapped with its neighbour: one of these parts.

    >>> halves("jansen")
    (' jan', 'sen', ' jasnen')
    """
    if len(heard) < SHORTEST_TO_REPAIR:
        return (f" {heard}",)
    middle = len(heard) // 2
    swapped = heard[: middle - 1] + heard[middle] + heard[middle - 1] + heard[middle + 1 :]
    return (f" {heard[:middle]}", heard[middle:], f" {swapped}")


def slips(heard: str, sounds: Sequence[str]) -> int | None:
    """How many slips of the finger lie between a sound and the nearest of these, or the beginning of one; None when it is too many.

    >>> slips("jasnen", ["jansen", "ping"]), slips("jnas", ["jansen"]), slips("jansen", ["ping"])
    (1, 1, None)
    """
    most = 0 if len(heard) < SHORTEST_TO_REPAIR else 1 if len(heard) < 2 * SHORTEST_TO_REPAIR else 2
    found = [OSA.distance(heard, each, score_cutoff=most) for one in sounds for each in (one, one[: len(heard)])]
    nearest = min(found, default=most + 1)
    return nearest if nearest <= most else None


def distance(question: Question, sounds: str, words: str = "") -> int | None:
    """The slips of all words together, as they sound or as they are spelt; None when one of them is nowhere.

    >>> distance(asked("Jnasen Noor"), " nor jansen "), distance(asked("Jnasen Sem"), " nor jansen ")
    (1, None)
    >>> distance(asked("Leok"), name_sounds("Loek")), distance(asked("Leok"), name_sounds("Loek"), name_words("Loek"))
    (None, 1)
    """
    heard_there, spelt_there = sounds.split(), words.split()
    total = 0
    for word, heard in zip(question.words, question.sounds):
        found = [slip for slip in (slips(heard, heard_there), slips(word, spelt_there)) if slip is not None]
        if not found:
            return None
        total += min(found)
    return total


def matches(question: Question, words: str) -> bool:
    """Whether every word begins a word of this text, as it stands between spaces: for lists that are short.

    >>> matches(asked("berg van"), " jan van den berg "), matches(asked("berg %"), " jan "), matches(asked(""), " jan ")
    (True, False, False)
    """
    return bool(question) and all(f" {word}" in words for word in question.words)


def sounds_like(question: Question, sounds: str) -> bool:
    """Whether every word sounds like the beginning of one of these, or nearly."""
    return bool(question) and distance(without_prefixes(question), sounds) is not None
