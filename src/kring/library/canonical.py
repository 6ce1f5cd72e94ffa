"""The one form of every content file that people write."""

from pathlib import Path

from kring.library.instrument_file import read_entry
from kring.library.instrument_writer import written_entry


def written_files(content: Path) -> tuple[Path, ...]:
    """The files that have one form."""
    return tuple(sorted((content / "instruments").glob("*.yaml")))


def canonical_text(path: Path) -> str:
    """What this file says, in its one form. Raises ContentRefused."""
    return written_entry(read_entry(path.read_text(encoding="utf-8"), source=path.name))


def first_difference(path: Path) -> str | None:
    """The first line that is not in its one form, with what it should be; None when the file is."""
    found, meant = path.read_text(encoding="utf-8").splitlines(keepends=True), canonical_text(path).splitlines(keepends=True)
    lines = [*found, *[""] * (len(meant) - len(found))], [*meant, *[""] * (len(found) - len(meant))]
    for number, (now, then) in enumerate(zip(*lines, strict=True), start=1):
        if now != then:
            return f"{path.name}, line {number}: {now!r} is written as {then!r}"
    return None
