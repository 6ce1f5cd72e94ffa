"""YAML of which every value knows its line, read field by field, so that a mistake can be pointed at.

Only plain YAML: no anchors and aliases (a small file could unfold into gigabytes), no tags, no key twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from unicodedata import category

import yaml

from kring.file_problems import Problems, said

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one on libyaml is ten times as fast, and every server that starts waits for it
MOST_CHARACTERS = 200_000
MOST_LEVELS = 20
MOST_VALUES = 20_000
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NO_WRITING = said("In deze tekst staan tekens die geen schrift zijn.")
SEE_EXAMPLE = said("Vergelijk met een bestand uit content/instruments.")

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Lined:
    """A scalar as it is written, a list or a mapping; in a mapping `line` is the line of the key."""

    value: "str | list[Lined] | dict[str, Lined]"
    line: int
    quoted: bool = False

    @property
    def text(self) -> str | None:
        """The scalar, or None when this is a list, a mapping or nothing at all."""
        if not isinstance(self.value, str) or (not self.quoted and self.value in ("", "~", "null")):
            return None
        return self.value

    @property
    def parts(self) -> "list[Lined]":
        """The members of a list; of anything else none."""
        return self.value if isinstance(self.value, list) else []

    @property
    def fields(self) -> "dict[str, Lined]":
        """The fields of a mapping; of anything else none."""
        return self.value if isinstance(self.value, dict) else {}


def read_lined(file: str, text: str, problems: Problems) -> Lined | None:
    """The whole of a YAML text as one mapping, or None with the reason added to the problems."""
    if len(text) > MOST_CHARACTERS:
        problems.add(
            file,
            None,
            None,
            said("Het bestand is langer dan %(most)s tekens.", most=MOST_CHARACTERS),
            said("Kijk of dit het goede bestand is."),
        )
        return None
    try:
        root = _composed(file, text, problems)
    except (yaml.YAMLError, UnicodeEncodeError) as unreadable:
        problems.add(
            file,
            _line_of(unreadable, text),
            None,
            said("Dit is geen leesbaar YAML."),
            said("Kijk naar inspringing, dubbele punten en aanhalingstekens."),
        )
        return None
    if root is not None and not isinstance(root.value, dict):
        problems.add(file, root.line, None, said("Het bestand moet uit velden bestaan (naam: waarde)."), SEE_EXAMPLE)
        return None
    return root


def _line_of(unreadable: Exception, text: str) -> int | None:
    """libyaml puts the end of a text without a last line feed on a line that is not there."""
    mark = getattr(unreadable, "problem_mark", None)
    return min(mark.line, text.count("\n")) + 1 if mark is not None else None


def _composed(file: str, text: str, problems: Problems) -> Lined | None:
    if not _plain(file, text, problems):
        return None
    node = yaml.compose(text, Loader=LOADER)
    if node is None:
        problems.add(file, None, None, said("Het bestand is leeg."), SEE_EXAMPLE)
        return None
    return _lined(file, node, node.start_mark.line + 1, problems)


def _plain(file: str, text: str, problems: Problems) -> bool:
    """No aliases, not too deep and not too much, seen from the stream of events before anything is built."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=LOADER)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > MOST_LEVELS:
            line = event.start_mark.line + 1 if event.start_mark else None
            problems.add(file, line, None, said("Verwijzingen (*) en diepe nesting mogen niet."), said("Schrijf het uit."))
            return False
        if number > MOST_VALUES:
            line = event.start_mark.line + 1 if event.start_mark else None
            problems.add(
                file,
                line,
                None,
                said("Tot hier staan er meer dan %(most)s waarden.", most=MOST_VALUES),
                said("Kijk of dit het goede bestand is."),
            )
            return False
    return True


def _lined(file: str, node: yaml.Node, line: int, problems: Problems) -> Lined:
    if isinstance(node, yaml.MappingNode):
        return Lined(dict(_pairs(file, node, problems)), line)
    if isinstance(node, yaml.SequenceNode):
        return Lined([_lined(file, part, part.start_mark.line + 1, problems) for part in node.value], line)
    text = str(node.value).strip()
    if not is_writing(text):
        problems.add(file, line, None, NO_WRITING, SEE_EXAMPLE)
    return Lined(text, line, quoted=isinstance(node, yaml.ScalarNode) and bool(node.style))


def is_writing(text: str) -> bool:
    """Whether there are only signs in it that a database and a page can keep, and none that turns the direction of reading."""
    odd = (sign for sign in text if not sign.isprintable() and sign not in "\t\n\r")
    return not any(sign in TURNS or category(sign) in {"Cc", "Cs", "Cn"} for sign in odd)


