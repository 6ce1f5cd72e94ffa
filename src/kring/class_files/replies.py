"""What was answered: answers.csv, long (pupil, item, value) or wide (one column per item), checked against the instrument."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kring.class_files.mapping import ClassMapping
from kring.class_files.places import Place, Reading, one_of
from kring.class_files.sheets import Sheet
from kring.class_files.table import Row
from kring.core.answers import Missing
from kring.core.instruments import Instrument, Item
from kring.file_problems import said

REASONS: Mapping[str, Missing] = {
    **{reason.name.lower(): reason for reason in Missing if reason is not Missing.ANSWERED},
    "weet niet": Missing.DONT_KNOW, "weet ik niet": Missing.DONT_KNOW, "niet van toepassing": Missing.NOT_APPLICABLE,
    "nvt": Missing.NOT_APPLICABLE, "geweigerd": Missing.REFUSED, "afwezig": Missing.ABSENT, "niet ingevuld": Missing.NOT_ANSWERED,
    "": Missing.NOT_ANSWERED,
}  # fmt: skip

Replies = Mapping[Place, Mapping[str, Mapping[str, int | Missing]]]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One answer as it is written, and the column it stands in."""

    item: Item
    word: str
    heading: str


def is_long(sheet: Sheet) -> bool:
    """One row per answer, not one row per pupil."""
    return "item" in sheet and "value" in sheet


def replies_of(sheet: Sheet, instrument: Instrument, mapping: ClassMapping, reading: Reading) -> Replies:
    """Place → pupil → item → code or reason. Items that the file does not have at all were not shown."""
    columns = _columns(sheet, instrument, mapping, reading)
    found: dict[Place, dict[str, dict[str, int | Missing]]] = {}
    lines: dict[tuple[object, ...], int] = {}
    for row in sheet:
        place = reading.place(sheet, row, "pupil")
        if place is None or not reading.listed(sheet, row, "pupil", place):
            continue
        pupil = sheet.cell(row, "pupil")
        given = found.setdefault(place, {}).setdefault(pupil, {})
        again = bool(columns) and _twice(sheet, row, (place, pupil), lines, reading)
        for cell in _cells(sheet, row, columns, instrument, mapping, reading):
            if not again and (columns or not _twice(sheet, row, (place, pupil, cell.item.key), lines, reading)):
                given[cell.item.key] = _code(sheet, row, cell, reading)
    return _with_unshown(found, instrument)


def _columns(sheet: Sheet, instrument: Instrument, mapping: ClassMapping, reading: Reading) -> Mapping[int, Item]:
    """Place of the column → item, of a wide file. Without a mapping every column must be an item, so that no answer is lost unseen."""
    if is_long(sheet):
        return {}
    items = {item.key.casefold(): item for item in instrument.coded}
    names = {theirs.casefold(): ours for theirs, ours in mapping.items.items()}
    headings = {heading: sheet.table.columns.index(heading) for heading in sheet.others}
    found = {
        place: items[key] for heading, place in headings.items() if (key := names.get(heading.casefold(), heading).casefold()) in items
    }
    if not mapping.items:
        _no_strangers(sheet, [heading for heading, place in headings.items() if place not in found], reading)
    _all_mapped(sheet, instrument, mapping, reading)
    return found


def _no_strangers(sheet: Sheet, headings: list[str], reading: Reading) -> None:
    for heading in headings:
        message = said("Deze kolom is geen vraag van de lijst.")
        advice = said("Verbeter de naam of haal de kolom weg.")
        reading.problems.add(sheet.file, sheet.table.heading_line, heading, message, advice)


def _all_mapped(sheet: Sheet, instrument: Instrument, mapping: ClassMapping, reading: Reading) -> None:
    headings = {heading.casefold() for heading in sheet.others}
    keys = {item.key for item in instrument.coded}
    for theirs, ours in mapping.items.items():
        if not is_long(sheet) and theirs.casefold() not in headings:
            message = said("De mapping noemt de kolom “%(column)s”, maar die is er niet.", column=theirs)
            reading.problems.add(sheet.file, sheet.table.heading_line, theirs, message, said("Pas de mapping aan."))
        if ours not in keys:
            message = said("De mapping noemt het item “%(item)s”, maar dat heeft de lijst niet.", item=ours)
            reading.problems.add(sheet.file, None, theirs, message, one_of(sorted(keys)[:20]))


