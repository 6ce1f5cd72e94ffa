"""The language mirror: marks labels, diagnoses of a layman, judgements, gossip and names of other pupils in a note.

Local rules and a word list, no model. It shows; who writes decides. What may be abuse or harm to oneself it only recognises.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Final

from kring.core.anonymity import folded
from kring.core.anonymity_words import EVERYDAY
from kring.core.language_words import DIAGNOSES, GOSSIP, JUDGEMENTS, LABELS, OPINIONS, SERIOUS
from kring.core.signals import SignalSerious, TwoInOneNote


class Mirrored(StrEnum):
    """What a mark says of the words."""

    DIAGNOSIS = "diagnosis"
    LABEL = "label"
    JUDGEMENT = "judgement"
    GOSSIP = "gossip"
    OTHER_PUPIL = "other-pupil"


LISTS: Final[Mapping[Mirrored, Mapping[str, str]]] = {
    Mirrored.DIAGNOSIS: DIAGNOSES,
    Mirrored.GOSSIP: GOSSIP,
    Mirrored.LABEL: LABELS,
    Mirrored.JUDGEMENT: JUDGEMENTS,
}
WITHOUT_NAME: Final = "Schrijf “een klasgenoot”. Over dat kind maakt u een eigen notitie."
ENDS: Final = ".!?\n"


@dataclass(frozen=True, slots=True)
class Marked:
    """A place in the text, what it is, and what one could write instead."""

    kind: Mirrored
    start: int
    end: int
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """The text with its marks; of how many sentences how many tell more than was seen."""

    marks: tuple[Marked, ...]
    sentences: int
    thoughts: int

    @property
    def seen_percent(self) -> int | None:
        """How much of it tells what was seen; of nothing no share."""
        return 100 * (self.sentences - self.thoughts) // self.sentences if self.sentences else None


@dataclass(frozen=True, slots=True)
class _Word:
    text: str  # folded
    start: int
    end: int


def mirror(text: str, *, others: Collection[str] = ()) -> Mirror:
    """Hold the text up. `others`: given names of pupils whom the note is not about.

    >>> found = mirror("Hij is lui. Hij legde zijn pen neer en keek naar buiten.")
    >>> [(mark.text, mark.kind.value) for mark in found.marks], found.seen_percent
    ([('lui', 'label')], 50)
    """
    words = _words(text)
    marks = tuple(sorted((*_listed(text, words), *_named(text, words, others)), key=lambda mark: mark.start))
    sentences = [(first, last) for first, last in _sentences(text) if any(first <= word.start < last for word in words)]
    thoughts = [*(mark.start for mark in marks if mark.kind is not Mirrored.OTHER_PUPIL), *_places(words, _phrases(OPINIONS))]
    return Mirror(marks, len(sentences), sum(any(first <= place < last for place in thoughts) for first, last in sentences))


def serious_words(text: str) -> tuple[str, ...]:
    """What in the text may be abuse or harm to oneself.

    >>> serious_words("Ze zei: ik wil dood."), serious_words("De batterij is dood.")
    (('wil dood',), ())
    """
    words = _words(text)
    return tuple(text[words[at].start : words[at + len(phrase) - 1].end] for phrase in _phrases(SERIOUS) for at in _hits(words, phrase))


def refuse_serious(*texts: str) -> None:
    """Raises SignalSerious."""
    if any(serious_words(text) for text in texts):
        raise SignalSerious


def refuse_two_in_one(texts: Iterable[str], *, meant: Sequence[str]) -> None:
    """When several pupils are meant, none of their names stands in what each of them gets. Raises TwoInOneNote."""
    if len(meant) < 2:  # noqa: PLR2004 (two is what it is about)
        return
    for text in texts:
        for mark in mirror(text, others=meant).marks:
            if mark.kind is Mirrored.OTHER_PUPIL:
                raise TwoInOneNote(name=mark.text)


def _words(text: str) -> list[_Word]:
    """Runs of letters and digits, with hyphens and apostrophes inside them."""
    words = []
    for joins, run in groupby(enumerate(text), key=lambda place: place[1].isalnum() or place[1] in "-'’"):
        places = [place for place, _letter in run]
        if joins and (word := folded(text[places[0] : places[-1] + 1]).strip("-'")):
            words.append(_Word(word, places[0], places[-1] + 1))
    return words


@cache
def _phrases(listed: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in listed)


def _listed(text: str, words: Sequence[_Word]) -> Iterator[Marked]:
    taken: set[int] = set()
    for kind, listed in LISTS.items():
        for said, phrase in zip(listed, _phrases(tuple(listed))):
            for at in _hits(words, phrase):
                places = range(at, at + len(phrase))
                if taken.isdisjoint(places):
                    taken.update(places)
                    start, end = words[at].start, words[places[-1]].end
                    yield Marked(kind, start, end, text[start:end], listed[said])


def _named(text: str, words: Sequence[_Word], others: Collection[str]) -> Iterator[Marked]:
    """A name that is an everyday word too counts with a capital only."""
    names = {folded(name) for name in others}
    for word in words:
        whose = word.text.removesuffix("s").removesuffix("'")
        found = next((one for one in (word.text, whose) if one in names), None)
        if found and (found not in EVERYDAY or text[word.start].isupper()):
            yield Marked(Mirrored.OTHER_PUPIL, word.start, word.end, text[word.start : word.end], WITHOUT_NAME)


def _places(words: Sequence[_Word], phrases: Iterable[tuple[str, ...]]) -> Iterator[int]:
    return (words[at].start for phrase in phrases for at in _hits(words, phrase))


def _hits(words: Sequence[_Word], phrase: tuple[str, ...]) -> Iterator[int]:
    """Where the words of the phrase stand one after another."""
    for at in range(len(words) - len(phrase) + 1):
        if all(_same(words[at + step].text, wanted) for step, wanted in enumerate(phrase)):
            yield at


def _same(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    first = 0
    for place, letter in enumerate(text):
        if letter in ENDS:
            yield first, place + 1
            first = place + 1
    yield first, len(text)
