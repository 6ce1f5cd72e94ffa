"""The shelf with our own instruments: content/instruments/<key>-<version>.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kring.core.errors import BrokenRule
from kring.core.instruments import Instrument
from kring.file_problems import ContentRefused, Problems
from kring.library.instrument_file import Entry, read_entry

CONTENT = Path(__file__).resolve().parents[3] / "content"


@dataclass(eq=False, kw_only=True)
class NoSuchInstrument(BrokenRule):
    """The library has no instrument with this key and version. `known` are the keys it does have."""

    key: str
    version: int | None
    known: tuple[str, ...]


@cache
def entries(content: Path = CONTENT) -> tuple[Entry, ...]:
    """Every instrument of the library with its rights, by key and version. Raises ContentRefused naming file and line of all mistakes."""
    problems = Problems()
    read = [_entry(path, problems) for path in sorted((content / "instruments").glob("*.yaml"))]
    problems.refuse(ContentRefused)
    found = [entry for entry in read if entry is not None]
    return tuple(sorted(found, key=lambda entry: (entry.instrument.key, entry.instrument.version)))


def _entry(path: Path, problems: Problems) -> Entry | None:
    try:
        entry = read_entry(path.read_text(encoding="utf-8"), source=path.name)
    except ContentRefused as refused:
        problems.take(refused)
        return None
    expected = f"{entry.instrument.key}-{entry.instrument.version}.yaml"
    if path.name != expected:
        problems.add(path.name, None, "key", f"Dit bestand hoort {expected} te heten.", "Laat naam, sleutel en versie gelijk zijn.")
    if not entry.may_redistribute_text:
        advice = "Alleen lijsten die iedereen mag verspreiden horen in content/; gebruik een eigen lijst als los bestand."
        problems.add(path.name, None, "may_redistribute_text", "De tekst mag niet verspreid worden.", advice)
    return entry


def instruments() -> tuple[Instrument, ...]:
    """Every version of every instrument of the library."""
    return tuple(entry.instrument for entry in entries())


def instrument(key: str, version: int | None = None) -> Instrument:
    """The instrument with this key, in this version or the newest. Raises NoSuchInstrument."""
    found = [one for one in instruments() if one.key == key and version in (None, one.version)]
    if not found:
        known = tuple(dict.fromkeys(one.key for one in instruments()))
        raise NoSuchInstrument(key=key, version=version, known=known)
    return found[-1]
