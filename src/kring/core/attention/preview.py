"""What another table of points would have done with last year's findings, before it is put in use."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from kring.core.attention.points import Finding, Level, pupil_points
from kring.core.attention.table import DEFAULT_TABLE, Channel, PointTable, Source
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


@method("table-preview", 1, data=("findings", "looked_at"))
def table_preview(
    findings: Mapping[str, Set[Finding]],
    *,
    on: date,
    new: PointTable,
    old: PointTable = DEFAULT_TABLE,
    looked_at: Mapping[Source, date] | None = None,
) -> TablePreview:
    """Work out the points of every pupil with both tables. Tables change between rounds only (design of this project).

    `looked_at` as in pupil_points, for all of them: give it as it was given then, else old findings count that did not.

    >>> from datetime import date
    >>> from kring.core.attention import Channel, DEFAULT_TABLE, Finding, Source
    >>> from kring.core.attention.table import Sign
    >>> seen = {Finding(Source.TEACHER_LIST, Channel.EXTERNALISING, Sign.RED, date(2026, 3, 2))}
    >>> new = DEFAULT_TABLE.switched("externalising/teacher-list/red", on=False, version="2")
    >>> [(each.pupil, each.before.name, each.after.name) for each in table_preview({"p1": seen}, on=date(2026, 3, 9), new=new).moved]
    [('p1', 'FOLLOW', 'NONE')]
    """
    levels = {
        pupil: [_levels(own, on=on, table=table, looked_at=looked_at) for table in (old, new)]
        for pupil, own in sorted(findings.items(), key=itemgetter(0))
    }
    flagged = [sum(any((level or 0) >= Level.DISCUSS for level in both[table].values()) for both in levels.values()) for table in (0, 1)]
    moved = tuple(
        MovedPupil(pupil, channel, before[channel], after[channel])
        for pupil, (before, after) in levels.items()
        for channel in Channel
        if before[channel] is not after[channel]
    )
    return TablePreview(flagged[0], flagged[1], moved, len(findings), sum(bool(own) for own in findings.values()))


def _levels(own: Set[Finding], *, on: date, table: PointTable, looked_at: Mapping[Source, date] | None) -> dict[Channel, Level | None]:
    found = pupil_points(tuple(own), on=on, table=table, looked_at=looked_at)
    return {each: found.of(each).level for each in Channel}
