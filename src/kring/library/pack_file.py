"""The words of a region (YAML): content/packs/<region>/<key>-<version>.yaml."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kring.core.region import Layer, RequestField, Terms, Word
from kring.core.school_types import SchoolType
from kring.file_problems import ContentRefused, Problems
from kring.library.shelf import CONTENT
from kring.lined_yaml import Fields, Lined, read_lined


@dataclass(frozen=True, slots=True)
class Pack:
    """What a samenwerkingsverband hands its schools, from a day and perhaps until one."""

    key: str
    version: int
    name: str
    region: str
    school_types: tuple[SchoolType, ...]
    municipalities: tuple[str, ...]
    source: str
    licence: str
    is_example: bool
    valid_from: date
    valid_until: date | None
    terms: Terms

    @property
    def mark(self) -> str:
        """How an edition of a school says where it came from."""
        return f"{self.key}-{self.version}"

    def holds_on(self, day: date) -> bool:
        """Whether it holds on this day; the last day belongs to it."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@cache
def packs(content: Path = CONTENT) -> tuple[Pack, ...]:
    """Every version of every pack, by name. Raises ContentRefused naming file and line of all mistakes."""
    problems = Problems()
    found = [_in_its_place(path, problems) for path in sorted((content / "packs").glob("*/*.yaml"))]
    problems.refuse(ContentRefused)
    return tuple(sorted((pack for pack in found if pack is not None), key=lambda pack: (pack.name, pack.version)))


def _in_its_place(path: Path, problems: Problems) -> Pack | None:
    read = read_pack(path.read_text(encoding="utf-8"), source=path.name, problems=problems)
    if read is not None and (path.name, path.parent.name) != (f"{read.mark}.yaml", read.region):
        advice = "Laat map en streek, en naam, sleutel en versie gelijk zijn."
        problems.add(path.name, None, "key", f"Dit bestand hoort {read.region}/{read.mark}.yaml te heten.", advice)
    return read


def read_pack(text: str, *, source: str, problems: Problems) -> Pack | None:
    """The pack in a YAML text; mistakes go to the problems, with their line."""
    root = read_lined(source, text, problems)
    if root is None:
        return None
    fields = Fields(source, root, problems)
    valid_from, valid_until = fields.day("valid_from"), fields.day("valid_until") if "valid_until" in fields else None
    if valid_until is not None and valid_until < valid_from:
        fields.wrong("valid_until", "Dit eindigt voordat het begint.", "Kijk beide datums na.")
    read = Pack(
        key=fields.text("key"),
        version=fields.whole("version"),
        name=fields.text("name"),
        region=fields.text("region"),
        school_types=_types(fields),
        municipalities=tuple(part.text or "?" for part in fields.parts("municipalities")),
        source=fields.text("source"),
        licence=fields.text("licence"),
        is_example=fields.yes("is_example"),
        valid_from=valid_from,
        valid_until=valid_until,
        terms=_terms(fields),
    )
    fields.done()
    return read


def _types(fields: Fields) -> tuple[SchoolType, ...]:
    written = [part.text or "" for part in fields.parts("school_types")]
    known = set(SchoolType)
    if not written or not known.issuperset(written):
        fields.wrong("school_types", "Hier horen soorten onderwijs te staan.", f"Kies uit: {', '.join(SchoolType)}.")
        return ()
    return tuple(SchoolType(one) for one in written)


def _terms(fields: Fields) -> Terms:
    source, problems = fields.file, fields.problems
    layers = [_layer(Fields(source, node, problems)) for node in fields.parts("layers")]
    if not layers:
        fields.wrong("layers", "Er staat geen enkele laag van ondersteuning in.", "Noem er minstens één, met name en text.")
    asked = tuple(_request_field(key, Fields(source, node, problems)) for key, node in fields.mapping("request_fields").items())
    return Terms(_words(fields), tuple(layers), asked, fields.text("procedure"))


def _words(fields: Fields) -> dict[Word, str]:
    node = fields.node("words") or Lined({}, fields.line)
    inner = Fields(fields.file, node, fields.problems)
    words = {word: text for word in Word if (text := inner.optional(word))}
    inner.done()
    return words


def _layer(fields: Fields) -> Layer:
    layer = Layer(fields.text("name"), fields.text("text"))
    fields.done()
    return layer


def _request_field(key: str, fields: Fields) -> RequestField:
    made = RequestField(key, fields.text("label"), fields.optional("help") or "", fields.yes("required") if "required" in fields else False)
    fields.done()
    return made
