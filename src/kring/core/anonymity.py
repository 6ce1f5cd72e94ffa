"""What in a text about a child without a name still says who it is: names of the school's own people, numbers, and rare facts.

Nothing here makes a text anonymous. It finds what must go, and says how well somebody who knows the school would recognise the child.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

from kring.core.anonymity_words import ABBREVIATIONS, AGES, CLUE_WORDS, ENDINGS, EVERYDAY, MONTHS, PARTICLES, STREET_ENDS
from kring.core.errors import BrokenRule


class Kind(StrEnum):
    """What was found."""

    # These must go before the sheet is kept.
    NAME = "name"
    INITIALS = "initials"
    ADMIN_KEY = "admin_key"
    PLACE = "place"  # the school, its board
    GROUP = "group"
    ADDRESS = "address"
    DATE = "date"
    EMAIL = "email"
    POSTCODE = "postcode"
    LONG_NUMBER = "long_number"  # a telephone, a citizen service number
    # These may stay, and help to recognise.
    AGE = "age"
    OTHER_AGE = "other_age"  # outside the band that was chosen
    NUMBER = "number"
    MONTH = "month"
    CAPITAL = "capital"  # a word with a capital inside a sentence: a place, a club, a name that Kring does not know
    ILLNESS = "illness"
    ORIGIN = "origin"
    FAMILY_EVENT = "family_event"
    HOBBY = "hobby"
    ONLY_ONE = "only_one"
    TWIN = "twin"


MUST_GO: Final = frozenset(list(Kind)[: list(Kind).index(Kind.AGE)])
MAY_BE_A_WORD: Final = frozenset({Kind.NAME, Kind.INITIALS, Kind.ADMIN_KEY, Kind.PLACE, Kind.GROUP, Kind.ADDRESS, Kind.DATE})
"""What can also be an everyday word (“roos”, “beuk”, “1-2 keer”): who writes says so, for each place in the text."""

ONE_IN: Final[Mapping[Kind, int]] = {
    Kind.AGE: 3,
    Kind.OTHER_AGE: 3,
    Kind.NUMBER: 3,
    Kind.MONTH: 4,
    Kind.CAPITAL: 10,
    Kind.ILLNESS: 15,
    Kind.ORIGIN: 10,
    Kind.FAMILY_EVENT: 8,
    Kind.HOBBY: 10,
    Kind.ONLY_ONE: 100,
    Kind.TWIN: 40,
}
"""Our own rough estimate, and no more than that: of how many pupils one has such a fact. The same fact told twice counts once."""

FEW: Final = 10
"""Below this many it may be guessed; the same bound as for everything that leaves the school."""
SMALL: Final = 30
"""With fewer pupils of that age, who knows the school knows them all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a text."""

    kind: Kind
    start: int
    end: int
    text: str
    around: str  # with the words beside it

    @property
    def must_go(self) -> bool:
        return self.kind in MUST_GO

    @property
    def may_be_a_word(self) -> bool:
        return self.kind in MAY_BE_A_WORD


@dataclass(eq=False, kw_only=True)
class StillNamed(BrokenRule):
    """Something in the text says outright who it is about."""

    places: tuple[Finding, ...]


@dataclass(eq=False, kw_only=True)
class ConsultationClosed(BrokenRule):
    """Its author closed it: nobody comes to the table any more, and nothing is added."""


class Recognition(StrEnum):
    """How well somebody who knows the school would recognise the child. None of them is: not at all."""

    HARD = "hard"
    PERHAPS = "perhaps"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class Recognisability:
    """The estimate with everything it rests on."""

    pupils: int  # of the school, in this age band
    clues: tuple[Kind, ...]
    left: int  # about how many pupils fit what is told
    level: Recognition
    is_small: bool


_FOLD = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "ʼ": "'"})
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])+")  # with accents apart, and signs that nobody sees
_UNSEEN = frozenset({"Mn", "Me", "Cf"})  # accents, rings round letters, signs without a width
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,120}\.[a-z]{2,20}", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b|\b[1-9]\d{3}[a-z]{2}\b")
_DATE = re.compile(
    rf"\b\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}\b|\b\d{{1,2}}[-/]\d{{1,2}}\b|\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b", re.IGNORECASE
)
_LONG_NUMBER = re.compile(r"\+?\d(?:[ ./()-]{0,3}\d){6,14}")
_DOTTED = re.compile(r"\b[A-Z]\.(?: ?[A-Za-z]\.){0,3}")
_GROUP = re.compile(r"\b(?:groep|klas|unit) (\S{1,30})", re.IGNORECASE)
_AGE = re.compile(rf"\b(\d{{1,2}}|{'|'.join(AGES)})[ -]?(?:jaar|jarig|jr)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}")
_ENDS_SENTENCE = frozenset('.!?\n:;•–-"“‘(')


def folded(text: str) -> str:
    """Small letters without accents, and without signs that nobody sees.

    >>> folded("Yıldırım-Kökçü")
    'yildirim-kokcu'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_FOLD)).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter) not in _UNSEEN)


