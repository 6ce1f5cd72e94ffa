"""The report folder: there as a whole, or not at all; readable by its owner only, because it is about children."""

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kring.core.errors import BrokenRule

CONTENTS = "inhoud.txt"


@dataclass(eq=False, kw_only=True)
class FolderNotOurs(BrokenRule):
    """There is a folder of this name with files that Kring did not write; it is not thrown away."""

    folder: str


def write_folder(folder: Path, fill: Callable[[Path], None]) -> tuple[str, ...]:
    """Fill a new folder beside this one and put it in its place when it is complete; gives the names of the files."""
    if folder.exists() and not _ours(folder):
        raise FolderNotOurs(folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fill(fresh)
        files = _files(fresh)
        (fresh / CONTENTS).write_text("".join(f"{name}\n" for name in files), encoding="utf-8")
        exchange(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return files


def _files(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()))


def _ours(folder: Path) -> bool:
    """An empty folder, or one in which every file stands on the list that Kring made."""
    found, contents = set(_files(folder)) if folder.is_dir() else {""}, folder / CONTENTS
    listed = set(contents.read_text(encoding="utf-8").splitlines()) | {CONTENTS} if contents.is_file() else set()
    return found <= listed


def exchange(fresh: Path, folder: Path) -> None:
    """Put the fresh folder in the place of the earlier one; when that fails, the earlier one stays."""
    old = fresh.with_name(f"{fresh.name}-vorige")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def folder_names(keys: Iterable[str]) -> dict[str, str]:
    """A folder name for every group, whatever its name: plain letters, no two alike."""
    names: dict[str, str] = {}
    for key in keys:
        name = plain_name(key)
        taken = set(names.values())
        tries = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
        names[key] = next(one for one in tries if one not in taken)
    return names


def plain_name(text: str) -> str:
    """The text in lower-case letters, digits and hyphens only, never empty."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60] or "groep"
