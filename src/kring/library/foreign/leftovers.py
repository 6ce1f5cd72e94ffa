"""What came along from a list of another program, and what did not: nothing is left out without a word."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kring.core.instruments import AnswerKind, Item, Option
from kring.core.instruments.items import MOST_NUMBERS
from kring.core.sketches.writing import MOST_ITEMS
from kring.file_problems import FilesRefused, Problems, Said, said
from kring.library.foreign.plain import plain
from kring.library.instrument_file import Entry

MOST_OPTIONS = 15
LONGEST_TEXT, LONGEST_LABEL, LONGEST_TITLE, LONGEST_KEY, LONGEST_INTRODUCTION = 300, 80, 100, 40, 800
NOT_IN_A_KEY: Final = re.compile(r"[^a-z0-9]")


class Format(StrEnum):
    """In which form a list came."""

    KRING = "kring"
    FHIR = "fhir"
    LIMESURVEY = "limesurvey"
    FORMR = "formr"


class Missing(StrEnum):
    """What a person must still say before anybody may answer such a list."""

    LICENCE = "licence"
    INFORMANT = "informant"
    PROMISE = "promise"
    MINUTES = "minutes"
    SCALES = "scales"
    DIRECTION = "direction"
    COMPETENCES = "competences"


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something of the file that did not come along: where it stood there, and why."""

    place: str
    reason: Said


