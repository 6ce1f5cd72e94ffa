"""A list in another language: content/instruments/translations/<key>-<version>.<language>.yaml, complete or refused.

Only words are translated. What is counted, in which order and with which codes follows from the list itself, so a translation can never
score otherwise than what it translates.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kring.core.instruments import AnswerKind, Instrument, Item, Option, Question, Scale
from kring.file_problems import ContentRefused, Problems
from kring.library.instrument_file import Entry
from kring.library.item_fields import path_in
from kring.lined_yaml import Fields, Lined, read_lined


class Status(StrEnum):
    """How far a translation is: made by one person, or checked by a second one who did not make it."""

    TRANSLATED = "translated"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Translation:
    """A list with its words in another language; in all else the same list."""

    instrument: Instrument
    status: Status
    validity_note: str


def read_translation(text: str, *, source: str, of: Entry) -> Translation:
    """The translation of this list in a YAML text. Raises ContentRefused naming all that is missing, too much or wrong."""
    problems = Problems()
    root = read_lined(source, text, problems)
    read = _translation(Fields(source, root, problems), of) if root is not None else None
    problems.found.sort(key=lambda problem: problem.line or 0)
    problems.refuse(ContentRefused)
    assert read is not None
    return read


def _translation(fields: Fields, of: Entry) -> Translation:
    list_ = of.instrument
    if fields.text("of") != f"{list_.key}-{list_.version}":
        fields.wrong("of", f"Dit is geen vertaling van {list_.key}-{list_.version}.", "Noem de sleutel en de versie, met een streepje.")
    if not of.may_translate:
        fields.wrong("of", "Deze lijst mag niet vertaald worden.", "Vraag het aan wie de rechten heeft.")
    language, status, note = fields.text("language"), fields.one_of("status", Status), fields.text("validity_note")
    if language == list_.language:
        fields.wrong("language", "Dit is de taal van de lijst zelf.", "Noem de taal van de vertaling, bijvoorbeeld en.")
    words = {name: _words(fields, name, needed=bool(getattr(list_, name))) for name in ("title", "promise", "introduction")}
    parts = {"items": _items(fields, list_), "scales": _scales(fields, list_), "questions": _questions(fields, list_)}
    fields.done()
    return Translation(replace(list_, language=language, **words, **parts), status, note)  # type: ignore[arg-type]


def _words(fields: Fields, name: str, *, needed: bool) -> str:
    """The words of a field that must be there when the list has it, and may not be there when it has not."""
    if needed:
        return fields.text(name)
    if fields.node(name) is not None:
        fields.wrong(name, f"De lijst zelf heeft geen “{name}”.", "Haal het weg uit de vertaling.")
    return ""


def _items(fields: Fields, of: Instrument) -> tuple[Item, ...]:
    top = Fields(fields.file, fields.node("options") or Lined({}, fields.line), fields.problems)
    written = _complete(fields, "items", [item.key for item in of.items])
    made = tuple(_item(fields, item, written[item.key], top) for item in of.items if item.key in written)
    top.done()
    return made if len(made) == len(of.items) else of.items


def _complete(fields: Fields, name: str, keys: Iterable[str]) -> dict[str, Lined]:
    """What stands under this field; each key that lacks or that the list does not have is a problem."""
    written, needed = fields.mapping(name), list(keys)
    for key in needed:
        if key not in written:
            fields.wrong(name, f"Onder “{name}” ontbreekt de vertaling van “{key}”.", "Vertaal de hele lijst.")
    for key, node in written.items():
        if key not in needed:
            fields.problems.add(fields.file, node.line, name, f"De lijst zelf heeft “{key}” niet.", "Haal het weg uit de vertaling.")
    return {key: node for key, node in written.items() if key in needed}


def _item(whole: Fields, item: Item, node: Lined, top: Fields) -> Item:
    """`key: text`, or `key: {text: …}` with the words of its own answers or ends, or its recording."""
    if node.text is not None:
        node = Lined({"text": node}, node.line)
    fields = Fields(whole.file, node, whole.problems)
    text, audio = fields.text("text"), path_in(fields, "audio")
    options = _ends(fields, item) if item.kind is AnswerKind.NUMBER else _options(fields, item, top)
    fields.done()
    return replace(item, text=text, audio=audio, options=options)


def _options(fields: Fields, item: Item, top: Fields) -> tuple[Option, ...]:
    """The answers of this item, with its own words or those at the top of the file."""
    own = fields.node("options")
    words = Fields(fields.file, own, fields.problems) if own is not None else top
    made = tuple(replace(option, label=words.text(str(option.code))) for option in item.options)
    if own is not None:
        words.done()
    return made


def _ends(fields: Fields, item: Item) -> tuple[Option, ...]:
    names = {item.low: "low_label", item.high: "high_label"}
    return tuple(
        replace(option, label=fields.text(names[option.code])) if option.code in names and option.label != str(option.code) else option
        for option in item.options
    )


def _scales(fields: Fields, of: Instrument) -> tuple[Scale, ...]:
    written = _complete(fields, "scales", [scale.key for scale in of.scales])
    return tuple(_scale(fields, scale, written) for scale in of.scales)


def _scale(whole: Fields, scale: Scale, written: Mapping[str, Lined]) -> Scale:
    if scale.key not in written:
        return scale
    fields = Fields(whole.file, written[scale.key], whole.problems)
    title, meaning = fields.text("title"), _words(fields, "meaning", needed=bool(scale.meaning))
    fields.done()
    return replace(scale, title=title, meaning=meaning)


def _questions(fields: Fields, of: Instrument) -> tuple[Question, ...]:
    written = _complete(fields, "questions", [question.key for question in of.questions])
    return tuple(_question(fields, each, written[each.key]) if each.key in written else each for each in of.questions)


def _question(whole: Fields, question: Question, node: Lined) -> Question:
    """`key: text`, or `key: {text: …, options: …}` with the words of its points or steps."""
    fields = Fields(whole.file, Lined({"text": node}, node.line) if node.text is not None else node, whole.problems)
    text, words = fields.text("text"), Fields(whole.file, fields.node("options") or Lined({}, fields.line), whole.problems)
    made = replace(question, text=text or "?", options=tuple(replace(one, label=words.text(str(one.code))) for one in question.options))
    words.done()
    fields.done()
    return made
