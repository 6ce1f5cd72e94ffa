"""What stands in the folder: the files of the class, the mapping and the instrument they go with."""

from collections.abc import Mapping
from pathlib import Path

from kring import library
from kring.class_files import ClassFiles, ClassMapping, Kind, Table, class_files, read_mapping, read_table
from kring.class_files.decoding import fits, text_of
from kring.core.instruments import About, Instrument
from kring.file_problems import FilesRefused, Problems

SOCIOGRAMS = ("kring-sociogram", "kring-sociogram-niet")
ABOUT_A_ROW = frozenset({"pupil", "leerling", "name", "naam", "round", "ronde", "group", "groep"})


def read_folder(folder: Path, *, instrument: str | None = None, mapping: Path | None = None) -> ClassFiles:
    """Everything in the folder, read and checked. Raises FilesRefused and library.NoSuchInstrument."""
    bridge = _mapping(folder, mapping)
    files = _files(folder, bridge)
    chosen = _instrument(folder, files, bridge, instrument)
    asked = {one.key: one for key in reversed(SOCIOGRAMS) for one in library.instrument(key).questions}
    return class_files(files, chosen, bridge, questions=list(asked.values()))


def _files(folder: Path, mapping: ClassMapping) -> dict[str, bytes]:
    """The files of the class by name; one that is too large is refused before it is opened."""
    wanted = {mapping.file(kind).file.casefold() for kind in Kind}
    problems = Problems()
    if not folder.is_dir():
        problems.add(
            str(folder), None, None, "Deze map bestaat niet.", "Kijk of de naam goed geschreven is, en of het een map is en geen bestand."
        )
    problems.refuse()
    found = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name.casefold() in wanted]
    small = [path for path in found if fits(path.name, path.stat().st_size, problems)]
    problems.refuse()
    return {path.name: path.read_bytes() for path in small}


def text_in(path: Path) -> str:
    """The text of a mapping or instrument file. Raises FilesRefused."""
    problems = Problems()
    if not path.is_file():
        problems.add(path.name, None, None, "Dit bestand bestaat niet.", "Kijk of de naam en de map goed geschreven zijn.")
    problems.refuse()
    text = text_of(path.name, path.read_bytes(), problems) if fits(path.name, path.stat().st_size, problems) else None
    problems.refuse()
    assert text is not None
    return text.content


def _mapping(folder: Path, given: Path | None) -> ClassMapping:
    path = given or folder / "mapping.yaml"
    if given is None and not path.is_file():
        return ClassMapping()
    return read_mapping(text_in(path), source=path.name)


def _instrument(folder: Path, files: Mapping[str, bytes], mapping: ClassMapping, given: str | None) -> Instrument | None:
    """The list that was named, the one that lies in the folder, or the only one of the library that has these items."""
    named = given or mapping.instrument
    own = folder / "instrument.yaml"
    if named is not None:
        return _named(named, folder)
    return library.read_instrument(text_in(own), source=own.name) if own.is_file() else recognised(files, mapping)


def _named(named: str, folder: Path) -> Instrument:
    path = Path(named)
    if path.suffix in (".yaml", ".yml"):
        path = path if path.is_file() else folder / named
        return library.read_instrument(text_in(path), source=path.name)
    key, _, version = named.rpartition("-")
    return library.instrument(key, int(version)) if version.isdecimal() and version.isascii() else library.instrument(named)


def recognised(files: Mapping[str, bytes], mapping: ClassMapping) -> Instrument | None:
    """The list about pupils in the library that names every item of these answers and the fewest others; None when none does, or more."""
    name = next((name for name in files if name.casefold() == mapping.file(Kind.ANSWERS).file.casefold()), None)
    items = _items(name, files[name]) if name is not None else set()
    about_pupils = (one for one in library.instruments() if one.scales and one.about is About.PUPIL)
    asked = {one: {item.key.casefold() for item in one.items} for one in about_pupils}
    fitting = {one: len(keys - items) for one, keys in asked.items() if items and items <= keys}
    closest = [one for one, others in fitting.items() if others == min(fitting.values())]
    return closest[0] if len(closest) == 1 else None


def _items(name: str, data: bytes) -> set[str]:
    try:
        table = read_table(name, data)
    except FilesRefused:
        return set()  # class_files tells what is wrong with it
    return _items_of(table)


def _items_of(table: Table) -> set[str]:
    columns = [column.casefold() for column in table.columns]
    if "item" in columns:
        place = columns.index("item")
        return {row.cells[place].casefold() for row in table.rows}
    return set(columns) - ABOUT_A_ROW
