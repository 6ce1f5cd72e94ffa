"""The table of points as a school has it: rows that it switched off or gave other points, and the line for “the class first”.

It changes between rounds, after a look at what it would have done with what was found before (methods D.4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kring.core.attention.points import Level
from kring.core.attention.table import DEFAULT_TABLE, MOST_POINTS, PointRow, PointTable, Sign, Source
from kring.core.errors import BrokenRule

__all__ = [
    "CLASS_LINE",
    "HIGHEST_LINE",
    "LOWEST_LINE",
    "NOT_COUNTED",
    "ClassLineOutOfBounds",
    "ClassShare",
    "NothingCounts",
    "PreviewMissing",
    "RowPointsOutOfBounds",
    "TableDuringRound",
    "TableUnchanged",
    "class_share",
    "refuse_line",
    "refuse_unready",
    "rows_of_school",
    "school_table",
]

CLASS_LINE: Final = 20  # percent of a class
LOWEST_LINE, HIGHEST_LINE = 5, 50
OFF: Final = "off"
NOT_COUNTED: Final = frozenset({Source.BULLYING}), frozenset({Sign.REJECTION_RARE})
"""Who is bullied and who is named with a no is for who follows it up alone: in points the whole team would read it."""

Changes = Mapping[str, int | str]
"""By row of the default table: other points, or that it is off."""


@dataclass(eq=False, kw_only=True)
class RowPointsOutOfBounds(BrokenRule):
    """A row gives as many points as one source may give at most, or fewer."""

    most: int = MOST_POINTS


@dataclass(eq=False, kw_only=True)
class ClassLineOutOfBounds(BrokenRule):
    """The line for the class lies where it still says something."""

    low: int = LOWEST_LINE
    high: int = HIGHEST_LINE


@dataclass(eq=False, kw_only=True)
class NothingCounts(BrokenRule):
    """A table in which a channel has no row that gives points would overlook everybody in it."""


@dataclass(eq=False, kw_only=True)
class TableUnchanged(BrokenRule):
    """A new version differs from the one before."""


@dataclass(eq=False, kw_only=True)
class PreviewMissing(BrokenRule):
    """Nobody puts a table in use without having seen what it would have done."""


@dataclass(eq=False, kw_only=True)
class TableDuringRound(BrokenRule):
    """While a round runs the table stays: otherwise one half of a group is looked at with other eyes."""

    rounds: int


def counts_here(row: PointRow) -> bool:
    """Whether a row can count in this product at all."""
    sources, signs = NOT_COUNTED
    return row.source not in sources and not signs & set(row.signs)


def rows_of_school() -> list[PointRow]:
    """The rows that a school can change, in the order of the table."""
    return [row for row in DEFAULT_TABLE.rows if counts_here(row)]


def school_table(changes: Changes, *, version: str) -> PointTable:
    """The default table with what a school changed. Raises RowUnknown, RowPointsOutOfBounds.

    >>> table = school_table({"externalising/teacher-list/red": 2, "internalising/sociogram/no-mutual": "off"}, version="2")
    >>> table.row("externalising/teacher-list/red").points, table.row("internalising/sociogram/no-mutual").on
    (2, False)
    """
    table = DEFAULT_TABLE
    for row in table.rows:
        if not counts_here(row):
            table = table.switched(row.id, on=False, version=version)
    for key, change in changes.items():
        row = table.row(key)
        if change != OFF and not 0 <= int(change) <= MOST_POINTS:
            raise RowPointsOutOfBounds
        table = table.changed(replace(row, on=False) if change == OFF else replace(row, points=int(change)), version=version)
    return replace(table, version=version)


def refuse_line(percent: int) -> None:
    """Raises ClassLineOutOfBounds."""
    if not LOWEST_LINE <= percent <= HIGHEST_LINE:
        raise ClassLineOutOfBounds


def refuse_unready(table: PointTable, *, changed: bool, seen: bool, rounds_running: int) -> None:
    """Before a table is put in use. Raises NothingCounts, TableUnchanged, PreviewMissing, TableDuringRound."""
    if any(
        not any(row.on and row.points and row.channel is channel for row in table.rows) for channel in {row.channel for row in table.rows}
    ):
        raise NothingCounts
    if not changed:
        raise TableUnchanged
    if not seen:
        raise PreviewMissing
    if rounds_running:
        raise TableDuringRound(rounds=rounds_running)


@dataclass(frozen=True, slots=True)
class ClassShare:
    """Of how many pupils of a class how many ask to be discussed, in either channel; `comes_first`: more than the line of the school."""

    asking: int
    n: int
    line: int

    @property
    def percent(self) -> int:
        return round(100 * self.asking / self.n) if self.n else 0

    @property
    def comes_first(self) -> bool:
        """Compared in whole numbers. One pupil in a small group is no class."""
        return self.asking > 1 and 100 * self.asking > self.line * self.n


def class_share(levels: Iterable[tuple[int | None, int | None]], *, line: int = CLASS_LINE) -> ClassShare:
    """From the levels of each pupil in both channels.

    >>> found = class_share([(2, 0), (0, 3), (1, 1), (None, None)], line=20)
    >>> found.asking, found.n, found.percent, found.comes_first
    (2, 4, 50, True)
    """
    each = list(levels)
    asking = sum(max(inward or 0, outward or 0) >= Level.DISCUSS for inward, outward in each)
    return ClassShare(asking, len(each), line)
