"""The one form of every content file that people write, and bringing a file into it before it is released."""

from pathlib import Path

from kring.library.instrument_file import read_entry
from kring.library.instrument_translation import read_translation
from kring.library.instrument_writer import written_entry
from kring.library.released import LIST, fingerprint, released
from kring.library.shelf import CONTENT
from kring.library.shell_file import read_shell
from kring.library.shell_writer import written_shell
from kring.library.translation_writer import written_translation

SHELLS, TRANSLATIONS = "shells", "translations"
FOLDERS = ("instruments", f"instruments/{TRANSLATIONS}", SHELLS)


def written_files(content: Path) -> tuple[Path, ...]:
    """The files that have one form."""
    return tuple(path for folder in FOLDERS for path in sorted((content / folder).glob("*.yaml")))


def canonical_text(path: Path) -> str:
    """What this file says, in its one form. Raises ContentRefused."""
    text = path.read_text(encoding="utf-8")
    if path.parent.name == SHELLS:
        return written_shell(read_shell(text, source=path.name))
    if path.parent.name == TRANSLATIONS:
        of = path.parent.parent / path.name.replace(f".{path.name.split('.')[-2]}.", ".")
        return written_translation(read_translation(text, source=path.name, of=read_entry(of.read_text(encoding="utf-8"), source=of.name)))
    return written_entry(read_entry(text, source=path.name))


def first_difference(path: Path) -> str | None:
    """The first line that is not in its one form, with what it should be; None when the file is."""
    found, meant = path.read_text(encoding="utf-8").splitlines(keepends=True), canonical_text(path).splitlines(keepends=True)
    lines = [*found, *[""] * (len(meant) - len(found))], [*meant, *[""] * (len(found) - len(meant))]
    for number, (now, then) in enumerate(zip(*lines, strict=True), start=1):
        if now != then:
            return f"{path.name}, line {number}: {now!r} is written as {then!r}"
    return None


def rewrite(*names: str, content: Path = CONTENT) -> None:
    """Write these files (`instruments/kring-leerling-1.yaml`) in their one form and put them on the list of released files.

    A file that stands in the list is never touched: who still writes it takes its line away first. Raises ContentRefused.
    """
    for name in names:
        if name not in released(content):
            path = content / name
            path.write_text(canonical_text(path), encoding="utf-8", newline="\n")
            with (content / LIST).open("a", encoding="utf-8", newline="\n") as listed:
                listed.write(f"{fingerprint(path.read_bytes())}  {name}\n")
