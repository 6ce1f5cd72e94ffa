"""One instrument file (YAML) → Instrument, or every mistake in it with its line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from kring.core.errors import BrokenRule
from kring.core.instruments import (
    CutKind,
    Cuts,
    Family,
    Informant,
    Instrument,
    Item,
    Level,
    Option,
    Question,
    QuestionKind,
    Scale,
    ScaledItem,
)
from kring.file_problems import ContentRefused, Problems
from kring.library.wording import sentence
from kring.lined_yaml import Fields, Lined, number_of, read_lined

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Entry:
    """An instrument with the rights on its text and what is known about its worth."""

    instrument: Instrument
    licence_source: str
    verified_on: date
    may_redistribute_text: bool
    may_translate: bool
    validity_note: str


def read_instrument(text: str, *, source: str) -> Instrument:
    """The instrument in a YAML text. Raises ContentRefused with every mistake, naming file, line and field."""
    return read_entry(text, source=source).instrument


def read_entry(text: str, *, source: str) -> Entry:
    """The instrument in a YAML text with its rights. Raises ContentRefused."""
    problems = Problems()
    root = read_lined(source, text, problems)
    entry = _Reading(Fields(source, root, problems)).entry() if root is not None else None
    problems.refuse(ContentRefused)
    assert entry is not None
    return entry


class _Reading:
    """Reads one file from top to bottom; mistakes go to the problems of the fields."""

    def __init__(self, fields: Fields) -> None:
        self.fields, self.file, self.problems = fields, fields.file, fields.problems
        self.scale_lines: dict[str, int] = {}

    def entry(self) -> Entry | None:
        fields = self.fields
        instrument = self.instrument()
        rights = (
            fields.text("licence_source"),
            fields.day("verified_on"),
            fields.yes("may_redistribute_text"),
            fields.yes("may_translate"),
        )
        note = fields.text("validity_note")
        fields.done()
        return None if instrument is None else Entry(instrument, *rights, note)

    def instrument(self) -> Instrument | None:
        """The whole, tried with each scale apart first, so that every scale that cannot be scored is named with its line."""
        options = self.options(self.fields.mapping("options"))
        items = tuple(self.kept(self.item(key, node, options) for key, node in self.fields.mapping("items").items()))
        known = {item.key for item in items}
        scales = [scale for scale in self.scales(known) if known.issuperset(scaled.item for scaled in scale.items)]
        questions = tuple(self.kept(self.question(key, node) for key, node in self.fields.mapping("questions").items()))
        make = self.head()
        if self.tried(self.fields.line, partial(make, items, (), questions)) is None:
            return None
        sound = tuple(scale for scale in scales if self.tried(self.scale_lines[scale.key], partial(make, items, (scale,), questions)))
        return self.tried(self.fields.line, partial(make, items, sound, questions))

    def head(self) -> Callable[[tuple[Item, ...], tuple[Scale, ...], tuple[Question, ...]], Instrument]:
        fields = self.fields
        key, title, informant = fields.text("key"), fields.text("title"), fields.one_of("informant", Informant)
        version, norm_tier = fields.whole("version"), fields.whole("norm_tier", otherwise=0)
        licence, attribution, promise = fields.text("licence"), fields.text("attribution"), fields.text("promise")
        language, years = fields.optional("language") or "nl", self.years()

        def make(items: tuple[Item, ...], scales: tuple[Scale, ...], questions: tuple[Question, ...]) -> Instrument:
            return Instrument(
                key=key, version=version, title=title, informant=informant, licence=licence, attribution=attribution, language=language,
                year_levels=years, promise=promise, items=items, scales=scales, questions=questions, norm_tier=norm_tier,
            )  # fmt: skip

        return make

    def years(self) -> tuple[int, int] | None:
        parts = [number_of(part.text or "", whole=True) for part in self.fields.parts("year_levels")]
        if "year_levels" not in self.fields:
            return None
        match parts:
            case [float(first), float(last)]:
                return int(first), int(last)
            case _:
                self.fields.wrong("year_levels", "Hier horen twee hele getallen te staan.", "Schrijf [5, 8] voor groep 5 tot en met 8.")
                return None

    def options(self, written: Mapping[str, Lined]) -> tuple[Option, ...]:
        return tuple(self.kept(self.option(code, node) for code, node in written.items()))

    def option(self, code: str, node: Lined) -> Option | None:
        number = number_of(code, whole=True)
        if number is None:
            self.problems.add(
                self.file, node.line, code, "De code van een antwoord moet een geheel getal zijn.", "Schrijf bijvoorbeeld 1: nooit."
            )
            return None
        return Option(int(number), node.text or "")

    def item(self, key: str, node: Lined, options: tuple[Option, ...]) -> Item | None:
        """`key: text`, or `key: {text: …, options: {…}}` for an item with answers of its own."""
        if node.text is not None:
            return self.tried(node.line, lambda: Item(key, node.text or "", options))
        fields = Fields(self.file, node, self.problems)
        text, own = fields.text("text"), self.options(fields.mapping("options"))
        fields.done()
        return self.tried(node.line, lambda: Item(key, text, own or options))

    def scales(self, items: set[str]) -> list[Scale]:
        written = self.fields.mapping("scales")
        self.scale_lines = {key: node.line for key, node in written.items()}
        cuts = self.fields.node("cuts")
        common = Fields(self.file, cuts or Lined({}, self.fields.line), self.problems)
        default = self.cuts(common, common) if cuts is not None else {}
        return list(self.kept(self.scale(key, node, items, common, default) for key, node in written.items()))

    def scale(self, key: str, node: Lined, items: set[str], common: Fields, default: Mapping[Level, Cuts]) -> Scale | None:
        fields = Fields(self.file, node, self.problems)
        own = fields.node("cuts")
        cuts = default if own is None else {**default, **self.cuts(Fields(self.file, own, self.problems), common)}
        scaled = self.scaled(fields.parts("items"), items)
        title, family, meaning = fields.text("title"), fields.one_of("family", Family), fields.optional("meaning") or ""
        direction, share = fields.whole("direction"), fields.number("share_needed", otherwise=0.75)
        assumed, retest = (fields.number(name) if name in fields else None for name in ("assumed_reliability", "retest_reliability"))
        fields.done()
        return self.tried(node.line, lambda: Scale(key, title, family, direction, scaled, cuts, share, assumed, meaning, retest))

    def scaled(self, parts: Iterable[Lined], items: set[str]) -> tuple[ScaledItem, ...]:
        """`w1` counts as it is, `-w1` reversed."""
        scaled = []
        for part in parts:
            written = part.text or ""
            key = written.removeprefix("-")
            if key not in items:
                advice = "Gebruik een sleutel die onder items staat."
                self.problems.add(self.file, part.line, "items", f"De schaal noemt het item “{key}”, maar dat bestaat niet.", advice)
            scaled.append(ScaledItem(key, -1 if written.startswith("-") else 1))
        return tuple(scaled)

    def cuts(self, fields: Fields, common: Fields) -> dict[Level, Cuts]:
        """`pupil: [2.25, 2.75]` is red, then green; the source, the day and the kind may stand once for all scales."""
        made = {}
        told, measured = (fields if name in fields else common for name in ("source", "kind"))
        source, dated = told.text("source"), (fields if "dated" in fields else common).day("dated")
        kind = measured.one_of("kind", CutKind) if "kind" in measured else CutKind.RAW
        for name in ("source", "dated", "kind"):
            fields.node(name)
        for level in Level:
            pair = [number_of(part.text or "", whole=False) for part in fields.parts(level)]
            match pair:
                case []:
                    continue
                case [float(red), float(green)]:
                    made[level] = Cuts(red, green, source, dated, kind)
                case _:
                    fields.wrong(level, "Hier horen twee getallen te staan: rood en groen.", "Schrijf bijvoorbeeld [2.25, 2.75].")
        fields.done()
        return made

    def question(self, key: str, node: Lined) -> Question | None:
        fields = Fields(self.file, node, self.problems)
        text, kind, polarity = fields.text("text"), fields.one_of("kind", QuestionKind), fields.whole("polarity")
        limit = fields.whole("limit") if "limit" in fields else None
        fields.done()
        return self.tried(node.line, lambda: Question(key, text, kind, polarity, limit))

    def tried(self, line: int, make: Callable[[], Made]) -> Made | None:
        """What this makes, or None with the broken rule added to the problems in words."""
        try:
            return make()
        except BrokenRule as rule:
            message, advice = sentence(rule)
            self.problems.add(self.file, line, None, message, advice)
            return None

    @staticmethod
    def kept(parts: Iterable[Made | None]) -> Iterable[Made]:
        return (part for part in parts if part is not None)