def _pairs(file: str, node: yaml.MappingNode, problems: Problems) -> Iterator[tuple[str, Lined]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        line, key = key_node.start_mark.line + 1, str(key_node.value)
        if not isinstance(key_node, yaml.ScalarNode):
            problems.add(file, line, None, said("Hier horen velden te staan (naam: waarde)."), SEE_EXAMPLE)
            continue
        if not is_writing(key):
            problems.add(file, line, None, NO_WRITING, SEE_EXAMPLE)
            continue
        if key in seen:
            problems.add(file, line, key, said("Dit veld staat er twee keer."), said("Haal er een weg."))
        seen.add(key)
        yield key, _lined(file, value_node, line, problems)


class Fields:
    """The fields of one mapping, asked for by name.

    What is missing or of the wrong kind is added to the problems and answered with a placeholder, so that reading goes on and the
    rest of the mistakes is found too; a file with problems is never used. `done` names the fields nobody asked for.
    """

    def __init__(self, file: str, node: Lined, problems: Problems) -> None:
        self.file, self.line, self.problems = file, node.line, problems
        self._fields, self._asked = node.fields, set[str]()
        if not isinstance(node.value, dict):
            problems.add(file, node.line, None, said("Hier horen velden te staan (naam: waarde)."), SEE_EXAMPLE)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def wrong(self, name: str, message: str, advice: str = SEE_EXAMPLE) -> None:
        """Add a problem with this field, on its line, or on that of the mapping when it is absent."""
        self.problems.add(self.file, self.line_of(name), name, message, advice)

    def line_of(self, name: str) -> int:
        """The line of this field, or that of the mapping when it is absent."""
        node = self._fields.get(name)
        return node.line if node is not None else self.line

    def node(self, name: str) -> Lined | None:
        """Whatever stands there, or None."""
        self._asked.add(name)
        return self._fields.get(name)

    def optional(self, name: str) -> str | None:
        """The text of a field that may be absent."""
        node = self.node(name)
        if node is not None and node.text is None and node.value != "":
            self.wrong(name, said("Hier hoort tekst te staan."))
        return node.text if node is not None else None

    def text(self, name: str) -> str:
        """The text of a field that must be there."""
        text = self.optional(name)
        if not text:
            self.wrong(name, said("Het veld “%(name)s” ontbreekt of is leeg.", name=name), said("Vul het in."))
        return text or "?"

    def whole(self, name: str, *, otherwise: int | None = None) -> int:
        """A whole number; `otherwise` makes the field optional."""
        return int(self.number(name, otherwise=otherwise, whole=True))

    def number(self, name: str, *, otherwise: float | None = None, whole: bool = False) -> float:
        """A number, with a decimal point; `otherwise` makes the field optional."""
        if name not in self and otherwise is not None:
            return otherwise
        number = number_of(self.text(name), whole=whole)
        if number is None:
            other = said("Het veld “%(name)s” moet een getal zijn.", name=name)
            message = said("Het veld “%(name)s” moet een geheel getal zijn.", name=name) if whole else other
            self.wrong(name, message, said("Schrijf cijfers, met een punt voor decimalen."))
        return 1 if number is None else number

    def day(self, name: str) -> date:
        """A day, written as 2026-08-31."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            self.wrong(name, said("Het veld “%(name)s” moet een datum zijn.", name=name), said("Schrijf hem als 2026-08-31."))
            return date(2000, 1, 1)

    def one_of(self, name: str, kinds: type[Kind]) -> Kind:
        """One of a fixed list of words."""
        word = self.text(name)
        try:
            return kinds(word)
        except ValueError:
            self.wrong(name, *_not_among(name, word, kinds))
            return next(iter(kinds))

    def several(self, name: str, kinds: type[Kind]) -> tuple[Kind, ...]:
        """Some of a fixed list of words; none when the field is absent."""
        found = []
        for part in self.parts(name):
            if part.text not in set(kinds):
                self.problems.add(self.file, part.line, name, *_not_among(name, part.text or "", kinds))
            else:
                found.append(kinds(part.text))
        return tuple(found)

    def yes(self, name: str) -> bool:
        """true or false."""
        word = self.text(name)
        if word not in ("true", "false"):
            self.wrong(name, said("Het veld “%(name)s” moet true of false zijn.", name=name), said("Kies een van beide."))
        return word == "true"

    def mapping(self, name: str) -> dict[str, Lined]:
        """The fields of a mapping that may be absent."""
        node = self.node(name)
        if node is not None and not isinstance(node.value, dict):
            self.wrong(name, said("Onder “%(name)s” horen velden te staan (naam: waarde).", name=name))
        return node.fields if node is not None else {}

    def parts(self, name: str) -> list[Lined]:
        """The members of a list that may be absent."""
        node = self.node(name)
        if node is not None and not isinstance(node.value, list):
            self.wrong(
                name,
                said("Onder “%(name)s” hoort een lijst te staan.", name=name),
                said("Schrijf [een, twee] of regels die met - beginnen."),
            )
        return node.parts if node is not None else []

    def done(self) -> None:
        """Every field that nobody asked for is a mistake: a misspelt name would otherwise go unnoticed."""
        for name in [name for name in self._fields if name not in self._asked]:
            known = said("Bekende velden: %(known)s.", known=", ".join(sorted(self._asked)))
            self.wrong(name, said("Het veld “%(name)s” bestaat hier niet.", name=name), known)


def _not_among(name: str, word: str, kinds: type[StrEnum]) -> tuple[str, str]:
    return said("“%(word)s” kan niet in het veld “%(name)s”.", word=word, name=name), said("Kies uit: %(known)s.", known=", ".join(kinds))


def number_of(text: str, *, whole: bool) -> float | None:
    """The finite number this text stands for, or None."""
    plain = text.removeprefix("-")
    digits, _, decimals = plain.partition(".")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return None
    if "." in plain and (whole or not (decimals.isascii() and decimals.isdigit())):
        return None
    return float(text)
