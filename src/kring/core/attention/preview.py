"""What another table of points would have done with last year's findings, before it is put in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kring.core.attention.points import Finding, Level, pupil_points
from kring.core.attention.table import DEFAULT_TABLE, Channel, PointTable
from kring.core.provenance import Result, method

__all__ = ["MovedPupil", "TablePreview", "table_preview"]


@dataclass(frozen=True, slots=True)
class MovedPupil:
    """A pupil whose level in a channel would have been another."""

    pupil: str
    channel: Channel
    before: Level | None
    after: Level | None


@dataclass(frozen=True, slots=True)
class TablePreview(Result):
    """Pupils at "discuss" or higher in either channel, with the old and the new table, and who would have moved (by id, then channel).

    n: pupils; n_valid: pupils about whom anything was found.
    """

    flagged_before: int
    flagged_after: int
    moved: tuple[MovedPupil, ...]
    n: int
    n_valid: int


@method("table-preview", 1, data=("findings",))
def table_preview(findings: Mapping[str, Sequence[Finding]], *, on: date, new: PointTable, old: PointTable = DEFAULT_TABLE) -> TablePreview:
    """Work out the points of every pupil with both tables. Tables change between rounds only (design of this project).

    >>> from kring.core.attention.table import Sign, Source
    >>> seen = [Finding(Source.TEACHER_LIST, Channel.EXTERNALISING, Sign.RED, date(2026, 3, 2))]
    >>> new = DEFAULT_TABLE.switched("externalising/teacher-list/red", on=False, version="2")
    >>> [(each.pupil, each.before.name, each.after.name) for each in table_preview({"p1": seen}, on=date(2026, 3, 9), new=new).moved]
    [('p1', 'FOLLOW', 'NONE')]
    """
    levels = {
        pupil: [{each: pupil_points(own, on=on, table=table).of(each).level for each in Channel} for table in (old, new)]
        for pupil, own in sorted(findings.items())
    }
    flagged = [sum(any((level or 0) >= Level.DISCUSS for level in both[table].values()) for both in levels.values()) for table in (0, 1)]
    moved = tuple(
        MovedPupil(pupil, channel, before[channel], after[channel])
        for pupil, (before, after) in levels.items()
        for channel in Channel
        if before[channel] is not after[channel]
    )
    return TablePreview(flagged[0], flagged[1], moved, len(findings), sum(bool(own) for own in findings.values()))
