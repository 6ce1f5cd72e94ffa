"""A list of Kring as a FHIR R4 Questionnaire, and back without losing anything.

Standard fields hold what FHIR has a place for; all else (scales, reversal, cut-offs, rights, rhythm …) stands in extensions of ours,
which begin with `urn:kring:fhir:`. A pupil is a Patient there, for want of another word.
"""

from collections.abc import Mapping
from typing import Any, Final

from kring.core.errors import BrokenRule
from kring.core.instruments import About, AnswerKind, Instrument, Item, Option, Question
from kring.file_problems import FilesRefused, Problems, said
from kring.library.foreign.fhir_block import OURS, BlockWrong, block_of, extensions_of, read_block
from kring.library.foreign.fhir_text import CHECK, Json
from kring.library.instrument_file import Entry
from kring.library.wording import sentence

BLOCK, ON_ITEM, ON_OPTION, ON_QUESTION = f"{OURS}instrument", f"{OURS}item", f"{OURS}option", f"{OURS}question"
URL: Final = "urn:kring:instrument:"
HL7: Final = "http://hl7.org/fhir/StructureDefinition/"
ORDINAL, LEAST, MOST, MOST_OFTEN = f"{HL7}ordinalValue", f"{HL7}minValue", f"{HL7}maxValue", f"{HL7}questionnaire-maxOccurs"
STANDARD: Final = ("key", "version", "title", "language", "licence", "attribution", "items", "questions")
"""The fields of an instrument that stand in fields of FHIR itself."""
SUBJECTS: Final[Mapping[About, str]] = {About.PUPIL: "Patient", About.GROUP: "Group", About.SCHOOL: "Organization"}
TYPES: Final[Mapping[AnswerKind, str]] = {AnswerKind.CHOICE: "choice", AnswerKind.NUMBER: "integer", AnswerKind.TEXT: "text"}
NAMES = "reference"


def questionnaire_of(entry: Entry) -> Json:
    """The list as a Questionnaire."""
    one = entry.instrument
    return {
        "resourceType": "Questionnaire",
        "url": f"{URL}{one.key}",
        "version": str(one.version),
        "name": "".join(part.capitalize() for part in one.key.replace(".", "-").replace("_", "-").split("-")) + str(one.version),
        "title": one.title,
        "status": "active",
        "language": one.language,
        "publisher": one.attribution,
        "copyright": one.licence,
        "subjectType": [SUBJECTS[one.about]],
        "extension": [{"url": BLOCK, "extension": [*block_of(one, STANDARD), *block_of(entry, ["instrument"])]}],
        "item": [*(_item(item) for item in one.items), *(_question(question) for question in one.questions)],
    }


def _item(item: Item) -> Json:
    made: Json = {"linkId": item.key, "text": item.text, "type": TYPES[item.kind]}
    ends: list[Json] = []
    block = extensions_of("audio", item.audio)
    if item.kind is AnswerKind.NUMBER:
        ends = [{"url": LEAST, "valueInteger": item.low}, {"url": MOST, "valueInteger": item.high}]
        words = (("low_label", item.options[0]), ("high_label", item.options[-1]))
        block += [made for name, end in words if end.label != str(end.code) for made in extensions_of(name, end.label)]
    elif item.options:
        made["answerOption"] = [_option(option) for option in item.options]
    ours = [{"url": ON_ITEM, "extension": block}] if block else []
    return {**made, **({"extension": ends + ours} if ends + ours else {})}


def _option(option: Option) -> Json:
    ours = [{"url": ON_OPTION, "extension": extensions_of("picture", option.picture)}] if option.picture else []
    return {
        "extension": [{"url": ORDINAL, "valueDecimal": option.code}, *ours],
        "valueCoding": {"code": str(option.code), "display": option.label},
    }


def _question(question: Question) -> Json:
    """One that is answered with the names of classmates."""
    often = [{"url": MOST_OFTEN, "valueInteger": question.limit}] if question.limit is not None else []
    ours = {"url": ON_QUESTION, "extension": block_of(question, ["key", "text", "limit"])}
    return {"linkId": question.key, "text": question.text, "type": NAMES, "repeats": True, "extension": [*often, ours]}


def is_ours(document: Json) -> bool:
    """Whether Kring wrote this Questionnaire, so that it can be read whole."""
    told = document.get("extension")
    return isinstance(told, list) and any(isinstance(one, dict) and one.get("url") == BLOCK for one in told)


def read_questionnaire(file: str, document: Json) -> Entry:
    """The list that Kring wrote so. Raises FilesRefused, naming the place."""
    problems = Problems()
    try:
        return _entry(document)
    except BlockWrong as wrong:
        problems.add(file, None, wrong.place, said("Hier staat niet wat Kring zelf zou schrijven."), CHECK)
    except BrokenRule as rule:
        problems.add(file, None, None, *sentence(rule))
    raise FilesRefused(problems=tuple(problems.found))