@dataclass(frozen=True)
class Roster:
    """The people of a school, its groups and its own name, as the text is held against them. It is never shown."""

    given_names: frozenset[str]
    family_names: frozenset[str]
    people: frozenset[tuple[str, str]] = frozenset()  # given name, family name: for initials
    admin_keys: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @cached_property
    def given(self) -> frozenset[str]:
        return frozenset(part for name in self.given_names for part in (*_parts(name), _joined(name)) if len(part) > 1)

    @cached_property
    def family(self) -> frozenset[str]:
        parts = (part for name in self.family_names for part in (*_parts(name), _joined(name)))
        return frozenset(part for part in parts if len(part) > 1 and part not in PARTICLES)

    @cached_property
    def names(self) -> frozenset[str]:
        return self.given | self.family

    @cached_property
    def nicknames(self) -> frozenset[str]:
        """Every beginning of a given name, of three letters or more."""
        return frozenset(name[:length] for name in self.given for length in range(3, len(name)))

    @cached_property
    def initials(self) -> frozenset[str]:
        """N, NB and NvB for Noor van Beek."""
        return frozenset(letters for given, family in self.people for letters in _initials(given, family))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Short numbers are no key: every text would be full of them."""
        return frozenset(folded(key) for key in self.admin_keys if len(key) > 3 or (len(key) == 3 and not key.isdigit()))

    @cached_property
    def labels(self) -> frozenset[str]:
        return frozenset(folded(group) for group in self.groups)

    @cached_property
    def place_words(self) -> frozenset[tuple[str, ...]]:
        return frozenset(words for place in self.places if (words := _place_words(place)))


NOBODY: Final = Roster(frozenset(), frozenset())


def findings(text: str, roster: Roster, *, ages: range) -> tuple[Finding, ...]:
    """Everything in the text that helps to recognise the child, in its order; what overlaps goes by the gravest.

    `ages` is the age band that the author chose.
    """
    taken: list[Finding] = []
    for kind, start, end in _spans(text, roster, ages):
        if not any(start < one.end and one.start < end for one in taken):
            taken.append(Finding(kind, start, end, text[start:end], _around(text, start, end)))
    return tuple(sorted(taken, key=lambda one: one.start))


def unmarked(found: Iterable[Finding], words: Collection[str]) -> tuple[Finding, ...]:
    """What must go; without what the author said to be a word (`words`: the places, with the words beside them)."""
    return tuple(one for one in found if one.must_go and not (one.may_be_a_word and one.around in words))


def refuse_named(found: Iterable[Finding], words: Collection[str]) -> None:
    """Raises StillNamed."""
    if places := unmarked(found, words):
        raise StillNamed(places=places)


def refuse_closed(closed_at: object) -> None:
    """Raises ConsultationClosed."""
    if closed_at is not None:
        raise ConsultationClosed


def strangers_to(text: str) -> tuple[Finding, ...]:
    """For an adviser from outside, who must not learn from a refusal who is at the school: every word that could be a name must be
    marked as a word, whether the school knows that name or not."""
    found = findings(text, NOBODY, ages=range(0))
    return tuple(
        Finding(Kind.NAME, one.start, one.end, one.text, one.around) if one.kind is Kind.CAPITAL else one
        for one in found
        if one.must_go or one.kind is Kind.CAPITAL
    )


def recognisability(pupils: int, clues: Iterable[Kind]) -> Recognisability:
    """About how many pupils fit what is told: those of the age band, thinned out by each kind of clue.

    >>> recognisability(120, [Kind.HOBBY]).left, recognisability(120, [Kind.HOBBY, Kind.TWIN]).level
    (12, <Recognition.EASY: 'easy'>)
    """
    kinds = tuple(sorted({clue for clue in clues if clue in ONE_IN}, key=list(Kind).index))
    left = float(pupils)
    for kind in kinds:
        left /= ONE_IN[kind]
    is_small = pupils < SMALL
    at_least = min(pupils, 1)  # the child self
    return Recognisability(pupils, kinds, max(round(left), at_least), _level(left, is_small=is_small), is_small)


def _level(left: float, *, is_small: bool) -> Recognition:
    if left < 2:
        return Recognition.EASY
    return Recognition.PERHAPS if is_small or left < FEW else Recognition.HARD


# ---- where they are -------------------------------------------------------------------------------------------


def _spans(text: str, roster: Roster, ages: range) -> Iterator[tuple[Kind, int, int]]:
    """The gravest first."""
    words = [(match.start(), match.end(), folded(match.group())) for match in _WORD.finditer(text)]
    yield from ((Kind.EMAIL, *match.span()) for match in _EMAIL.finditer(text))
    yield from ((Kind.DATE, *match.span()) for match in _DATE.finditer(text))
    yield from ((Kind.LONG_NUMBER, *match.span()) for match in _LONG_NUMBER.finditer(text))
    yield from ((Kind.POSTCODE, *match.span()) for match in _POSTCODE.finditer(text))
    yield from _addresses(words)
    yield from _groups(text, words, roster)
    yield from ((Kind.ADMIN_KEY, start, end) for start, end, word in words if word in roster.keys)
    yield from _names(text, words, roster)
    yield from _places(words, roster)
    yield from _initials_in(text, words, roster)
    yield from _clues(words)
    yield from _numbers(text, ages)
    plain = ABBREVIATIONS | EVERYDAY
    yield from ((Kind.CAPITAL, start, end) for start, end, word in words if _is_capital(text, start) and word not in plain)


Words = list[tuple[int, int, str]]


def _names(text: str, words: Words, roster: Roster) -> Iterator[tuple[Kind, int, int]]:
    for start, end, word in words:
        if word in EVERYDAY and not text[start].isupper():
            continue
        if word in roster.names or _with_ending(word, roster) or _is_glued(word, roster) or _is_nickname(text, start, word, roster):
            yield Kind.NAME, start, end
    for (start, _, first), (_, end, second) in pairwise(words):
        if first + second in roster.names and len(first) > 1:
            yield Kind.NAME, start, end


def _with_ending(word: str, roster: Roster) -> bool:
    """Noortje, Noors, Anna-Sofietje."""
    return any(word.endswith(ending) and len(word) > len(ending) + 2 and word[: -len(ending)] in roster.names for ending in ENDINGS)


def _is_glued(word: str, roster: Roster) -> bool:
    """NoorBeek and noorvandenberg, as in the name of an account, or Noor2; an everyday word may hold two short names by chance."""
    plain = word.strip("0123456789")
    if plain != word and len(plain) > 2 and plain in roster.names:
        return True
    return any(plain[:at] in roster.given and plain[at:] in roster.family for at in range(3, len(plain) - 2))


def _is_nickname(text: str, start: int, word: str, roster: Roster) -> bool:
    """The beginning of a given name: from three letters with a capital, from four without; never an everyday word."""
    if word in EVERYDAY or word not in roster.nicknames:
        return False
    return len(word) > 3 or text[start].isupper()


def _initials_in(text: str, words: Words, roster: Roster) -> Iterator[tuple[Kind, int, int]]:
    for match in _DOTTED.finditer(text):
        letters = "".join(sign for sign in match.group() if sign.isalpha()).casefold()
        if letters in roster.initials:
            yield Kind.INITIALS, *match.span()
    for start, end, word in words:
        written = text[start:end]
        if written[0].isupper() and len(word) < 5 and word in roster.initials and word not in ABBREVIATIONS:
            single = len(word) == 1
            if (single and _is_capital(text, start) and word != "u") or (not single and written[-1].isupper()):
                yield Kind.INITIALS, start, end


def _groups(text: str, words: Words, roster: Roster) -> Iterator[tuple[Kind, int, int]]:
    """6A by itself; a group that is called 5 or Geel only after the word group."""
    for match in _GROUP.finditer(text):
        if folded(match.group(1)).strip(".,;:!?()'\"") in roster.labels:
            yield Kind.GROUP, match.start(), match.start(1) + len(match.group(1).rstrip(".,;:!?()'\""))
    mixed = {label for label in roster.labels if any(sign.isdigit() for sign in label) and any(sign.isalpha() for sign in label)}
    yield from ((Kind.GROUP, start, end) for start, end, word in words if word in mixed)


def _places(words: Words, roster: Roster) -> Iterator[tuple[Kind, int, int]]:
    for place in roster.place_words:
        for at in range(len(words) - len(place) + 1):
            if tuple(word for _, _, word in words[at : at + len(place)]) == place:
                yield Kind.PLACE, words[at][0], words[at + len(place) - 1][1]


def _addresses(words: Words) -> Iterator[tuple[Kind, int, int]]:
    for (start, _, street), (_, end, number) in pairwise(words):
        if street.endswith(STREET_ENDS) and len(street) > 5 and street not in EVERYDAY and number[0].isdigit() and len(number) < 6:
            yield Kind.ADDRESS, start, end


def _clues(words: Words) -> Iterator[tuple[Kind, int, int]]:
    for kind, stems in CLUE_WORDS.items():
        single = tuple(stem for stem in stems if " " not in stem)
        yield from ((Kind(kind), start, end) for start, end, word in words if word.startswith(single))
        for stem in stems:
            yield from _phrase(stem.split(), words, Kind(kind))


def _phrase(phrase: list[str], words: Words, kind: Kind) -> Iterator[tuple[Kind, int, int]]:
    if len(phrase) < 2:
        return
    for at in range(len(words) - len(phrase) + 1):
        if all(word.startswith(part) for (_, _, word), part in zip(words[at:], phrase)):
            yield kind, words[at][0], words[at + len(phrase) - 1][1]


def _numbers(text: str, ages: range) -> Iterator[tuple[Kind, int, int]]:
    for match in _AGE.finditer(text):
        said = match.group(1).casefold()
        age = int(said) if said.isdecimal() else AGES[said]
        yield Kind.AGE if age in ages else Kind.OTHER_AGE, *match.span()
    yield from ((Kind.NUMBER, *match.span()) for match in _NUMBER.finditer(text))


def _is_capital(text: str, start: int) -> bool:
    """A capital inside a sentence."""
    before = text[:start].rstrip(" \t\r")
    return text[start].isupper() and bool(before) and before[-1] not in _ENDS_SENTENCE


def _around(text: str, start: int, end: int) -> str:
    """The place with the word before and the word after it."""
    before, after = text[:start].split()[-1:], text[end:].split()[:1]
    return " ".join([*before, f"[{text[start:end]}]", *after])


# ---- what is on the roster ------------------------------------------------------------------------------------


def _parts(name: str) -> list[str]:
    return _WORD.findall(folded(name))


def _joined(name: str) -> str:
    return "".join(_parts(name))


def _initials(given: str, family: str) -> set[str]:
    first, last = _parts(given), _parts(family)
    if not first:
        return set()
    one = first[0][0]
    short = "".join(part[0] for part in last if part not in PARTICLES)
    all_first = "".join(part[0] for part in first)
    return {one, all_first, one + short, one + "".join(part[0] for part in last), all_first + short}


def _place_words(place: str) -> tuple[str, ...]:
    """Without what every school or board is called."""
    general = {"de", "het", "stichting", "school", "basisschool", "obs", "cbs", "rkbs", "college", "vereniging"}
    return tuple(part for part in _parts(place) if part not in general)
