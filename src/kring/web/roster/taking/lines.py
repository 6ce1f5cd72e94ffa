"""The lines of a list as they are kept between looking and doing: only what Kring reads, whatever kind of file it was."""

import json
from datetime import date

from kring.class_files.roster import Roster
from kring.core.roster import Name, PupilLine

CONTENT_TYPE = "application/json"
NAME = "leerlingen.json"


def kept(read: Roster, file: str) -> bytes:
    """To bytes."""
    lines = [
        [
            one.line,
            one.number,
            one.name.given,
            one.name.prefix,
            one.name.family,
            _written(one.born_on),
            one.group,
            one.level,
            one.municipality,
        ]
        for one in read.lines
    ]
    return json.dumps({"file": file, "lines": lines, "notes": [*map(str, read.notes)], "others": read.others, "never": read.never}).encode()


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def taken_up(data: bytes) -> tuple[str, Roster]:
    """And back: the name of the file, and what was read of it."""
    read = json.loads(data)
    lines = tuple(
        PupilLine(line, number, Name(given, prefix, family), date.fromisoformat(born_on) if born_on else None, group, level, home)
        for line, number, given, prefix, family, born_on, group, level, home in read["lines"]
    )
    return read["file"], Roster(lines, tuple(read["others"]), tuple(read["never"]), tuple(read["notes"]))