def _cells(
    sheet: Sheet, row: Row, columns: Mapping[int, Item], instrument: Instrument, mapping: ClassMapping, reading: Reading
) -> Iterator[_Cell]:
    if not is_long(sheet):
        words = sheet.mapping.values.get("value", {})
        yield from (
            _Cell(item, words.get(row.cells[place], row.cells[place]), sheet.table.columns[place]) for place, item in columns.items()
        )
        return
    key = sheet.cell(row, "item")
    wanted = mapping.items.get(key, key).casefold()
    item = next((one for one in instrument.coded if one.key.casefold() == wanted), None)
    if item is not None:
        yield _Cell(item, sheet.cell(row, "value"), sheet.heading("value"))
    elif key:
        keys = [one.key for one in instrument.coded]
        reading.wrong(sheet, row, "item", said("Het item “%(item)s” hoort niet bij de lijst.", item=key), one_of(keys[:20]))
    else:
        reading.wrong(sheet, row, "item", said("Hier ontbreekt het item."), said("Vul in bij welke vraag het antwoord hoort."))


def _twice(sheet: Sheet, row: Row, key: tuple[object, ...], lines: dict[tuple[object, ...], int], reading: Reading) -> bool:
    first = lines.setdefault(key, row.line)
    if first == row.line:
        return False
    if not sheet.mapping.repeats:
        message = said("Leerling “%(pupil)s” heeft al een antwoord op regel %(line)d.", pupil=key[1], line=first)
        advice = said("Haal een van beide rijen weg, of zet er een kolom round bij als het twee rondes zijn.")
        reading.wrong(sheet, row, "pupil", message, advice)
    return True


def _code(sheet: Sheet, row: Row, cell: _Cell, reading: Reading) -> int | Missing:
    """The code, the label of an answer in words, or a reason why there is none."""
    found = _meaning(cell.item, cell.word)
    if found is not None:
        return found
    low, high = cell.item.low, cell.item.high
    message = said("“%(word)s” is geen antwoord van deze vraag.", word=cell.word)
    if _whole(cell.word) is not None:
        message = said("Het antwoord “%(word)s” ligt buiten de schaal %(low)d tot en met %(high)d.", word=cell.word, low=low, high=high)
    advice = said("Kies een heel getal van %(low)d tot en met %(high)d, of laat de cel leeg als er geen antwoord is.", low=low, high=high)
    reading.problems.add(sheet.file, row.line, cell.heading, message, advice)
    return Missing.NOT_ANSWERED


@lru_cache(maxsize=10_000)
def _meaning(item: Item, written: str) -> int | Missing | None:
    """What this word means as an answer to this item; None when it means nothing."""
    word = written.casefold()
    if word in REASONS:
        return REASONS[word]
    number = _whole(word)
    labels = {option.label.casefold(): option.code for option in item.options}
    return number if number in item.codes else labels.get(word)


def _whole(word: str) -> int | None:
    """A whole number, also when a spreadsheet wrote it as 3.0 or 3,0."""
    digits = word.removeprefix("-")
    for tail in (".0", ",0"):
        digits = digits.removesuffix(tail)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return None
    return -int(digits) if word.startswith("-") else int(digits)


def _with_unshown(found: dict[Place, dict[str, dict[str, int | Missing]]], instrument: Instrument) -> Replies:
    shown = {item for pupils in found.values() for given in pupils.values() for item in given}
    unshown = {item.key: Missing.NOT_SHOWN for item in instrument.coded if item.key not in shown}
    return {place: {pupil: {**unshown, **given} for pupil, given in pupils.items()} for place, pupils in found.items()}
