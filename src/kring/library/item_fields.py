"""The items of an instrument file with their answers."""

from collections.abc import Mapping

from kring.core.instruments import AnswerKind, Item, Option
from kring.file_problems import said
from kring.library.tried import kept, key_in, tried
from kring.lined_yaml import Fields, Lined, number_of

PATH_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-./")


def items_in(whole: Fields) -> tuple[Item, ...]:
    """Every item; those without answers of their own have the ones at the top of the file."""
    common = options_in(whole, whole.mapping("options"))
    return kept(_item(whole, key, node, common) for key, node in whole.mapping("items").items())


def options_in(fields: Fields, written: Mapping[str, Lined]) -> tuple[Option, ...]:
    """The answers to choose from, with the picture of each."""
    return kept(_option(fields, code, node) for code, node in written.items())


def _option(fields: Fields, code: str, node: Lined) -> Option | None:
    """`1: nooit`, or `1: {label: nooit, picture: sip}`."""
    number = number_of(code, whole=True)
    if number is None:
        advice = said("Schrijf bijvoorbeeld 1: nooit.")
        fields.problems.add(fields.file, node.line, code, said("De code van een antwoord moet een geheel getal zijn."), advice)
        return None
    if not node.fields:
        return Option(int(number), node.text or "")
    own = Fields(fields.file, node, fields.problems)
    made = Option(int(number), own.text("label"), own.optional("picture") or "")
    own.done()
    return made


def _item(whole: Fields, key: str, node: Lined, common: tuple[Option, ...]) -> Item | None:
    """`key: text`, or `key: {text: …}` with its kind, its own answers, the ends of its row of numbers, or its recording."""
    key_in(whole, key, node.line)
    if node.text is not None:
        return tried(whole, node.line, lambda: Item(key, node.text or "", common))
    fields = Fields(whole.file, node, whole.problems)
    text, audio = fields.text("text"), path_in(fields, "audio")
    kind = fields.one_of("kind", AnswerKind) if "kind" in fields else AnswerKind.CHOICE
    made = _numbers(fields, key, text, audio) if kind is AnswerKind.NUMBER else _choice(fields, key, kind, text, audio, common)
    fields.done()
    return made


def _choice(fields: Fields, key: str, kind: AnswerKind, text: str, audio: str, common: tuple[Option, ...]) -> Item | None:
    own = options_in(fields, fields.mapping("options"))
    options = own if kind is AnswerKind.TEXT else own or common
    _two_ranges(fields, "low", "high")
    return tried(fields, fields.line, lambda: Item(key, text, options, kind, audio))


def _numbers(fields: Fields, key: str, text: str, audio: str) -> Item | None:
    ends = fields.whole("low"), fields.whole("high")
    labels = fields.optional("low_label") or "", fields.optional("high_label") or ""
    _two_ranges(fields, "options")
    return tried(fields, fields.line_of("low"), lambda: Item.of_numbers(key, text, ends, labels, audio=audio))


def _two_ranges(fields: Fields, *others: str) -> None:
    """An item has answers to choose from or a row of numbers, never both."""
    for name in others:
        if fields.node(name) is not None:
            fields.wrong(
                name, said("Dit item heeft twee bereiken."), said("Kies: antwoorden onder options, of kind: number met low en high.")
            )


def path_in(fields: Fields, name: str) -> str:
    """A path within content/, empty when it is absent."""
    path = fields.optional(name) or ""
    if path and (not PATH_SIGNS.issuperset(path) or ".." in path or path.startswith("/")):
        fields.wrong(name, said("Dit kan geen pad in de map content zijn."), said("Schrijf bijvoorbeeld audio/kring-leerling-1/w1.mp3."))
    return path