@dataclass(frozen=True, slots=True)
class Translated:
    """All texts in another language than that of the list: of the items by key, of their answers by key and code."""

    language: str
    items: Mapping[str, str]
    labels: Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A list as it was understood, never more than a draft. `entry` is there when it was a whole list of Kring."""

    format: Format
    title: str
    language: str
    introduction: str
    items: tuple[Item, ...]
    leftovers: tuple[Leftover, ...]
    missing: tuple[Missing, ...]
    translations: tuple[Translated, ...] = ()
    entry: Entry | None = None

    @property
    def left_by_reason(self) -> dict[Said, list[str]]:
        """The places that share a reason, in the order of the file."""
        found: dict[Said, list[str]] = {}
        for left in self.leftovers:
            found.setdefault(left.reason, []).append(left.place)
        return found


@dataclass(slots=True)
class Gathered:
    """A list in the making, out of a file of another program."""

    file: str
    title: str = ""
    language: str = "nl"
    introduction: str = ""
    items: dict[str, Item] = field(default_factory=dict)
    leftovers: dict[Leftover, None] = field(default_factory=dict)

    def leave(self, place: str, reason: Said) -> None:
        """Something that does not come along; the same twice counts once."""
        self.leftovers[Leftover(plain(place)[:LONGEST_TITLE] or "–", reason)] = None

    def take(
        self, place: str, text: str, options: Sequence[tuple[str, str]] = (), kind: AnswerKind = AnswerKind.CHOICE, *, wanted: str = ""
    ) -> str | None:
        """A question with its answers as (code in the file, words). The key it got, or None with the reason among the leftovers."""
        reason = self._hinders(text, options, kind)
        if reason is not None:
            self.leave(place, reason)
            return None
        key = self._key(wanted or place)
        self.items[key] = Item(key, plain(text), self._options(place, options), kind)
        return key

    def take_numbers(self, place: str, text: str, low: int, high: int, ends: tuple[str, str] = ("", ""), *, wanted: str = "") -> str | None:
        """A question that is answered with one of a row of numbers, of which the ends may have words."""
        if not low < high <= low + MOST_NUMBERS:
            self.leave(place, said("Kring vraagt een getal uit een rij van hooguit %(most)d stappen.", most=MOST_NUMBERS))
            return None
        reason = self._hinders(text, [("", end) for end in ends], AnswerKind.NUMBER)
        if reason is not None:
            self.leave(place, reason)
            return None
        key = self._key(wanted or place)
        self.items[key] = Item.of_numbers(key, plain(text), (low, high), (plain(ends[0]), plain(ends[1])))
        return key

    def brought(self, format_: Format, translations: Iterable[Translated] = ()) -> Brought:
        """The whole, of which everything must still be said. Raises FilesRefused when nothing at all came along."""
        if not self.items:
            self._refuse_empty()
        if len(plain(self.title)) > LONGEST_TITLE or len(plain(self.introduction)) > LONGEST_INTRODUCTION:
            self.leave("–", said("De titel of de inleiding is te lang. Het eind is niet meegekomen."))
        return Brought(
            format=format_,
            title=plain(self.title)[:LONGEST_TITLE] or self.file,
            language=self.language,
            introduction=plain(self.introduction)[:LONGEST_INTRODUCTION],
            items=tuple(self.items.values()),
            leftovers=tuple(self.leftovers),
            missing=tuple(Missing),
            translations=tuple(translations),
        )

    def _refuse_empty(self) -> None:
        problems = Problems()
        advice = said("Kijk of dit het goede bestand is, of schrijf de lijst in Kring zelf.")
        problems.add(self.file, None, None, said("Er staat geen enkele vraag in die Kring kan overnemen."), advice)
        for left in self.leftovers:
            problems.add(self.file, None, left.place, left.reason, said("Schrijf deze vraag in Kring zelf, of laat haar weg."))
        problems.refuse(FilesRefused)

    def _hinders(self, text: str, options: Sequence[tuple[str, str]], kind: AnswerKind) -> Said | None:
        if len(self.items) >= MOST_ITEMS:
            return said("Een lijst heeft in Kring hooguit %(most)d vragen.", most=MOST_ITEMS)
        if not plain(text):
            return said("Deze vraag heeft geen tekst.")
        if len(plain(text)) > LONGEST_TEXT:
            return said("De tekst is langer dan %(most)d tekens.", most=LONGEST_TEXT)
        if kind is not AnswerKind.TEXT and not 2 <= len(options) <= MOST_OPTIONS:
            return said("Kring vraagt om te kiezen uit 2 tot %(most)d antwoorden. Hier zijn het er meer of minder.", most=MOST_OPTIONS)
        if any(len(plain(label)) > LONGEST_LABEL for _code, label in options):
            return said("Een antwoord is langer dan %(most)d tekens.", most=LONGEST_LABEL)
        return None

    def _options(self, place: str, options: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
        codes = whole_codes([code for code, _label in options])
        if codes is None:
            self.leave(place, said("De codes van de antwoorden zijn geen verschillende hele getallen. Ze zijn 1, 2, 3 … geworden."))
            codes = list(range(1, len(options) + 1))
        return tuple(Option(code, plain(label) or str(code)) for code, (_given, label) in zip(codes, options))

    def _key(self, wanted: str) -> str:
        stem = key_of(wanted)
        key, again = stem, 1
        while key in self.items:
            again += 1
            key = f"{stem}_{again}"
        return key


def key_of(text: str) -> str:
    """The key of an item, out of whatever another program calls it: lower-case letters and digits, a letter first."""
    stem = "_".join(part for part in NOT_IN_A_KEY.sub(" ", plain(text).lower()).split())[:LONGEST_KEY].strip("_")
    return stem if stem[:1].isalpha() else f"v{stem}"


def language_of(tag: str) -> str:
    """`nl` of `nl-NL` or `nl_BE`; Dutch when it is no language at all."""
    word = tag.strip().replace("_", "-").partition("-")[0].lower()
    return word if word.isascii() and word.isalpha() and len(word) in (2, 3) else "nl"


def whole_codes(codes: Sequence[str]) -> list[int] | None:
    """The codes as small numbers that differ, or None."""
    digits = [code.strip().removeprefix("-") for code in codes]
    if not all(each.isascii() and each.isdigit() and len(each) <= 4 for each in digits):
        return None
    found = [int(code) for code in codes]
    return found if len(set(found)) == len(found) else None