def _entry(document: Json) -> Entry:
    if document.get("resourceType") != "Questionnaire":
        raise BlockWrong("resourceType")
    block = next(one for one in document["extension"] if isinstance(one, dict) and one.get("url") == BLOCK)
    names = {one.name for one in Entry.__dataclass_fields__.values()}
    told = block.get("extension")
    parts = [one for one in told if isinstance(one, dict) and isinstance(one.get("url"), str)] if isinstance(told, list) else []
    rights = read_block(Entry, [one for one in parts if one["url"] in names], "extension", ["instrument"])
    given = read_block(Instrument, [one for one in parts if one["url"] not in names], "extension", STANDARD)
    url, version = _text(document, "url"), _text(document, "version")
    if not url.startswith(URL) or not (version.isascii() and version.isdigit() and len(version) < 6):
        raise BlockWrong("version" if url.startswith(URL) else "url")
    items, questions = _read_items(document.get("item"))
    instrument = Instrument(
        key=url.removeprefix(URL), version=int(version), title=_text(document, "title"), language=_text(document, "language"),
        licence=_text(document, "copyright"), attribution=_text(document, "publisher"), items=items, questions=questions, **given,
    )  # fmt: skip
    return Entry(instrument, **rights)


def _text(of: Json, name: str, place: str = "") -> str:
    text = of.get(name)
    if not isinstance(text, str) or not text.strip():
        raise BlockWrong(f"{place}{name}")
    return text


def _read_items(told: Any) -> tuple[tuple[Item, ...], tuple[Question, ...]]:
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise BlockWrong("item")
    asked = [(one, f"item[{number}].") for number, one in enumerate(told)]
    items = tuple(_read_item(one, place) for one, place in asked if one.get("type") != NAMES)
    return items, tuple(_read_question(one, place) for one, place in asked if one.get("type") == NAMES)


def _read_item(told: Json, place: str) -> Item:
    key, text, block = _text(told, "linkId", place), _text(told, "text", place), _strings(told, ON_ITEM, place)
    kind = next((kind for kind, name in TYPES.items() if name == told.get("type")), None)
    if kind is None:
        raise BlockWrong(f"{place}type")
    if kind is AnswerKind.NUMBER:
        ends = (_whole(told, LEAST, place), _whole(told, MOST, place))
        return Item.of_numbers(key, text, ends, (block.get("low_label", ""), block.get("high_label", "")), audio=block.get("audio", ""))
    options = told.get("answerOption", [])
    if not isinstance(options, list):
        raise BlockWrong(f"{place}answerOption")
    read = tuple(_read_option(one, f"{place}answerOption[{number}].") for number, one in enumerate(options))
    return Item(key, text, read, kind, block.get("audio", ""))


def _read_option(told: Any, place: str) -> Option:
    coding = told.get("valueCoding") if isinstance(told, dict) else None
    if not isinstance(coding, dict):
        raise BlockWrong(f"{place}valueCoding")
    code = _text(coding, "code", place)
    digits = code.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 6):
        raise BlockWrong(f"{place}code")
    return Option(int(code), _text(coding, "display", place), _strings(told, ON_OPTION, place).get("picture", ""))


def _read_question(told: Json, place: str) -> Question:
    given = read_block(Question, _ours(told, ON_QUESTION, place), f"{place}extension", ["key", "text", "limit"])
    often = _extension(told, MOST_OFTEN, place)
    limit = _whole(told, MOST_OFTEN, place) if often is not None else None
    return Question(key=_text(told, "linkId", place), text=_text(told, "text", place), limit=limit, **given)


def _extension(told: Json, url: str, place: str) -> Json | None:
    every = told.get("extension", [])
    if not isinstance(every, list):
        raise BlockWrong(f"{place}extension")
    return next((one for one in every if isinstance(one, dict) and one.get("url") == url), None)


def _whole(told: Json, url: str, place: str) -> int:
    value = (_extension(told, url, place) or {}).get("valueInteger")
    if type(value) is not int:
        raise BlockWrong(f"{place}{url.rpartition('/')[2]}")
    return value


def _ours(told: Json, url: str, place: str) -> list[Any]:
    inner = (_extension(told, url, place) or {}).get("extension", [])
    if not isinstance(inner, list):
        raise BlockWrong(f"{place}extension")
    return inner


def _strings(told: Json, url: str, place: str) -> dict[str, str]:
    """The words in a block of ours of which each comes once."""
    found: dict[str, str] = {}
    for one in _ours(told, url, place):
        if not isinstance(one, dict) or not isinstance(one.get("url"), str):
            raise BlockWrong(f"{place}extension")
        found[one["url"]] = _text(one, "valueString", f"{place}extension.")
    return found
