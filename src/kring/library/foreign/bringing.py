"""Bytes of whatever list → what Kring understood of it. The kind is told by the content, never by the name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kring.core.instruments import CutKind, Informant, Instrument
from kring.core.sketches import MOST_ITEMS, Sketch
from kring.file_problems import ContentRefused, FilesRefused, Problems, Said, said
from kring.library.foreign.fhir import is_ours
from kring.library.foreign.fhir_foreign import from_fhir
from kring.library.foreign.fhir_text import differences, read_json
from kring.library.foreign.fhir_translations import read_with_translations, with_translations
from kring.library.foreign.leftovers import (
    LONGEST_INTRODUCTION,
    LONGEST_LABEL,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Brought,
    Format,
    Leftover,
    Missing,
    Translated,
)
from kring.library.foreign.limesurvey import from_limesurvey
from kring.library.instrument_file import Entry, read_entry
from kring.library.instrument_writer import written_entry
from kring.library.sketch_file import sketch_of

MOST_KRING = 400_000  # bytes of a file of Kring; its reader counts characters
MOST_DIFFERENCES = 200
NOT_IN_EDITOR = said("Dit kan in een eigen lijst niet worden veranderd. Het is niet meegekomen.")


def format_of(data: bytes) -> Format | None:
    """In which form these bytes are a list; None when it must be a table (formr), or nothing at all."""
    head = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, which a spreadsheet may be; what else is, its reader refuses in its own words
        head = data[2:2000].replace(b"\0", b"").lstrip()
    if head.startswith(b"{"):
        return Format.FHIR
    if head.startswith(b"<"):
        return Format.LIMESURVEY
    lines = head.splitlines()
    return Format.KRING if any(line.startswith((b"key:", b"informant:")) for line in lines) else None


def brought_from(file: str, data: bytes, format_: Format) -> Brought:
    """A list out of a file of one of these forms; formr comes as a table. Raises FilesRefused."""
    if format_ is Format.LIMESURVEY:
        return from_limesurvey(file, data)
    if format_ is Format.KRING:
        return _of_entry(Format.KRING, _read_kring(file, data), [], [])
    document = read_json(file, data)
    if not is_ours(document):
        return from_fhir(file, document)
    entry, translations = read_with_translations(file, document)
    other = said("Dit staat er anders dan Kring het zou schrijven. Het is niet meegekomen.")
    entry = _as_in_a_file(file, entry)
    found = differences(document, with_translations(entry, translations))
    left = [Leftover(place or "–", other) for _number, place in zip(range(MOST_DIFFERENCES), found)]
    return _of_entry(Format.FHIR, entry, left, [_translated(one.instrument) for one in translations])


def _as_in_a_file(file: str, entry: Entry) -> Entry:
    """What a file of ours may not say comes in no other way either. Its lines are those of a file that nobody has seen."""
    try:
        return read_entry(written_entry(entry), source=file)
    except ContentRefused as refused:
        raise FilesRefused(problems=tuple(replace(one, line=None) for one in refused.problems), unshown=refused.unshown) from None


def _translated(one: Instrument) -> Translated:
    labels = {item.key: {option.code: option.label for option in item.options} for item in one.items}
    return Translated(one.language, {item.key: item.text for item in one.items}, labels)


def _read_kring(file: str, data: bytes) -> Entry:
    problems = Problems()
    try:
        text = data.decode("utf-8-sig") if len(data) <= MOST_KRING else ""
    except UnicodeDecodeError:
        text = ""
    if not text:
        advice = said("Kijk of dit het goede bestand is, of maak het opnieuw.")
        problems.add(file, None, None, said("Dit bestand is te groot, of geen UTF-8."), advice)
        problems.refuse(FilesRefused)
    return read_entry(text, source=file)


def _of_entry(format_: Format, entry: Entry, left: list[Leftover], translations: list[Translated]) -> Brought:
    one = entry.instrument
    problems = Problems()
    for place, reason in _beyond_a_draft(one):
        problems.add(one.title[:LONGEST_TITLE], None, place, reason, said("Maak dit in het bestand in orde, en kies het opnieuw."))
    problems.refuse(FilesRefused)
    if not one.items:
        advice = said("Vragen naar klasgenoten staan in Kring al klaar, bij het sociogram.")
        problems.add(one.title, None, None, said("Deze lijst heeft alleen vragen naar klasgenoten."), advice)
        problems.refuse(FilesRefused)
    return Brought(
        format=format_,
        title=one.title,
        language=one.language,
        introduction=one.introduction,
        items=one.items,
        leftovers=(*left, *(Leftover(place, reason) for place, reason in _not_sketched(one))),
        missing=(Missing.LICENCE,),
        entry=entry,
        translations=tuple(translations),
    )


def _beyond_a_draft(one: Instrument) -> Iterator[tuple[str, Said]]:
    """What is longer than anybody could write it in the editor."""
    if len(one.items) > MOST_ITEMS:
        yield "items", said("Een lijst heeft in Kring hooguit %(most)d vragen.", most=MOST_ITEMS)
    texts = [("title", one.title, LONGEST_TITLE), ("introduction", one.introduction, LONGEST_INTRODUCTION)]
    texts += [("promise", one.promise, LONGEST_INTRODUCTION), *((item.key, item.text, LONGEST_TEXT) for item in one.items)]
    texts += [(scale.key, scale.title, LONGEST_LABEL) for scale in one.scales]
    texts += [(item.key, option.label, LONGEST_LABEL) for item in one.items for option in item.options]
    for place, text, most in texts:
        if len(text) > most:
            yield place, said("De tekst is langer dan %(most)d tekens.", most=most)


def _not_sketched(one: Instrument) -> Iterator[tuple[str, Said]]:
    """What the editor has no place for."""
    yield from ((item.key, said("Het geluid bij de vraag is niet meegekomen.")) for item in one.items if item.audio)
    yield from ((question.key, said("Een vraag naar klasgenoten hoort bij het sociogram.")) for question in one.questions)
    for scale in one.scales:
        if any(cut.kind is not CutKind.RAW for cut in scale.cuts.values()):
            yield scale.key, said("Een grens op een andere maat dan de punten van de schaal is niet meegekomen.")
        if scale.retest_reliability is not None:
            yield scale.key, NOT_IN_EDITOR
    if one.norm_tier:
        yield "norm_tier", said("Een eigen lijst is niet genormeerd.")
    if one.comparable_with is not None:
        yield "comparable_with", said("Dit is in uw school een nieuwe lijst. Er is geen eerdere versie om mee te vergelijken.")


def sketch_from(brought: Brought) -> Sketch:
    """The draft that a school goes on writing. Under which licence the text stands a person says, never the file."""
    sketch = sketch_of(brought.entry or _unknown(brought))
    if brought.entry is not None:
        return replace(sketch, licence_source="", verified_on="")
    return replace(sketch, key="", licence="", licence_source="", verified_on="", attribution="", validity_note="")


def _unknown(brought: Brought) -> Entry:
    """As a list of which nobody knows yet whose it is."""
    one = Instrument(
        key="?", version=1, title=brought.title, informant=Informant.PUPIL, licence="?", attribution="?", language=brought.language,
        introduction=brought.introduction, items=brought.items,
    )  # fmt: skip
    return Entry(one, "?", date.min, may_redistribute_text=False, may_translate=False, validity_note="?")
