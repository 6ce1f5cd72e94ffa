"""The shelf: content/instruments with our own lists, their translations, and content/shells with facts about protected ones."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from kring.core.errors import BrokenRule
from kring.core.instruments import Instrument
from kring.file_problems import ContentRefused, Problems
from kring.library.instrument_file import Entry, read_entry
from kring.library.instrument_translation import Translation, read_translation
from kring.library.shell_file import Shell, read_shell
from kring.library.sound import shelf_problems

CONTENT = Path(__file__).resolve().parents[3] / "content"
Read = TypeVar("Read")


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
    found = []
    for path in sorted((content / "instruments").glob("*.yaml")):
        entry = _tried(problems, partial(read_entry, path.read_text(encoding="utf-8"), source=path.name))
        if entry is not None:
            _named(path, entry.instrument.key, entry.instrument.version, problems)
            shelf_problems(content, path, entry, problems)
            found.append(entry)
    problems.refuse(ContentRefused)
    return tuple(sorted(found, key=lambda entry: (entry.instrument.key, entry.instrument.version)))


@cache
def shells(content: Path = CONTENT) -> tuple[Shell, ...]:
    """What is known about every protected list, by key. Raises ContentRefused naming file and line of all mistakes."""
    problems = Problems()
    found = []
    for path in sorted((content / "shells").glob("*.yaml")):
        shell = _tried(problems, partial(read_shell, path.read_text(encoding="utf-8"), source=path.name))
        if shell is not None:
            _named(path, shell.key, shell.version, problems)
            found.append(shell)
    problems.refuse(ContentRefused)
    return tuple(sorted(found, key=lambda shell: (shell.key, shell.version)))


def _tried(problems: Problems, read: Callable[[], Read]) -> Read | None:
    try:
        return read()
    except ContentRefused as refused:
        problems.take(refused)
        return None


def _named(path: Path, key: str, version: int, problems: Problems) -> None:
    expected = f"{key}-{version}.yaml"
    if path.name != expected:
        problems.add(path.name, None, "key", f"Dit bestand hoort {expected} te heten.", "Laat naam, sleutel en versie gelijk zijn.")


def instruments() -> tuple[Instrument, ...]:
    """Every version of every instrument of the library."""
    return tuple(entry.instrument for entry in entries())


def entry(key: str, version: int | None = None) -> Entry:
    """The list with this key, in this version or the newest, with its rights. Raises NoSuchInstrument."""
    found = [one for one in entries() if one.instrument.key == key and version in (None, one.instrument.version)]
    if not found:
        known = tuple(dict.fromkeys(one.key for one in instruments()))
        raise NoSuchInstrument(key=key, version=version, known=known)
    return found[-1]


def instrument(key: str, version: int | None = None) -> Instrument:
    """The instrument with this key, in this version or the newest. Raises NoSuchInstrument."""
    return entry(key, version).instrument


def shell(key: str, version: int | None = None) -> Shell:
    """The shell with this key, in this version or the newest. Raises NoSuchInstrument."""
    found = [one for one in shells() if one.key == key and version in (None, one.version)]
    if not found:
        raise NoSuchInstrument(key=key, version=version, known=tuple(dict.fromkeys(one.key for one in shells())))
    return found[-1]


@cache
def translation(key: str, version: int, language: str, content: Path = CONTENT) -> Translation | None:
    """The list in this language, or None when there is no translation. Raises NoSuchInstrument, ContentRefused."""
    path = content / "instruments" / "translations" / f"{key}-{version}.{language}.yaml"
    of = next((one for one in entries(content) if (one.instrument.key, one.instrument.version) == (key, version)), None)
    if of is None or not language.isalpha():
        raise NoSuchInstrument(key=key, version=version, known=tuple(dict.fromkeys(one.instrument.key for one in entries(content))))
    return read_translation(path.read_text(encoding="utf-8"), source=path.name, of=of) if path.is_file() else None
