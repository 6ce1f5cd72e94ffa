"""Scales: items that are averaged together, with the cut-offs of each level."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite

from kring.core.instruments.refusals import (
    CutsInWrongOrder,
    NumberOutsideBounds,
    ScaleWithoutItems,
    needs_bounds,
    needs_once,
    needs_sign,
    needs_text,
)
from kring.core.instruments.words import Competence, CutKind, Family, Level
from kring.core.instruments.written import written_fields


@dataclass(frozen=True, slots=True)
class Cuts:
    """Two cut-offs for a scale on the ruler `kind`, with where they come from.

    With direction +1 a mean below `red` is red and from `green` on it is green; with direction -1 a mean above `red` is red and up to
    `green` it is green (percentiles always go the favourable way). A value equal to a cut-off gets the better colour.
    """

    red: float
    green: float
    source: str
    dated: date
    kind: CutKind = CutKind.RAW

    def __post_init__(self) -> None:
        needs_text("cuts", source=self.source)
        for name, cut in (("red", self.red), ("green", self.green)):
            if not isfinite(cut):
                raise NumberOutsideBounds(of="cuts", field=name, value=cut, low=float("-inf"), high=float("inf"))


@dataclass(frozen=True, slots=True)
class ScaledItem:
    """An item as a scale counts it: +1 as it is, -1 reversed."""

    item: str
    sign: int

    def __post_init__(self) -> None:
        needs_sign(self.item, "sign", self.sign)


@dataclass(frozen=True, slots=True)
class Scale:
    """Items that are averaged together, with the cut-offs of each level.

    `direction` is +1 when higher is better and -1 when higher is more problems. `share_needed` is the share of the shown items that
    must be answered for a score. `retest_reliability` was measured on a norm or reference sample; `assumed_reliability` was not measured
    at all, serves only as long as the installation has too few submissions of its own, and is marked so on the page.
    """

    key: str
    title: str
    family: Family
    direction: int
    items: tuple[ScaledItem, ...]
    cuts: Mapping[Level, Cuts] = field(hash=False)
    share_needed: float = 0.75
    assumed_reliability: float | None = None
    meaning: str = ""
    retest_reliability: float | None = None
    competences: tuple[Competence, ...] = ()

    def __post_init__(self) -> None:
        needs_text(self.key, key=self.key, title=self.title)
        needs_sign(self.key, "direction", self.direction)
        needs_bounds(self.key, "share_needed", self.share_needed, 0.5, 1.0)
        if not self.items:
            raise ScaleWithoutItems(scale=self.key)
        needs_once(self.key, "scaled item", (scaled.item for scaled in self.items))
        needs_once(self.key, "competence", self.competences)
        self._needs_reliabilities()
        self._needs_cuts_in_order()

    def _needs_reliabilities(self) -> None:
        for name in ("assumed_reliability", "retest_reliability"):
            value: float | None = getattr(self, name)
            if value is not None and not 0 < value < 1:
                raise NumberOutsideBounds(of=self.key, field=name, value=value, low=0, high=1)

    def _needs_cuts_in_order(self) -> None:
        for level, cuts in self.cuts.items():
            direction = 1 if cuts.kind is CutKind.PERCENTILE else self.direction
            if not direction * cuts.red < direction * cuts.green:
                raise CutsInWrongOrder(scale=self.key, level=level, red=cuts.red, green=cuts.green, direction=direction)

    def fingerprint(self) -> bytes:
        """Its written form for provenance."""
        return written_fields(self)
