"""Rules of bringing in the files of a class."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kring.core.errors import BrokenRule


@dataclass(eq=False, kw_only=True)
class UploadAlreadyApplied(BrokenRule):
    """An upload becomes real once."""

    applied_at: datetime


@dataclass(eq=False, kw_only=True)
class FilesBroughtBefore(BrokenRule):
    """The very same files were already applied to this group; doing it again would count everything twice."""

    applied_at: datetime


@dataclass(eq=False, kw_only=True)
class FilesGone(BrokenRule):
    """The files of an upload are not there any more: they were thrown away after their days."""

    brought_at: datetime


@dataclass(eq=False, kw_only=True)
class DayOutsideYear(BrokenRule):
    """The day of the round does not lie in the school year of the group."""

    year: str


def refuse_applied(applied_at: datetime | None) -> None:
    """Refuse what only an open upload allows. Raises UploadAlreadyApplied."""
    if applied_at is not None:
        raise UploadAlreadyApplied(applied_at=applied_at)


def refuse_repetition(fingerprints: Collection[str], earlier: Collection[tuple[frozenset[str], datetime]]) -> None:
    """Refuse files that are, all of them and byte for byte, those of an earlier upload. Raises FilesBroughtBefore.

    `fingerprints` are the hashes of the files; `earlier` the hashes of each applied upload with its moment.
    """
    for hashes, applied_at in earlier:
        if hashes == frozenset(fingerprints):
            raise FilesBroughtBefore(applied_at=applied_at)
