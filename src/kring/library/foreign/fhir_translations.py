"""A Questionnaire in more than one language: FHIR keeps the words of another language beside those of the list itself."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from kring.library.foreign.fhir import HL7, questionnaire_of, read_questionnaire
from kring.library.foreign.fhir_block import OURS
from kring.library.foreign.fhir_text import Json
from kring.library.instrument_file import Entry
from kring.library.instrument_translation import Status, Translation

TRANSLATION, STATUS = f"{HL7}translation", f"{OURS}translation"
LANGUAGE: Final = "lang"
SAME_IN_ALL = {"language", "name", "linkId", "url", "type"}


def with_translations(entry: Entry, translations: Iterable[Translation]) -> Json:
    """The list as a Questionnaire with the words of its translations, and how far each of these is."""
    every = {one.instrument.language: one for one in translations}
    others = {language: questionnaire_of(_as_entry(entry, one)) for language, one in every.items()}
    made = with_words(questionnaire_of(entry), others)
    made["extension"] += [{"url": STATUS, "extension": _standing(language, one.status)} for language, one in every.items()]
    return made


def _as_entry(entry: Entry, one: Translation) -> Entry:
    return replace(entry, instrument=one.instrument, validity_note=one.validity_note)


def _standing(language: str, status: Status) -> list[Json]:
    return [{"url": LANGUAGE, "valueCode": language}, {"url": "status", "valueCode": status.value}]


def read_with_translations(file: str, document: Json) -> tuple[Entry, tuple[Translation, ...]]:
    """The list that Kring wrote so, and its translations. Raises FilesRefused."""
    entry = read_questionnaire(file, in_language(document, ""))
    found = []
    for told in _extensions(document):
        parts = {part.get("url"): part.get("valueCode") for part in _extensions(told) if isinstance(part.get("url"), str)}
        language, status = parts.get(LANGUAGE), parts.get("status")
        if told.get("url") == STATUS and isinstance(language, str) and status in set(Status):
            other = read_questionnaire(file, {**in_language(document, language), "language": language})
            found.append(Translation(other.instrument, Status(status), other.validity_note))
    return entry, tuple(found)


def with_words(document: Json, others: Mapping[str, Json]) -> Json:
    """The document with the words of the same list in other languages, by language."""
    made: Json = {}
    for name, value in document.items():
        here = {language: other.get(name) for language, other in others.items()}
        made[name] = _joined(value, here)
        if isinstance(value, str) and name not in SAME_IN_ALL:
            told = [_told(language, words) for language, words in here.items() if isinstance(words, str) and words != value]
            made.update({f"_{name}": {"extension": told}} if told else {})
    return made


def _joined(value: Any, others: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return with_words(value, {language: other for language, other in others.items() if isinstance(other, dict)})
    if isinstance(value, list):
        return [
            _joined(part, {language: _same_place(value, place, other) for language, other in others.items()})
            for place, part in enumerate(value)
        ]
    return value


def _same_place(value: list[Any], place: int, other: Any) -> Any:
    """What stands for this part in another language; a recording, say, may not be there."""
    if not isinstance(other, list):
        return None
    part = value[place]
    if not isinstance(part, dict) or "url" not in part:
        return other[place]
    before = sum(1 for one in value[:place] if one["url"] == part["url"])
    same = [one for one in other if one["url"] == part["url"]]
    return same[before] if before < len(same) else None


def _told(language: str, words: str) -> Json:
    return {"url": TRANSLATION, "extension": [{"url": LANGUAGE, "valueCode": language}, {"url": "content", "valueString": words}]}


def in_language(document: Json, language: str) -> Json:
    """The document with its words in this language where it has them, and without those of any other."""
    made: Json = {}
    for name, value in document.items():
        if not name.startswith("_"):
            beside = document.get(f"_{name}")
            made[name] = _words(beside, language) or _of_one(value, language)
    return made


def _of_one(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return in_language(value, language)
    if isinstance(value, list):
        return [_of_one(part, language) for part in value]
    return value


def _words(beside: Any, language: str) -> str:
    for one in _extensions(beside):
        parts = {part.get("url"): part for part in _extensions(one) if isinstance(part.get("url"), str)}
        words = parts.get("content", {}).get("valueString")
        if one.get("url") == TRANSLATION and parts.get(LANGUAGE, {}).get("valueCode") == language and isinstance(words, str):
            return words
    return ""


def _extensions(of: Any) -> Iterable[Json]:
    told = of.get("extension") if isinstance(of, dict) else None
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
